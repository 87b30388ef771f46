"""Readings of times of day in words: "8 in the morning", "half past eight", "seven thirty p.m.", "in the evening"; "weekends" as a set."""

from __future__ import annotations

from dragoman.extract.calendar import Point, spell
from dragoman.extract.timex_rules import Hit
from dragoman.extract.timex_scene import Found, Scene
from dragoman.extract.timex_spans import half_of_day, on_the_hour

# What stands before an hour that is not a count ("at three in the morning", not "killed three in the morning").
_BEFORE_HOUR = ("at", "approx", "by", "to", "from", "before", "after", "until", "dash")


def hour_in_part(hit: Hit, scene: Scene) -> Found | None:
    """Such as "at 8 in the morning", "around three in the afternoon"."""
    before = hit.near(-1)
    if before is not None and before.low not in ("", "it's", "is", "was") and not before.of(*_BEFORE_HOUR):
        return None
    number = hit.value("hour")
    if number != int(number) or not 0 < number < 13:
        return None
    return on_the_hour(hit, scene, half_of_day(int(number), str(hit.value("part"))), 0)


def hour_after_part(hit: Hit, scene: Scene) -> Found | None:
    """The hour in "tonight at 8", "Friday night around 11.", where the phrase ends with it."""
    number, after = hit.value("hour"), hit.near(1)
    if number != int(number) or not 0 < number < 13 or not (after is None or after.low in ("", ".", ",", ";", "?", "!", ")") or after.of("on", "in", "to")):
        return None
    return on_the_hour(hit, scene, half_of_day(int(number), str(hit.value("part")) if hit.kind("part") == "part" else "NI"), 0)


def hour_of_range(hit: Hit, scene: Scene) -> Found | None:
    """The start of "from 4 to 6pm", "between 11 and 2 p.m.": in the same half of the day as the end if it lies before it."""
    first, last = hit.value("hour"), hit.value("other")
    if first != int(first) or not 0 < first < 13 or not 0 < last < 13:
        return None
    half = str(hit.value("ampm"))
    if first % 12 > last % 12:
        half = "AM" if half == "PM" else "PM"
    return on_the_hour(hit, scene, half_of_day(int(first), None, half), 0)


def past_hour(hit: Hit, scene: Scene) -> Found | None:
    """Such as "half past eight", "a quarter past nine in the evening"."""
    number, minutes = hit.value("hour"), int(hit.value("minutes"))
    if number != int(number) or not 0 < number < 13:
        return None
    hour = half_of_day(int(number), str(hit.value("part")) if hit["part"] else None, hit.value("ampm"))
    return on_the_hour(hit, scene, hour, minutes)


def spoken_clock(hit: Hit, scene: Scene) -> Found | None:
    """Such as "seven thirty p.m.", "1140 a.m.": hour and minutes before "a.m." or "p.m."."""
    if hit["run"]:
        text = hit.items[hit.first].low
        number, minutes = (int(text[:-2]), int(text[-2:])) if text.isdigit() and len(text) in (3, 4) else (0, 0)
    else:
        number, minutes = int(hit.value("hour")), int(hit.value("minutes"))
        if not all(item.low.isalpha() for item in hit.items[hit.first : hit.first + 2]):
            return None
    if not 0 < number < 13 or not 0 <= minutes < 60:
        return None
    return on_the_hour(hit, scene, half_of_day(number, None, hit.value("ampm")), minutes)


def part_of_day(hit: Hit, scene: Scene) -> Found | None:
    """Such as "in the evening", "by mid-morning" in a sentence that names its day before."""
    tokens = scene.notes.tokens(hit.start, hit.end)
    last = scene.notes.tokens(scene.anchor_at - 1, scene.anchor_at)
    here = bool(len(tokens)) and bool(len(last)) and scene.notes.sentence_of[tokens[0]] == scene.notes.sentence_of[last[0]]
    day = scene.anchor_day if here else None
    return Found("TIME", spell(Point("D", day.index)) + f"T{hit.value('part')}" if day else None)


def weekends(hit: Hit, scene: Scene) -> Found | None:
    """Such as "on weekends"."""
    return Found("SET", "XXXX-WXX-WE") if hit.value("units") == "WE" else None
