"""Where places are named in a text: names of the tables, what the parser marks, names before a division, and repetitions of all these.

What is found here is a span of tokens with the name to look up; which place is meant is settled in `place_choice`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.annotate.columns import Annotations
from dragoman.places.atlas import Atlas
from dragoman.places.store import OFFICIAL, OTHER

_LONGEST = 6
_PLACE_ENTITIES = ("GPE", "LOC", "FAC")
_NAME_TAGS = ("NNP", "NNPS")
_AFTER_DATELINE = ("(", "—", "–", "-", "--", "---", ":", ",", "|", "/", "•")
# Inhabitants from which on a place's other names count as its own, and the length of such a name.
_LARGE, _LONG_NAME = 100_000, 5
# What the parser marks that may yet be a place.
_DOUBTFUL = ("", "ORG", "PERSON", "NORP", "FAC", "PRODUCT")
# Letters below which a small word joined by a hyphen may begin a name: "al-Hasakah".
_PARTICLE = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A place name in the text.

    Attributes:
        first, last: tokens. form: the name to look up. kind: name, adjective, division (a short form), holder (a
            division or country behind a comma) or entity (known to the parser only).
        within: country and name of the division that the text puts behind it (*Boise, Idaho*), if any; `head`: kind said by a word of the name.
    """

    first: int
    last: int
    form: str
    kind: str = "name"
    within: tuple[str | None, str] | None = None
    head: str | None = None


def find(notes: Annotations, atlas: Atlas) -> list[Found]:
    """All place names in text order, none within another."""
    usage = _Usage.of(notes)
    spans = list(_spans(notes))
    chosen = _Chosen(notes)
    chosen.add(_datelines(notes, atlas))
    chosen.add(_before_divisions(notes, atlas))
    chosen.add(_with_heads(notes, atlas))
    known = [*_entities(notes, atlas, usage, spans, known=True), *_tabled(notes, atlas)]
    chosen.add(sorted(known, key=lambda name: name.first - name.last))
    chosen.add(_entities(notes, atlas, usage, spans, known=False))
    chosen.add(_introduced(notes, atlas, usage))
    chosen.add(_again(notes, chosen.found))
    return sorted(chosen.found, key=lambda found: found.first)


class _Chosen:
    """Names found so far; a later one that shares a token with an earlier one is left out."""

    def __init__(self, notes: Annotations) -> None:
        self.taken = [False] * len(notes)
        self.found: list[Found] = []

    def add(self, names: Iterable[Found]) -> None:
        """Take the names that are still free."""
        for name in list(names):
            if not any(self.taken[name.first : name.last + 1]):
                self.taken[name.first : name.last + 1] = [True] * (name.last + 1 - name.first)
                self.found.append(name)


def _surface(notes: Annotations, first: int, last: int) -> str:
    return notes.text[notes.start[first] : notes.end[last]]


# --- names of the tables ---
def _tabled(notes: Annotations, atlas: Atlas) -> Iterator[Found]:
    """Longest names of the tables, by token; parts of a person's or organisation's name do not count."""
    token = 0
    while token < len(notes):
        last = _longest(notes, atlas, token) if notes.word[token] in atlas.starts else None
        if last is not None:
            form = atlas.form(_surface(notes, token, last)) or ""
            if form in atlas.adjectives and form not in atlas.named:
                if not (_is_language(notes, atlas, token, last) or _of_a_person(notes, token, last) or _is_past(notes, atlas, token)):
                    yield Found(token, last, atlas.adjectives[form], "adjective")
            elif _is_place(notes, token, last) and _is_meant(notes, atlas, token, last, form):
                yield Found(token, last, form)
        token = (last if last is not None else token) + 1


def _longest(notes: Annotations, atlas: Atlas, first: int) -> int | None:
    for last in range(min(first + _LONGEST, len(notes)) - 1, first - 1, -1):
        if atlas.form(_surface(notes, first, last)):
            return last
    return None


def _is_place(notes: Annotations, first: int, last: int) -> bool:
    label = notes.ent[last]
    if label == "PERSON":
        alone = (first == 0 or notes.ent[first - 1] != "PERSON") and (last + 1 == len(notes) or notes.ent[last + 1] != "PERSON")
        return alone and (first != last or _surface(notes, first, last).isupper())
    if notes.tag[last] not in ("NNP", "NNPS", "NN", "JJ", "NNS"):
        return False
    before, after = first - 1, last + 1
    joined = before >= 0 and notes.tag[before] == "NNP" and notes.head[before] == last and notes.dep[before] == "compound" and label not in _PLACE_ENTITIES
    follows = after < len(notes) and notes.tag[after] == "NNP" and notes.head[last] == after and notes.ent[after] == "PERSON"
    return not (joined or follows)


