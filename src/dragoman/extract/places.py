"""Place names: countries, capitals, large cities and regions of `codebooks/actors/places.tsv`.

The table is GeoNames (CC BY 4.0) for cities and countries, our own for regions. Coordinates are WGS 84 degrees; those of countries
and regions are representative points and carry that precision, so that no map draws a pin for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dragoman.annotate.columns import Annotations
from dragoman.codebook import BUILT_IN, read_tsv
from dragoman.records import Article, Toponym

VERSION = "1"
_COLUMNS = ("form", "name", "country", "precision", "lat", "lon", "geonames_id", "population", "origin")
_PLACE_ENTITIES = ("GPE", "LOC", "FAC")
_LONGEST = 6
# Among places of one name: countries first, then by inhabitants.
_RANK = {"country": 3, "region": 2, "admin1": 2, "feature": 1, "city": 1}


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """One place of the gazetteer."""

    name: str
    country: str | None
    precision: str
    lat: float | None
    lon: float | None
    geonames_id: int | None
    population: int


@dataclass(frozen=True)
class Gazetteer:
    """Places by name; `longest` first words of names that have several."""

    entries: Mapping[str, tuple[PlaceEntry, ...]]
    starts: frozenset[str]

    def best(self, form: str, countries: Mapping[str, int]) -> PlaceEntry | None:
        """The most likely place of that name: in a country that the text speaks of, else the largest."""
        found = self.entries.get(form, ())
        return max(found, key=lambda e: (_RANK[e.precision] == 3, countries.get(e.country or "", 0) > 0, _RANK[e.precision], e.population), default=None)


@lru_cache(maxsize=4)
def load_gazetteer(folder: Path = BUILT_IN) -> Gazetteer:
    """The places of a codebook folder."""
    entries: dict[str, list[PlaceEntry]] = defaultdict(list)
    for _, row in read_tsv(folder / "actors" / "places.tsv", _COLUMNS):
        number = {key: float(row[key]) if row[key] else None for key in ("lat", "lon")}
        identity = int(row["geonames_id"]) if row["geonames_id"] else None
        entries[row["form"]].append(PlaceEntry(row["name"], row["country"] or None, row["precision"], number["lat"], number["lon"], identity, int(row["population"] or 0)))
    return Gazetteer({form: tuple(found) for form, found in entries.items()}, frozenset(form.split(" ")[0] for form in entries))


def read(article: Article, notes: Annotations, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """All toponyms in text order: names of the gazetteer, and places that the parser sees but the gazetteer lacks (unresolved)."""
    spans = _names(notes, gazetteer)
    taken = {token for first, last in spans for token in range(first, last + 1)}
    spans += [span for span in _entities(notes) if not taken.intersection(range(span[0], span[1] + 1))]
    countries = _countries(notes, gazetteer, spans)
    return tuple(_toponym(notes, gazetteer, countries, first, last) for first, last in sorted(spans))


def _names(notes: Annotations, gazetteer: Gazetteer) -> list[tuple[int, int]]:
    """Longest names of the gazetteer, by token; parts of a person's or organisation's name do not count."""
    found, token = [], 0
    while token < len(notes):
        last = _longest(notes, gazetteer, token) if notes.word[token] in gazetteer.starts else None
        if last is not None and _is_place(notes, token, last):
            found.append((token, last))
        token = (last if last is not None else token) + 1
    return found


def _longest(notes: Annotations, gazetteer: Gazetteer, first: int) -> int | None:
    for last in range(min(first + _LONGEST, len(notes)) - 1, first - 1, -1):
        surface = notes.text[notes.start[first] : notes.end[last]]
        if surface in gazetteer.entries:
            return last
    return None


def _is_place(notes: Annotations, first: int, last: int) -> bool:
    label = notes.ent[last]
    if label == "PERSON":
        alone = (first == 0 or notes.ent[first - 1] != "PERSON") and (last + 1 == len(notes) or notes.ent[last + 1] != "PERSON")
        return alone and first != last
    if notes.tag[last] not in ("NNP", "NNPS", "NN", "JJ"):
        return False
    before, after = first - 1, last + 1
    joined = before >= 0 and notes.tag[before] == "NNP" and notes.head[before] == last and notes.dep[before] == "compound" and label not in _PLACE_ENTITIES
    follows = after < len(notes) and notes.tag[after] == "NNP" and notes.head[last] == after and notes.ent[after] == "PERSON"
    return not (joined or follows)


def _entities(notes: Annotations) -> list[tuple[int, int]]:
    """Places that the entity recogniser marks, without articles and possessives."""
    found, token = [], 0
    while token < len(notes):
        last = token
        if notes.ent[token] in ("GPE", "LOC"):
            while last + 1 < len(notes) and notes.ent[last + 1] == notes.ent[token] and not notes.ent_start[last + 1]:
                last += 1
            first, stop = token, last
            while first < stop and notes.tag[first] in ("DT", "IN"):
                first += 1
            while stop > first and notes.tag[stop] in ("POS", ","):
                stop -= 1
            if notes.pos[stop] == "PROPN":
                found.append((first, stop))
        token = last + 1
    return found


def _countries(notes: Annotations, gazetteer: Gazetteer, spans: list[tuple[int, int]]) -> dict[str, int]:
    """How often the text names each country, which settles places of the same name."""
    counts: dict[str, int] = defaultdict(int)
    for first, last in spans:
        entries = gazetteer.entries.get(notes.text[notes.start[first] : notes.end[last]], ())
        for country in {entry.country for entry in entries if entry.precision == "country" and entry.country}:
            counts[country] += 1
    return counts


def _toponym(notes: Annotations, gazetteer: Gazetteer, countries: Mapping[str, int], first: int, last: int) -> Toponym:
    span = notes.span(first, last)
    entry = gazetteer.best(span.surface, countries)
    role = "literal" if notes.dep[last] in ("pobj", "npadvmod", "appos") else "associative"
    if entry is None:
        return Toponym(span, role, span.surface, None, None, None, None, None, first, last)
    return Toponym(span, role, entry.name, entry.country, entry.lat, entry.lon, entry.geonames_id, entry.precision, first, last)
