"""What the readers of places know: the tables of `codebooks/places` and `codebooks/actors`, and the gazetteer.

The tables hold the names that news uses most, with our own regions and features; they are read without the parser's help. The
gazetteer knows a quarter of a million places (or what a dump holds) and is asked about what looks like a place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.codebook import BUILT_IN, read_tsv, read_yaml
from dragoman.places import selection
from dragoman.places.forms import fold
from dragoman.places.store import OFFICIAL, Origin, Place, Store

_NAMED = ("form", "name", "country", "precision", "lat", "lon", "geonames_id", "population", "origin")
_ADJECTIVES = ("form", "place", "origin")
_ACTORS = ("form", "name", "kind", "country", "sector", "role", "since", "until", "origin")
_SHORT_NAME = 3
# Two entries of one name so near (in degrees) are one place.
_NEAR = 0.4


@dataclass(frozen=True)
class Words:
    """`codebooks/places/words.yaml`."""

    divisions: Mapping[str, tuple[str, str]]
    anywhere: frozenset[str]
    short: Mapping[str, str]
    usual: Mapping[str, int]
    heads: Mapping[str, str]
    before: Mapping[str, str]
    directions: frozenset[str]
    locative: frozenset[str]
    settlements: frozenset[str]
    abstract: frozenset[str]
    no_places: frozenset[str]
    seats: frozenset[str]
    at: frozenset[str]
    with_article: frozenset[str]
    no_adjectives: frozenset[str]
    person_verbs: frozenset[str]
    person_titles: frozenset[str]
    languages: frozenset[str]
    past: frozenset[str]


@dataclass(frozen=True)
class Atlas:
    """Places by name.

    Attributes:
        named: places of the tables by form; `starts` their first words, `capitals` the forms in capital letters by what they stand for.
        adjectives: adjective or inhabitant -> the form of its place.
        words: the word lists. outlets: country by name, domain or top-level domain (`.ke`), lower case. store: the gazetteer.
    """

    named: Mapping[str, tuple[Place, ...]]
    starts: frozenset[str]
    capitals: Mapping[str, str]
    adjectives: Mapping[str, str]
    words: Words
    outlets: Mapping[str, str]
    store: Store

    @property
    def origin(self) -> Origin:
        """What the gazetteer was made from."""
        return self.store.origin

    def home(self, outlet: str | None, url: str | None) -> str | None:
        """The country where an outlet is at home, by its name or domain, else by the country of its domain."""
        host = (url or "").partition("://")[2].partition("/")[0].partition(":")[0].lower()
        for name in ((outlet or "").lower(), (outlet or "").lower().removeprefix("www."), host.removeprefix("www.")):
            if name in self.outlets:
                return self.outlets[name]
        domain = host or ("" if " " in (outlet or " ") else (outlet or "").lower())
        return self.outlets.get("." + domain.rpartition(".")[2]) if "." in domain else None

    def form(self, surface: str) -> str | None:
        """The form under which the tables know a surface; None if they do not."""
        if surface in self.named or surface in self.adjectives:
            return surface
        return self.capitals.get(surface)

    def places(self, surface: str) -> tuple[Place, ...]:
        """All places that may be called so: those of the tables first; the gazetteer's coordinates where both know a place."""
        surface = self.words.short.get(surface, surface)
        found = self.store.find(fold(surface))
        merged = [_merged(place, found) for place in self.named.get(surface, ())]
        countries = {place.country for place in merged if place.precision == "country"}
        return (*merged, *(other for other in found if other.country not in countries and not any(_same(other, place) for place in merged)))

    def knows(self, surface: str) -> bool:
        """Whether any table or the gazetteer has the name."""
        return surface in self.named or bool(self.store.find(fold(self.words.short.get(surface, surface))))


