"""Readings of holidays: fixed days, the nth weekday of a month, what counts from Easter."""

from __future__ import annotations

from datetime import date, timedelta

from dragoman.extract.calendar import Point, bounds, day_point, parse
from dragoman.extract.timex_rules import Hit
from dragoman.extract.timex_scene import Found, Scene, dated, nearest


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm, Nature 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * (c // 4) - c % 4 - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def holiday_point(code: str, year: int) -> Point | None:
    """The day of a holiday: `12-25`, `11-4-4` (month, which, weekday), `05-L-1` (the last Monday of May), `easter+1`."""
    if not 1 < year < 9998:
        return None
    if code.startswith("easter"):
        return Point("D", easter(year).toordinal() + int(code[6:] or 0))
    code, _, later = code.partition("+")
    parts = code.split("-")
    if len(parts) == 2:
        return day_point(year, int(parts[0]), int(parts[1]))
    month, weekday = int(parts[0]), int(parts[2])
    if parts[1] == "L":
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return Point("D", last.toordinal() - (last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return Point("D", first.toordinal() + (weekday - first.isoweekday()) % 7 + 7 * (int(parts[1]) - 1) + int(later or 0))


def holiday_weekend(hit: Hit, scene: Scene) -> Found | None:
    """Such as "Labor Day weekend", "the weekend of Thanksgiving 2024"."""
    if "WE" not in (hit.value("unit"), hit.value("weekend")) or (hit["unit"] and hit["weekend"]):
        return None
    found = holiday(hit, scene)
    point = parse(found.value) if found else None
    return dated("DATE", Point("WE", (point.index - 1) // 7 - ((point.index - 1) % 7 < 2)) if point else None)


def holiday(hit: Hit, scene: Scene) -> Found | None:
    """Such as "Christmas", "last Easter", "Thanksgiving 2024"."""
    code = str(hit.value("holiday"))
    if hit["year"]:
        return dated("DATE", holiday_point(code, int(hit.value("year"))))
    limits = bounds(scene.published) if scene.published else None
    if hit.kind("rel") in ("last", "next") and limits:
        points = [p for y in range(limits[0].year - 1, limits[0].year + 2) if (p := holiday_point(code, y))]
        return dated("DATE", nearest(points, limits[0], -1 if hit.kind("rel") == "last" else 1))
    return dated("DATE", scene.pick(hit, lambda y: holiday_point(code, y)))
