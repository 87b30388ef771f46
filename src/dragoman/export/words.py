"""Codes in plain words: event types, countries, dates and amounts as people say them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.codebook import BUILT_IN, read_tsv, read_yaml
from dragoman.extract.roster import COLUMNS

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = read_yaml(Path(__file__).parent / "words.yaml")
    return words


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Words that say nothing about what a sentence is about, in small letters."""
    return frozenset(_words()["common"].split())


def event_words(kind: str, mode: str | None) -> str:
    """What a type and mode mean; the code itself where nothing is known of it."""
    known = _words()["events"]
    return str(known.get(f"{kind}/{mode}") or known.get(kind) or kind)


def factuality_words(code: str) -> str:
    """What a factuality means."""
    return str(_words()["factuality"].get(code, code))


def sector_words(code: str | None) -> str:
    """What a sector code means."""
    return str(_words()["sectors"].get(code, code)) if code else ""


@lru_cache(maxsize=2)
def country_names(folder: Path = BUILT_IN) -> Mapping[str, str]:
    """Names of countries and international bodies by code, from the actor tables."""
    names: dict[str, str] = {}
    for file, kind in (("countries.tsv", "country"), ("organisations.tsv", "organisation")):
        for _, row in read_tsv(folder / "actors" / file, COLUMNS):
            if row["kind"] == kind and (kind == "country" or ":" in row["country"]):
                names.setdefault(row["country"], row["name"])
    return names


def country(code: str | None) -> str:
    """The name of a country or body, the part after the colon of one that no table names, or the code."""
    if not code:
        return ""
    return country_names().get(code) or code.partition(":")[2] or code


def spoken_date(value: str | None) -> str:
    """An ISO day, month, year or interval as people write it; anything else as it is."""
    if not value:
        return ""
    since, slash, until = value.partition("/")
    if slash:
        return f"{spoken_date(since) or '…'} to {spoken_date(until) or '…'}"
    day, _, hour = value.partition("T")
    parts = day.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3 or len(parts[0]) != 4:
        return value
    if len(parts) > 1 and not 1 <= int(parts[1]) <= 12:
        return value
    month = f"{_MONTHS[int(parts[1]) - 1]} " if len(parts) > 1 else ""
    number = f"{int(parts[2])} " if len(parts) > 2 else ""
    return f"{number}{month}{parts[0]}{f', {hour}' if hour else ''}"


def short_date(day: date, *, with_year: bool) -> str:
    """A day with its month in three letters."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]}{f' {day.year}' if with_year else ''}"


def amount(value: float | None, low: float | None, high: float | None, unit: str | None, *, approx: bool) -> str:
    """A quantity with its bounds and unit: `≥ 10,000 container`, `10 to 12 day`, `≈ 1 billion USD`."""
    if value is not None:
        said = f"{'≈ ' if approx else ''}{_number(value)}"
    elif low is not None and high is not None:
        said = f"{_number(low)} to {_number(high)}"
    elif low is not None or high is not None:
        said = f"≥ {_number(low)}" if low is not None else f"≤ {_number(high or 0)}"
    else:
        return unit or ""
    return said + ("%" if unit == "percent" else f" {unit}" if unit else "")


def _number(value: float) -> str:
    for size, name in _LARGE:
        if abs(value) >= size:
            return f"{_plain(value / size)} {name}"
    return _plain(value)


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.3f}".rstrip("0").rstrip(".")
