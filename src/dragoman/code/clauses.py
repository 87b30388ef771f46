"""The grammar of a clause: who is subject and object of a predicate, however the sentence puts it.

Works on the dependency columns of `Annotations`; knows passives, reduced relatives, relative pronouns, control, coordination and
light verbs. All functions take and give token indices (heads of phrases).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.annotate.columns import Annotations
from dragoman.code.frames import words_of
from dragoman.codebook import BUILT_IN, read_yaml

_RELATIVE = {"WDT", "WP", "WP$"}
_VERBAL = ("VERB", "AUX")


@dataclass(frozen=True)
class Grammar:
    """Word lists of `codebooks/grammar.yaml`.

    `light` verbs, verbs whose object is the subject of their infinitive (`object_control`), nouns that only count or group (`partitive`),
    verbs that say that something happens (`happening`), and fixed phrases by their first word whose words are no events (`idioms`).
    """

    light: frozenset[str]
    object_control: frozenset[str]
    partitive: frozenset[str]
    happening: frozenset[str]
    idioms: Mapping[str, tuple[tuple[str, ...], ...]]


def load_grammar(folder: Path = BUILT_IN) -> Grammar:
    """The grammar lists of a codebook folder."""
    data = read_yaml(folder / "grammar.yaml")
    idioms: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in data["idioms"]:
        words = words_of(phrase)
        idioms[words[0]].append(words)
    light, control, partitive, happening = (frozenset(data[name]) for name in ("light", "object_control", "partitive", "happening"))
    return Grammar(light, control, partitive, happening, {first: tuple(phrases) for first, phrases in idioms.items()})


@dataclass(frozen=True)
class Clauses:
    """Subject, object and light verb of any token of one article."""

    notes: Annotations
    grammar: Grammar

    def is_passive(self, verb: int) -> bool:
        """Whether what stands as subject suffers the act."""
        notes = self.notes
        if notes.child(verb, "nsubjpass", "auxpass", "csubjpass", "agent") is not None:
            return True
        if notes.tag[verb] != "VBN" or notes.child(verb, "aux") is not None:
            return False
        if notes.dep[verb] in ("acl", "relcl", "amod"):
            return True
        free = notes.child(verb, "dobj", "nsubj") is None
        return free and (notes.dep[verb] == "advcl" or (notes.dep[verb] == "conj" and self.is_passive(notes.head[verb])))

    def subject(self, verb: int) -> list[int]:
        """Heads of the phrases that do the act; empty if nobody is said to."""
        if self.is_passive(verb):
            return self._agents(verb)
        return self._grammatical_subject(verb)

    def objects(self, verb: int) -> list[int]:
        """Heads of the phrases that the act is done to."""
        notes = self.notes
        if self.is_passive(verb):
            return self._grammatical_subject(verb)
        found = notes.having(verb, "dobj", "attr", "oprd")
        if not found:  # the parser takes some objects for adverbials: "broke up a march"
            found = [t for t in notes.having(verb, "npadvmod") if notes.ent[t] not in ("DATE", "TIME") and notes.pos[t] == "NOUN" and t > verb]
        if notes.dep[verb] == "relcl" and notes.child(verb, "nsubj") is not None:
            gap = not found or any(notes.tag[token] in _RELATIVE for token in found)
            relative_subject = any(notes.tag[token] in _RELATIVE for token in notes.having(verb, "nsubj"))
            if gap and not relative_subject and not notes.preps(verb, "with", "against", "on", "to", "for"):
                return [notes.head[verb]]
        return [self._antecedent(token) for token in found if notes.dep[token] != "attr" or notes.lemma[verb] not in ("be", "become")]

    def indirect(self, verb: int) -> list[int]:
        """Heads of the indirect objects."""
        notes = self.notes
        found = []
        for token in notes.having(verb, "dative"):
            inner = notes.having(token, "pobj")
            found += inner or [token]
        if self.is_passive(verb) and notes.having(verb, "dobj", "oprd"):
            found += notes.having(verb, "nsubjpass")
        return found

    def light_verb(self, noun: int) -> int | None:
        """The light verb that carries an event noun (*hold* in *hold talks*, *engage* in *engage in talks*)."""
        notes = self.notes
        noun = self._first_conjunct(noun)
        head = notes.head[noun]
        if notes.dep[noun] == "pobj":
            head = notes.head[head]
        elif notes.dep[noun] in ("acl", "relcl"):
            return None
        own = next(iter(notes.having(head, "dobj")), None) if notes.dep[noun] == "pobj" else None
        busy = own is not None and notes.lemma[own] not in ("part", "place", "role")  # filed a complaint over the attack: no attack is filed
        if notes.dep[noun] in ("dobj", "nsubjpass", "pobj", "oprd") and notes.lemma[head] in self.grammar.light and notes.pos[head] in _VERBAL and not busy:
            return head
        if notes.dep[noun] == "pobj" and notes.lemma[head] == "be":
            return head  # is on a visit, are in talks
        carriers = (child for child in notes.having(noun, "acl", "relcl") if notes.lemma[child] in self.grammar.light and notes.tag[child] != "VB")
        return next((child for child in carriers if self.is_passive(child) or notes.dep[child] == "relcl"), None)

    def _first_conjunct(self, token: int) -> int:
        while self.notes.dep[token] == "conj" and self.notes.pos[self.notes.head[token]] == self.notes.pos[token]:
            token = self.notes.head[token]
        return token

    def _agents(self, verb: int) -> list[int]:
        notes = self.notes
        found = [token for prep in notes.having(verb, "agent") for token in notes.having(prep, "pobj", "pcomp")]
        found += [token for token in notes.preps(verb, "by") if token not in found and not notes.ent[token].startswith(("DATE", "TIME", "PERCENT", "MONEY"))]
        if not found and notes.dep[verb] == "conj" and self.is_passive(notes.head[verb]):
            return self._agents(notes.head[verb])
        return found

    def _grammatical_subject(self, verb: int) -> list[int]:
        notes = self.notes
        own = notes.having(verb, "nsubj", "nsubjpass")
        if own:
            return [self._antecedent(token) for token in own if notes.lower[token] not in ("it", "there") or notes.child(verb, "expl") is None]
        return self._understood(verb)

    def _antecedent(self, token: int) -> int:
        """The noun that a relative pronoun stands for; any other token itself."""
        notes = self.notes
        if notes.tag[token] not in _RELATIVE and notes.lower[token] != "that":
            return token
        clause = next((above for above in notes.ancestors(token) if notes.dep[above] == "relcl"), None)
        if clause is None:
            return token
        noun = notes.head[clause]
        return self._thing_before(noun) if notes.lower[token] == "which" and notes.ent[noun] == "PERSON" else noun

    def _thing_before(self, person: int) -> int:
        """*Which* never stands for a person: where the parser hangs it on one, it means the subject or object of that clause."""
        notes = self.notes
        verb = next((above for above in notes.ancestors(person) if notes.pos[above] in _VERBAL), None)
        things = [] if verb is None else [t for t in notes.having(verb, "nsubjpass", "nsubj", "dobj") if notes.ent[t] != "PERSON"]
        return things[0] if things else person

    def _understood(self, verb: int) -> list[int]:
        """The subject of a verb that has none of its own."""
        notes, dep, head = self.notes, self.notes.dep[verb], self.notes.head[verb]
        if head == verb:
            return []
        if notes.pos[verb] == "ADJ" and dep in ("acomp", "attr", "oprd"):
            return self._grammatical_subject(head)
        if dep in ("acl", "relcl", "amod"):
            return self._of_noun_clause(verb, head)
        if dep == "pcomp":
            return self._of_gerund(notes.head[head], head) if notes.head[head] != head else []
        if dep in ("xcomp", "ccomp", "conj", "advcl", "dep") and notes.pos[head] in (*_VERBAL, "ADJ"):
            return self._controlled(head, dep)
        return self._of_noun(head) if dep in ("xcomp", "ccomp", "advcl") and notes.pos[head] in ("NOUN", "PROPN") else []

    def _controlled(self, head: int, dep: str) -> list[int]:
        notes = self.notes
        if dep in ("xcomp", "ccomp", "advcl") and notes.lemma[head] in self.grammar.object_control and (dep != "advcl" or notes.lemma[head] != "be"):
            return self._grammatical_subject(head) if self.is_passive(head) else notes.having(head, "dobj") or self.indirect(head) or self._grammatical_subject(head)
        return self._grammatical_subject(head)

    def _of_gerund(self, governor: int, prep: int) -> list[int]:
        """*accused Iran of arming*: Iran; *criticised Iran for arming*: Iran; *by deploying troops*: the subject; *its policy of arming*: its."""
        notes = self.notes
        if notes.pos[governor] == "ADV":  # stopped short of blaming
            governor = notes.head[governor]
        if notes.pos[governor] not in _VERBAL:
            return self._of_noun(governor)
        suffers = notes.lower[prep] in ("of", "for", "from", "over", "against", "into") and notes.lemma[governor] not in ("be", "think", "speak", "talk")
        objects = self._grammatical_subject(governor) if self.is_passive(governor) else notes.having(governor, "dobj")
        return objects if suffers and objects else self._grammatical_subject(governor)

    def _of_noun_clause(self, verb: int, noun: int) -> list[int]:
        """*troops fighting*: troops; *sanctions imposed*: sanctions; *its decision to leave*: its."""
        notes = self.notes
        infinitive = any(notes.tag[child] == "TO" for child in notes.having(verb, "aux"))
        if not infinitive:
            return [noun]
        people = notes.ent[noun] in ("PERSON", "NORP", "GPE", "ORG") or notes.pos[noun] == "PROPN"
        return [noun] if people else self._of_noun(noun)

    def _of_noun(self, noun: int) -> list[int]:
        """Whose noun it is: possessor, adjective of nationality, *by* phrase, or the subject (or receiver) of the verb that has it as object."""
        notes = self.notes
        owners = notes.having(noun, "poss") or notes.preps(noun, "by") or notes.preps(noun, "of")
        if owners:
            return owners
        head = notes.head[noun]
        if notes.dep[noun] == "dobj":
            return self.indirect(head) or self.subject(head)
        if notes.dep[noun] == "pobj" and notes.pos[notes.head[head]] in _VERBAL:
            return self.subject(notes.head[head])
        return [child for child in notes.having(noun, "amod", "compound", "nmod") if notes.ent[child] in ("NORP", "GPE", "ORG")]
