"""The gazetteer's file: its schema, how it is written (whole or not at all), and how it answers.

One schema serves the built-in gazetteer and a GeoNames dump. `place` holds a row a place, `name` the folded names with a rank
(0 the name itself, 1 a name without its generic word, 2 another name), `meta` what the file was made from.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dragoman.errors import BadGazetteer
from dragoman.places.forms import fold

SCHEMA = "1"
OFFICIAL, BASE, OTHER = 0, 1, 2
_TABLES = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT, admin1 TEXT, admin2 TEXT, precision TEXT NOT NULL,
                    lat REAL NOT NULL, lon REAL NOT NULL, population INTEGER NOT NULL);
CREATE TABLE name (form TEXT NOT NULL, place INTEGER NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (form, place)) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_FIND = """SELECT p.id, p.name, p.country, p.admin1, p.admin2, p.precision, p.lat, p.lon, p.population, n.rank
FROM name AS n JOIN place AS p ON p.id = n.place WHERE n.form = ? ORDER BY n.rank, p.population DESC, p.id LIMIT 200"""
_BATCH = 20000


@dataclass(frozen=True, slots=True)
class Place:
    """One place. `id` is the GeoNames id; negative for a place that has none there. `precision` as in the reading; `tabled`: our own tables have it."""

    id: int
    name: str
    country: str | None
    admin1: str | None
    admin2: str | None
    precision: str
    lat: float
    lon: float
    population: int
    rank: int = OFFICIAL
    tabled: bool = False

    @property
    def geonames_id(self) -> int | None:
        """The id at GeoNames."""
        return self.id if self.id > 0 else None


@dataclass(frozen=True, slots=True)
class Named:
    """A place as a source gives it: with its further names, each with its rank."""

    place: Place
    names: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """What a gazetteer was made from: `name`, `date` of its youngest entry (None if not known), `hash` of its sources."""

    name: str
    date: str | None
    hash: str

    def __str__(self) -> str:
        return f"{self.name} {self.date or 'undated'} {self.hash}"


def write(target: Path, made_from: Callable[[], Origin], places: Iterable[Named]) -> int:
    """Write a gazetteer; the number of places. Nothing is left, and an older file stays as it was, if a source fails.

    Args:
        target: the file.
        made_from: asked once all places are read, since only then the youngest entry is known.
        places: what to write.

    Raises:
        BadGazetteer: the folder cannot be written.
    """
    try:
        with _draft(target) as draft, closing(sqlite3.connect(draft)) as base:
            base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192;" + _TABLES)
            count = _fill(base, places)
            origin = made_from()
            meta = {"schema": SCHEMA, "name": origin.name, "date": origin.date or "", "hash": origin.hash, "places": str(count)}
            base.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
            base.commit()
    except OSError as error:
        raise BadGazetteer(target, detail=f"cannot be written ({error.strerror}). Name another with --output, or set DRAGOMAN_CACHE to a folder that can.") from error
    return count


@contextmanager
def _draft(target: Path) -> Iterator[Path]:
    """A file beside the target that takes its place when all went well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    os.close(handle)
    try:
        yield Path(name)
        os.replace(name, target)
    finally:
        Path(name).unlink(missing_ok=True)


def _fill(base: sqlite3.Connection, places: Iterable[Named]) -> int:
    count = 0
    rows: list[tuple[object, ...]] = []
    names: list[tuple[str, int, int]] = []
    for named in places:
        place = named.place
        count += 1
        rows.append((place.id, place.name, place.country, place.admin1, place.admin2, place.precision, place.lat, place.lon, place.population))
        names += [(form, place.id, rank) for form, rank in _forms(named)]
        if len(rows) >= _BATCH:
            _flush(base, rows, names)
    _flush(base, rows, names)
    return count


def _forms(named: Named) -> Iterator[tuple[str, int]]:
    seen = set()
    for name, rank in ((named.place.name, OFFICIAL), *named.names):
        form = fold(name)
        if len(form) > 1 and form not in seen:
            seen.add(form)
            yield form, rank


def _flush(base: sqlite3.Connection, rows: list[tuple[object, ...]], names: list[tuple[str, int, int]]) -> None:
    base.executemany("INSERT OR IGNORE INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    base.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", names)
    rows.clear()
    names.clear()


class Store:
    """An open gazetteer.

    Args:
        path: the file.

    Raises:
        BadGazetteer: it is no gazetteer, or one of another schema.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._bases: dict[int, sqlite3.Connection] = {}
        try:
            meta = dict(self._base().execute("SELECT key, value FROM meta"))
        except sqlite3.Error as error:
            raise BadGazetteer(path, detail=f"no gazetteer ({error}). `dragoman gazetteer build` makes one.") from error
        if meta.get("schema") != SCHEMA:
            raise BadGazetteer(path, detail="made by another version of dragoman. Build it again with `dragoman gazetteer build`.")
        self.origin = Origin(meta["name"], meta["date"] or None, meta["hash"])
        self.size = int(meta["places"])
        self.find = lru_cache(maxsize=20000)(self._find)

    def _base(self) -> sqlite3.Connection:
        """A connection of this process: one must not cross a fork."""
        process = os.getpid()
        if process not in self._bases:
            self._bases[process] = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        return self._bases[process]

    def _find(self, form: str) -> tuple[Place, ...]:
        """All places with that folded name, their own name first, then by inhabitants."""
        return tuple(Place(*row) for row in self._base().execute(_FIND, (form,)))

    def place(self, identity: int) -> Place | None:
        """The place with that id."""
        row = self._base().execute("SELECT * FROM place WHERE id = ?", (identity,)).fetchone()
        return Place(*row) if row else None


@lru_cache(maxsize=4)
def load(path: Path) -> Store:
    """An open gazetteer, opened once a process."""
    return Store(path)
