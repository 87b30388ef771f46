"""Whether an event happened: actual, future (planned, promised), hypothetical (possible, asked for, feared) or negated.

The judgement follows the words above the trigger, nearest first: its own negation and auxiliaries, then the predicates that govern
its clause or noun phrase. The cues are data (`codebooks/factuality.yaml`); the values are those of the PLOVER manual's auxiliary
modes. Where nothing speaks against it, an event is actual.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.annotate.columns import Annotations
from dragoman.code.clauses import load_grammar
from dragoman.codebook import BUILT_IN, LINE, read_yaml
from dragoman.records import Evidence

VERSION = "1"
_VERBAL = ("VERB", "AUX")
_SETS = ("negations", "determiners", "nobody", "past_speech", "schedule", "to_only", "happening", "through", "ending", "telling", "effort")
_UNDER_NOUN = ("pobj", "pcomp", "acl", "relcl", "compound", "xcomp", "ccomp", "appos", "advcl")


@dataclass(frozen=True)
class Cues:
    """Cue word -> value, for each way in which a cue can stand to the event."""

    complement: Mapping[str, str]
    object: Mapping[str, str]
    nouns: Mapping[str, str]
    adjectives: Mapping[str, str]
    predicates: Mapping[str, str]
    adverbs: Mapping[str, str]
    modals: Mapping[str, str]
    marks: Mapping[str, str]
    negations: frozenset[str]
    determiners: frozenset[str]
    nobody: frozenset[str]
    past_speech: frozenset[str]
    schedule: frozenset[str]
    to_only: frozenset[str]
    happening: frozenset[str]
    through: frozenset[str]
    ending: frozenset[str]
    telling: frozenset[str]
    effort: frozenset[str]
    light: frozenset[str]


@lru_cache(maxsize=4)
def load_cues(folder: Path = BUILT_IN) -> Cues:
    """The factuality cues of a codebook folder."""
    data = read_yaml(folder / "factuality.yaml")
    verbs = {way: _by_word({value: ways.get(way, []) for value, ways in data["verbs"].items() if value != LINE}) for way in ("complement", "object")}
    flat = {name: _by_word(data[name]) for name in ("nouns", "adjectives", "predicates", "adverbs", "modals", "marks")}
    sets = {name: frozenset(data[name]) for name in _SETS}
    words: dict[str, Any] = {**verbs, **flat, **sets}
    return Cues(**words, light=load_grammar(folder).light)


def _by_word(groups: Mapping[str, Any]) -> dict[str, str]:
    """The first value that lists a word wins."""
    found: dict[str, str] = {}
    for value, words in groups.items():
        if value != LINE:
            for word in words:
                found.setdefault(word, value)
    return found


@dataclass(frozen=True)
class Judge:
    """Judges the events of one article."""

    notes: Annotations
    cues: Cues

    def factuality(self, trigger: int) -> tuple[str, Evidence]:
        """The value of an event and the word that decides."""
        notes, node = self.notes, trigger
        for _ in range(len(notes)):
            for value, token, rule in (self._own(node), self._stopped(node), self._above(node)):
                if value is not None and token is not None:
                    return value, Evidence("factuality", f"factuality.{rule}", notes.start[token], notes.end[token])
            if notes.head[node] == node or self._independent(node):
                break
            node = notes.head[node]
        return self._question(trigger)

    # --- beside the node ---
    def _own(self, node: int) -> tuple[str | None, int | None, str]:
        """Negation, auxiliaries, adverbs, adjectives and conditions of the node itself."""
        notes, cues = self.notes, self.cues
        negation = self._negation(node)
        if negation is not None:
            return "negated", negation, "negation"
        for child in notes.children[node]:
            word, dep = notes.lower[child], notes.dep[child]
            if dep == "aux" and word in cues.modals and notes.tag[child] == "MD":
                return self._modal(node, word), child, f"modal.{word}"
            if dep == "mark" and word in cues.marks:
                return cues.marks[word], child, f"mark.{word}"
            if dep == "advmod" and word in cues.adverbs:
                return cues.adverbs[word], child, f"adverb.{word}"
            if dep in ("amod", "nmod") and notes.pos[node] in ("NOUN", "PROPN") and word in cues.adjectives:
                return cues.adjectives[word], child, f"adjective.{word}"
            if dep == "advcl" and (mark := self._condition(child)) is not None:
                return "hypothetical", mark, "condition"
        return self._going_to(node)

    def _negation(self, node: int) -> int | None:
        notes, cues = self.notes, self.cues
        for child in notes.children[node]:
            denies = notes.dep[child] == "neg" or (notes.dep[child] in ("det", "preconj", "advmod", "cc") and notes.lower[child] in cues.negations)
            if denies and notes.lower[min(child + 1, len(notes) - 1)] not in ("only", "just", "merely", "least"):
                return child
            if notes.dep[child] in ("nsubj", "nsubjpass") and notes.lower[child] in cues.nobody:
                return child
            if notes.dep[child] in ("nsubj", "nsubjpass", "dobj") and any(notes.lower[inner] in cues.determiners for inner in notes.having(child, "det")):
                return child  # no soldier left, sent no soldiers
        if notes.dep[node] in ("pobj", "pcomp") and notes.lower[notes.head[node]] == "without":
            return notes.head[node]
        return None

    def _modal(self, node: int, word: str) -> str:
        """*said it would send* is a future seen from the past; any other *would* is hypothetical."""
        notes = self.notes
        head = notes.head[node]
        if word in ("would", "'d") and notes.dep[node] in ("ccomp", "conj") and notes.lemma[head] in self.cues.past_speech and not self._conditional(node):
            return "future"
        return "hypothetical" if self._conditional(node) else self.cues.modals[word]

    def _conditional(self, node: int) -> bool:
        return any(self._condition(child) is not None for child in self.notes.having(node, "advcl"))

    def _condition(self, clause: int) -> int | None:
        """The *if* or *unless* that opens a clause."""
        return next((mark for mark in self.notes.having(clause, "mark", "advmod") if self.notes.lower[mark] in ("if", "unless")), None)

    def _going_to(self, node: int) -> tuple[str | None, int | None, str]:
        """*is to visit*, *is going to visit*, *is due to visit*."""
        notes = self.notes
        if notes.dep[node] != "xcomp" or not self._infinitive(node):
            return None, None, ""
        head = notes.head[node]
        if any(notes.lower[child] == "yet" for child in (*notes.having(head, "advmod"), *notes.having(node, "advmod"))) and notes.lemma[head] in ("have", "be"):
            return "negated", head, "yet-to"
        if notes.lower[head] == "were" and any(subject > head for subject in (*notes.having(head, "nsubj"), *notes.having(node, "nsubj"))):
            return "hypothetical", head, "inversion"
        if notes.lemma[head] in ("be", "go") or notes.lemma[head] in self.cues.schedule:
            plain_go = notes.lemma[head] == "go" and notes.tag[head] != "VBG"
            return (None, None, "") if plain_go else (self._flipped(head, "future"), head, "be-to")
        return None, None, ""

    def _infinitive(self, node: int) -> bool:
        return any(self.notes.tag[child] == "TO" for child in self.notes.having(node, "aux"))

    # --- above the node ---
    def _stopped(self, node: int) -> tuple[str | None, int | None, str]:
        """What somebody stops, or is asked to stop, is going on."""
        head = self.notes.head[node]
        ends = self.notes.lemma[head] in self.cues.ending and self.notes.dep[node] in ("xcomp", "dobj", "nsubjpass") and head != node and not self._infinitive(node)
        return ("actual", head, f"ending.{self.notes.lemma[head]}") if ends else (None, None, "")

    def _reported(self, node: int) -> int | None:
        """The verb that a *that* clause completes where the parser hangs it on a noun in between (*denied from the start that it fired*)."""
        notes = self.notes
        opened = any(notes.lower[mark] == "that" for mark in notes.having(node, "mark"))
        loose = opened and notes.dep[node] in ("relcl", "acl") and notes.child(node, "nsubj", "nsubjpass") is not None
        return next((above for above in notes.ancestors(node) if notes.pos[above] in _VERBAL), None) if loose else None

    def _above(self, node: int) -> tuple[str | None, int | None, str]:
        """What the word that governs the node says about it."""
        notes = self.notes
        dep, head = notes.dep[node], notes.head[node]
        if head == node or dep == "conj":
            return None, None, ""
        if (verb := self._reported(node)) is not None:
            return self._by_complement(node, verb)
        if dep in ("pobj", "pcomp"):
            head = notes.head[head]
        if notes.pos[head] in _VERBAL:
            return self._by_verb(node, head)
        if dep == "pcomp" and notes.lower[head] == "short":
            return "negated", head, "short-of"
        if notes.pos[head] in ("NOUN", "PROPN") and dep in _UNDER_NOUN and (dep != "relcl" or self._infinitive(node)):
            word = notes.lemma[head]
            return self._known(self.cues.nouns, word, head, "noun")
        if notes.pos[head] == "ADJ" and dep in ("xcomp", "ccomp", "pobj", "pcomp"):
            return self._known(self.cues.predicates, notes.lower[head], head, "predicate")
        return None, None, ""

    def _known(self, cues: Mapping[str, str], word: str, token: int, rule: str) -> tuple[str | None, int | None, str]:
        value = cues.get(word)
        return (self._flipped(token, value), token, f"{rule}.{word}") if value else (None, None, "")

    def _by_verb(self, node: int, head: int) -> tuple[str | None, int | None, str]:
        notes, cues = self.notes, self.cues
        dep, word = notes.dep[node], notes.lemma[head]
        if dep in ("xcomp", "ccomp", "pcomp", "oprd"):
            return self._by_complement(node, head)
        if dep == "advcl":
            purpose = self._infinitive(node) and notes.child(node, "mark") is None and word not in cues.effort
            return ("future", node, "purpose") if purpose and notes.tag[node] == "VB" else (None, None, "")
        if dep in ("dobj", "pobj", "nsubjpass", "oprd", "dative"):
            phrase = f"{word} {notes.lower[notes.head[node]]}" if dep == "pobj" else self._with_particle(head)
            if phrase in cues.object:
                return self._flipped(head, cues.object[phrase]), head, f"object.{phrase}"
        return None, None, ""

    def _with_particle(self, verb: int) -> str:
        """*called off* is no *called*."""
        particle = self.notes.child(verb, "prt")
        return self.notes.lemma[verb] if particle is None else f"{self.notes.lemma[verb]} {self.notes.lower[particle]}"

    def _by_complement(self, node: int, head: int) -> tuple[str | None, int | None, str]:
        notes = self.notes
        word = self._with_particle(head)
        value = self.cues.complement.get(word) if word not in self.cues.to_only or self._infinitive(node) else None
        finite = notes.dep[node] == "ccomp" and not self._infinitive(node) and notes.tag[node] in ("VBD", "VBZ", "VBP", "VBN")
        if value is None or (value != "negated" and finite and word in self.cues.telling):
            return None, None, ""
        if notes.dep[node] == "pcomp" and value == "future":
            return None, None, ""
        return self._flipped(head, value), head, f"complement.{word}"

    def _flipped(self, cue: int, value: str) -> str:
        """*did not refuse to*, *has not agreed to*, *may plan to*: what is itself denied or only possible says no more than possible."""
        return "hypothetical" if self._own(cue)[0] in ("negated", "hypothetical") else value

    def _independent(self, node: int) -> bool:
        """Whether what stands above the node says nothing about it."""
        notes, dep = self.notes, self.notes.dep[node]
        if dep == "conj":
            same = notes.tag[node] == notes.tag[notes.head[node]] or notes.pos[node] == "NOUN"
            return not same or notes.child(node, "nsubj", "nsubjpass") is not None
        if notes.pos[node] in ("NOUN", "PROPN"):
            return not self._carried(node)
        return dep in ("advcl", "ROOT", "parataxis", "npadvmod", "nsubj") or (dep in ("relcl", "ccomp") and not self._infinitive(node) and notes.tag[node] != "VBG")

    def _carried(self, noun: int) -> bool:
        """Whether the word above an event noun carries it (*will hold talks*, *talks will begin*, *a wave of attacks*) and so shares its fate."""
        notes, cues = self.notes, self.cues
        dep, head = notes.dep[noun], notes.head[noun]
        if dep == "pobj":
            governor = notes.head[head]
            return notes.lower[head] in cues.through and (notes.pos[governor] == "NOUN" or notes.lemma[governor] in cues.light)
        if dep in ("nsubj", "nsubjpass"):
            return notes.lemma[head] in cues.happening or (dep == "nsubjpass" and notes.lemma[head] in cues.light)
        return dep in ("dobj", "attr", "oprd", "compound", "dative") and (notes.lemma[head] in cues.light or notes.pos[head] not in _VERBAL)

    def _question(self, trigger: int) -> tuple[str, Evidence]:
        sentence = self.notes.sentence(trigger)
        last = next((token for token in reversed(sentence) if self.notes.word[token] not in ('"', "'", "”", "’", ")")), sentence[-1])
        if self.notes.word[last] == "?" and self.notes.pos[trigger] in _VERBAL:
            return "hypothetical", Evidence("factuality", "factuality.question", self.notes.start[last], self.notes.end[last])
        return "actual", Evidence("factuality", "factuality.asserted", self.notes.start[trigger], self.notes.end[trigger])
