"""Calendar arithmetic on TIMEX3 values: a value as a numbered unit of time, moved, widened, bounded by days, spelled again.

The spelling is that of TIMEX3 (TimeML 1.2.1): `2025`, `2025-07`, `2025-07-28`, `2025-W31`, `2025-Q3`, `2025-H1`, `2025-SU`, `202` (a
decade), `20` (a century). Weeks are ISO 8601 weeks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

SEASONS = ("SP", "SU", "FA", "WI")
# Months before the unit's own year begins that a season starts: spring in March, winter in December.
_SEASON_MONTH = 3
_MONTHS = {"M": 1, "Q": 3, "H": 6, "Y": 12, "DE": 120, "CE": 1200}
_WIDTH = {"D": 0, "W": 1, "WE": 1, "M": 2, "S": 3, "Q": 3, "H": 4, "Y": 5, "DE": 6, "CE": 7}
_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:W(?P<week>\d\d)(?P<weekend>-WE)?|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?(?:T.*)?"
    r"|(?P<decade>\d{3})|(?P<century>\d\d)"
)


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """One unit of the calendar: `unit` is D, W, WE, M, S, Q, H, Y, DE or CE, `index` counts such units."""

    unit: str
    index: int

    @property
    def width(self) -> int:
        """Greater for wider units."""
        return _WIDTH[self.unit]


def parse(value: str | None) -> Point | None:
    """The unit of the calendar that a value names; None for durations, sets, references and impossible dates. Clock times are dropped."""
    match = _VALUE.fullmatch(value or "")
    if not match:
        return None
    if match["century"] or match["decade"]:
        return Point("CE", int(match["century"])) if match["century"] else Point("DE", int(match["decade"]))
    year = int(match["year"])
    if not MINYEAR < year < MAXYEAR:
        return None
    return _within(year, {name: text for name, text in match.groupdict().items() if text})


def _within(year: int, part: dict[str, str]) -> Point | None:
    if "week" in part:
        return _week(year, int(part["week"]), "WE" if "weekend" in part else "W")
    if "day" in part:
        return day_point(year, int(part["month"]), int(part["day"]))
    if "month" in part:
        return Point("M", year * 12 + int(part["month"]) - 1) if 1 <= int(part["month"]) <= 12 else None
    if "quarter" in part:
        return Point("Q", year * 4 + int(part["quarter"]) - 1)
    if "half" in part:
        return Point("H", year * 2 + int(part["half"]) - 1)
    if "season" in part:
        return Point("S", year * 4 + SEASONS.index(part["season"]))
    return Point("Y", year)


def _week(year: int, week: int, unit: str) -> Point | None:
    try:
        return Point(unit, date.fromisocalendar(year, week, 1).toordinal() // 7)
    except ValueError:
        return None


def day_point(year: int, month: int, day: int) -> Point | None:
    """The day, None if the calendar has none."""
    try:
        return Point("D", date(year, month, day).toordinal())
    except ValueError:
        return None


def spell(point: Point) -> str:
    """The TIMEX3 value of a unit."""
    unit, index = point.unit, point.index
    if unit == "D":
        return date.fromordinal(index).isoformat()
    if unit in ("W", "WE"):
        year, week, _ = date.fromordinal(index * 7 + 1).isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == "WE" else "")
    if unit == "S":
        return f"{index // 4:04}-{SEASONS[index % 4]}"
    if unit == "M":
        return f"{index // 12:04}-{index % 12 + 1:02}"
    if unit in ("Q", "H"):
        per = 4 if unit == "Q" else 2
        return f"{index // per:04}-{unit}{index % per + 1}"
    return f"{index:0{ {'Y': 4, 'DE': 3, 'CE': 2}[unit]}}"


def bounds(point: Point) -> tuple[date, date] | None:
    """First and last day of a unit; None beyond the calendar (years 1 to 9999)."""
    try:
        return _bounds(point)
    except (ValueError, OverflowError):
        return None


def _bounds(point: Point) -> tuple[date, date]:
    unit, index = point.unit, point.index
    if unit == "D":
        return date.fromordinal(index), date.fromordinal(index)
    if unit in ("W", "WE"):
        monday = date.fromordinal(index * 7 + 1)
        return monday + timedelta(days=5 * (unit == "WE")), monday + timedelta(days=6)
    if unit == "S":
        first = (index // 4) * 12 + _SEASON_MONTH - 1 + 3 * (index % 4)
        return _month_start(first), _month_start(first + 3) - timedelta(days=1)
    months = _MONTHS[unit]
    return _month_start(index * months), _month_start((index + 1) * months) - timedelta(days=1)


def _month_start(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def to_unit(day: date, unit: str) -> Point:
    """The unit that holds a day; a day of January or February is in the winter of the year before."""
    month = day.year * 12 + day.month - 1
    if unit == "D":
        return Point("D", day.toordinal())
    if unit in ("W", "WE"):
        return Point(unit, (day.toordinal() - 1) // 7)
    if unit == "S":
        shifted = month - (_SEASON_MONTH - 1)
        return Point("S", (shifted // 12) * 4 + shifted % 12 // 3)
    return Point(unit, month // _MONTHS[unit])


def widen(point: Point, unit: str) -> Point:
    """The unit that holds the first day of another (the same if it is as wide already)."""
    limits = bounds(point)
    return to_unit(limits[0], unit) if limits and point.unit != unit else point


def shift(point: Point, count: int, unit: str) -> Point | None:
    """A unit moved by a number of other units; it stays as wide as it is, a day past the end of a month becomes its last day."""
    if unit == point.unit or (unit == "WE" and point.unit == "W"):
        return Point(point.unit, point.index + count)
    if unit in ("D", "W") and point.unit in ("D", "W"):
        return Point("D", _first(point) + count * (7 if unit == "W" else 1)) if point.unit == "D" else None
    return _shift_months(point, count * _MONTHS[unit]) if unit in _MONTHS else None


def _first(point: Point) -> int:
    return point.index if point.unit == "D" else point.index * 7 + 1


def _shift_months(point: Point, months: int) -> Point | None:
    if point.unit == "D":
        day = date.fromordinal(point.index)
        total = day.year * 12 + day.month - 1 + months
        return next((p for back in range(4) if (p := day_point(total // 12, total % 12 + 1, day.day - back))), None) if total >= 12 else None
    size = 3 if point.unit == "S" else _MONTHS.get(point.unit, 0)
    if size:
        return Point(point.unit, point.index + months // size)
    limits = bounds(point)
    moved = _shift_months(Point("D", limits[0].toordinal()), months) if limits else None
    return widen(moved, point.unit) if moved else None


def interval(value: str) -> tuple[date, date] | None:
    """First and last day of a TIMEX3 value: `2025-07` -> 1 to 31 July 2025, `2025-07-28TMO` -> the day. None for what is no stretch of the calendar."""
    point = parse(value)
    return bounds(point) if point else None


def iso(value: str | None) -> str | None:
    """A TIMEX3 value as a date of the reading: YYYY, YYYY-MM, YYYY-MM-DD, else the bounds A/B of a week, quarter, season, decade; None if it names no date."""
    point = parse(value)
    limits = bounds(point) if point else None
    if point is None or limits is None:
        return None
    return spell(point) if point.unit in ("D", "M", "Y") else f"{limits[0].isoformat()}/{limits[1].isoformat()}"
