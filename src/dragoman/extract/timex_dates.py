"""Readings of calendar dates: with a year, or without one and then resolved by the scene."""

from __future__ import annotations

import re
from itertools import pairwise

from dragoman.extract.calendar import Point, bounds, day_point, parse, shift, widen
from dragoman.extract.timex_holidays import holiday_point
from dragoman.extract.timex_periods import nearest_part, whole_year
from dragoman.extract.timex_rules import Hit, Item
from dragoman.extract.timex_scene import Found, Scene, dated, nearest


def iso_date(hit: Hit, scene: Scene) -> Found | None:
    """Such as "2025-07-28", "2025-07-28T10:00"."""
    text = hit.items[hit.first].low.upper().replace(" ", "T")
    if parse(text[:10]) is None:
        return None
    clock = re.match(r"(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-4]):[0-5]\d)", text)
    return Found("TIME", f"{clock[1]}T{clock[2]}") if clock else Found("DATE", text[:10])


def slash_date(hit: Hit, scene: Scene) -> Found | None:
    """Such as "7/28/2025": month first, unless only the other order is possible; "28.7.2025" has the day first, "7/2025" no day. "9/11" is the day of 2001."""
    text = hit.items[hit.first].low
    parts = [int(part) for part in re.split("[/.-]", text)]
    if parts == [9, 11]:
        return Found("DATE", "2001-09-11")
    if len(parts) == 2:
        return dated("DATE", Point("M", parts[1] * 12 + parts[0] - 1))
    if "." in text and parts[0] <= 31:
        return dated("DATE", point) if (point := day_point(parts[2], parts[1], parts[0])) else None
    if parts[0] > 31:
        point = day_point(*parts)
    else:
        year = parts[2] if parts[2] > 99 else parts[2] + (2000 if parts[2] < 50 else 1900)
        point = day_point(year, parts[0], parts[1]) or day_point(year, parts[1], parts[0])
    return dated("DATE", point) if point else None


def _era(hit: Hit, year: int) -> str | None:
    """The value of a year before Christ, None for all others."""
    return f"BC{year:04}" if hit.value("era") == "BC" else None


def month_day(hit: Hit, scene: Scene) -> Found | None:
    """Such as "July 28, 2025", "28 July"; the weekday before it is only dress."""
    month, day = int(hit.value("month")), int(hit.value("day"))
    before = hit.near(-1)
    if not 1 <= day <= 31 or (before is not None and before.low in scene.words["currency_signs"]):
        return None
    year = hit.value("year") or hit.value("far")
    if year is not None:
        old = _era(hit, int(year))
        point = day_point(int(year), month, day)
        return Found("DATE", f"{old}-{month:02}-{day:02}") if old else dated("DATE", point) if point else None
    if day_point(2024, month, day) is None:
        return None
    if scene.published is None and not scene.history:
        return Found("DATE", None)
    return dated("DATE", _relative_day(hit, scene, month, day) or scene.pick(hit, lambda y: day_point(y, month, day)))


def joined(hit: Hit, scene: Scene) -> Found | None:
    """Such as "28-Jul-2025", "Jul-28", "2025-Jul-28", "Jul-2025": only where nothing stands between."""
    pieces = hit.items[hit.first : hit.stop]
    if any(left.end != right.start for left, right in pairwise(pieces)):
        return None
    return month_day(hit, scene) if hit["day"] else month_year(hit, scene)


def day_of_month(hit: Hit, scene: Scene) -> Found | None:
    """Such as "on the 27th": the nearest, moved by tense; "the 15th day of next month", "the last day of May 2024"."""
    if hit["of_day"] and hit.value("of_day") != "D":
        return None
    day = int(hit.value("day")) if hit.kind("day") != "last" else 0
    if day == 0 and hit["of_day"] is None:
        return None
    if hit["month"]:
        year = hit.value("year")
        number = int(hit.value("month"))
        return dated("DATE", _nth_day(Point("M", int(year) * 12 + number - 1), day) if year else scene.pick(hit, lambda y: _nth_day(Point("M", y * 12 + number - 1), day)))
    here = widen(scene.published, "M") if scene.published else None
    if here is None:
        return Found("DATE", None)
    if hit.rule.id == "times.the-nth" and not (hit.items[hit.stop - 1].low[:1].isdigit() and _ends_phrase(hit)):
        return None
    if hit["rel"] or (hit["unit"] and hit.rule.id != "times.week-of-nth"):
        step = {"last": -1, "previous": -1, "next": 1}.get(hit.kind("rel"), 0)
        return dated("DATE", _nth_day(Point("M", here.index + step), day)) if hit.value("unit") == "M" else None
    return dated("DATE", scene.near(hit, [p for step in (-1, 0, 1) if (p := _nth_day(Point("M", here.index + step), day))]))


