"""Who holds an office on a day, by the rows of the tables: one, several, nobody, or nobody that the tables know of.

The offices, their words and the last day to which the tables were checked are `codebooks/actors/offices.yaml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.codebook import BUILT_IN, LINE, read_yaml
from dragoman.errors import CodebookError
from dragoman.extract.entry import End, Entry

DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
DATED, SEVERAL, VACANT, OUTSIDE, UNKNOWN = "dated", "several", "vacant", "outside", "unknown"
_OUT_OF_OFFICE = "ELI"


@dataclass(frozen=True, slots=True)
class Office:
    """An office: its words (`name` is the first), the roles of rows that are this office, the states in which they are (none: all), its sector.

    `many` says that in those states the words mean many offices, none of which is the state's own (a premier of Australia).
    """

    name: str
    words: frozenset[str]
    roles: frozenset[str]
    countries: frozenset[str]
    sector: str
    many: bool = False

    def of(self, country: str) -> bool:
        """Whether it is an office of the state; bodies of states have only those that name them."""
        return country in self.countries or (not self.countries and ":" not in country)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When what articles say becomes a dated entry, and for how many days after the last report it holds."""

    outlets: int
    articles: int
    former_outlets: int
    former_articles: int
    holds_days: int


@dataclass(frozen=True)
class OfficeBook:
    """All offices, the modifiers before them by kind, the verbs that give somebody an office, the last checked day by origin, and the thresholds."""

    offices: tuple[Office, ...]
    modifiers: Mapping[str, frozenset[str]]
    appointing: frozenset[str]
    known: Mapping[str, str]
    promotion: Thresholds

    def meant(self, words: str, country: str) -> Office | None:
        """The office that the words mean in a state: one that is this state's own before one of all states."""
        found = [office for office in self.offices if words in office.words and office.of(country)]
        meant = min(found, key=lambda office: not office.countries, default=None)
        return None if meant is None or meant.many else meant

    def filled(self, role: str, country: str) -> Office | None:
        """The office that a row of the tables is about, by its role without "acting" and the like."""
        plain = self.plain(role)
        found = [office for office in self.offices if plain in office.roles and office.of(country)]
        return min(found, key=lambda office: not office.countries, default=None)

    def plain(self, role: str) -> str:
        """The role without a word that says that its holder only acts."""
        first, _, rest = role.partition(" ")
        return rest if rest and first in self.modifiers["acting"] else role

    def is_acting(self, role: str) -> bool:
        """Whether the role is held for the time being only."""
        return self.plain(role) != role


@dataclass(frozen=True, slots=True)
class Answer:
    """Who holds an office: `how` is dated (one, for certain), several, vacant (the tables name none between two), outside (of their dates), unknown."""

    how: str
    holders: tuple[Entry, ...] = ()
    note: str = ""


class Tenures:
    """The persons of the tables by office.

    Args:
        entries: rows of persons; those of people out of office do not count.
        book: the offices.
    """

    def __init__(self, entries: Iterable[Entry], book: OfficeBook) -> None:
        self.book = book
        self._rows: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        seen: set[tuple[object, ...]] = set()
        for entry in entries:
            key = (entry.country, entry.role, entry.name, entry.since, entry.until, entry.origin)
            if entry.country and entry.sector != _OUT_OF_OFFICE and key not in seen:
                seen.add(key)
                self._rows[entry.country, book.plain(entry.role)].append(entry)

    def rows(self, country: str, words: str) -> list[Entry]:
        """All rows of the office that the words mean in a state, by their beginning."""
        office = self.book.meant(words, country)
        roles = office.roles if office else {self.book.plain(words)}
        found = [row for role in roles for row in self._rows.get((country, role), ())]
        return sorted(found, key=lambda row: (row.since or "", row.until or "9"))

    def on(self, country: str, words: str, date: str) -> Answer:
        """Who holds the office on the day (ISO).

        Args:
            country: ISO 3166-1 alpha-3, or the code of a body of states.
            words: the office as a text has it, in the singular and in small letters.
            date: the day.
        """
        rows = self.rows(country, words)
        if not rows:
            return Answer(UNKNOWN, (), f"no holder of this office of {country} is in the tables")
        known = [row for row in rows if row.known(date)]
        holding = self._best(known, words, date)
        sure = {row.name: row for row in holding if not row.passing(date)} or {row.name: row for row in holding if len(holding) == 1}
        passing = {row.name: row for row in known if row.passing(date)}
        if len(sure) == 1 and (passing.keys() <= sure.keys() or not next(iter(sure.values())).passing(date)):
            return Answer(DATED, tuple(sure.values()))
        if sure or passing:
            note = "the tables name several" if sure and not passing else "the office changed hands about then; the tables do not give the day"
            return Answer(SEVERAL, tuple({**passing, **sure}.values()), note)
        return _nobody(rows, date)

    def _best(self, rows: Iterable[Entry], words: str, date: str) -> list[Entry]:
        """The rows that hold on the day, one for each name; of several those of the very role that is asked for (not somebody who acts for a suspended holder)."""
        found = [row for row in rows if row.valid(date)]
        if len({self.book.plain(row.role) for row in found}) > 1:
            found = [row for row in found if self.book.plain(row.role) == words] or found
        return list({row.name: row for row in sorted(found, key=lambda row: row.seen or "9")}.values())


