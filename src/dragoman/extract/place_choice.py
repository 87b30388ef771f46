"""Which of the places of a name is meant: by the division that the text names with it, by the other places of the text, by size.

One name means one place in an article. Each candidate has a weight of its own (what it is and how many live there); the candidates of
all other names then speak for their countries, divisions and neighbours, in a few rounds in which the likely ones speak louder.
Weights tuned by hand on three sets of news with marked places (benchmarks/quality).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, exp, hypot, log10, radians

from dragoman.extract.place_names import Found
from dragoman.places.atlas import Atlas
from dragoman.places.store import BASE, OFFICIAL, OTHER, Place

# Own weights: countries and regions of the tables are named for themselves; a town counts by the power of ten of its inhabitants.
_OF_KIND = {"country": 9.0, "admin1": 6.2, "region": 5.0, "feature": 4.5}
_TABLED = {"country": 0.0, "admin1": 0.5, "region": 2.5, "feature": 2.5, "city": 0.3}
_LESS = {OFFICIAL: 0.0, BASE: 0.7, OTHER: 1.5}
_USUAL, _HELD, _OF_HEAD = 3.5, 14.0, 3.0
_COUNTRY, _DIVISION, _NEAR = 2.5, 4.0, 1.5
# "Washington" seldom means Washington County.
_BARE_COUNTY = 1.5
_ROUNDS = 3
_KM_PER_DEGREE = 111.2
_NEAR_KM = 120.0
_MOST = 40


@dataclass
class _Name:
    """One name of the article with its candidates: `own` weights, and how likely each is at this moment."""

    places: tuple[Place, ...]
    own: tuple[float, ...]
    likely: list[float]
    times: float


def choose(found: Sequence[Found], atlas: Atlas, home: Mapping[str, float]) -> list[Place | None]:
    """The place of each name; None where no table knows one.

    Args:
        found: names in text order.
        atlas: the tables and the gazetteer.
        home: weights of countries that are known besides (the outlet's home).
    """
    groups: dict[tuple[str, str, str | None], list[int]] = defaultdict(list)
    for number, name in enumerate(found):
        groups[_key(name)].append(number)
    names = {key: _name([found[number] for number in numbers], atlas) for key, numbers in groups.items()}
    known = [name for name in names.values() if name.places]
    for _ in range(_ROUNDS):
        _round(known, home)
    best = {key: _best(name) for key, name in names.items()}
    return [best[_key(name)] for name in found]


def _key(name: Found) -> tuple[str, str, str | None]:
    return name.form, "name" if name.kind == "entity" else name.kind, name.head


def _best(name: _Name) -> Place | None:
    return max(zip(name.likely, name.places, strict=True), key=lambda pair: pair[0])[1] if name.places else None


def _name(mentions: Sequence[Found], atlas: Atlas) -> _Name:
    first = mentions[0]
    within = next((mention.within for mention in mentions if mention.within), None)
    places = atlas.places(first.form)
    if first.kind == "division" and within:
        places = tuple(place for place in places if place.country == within[0] and place.precision == "admin1") or places
    elif first.kind == "holder":
        places = tuple(place for place in places if place.precision in ("country", "admin1")) or places
    elif first.kind == "adjective" and first.form in atlas.named:
        places = tuple(place for place in places if place.tabled)
    places = tuple(place for place in places if not _around_its_town(place, places) or first.head)
    holders = _holders(within, atlas) if first.kind == "name" and within else ()
    own = tuple(_own(place, first, atlas) + _HELD * _held(place, holders) for place in places)
    kept = sorted(zip(own, places, strict=True), key=lambda pair: -pair[0])[:_MOST]
    own = tuple(weight for weight, _ in kept)
    return _Name(tuple(place for _, place in kept), own, _shares(own), 1.0 + log10(len(mentions)))


def _around_its_town(division: Place, places: Sequence[Place]) -> bool:
    """Whether a division is named after a town in it: the bare name is the town's (*Homs*), the division is called by its kind (*Homs province*)."""
    if division.tabled or division.precision != "admin1":
        return False
    return any(town.precision == "city" and town.rank < OTHER and (town.country, town.admin1) == (division.country, division.admin1) for town in places)


def _holders(within: tuple[str | None, str], atlas: Atlas) -> tuple[Place, ...]:
    country, name = within
    return tuple(place for place in atlas.places(name) if place.precision in ("country", "admin1") and country in (None, place.country))


def _held(place: Place, holders: Sequence[Place]) -> bool:
    """Whether the place lies in one of the divisions or countries."""
    return any(
        place.country == holder.country and place.id != holder.id and (holder.precision == "country" or holder.admin1 is None or place.admin1 == holder.admin1)
        for holder in holders if place.country and (place.precision != "country")
    )


def _own(place: Place, name: Found, atlas: Atlas) -> float:
    if place.precision in _OF_KIND and (place.precision != "region" or place.admin2 is None):
        weight = _OF_KIND[place.precision]
        if place.precision == "admin1":
            weight += (log10(place.population + 1) - 6) * 0.3
    else:
        weight = log10(place.population + 1) - (1.0 if place.precision == "region" else 0.0)
    if place.rank == BASE and place.precision == "region" and not name.head:
        weight -= _BARE_COUNTY
    weight += (_TABLED[place.precision] if place.tabled else 0.0) - _LESS[place.rank]
    if name.head and place.precision == name.head:
        weight += _OF_HEAD
    if atlas.words.usual.get(name.form) == place.id:
        weight += _USUAL
    return weight


def _shares(weights: Sequence[float]) -> list[float]:
    top = max(weights, default=0.0)
    powers = [exp(weight - top) for weight in weights]
    total = sum(powers) or 1.0
    return [power / total for power in powers]


def _round(names: Sequence[_Name], home: Mapping[str, float]) -> None:
    """All names weigh their candidates again by what the others say."""
    countries: dict[str | None, float] = defaultdict(float)
    divisions: dict[tuple[str | None, str | None], float] = defaultdict(float)
    spoken = [_speaks(name) for name in names]
    for said in spoken:
        for (country, division), weight in said.items():
            countries[country] += weight
            if division:
                divisions[country, division] += weight
    for country, weight in home.items():
        countries[country] += weight
    points = [
        (place, name) for name in names for place, likely in zip(name.places, name.likely, strict=True)
        if likely > 0.5 and place.precision in ("city", "feature", "region")
    ]  # fmt: skip
    for name, said in zip(names, spoken, strict=True):
        if len(name.places) > 1:
            name.likely = _shares([own + _support(place, said, countries, divisions) + _NEAR * _neighbour(place, name, points)
                                   for own, place in zip(name.own, name.places, strict=True)])


def _speaks(name: _Name) -> dict[tuple[str, str | None], float]:
    """What a name's candidates say for countries and their divisions."""
    said: dict[tuple[str, str | None], float] = defaultdict(float)
    for place, likely in zip(name.places, name.likely, strict=True):
        if place.country:
            said[place.country, place.admin1] += likely * name.times
    return said


def _support(
    place: Place, said: Mapping[tuple[str, str | None], float], countries: Mapping[str | None, float], divisions: Mapping[tuple[str | None, str | None], float]
) -> float:
    """How much of what the other names say is for the place's country and division, 0 to 1 each, weighted."""
    if not place.country:
        return 0.0
    own_country = sum(weight for (country, _), weight in said.items() if country == place.country)
    own_total = sum(said.values())
    others = sum(countries.values()) - own_total
    if others <= 0:
        return 0.0
    country = (countries[place.country] - own_country) / (others + 1.0)
    division = (divisions[place.country, place.admin1] - said.get((place.country, place.admin1), 0.0)) / (others + 1.0) if place.admin1 else 0.0
    return _COUNTRY * country + _DIVISION * division


def _neighbour(place: Place, name: _Name, points: Sequence[tuple[Place, _Name]]) -> bool:
    if place.precision == "country":
        return False
    return any(other is not name and kilometres(place, near) < _NEAR_KM for near, other in points)


def kilometres(a: Place, b: Place) -> float:
    """About how far two places are apart; exact enough for less than a thousand kilometres."""
    east = (a.lon - b.lon + 180) % 360 - 180
    return hypot(a.lat - b.lat, east * cos(radians((a.lat + b.lat) / 2))) * _KM_PER_DEGREE
