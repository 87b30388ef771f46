"""The source of an attribution: whose words, thoughts or wishes they are, and through which outlet they came.

All functions take and give tokens of `Annotations`; a source is given by its head token, its characters by `phrase`.
"""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.annotate.columns import Annotations
from dragoman.extract.attribution_book import AttributionBook
from dragoman.records import Span

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X"})
_RELATIVES = frozenset({"WDT", "WP"})
_VERBAL = frozenset({"VERB", "AUX"})
_BREAKS = frozenset({"(", "–", "—", "--", ":", ";"})
# No outlet's name has more tokens.
_OUTLET_TOKENS = 12
_EDGE = frozenset({"punct", "cc", "relcl", "acl", "advcl", "parataxis", "ccomp", "dep", "mark"})


def subject(notes: Annotations, verb: int) -> int | None:
    """Head of the phrase that is said to speak: the verb's subject, its agent in the passive, or the subject that it shares."""
    if is_passive(notes, verb):
        return agent(notes, verb)
    own = [child for child in notes.having(verb, *SUBJECTS) if notes.lower[child] not in ("there",)]
    if own:
        return antecedent(notes, own[0], verb)
    return _shared(notes, verb, set())


def is_passive(notes: Annotations, verb: int) -> bool:
    """Whether the verb is a passive participle (*is said*, *asked about it*)."""
    if notes.child(verb, "auxpass", "nsubjpass", "agent") is not None:
        return True
    if notes.tag[verb] != "VBN" or notes.child(verb, "aux", "nsubj") is not None:
        return False
    if notes.dep[verb] == "ROOT":
        return verb > 0 and notes.pos[verb - 1] != "PUNCT"
    return notes.dep[verb] in ("acl", "relcl", "advcl", "amod")


def agent(notes: Annotations, verb: int) -> int | None:
    """The head after *by*."""
    found = [token for prep in notes.having(verb, "agent") for token in notes.having(prep, "pobj")]
    return found[0] if found else None


def antecedent(notes: Annotations, token: int, verb: int) -> int:
    """The noun that a relative pronoun stands for; any other token itself."""
    if notes.tag[token] not in _RELATIVES and not (notes.lower[token] == "that" and notes.tag[token] != "DT"):
        return token
    for above in (verb, *notes.ancestors(verb)):
        if notes.dep[above] == "relcl":
            return notes.head[above]
    return token


def _shared(notes: Annotations, verb: int, seen: set[int]) -> int | None:
    """The subject of a verb that has none: of its first conjunct, of the clause that it is a participle or infinitive of, or the noun it describes."""
    dep, head = notes.dep[verb], notes.head[verb]
    if head == verb or verb in seen:
        return None
    seen.add(verb)
    if dep in ("acl", "relcl"):
        return _of_noun(notes, verb, head)
    if dep in ("pcomp", "prep"):
        return _shared(notes, head, seen) if notes.dep[head] in ("prep", "agent", "mark") else _from(notes, head, seen)
    if dep in ("conj", "xcomp", "advcl", "ccomp", "dep", "parataxis", "pobj", "acomp", "attr", "oprd"):
        return _from(notes, head, seen)
    return None


def _of_noun(notes: Annotations, verb: int, noun: int) -> int | None:
    """*a letter saying*: the letter; *his decision to say*: his; *a letter signed*: nobody."""
    if notes.tag[verb] == "VBG" or notes.dep[verb] == "relcl":
        return noun
    if notes.tag[verb] == "VB":
        return owner(notes, noun)
    return None


def _from(notes: Annotations, head: int, seen: set[int]) -> int | None:
    if notes.pos[head] not in _VERBAL:
        return owner(notes, head) if notes.pos[head] == "NOUN" else _shared(notes, head, seen)
    own = notes.having(head, *SUBJECTS)
    if own:
        return antecedent(notes, own[0], head)
    return _shared(notes, head, seen)


def owner(notes: Annotations, noun: int) -> int | None:
    """Whose statement, fear or plan a noun is: the possessor, or who stands after *by*, *from* or *of* (a person or body), or before it as an adjective."""
    for child in notes.having(noun, "poss"):
        return child
    for preposition in ("by", "from", "among"):
        for child in notes.preps(noun, preposition):
            return child
    named = [child for child in notes.having(noun, "compound", "amod", "nmod") if notes.ent[child] in ("PERSON", "ORG", "NORP", "GPE")]
    return named[0] if named else None


