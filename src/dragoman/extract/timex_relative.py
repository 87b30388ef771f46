"""Readings of what counts from the publication day ("last week", "two days ago") or from the last date in the text ("the following day")."""

from __future__ import annotations

from dragoman.extract.calendar import Point, shift, widen
from dragoman.extract.timex_rules import Hit
from dragoman.extract.timex_scene import FUTURE, Found, Scene, dated, direction

_STEP = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1, "this": 0, "current": 0, "same": 0, "that": 0, "latest": 0}
_FROM_TEXT = ("following", "previous", "that", "same")
_PLAIN_UNITS = ("D", "W", "WE", "M", "Q", "Y", "DE", "CE")


def deictic_day(hit: Hit, scene: Scene) -> Found | None:
    """Such as "yesterday", "tomorrow"; in a history "today" means nowadays."""
    if scene.history and hit.value("deictic") == 0:
        return Found("DATE", "PRESENT_REF")
    return dated("DATE", shift(scene.published, int(hit.value("deictic")), "D") if scene.published else None)


def tonight(hit: Hit, scene: Scene) -> Found | None:
    """Such as "tonight", "last night", "overnight"."""
    return dated("TIME", shift(scene.published, int(hit.value("tonight")), "D") if scene.published else None, tail="TNI")


def relative_part(hit: Hit, scene: Scene) -> Found | None:
    """Such as "this morning", "that night", "the next morning"."""
    kind = hit.kind("rel")
    base = scene.published if kind == "this" else (scene.anchor_day or scene.published)
    step = {"next": 1, "following": 1, "previous": -1}.get(kind, 0)
    return dated("TIME", shift(base, step, "D") if base and base.unit == "D" else None, tail=f"T{hit.value('part')}")


