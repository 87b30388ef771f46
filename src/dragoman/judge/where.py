"""Where an event happened: the toponym that governs it in its sentence, not the first one that stands there.

The words are those of `codebooks/places/governing.yaml`. The preposition nearest to the event decides: *in* makes a place, *from* an
origin, *to* a destination; a place deeper down (*killed by a bomb in X*) counts where nothing nearer does, and a clause without a
place of its own has that of the clause that it hangs on (*in X, where he met ...*).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from dragoman.annotate.columns import Annotations
from dragoman.codebook import BUILT_IN, LINE, read_yaml
from dragoman.records import Event, Evidence, Place, Toponym

_VERBS = ("VERB", "AUX")
_NAMES = ("NNP", "NNPS", "NN", "NNS", "CD")
_PLACE, _ORIGIN, _DESTINATION = "place", "origin", "destination"
# Ranks of what ties a place to an event: directly, by its subject, deeper down, by the clause above.
_DIRECT, _SUBJECT, _DEEPER, _ABOVE = 0, 2, 1, 4


@dataclass(frozen=True)
class Words:
    """`codebooks/places/governing.yaml`."""

    lists: Mapping[str, frozenset[str]]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.lists[name]


@lru_cache(maxsize=4)
def load_words(folder: Path = BUILT_IN) -> Words:
    """The words of a codebook folder."""
    data = read_yaml(folder / "places" / "governing.yaml")
    return Words({name: frozenset(words) for name, words in data.items() if name != LINE})


@dataclass(frozen=True, slots=True)
class _Tie:
    """How a toponym is tied to an event: lower ranks bind closer."""

    role: str
    rank: int
    steps: int
    toponym: Toponym

    @property
    def order(self) -> tuple[int, bool, int, bool, int]:
        known = self.toponym.precision is not None
        return self.rank, not known, self.steps, self.toponym.precision == "country", self.toponym.span.start


def placed(notes: Annotations, event: Event, toponyms: Sequence[Toponym], roots: Collection[int], words: Words) -> Event:
    """The event with its place, and for movements origin and destination, each with its reason.

    Args:
        notes: the article's annotations.
        event: a coded event.
        toponyms: all toponyms of the article.
        roots: the event's word, and the verb that carries it (*the attack came in X*).
        words: the words that tie places to events.
    """
    here = [found for found in toponyms if notes.sentence_of[found.last] == notes.sentence_of[event.head]]
    ties = sorted((tie for found in here for tie in _ties(notes, event, found, frozenset(roots), words)), key=lambda tie: tie.order)
    chosen = {role: next((tie.toponym for tie in ties if tie.role == role), None) for role in (_PLACE, _ORIGIN, _DESTINATION)}
    if event.type in words["beginning_types"] and chosen[_ORIGIN]:
        chosen[_PLACE] = chosen[_ORIGIN]
    elif chosen[_PLACE] is None and (chosen[_ORIGIN] is None or event.type in words["ending_types"]):
        chosen[_PLACE] = chosen[_DESTINATION]
    elif chosen[_PLACE] is None and chosen[_DESTINATION] is None:
        chosen[_PLACE] = chosen[_ORIGIN]
    why = tuple(Evidence(role, f"places.{_RULES[role]}", found.span.start, found.span.end) for role, found in chosen.items() if found)
    places = {role: _place(found) for role, found in chosen.items()}
    return replace(event, place=places[_PLACE], origin=places[_ORIGIN], destination=places[_DESTINATION], why=(*event.why, *why))


_RULES = {_PLACE: "governed", _ORIGIN: "from", _DESTINATION: "to"}


def _place(found: Toponym | None) -> Place | None:
    return Place(found.span, found.name, found.country, found.lat, found.lon, found.geonames_id, found.precision) if found else None


def _ties(notes: Annotations, event: Event, toponym: Toponym, roots: frozenset[int], words: Words) -> Iterator[_Tie]:
    if _is_scene(notes, event.head, toponym.last, words):
        yield _Tie(_PLACE, _DIRECT, 1, toponym)
        return
    for rank, anchors, antecedent in _anchors(notes, roots, words):
        if antecedent == toponym.last:
            yield _Tie(_PLACE, rank, 0, toponym)
            return
        path = _path(notes, toponym.last, anchors, words, event.type in words["purpose_types"])
        if path is None or (rank > _ABOVE - 1 and notes.pos[event.head] not in _VERBS and toponym.first < event.head):
            continue
        tie = _tie(notes, event, toponym, path, words)
        if tie is not None and (rank == _DIRECT or tie[0] == _PLACE):
            yield _Tie(tie[0], rank + tie[1], len(path), toponym)
        return


def _is_scene(notes: Annotations, head: int, place: int, words: Words) -> bool:
    """*Nairobi saw protests*, *the capital was rocked by a blast*, *Mali, which is mired in war*; *the town that they captured*."""
    verb = head
    while notes.pos[verb] not in _VERBS and notes.dep[verb] in ("dobj", "pobj", "prep", "agent"):
        verb = notes.head[verb]
    relative = notes.dep[verb] == "relcl" and (notes.head[verb] == place or _ground_of(notes, place, words) == notes.head[verb])
    if verb == head and relative and any(notes.lower[child] in ("which", "that") for child in notes.having(verb, "dobj")):
        return notes.lemma[verb] in words["going"]
    subject = notes.child(verb, "nsubj", "nsubjpass")
    named = subject == place or (relative and subject is not None and notes.lower[subject] in ("which", "that"))
    return named and notes.lemma[verb] in words["scenes"]


def _ground_of(notes: Annotations, place: int, words: Words) -> int | None:
    """The word for ground that a name stands before: *the X territory*."""
    head = notes.head[place]
    return head if notes.dep[place] in ("compound", "nmod", "amod") and notes.lemma[head] in words["grounds"] else None


def _anchors(notes: Annotations, roots: frozenset[int], words: Words) -> Iterator[tuple[int, frozenset[int], int | None]]:
    """The event's words; then the verbs above that share their place with it, nearest first; last the noun of a clause with *where*."""
    yield _DIRECT, roots, None
    if firsts := frozenset(verb for root in roots for verb in _told_of(notes, root)):
        yield _ABOVE, firsts, None
    node, rank = max(roots, key=lambda root: notes.pos[root] in _VERBS), _ABOVE
    while notes.head[node] != node and (_shares_place(notes, node) or _has_verb(notes, node, words)):
        node = notes.head[node] if notes.dep[node] != "pobj" else notes.head[notes.head[node]]
        yield rank, frozenset({node}), None
        rank += 1
    if notes.dep[node] == "relcl" and _tells_where(notes, node, words):
        yield _DIRECT, frozenset(), notes.head[node]