def after(notes: Annotations, token: int, stop: int) -> int | None:
    """The head of the noun phrase that begins right after a token: the speaker of an inverted clause that the parser missed."""
    place = token + 1
    if place >= stop or notes.pos[place] not in ("PROPN", "NOUN", "PRON", "DET", "ADJ"):
        return None
    head = place
    while place < notes.head[head] < stop and notes.pos[notes.head[head]] in NOMINAL:
        head = notes.head[head]
    return head if notes.pos[head] in ("PROPN", "NOUN", "PRON") else None


def before(notes: Annotations, token: int, start: int) -> int | None:
    """The head of the noun phrase that ends right before a verb, behind a comma or a quotation: a speaker whom the parser hung elsewhere."""
    place = token - 1
    while place > start and notes.pos[place - 1] in ("PROPN", "NOUN", "DET", "ADJ", "NUM"):
        place -= 1
    parted = place == start or notes.pos[place - 1] == "PUNCT"
    return token - 1 if place < token and parted and notes.pos[token - 1] in ("PROPN", "NOUN", "PRON") else None


def edges(notes: Annotations, head: int, bar: Iterable[int] = ()) -> tuple[int, int]:
    """First and last token of the phrase as people mark it: with titles, coordination and apposition, without relative clauses.

    Args:
        notes: the article.
        head: the phrase's head.
        bar: tokens that the phrase must not contain (the cue).
    """
    if notes.dep[head] == "poss" or notes.tag[head] in ("PRP", "PRP$", "WP", "WDT"):
        return _owner_edges(notes, head)
    barred = set(bar)
    kept = {head}
    queue = [head]
    while queue:
        node = queue.pop()
        for child in notes.children[node]:
            reduced = notes.dep[child] == "acl" and child > node and notes.pos[notes.subtree(child)[0] - 1] != "PUNCT"
            if child not in barred and (notes.dep[child] not in _EDGE or notes.dep[child] == "cc" or reduced):
                kept.add(child)
                queue.append(child)
    return _run(notes, head, kept)


def _run(notes: Annotations, head: int, kept: set[int]) -> tuple[int, int]:
    """The widest run around the head whose only gaps are punctuation, trimmed."""
    first = last = head
    while _joins(notes, first - 1, first - 2, kept):
        first -= 1
    while _joins(notes, last + 1, last + 2, kept):
        last += 1
    while first < head and (notes.pos[first] in ("PUNCT", "CCONJ", "SCONJ") or notes.dep[first] == "cc"):
        first += 1
    while last > head and ((notes.pos[last] == "PUNCT" and notes.lower[last] not in (")", "]")) or notes.dep[last] in ("cc", "case")):
        last -= 1
    return first, last


def _joins(notes: Annotations, beside: int, beyond: int, kept: set[int]) -> bool:
    """Whether the phrase goes on with the next token; a comma inside it does not end it, a dateline's bracket or dash does."""
    if notes.word[beside] in _BREAKS if 0 <= beside < len(notes) else True:
        return False
    return beside in kept or (beyond in kept and notes.pos[beside] == "PUNCT")


def _owner_edges(notes: Annotations, head: int) -> tuple[int, int]:
    below = [token for token in notes.subtree(head) if notes.dep[token] not in ("case", "punct", "relcl") and token <= head]
    first = head
    while first - 1 in below:
        first -= 1
    return first, head


def phrase(notes: Annotations, head: int, bar: Iterable[int] = ()) -> Span:
    """The characters of a source."""
    return notes.span(*edges(notes, head, bar))


def is_outlet(notes: Annotations, book: AttributionBook, head: int) -> bool:
    """Whether a phrase names an outlet or describes one (*state television*)."""
    first, last = edges(notes, head)
    names = {notes.text[notes.start[begin] : notes.end[head]] for begin in range(max(first, head - _OUTLET_TOKENS), head + 1)}
    described = {notes.lemma[head], f"{notes.lower[head - 1]} {notes.lower[head]}" if head > first else ""}
    whole = notes.text[notes.start[first] : notes.end[last]] if last - first <= _OUTLET_TOKENS else ""
    return bool(names & book.outlets) or whole in book.outlets or bool(described & book.outlet_nouns)


def outlet_beside(notes: Annotations, book: AttributionBook, verb: int) -> int | None:
    """Head of the outlet that carried the words: *told Reuters*, *wrote in The Times*, *in an interview with CNN*."""
    near = [child for child in notes.having(verb, "dobj", "dative", "ccomp", "nsubj") if child > verb and notes.pos[child] in ("PROPN", "NOUN")]
    for prep in (child for child in notes.children[verb] if notes.dep[child] in ("prep", "dative")):
        for noun in notes.having(prep, "pobj"):
            near += [noun, *notes.preps(noun, "with", "to", "in", "for", "on", "by")]
    return next((token for token in near if is_outlet(notes, book, token)), None)