def _merged(place: Place, found: Iterable[Place]) -> Place:
    """A place of the tables with the gazetteer's coordinates, id and division, where both know it."""
    twin = next((other for other in found if other.id == place.id), None) or next((other for other in found if place.id < 0 and _twin(other, place)), None)
    if twin is None:
        return place
    return replace(twin, name=place.name, rank=OFFICIAL, population=max(place.population, twin.population), tabled=True)


def _twin(other: Place, place: Place) -> bool:
    """Whether an entry of the gazetteer is the place of the tables: both towns, or neither."""
    return _same(other, place) and (other.precision == "city") == (place.precision == "city")


def _same(a: Place, b: Place) -> bool:
    near = a.country == b.country and abs(a.lat - b.lat) < _NEAR and abs(a.lon - b.lon) < _NEAR
    wide = a.country == b.country and {a.precision, b.precision} <= {"admin1", "region"} and a.admin2 is None and b.admin2 is None
    return a.id == b.id or (near and (a.precision == b.precision or b.id < 0)) or wide


@lru_cache(maxsize=4)
def load_atlas(folder: Path = BUILT_IN, gazetteer: Path | None = None) -> Atlas:
    """The atlas of a codebook folder with the chosen gazetteer (`dragoman.places.selection`).

    Raises:
        CodebookError: a table cannot be used.
        BadGazetteer: the gazetteer cannot be opened or built.
    """
    named = _named([folder / "actors" / "places.tsv", folder / "places" / "named.tsv"])
    words = _words(read_yaml(folder / "places" / "words.yaml"))
    adjectives = _adjectives(folder, words)
    forms = {form: form for form in (*named, *adjectives) if len(form) > _SHORT_NAME}
    capitals = {form.upper(): form for form in forms if form.upper() != form}
    starts = frozenset(form.split(" ")[0] for form in (*named, *adjectives, *capitals))
    outlets = {row["outlet"].lower(): row["country"] for _, row in read_tsv(folder / "places" / "outlets.tsv", ("outlet", "country", "origin"))}
    return Atlas(named, starts, capitals, adjectives, words, outlets, selection.store(gazetteer))


def _named(tables: Iterable[Path]) -> dict[str, tuple[Place, ...]]:
    entries: dict[str, list[Place]] = defaultdict(list)
    number = -10**6
    for table in tables:
        for _, row in read_tsv(table, _NAMED):
            number -= 1
            identity = int(row["geonames_id"]) if row["geonames_id"] else number
            lat, lon, population = float(row["lat"]), float(row["lon"]), int(row["population"] or 0)
            entries[row["form"]].append(Place(identity, row["name"], row["country"] or None, None, None, row["precision"], lat, lon, population, tabled=True))
    return {form: tuple(found) for form, found in entries.items()}


def _adjectives(folder: Path, words: Words) -> dict[str, str]:
    """Adjectives and inhabitants: those of countries from the actors' table, those of regions and cities from their own."""
    found: dict[str, str] = {}
    for _, row in read_tsv(folder / "actors" / "countries.tsv", _ACTORS):
        if row["role"] in ("adjective", "inhabitant") and row["form"] not in words.no_adjectives:
            found.setdefault(row["form"], row["name"])
    found |= {row["form"]: row["place"] for _, row in read_tsv(folder / "places" / "adjectives.tsv", _ADJECTIVES)}
    return found


def _words(data: Mapping[str, Any]) -> Words:
    divisions = {short: (country, name) for country, table in _items(data["divisions"]) for short, name in _items(table)}
    heads = {word: kind for kind, words in _items(data["heads"]) for word in words}
    lists: dict[str, Any] = {field.name: frozenset(data[field.name]) for field in fields(Words) if field.type == "frozenset[str]"}
    lists |= {key: dict(_items(data[key])) for key in ("short", "usual", "before")}
    return Words(divisions=divisions, heads=heads, **lists)


def _items(mapping: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The entries of a mapping without the line that the loader notes."""
    return ((key, value) for key, value in mapping.items() if not key.startswith("__"))
