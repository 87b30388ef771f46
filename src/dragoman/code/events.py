"""From a parse and its actors to PLOVER events: one row for each predicate whose frame fires.

The frames are data (`codebooks/plover`); this file chooses among those that fire, fills their slots and derives the codes. Whether
an event happened, who says so, when and where is decided afterwards in `dragoman.judge`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from dragoman.annotate.columns import Annotations
from dragoman.code.cast import Cast
from dragoman.code.clauses import Clauses, Grammar, load_grammar
from dragoman.code.confidence import Confidence, load_confidence, settle
from dragoman.code.contexts import Contexts, load_contexts
from dragoman.code.domains import Domains, load_domains, names_a_body
from dragoman.code.frames import Frame, FrameBook, load_frames
from dragoman.code.match import Match, Matcher, stems
from dragoman.code.ontology import ONTOLOGY
from dragoman.code.sides import fill
from dragoman.code.slots import Slots
from dragoman.code.speech_acts import SpeechActs, load_speech_acts
from dragoman.codebook import BUILT_IN
from dragoman.records import Article, Event, Evidence, Mention, Participant, Span, Toponym, content_id

VERSION = "2"
# What companies do among themselves is business; what single persons without an office say is private.
_COMPANIES = frozenset({"BUS", "MNC"})
_PRIVATE = frozenset({"CVL", "EDU", None})
# Violence, coercion and protest are public whoever acts.
_PUBLIC_WHOEVER_ACTS = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT", "SANCTION"})
# Sectors that make an actor political even where no country is known.
_POLITICAL = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "PTY", "SPY", "OPP", "REB", "UAF", "PRM", "IGO", "NGO", "REF"})
# Prominence orders the rows of a sentence; calibrated by hand so that the main clause's fully resolved event comes first.
_BASE, _NO_ACTOR, _NO_RECIPIENT, _NO_COUNTRY, _NOUN, _EMBEDDED, _WEAK_RULE = 0.95, 0.15, 0.1, 0.1, 0.12, 0.07, 0.05
_CLAUSAL = ("ccomp", "xcomp", "advcl", "acl", "relcl", "pcomp")


@dataclass(frozen=True)
class Coder:
    """Everything that coding reads from the codebooks."""

    book: FrameBook
    grammar: Grammar
    contexts: Contexts
    speech_acts: SpeechActs
    domains: Domains
    confidence: Confidence | None


@lru_cache(maxsize=4)
def load_coder(folder: Path = BUILT_IN, settled: bool = True) -> Coder:
    """The coder of a codebook folder.

    Args:
        folder: the codebooks.
        settled: whether confidence is a probability; if not, events keep their prominence, which the weights of confidence can be fitted on.

    Raises:
        CodebookError: anything wrong in a codebook, with file and line.
    """
    return Coder(load_frames(folder), load_grammar(folder), load_contexts(folder), load_speech_acts(folder), load_domains(folder), load_confidence(folder) if settled else None)


def relevant(notes: Annotations, coder: Coder) -> str:
    """A hash of the rules that the words of an article may trigger: an edit of any other rule cannot change its events."""
    prints, words = coder.book.prints, {*notes.lemma, *notes.lower}
    words |= {stem for word, tag in zip(notes.lower, notes.tag, strict=True) if tag.startswith("V") for stem in stems(word)}
    return content_id(*(prints[word] for word in sorted(words & prints.keys())))


@dataclass(frozen=True)
class Draft:
    """A frame that fired, with its sides filled.

    `also` names the rules of the same type that fired there too and were outranked, `runner_up` the best rule of another type.
    """

    match: Match
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    why: tuple[Evidence, ...]
    also: tuple[str, ...] = ()
    runner_up: str | None = None


def code(article: Article, notes: Annotations, mentions: Sequence[Mention], toponyms: Sequence[Toponym], coder: Coder) -> tuple[Event, ...]:
    """The events of an article in text order; factuality `actual`, voice, date and place not judged yet."""
    return tuple(event for event, _ in trace(article, notes, mentions, toponyms, coder))


def trace(article: Article, notes: Annotations, mentions: Sequence[Mention], toponyms: Sequence[Toponym], coder: Coder) -> list[tuple[Event, tuple[str, ...]]]:
    """The events of `code`, each with the ids of further rules of its type that fired at its trigger."""
    clauses = Clauses(notes, coder.grammar)
    cast = Cast.of(clauses, mentions, toponyms)
    slots = Slots(notes, clauses, cast)
    matcher = Matcher(notes, coder.book, slots)
    political = _is_about_politics(mentions)
    drafts = _without_absorbed(list(_drafts(notes, matcher, slots, political)), notes)
    drafts += [_fill(act, slots) for act in coder.speech_acts.find(notes, clauses, cast, {draft.match.trigger.head for draft in drafts})]
    elsewhere = coder.domains.sentences(notes)
    drafts = [draft for draft in drafts if notes.sentence_of[draft.match.trigger.head] not in elsewhere or names_a_body((*draft.actors, *draft.recipients))]
    drafts = _by_topic(coder.domains.same_act.merged(notes, drafts), notes, coder)
    events = _subordinated(notes, _unique((_event(article, notes, draft, coder), draft.also) for draft in drafts if _needed(draft, political)))
    settled = settle(notes, events, coder.confidence) if coder.confidence else events
    return sorted(settled, key=lambda found: (found[0].trigger.start, found[0].trigger.end))


def _drafts(notes: Annotations, matcher: Matcher, slots: Slots, political: bool) -> Iterator[Draft]:
    """The best filled frame of every token."""
    for token in range(len(notes)):
        filled = (_fill(match, slots) for match in matcher.at(token))
        needed = [draft for draft in filled if _needed(draft, political)]
        if needed:
            best, *rest = sorted(needed, key=_rank, reverse=True)
            also = tuple(draft.match.frame.id for draft in rest if draft.match.frame.type == best.match.frame.type)
            other = next((draft.match.frame.id for draft in rest if draft.match.frame.type != best.match.frame.type), None)
            yield replace(best, also=also, runner_up=other)


def _rank(draft: Draft) -> tuple[int, int]:
    """Priority, then how much the frame asks for; a recipient found counts like one constraint more."""
    return draft.match.frame.priority, sum(draft.match.rank[1:]) + bool(draft.recipients or len(draft.actors) > 1)


def _fill(match: Match, slots: Slots) -> Draft:
    sides = fill(match, slots)
    why = [_evidence("actors", match.frame, sides.actor_slot, sides.actors), _evidence("recipients", match.frame, sides.recipient_slot, sides.recipients)]
    return Draft(match, sides.actors, sides.recipients, tuple(item for item in why if item))


def _evidence(name: str, frame: Frame, slot: str | None, found: Sequence[Mention]) -> Evidence | None:
    return Evidence(name, f"{frame.id}#{slot}", found[0].span.start, found[0].span.end) if found else None


def _is_about_politics(mentions: Sequence[Mention]) -> bool:
    """Whether a text speaks of at least two states: then a launch or an attack by nobody named is still politics."""
    return len({mention.country for mention in mentions if mention.country and mention.sector in _POLITICAL}) > 1


def _by_topic(drafts: list[Draft], notes: Annotations, coder: Coder) -> list[Draft]:
    """What the topic of the whole article makes of the drafts: without interviews, and with attacks on computers told from those on people."""
    public = [draft for draft in drafts if not coder.domains.is_private(draft.match.frame.type, (*draft.actors, *draft.recipients))]
    for topic in coder.domains.topics:
        if any(draft.match.frame.type == topic.type for draft in public) and topic.holds(notes):
            frame = next(frame for frame in coder.book.frames if frame.id == topic.rule)
            public = [_as(draft, frame) if draft.match.frame.type == topic.type and notes.lemma[draft.match.trigger.head] in topic.triggers else draft for draft in public]
    return public


def _as(draft: Draft, frame: Frame) -> Draft:
    """A draft under another rule, which asks for no more sides than its own did."""
    old = draft.match.frame
    return replace(draft, match=replace(draft.match, frame=replace(frame, needs=old.needs)), also=(), runner_up=old.id)


def _needed(draft: Draft, political: bool) -> bool:
    """Whether the sides that the frame needs are known actors."""
    needs = draft.match.frame.needs
    if needs == "none" and political:
        return True
    if draft.match.frame.type == "PROTEST" and needs != "both" and any(actor.kind == "group" for actor in draft.actors):
        return True  # a crowd or a workforce that protests is public wherever it is from
    if all(map(_is_private, (*draft.actors, *draft.recipients))) and draft.match.frame.type not in _PUBLIC_WHOEVER_ACTS:
        return False
    actor = any(map(_is_political, draft.actors))
    recipient = any(map(_is_political, draft.recipients)) or (draft.match.frame.reciprocal and len(draft.actors) > 1)
    return {"actor": actor, "recipient": recipient, "both": actor and recipient}.get(needs, actor or recipient)


def _is_private(mention: Mention) -> bool:
    """Companies, and single persons without an office; crowds and bodies are public."""
    return mention.sector in _COMPANIES or (mention.sector in _PRIVATE and mention.kind in ("person", "role"))


def _is_political(mention: Mention) -> bool:
    return bool(mention.country) or mention.sector in _POLITICAL


def _without_absorbed(drafts: list[Draft], notes: Annotations) -> list[Draft]:
    """Leave out event nouns that a frame names as its object or as part of its predicate: *halt the attacks* is one event."""
    absorbed: set[int] = set()
    for draft in drafts:
        match = draft.match
        own = match.trigger.head
        if not match.frame.keep_object:
            absorbed.update(token for token in match.objects if token != own and notes.pos[token] != "PROPN")
        absorbed.update(token for token in match.trigger.chain if token != own)
    return [draft for draft in drafts if draft.match.trigger.head not in absorbed]


def _event(article: Article, notes: Annotations, draft: Draft, coder: Coder) -> Event:
    frame = draft.match.frame
    head, trigger = _trigger_span(notes, draft.match, coder)
    contexts, context_why = coder.contexts.find(notes, head, frame)
    kind, mode = frame.type, frame.mode
    objects = (Evidence("object", frame.id, *_characters(notes, draft.match)),) if _names_another(draft.match) else ()
    second = (Evidence("runner_up", draft.runner_up, trigger.start, trigger.end),) if draft.runner_up else ()
    fixed = (Evidence("factuality", frame.id, trigger.start, trigger.end),) if frame.factuality else ()
    modes = (Evidence("mode", frame.id, trigger.start, trigger.end),) if mode else ()
    why = (Evidence("type", frame.id, trigger.start, trigger.end), *objects, *second, *fixed, *modes, *draft.why, *context_why)
    return Event(
        id=content_id(article.sha256, "event", trigger.start, trigger.end), trigger=trigger, type=kind, mode=mode, contexts=contexts,
        cameo=ONTOLOGY.cameo(kind, mode), quad=ONTOLOGY.quads[kind], score=ONTOLOGY.score(kind, mode),
        actors=tuple(map(_participant, draft.actors)), recipients=tuple(map(_participant, draft.recipients)),
        factuality=frame.factuality or "actual", date=None, date_how=None, place=None, voice=None,
        confidence=_prominence(notes, draft), head=head, why=why,
    )  # fmt: skip


def _names_another(match: Match) -> bool:
    """Whether the rule fired because of an object beside its predicate."""
    return bool(match.objects) and match.objects[0] != match.trigger.head


def _characters(notes: Annotations, match: Match) -> tuple[int, int]:
    """The first object that the rule names."""
    return notes.start[match.objects[0]], notes.end[match.objects[0]]


def _trigger_span(notes: Annotations, match: Match, coder: Coder) -> tuple[int, Span]:
    """The shortest words that express the event: the noun that a light verb carries, else the predicate with its particle."""
    trigger = match.trigger
    if match.anchor is not None:
        modal = match.anchor - (notes.dep[match.anchor - 1] == "aux" if match.anchor else 0)
        return trigger.head, notes.span(modal, match.anchor)
    nouns = [token for token in match.objects if notes.pos[token] == "NOUN" and notes.lemma[token] in coder.book.nouns]
    if trigger.part == "verb" and nouns and notes.lemma[trigger.head] in coder.grammar.light:
        return trigger.head, notes.span(nouns[0], nouns[0])
    last = trigger.head
    for link in trigger.chain:
        if link > last and link - last <= 2 and notes.tag[link] not in ("IN", "TO"):
            last = link
    return trigger.head, notes.span(trigger.head, last)


def _participant(mention: Mention) -> Participant:
    entity = mention.entity if mention.entity >= 0 else None
    return Participant(mention.span, mention.name, mention.country, mention.sector, mention.how or "inferred", entity)


def _prominence(notes: Annotations, draft: Draft) -> float:
    """How much the sentence is about the row, from how much of it is known and how deep in the sentence it stands; until it is settled, this is its confidence."""
    sides = (*draft.actors, *draft.recipients)
    value = _BASE - (0 if draft.actors else _NO_ACTOR) - (0 if draft.recipients or len(draft.actors) > 1 else _NO_RECIPIENT)
    value -= _NO_COUNTRY * (not any(side.country for side in sides))
    value -= _NOUN * (draft.match.trigger.part == "noun" and draft.match.trigger.carrier is None)
    value -= _WEAK_RULE * (draft.match.frame.weight == 0)
    value -= _EMBEDDED * _embedding(notes, draft.match.trigger.head)
    return round(max(0.05, value), 3)


def _embedding(notes: Annotations, token: int) -> int:
    """How many clauses stand above a token; the clause that somebody merely says is not counted."""
    count = 0
    for node in (token, *notes.ancestors(token)):
        if notes.dep[node] in _CLAUSAL:
            count += not (notes.dep[node] == "ccomp" and notes.lemma[notes.head[node]] in ("say", "tell", "announce", "report", "add", "state", "confirm"))
    return count


def _subordinated(notes: Annotations, events: list[tuple[Event, tuple[str, ...]]]) -> list[tuple[Event, tuple[str, ...]]]:
    """What stands below another event (*threatened to launch an offensive*) ranks below it."""
    confidence = {event.head: event.confidence for event, _ in events}
    for head in sorted(confidence, key=lambda token: sum(1 for _ in notes.ancestors(token))):
        above = next((token for token in notes.ancestors(head) if token in confidence), None)
        if above is not None and above != head:
            confidence[head] = round(max(0.05, min(confidence[head], confidence[above] - 0.02)), 3)
    return [(replace(event, confidence=confidence[event.head]), also) for event, also in events]


def _unique(events: Iterable[tuple[Event, tuple[str, ...]]]) -> list[tuple[Event, tuple[str, ...]]]:
    """One event for each trigger: the most confident."""
    best: dict[str, tuple[Event, tuple[str, ...]]] = {}
    for event, also in events:
        if event.id not in best or best[event.id][0].confidence < event.confidence:
            best[event.id] = event, also
    return list(best.values())