def _is_meant(notes: Annotations, atlas: Atlas, first: int, last: int, form: str) -> bool:
    """Whether a name of the tables stands for its place here: seats only where something is at or in them."""
    words = atlas.words
    if form in words.seats:
        return notes.dep[last] == "pobj" and notes.lower[notes.head[last]] in words.at and notes.head[last] + 3 > first
    if form in words.with_article:
        return first > 0 and notes.lower[first - 1] == "the" and notes.dep[last] != "compound"
    return form not in words.no_places or notes.ent[last] in ("GPE", "LOC")


def _is_language(notes: Annotations, atlas: Atlas, first: int, last: int) -> bool:
    """*in French*, *speaks Spanish*: the bare noun."""
    bare = first == 0 or notes.tag[first - 1] not in ("DT", "PRP$", "JJ")
    noun = notes.dep[last] in ("dobj", "pobj", "attr", "npadvmod") and notes.tag[last] != "NNPS"
    return bare and noun and first == last and notes.word[last] in atlas.words.languages


def _is_past(notes: Annotations, atlas: Atlas, first: int) -> bool:
    """*Post-Soviet*, *pre-Roman*."""
    hyphen = first > 1 and notes.word[first - 1] == "-" and notes.end[first - 1] == notes.start[first]
    return hyphen and notes.lower[first - 2] in atlas.words.past


# --- what the parser marks ---
@dataclass(frozen=True)
class _Usage:
    """How the article uses its words: in names of persons, as places by the parser's marks, and where each stands."""

    persons: Counter[str]
    marked: Counter[str]
    tokens: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, notes: Annotations) -> _Usage:
        """The words of an article."""
        tokens: dict[str, list[int]] = defaultdict(list)
        for token, word in enumerate(notes.word):
            tokens[word].append(token)
        persons = Counter(word for token, word in enumerate(notes.word) if notes.ent[token] == "PERSON" and notes.tag[token] in _NAME_TAGS)
        return cls(persons, Counter(word for token, word in enumerate(notes.word) if notes.ent[token] in _PLACE_ENTITIES), tokens)


def _spans(notes: Annotations) -> Iterator[tuple[int, int]]:
    """Entities of place, without articles, prepositions and possessives."""
    token = 0
    while token < len(notes):
        last = token
        if notes.ent[token] in _PLACE_ENTITIES:
            while last + 1 < len(notes) and notes.ent[last + 1] == notes.ent[token] and not notes.ent_start[last + 1]:
                last += 1
            first, stop = token, last
            while first < stop and notes.tag[first] in ("DT", "IN", "CD"):
                first += 1
            while stop > first and notes.tag[stop] in ("POS", ",", "CD", "IN"):
                stop -= 1
            if notes.pos[stop] == "PROPN":
                yield first, stop
        token = last + 1


def _entities(notes: Annotations, atlas: Atlas, usage: _Usage, spans: Iterable[tuple[int, int]], *, known: bool) -> Iterator[Found]:
    """Entities that the atlas knows, or does not know; the latter need a sign in the text that they are places."""
    for first, last in spans:
        surface = _surface(notes, first, last)
        if surface in atlas.words.no_places or (first == last and usage.persons[surface] > usage.marked[surface]):
            continue
        if surface in atlas.words.divisions and surface.endswith("."):
            if known:
                yield _division(notes, atlas, first, last)
            continue
        if surface in atlas.adjectives or (surface not in atlas.named and _personal(notes, atlas, usage, first, last)):
            continue
        if _knows_well(atlas, surface) and (surface not in atlas.named or _is_meant(notes, atlas, first, last, surface)):
            if known:
                yield Found(first, last, atlas.capitals.get(surface, surface))
        elif not known and _placed(notes, atlas, first, last):
            yield Found(first, last, surface, "entity")


def _knows_well(atlas: Atlas, surface: str) -> bool:
    """Whether the name is one of the tables, the own name of a place, or another name of a large one."""
    if surface in atlas.named or surface in atlas.words.short:
        return True
    return any(place.rank < OTHER or (place.population >= _LARGE and len(surface) >= _LONG_NAME) for place in atlas.places(surface))


def _personal(notes: Annotations, atlas: Atlas, usage: _Usage, first: int, last: int) -> bool:
    """Whether the article uses the word as a person's name: *coach X*, *X recalled*, more often than as a place's (*in X*)."""
    if first != last:
        return False
    balance = 0
    for token in usage.tokens[notes.word[first]]:
        before = notes.lower[token - 1] if token else ""
        subject = notes.dep[token] == "nsubj" and notes.lemma[notes.head[token]] in atlas.words.person_verbs
        balance += (subject or before in atlas.words.person_titles) - (before in atlas.words.locative)
    return balance > 0


