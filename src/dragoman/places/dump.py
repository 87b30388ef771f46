"""A GeoNames dump (allCountries.txt, a country's file, cities500.txt; plain or zipped) streamed into a gazetteer.

The form of the files is that of the readme at download.geonames.org/export/dump (19 columns, tab-separated, UTF-8). Which feature codes
are kept, and with which precision, says `codebooks/places/features.tsv`. Divisions that the dump lacks come from the built-in table.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import IO, NamedTuple

import msgspec

from dragoman.codebook import BUILT_IN, read_tsv
from dragoman.errors import BadDumpLine, BadGazetteer
from dragoman.parsed import folder as cache_folder
from dragoman.places import bundled
from dragoman.places.forms import is_latin
from dragoman.places.store import OTHER, SCHEMA, Named, Origin, Place, write

_COLUMNS = 19
_NAME_COLUMNS = 4
_SUFFIXES = (".txt", ".zip", ".tsv")
_SQLITE = b"SQLite format 3\0"
# Names in these languages of alternateNamesV2 may stand in an English text; the empty one is for names without a language.
_LANGUAGES = frozenset({"en", "abbr", ""})
_LATITUDE, _LONGITUDE = 90, 180


class _Row(NamedTuple):
    id: str
    name: str
    ascii: str
    alternates: str
    lat: str
    lon: str
    feature_class: str
    feature_code: str
    country: str
    other_countries: str
    admin1: str
    admin2: str
    admin3: str
    admin4: str
    population: str
    elevation: str
    dem: str
    timezone: str
    modified: str


@dataclass
class Source:
    """The files of one dump.

    Attributes:
        dump: places. names: alternateNamesV2, or None. admin: admin1CodesASCII and the like (code, name, ASCII name, id), or none.
        date: the youngest entry read so far: a dump says nowhere else how old it is.
    """

    dump: Path
    names: Path | None = None
    admin: tuple[Path, ...] = ()
    date: str = ""

    @property
    def files(self) -> tuple[Path, ...]:
        """All files of the source."""
        return (self.dump, *((self.names,) if self.names else ()), *self.admin)


def is_dump(path: Path) -> bool:
    """Whether a path is a dump and no built gazetteer.

    Raises:
        BadGazetteer: there is no such file.
    """
    try:
        with open(path, "rb") as file:
            return file.read(len(_SQLITE)) != _SQLITE
    except OSError as error:
        raise BadGazetteer(path, detail=f"cannot be opened ({error.strerror}).") from error


def built(dump: Path, names: Path | None = None, admin: Iterable[Path] = ()) -> Path:
    """The gazetteer of a dump in the cache folder; built if there is none for these very bytes.

    Raises:
        BadGazetteer, BadDumpLine: as `build`.
    """
    source = Source(dump, names, tuple(admin))
    target = cache_folder() / f"gazetteer-{_hash(source)}.sqlite"
    if not target.exists():
        build(source, target)
    return target


def build(source: Source, target: Path) -> int:
    """Build a gazetteer from a dump; the number of places. An older file at `target` stays until all is read.

    Raises:
        BadDumpLine: a line that is torn or malformed, with its number.
        BadGazetteer: a file cannot be read, or holds no place.
    """
    made_from = _hash(source)
    return write(target, lambda: Origin(f"GeoNames {source.dump.name}", source.date or None, made_from), _places(source))


@lru_cache(maxsize=8)
def _digest(path: Path, size: int, changed: int) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _hash(source: Source) -> str:
    try:
        parts = [_digest(path, path.stat().st_size, path.stat().st_mtime_ns) for path in source.files]
    except OSError as error:
        raise BadGazetteer(error.filename, detail=f"cannot be opened ({error.strerror}).") from error
    tables = [(BUILT_IN / "places" / name).read_bytes() for name in ("divisions.tsv", "features.tsv")]
    return hashlib.sha256("\0".join([SCHEMA, *parts]).encode() + b"\0".join(tables)).hexdigest()[:16]


def _places(source: Source) -> Iterator[Named]:
    names, admin = _other_names(source.names), _admin_names(source.admin)
    countries = _countries()
    kept, seen = _features(), set()
    for line, row in _rows(source.dump):
        source.date = max(source.date, row.modified)
        if (place := _place(source.dump, line, row, kept, countries)) is not None:
            seen.add(place.id)
            yield Named(place, tuple(_names(row, place, names, admin)))
    if not seen:
        raise BadGazetteer(source.dump, detail="holds no place of a kind that is kept. Give a GeoNames dump such as allCountries.txt.")
    yield from (named for named in bundled.divisions(BUILT_IN / "places" / "divisions.tsv") if named.place.id > 0 and named.place.id not in seen)


def _rows(path: Path) -> Iterator[tuple[int, _Row]]:
    """Lines of the dump with their numbers."""
    for number, line in _lines(path):
        cells = line.split("\t")
        if len(cells) != _COLUMNS:
            raise BadDumpLine(path, line=number, detail=f"{len(cells)} columns, {_COLUMNS} wanted.")
        yield number, _Row(*cells)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with _opened(path) as stream:
        number = 0
        try:
            for number, raw in enumerate(stream, 1):
                if raw.strip() and not raw.startswith(b"#"):
                    yield number, raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise BadDumpLine(path, line=number, detail=f"broken UTF-8 at byte {error.start}.") from error
        except (EOFError, zipfile.BadZipFile, OSError) as error:
            raise BadDumpLine(path, line=number + 1, detail=f"the file ends here or is broken ({error}).") from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        if not zipfile.is_zipfile(path):
            with open(path, "rb") as stream:
                yield stream
            return
        with zipfile.ZipFile(path) as archive:
            member = max((info for info in archive.infolist() if info.filename.endswith(".txt")), key=lambda info: info.file_size, default=None)
            if member is None:
                raise BadGazetteer(path, detail="holds no .txt file.")
            with archive.open(member) as stream:
                yield io.BufferedReader(stream)  # type: ignore[arg-type,type-var,unused-ignore]
    except (OSError, zipfile.BadZipFile) as error:
        raise BadGazetteer(path, detail=f"cannot be opened ({error}).") from error


def _place(path: Path, line: int, row: _Row, kept: Mapping[str, tuple[str, int]], countries: Mapping[str, str]) -> Place | None:
    code = f"{row.feature_class}.{row.feature_code}"
    try:
        identity, lat, lon, population = int(row.id), float(row.lat), float(row.lon), int(row.population or 0)
    except ValueError as error:
        raise BadDumpLine(path, line=line, detail=f"not a number where one is wanted ({error}).") from error
    if abs(lat) > _LATITUDE or abs(lon) > _LONGITUDE:
        raise BadDumpLine(path, line=line, detail=f"no point on earth: {row.lat}, {row.lon}.")
    precision, least = kept.get(code, ("", 0))
    if not precision or len(row.alternates.split(",")) < least:
        return None
    return Place(identity, row.name, countries.get(row.country), row.admin1 or None, row.admin2 or None, precision, lat, lon, population)


def _names(row: _Row, place: Place, names: Mapping[int, list[str]], admin: Mapping[int, list[str]]) -> Iterator[tuple[str, int]]:
    yield row.ascii, 0
    yield from ((name, 1) for name in bundled.base_names(row.name) if place.precision in ("admin1", "region"))
    yield from ((name, 0) for name in admin.get(place.id, ()))
    for name in (*row.alternates.split(","), *names.get(place.id, ())):
        if name and is_latin(name) and not bundled.is_code(name):
            yield name, OTHER


def _other_names(path: Path | None) -> dict[int, list[str]]:
    """English names of alternateNamesV2 by place; `from` and `to` are not looked at."""
    found: dict[int, list[str]] = {}
    for number, line in _lines(path) if path else ():
        cells = line.split("\t")
        if len(cells) < _NAME_COLUMNS or not cells[1].isdigit():
            raise BadDumpLine(path, line=number, detail="no line of alternateNamesV2.")
        if cells[2] in _LANGUAGES:
            found.setdefault(int(cells[1]), []).append(cells[3])
    return found


def _admin_names(paths: Iterable[Path]) -> dict[int, list[str]]:
    """Names of divisions by place (admin1CodesASCII, admin2Codes)."""
    found: dict[int, list[str]] = {}
    for path in paths:
        for number, line in _lines(path):
            cells = line.split("\t")
            if len(cells) != _NAME_COLUMNS or not cells[3].isdigit():
                raise BadDumpLine(path, line=number, detail="no line of admin codes (code, name, ASCII name, id).")
            found.setdefault(int(cells[3]), []).extend(cells[1:3])
    return found


def _features() -> dict[str, tuple[str, int]]:
    """Feature codes that are kept, with the precision, and the number of names without which one is too small to be in the news."""
    table = read_tsv(BUILT_IN / "places" / "features.tsv", ("code", "precision", "names", "note"))
    return {row["code"]: (row["precision"], int(row["names"])) for _, row in table}


class _Country(msgspec.Struct):
    iso3: str


def _countries() -> dict[str, str]:
    """ISO 3166-1 codes of two letters -> of three."""
    data = (resources.files(bundled.PACKAGE) / "data" / "countries.json").read_bytes()
    return {code: country.iso3 for code, country in msgspec.json.decode(data, type=dict[str, _Country]).items()}
