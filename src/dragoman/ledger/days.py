"""The days that an ISO 8601 or TIMEX3 date covers."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_FORM = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?P<weekend>-WE)?|Q(?P<quarter>[1-4])|H(?P<half>[12])))?(?:T.*)?")
_DECADE = re.compile(r"(\d{2,3})X{0,2}")
Bounds = tuple[date | None, date | None]
UNKNOWN: Bounds = (None, None)


def bounds(value: str | None) -> Bounds:
    """First and last day of a date; both None where the value is no date or a vague one (a season, `PAST_REF`).

    Args:
        value: a day, month, year, ISO week, quarter, half-year, decade or century, with or without a time, or an interval `A/B` of
            such; an open end is None.
    """
    if not value:
        return UNKNOWN
    first, slash, last = value.partition("/")
    if not slash:
        return _single(value)
    since, until = _single(first)[0], _single(last)[1]
    return UNKNOWN if since and until and since > until else (since, until)


def _single(value: str) -> Bounds:
    try:
        if match := _FORM.fullmatch(value):
            return _covered(match)
        if (match := _DECADE.fullmatch(value)) and len(value) <= 4:
            digits = match[1]
            return date(int(digits.ljust(4, "0")), 1, 1), date(int(digits.ljust(4, "9")), 12, 31)
    except ValueError:
        pass
    return UNKNOWN


def _covered(match: re.Match[str]) -> Bounds:
    year = int(match["year"])
    if match["week"]:
        monday = date.fromisocalendar(year, int(match["week"]), 1)
        return (monday + timedelta(days=5) if match["weekend"] else monday), monday + timedelta(days=6)
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return day, day
    first, last = _months(match)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _months(match: re.Match[str]) -> tuple[int, int]:
    if match["month"]:
        return int(match["month"]), int(match["month"])
    if match["quarter"]:
        return int(match["quarter"]) * 3 - 2, int(match["quarter"]) * 3
    if match["half"]:
        return int(match["half"]) * 6 - 5, int(match["half"]) * 6
    return 1, 12