def _weekday(day: Point, weekday: int, step: int) -> Point:
    """The weekday in the week of a day, a number of weeks on."""
    return Point("D", (day.index - 1) // 7 * 7 + weekday + 7 * step)


def weekday(hit: Hit, scene: Scene) -> Found | None:
    """Such as "on Friday": the nearest, moved by tense; in a history after the last date."""
    base = scene.anchor_day if scene.history and scene.anchor_day else scene.published
    if base is None:
        return Found("DATE", None)
    number = int(hit.value("weekday"))
    ahead = (number - (base.index - 1) % 7 - 1) % 7
    if direction(scene, hit) == FUTURE:
        return dated("DATE", Point("D", base.index + ahead))
    return dated("DATE", Point("D", base.index + (ahead - 7 if ahead else 0)))


def local_weekday(hit: Hit, scene: Scene) -> Found | None:
    """Such as "on Friday morning local time": where it is tomorrow already, that may be told as past."""
    day = scene.published
    number = int(hit.value("weekday"))
    if day is not None and not scene.history and (number - (day.index - 1) % 7 - 1) % 7 == 1:
        return dated("DATE", Point("D", day.index + 1))
    return weekday(hit, scene)


def relative_weekday(hit: Hit, scene: Scene) -> Found | None:
    """Such as "last Friday", "next Tuesday", "this Sunday", "that Monday"."""
    kind, number = hit.kind("rel"), int(hit.value("weekday"))
    base = (scene.anchor_day or scene.published) if kind in _FROM_TEXT or scene.history else scene.published
    if base is None:
        return Found("DATE", None)
    ahead = (number - (base.index - 1) % 7 - 1) % 7
    if kind in ("last", "past", "previous"):
        return dated("DATE", Point("D", base.index + ahead - 7))
    if kind in ("next", "coming", "following"):
        return dated("DATE", Point("D", base.index + (ahead or 7)))
    return dated("DATE", Point("D", base.index + ahead) if direction(scene, hit) == FUTURE else Point("D", base.index + (ahead - 7 if ahead else 0)))


def weekday_of_week(hit: Hit, scene: Scene) -> Found | None:
    """Such as "Tuesday last week", "Monday of next week", "Monday of the following week"."""
    if hit.value("unit") != "W" or scene.published is None or hit.kind("rel") not in _STEP:
        return None
    base = (scene.anchor_day or scene.published) if hit.kind("rel") in _FROM_TEXT else scene.published
    return dated("DATE", _weekday(base, int(hit.value("weekday")), _STEP[hit.kind("rel")]))


def part_of_week(hit: Hit, scene: Scene) -> Found | None:
    """Such as "Wednesday evening next week"."""
    found = weekday_of_week(hit, scene)
    return Found("TIME", f"{found.value}T{hit.value('part')}" if found.value else None) if found else None


def relative_unit(hit: Hit, scene: Scene) -> Found | None:
    """Such as "last year", "this week", "the same day", "the following month", "the next day"; "the past year" is a duration."""
    kind, unit = hit.kind("rel"), str(hit.value("unit"))
    if unit not in _PLAIN_UNITS:
        return _short_relative(hit, scene, kind, unit)
    if (kind == "past" and hit["the"]) or (kind in ("last", "next", "coming") and unit in ("DE", "CE") and hit["the"]):
        return Found("DURATION", f"P1{unit}")
    textual = kind in _FROM_TEXT or (kind == "next" and hit["the"] is not None and unit == "D")
    base = scene.last if textual or scene.history else scene.published
    if base is None or (textual and kind in ("that", "same") and scene.anchor is None and unit == "D"):
        return Found("DATE", None)
    here = (scene.anchor_day or base) if unit == "D" and textual else base
    if here.unit != unit and here.width > widen_width(unit):
        return Found("DATE", None)
    return dated("DATE", shift(widen(here, unit), _STEP[kind], unit))


def widen_width(unit: str) -> int:
    """How wide a unit is."""
    return Point(unit, 0).width


def _short_relative(hit: Hit, scene: Scene, kind: str, unit: str) -> Found | None:
    """Such as "the past hour", "this minute": hours and below are durations, nights are times."""
    if unit == "NI":
        base = scene.published if kind in ("last", "this") else (scene.anchor_day or scene.published)
        return dated("TIME", shift(base, _STEP[kind], "D") if base else None, tail="TNI")
    return Found("DURATION", f"PT1{unit[1:]}") if unit.startswith("T") and kind in ("past", "last", "next") else None


def unit_before_last(hit: Hit, scene: Scene) -> Found | None:
    """Such as "the week before last", "the year after next"."""
    unit = str(hit.value("unit"))
    if unit not in _PLAIN_UNITS or scene.published is None:
        return None
    return dated("DATE", shift(widen(scene.published, unit), -2 if hit.kind("way") == "before" else 2, unit))


def day_after(hit: Hit, scene: Scene) -> Found | None:
    """Such as "the day before", "the year after": from the last date in the text."""
    unit = str(hit.value("unit"))
    if unit not in _PLAIN_UNITS:
        return None
    base = scene.anchor_day if unit == "D" else scene.last
    if base is None or base.width > widen_width(unit):
        return Found("DATE", None)
    return dated("DATE", shift(widen(base, unit), 1 if hit.kind("way") in ("after", "later") else -1, unit))


def the_unit(hit: Hit, scene: Scene) -> Found | None:
    """Such as "the weekend", "the quarter"; other bare units mostly mean something else."""
    unit = str(hit.value("unit"))
    base = scene.last if scene.history else scene.published
    if unit == "WE":
        return dated("DATE", _weekend(hit, scene) if base else None)
    if unit == "Q" and base:
        if scene.anchor and scene.anchor.unit == "Q":
            return dated("DATE", scene.anchor)
        return dated("DATE", shift(widen(base, "Q"), 0 if direction(scene, hit) == FUTURE else -1, "Q"))
    before = hit.near(-1)
    if unit in ("Y", "M", "W") and before is not None and before.of("of") and (edge := hit.near(-2)) is not None and edge.of("edge"):
        return dated("DATE", widen(base, unit) if base and base.width <= widen_width(unit) else None)
    after = hit.near(1)
    if unit == "Y" and after is not None and after.low in ("ended", "ending"):
        return Found("DURATION", "P1Y")
    if unit == "Y" and base and (hit["fiscal"] or hit["all"] or (before is not None and before.low in ("for", "of"))):
        return dated("DATE", widen(base, "Y") if base.width <= widen_width("Y") else None)
    return None


def _weekend(hit: Hit, scene: Scene) -> Point | None:
    base = scene.published
    if base is None:
        return None
    back = direction(scene, hit) != FUTURE and (base.index - 1) % 7 < 5
    return Point("WE", (base.index - 1) // 7 - back)


def early_in_unit(hit: Hit, scene: Scene) -> Found | None:
    """Such as "later in the year", "earlier in the week"."""
    unit = str(hit.value("unit"))
    base = scene.last if scene.history or hit["that"] else scene.published
    if unit not in _PLAIN_UNITS:
        return None
    return dated("DATE", widen(base, unit) if base and base.width <= widen_width(unit) else None, str(hit.value("early")))


def year_end(hit: Hit, scene: Scene) -> Found | None:
    """Such as "year-end", "the month's end"."""
    if hit.value("yearend") == "END":
        return dated("DATE", widen(scene.published, "M") if scene.published else None, "END")
    return dated("DATE", widen(scene.base, "Y") if scene.base and scene.base.width < 6 else None, "END")


def counted(base: Point | None, count: float, unit: str, fine: str | None = None) -> tuple[str, Point | None]:
    """A base moved by a number of units: the type and the point, as wide as the unit ("three weeks ago" is a week)."""
    kind = "TIME" if unit.startswith("T") or unit == "NI" else "DATE"
    step, size = {"2W": (2, "W"), "6M": (6, "M"), "3M": (3, "M"), "WE": (1, "W"), "NI": (1, "D"), "10CE": (10, "CE")}.get(unit, (1, unit))
    amount = count * step
    if base is None or size.startswith("T"):
        return kind, None
    if amount != int(amount):
        smaller = {"Y": ("M", 12), "DE": ("Y", 10), "CE": ("Y", 100), "M": ("D", 30), "W": ("D", 7)}.get(size)
        if smaller is None:
            return kind, None
        size, amount = smaller[0], round(amount * smaller[1])
    wide = "Y" if size in ("DE", "CE") else size
    amount = amount * {"DE": 10, "CE": 100}.get(size, 1)
    if base.width > widen_width(wide):
        return kind, None
    return kind, shift(widen(base, fine or wide), int(amount), wide) if abs(amount) < 5000 else None


def ago(hit: Hit, scene: Scene) -> Found | None:
    """Such as "two days ago", "a year ago", "year-ago": from the publication day."""
    number = hit.value("n") if hit["n"] else 1
    unit = str(hit.value("unit"))
    if hit.kind("n") == "vague" or (hit.kind("ago") == "ago" and hit.items[hit.match.start("ago")].low == "back" and hit["n"] is None):
        return Found("DATE", "PAST_REF")
    if unit == "Y" and float(number) == 1 and scene.period:
        return dated("DATE", shift(scene.period, -1, "Y"))
    kind, point = counted(scene.published, -float(number), unit)
    return dated(kind, point, tail="TNI" if kind == "TIME" else "")


def parts_off(hit: Hit, scene: Scene) -> Found | None:
    """Such as "2 years and 3 months ago", "1 month and 21 days from now": to the day, or as wide as the smallest unit."""
    steps = [(float(hit.value(n)), str(hit.value(u))) for n, u in (("n", "unit"), ("n2", "unit2"), ("n3", "unit3")) if hit[n]]
    if scene.published is None or any(unit not in _PLAIN_UNITS or count != int(count) for count, unit in steps):
        return Found("DATE", None)
    point: Point | None = scene.published
    for count, unit in steps:
        point = shift(point, int(count) * (-1 if hit.kind("way") in ("ago", "earlier") else 1), unit) if point else None
    smallest = min((unit for _, unit in steps), key=widen_width)
    return dated("DATE", widen(point, smallest) if point else None)


def from_deictic(hit: Hit, scene: Scene) -> Found | None:
    """Such as "two days before yesterday", "three weeks from tomorrow"."""
    unit, number = str(hit.value("unit")), hit.value("n")
    if scene.published is None or unit not in _PLAIN_UNITS or not isinstance(number, (int, float)) or number != int(number):
        return None
    base = shift(scene.published, int(hit.value("deictic")), "D")
    return dated("DATE", shift(base, int(number) * (-1 if hit.kind("way") == "before" else 1), unit) if base else None)


def edge_of_unit(hit: Hit, scene: Scene) -> Found | None:
    """Such as "by end of year", "end of month"."""
    unit = str(hit.value("unit"))
    base = scene.last if scene.history else scene.published
    if unit not in ("Y", "M", "W", "Q"):
        return None
    return dated("DATE", widen(base, unit) if base and base.width <= widen_width(unit) else None, str(hit.value("edge")))


def vague_ago(hit: Hit, scene: Scene) -> Found | None:
    """Such as "years ago"."""
    return Found("DATE", "PAST_REF")


def later(hit: Hit, scene: Scene) -> Found | None:
    """Such as "two days later", "a year earlier", "Over a year on": from the last date in the text."""
    way, unit = hit.kind("way"), str(hit.value("unit"))
    text = hit.items[hit.stop - 1].low
    if hit["n"] is None or hit.kind("n") == "vague":
        return Found("DATE", "PAST_REF" if way in ("earlier", "before") else "FUTURE_REF") if way in ("later", "earlier") and text != "on" else None
    if unit.startswith("T"):
        return _duration_of(hit, unit)
    if text == "on":
        after = hit.near(1)
        return _duration_of(hit, unit) if after is None or after.low in (",", "from", "and", "since", "after", ".") else None
    if way in ("after", "before") and not _ends_clause(hit):
        return None
    base = scene.anchor_day if unit == "D" and scene.anchor_day else scene.last
    if unit == "Y" and way == "earlier" and hit.kind("n") in ("a", "the") and scene.period and scene.anchor and scene.anchor.unit == "Q":
        return dated("DATE", shift(scene.period, -1, "Y"))
    count = float(hit.value("n") if isinstance(hit.value("n"), (int, float)) else 1) * (1 if way in ("later", "after") else -1)
    kind, point = counted(base, count, unit, _same_width(base, unit))
    return dated(kind, point, tail="TNI" if kind == "TIME" else "")


def _same_width(base: Point | None, unit: str) -> str | None:
    """A year before a quarter or a month is a quarter or a month."""
    return base.unit if base and unit == "Y" and base.unit in ("Q", "M", "S") else None


def _ends_clause(hit: Hit) -> bool:
    after = hit.near(1)
    return after is None or after.low in (".", ",", ";", ")", "")


def _duration_of(hit: Hit, unit: str) -> Found:
    number = hit.value("n")
    shown = f"{number:g}" if isinstance(number, (int, float)) else "1"
    return Found("DURATION", f"PT{shown}{unit[1:]}" if unit.startswith("T") else f"P{shown}{unit}")


def hence(hit: Hit, scene: Scene) -> Found | None:
    """Such as "three weeks from now"."""
    if hit.kind("n") == "vague":
        return Found("DATE", "FUTURE_REF")
    kind, point = counted(scene.published, float(hit.value("n")), str(hit.value("unit")))
    return dated(kind, point, tail="TNI" if kind == "TIME" else "")


def in_units(hit: Hit, scene: Scene) -> Found | None:
    """Such as "in three weeks" with a verb that looks ahead is a date; else it is a duration and left to that rule."""
    if hit["x"] or hit["y"] or hit.kind("n") == "vague" or (direction(scene, hit) != FUTURE and (hit["time"] is None or scene.history)) or hit["mod"]:
        return None
    kind, point = counted(scene.published, float(hit.value("n")), str(hit.value("unit")))
    return dated(kind, point) if kind == "DATE" else None