def _placed(notes: Annotations, atlas: Atlas, first: int, last: int) -> bool:
    """Whether the text says that an unknown name is one of a place: a preposition of place before it, or a word such as *village* beside it."""
    before = notes.lower[first - 1] if first else ""
    if before == "the" and first > 1:
        before = notes.lower[first - 2]
    head = notes.lower[notes.head[last]] if notes.head[last] != last else ""
    beside = {head, notes.lower[last + 1] if last + 1 < len(notes) else "", notes.lower[last]}
    return before in atlas.words.locative or bool(beside & atlas.words.settlements) or notes.word[last] in atlas.words.heads


# --- datelines ---
def _datelines(notes: Annotations, atlas: Atlas) -> Iterator[Found]:
    """*PORT SUDAN (Meridian Wire) —*, *LYON, France:* at the head of a paragraph: the town in capitals."""
    for first, stop in sorted({*notes.blocks, *notes.sentences}):
        last = first - 1
        while last + 1 < min(stop, first + _LONGEST) and notes.word[last + 1].isupper() and len(notes.word[last + 1]) > 1:
            last += 1
        ends = last + 1 < stop and notes.word[last + 1] in _AFTER_DATELINE
        name = _surface(notes, first, last).title() if ends and last >= first else ""
        if name and name not in atlas.words.no_places and _knows_well(atlas, name):
            holder = _holder(notes, atlas, last + 2) if notes.word[last + 1] == "," and last + 2 < stop else None
            yield Found(first, last, name, within=_within(atlas, holder) if holder else None)
            if holder:
                yield holder


# --- names with a word that says what they are ---
def _with_heads(notes: Annotations, atlas: Atlas) -> Iterator[Found]:
    """*Cass County*, *Lake Van*: capitalised words with a word for a kind of place."""
    for token, word in enumerate(notes.word):
        if word in atlas.words.settlements and (first := _run(notes, token - 1)) is not None and notes.ent[token - 1] != "ORG":
            surface = _surface(notes, first, token - 1)
            if surface not in atlas.words.no_places and surface not in atlas.adjectives and _knows_well(atlas, surface):
                yield Found(first, token - 1, surface)
        if notes.tag[token] not in _NAME_TAGS:
            continue
        if word in atlas.words.heads and (first := _run(notes, token - 1)) is not None:
            while first < token and notes.word[first] in atlas.words.no_places:
                first += 1
            surface = _surface(notes, first, token)
            known = atlas.words.heads[word] == "region" and any(place.rank == OFFICIAL for place in atlas.places(surface))
            if first < token and (known or notes.ent[token] not in ("PERSON", "ORG")):
                yield Found(first, token, surface, head=atlas.words.heads[word])
        elif word in atlas.words.before and token + 1 < len(notes) and notes.tag[token + 1] == "NNP" and notes.ent[token + 1] not in ("PERSON", "ORG"):
            surface = _surface(notes, token, token + 1)
            if word != "County" or atlas.knows(surface):
                yield Found(token, token + 1, surface, head=atlas.words.before[word])


def _run(notes: Annotations, last: int) -> int | None:
    """First token of the capitalised words that end at a token, within its sentence."""
    first = None
    for token in range(last, max(last - _LONGEST, -1), -1):
        joined = notes.word[token] == "-" and token > 0 and first is not None and notes.end[token - 1] == notes.start[token] == notes.start[first] - 1
        particle = first is not None and first - token == 2 and len(notes.word[token]) < _PARTICLE
        proper = notes.tag[token] in _NAME_TAGS and (notes.word[token][0].isupper() or particle)
        if notes.sentence_of[token] != notes.sentence_of[last] or not (joined or proper):
            break
        first = token if not joined else first
    return first


# --- names before a division ---
def _before_divisions(notes: Annotations, atlas: Atlas) -> Iterator[Found]:
    """*Boise, Idaho*, *Fresno, Calif.*, *Lyon, France*: the name and the division or country behind its comma."""
    for comma in range(1, len(notes) - 1):
        if notes.word[comma] != ",":
            last = _short(notes, atlas, comma) if notes.word[comma][0].isupper() else None
            if last is not None and _surface(notes, comma, last) in atlas.words.anywhere:
                yield _division(notes, atlas, comma, last)
            continue
        after = comma + 1
        holder = _holder(notes, atlas, after)
        first = _run(notes, comma - 1)
        if holder is None or first is None:
            continue
        while first < comma - 1 and not atlas.knows(_surface(notes, first, comma - 1)):
            first += 1
        surface = _surface(notes, first, comma - 1)
        country = any(place.precision == "country" for place in atlas.named.get(surface, ()))  # a list of countries
        if country or notes.ent[comma - 1] in ("PERSON", "DATE") or surface in atlas.words.divisions or not atlas.knows(surface):
            if holder.kind == "division" and _is_division_list(notes, comma):
                yield holder
            continue
        yield Found(first, comma - 1, surface, within=_within(atlas, holder))
        yield holder


