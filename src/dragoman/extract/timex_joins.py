"""Neighbouring time expressions that are one: a date and a clock time, a part of the day and a clock time, a stretch counted from a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dragoman.extract.calendar import parse, shift
from dragoman.extract.timex_rules import Item
from dragoman.extract.timex_scene import Found, dated
from dragoman.extract.timex_spans import half_of_day

_CLOCK = re.compile(r"T(\d\d)(:\d\d(?::\d\d)?)")
_PART = re.compile(r"(.*)T(MO|AF|EV|NI)")
_STRETCH = re.compile(r"P(\d+)(D|W|M|Y)")
_LINKS = ("on", "comma", "of", "at", "approx")


@dataclass(frozen=True, slots=True)
class Draft:
    """A time expression over the items `[first, stop)` before it is made a record."""

    first: int
    stop: int
    found: Found
    rule: str


def joined(left: Draft, right: Draft, found: Sequence[Item]) -> Draft | None:
    """Two neighbours as one expression, None if they are two."""
    return _day_and_clock(left, right, found) or _part_and_clock(left, right, found) or _counted_from(left, right, found)


def ranged(drafts: Sequence[Draft]) -> list[Draft]:
    """The expressions with the start of "from 4 to 6pm on Friday" on the day of its end."""
    told = list(drafts)
    for at, (left, right) in enumerate(pairwise(drafts)):
        clock, day = _CLOCK.search(left.found.value or ""), (right.found.value or "").partition("T")[0]
        if left.rule == "times.hour-of-range" and right.found.type == "TIME" and right.first == left.stop + 1 and clock and day:
            told[at] = replace(left, found=left.found._replace(value=day + clock[0]))
    return told


def _day_and_clock(left: Draft, right: Draft, found: Sequence[Item]) -> Draft | None:
    """Such as "5 p.m. (on) Friday", "Friday at 5 p.m."."""
    between = found[left.stop : right.first]
    if {left.found.type, right.found.type} != {"TIME", "DATE"} or len(between) > 1 or not all(item.of("on", "comma", "of", "at") for item in between):
        return None
    time, day = (left, right) if left.found.type == "TIME" else (right, left)
    if (time is right) != all(item.of("at") for item in between) and between:
        return None
    value, point = day.found.value, parse(day.found.value)
    tail = (time.found.value or "T").partition("T")[2]
    if (point is None or point.unit != "D") and value is not None:
        return None
    return Draft(left.first, right.stop, Found("TIME", f"{value}T{tail}" if value and tail else None), day.rule)


def _part_and_clock(left: Draft, right: Draft, found: Sequence[Item]) -> Draft | None:
    """Such as "tonight at 8 p.m.", "9 a.m. this morning", "Sunday morning at 8:00": the clock time on the day of the part."""
    day, part, stop = _day_part(left, found)
    clock = right
    if part is None:
        day, part, _ = _day_part(right, found)
        clock, stop = left, left.stop
    time = _CLOCK.search(clock.found.value or "") if clock.found.type == "TIME" else None
    between = found[stop : right.first]
    if part is None or time is None or not day or len(between) > 2 or not all(item.of(*_LINKS) for item in between):
        return None
    hour, told = int(time[1]), any(item.of("ampm", "part", "hourword") for item in found[clock.first : clock.stop])
    hour = hour if told or not 0 < hour < 13 else half_of_day(hour, part)
    return Draft(left.first, right.stop, Found("TIME", f"{day}T{hour:02}{time[2]}"), left.rule if clock is right else right.rule)


def _day_part(draft: Draft, found: Sequence[Item]) -> tuple[str | None, str | None, int]:
    """The day and the part of the day that an expression names, and where it ends."""
    named = _PART.fullmatch(draft.found.value or "")
    if named:
        return named[1], named[2], draft.stop
    after = found[draft.stop : draft.stop + 2]
    point = parse(draft.found.value)
    if draft.found.type != "DATE" or point is None or point.unit != "D" or not after:
        return None, None, draft.stop
    step = int(after[0].of("early") and len(after) > 1)
    return (draft.found.value, str(after[step].value("part")), draft.stop + step + 1) if after[step].of("part") else (None, None, draft.stop)


def _counted_from(left: Draft, right: Draft, found: Sequence[Item]) -> Draft | None:
    """Such as "three days after January 12", "two weeks before Christmas": the day; "for two weeks before Christmas" is a stretch and a day."""
    stretch, point = _STRETCH.fullmatch(left.found.value or ""), parse(right.found.value)
    between = [item.low for item in found[left.stop : right.first]]
    if stretch is None or left.found.mod or point is None or point.unit != "D" or right.found.type != "DATE" or between not in (["before"], ["after"], ["from"]):
        return None
    then = found[right.stop] if right.stop < len(found) else None
    inner = any(item.of("more", "all") for item in found[left.first : left.stop])
    if left.rule != "times.duration" or inner or (left.first and found[left.first - 1].of("for", "per", "each", "approx")):
        return None
    if between == ["from"] and then is not None and then.of("to", "dash"):
        return None  # "64 days from November 21 to January 31"
    day = shift(point, int(stretch[1]) * (-1 if between == ["before"] else 1), stretch[2])
    return Draft(left.first, right.stop, dated("DATE", day), left.rule) if day else None
