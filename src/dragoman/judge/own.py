"""What stands beside a word and says whether it happened: its negation, auxiliaries, adverbs and adjectives, and how its clause opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from dragoman.annotate.columns import Annotations
from dragoman.judge.cues import Cues

VERBAL = ("VERB", "AUX")
NOMINAL = ("NOUN", "PROPN")
_SUBJECTS = ("nsubj", "nsubjpass")


class Found(NamedTuple):
    """A value, the word that decides it (None where nothing speaks against the event) and the rule."""

    value: str
    token: int | None
    rule: str


@dataclass(frozen=True)
class Own:
    """The cues beside the words of one article."""

    notes: Annotations
    cues: Cues

    def of(self, node: int) -> Found | None:
        """What the words right beside a node say of it."""
        negation, modal = self.negation(node), self._modal(node)
        if negation is not None:
            weak = modal is not None and self.cues.has("weak_modals", self.notes.lower[modal[0]])
            return Found("hypothetical", modal[0], f"modal.{self.notes.lower[modal[0]]}") if modal and weak else Found("negated", negation, "negation")
        adverb = self._adverb(node)
        if modal is not None and not (modal[1] == "future" and adverb is not None and adverb.value == "hypothetical"):
            return Found(modal[1], modal[0], f"modal.{self.notes.lower[modal[0]]}")
        return self._described(node) or self._conditioned(node) or self._any(node)

    # --- negation ---
    def negation(self, node: int) -> int | None:
        """The word that denies the node."""
        inverted = next((child - 1 for child in self.notes.having(node, "aux") if child and self.notes.lower[child - 1] == "nor"), None)
        if inverted is not None:
            return inverted  # nor did he attack
        for child in self.notes.children[node]:
            if (word := self._denies(node, child)) is not None:
                return word
        return self._nor(node)

    def _denies(self, node: int, child: int) -> int | None:
        """The word by which a child of the node denies it."""
        notes, cues = self.notes, self.cues
        dep, word = notes.dep[child], notes.lower[child]
        if dep == "neg" or (dep in ("det", "preconj", "advmod", "cc") and cues.has("negations", word) and word != "nor"):
            return None if cues.has("not_negations", notes.lower[min(child + 1, len(notes) - 1)]) or self._of_another(node, child) else child
        if dep == "advmod" and any(cues.has("negations", notes.lower[inner]) for inner in notes.children[child]):
            return None if cues.has("not_negations", word) else child  # no longer, hardly ever; but not surprisingly
        if dep in _SUBJECTS and cues.has("nobody", word):
            return child
        if dep == "prep":  # under no circumstances
            ways = (self._none_of(noun) for noun in notes.having(child, "pobj") if cues.has("no_way", notes.lower[noun]))
            return next((det for det in ways if det is not None), None)
        return self._none_of(child) if dep in (*_SUBJECTS, "dobj", "attr") and notes.pos[node] in VERBAL else None

    def _of_another(self, node: int, child: int) -> bool:
        """*Not because it attacked*: the negation of the reason is none of the clause."""
        return self.notes.pos[node] in NOMINAL and child > node

    def _none_of(self, noun: int) -> int | None:
        """The *no* of *no soldier left*, *sent no soldiers*."""
        return next((inner for inner in self.notes.having(noun, "det") if self.cues.has("determiners", self.notes.lower[inner])), None)

    def _nor(self, node: int) -> int | None:
        """*Neither attacked nor withdrew*, *nor did they withdraw*: the *nor* before a later member, or before the auxiliary."""
        notes = self.notes
        inverted = next((child - 1 for child in notes.having(node, "aux") if child and notes.lower[child - 1] == "nor"), None)
        if inverted is not None or notes.dep[node] != "conj":
            return inverted
        return next((cc for cc in notes.having(notes.head[node], "cc") if notes.lower[cc] == "nor" and cc < node), None)

    # --- auxiliaries ---
    def _modal(self, node: int) -> tuple[int, str] | None:
        notes, cues = self.notes, self.cues
        modal = next((child for child in notes.having(node, "aux") if notes.tag[child] == "MD" and notes.lower[child] in cues.modals), None)
        if modal is None:
            return None
        if cues.has("would", notes.lower[modal]) and self._seen_from_past(node):
            return modal, "future"
        return modal, "hypothetical" if self.condition_of(node) is not None else cues.modals[notes.lower[modal]]

    def _seen_from_past(self, node: int) -> bool:
        """*Said it would send* is a future seen from the past; any other *would* is hypothetical."""
        notes = self.notes
        while notes.dep[node] == "conj" and notes.pos[notes.head[node]] in VERBAL:
            node = notes.head[node]
        head = notes.head[node]
        told = notes.dep[node] == "ccomp" and self.cues.has("past_speech", notes.lemma[head]) and notes.tag[head] in ("VBD", "VBN")
        return told and self.condition_of(node) is None

    def infinitive(self, node: int) -> bool:
        """Whether the node has a *to*."""
        return any(self.notes.tag[child] == "TO" for child in self.notes.having(node, "aux"))

    def finite_tag(self, node: int) -> str:
        """The tag that carries the tense: of the first auxiliary, else of the word itself."""
        first = next(iter(self.notes.having(node, "aux", "auxpass")), node)
        return self.notes.tag[first]

    def past(self, node: int) -> bool:
        """Whether the clause of the node is in the past or the perfect."""
        perfect = any(self.notes.lemma[child] == "have" for child in self.notes.having(node, "aux"))
        tag = self.finite_tag(node)
        return tag == "VBD" or (tag == "VBN" and self.notes.pos[node] in VERBAL) or (perfect and tag in ("VBZ", "VBP"))

    # --- adverbs, adjectives, participles ---
    def _adverb(self, node: int) -> Found | None:
        notes, cues = self.notes, self.cues
        found = next((child for child in notes.having(node, "advmod") if notes.lower[child] in cues.adverbs), None)
        return Found(cues.adverbs[notes.lower[found]], found, f"adverb.{notes.lower[found]}") if found is not None else None

    def _described(self, node: int) -> Found | None:
        notes, cues = self.notes, self.cues
        if notes.pos[node] not in NOMINAL:
            return self._adverb(node)
        for child in notes.children[node]:
            word, dep = notes.lower[child], notes.dep[child]
            if self.negation(child) is not None:
                continue
            if dep in ("amod", "nmod", "compound") and not cues.has("attributive", word) and (found := self._adjective(node, child)):
                return found
            after = dep == "acl" or (dep == "relcl" and notes.child(child, "auxpass") is not None)
            if after and notes.tag[child] == "VBN" and (found := self._adjective(node, child)):
                return found
            if dep in ("acl", "relcl") and self.infinitive(child) and self._held(child):
                return Found("future", child, "to-be-held")
        return None

    def _held(self, verb: int) -> bool:
        """*Talks to be held*, *a visit to begin in May*."""
        notes, cues = self.notes, self.cues
        held = notes.child(verb, "auxpass") is not None and notes.lemma[verb] in cues.light
        return held or (cues.has("happening", notes.lemma[verb]) and notes.child(verb, "dobj") is None)

    def _adjective(self, noun: int, word: int) -> Found | None:
        value = self.cues.adjectives.get(self.notes.lower[word])
        if value == "failed":
            value = "negated" if self.cues.has("accomplished", self.notes.lemma[noun]) else None
        return Found(value, word, f"adjective.{self.notes.lower[word]}") if value else None

    def predicated(self, noun: int, word: int) -> Found | None:
        """What an adjective says of its subject: *an attack is likely*, but not *the attack was needed*."""
        name = self.notes.lower[word]
        told = self.cues.has("attributive", name) and self.cues.adjectives.get(name) == "hypothetical" and self.past(self.notes.head[word])
        return None if told else self._adjective(noun, word)

    # --- conditions ---
    def _conditioned(self, node: int) -> Found | None:
        if self.notes.pos[node] not in VERBAL or self.past(node):
            return None
        mark = self.condition_of(node)
        return Found("hypothetical", mark, "condition") if mark is not None else None

    def condition_of(self, node: int) -> int | None:
        """The *if* or *unless* of a clause that hangs on the node."""
        notes, cues = self.notes, self.cues
        clauses = notes.having(node, "advcl")
        return next((mark for clause in clauses for mark in notes.having(clause, "mark", "advmod") if cues.has("conditions", notes.lower[mark])), None)

    def _any(self, node: int) -> Found | None:
        found = next((det for det in self.notes.having(node, "det") if self.notes.lower[det] == "any"), None)
        return Found("hypothetical", found, "any") if found is not None and self.notes.pos[node] in NOMINAL else None

    # --- how the clause opens ---
    def clause(self, node: int) -> Found | None:
        """What opens the clause of a verb and leaves it open: *if it attacks*, *whether it attacked*, *had it attacked*."""
        notes, cues = self.notes, self.cues
        if notes.pos[node] not in VERBAL:
            return None
        for mark in notes.having(node, "mark", "advmod", "prep"):
            word = self._phrase(mark)
            if word in cues.marks and mark < node:
                return Found(cues.marks[word], mark, f"mark.{word}")
            if cues.has("until", notes.lower[mark]) and notes.dep[mark] == "mark" and not self.past(node):
                return Found("hypothetical", mark, f"mark.{notes.lower[mark]}")
        head = notes.head[node]
        if notes.dep[node] == "ccomp" and notes.lower[head] in cues.marks and head < node and notes.child(head, "nsubj") is None:
            return Found("hypothetical", head, f"mark.{notes.lower[head]}")  # assuming that it attacks
        who = notes.child(node, *_SUBJECTS)
        if notes.dep[node].startswith("csubj") and who is not None and cues.has("anyone", notes.lower[who]):
            return Found("hypothetical", who, "anyone")
        return self._inverted(node)

    def _phrase(self, mark: int) -> str:
        """The conjunction with the word before or after that belongs to it: *in case*, *as if*."""
        notes = self.notes
        for first in (mark - 1, mark):
            if first >= 0 and first + 1 < len(notes):
                words = f"{notes.lower[first]} {notes.lower[first + 1]}"
                if words in self.cues.marks:
                    return words
        return notes.lower[mark]

    def _inverted(self, node: int) -> Found | None:
        """*Had it attacked*, *should it attack*, *were it to attack*: the auxiliary before the subject of a clause that is no question."""
        notes = self.notes
        if notes.dep[node] not in ("advcl", "xcomp", "ccomp"):
            return None
        subject = notes.child(node, *_SUBJECTS)
        first = next(iter(notes.having(node, "aux", "auxpass")), None)
        if subject is not None and first is not None and first < subject and self.cues.has("inverting", notes.lower[first]):
            return Found("hypothetical", first, "inversion")
        return None

    def command(self, node: int) -> Found | None:
        """*Withdraw your troops*: a bare verb without subject that opens its sentence or quotation."""
        notes = self.notes
        bare = notes.tag[node] == "VB" and notes.child(node, *_SUBJECTS, "auxpass") is None
        if not bare or any(notes.lower[aux] != "do" for aux in notes.having(node, "aux")) or notes.dep[node] not in ("ROOT", "ccomp", "parataxis"):
            return None
        before = next((t for t in range(node - 1, notes.sentence(node).start - 1, -1) if notes.dep[t] not in ("neg", "aux", "intj", "advmod")), None)
        opens = before is None or notes.pos[before] == "PUNCT"
        return Found("hypothetical", node, "command") if opens else None

    def to_come(self, node: int) -> Found | None:
        """*Peru to expel envoy*: the infinitive of a headline."""
        subject = self.notes.child(node, *_SUBJECTS)
        headline = self.notes.dep[node] == "ROOT" and self.infinitive(node) and subject is not None and subject < node
        return Found("future", node, "headline-to") if headline else None

    def asked(self, node: int) -> Found | None:
        """A question that can be answered by yes or no leaves open what it asks."""
        notes, sentence = self.notes, self.notes.sentence(node)
        last = next((token for token in reversed(sentence) if notes.word[token] not in ('"', "'", "”", "’", ")")), sentence[-1])
        if any(notes.word[token] in ('"', "“", "‘") for token in range(node + 1, last)):
            return None  # he supported it, asking: "What else?"
        taken_for_granted = any(self.cues.has("questions", notes.lower[token]) and notes.head[token] in (node, *notes.children[node]) for token in sentence)
        return Found("hypothetical", last, "question") if notes.word[last] == "?" and not taken_for_granted else None
