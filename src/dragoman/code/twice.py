"""One act, one row: *killed in an airstrike*, *an attack that killed four*, *a war of aggression* name the same act twice.

Which verbs only say what an act of their type brought about stands in `codebooks/domains.yaml` (`same_act`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dragoman.annotate.columns import Annotations
from dragoman.judge.own import NOMINAL, VERBAL

if TYPE_CHECKING:
    from dragoman.code.events import Draft

_SUBJECTS = ("nsubj", "nsubjpass")
_RELATIVES = ("that", "which", "who")


@dataclass(frozen=True)
class Outcome:
    """Verbs that tell the outcome of an act of one type, and the prepositions that name the act beside them."""

    verbs: frozenset[str]
    prepositions: frozenset[str]


@dataclass(frozen=True)
class SameAct:
    """Type of event -> the outcomes of its acts."""

    outcomes: Mapping[str, Outcome]

    def merged(self, notes: Annotations, drafts: Sequence[Draft]) -> list[Draft]:
        """The drafts with one for each act; what is left out gives its sides where the kept one has none."""
        by_head = {draft.match.trigger.head: draft for draft in drafts}
        for kept, left in self._pairs(notes, drafts):
            if kept in by_head and left in by_head and kept != left:
                by_head[kept] = _joined(by_head[kept], by_head.pop(left))
        return list(by_head.values())

    def _pairs(self, notes: Annotations, drafts: Sequence[Draft]) -> Iterator[tuple[int, int]]:
        """Heads of two drafts for one act: the one to keep first."""
        types = {draft.match.trigger.head: draft.match.frame.type for draft in drafts}
        sides = {draft.match.trigger.head: bool(draft.actors) + bool(draft.recipients) for draft in drafts}
        for head, kind in types.items():
            outcome = self.outcomes.get(kind)
            if outcome is None:
                continue
            if notes.pos[head] in NOMINAL:
                yield from ((above, head) for above in _named_above(notes, head) if types.get(above) == kind)
            elif notes.lemma[head] in outcome.verbs:
                act = next((noun for noun in self._acts(notes, head, outcome) if types.get(noun) == kind), None)
                if act is not None:
                    yield (act, head) if sides[act] > sides[head] else (head, act)

    def _acts(self, notes: Annotations, verb: int, outcome: Outcome) -> Iterator[int]:
        """The nouns that name the act whose outcome a verb tells: its subject, what its relative pronoun stands for, *in an attack*."""
        for subject in notes.having(verb, *_SUBJECTS):
            relative = notes.dep[verb] == "relcl" and notes.lower[subject] in _RELATIVES
            yield notes.head[verb] if relative else subject
        for prep in notes.sentence(verb):
            if prep > verb and notes.lower[prep] in outcome.prepositions and _next_verb(notes, prep) == verb:
                yield from notes.having(prep, "pobj")


def _named_above(notes: Annotations, noun: int) -> Iterator[int]:
    """The noun that another one only calls by a further name: a war *of aggression*, called the invasion an *aggression*."""
    head = notes.head[noun]
    if notes.dep[noun] == "pobj" and notes.lower[head] == "of" and notes.child(noun, "det", "poss") is None:
        yield notes.head[head]
    if notes.dep[noun] in ("oprd", "appos", "attr"):
        yield from notes.having(head, "dobj", *_SUBJECTS)


def _next_verb(notes: Annotations, token: int) -> int | None:
    return next((above for above in notes.ancestors(token) if notes.pos[above] in VERBAL), None)


def _joined(kept: Draft, left: Draft) -> Draft:
    taken = {name for name in ("actors", "recipients") if not getattr(kept, name)}
    why = (*kept.why, *(item for item in left.why if item.field in taken))
    also = (*kept.also, left.match.frame.id, *left.also)
    return replace(kept, actors=kept.actors or left.actors, recipients=kept.recipients or left.recipients, why=why, also=also)


def read_same_act(data: Mapping[str, Any]) -> SameAct:
    """The entries of `same_act`."""
    return SameAct({entry["type"]: Outcome(frozenset(entry["verbs"]), frozenset(entry["prepositions"])) for entry in data["same_act"]})
