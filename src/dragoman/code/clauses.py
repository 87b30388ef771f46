"""The grammar of a clause: who is subject and object of a predicate, however the sentence puts it.

Works on the dependency columns of `Annotations`; knows passives, reduced relatives, relative pronouns, control, coordination and
light verbs. All functions take and give token indices (heads of phrases).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from dragoman.annotate.columns import Annotations
from dragoman.code.frames import words_of
from dragoman.codebook import BUILT_IN, read_yaml
from dragoman.extract.drafts import quotations

_RELATIVE = {"WDT", "WP", "WP$"}
_VERBAL = ("VERB", "AUX")
_TEMPORAL = ("after", "before", "following", "while", "since", "when", "upon")
_NO_OWNER = ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "QUANTITY", "ORDINAL")
_DATELINE_END = ("-", "--", "–", "—", ":")
_DATELINE_LENGTH = 14


@dataclass(frozen=True)
class Grammar:
    """Word lists of `codebooks/grammar.yaml`.

    `light` verbs, verbs whose object is the subject of their infinitive (`object_control`), nouns that only count or group (`partitive`),
    verbs that say that something happens (`happening`), verbs whose participle names what its noun does itself (`stative`), nouns for what
    people say or write (`document`), prepositions of time and circumstance (`occasion`), words that stand before a clause without a
    finite verb (`absolute`), nouns for places that are for somebody (`shelter`), for the mind that one is in towards somebody (`stance`), the
    verbs of those who protest (`protesting`), verbs that name who takes part (`including`), what one side does for the other
    (`unilateral`) or whom one speaks to (`addressing`), light verbs whose subject suffers (`receiving`), nouns for
    what is done to those that stand after *of* (`done_to`), for what one puts to somebody that he is to do (`asking`), verbs for where somebody's
    troops are (`stationed`), participles that name behind a hyphen who does the deed (`led`), nouns for what somebody launches or
    stages (`waged`), for what harms by no hand that is named (`blind`), and fixed phrases by their first word whose words are no events (`idioms`).
    """

    light: frozenset[str]
    object_control: frozenset[str]
    partitive: frozenset[str]
    happening: frozenset[str]
    stative: frozenset[str]
    document: frozenset[str]
    occasion: frozenset[str]
    absolute: frozenset[str]
    shelter: frozenset[str]
    stance: frozenset[str]
    protesting: frozenset[str]
    including: frozenset[str]
    unilateral: frozenset[str]
    addressing: frozenset[str]
    receiving: frozenset[str]
    done_to: frozenset[str]
    asking: frozenset[str]
    stationed: frozenset[str]
    led: frozenset[str]
    waged: frozenset[str]
    blind: frozenset[str]
    idioms: Mapping[str, tuple[tuple[str, ...], ...]]


def load_grammar(folder: Path = BUILT_IN) -> Grammar:
    """The grammar lists of a codebook folder."""
    data = read_yaml(folder / "grammar.yaml")
    idioms: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in data["idioms"]:
        words = words_of(phrase)
        idioms[words[0]].append(words)
    lists: dict[str, Any] = {field.name: frozenset(data[field.name]) for field in fields(Grammar) if field.name != "idioms"}
    return Grammar(**lists, idioms={first: tuple(phrases) for first, phrases in idioms.items()})


@dataclass(frozen=True)
class Clauses:
    """Subject, object and light verb of any token of one article."""

    notes: Annotations
    grammar: Grammar

    def is_passive(self, verb: int) -> bool:
        """Whether what stands as subject suffers the act."""
        notes = self.notes
        if notes.lemma[verb] in self.grammar.stative and notes.child(verb, "prep", "prt") is not None and notes.child(verb, "agent", "dobj") is None:
            return False
        if notes.child(verb, "nsubjpass", "auxpass", "csubjpass") is not None:
            return True
        if notes.child(verb, "agent") is not None:  # "the house rejected a motion by X": the motion's
            return notes.tag[verb] != "VBD" or notes.child(verb, "nsubj") is None or notes.child(verb, "dobj") is None
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

    def acting(self, verb: int) -> list[int]:
        """The subject; of a participle without an agent the noun that it describes (*programmes pursued in defiance of X*: whose they are)."""
        found = self.subject(verb)
        return found or (self._grammatical_subject(verb) if self.is_passive(verb) else [])

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

    def preps(self, token: int, word: str) -> list[int]:
        """Objects of a preposition of the token, also where the parser gives the object to the verb that follows (*work with Mali to train*)."""
        notes = self.notes
        return notes.preps(token, word) + [obj for prep in notes.having(token, "prep") if notes.lower[prep] == word for obj in self._stranded(prep)]

    def _stranded(self, prep: int) -> list[int]:
        notes = self.notes
        for clause in notes.having(prep, "pcomp"):  # "with X to train" as if it were "for X to train"
            if notes.lower[prep] != "for" and any(notes.tag[child] == "TO" for child in notes.having(clause, "aux")):
                return notes.having(clause, "nsubj")
        if notes.children[prep] or prep + 1 >= len(notes) or notes.sentence_of[prep + 1] != notes.sentence_of[prep]:
            return []
        heads = (token for token in (prep + 1, *notes.ancestors(prep + 1)) if notes.dep[token] == "nsubj" and notes.subtree(token)[0] == prep + 1)
        return [token for token in heads if notes.head[notes.head[prep]] == notes.head[token] or notes.head[prep] in notes.ancestors(token)][:1]

    def light_verb(self, noun: int) -> int | None:
        """The light verb that carries an event noun (*hold* in *hold talks*, *engage* in *engage in talks*)."""
        notes = self.notes
        noun = self.first_conjunct(noun)
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

    def first_conjunct(self, token: int) -> int:
        """The first of coordinated words."""
        while self.notes.dep[token] == "conj" and self.notes.pos[self.notes.head[token]] == self.notes.pos[token]:
            token = self.notes.head[token]
        return token

    def _agents(self, verb: int) -> list[int]:
        notes = self.notes
        found = [token for prep in notes.having(verb, "agent") for token in notes.having(prep, "pobj", "pcomp")]
        found += [token for token in notes.preps(verb, "by") if token not in found and not notes.ent[token].startswith(("DATE", "TIME", "PERCENT", "MONEY"))]
        if not found and notes.dep[verb] == "conj" and self.is_passive(notes.head[verb]):
            return self._agents(notes.head[verb])
        noun = notes.head[verb]
        had = notes.dep[verb] == "acl" and notes.dep[noun] == "dobj" and notes.lemma[notes.head[noun]] == "have"
        if not found and had and notes.lemma[verb] in self.grammar.stationed:
            return self._grammatical_subject(notes.head[noun])  # X has troops stationed in Y
        nested = [token for noun in notes.preps(verb, "in", "with", "during") for token in notes.preps(noun, "by")]  # killed in a raid by X
        return found or [token for token in nested if not notes.ent[token].startswith(("DATE", "TIME"))]

    def counts(self, noun: int) -> bool:
        """Whether a noun or number only counts or groups what stands after *of* (*300 of its troops*)."""
        return self.notes.lemma[noun] in self.grammar.partitive or self.notes.tag[noun] == "CD"

    def _grammatical_subject(self, verb: int) -> list[int]:
        notes = self.notes
        own = self._past_place(verb, self._past_dateline(verb, notes.having(verb, "nsubj", "nsubjpass")))
        if own:
            return [noun for token in own for noun in self._meant(token) if notes.lower[token] not in ("it", "there") or notes.child(verb, "expl") is None]
        return self._understood(verb)

    def _past_dateline(self, verb: int, found: list[int]) -> list[int]:
        """Subjects without the place that a dateline puts before the sentence: *LIMA (AP) - Peru and Chile agreed*."""
        notes = self.notes
        if not found:
            return found
        end = self.dateline(notes.sentence_of[verb])
        if end is None or found[0] >= end:
            return found
        later = [token for token in found if token > end]
        below = [token for token in notes.subtree(found[0]) if end < token < verb and notes.head[token] <= end and notes.dep[token] != "punct"]
        return later or below[-1:]

    def _past_place(self, verb: int, found: list[int]) -> list[int]:
        """*A blast in Mopti, Mali killed two*, *Turin, Italy hosts the summit*: no state acts here, whatever the parser takes for the subject."""
        notes = self.notes
        if not found or found[-1] < 2:
            return found
        state, town = found[-1], found[-1] - 2
        if notes.ent[state] != "GPE" or notes.ent[town] != "GPE" or notes.word[state - 1] != "," or notes.word[state + 1] == "," or notes.head[state] != verb:
            return found
        if town in found:
            return [token for token in found if token != state]
        above = next((node for node in (town, *notes.ancestors(town)) if notes.head[node] == verb and node != verb), None)
        return found if above is None or notes.dep[town] != "pobj" or notes.pos[above] not in ("NOUN", "PROPN") else [above]

    def dateline(self, sentence: int) -> int | None:
        """The token that ends the dateline of a sentence, if it has one: capitals, an agency in brackets or a date, then a dash or a colon."""
        notes = self.notes
        first, stop = notes.sentences[sentence]
        for token in range(first + 1, min(stop, first + _DATELINE_LENGTH)):
            if notes.pos[token] in _VERBAL and notes.word[token] != notes.word[token].upper():
                return None
            if notes.lower[token] in _DATELINE_END:
                spaced = notes.end[token - 1] < notes.start[token] or notes.lower[token] == ":"
                return token if spaced and self._opens_dateline(first, token) else None
        return None

    def _opens_dateline(self, first: int, end: int) -> bool:
        words = self.notes.word[first:end]
        agency, dated = "(" in words and ")" in words, any(word.isdigit() for word in words)
        capitals = words[0].isupper() and words[0].isalpha() and len(words[0]) > 3
        return words[0][:1].isupper() and (capitals or (agency and words[-1] == ")") or (dated and "," in words))

    def _absolute(self, verb: int) -> int | None:
        """*with Chad and Niger blocking the vote*: the parser may hang the two on the preposition and the verb on the main clause."""
        notes = self.notes
        first = notes.subtree(verb)[0]
        for prep in notes.having(notes.head[verb], "prep"):
            if prep < first and notes.lower[prep] in self.grammar.absolute:
                for token in notes.having(prep, "pobj"):
                    if notes.subtree(token)[-1] == first - 1:
                        return token
        return None

    def _meant(self, token: int) -> list[int]:
        """The noun that a subject stands for; *X made a proposal that demands ...*: X, whose words they are."""
        if self.notes.tag[token] == "VBG" and (own := self.notes.having(token, "nsubj")):
            return own  # "the agency working in X said", where the parser makes the participle the subject
        noun = self._antecedent(token)
        return (self._author(noun) if noun != token else []) or [noun]

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
        if dep == "pcomp" or (dep == "pobj" and notes.tag[verb] == "VBG"):
            return self._of_gerund(notes.head[head], head) if notes.head[head] != head else []
        if dep == "advcl" and notes.tag[verb] == "VBG" and (absolute := self._absolute(verb)) is not None:
            return [absolute]
        if dep == "advcl" and notes.tag[verb] == "VBG" and verb not in self._quoted and head in self._quoted:
            return self._of_quoting(head)
        if dep == "conj" and (outer := self._past_above(verb, head)) is not None:
            return self._grammatical_subject(outer)
        if dep in ("xcomp", "ccomp", "conj", "advcl", "dep") and notes.pos[head] in (*_VERBAL, "ADJ"):
            return self._controlled(verb, head, dep)
        return self._of_noun(head) if dep in ("xcomp", "ccomp", "advcl") and notes.pos[head] in ("NOUN", "PROPN") else []

    def _past_above(self, verb: int, head: int) -> int | None:
        """*X attacked a bill that bans Y and urged Z*, *X demanded that Y leave and threatened Z*: the tense says that the second act is of X too."""
        notes = self.notes
        if notes.tag[verb] != "VBD" or notes.dep[head] not in ("relcl", "ccomp") or notes.tag[head] not in ("VBZ", "VBP", "VB"):
            return None
        outer = next((above for above in notes.ancestors(head) if notes.pos[above] in _VERBAL), None)
        return outer if outer is not None and notes.tag[outer] == "VBD" else None

    @cached_property
    def _quoted(self) -> frozenset[int]:
        """Tokens between quotation marks."""
        return frozenset(quotations(self.notes))

    def _of_quoting(self, verb: int) -> list[int]:
        """*X said "all must wait", adding ...*: who adds is who said, though the parser hangs it on the words in quotation marks."""
        notes = self.notes
        outer = next((above for above in notes.ancestors(verb) if notes.pos[above] in _VERBAL and above not in self._quoted), None)
        return [] if outer is None else self._grammatical_subject(outer)

    def _controlled(self, verb: int, head: int, dep: str) -> list[int]:
        notes = self.notes
        purpose = dep == "advcl" and notes.lemma[head] in ("be", "call")  # "called the king to thank him" is no command
        purpose = purpose or (dep == "advcl" and notes.tag[verb] == "VBG")  # "criticised the law, saying ..."
        if dep in ("xcomp", "advcl") and any(notes.tag[child] == "TO" for child in notes.having(verb, "aux")):
            begged = [token for noun in notes.having(head, "dobj") for token in self._begged(noun)]
            if begged:
                return begged
        if dep in ("xcomp", "ccomp", "advcl") and notes.lemma[head] in self.grammar.object_control and not purpose:
            if self.is_passive(head):
                return self._grammatical_subject(head)
            asked = notes.preps(head, "on", "upon", "to", "with") if dep == "xcomp" else []  # called on X to leave, appealed to X to wait
            return notes.having(head, "dobj") or self.indirect(head) or asked or self._grammatical_subject(head)
        return self._grammatical_subject(head)

    def _of_gerund(self, governor: int, prep: int) -> list[int]:
        """*accused Iran of arming*: Iran; *criticised Iran for arming*: Iran; *by deploying troops*: the subject; *its policy of arming*: its."""
        notes = self.notes
        if notes.pos[governor] == "ADV":  # stopped short of blaming
            governor = notes.head[governor]
        if notes.pos[governor] not in _VERBAL:
            return self._of_noun(governor) if notes.lower[prep] not in _TEMPORAL else self._of_main_clause(governor)
        suffers = notes.lower[prep] in ("of", "for", "from", "over", "against", "into") and notes.lemma[governor] not in ("be", "think", "speak", "talk")
        objects = self._grammatical_subject(governor) if self.is_passive(governor) else notes.having(governor, "dobj")
        return objects if suffers and objects else self._grammatical_subject(governor)

    def _of_main_clause(self, noun: int) -> list[int]:
        """*answered questions after meeting X*: the meeting is of who answers, though the parser hangs it on the questions."""
        verb = next((above for above in self.notes.ancestors(noun) if self.notes.pos[above] in _VERBAL), None)
        return [] if verb is None else self._grammatical_subject(verb)

    def _of_noun_clause(self, verb: int, noun: int) -> list[int]:
        """*troops fighting*: troops; *sanctions imposed*: sanctions; *its decision to leave*: its."""
        notes = self.notes
        infinitive = any(notes.tag[child] == "TO" for child in notes.having(verb, "aux"))
        if not infinitive:
            return self._author(noun) or self._waged(verb, noun) or [noun]
        people = notes.ent[noun] in ("PERSON", "NORP", "GPE", "ORG") or notes.pos[noun] == "PROPN"
        return [noun] if people else self._begged(noun) or self._of_noun(noun)

    def _begged(self, noun: int) -> list[int]:
        """Who is to do what a request says: *sent a plea to X to help*, *an order to the army to fire*."""
        notes = self.notes
        if notes.lemma[noun] not in self.grammar.asking:
            return []
        return notes.preps(noun, "to", "for") or (self.indirect(notes.head[noun]) if notes.dep[noun] == "dobj" else [])

    def _author(self, noun: int) -> list[int]:
        """*X released a statement condemning ...*: the words are those of X, who is no owner of the noun by grammar."""
        notes = self.notes
        if notes.lemma[noun] not in self.grammar.document or notes.preps(noun, "by", "from", "of") or notes.child(noun, "poss") is not None:
            return []
        return self.subject(notes.head[noun]) if notes.dep[noun] == "dobj" and notes.pos[notes.head[noun]] in _VERBAL else []

    def _waged(self, verb: int, noun: int) -> list[int]:
        """*X launched missiles targeting Y*, *X carried out raids killing two*: the deed of X, who is no owner of the noun by grammar."""
        notes, above = self.notes, self.notes.head[noun]
        waged = notes.tag[verb] == "VBG" and notes.lemma[noun] in self.grammar.waged and notes.dep[noun] == "dobj" and notes.lemma[above] in self.grammar.light
        return self.subject(above) if waged and notes.child(noun, "poss", "amod", "compound") is None else []

    def _of_noun(self, noun: int) -> list[int]:
        """Whose noun it is: possessor, adjective of nationality, *by* phrase, or the subject (or receiver) of the verb that has it as object."""
        notes = self.notes
        owners = notes.having(noun, "poss") or notes.preps(noun, "by") or notes.preps(noun, "of")
        owners = [owner for owner in owners if notes.ent[owner] not in _NO_OWNER]
        if owners:
            return owners
        head = notes.head[noun]
        if notes.dep[noun] == "dobj":
            return self.indirect(head) or self.subject(head)
        if notes.dep[noun] == "pobj" and notes.pos[notes.head[head]] in _VERBAL:
            return self.subject(notes.head[head])
        return [child for child in notes.having(noun, "amod", "compound", "nmod") if notes.ent[child] in ("NORP", "GPE", "ORG")]
