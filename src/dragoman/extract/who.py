"""Who is meant by a description or a name on a day: "the former German chancellor", "Japan's foreign minister", "the president-elect".

The answer comes from the dated rows of the tables (and of a ledger, where one is named) and from nothing else: outside of their dates
nobody is named, and the answer says why. Words before and behind an office change whose turn it is (`codebooks/actors/offices.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.extract.entry import Entry
from dragoman.extract.offices import DATED, OUTSIDE, SEVERAL, UNKNOWN, Answer, OfficeBook
from dragoman.extract.roster import Roster, fold, state_in

_WORD = re.compile(r"[\w.&’']*\w[\w.&]*|\w+")
_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
_EDGES = ("the", "a", "an", "of", "for", "in", "s", "its", "their", "this", "that", "to")
# Somebody elected takes office within a year.
_ELECT_DAYS = 366
_OUT_OF_OFFICE = "ELI"


@dataclass(frozen=True, slots=True)
class Holder:
    """One person in the answer: sector on the day, office as in the tables, first day and the day after the last, and the row that says so."""

    name: str
    country: str | None
    sector: str | None
    office: str
    since: str | None
    until: str | None
    seen: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Identification:
    """The answer to `who`: `how` is dated (one person, for certain), several, vacant, outside (the tables' dates) or unknown; then `note` says why."""

    description: str
    on: str
    country: str | None
    office: str | None
    how: str
    holders: tuple[Holder, ...]
    note: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A description taken apart: state, office in small letters, modifiers by kind."""

    country: str | None
    office: str
    modifiers: frozenset[str]


def who(description: str, on: str, country: str | None, roster: Roster) -> Identification:
    """Who a description or name means on a day.

    Args:
        description: "the chancellor", "Germany's former foreign minister", "Angela Merkel".
        on: the day (ISO).
        country: ISO 3166-1 alpha-3 (or IGO: and a name) where the description does not say it.
        roster: the tables.
    """
    if persons := [row for row in roster.named(description.strip()) if row.kind == "person"]:
        return _person(description, on, country, persons, roster)
    phrase = _taken_apart(description, roster, country)
    if not phrase.office:
        return Identification(description, on, phrase.country, None, UNKNOWN, (), "no office in the words")
    if phrase.country is None:
        return Identification(description, on, None, phrase.office, UNKNOWN, (), "no country in the words: say whose (--country)")
    answer = _asked(phrase, on, phrase.country, roster)
    return Identification(description, on, phrase.country, phrase.office, answer.how, tuple(map(_holder, answer.holders)), answer.note)


def _holder(row: Entry) -> Holder:
    return Holder(row.name, row.country, row.sector, row.role, row.since, row.until, row.seen, row.rule)


def _person(description: str, on: str, country: str | None, rows: Sequence[Entry], roster: Roster) -> Identification:
    """What a named person was on the day."""
    chosen = [row for row in rows if country in (None, row.country)]
    best = Roster.on(chosen, on) if chosen else ()
    if not best:
        return Identification(description, on, country, None, UNKNOWN, (), f"nobody of {country} has this name in the tables")
    certain = [row for row in best if row.known(on)]
    how = DATED if len(best) == 1 and certain and best[0].dated else OUTSIDE if len(best) == 1 else SEVERAL
    note = "" if how == DATED else "several have this name" if how == SEVERAL else f"seen until {best[0].seen}; the tables say nothing about later days"
    if how == OUTSIDE and not best[0].dated:
        how, note = DATED, "the tables give no days of office"
    return Identification(description, on, best[0].country, best[0].role, how, tuple(map(_holder, best)), note)


# --- the words ---
def _taken_apart(description: str, roster: Roster, country: str | None) -> _Phrase:
    text = _POSSESSIVE.sub(" ", description.replace("-", " "))
    words = _WORD.findall(text)
    found = state_in(words, roster)
    if found:
        first, last, state = found
        words, country = words[:first] + words[last:], country or state
    lower = [word.lower() for word in words]
    book = roster.tenures.book
    office, modifiers = _office(lower, book, country or "")
    if country is None:
        country = roster.words.national.get(office)
    return _Phrase(country, office, modifiers)


def _office(words: Sequence[str], book: OfficeBook, country: str) -> tuple[str, frozenset[str]]:
    """The office in the words and the kinds of modifiers around it; what is no known office is left as it stands."""
    rest, kinds = list(words), set[str]()
    while rest and rest[0] in _EDGES:
        rest.pop(0)
    while rest and rest[-1] in _EDGES:
        rest.pop()
    for kind, size in _modifiers_at(rest, book, behind=False):
        if " ".join(rest) in _known_words(book):
            break
        kinds.add(kind)
        del rest[:size]
    for kind, size in _modifiers_at(rest, book, behind=True):
        kinds.add(kind)
        del rest[-size:]
    while rest and rest[0] in _EDGES:
        rest.pop(0)
    return " ".join(rest), frozenset(kinds)


def _known_words(book: OfficeBook) -> frozenset[str]:
    return frozenset(word for office in book.offices for word in office.words)


def _modifiers_at(rest: list[str], book: OfficeBook, *, behind: bool) -> Iterator[tuple[str, int]]:
    """Kinds of modifiers at one end of the words, one after the other as they are taken off."""
    while len(rest) > 1:
        found = ((kind, size) for size in (2, 1) for kind, words in book.modifiers.items() if len(rest) > size
                 and " ".join(rest[-size:] if behind else rest[:size]) in words)
        taken = next(found, None)
        if taken is None or (behind and taken[0] not in ("elect", "candidate")):
            return
        yield taken


# --- whose turn ---
def _asked(phrase: _Phrase, on: str, country: str, roster: Roster) -> Answer:
    """The holders that the modifiers ask for."""
    tenures, kinds = roster.tenures, phrase.modifiers
    if "deputy" in kinds:
        answers = [tenures.on(country, f"{word} {phrase.office}", on) for word in sorted(tenures.book.modifiers["deputy"])]
        return next((answer for answer in answers if answer.how == DATED), Answer(UNKNOWN, (), "the tables have no such deputy"))
    if "candidate" in kinds:
        rows = [row for row in tenures.rows(country, "candidate") if row.valid(on) and row.known(on)]
        return _listed(rows, "the tables have no candidate of that day")
    rows = tenures.rows(country, phrase.office)
    if "former" in kinds or "late" in kinds:
        return _former([row for row in rows if not tenures.book.is_acting(row.role)] or rows, on)
    if "elect" in kinds:
        return _elect(rows, on)
    if "other_time" in kinds:
        return Answer(UNKNOWN, (), "the words mean the holder of another day: ask for that day")
    answer = tenures.on(country, phrase.office, on)
    if "acting" in kinds and answer.how == DATED and not tenures.book.is_acting(answer.holders[0].role):
        return Answer(UNKNOWN, (), f"nobody acts: {answer.holders[0].name} holds the office")
    return answer


def _listed(rows: Sequence[Entry], otherwise: str) -> Answer:
    names = {row.name: row for row in rows}
    return Answer(DATED if len(names) == 1 else SEVERAL if names else UNKNOWN, tuple(names.values()), "" if names else otherwise)


def _former(rows: Sequence[Entry], on: str) -> Answer:
    """Those who held the office and hold it no more, the latest first."""
    now = {row.name for row in rows if row.valid(on)}
    past = {row.name: row for row in rows if row.until and on[: len(row.until)] >= row.until and row.name not in now}
    latest = sorted(past.values(), key=lambda row: row.until or "", reverse=True)
    found = tuple(replace(row, sector=_OUT_OF_OFFICE) for row in latest)
    if not found:
        return Answer(UNKNOWN, (), "the tables have no former holder of that day")
    return Answer(DATED if len(found) == 1 else SEVERAL, found, "" if len(found) == 1 else "all of them are former holders, the latest first")


def _elect(rows: Sequence[Entry], on: str) -> Answer:
    """The one who takes the office next, within a year."""
    horizon = (date.fromisoformat(on) + timedelta(_ELECT_DAYS)).isoformat()
    later = [row for row in rows if row.since and on < row.since <= horizon]
    if not later:
        return Answer(UNKNOWN, (), "the tables have nobody who takes the office within a year")
    first = min(later, key=lambda row: row.since or "")
    if any(row.valid(on) and fold(row.name) == fold(first.name) for row in rows):
        return Answer(UNKNOWN, (), "the holder follows himself")
    return Answer(DATED, (replace(first, sector=_OUT_OF_OFFICE),))
