"""Both sides of a frame that fired: which slots its part of speech fills by default, and what the grammar of both sides together says.

Slots answer one at a time (`dragoman.code.slots`); here stands what needs the two at once: whom a directed act is about where no slot
names him, whom a protest is against, officials that suffer at home, and states that a phrase names only as the ground of an act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.code.cast import PLACE
from dragoman.code.frames import Frame
from dragoman.code.match import Match
from dragoman.code.slots import LOCATED, Slots, Trigger
from dragoman.records import Mention

_ACTOR_SLOTS = {"verb": ("subject",), "adjective": ("subject",), "noun": ("poss", "by", "mod", "light")}
_RECIPIENT_SLOTS = {"verb": ("object",), "adjective": ("of", "to", "with", "object"), "noun": ("on", "against", "to", "with", "of")}
# Types that are aimed at somebody: where no slot names him, whom the act is about is taken.
_DIRECTED = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "AID", "CONCEDE"})
# What one says to somebody's face or in a letter to him.
_SPOKEN = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
# Dismissal, arrest and their like fall on one's own people unless another state is named.
_AT_HOME = frozenset({"SANCTION", "COERCE", "ACCUSE", "THREATEN"})
_OFFICES = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP"})
# Acts of a state that its own name cannot suffer: troops withdrawn from a town of their own country.
_NOT_ON_ITSELF = frozenset({"AGREE", "RETREAT", "MOBILIZE", "COOPERATE", "REQUEST"})
_FORCES = frozenset({"MIL", "COP"})
_AUTHORITIES = frozenset({"GOV", "COP", "JUD", "LEG", "SPY"})
_OUTSIDERS = frozenset({"REB", "UAF", "REF", "PRM", "IGO", "MNC", "CRM"})
_WE = "actors.references:we"  # more than the one who says it
_STATE = frozenset({"GOV", "MIL", "LEG", "ELI"})


@dataclass(frozen=True)
class Sides:
    """Who acts and who suffers, each with the slot that named him."""

    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    actor_slot: str | None
    recipient_slot: str | None


def fill(match: Match, slots: Slots) -> Sides:
    """The two sides of a frame at its trigger."""
    frame, trigger = match.frame, match.trigger
    actors, actor_slot = slots.fill(_actor_slots(frame, trigger, slots), trigger, acting=True)
    actors = [actor for actor in actors if actor.kind != PLACE]
    actors = [_named(_of_speaker(actor, trigger, slots), trigger, slots) for actor in actors]
    if not actors and frame.type in _SPOKEN and actor_slot is None and slots.notes.dep[trigger.head] == "conj":
        actors, actor_slot = slots.fill(("speaker",), trigger)  # "X said that all was lost and called on Y": X called
    recipients, recipient_slot = slots.fill(_recipient_slots(frame, trigger, slots), trigger, taken=actors)
    if frame.type == "CONSULT" and frame.reciprocal and len(actors) == 1 and not recipients and (met := slots.met_before(trigger, actors)):
        recipients, recipient_slot = met, "met_before"
    if frame.reciprocal:
        actors, recipients = [*actors, *recipients], []
    if frame.type in _SPOKEN and not recipients and (addressed := slots.addressee(trigger, actors)):
        recipients, recipient_slot = addressed, "addressee"
    if frame.type == "CONSULT" and frame.mode == "third-party" and not recipients and (parties := slots.parties(trigger, actors)):
        recipients, recipient_slot = parties, "parties"
    own = recipient_slot == "complement.object"  # signed a decree to give Fijians Russian citizenship: Russia's own name is no recipient
    nobody = not any((m.country and not (own and _is_itself(m, actors))) or m.kind == "person" for m in recipients)
    if len(actors) == 1 and nobody and frame.type in _DIRECTED and (about := slots.inside(trigger, actors)):
        recipients, recipient_slot = about, "inside"
    if frame.type in ("THREATEN", "CONCEDE") and actors and not recipients and (other := slots.condition(trigger, actors)):
        recipients, recipient_slot = other, "condition"
    if frame.type == "PROTEST" and not recipients and (against := slots.cause(trigger, actors)):
        recipients, recipient_slot = against, "cause"
    if frame.type == "AGREE" and recipient_slot == "complement.object" and _several(actors) and not slots.yields(trigger):
        recipients = []
    if frame.type in _AT_HOME:
        recipients = [_at_home(mention, actors, frame.type) for mention in recipients]
    if frame.type in _NOT_ON_ITSELF and frame.needs not in ("recipient", "both"):
        recipients = [mention for mention in recipients if not _is_itself(mention, actors)]
    return Sides(tuple(actors), tuple(recipients), actor_slot, recipient_slot)


def _several(actors: Sequence[Mention]) -> bool:
    return len({actor.country for actor in actors if actor.country}) > 1


def _is_itself(mention: Mention, actors: Sequence[Mention]) -> bool:
    """Whether a side is but the name (or a town) of the state that acts."""
    named = mention.kind in ("country", PLACE)
    return named and bool(actors) and all(actor.country == mention.country and actor.sector in _STATE and actor.rule != LOCATED for actor in actors)


def _at_home(mention: Mention, actors: Sequence[Mention], kind: str) -> Mention:
    """*Putin sacked his transport minister*: officials and parties that suffer at the hands of one state, and of whom no other is named, are its own.

    Those whom its police or courts lay hands on are its own people too, except fighters, refugees and a man or woman of whom nothing else is said.
    """
    states = {actor.country for actor in actors if actor.country}
    if mention.country or not mention.sector or len(states) != 1:
        return mention
    private = mention.kind in ("person", "role") and mention.sector == "CVL"
    held = kind == "COERCE" and not private and mention.sector not in _OUTSIDERS and all(actor.sector in _AUTHORITIES for actor in actors)
    return replace(mention, country=states.pop(), how="inferred") if held or mention.sector in _OFFICES else mention


def _of_speaker(actor: Mention, trigger: Trigger, slots: Slots) -> Mention:
    """*Tshisekedi announced that troops will retake the town*: forces and officials without a country are those of the state that speaks of them."""
    if actor.country or actor.sector not in _FORCES:
        return actor
    speakers = [mention for token in slots.speaker(trigger) for mention in slots.cast.who(token)]
    states = {mention.country for mention in speakers if mention.country and mention.sector in _STATE}
    return replace(actor, country=states.pop(), how="inferred") if len(states) == 1 else actor


def _named(actor: Mention, trigger: Trigger, slots: Slots) -> Mention:
    """*Norway said it would join*: the name of who says so rather than the pronoun that stands for him."""
    if actor.how != "coreference" or slots.notes.tag[actor.head] != "PRP" or actor.rule == _WE:
        return actor
    speakers = [mention for token in slots.speaker(trigger) for mention in slots.cast.who(token)]
    return next((m for m in speakers if m.entity == actor.entity and m.country == actor.country and m.how != "coreference"), actor)


def _actor_slots(frame: Frame, trigger: Trigger, slots: Slots) -> tuple[str, ...]:
    noun_of = trigger.part == "noun" and frame.of_actor
    if _is_owned(trigger, slots):
        return ("by", "poss", *(frame.actor or _ACTOR_SLOTS["noun"]))
    if frame.actor:
        return (*frame.actor, "of") if noun_of else frame.actor
    base = _ACTOR_SLOTS[trigger.part]
    return ("of", *base) if noun_of else base


def _recipient_slots(frame: Frame, trigger: Trigger, slots: Slots) -> tuple[str, ...]:
    if trigger.part == "noun":
        if _is_owned(trigger, slots):
            return tuple(slot for slot in (frame.recipient or _recipients_of_noun(frame)) if slot != "poss")
        return ("sufferer", *(frame.recipient or _recipients_of_noun(frame)))
    chosen = frame.recipient or _RECIPIENT_SLOTS[trigger.part]
    passive = trigger.part == "verb" and slots.clauses.is_passive(trigger.head)
    return ("object", *chosen) if passive and _is_active_only(chosen) else chosen


def _is_owned(trigger: Trigger, slots: Slots) -> bool:
    """*X's killing of Y* is a deed of X; *X's killing* and *X's killing by Y* may be the end of X."""
    notes, noun = slots.notes, trigger.head
    done = trigger.part == "noun" and notes.lemma[noun] in slots.clauses.grammar.done_to
    return done and notes.child(noun, "poss") is not None and bool(notes.preps(noun, "of")) and not notes.preps(noun, "by")


def _recipients_of_noun(frame: Frame) -> tuple[str, ...]:
    kept = tuple(slot for slot in _RECIPIENT_SLOTS["noun"] if not (slot == "of" and frame.of_actor))
    return (*kept, "indirect")


def _is_active_only(slots: tuple[str, ...]) -> bool:
    """Slots that leave out the object altogether keep their meaning in the passive."""
    return False if "object" in slots else bool({"indirect"} & set(slots))