def _told_of(notes: Annotations, noun: int) -> Iterator[int]:
    """The verb that says what the event did: *the attack was the first to hit X*."""
    verb = notes.head[noun]
    if notes.dep[noun] == "nsubj" and notes.lemma[verb] == "be":
        for told in notes.having(verb, "attr"):
            yield from (child for child in notes.children[told] if notes.dep[child] in ("relcl", "acl", "xcomp") and _is_purpose(notes, child, told=True))


def _shares_place(notes: Annotations, node: int) -> bool:
    """Whether a clause has no subject of its own and so is where the clause above is."""
    return notes.dep[node] in ("advcl", "xcomp", "conj") and notes.pos[node] in _VERBS and notes.child(node, "nsubj", "nsubjpass") is None


def _has_verb(notes: Annotations, node: int, words: Words) -> bool:
    """Whether a noun is the object of a verb, to which the parser may have given the noun's place (*fled fighting in X*, not *after the raid he spoke in X*)."""
    if notes.dep[node] == "pobj" and notes.lower[notes.head[node]] in words["apart"]:
        return False
    above = notes.head[notes.head[node]] if notes.dep[node] == "pobj" else notes.head[node]
    return notes.pos[node] == "NOUN" and notes.dep[node] in ("dobj", "pobj") and notes.pos[above] in _VERBS


def _tells_where(notes: Annotations, verb: int, words: Words) -> bool:
    """*where they met*, *in which they met*."""
    children = notes.children[verb]
    which = any(notes.lower[inner] == "which" for child in children if notes.lower[child] in words["there"] for inner in notes.having(child, "pobj"))
    return which or any(notes.lower[child] == "where" for child in children)


def _path(notes: Annotations, token: int, anchors: frozenset[int], words: Words, purpose: bool) -> list[int] | None:
    """Tokens from the toponym (first) up to below one of the anchors; None if a verb other than one of purpose (*to clear X*) stands between."""
    path = [token]
    if token in anchors:
        return path
    for above in notes.ancestors(token):
        if above in anchors:
            return path
        verb = notes.pos[above] in _VERBS and notes.dep[above] not in ("amod", "prep") and notes.lower[above] not in words["beside"]
        if verb and not (purpose and _is_purpose(notes, above)):
            return None
        path.append(above)
    return None


def _is_purpose(notes: Annotations, verb: int, told: bool = False) -> bool:
    return (told or notes.dep[verb] in ("acl", "advcl", "xcomp")) and any(notes.lower[child] == "to" and notes.dep[child] == "aux" for child in notes.children[verb])


