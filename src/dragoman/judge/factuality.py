"""Whether an event happened: actual, future (planned, promised), hypothetical (possible, asked for, feared) or negated.

The judgement adds up from the root of the sentence down to the trigger: what the words above make of a clause or noun phrase, then its
own negation, auxiliaries and adjectives (*urged it to refuse to attack*: no more than possible). The cues are data
(`codebooks/factuality.yaml`); the values are those of the PLOVER manual's auxiliary modes. The way of adding up follows R. Saurí,
*A factuality profiler for eventualities in text* (2008). Where nothing speaks against it, an event is actual.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dragoman.annotate.columns import Annotations
from dragoman.judge.above import Above, Governor
from dragoman.judge.cues import Cues, load_cues
from dragoman.judge.own import NOMINAL, VERBAL, Found, Own
from dragoman.records import Evidence

__all__ = ["VERSION", "Cues", "Judge", "load_cues"]

VERSION = "2"
_PLAIN = Found("actual", None, "asserted")


@dataclass(frozen=True)
class Judge:
    """Judges the events of one article."""

    notes: Annotations
    cues: Cues

    @cached_property
    def _own(self) -> Own:
        return Own(self.notes, self.cues)

    @cached_property
    def _above(self) -> Above:
        return Above(self.notes, self.cues, self._own)

    def factuality(self, trigger: int) -> tuple[str, Evidence]:
        """The value of an event and the word that decides."""
        value, token, rule = self._read(trigger)
        at = trigger if token is None else token
        shown = "asserted" if value == "actual" and token is None else rule
        return value, Evidence("factuality", f"factuality.{shown}", self.notes.start[at], self.notes.end[at])

    def _read(self, node: int) -> Found:
        """The fate of a node: its own cues within what the words above make of it."""
        notes = self.notes
        own, head = self._own.of(node), notes.head[node]
        if notes.dep[node] == "conj" and head != node:
            return _within(self._context(head), own) if own or not self._shares(node) else self._read(head)
        return _within(self._context(node), own)

    def _shares(self, node: int) -> bool:
        """Whether a later member of a coordination shares the auxiliaries of the first: *will meet and sign*."""
        notes, head = self.notes, self.notes.head[node]
        if notes.child(node, "nsubj", "nsubjpass") is not None:
            return False
        bare = {notes.tag[node], notes.tag[head]} == {"VB", "VBP"}  # after an auxiliary the parser cannot tell them apart
        same = notes.tag[node] == notes.tag[head] or bare or (notes.pos[node] == "NOUN" and notes.pos[head] in NOMINAL)
        contrast = any(notes.lower[cc] in ("but", "yet") and cc < node for cc in notes.having(head, "cc")) and self._own.negation(head) is not None
        return same and not contrast

    def _context(self, node: int) -> Found:
        """What everything outside a node's own words makes of it."""
        notes, own = self.notes, self._own
        if (opened := own.clause(node)) is not None:
            return opened
        if notes.head[node] == node:
            return own.command(node) or own.to_come(node) or own.asked(node) or _PLAIN if notes.pos[node] in VERBAL else _PLAIN
        if notes.dep[node] == "conj":
            return self._context(notes.head[node])
        if (main := self._main_clause(node)) is not None:
            fate = self._read(main)
            return Found("hypothetical", node, "time-clause") if fate.value in ("future", "hypothetical") else _PLAIN
        governor = self._above.of(node)
        if governor is None:
            return own.command(node) or self._modal_subject(node) or self._supposed(node) or _PLAIN
        return _applied(governor, self._read(governor.node), self.cues)

    def _supposed(self, node: int) -> Found | None:
        """*If it says that it attacked*: a clause that completes a verb is as open as a condition that holds the verb."""
        notes, head = self.notes, self.notes.head[node]
        if notes.dep[node] != "ccomp" or notes.pos[head] not in VERBAL:
            return None
        fate = self._read(head)
        return fate if fate.rule.startswith("mark.") else None

    def _main_clause(self, node: int) -> int | None:
        """For a clause of time in the present (*once it withdraws*), the verb of its main clause."""
        notes, own = self.notes, self._own
        if notes.pos[node] not in VERBAL or notes.dep[node] not in ("advcl", "ccomp", "relcl") or own.finite_tag(node) not in ("VBZ", "VBP"):
            return None
        words = (notes.head[node], *(mark for mark in notes.having(node, "mark", "advmod") if mark < node))
        timed = any(self.cues.has("later", notes.lower[word]) for word in words)
        return next((above for above in notes.ancestors(node) if notes.pos[above] in VERBAL), None) if timed else None

    def _modal_subject(self, node: int) -> Found | None:
        """*An attack would be a mistake*, *any attack will be met with force*: the subject is as open as what is said of it."""
        notes, head = self.notes, self.notes.head[node]
        if notes.pos[node] not in NOMINAL or notes.dep[node] not in ("nsubj", "nsubjpass") or notes.pos[head] not in VERBAL:
            return None
        fate = self._read(head)
        modal = fate.rule.removeprefix("modal.") if fate.rule.startswith("modal.") else ""
        will = modal == "will" or (fate.rule == "negation" and any(notes.lower[aux] == "will" for aux in notes.having(head, "aux")))
        vague = self._indefinite(node)
        met = will and vague and self.cues.has("responded", notes.lemma[head])
        would = self.cues.has("would", modal) and fate.value == "hypothetical" and not self._pointed_at(node)
        return Found("hypothetical", fate.token, fate.rule) if met or would or (self.cues.has("may", modal) and vague) else None

    def _indefinite(self, noun: int) -> bool:
        """*An attack*, *any attack*, *attacks*."""
        notes = self.notes
        bare = notes.child(noun, "det", "poss", "nummod") is None and notes.tag[noun] == "NNS"
        return (bare or any(self.cues.has("vague", notes.lower[det]) for det in notes.having(noun, "det"))) and not self._above.definite(noun)

    def _pointed_at(self, noun: int) -> bool:
        """*This attack*, *its attack*."""
        notes = self.notes
        return notes.child(noun, "poss") is not None or any(self.cues.has("pointing", notes.lower[det]) for det in notes.having(noun, "det"))


def _within(outer: Found, own: Found | None) -> Found:
    """A node's own cue within what stands above it."""
    if own is None or own.token == outer.token or (own.rule == "any" and outer.value != "actual"):
        return outer
    if outer.value == "actual":
        done = outer.token is not None and own.value == "future" and own.rule.startswith("adjective.")
        return outer if done else own
    if outer.value == "negated":
        return Found("actual", outer.token, outer.rule) if own.value == "negated" else outer
    return own if outer.value == "future" or own.value == "hypothetical" or own.rule.startswith("adjective.") else outer


def _applied(governor: Governor, fate: Found, cues: Cues) -> Found:
    """What a cue makes of the event below it, given what became of the cue itself."""
    value, word, token, rule, _ = governor
    if value == "ended":
        return Found("actual", token, rule)
    if value == "actual":
        return fate
    said = Found(value, token, rule)
    if fate.value == "actual":
        return said
    if fate.value == "negated":
        if cues.has("two_way", word):
            return Found("actual", token, rule)
        return Found("negated" if cues.has("raising", word) else "hypothetical", fate.token, rule)
    if fate.value == "future":
        foreseen = value == "negated" and not fate.rule.startswith("modal.")
        return Found("hypothetical", token, rule) if foreseen else said
    return Found("hypothetical", fate.token, fate.rule)