def _ends_phrase(hit: Hit) -> bool:
    """Whether no noun follows an ordinal, so that it is a day: "on the 27th, ...", "on the 27th at 7 p.m."."""
    after = hit.near(1)
    return after is None or after.low in ("", ".", ",", ";", "?", "!") or after.of("to", "close", "at", "dash", "clock", "part")


def slash_day(hit: Hit, scene: Scene) -> Found | None:
    """Such as "on 4/22", "Thursday 29/03": month first unless only the other order is possible, and only where the words ask for a day."""
    month, day = int(hit.value("first")), int(hit.value("second"))
    pieces = hit.items[hit.stop - 3 : hit.stop]
    if any(left.end != right.start for left, right in pairwise(pieces)) or (month, day) in ((24, 7), (7, 24)) or not _asks_for_day(hit, scene):
        return None
    month, day = (day, month) if month > 12 else (month, day)
    if scene.published is None or day_point(2024, month, day) is None:
        return None
    return dated("DATE", scene.pick(hit, lambda y: day_point(y, month, day)))


def _asks_for_day(hit: Hit, scene: Scene) -> bool:
    """Whether "on", "until", a weekday, or another day written so stands before, or a clock time after."""
    before, after = hit.near(-1), hit.near(1)
    if hit["weekday"] or (after is not None and after.of("clock")) or (before is not None and before.low in scene.words["day_before"]):
        return True
    listed = before is not None and before.of("comma", "and", "to", "dash") and hit.first >= 4
    return listed and all(item.of(kind) for item, kind in zip(hit.items[hit.first - 4 : hit.first - 1], ("day", "stroke", "day"), strict=True))


def _nth_day(month: Point, day: int) -> Point | None:
    """A day of a month; 0 is its last."""
    limits = bounds(month)
    if limits is None:
        return None
    return Point("D", limits[1].toordinal()) if day == 0 else day_point(limits[0].year, limits[0].month, day)


def nth_unit(hit: Hit, scene: Scene) -> Found | None:
    """Such as "the second week of 2015", "the last month of next year", "the third quarter of this year"."""
    unit = str(hit.value("unit"))
    year = int(hit.value("year")) if hit["year"] else whole_year(hit, scene) if hit["whole"] else None
    limits = bounds(Point("Y", year)) if year else None
    if limits is None or unit not in ("W", "M"):
        return None
    first, last = (parse(f"{limits[0].year:04}-W01"), widen(Point("D", limits[1].toordinal() - 3), "W")) if unit == "W" else (widen(Point("Y", limits[0].year), "M"), None)
    if first is None:
        return None
    end = last or Point("M", first.index + 11)
    point = end if hit.kind("which") == "last" else Point(unit, first.index + int(hit.value("which")) - 1)
    return dated("DATE", point if point.index <= end.index else None)


def weekday_day(hit: Hit, scene: Scene) -> Found | None:
    """Such as "Wednesday the 31st": the nearest day that is both."""
    weekday, day = int(hit.value("weekday")), int(hit.value("day"))
    if hit["the"] is None and not hit.items[hit.stop - 1].low[:1].isdigit():
        return None
    here = widen(scene.published, "M") if scene.published else None
    if here is None:
        return Found("DATE", None)
    found = [p for step in range(-12, 13) if (p := _nth_day(Point("M", here.index + step), day)) and (p.index - 1) % 7 + 1 == weekday]
    return dated("DATE", scene.near(hit, found))


def _relative_day(hit: Hit, scene: Scene, month: int, day: int) -> Point | None:
    """Such as "last Oct. 23": the latest one before the publication, "next March 3" the first after it."""
    rel = hit["rel"]
    limits = bounds(scene.published) if rel and scene.published else None
    if rel is None or limits is None or hit.kind("rel") == "this":
        return None
    points = [p for y in range(limits[0].year - 1, limits[0].year + 2) if (p := day_point(y, month, day))]
    return nearest(points, limits[0], -1 if hit.kind("rel") == "last" else 1)