def _tie(notes: Annotations, event: Event, toponym: Toponym, path: Sequence[int], words: Words) -> tuple[str, int] | None:
    """Role and rank of a toponym by the words between it and the event."""
    top, anchor = path[-1], notes.head[path[-1]]
    if not _names_place(notes, toponym, words):
        return None
    preps = [token for token in reversed(path) if notes.dep[token] in ("prep", "agent", "dative", "conj") and notes.tag[token] in ("IN", "TO")]
    if not preps:
        return _without_preposition(notes, event, toponym, path, words)
    if len(preps) > 1 and notes.lower[preps[0]] in words["origin"] and notes.lower[preps[1]] in words["destination"]:
        preps = preps[1:]  # the parser hangs "to Y" on "from X"
    if _leads_elsewhere(notes, preps, words):
        return None
    role = _by_preposition(notes, event, toponym, preps[0], anchor, words)
    if role is not None:
        inside = notes.dep[top] in ("nsubj", "csubj") and notes.pos[anchor] in _VERBS
        return (role, _SUBJECT if inside else _DIRECT) if role == _PLACE or not inside else None
    deeper = any(notes.lower[prep] in words["there"] for prep in preps[1:]) and notes.lower[preps[0]] not in (words["origin"] | words["destination"])
    return (_PLACE, _DEEPER) if deeper else None


def _leads_elsewhere(notes: Annotations, preps: Sequence[int], words: Words) -> bool:
    """Whether what the first preposition governs is no place, so that the name under it tells none: *in a call to X*, *at the request of X*."""
    first, last = preps[0], preps[-1]
    if len(preps) < 2 or notes.lower[first] not in words["there"] or notes.lower[last] in words["there"]:
        return False
    noun = notes.head[last]
    toward = notes.lower[last] in words["pointing"] and notes.lemma[noun] not in words["grounds"] | words["access"]
    return toward or any(notes.lemma[inner] in words["no_places"] for inner in notes.having(first, "pobj"))


def _names_place(notes: Annotations, toponym: Toponym, words: Words) -> bool:
    """Whether the phrase is of a place: a name, or an adjective before a word for ground (*in Greek waters*)."""
    head = notes.head[toponym.last]
    if notes.dep[toponym.last] in ("amod", "compound", "nmod", "poss") and notes.pos[head] in ("NOUN", "PROPN") and not toponym.first <= head <= toponym.last:
        return notes.lemma[head] in words["grounds"] or (toponym.precision != "country" and notes.tag[toponym.last] in _NAMES)
    return notes.tag[toponym.last] in _NAMES


def _without_preposition(notes: Annotations, event: Event, toponym: Toponym, path: Sequence[int], words: Words) -> tuple[str, int] | None:
    """*visited X*, *the X attack*, *X, where they met*."""
    top, anchor = path[-1], notes.head[path[-1]]
    if notes.dep[top] in ("dobj", "nsubjpass") and (top == toponym.last or notes.lemma[top] in words["grounds"]):
        if notes.lemma[anchor] in words["leaving"]:
            return _ORIGIN, _DIRECT
        return (_PLACE, _DIRECT) if notes.lemma[anchor] in words["going"] else None
    point = toponym.precision in ("city", "feature") and notes.pos[anchor] == "NOUN"
    if point and notes.dep[top] in ("compound", "nmod") and event.type in words["before_types"]:
        return _PLACE, _DIRECT
    return (_PLACE, _DIRECT) if notes.dep[top] == "npadvmod" else None


def _by_preposition(notes: Annotations, event: Event, toponym: Toponym, prep: int, anchor: int, words: Words) -> str | None:
    word, violent = notes.lower[prep], event.type in words["of_types"]
    if word in words["there"]:
        return _PLACE
    if word in words["upon"]:
        standable = toponym.precision in ("region", "feature") or notes.lemma[notes.head[toponym.last]] in words["grounds"]
        return _PLACE if standable or (violent and toponym.precision == "city") else None
    if word == "of":
        return _PLACE if violent and notes.pos[anchor] in ("NOUN", "PROPN") and notes.head[prep] == anchor else None
    if word == "to" and notes.lemma[notes.head[prep]] in words["access"]:
        return _PLACE
    carriers = {event.head, anchor, notes.head[prep]}
    if word in words["destination"] and notes.dep[prep - 1] == "pobj" and notes.lower[notes.head[prep - 1]] in words["origin"]:
        carriers.update(notes.ancestors(prep - 1))  # "from X to Y" moves as one
    moves = bool({notes.lemma[token] for token in carriers} & words["moving"])
    if word in words["origin"]:
        return _ORIGIN if moves else None
    return _DESTINATION if moves and word in words["destination"] else None