def _nobody(rows: list[Entry], date: str) -> Answer:
    """Why the tables name none on the day."""
    first = min((row.since for row in rows if row.since), default=None)
    if first and date < first:
        return Answer(OUTSIDE, (), f"the tables begin on {first}")
    stale = [row for row in rows if row.valid(date) and not row.known(date)]
    if stale:
        last = stale[-1]
        return Answer(OUTSIDE, (), f"last known: {last.name} since {last.since or 'an unknown day'}, seen until {last.seen}; the tables say nothing about later days")
    before = [row for row in rows if row.until and date[: len(row.until)] >= row.until]
    after = next((row for row in rows if row.since and row.since > date), None)
    last = max(before, key=lambda row: row.until or "", default=rows[-1])
    if after is None:
        return Answer(OUTSIDE, (), f"last known: {last.name} until {last.until}; the tables do not say who followed")
    return Answer(VACANT, (), f"the tables name nobody between {last.name} (until {last.until}) and {after.name} (since {after.since})")


def ended(entries: Iterable[Entry], ends: Iterable[End], book: OfficeBook) -> list[Entry]:
    """The rows, those of whom articles agree that they are out of office with their end."""
    days = {(end.country, end.office, end.name): end.until for end in ends}
    return [_ended(entry, days, book) for entry in entries] if days else list(entries)


def _ended(entry: Entry, days: Mapping[tuple[str, str, str], str], book: OfficeBook) -> Entry:
    if entry.kind != "person" or not entry.country or entry.sector == _OUT_OF_OFFICE or (entry.until and entry.until <= min(days.values())):
        return entry
    office = book.filled(entry.role, entry.country)
    day = days.get((entry.country, office.name, entry.name)) if office else None
    return replace(entry, until=day) if day and (entry.since or "") < day < (entry.until or "9") else entry


@lru_cache(maxsize=4)
def load_offices(folder: Path = BUILT_IN) -> OfficeBook:
    """The offices of a codebook folder.

    Raises:
        CodebookError: an office without words or roles, a day that is none, a threshold that is no number.
    """
    path = folder / "actors" / "offices.yaml"
    data = read_yaml(path)
    known = {str(origin): str(day) for origin, day in data["known"].items() if origin != LINE}
    if wrong := next((day for day in known.values() if not (DAY.fullmatch(day) and len(day) == 10)), None):
        raise CodebookError(f"{path}:{data['known'][LINE]}", detail=f"`{wrong}` is no day (YYYY-MM-DD).")
    modifiers = {str(kind): frozenset(map(str, words)) for kind, words in data["modifiers"].items() if kind != LINE}
    numbers = {name: value for name, value in data["promotion"].items() if name != LINE}
    if set(numbers) != set(Thresholds.__slots__) or not all(isinstance(value, int) and value > 0 for value in numbers.values()):
        raise CodebookError(f"{path}:{data['promotion'][LINE]}", detail=f"promotion must give {', '.join(Thresholds.__slots__)}, whole numbers above 0.")
    return OfficeBook(tuple(_office(path, item) for item in data["offices"]), modifiers, frozenset(map(str, data["appointing"])), known, Thresholds(**numbers))


def _office(path: Path, item: Mapping[str, Any]) -> Office:
    if not item.get("words") or not (item.get("roles") or item.get("many")):
        raise CodebookError(f"{path}:{item[LINE]}", detail="an office needs `words` and `roles`.")
    words = [str(word) for word in item["words"]]
    return Office(words[0], frozenset(words), frozenset(map(str, item.get("roles", ()))), frozenset(map(str, item.get("in", ()))),
                  str(item.get("sector", "GOV")), bool(item.get("many")))
