"""Readings of quarters, seasons and the period that a report is about: of a year that is named, or the one that fits."""

from __future__ import annotations

import re
from collections.abc import Callable

from dragoman.extract.calendar import Point, bounds, parse, shift, widen
from dragoman.extract.timex_rules import Hit
from dragoman.extract.timex_scene import Found, Scene, dated, nearest


def period(hit: Hit, scene: Scene) -> Found | None:
    """Such as "the 1988 period": the quarter under report in that year."""
    year = int(hit.value("year"))
    if not 1900 <= year <= 2050 or hit.items[hit.stop - 1].low not in ("period", "quarter"):
        return None
    if scene.period is None:
        return Found("DATE", f"{year:04}")
    return dated("DATE", Point("Q", year * 4 + scene.period.index % 4))


def latest_period(hit: Hit, scene: Scene) -> Found | None:
    """Such as "the latest period", "the latest quarter": the quarter under report, else the last that has ended."""
    if hit.items[hit.stop - 1].low not in ("period", "quarter"):
        return None
    if scene.period or scene.published is None:
        return dated("DATE", scene.period)
    return dated("DATE", shift(widen(scene.published, "Q"), -1, "Q"))


def quarter(hit: Hit, scene: Scene) -> Found | None:
    """Such as "the third quarter (of 2024)", "fourth-quarter"; without a year the nearest, moved by tense."""
    number = int(hit.value("ordinal"))
    if hit.value("unit") != "Q" or not 1 <= number <= 4:
        return None
    lead = hit.value("year") or hit.value("lead")
    if lead:
        return dated("DATE", Point("Q", int(lead) * 4 + number - 1))
    if hit["whole"]:
        whole = whole_year(hit, scene)
        return dated("DATE", Point("Q", whole * 4 + number - 1) if whole else None)
    return dated("DATE", nearest_part(scene, lambda y: Point("Q", y * 4 + number - 1)))


def nearest_part(scene: Scene, make: Callable[[int], Point]) -> Point | None:
    """Quarters and halves are spoken of when they begin and end: the nearest, whatever the tense."""
    base = scene.base
    limits = bounds(base) if base else None
    if limits is None:
        return None
    points = [make(year) for year in range(limits[0].year - 1, limits[0].year + 2)]
    return nearest(points, limits[0], 0)


def whole_year(hit: Hit, scene: Scene) -> int | None:
    """The year in "the third quarter of this year"."""
    if hit.value("whole") != "Y" or scene.published is None:
        return None
    rel = hit.kind("rel")
    return widen(scene.published, "Y").index + {"last": -1, "next": 1}.get(rel, 0)


def quarter_code(hit: Hit, scene: Scene) -> Found | None:
    """Such as "Q3 2024", "H1", "FY2024"."""
    match = re.fullmatch(r"(q|h|fy)(\d{1,4})", hit.value("code"))
    if not match or (match[1] == "q" and not 1 <= int(match[2]) <= 4) or (match[1] == "h" and match[2] not in ("1", "2")):
        return None
    number = int(match[2])
    if match[1] == "fy":
        return Found("DATE", f"{number if number > 99 else 2000 + number:04}")
    unit, per = ("Q", 4) if match[1] == "q" else ("H", 2)
    if hit["year"]:
        return dated("DATE", Point(unit, int(hit.value("year")) * per + number - 1))
    return dated("DATE", nearest_part(scene, lambda y: Point(unit, y * per + number - 1)))


def relative_season(hit: Hit, scene: Scene) -> Found | None:
    """Such as "last summer", "this fall", "the winter", "that spring"."""
    name, base = hit.value("season"), scene.base
    kind = hit.kind("rel") or ("the" if hit["the"] else "")
    if kind in ("that", "same", "following") and scene.anchor:
        base = scene.anchor
    here = widen(base, "S") if base else None
    if here is None:
        return Found("DATE", None)
    if kind == "this":
        return dated("DATE", parse(f"{widen(base, 'Y').index if base else 0:04}-{name}"))
    gap = (("SP", "SU", "FA", "WI").index(name) - here.index) % 4
    if kind in ("last", "previous", "past"):
        return dated("DATE", Point("S", here.index + gap - 4))
    if kind in ("next", "coming", "following"):
        return dated("DATE", Point("S", here.index + (gap or 4)))
    if not kind and hit.items[hit.first].low in ("spring", "fall") and not _season_like(hit, scene):
        return None
    return dated("DATE", scene.pick(hit, lambda y: parse(f"{y:04}-{name}")))


def _season_like(hit: Hit, scene: Scene) -> bool:
    before = hit.near(-1)
    return before is not None and before.low in scene.words["season_before"]