def month_year(hit: Hit, scene: Scene) -> Found | None:
    """Such as "June 2024", "June of 2024"."""
    year, month = int(hit.value("year")), int(hit.value("month"))
    old = _era(hit, year)
    return Found("DATE", f"{old}-{month:02}" if old else f"{year:04}-{month:02}")


def month_relative_year(hit: Hit, scene: Scene) -> Found | None:
    """Such as "June last year", "August of that year"."""
    if hit.value("unit") != "Y":
        return None
    kind = hit.kind("rel")
    base = scene.last if kind in ("that", "same", "previous", "following") else scene.published
    year = shift(widen(base, "Y"), {"last": -1, "previous": -1, "next": 1, "following": 1}.get(kind, 0), "Y") if base else None
    month = int(hit.value("month"))
    point = None if year is None else Point("M", year.index * 12 + month - 1)
    if point and hit["day"] and year:
        point = day_point(year.index, month, int(hit.value("day")))
    return dated("DATE", point)


def nth_weekday(hit: Hit, scene: Scene) -> Found | None:
    """Such as "the first Tuesday of November", "the last Sunday in May 2024", "the second Monday of next month"."""
    weekday, whole = int(hit.value("weekday")), None
    if hit["unit"]:
        here = widen(scene.published, "M") if scene.published and hit.value("unit") == "M" else None
        if here is None:
            return None
        whole = here.index + {"last": -1, "previous": -1, "next": 1}.get(hit.kind("rel"), 0)
    month = whole % 12 + 1 if whole is not None else int(hit.value("month"))
    which = "L" if hit.kind("which") == "last" else str(hit.value("which"))
    if which not in "12345L":
        return None
    code = f"{month:02}-{which}-{weekday}"
    if whole is not None:
        return dated("DATE", holiday_point(code, whole // 12))
    if hit["year"]:
        return dated("DATE", holiday_point(code, int(hit.value("year"))))
    return dated("DATE", scene.pick(hit, lambda y: holiday_point(code, y)))


def week_of(hit: Hit, scene: Scene) -> Found | None:
    """Such as "the week of March 6"."""
    found = month_day(hit, scene) if hit.value("unit") == "W" else None
    point = parse(found.value) if found else None
    return dated("DATE", widen(point, "W")) if point else None


def week_of_nth(hit: Hit, scene: Scene) -> Found | None:
    """Such as "the week of the 18th"."""
    found = day_of_month(hit, scene) if hit.value("unit") == "W" else None
    point = parse(found.value) if found else None
    return dated("DATE", widen(point, "W") if point else None) if found else None


def week_number(hit: Hit, scene: Scene) -> Found | None:
    """Such as "week 3 of 2027", "week 27 of last year"."""
    year = int(hit.value("year")) if hit["year"] else whole_year(hit, scene)
    return dated("DATE", parse(f"{year:04}-W{int(hit.value('number')):02}")) if year and hit.value("unit") == "W" else None


def relative_month(hit: Hit, scene: Scene) -> Found | None:
    """Such as "last October", "next March", "this May"."""
    kind = hit.kind("rel")
    base = scene.last if kind in ("following", "previous") else scene.base
    month = int(hit.value("month"))
    limits = bounds(widen(base, "M")) if base else None
    if limits is None:
        return Found("DATE", None)
    here = limits[0].year * 12 + limits[0].month - 1
    if kind == "this":
        return dated("DATE", Point("M", limits[0].year * 12 + month - 1))
    if kind in ("next", "coming", "following"):
        return dated("DATE", Point("M", here + ((month - 1 - here) % 12 or 12)))
    return dated("DATE", Point("M", here - ((here - month + 1) % 12 or 12)))


def bare_month(hit: Hit, scene: Scene) -> Found | None:
    """Such as "in July": the nearest, moved by tense."""
    month = int(hit.value("month"))
    if not _month_like(hit, scene):
        return None
    return dated("DATE", scene.pick(hit, lambda year: Point("M", year * 12 + month - 1)))


def _month_like(hit: Hit, scene: Scene) -> bool:
    """Whether "May", "March", "April", "Jan" is no verb and no part of a name."""
    if hit.items[hit.first].low not in scene.words["name_months"]:
        return True
    tokens = scene.notes.tokens(hit.start, hit.end)
    token = tokens[0] if len(tokens) else None
    if token is None or scene.notes.ent[token] in scene.words["name_labels"]:
        return False
    return scene.notes.tag[token] in ("NNP", "NN") or scene.notes.ent[token] == "DATE"


def year(hit: Hit, scene: Scene) -> Found | None:
    """Such as "2024", "fiscal 2024", "490 BC"; a number that counts something is none."""
    number = int(hit.value("year"))
    old = _era(hit, number)
    if old:
        return Found("DATE", old)
    if scene.history and scene.anchor and len(hit["year"].low if hit["year"] else "") == 2 and (limits := bounds(scene.anchor)):
        return Found("DATE", f"{limits[0].year // 100 * 100 + number % 100:04}")
    return Found("DATE", f"{number:04}") if hit["fiscal"] or _is_year(hit, scene, number) else None


def _is_year(hit: Hit, scene: Scene, number: int) -> bool:
    before = hit.near(-1)
    low, close = before.low if before else "", before is not None and before.end == hit.start
    if low in ("$", "£", "€", "¥", "no", "#") or (close and low in ".-–/:+'" and not _range(hit)) or _counted_after(hit, scene):
        return False
    counts = _counts_plural(hit, scene)
    if 1900 <= number <= 2050:
        return not counts or number % 50 != 0 or low in scene.words["year_before"]
    after = hit.near(1)
    span = after is not None and after.of("dash") and (second := hit.near(2)) is not None and second.of("year") and int(second.value("year")) > number
    if number >= 1400 and (span or (low == "the" and number % 50 and _names_one(hit, scene))):
        return True
    listed = low in ("(", "and", "or", "–", "-") or (low == "," and after is not None and after.low in (")", ","))
    return not counts and number >= 1400 and (low in scene.words["year_before"] or listed)


def _counted_after(hit: Hit, scene: Scene) -> bool:
    """Whether what follows makes a number of it: a sign, a unit, letters that touch it."""
    after, second = hit.near(1), hit.near(2)
    if after is not None and second is not None and after.of("dash", "to") and second.of("number") and not (after.of("dash") and _ends_span(hit, second)):
        return True
    colon = after is not None and after.low == ":" and second is not None and second.low[:1].isdigit()
    return after is not None and (after.low in scene.words["after_numbers"] or (after.start == hit.end and (after.low[:1].isalpha() or colon or after.low == "/")))


def _ends_span(hit: Hit, second: Item) -> bool:
    """Whether two figures after the dash are the end of a span of years: "1950-53"."""
    first = hit.items[hit.first].low
    return len(second.low) == 2 and second.low.isdigit() and first.isdigit() and int(second.low) > int(first) % 100


def _counts_plural(hit: Hit, scene: Scene) -> bool:
    """Whether the number counts a plural noun after it."""
    tokens, notes, after = scene.notes.tokens(hit.start, hit.end), scene.notes, hit.near(1)
    if not len(tokens) or notes.dep[tokens[0]] != "nummod" or (after is not None and after.low == "-"):
        return False
    head = notes.head[tokens[0]]
    return head > tokens[0] and notes.tag[head] in ("NNS", "NNPS")


def _names_one(hit: Hit, scene: Scene) -> bool:
    """Whether the number stands before one thing that it dates: "the 1777 campaign"."""
    tokens, notes = scene.notes.tokens(hit.start, hit.end), scene.notes
    after = hit.near(1)
    if not len(tokens) or after is None or after.of("unit", "units", "dash"):
        return False
    head = notes.head[tokens[-1]]
    return head > tokens[-1] and notes.tag[head] in ("NN", "NNP") and notes.dep[tokens[-1]] in ("nummod", "compound", "nmod", "amod")


def _range(hit: Hit) -> bool:
    """Whether a year stands before the dash before this one ("1914-1918", "mid-2020")."""
    other = hit.near(-2)
    return other is not None and (other.of("year", "month", "decade", "early", "day") or other.low in ("pre", "post"))


def year_era(hit: Hit, scene: Scene) -> Found | None:
    """Such as "490 BC", "AD 70"."""
    if hit["n"]:
        number = int(hit.value("n"))
        if number != hit.value("n") or not 0 < number < 10_000:
            return Found("DATE", None) if number > 0 else None
        return Found("DATE", f"BC{number:04}" if hit.value("era") == "BC" else f"{number:04}")
    return Found("DATE", f"{int(hit.value('n3')):04}") if hit.value("era2") == "AD" and 0 < hit.value("n3") < 10_000 else None


def short_year(hit: Hit, scene: Scene) -> Found | None:
    """The end of "1914-18" and "2023-24"."""
    first, item = int(hit.value("first")), hit["short"]
    if item is None or len(item.low) != 2 or not item.low.isdigit() or int(item.low) <= first % 100 or hit.near(-1) is None or not 1000 < first < 2060:
        return None
    touching = hit.items[hit.first - 1].end == item.start
    return Found("DATE", f"{first // 100}{item.low}") if touching else None


def decade(hit: Hit, scene: Scene) -> Found | None:
    """Such as "the 1990s", "the '80s"."""
    figures = "".join(c for c in str(hit.value("decade")) if c.isdigit())
    if len(figures) == 3:
        return Found("DATE", f"{'BC' if hit.value('era') == 'BC' else ''}0{figures[:2]}") if hit["era"] else None
    if len(figures) == 2:
        if hit["the"] is None:
            return None
        figures = ("19" if int(figures) > 20 else "20") + figures
    return Found("DATE", ("BC" if hit.value("era") == "BC" else "") + figures[:3])


def spelled_year(hit: Hit, scene: Scene) -> Found | None:
    """Such as "nineteen ninety-six", as transcripts of broadcasts write it."""
    return Found("DATE", f"{int(hit.value('year')):04}")


def named_year(hit: Hit, scene: Scene) -> Found | None:
    """Such as "the year two thousand"."""
    number = hit.value("n")
    spelled = hit.items[hit.stop - 1].low.isalpha()
    return Found("DATE", f"{int(number):04}") if hit.value("unit") == "Y" and spelled and number == int(number) and 1000 <= number <= 2100 else None


def decade_word(hit: Hit, scene: Scene) -> Found | None:
    """Such as "the nineties"."""
    return Found("DATE", str(hit.value("decadeword")))


def century(hit: Hit, scene: Scene) -> Found | None:
    """Such as "the 20th century" -> 19."""
    if hit.value("unit") != "CE" or not 0 < int(hit.value("ordinal")) < 40:
        return None
    return Found("DATE", f"{'BC' if hit.value('era') == 'BC' else ''}{int(hit.value('ordinal')) - 1:02}")


def half_year(hit: Hit, scene: Scene) -> Found | None:
    """Such as "the first half of 2024", "the second half of the year"; of a decade it is a modifier."""
    which = hit["which"]
    number = 2 if which is None or hit.kind("which") == "last" else int(hit.value("which"))
    if number not in (1, 2):
        return None
    if hit["decade"]:
        found = decade(hit, scene)
        return found._replace(mod="START" if number == 1 else "END") if found else None
    if hit["year"]:
        return dated("DATE", Point("H", int(hit.value("year")) * 2 + number - 1))
    if hit["whole"]:
        whole = whole_year(hit, scene)
        return dated("DATE", Point("H", whole * 2 + number - 1)) if whole else None
    return dated("DATE", nearest_part(scene, lambda y: Point("H", y * 2 + number - 1))) if hit["the"] and _alone(hit) else None


def _alone(hit: Hit) -> bool:
    after = hit.near(1)
    return after is None or after.low not in ("of", "-", "hour", "day", "century")


def season(hit: Hit, scene: Scene) -> Found | None:
    """Such as "the summer of 2024"."""
    number, old = int(hit.value("year")), _era(hit, int(hit.value("year")))
    return Found("DATE", f"{old or f'{number:04}'}-{hit.value('season')}")


def year_month(hit: Hit, scene: Scene) -> Found | None:
    """Such as "2016-11", which can be no span of years."""
    item = hit["short"] or hit["short2"]
    pieces = hit.items[hit.first : hit.stop]
    if item is None or len(item.low) != 2 or (pieces[1].low != "/" and any(left.end != right.start for left, right in pairwise(pieces))):
        return None
    year, month = int(hit.value("year") or hit.value("year2")), int(item.low)
    return Found("DATE", f"{year:04}-{month:02}") if 1 <= month <= min(12, year % 100) and 1900 <= year <= 2050 else None