def _is_division_list(notes: Annotations, comma: int) -> bool:
    return notes.tag[comma - 1] in _NAME_TAGS


def _holder(notes: Annotations, atlas: Atlas, first: int) -> Found | None:
    """The division or country that begins at a token."""
    if (short := _short(notes, atlas, first)) is not None:
        return _division(notes, atlas, first, short)
    last = _longest(notes, atlas, first) if notes.word[first] in atlas.starts else None
    form = atlas.form(_surface(notes, first, last)) if last is not None else None
    if form is None or last is None or not any(place.precision in ("country", "admin1") for place in atlas.named.get(form, ())):
        return None
    if notes.dep[last] in ("compound", "amod", "nmod", "poss", "nsubj") and notes.head[last] > last:  # "in Lyon, French police said"
        return None
    return Found(first, last, form, "holder")


def _short(notes: Annotations, atlas: Atlas, first: int) -> int | None:
    """Last token of the short form of a division, whose point the parser may have cut off."""
    return next((last for last in range(min(first + 2, len(notes) - 1), first - 1, -1) if _surface(notes, first, last) in atlas.words.divisions), None)


def _division(notes: Annotations, atlas: Atlas, first: int, last: int) -> Found:
    country, name = atlas.words.divisions[_surface(notes, first, last)]
    return Found(first, last, name, "division", (country, name))


def _within(atlas: Atlas, holder: Found) -> tuple[str | None, str]:
    return holder.within or (None, holder.form)


# --- what a preposition says ---
def _introduced(notes: Annotations, atlas: Atlas, usage: _Usage) -> Iterator[Found]:
    """*in Garissa*, *the village of X*: names of the gazetteer that the parser takes for something else."""
    for first in range(1, len(notes)):
        strength = _leads(notes, atlas, first)
        if not strength or notes.tag[first] != "NNP" or notes.ent[first] not in _DOUBTFUL:
            continue
        last = first
        while last + 1 < len(notes) and notes.tag[last + 1] == "NNP" and notes.ent[last + 1] == notes.ent[first]:
            last += 1
        surface = _surface(notes, first, last)
        doubted = usage.persons[surface] > 1 or (notes.ent[first] == "PERSON" and not _is_large(atlas, surface))
        if notes.dep[last] == "pobj" and surface not in atlas.words.no_places and strength > doubted and _knows_well(atlas, surface):
            yield Found(first, last, surface)


def _is_large(atlas: Atlas, surface: str) -> bool:
    return any(place.population >= _LARGE for place in atlas.places(surface))


def _leads(notes: Annotations, atlas: Atlas, token: int) -> int:
    """How surely the words before a token say that a place follows: 2 for *the village of*, 1 for a preposition of place."""
    before = notes.lower[token - 1]
    if before == "of" and token > 1 and notes.lower[token - 2] in atlas.words.settlements:
        return 2
    return int(before in atlas.words.locative)


# --- repetitions ---
def _again(notes: Annotations, found: Iterable[Found]) -> Iterator[Found]:
    """Further mentions of names that stand in the text as places, which the parser took for something else."""
    names: dict[str, Found] = {}
    for name in found:
        if name.kind == "name" and name.head is None:
            surface = _surface(notes, name.first, name.last)
            names.setdefault(surface, name)
            names.setdefault(surface.upper(), name)
    starts: dict[str, list[tuple[str, Found]]] = defaultdict(list)
    for surface, name in names.items():
        starts[surface.split(" ")[0].split("-")[0]].append((surface, name))
    for token, word in enumerate(notes.word):
        for surface, name in starts.get(word, ()):
            last = token + name.last - name.first
            if last < len(notes) and notes.tag[last] in _NAME_TAGS and _surface(notes, token, last) == surface and not _of_a_person(notes, token, last):
                yield replace(name, first=token, last=last)


def _of_a_person(notes: Annotations, first: int, last: int) -> bool:
    """Whether the words are part of a longer name of a person."""
    if notes.ent[last] != "PERSON":
        return False
    before = first > 0 and notes.ent[first - 1] == "PERSON" and not notes.ent_start[first]
    after = last + 1 < len(notes) and notes.ent[last + 1] == "PERSON" and not notes.ent_start[last + 1]
    return before or after
