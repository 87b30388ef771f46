"""Toponyms: names of places in a text (`place_names`), each with the place that is meant (`place_choice`).

Coordinates are WGS 84 degrees; those of countries, divisions and regions are representative points and carry that precision, so that no
map draws a pin for them. The gazetteer is the built-in one, or the one that `--gazetteer` names.
"""

from __future__ import annotations

from pathlib import Path

from dragoman.annotate.columns import Annotations
from dragoman.codebook import BUILT_IN
from dragoman.extract.place_choice import choose
from dragoman.extract.place_names import Found, find
from dragoman.places import selection
from dragoman.places.atlas import Atlas, load_atlas
from dragoman.places.store import Place
from dragoman.records import Article, Toponym

VERSION = "2"
# How much the outlet's country counts, in names of the text.
_HOME = 1.5


def load_gazetteer(folder: Path = BUILT_IN) -> Atlas:
    """The places of a codebook folder, with the gazetteer in use."""
    return load_atlas(folder, selection.chosen())


def read(article: Article, notes: Annotations, atlas: Atlas) -> tuple[Toponym, ...]:
    """All toponyms in text order; those that no table knows have no place."""
    found = find(notes, atlas)
    home = atlas.home(article.outlet, article.url)
    places = choose(found, atlas, {home: _HOME} if home else {})
    return tuple(_toponym(notes, name, place, atlas) for name, place in zip(found, places, strict=True))


def _role(notes: Annotations, name: Found, atlas: Atlas) -> str:
    """`literal` where something is or happens at the place, `associative` where the name stands for its people or says what something is of."""
    token, appended = name.last, False
    while notes.dep[token] in ("conj", "appos") and notes.head[token] != token:
        appended = appended or notes.dep[token] == "appos"
        token = notes.head[token]
    head, dep = notes.head[token], notes.dep[token]
    ground = notes.lemma[head] in atlas.words.settlements and not notes.tag[head].startswith("NNP")
    if dep in ("compound", "amod", "nmod"):
        return "literal" if ground else "associative"
    if dep == "pobj":
        of = notes.lower[head] == "of" and notes.lemma[notes.head[head]] not in atlas.words.settlements
        return "associative" if of or notes.lower[head] in atlas.words.abstract else "literal"
    return "literal" if dep in ("npadvmod", "ROOT") or appended else "associative"


def _toponym(notes: Annotations, name: Found, place: Place | None, atlas: Atlas) -> Toponym:
    span = notes.span(name.first, name.last)
    role = _role(notes, name, atlas)
    if place is None:
        return Toponym(span, role, span.surface, None, None, None, None, None, name.first, name.last)
    return Toponym(span, role, place.name, place.country, place.lat, place.lon, place.geonames_id, place.precision, name.first, name.last)
