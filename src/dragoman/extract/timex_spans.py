"""Readings of durations, sets, clock times and references such as "now"."""

from __future__ import annotations

import re

from dragoman.extract.calendar import Point, spell
from dragoman.extract.timex_rules import Hit, Item
from dragoman.extract.timex_scene import Found, Scene

_AGE_BEFORE = ("aged", "age")


def length(number: object, unit: str) -> str:
    """An ISO 8601 duration: 8 and TH -> PT8H, X and Y -> PXY, 2.5 and 2W -> P5W."""
    match = re.fullmatch(r"(\d+)([A-Z]+)", unit)
    if match:
        number, unit = (number * int(match[1]) if isinstance(number, (int, float)) else number), match[2]
    shown = f"{number:g}" if isinstance(number, (int, float)) and number < 1e6 else f"{number:.0f}" if isinstance(number, (int, float)) else "X"
    if unit.startswith("T"):
        return f"PT{shown}{unit[1:]}"
    return f"P{shown}{ {'WE': 'WE', 'NI': 'D'}.get(unit, unit)}"


def _is_age(hit: Hit) -> bool:
    before, after, second = hit.near(-1), hit.near(1), hit.near(2)
    if before is not None and before.low in _AGE_BEFORE:
        return True
    if after is None:
        return False
    return after.of("old") or (after.low in ("-", "of") and second is not None and second.of("old", "aged"))


def says(hit: Hit, scene: Scene) -> Found | None:
    """A reference that the rule itself names ("the past" -> PAST_REF), not before a noun."""
    return Found("DATE", str(hit.rule.says))


def duration(hit: Hit, scene: Scene) -> Found | None:
    """Such as "eight hours", "two-year", "the past three months", "three years and six months"; ages are none."""
    number, unit = hit.value("n"), str(hit.value("unit"))
    if _is_age(hit):
        return None
    if not _holds(hit, scene, number, unit):
        return None
    if hit["half"]:
        number = float(number) + 0.5
    if hit["n2"] and hit["unit2"]:
        parts = [length(number, unit), *(length(hit.value(n), str(hit.value(u))) for n, u in (("n2", "unit2"), ("n3", "unit3")) if hit[n])]
        return Found("DURATION", _joined(parts))
    return Found("DURATION", length(number, unit))


def _joined(parts: list[str]) -> str:
    """Durations as one: P3Y and P6M -> P3Y6M, P1D and PT2H -> P1DT2H."""
    days = "".join(part[1:] for part in parts if not part.startswith("PT"))
    times = "".join(part[2:] for part in parts if part.startswith("PT"))
    return f"P{days}" + (f"T{times}" if times else "")


def _holds(hit: Hit, scene: Scene, number: object, unit: str) -> bool:
    """Whether number and unit are a stretch of time here: no rate, no "2024 month", no "5 day" without a hyphen, no "a quarter of"."""
    kind, after = hit.kind("n"), hit.near(1)
    if kind == "a" and (not _article_duration(hit, scene) or (unit in ("TS", "NI") and hit["half"] is None)):
        return False
    if unit == "Q" and hit["dash"] is None and after is not None and after.low in ("of", "century", "mile"):
        return False
    singular = kind == "day" and hit.kind("unit") == "unit" and number != 1 and not _before_noun(hit, scene)
    return hit["dash"] is not None or not (kind == "year" or singular)


def _before_noun(hit: Hit, scene: Scene) -> bool:
    """Whether a count and a unit describe a noun ("a 15 minute call") and the number is no day of a month ("On May 5 minute detail")."""
    before = hit.near(-1)
    after = scene.notes.tokens(hit.end + 1, hit.end + 2)
    described = bool(len(after)) and scene.notes.tag[after[0]].startswith(("NN", "JJ"))
    return described and before is not None and before.low in ("a", "an", "the", "this", "another", "each", "every")


def _article_duration(hit: Hit, scene: Scene) -> bool:
    """Whether "a year" is a stretch of time, not a rate ("$5 a year") or a plain noun ("a second chance", "a day of mourning")."""
    after, before = hit.near(1), hit.near(-1)
    if after is not None and after.low in ("when", "that", "which", "in", "like"):
        return False
    return before is None or not rate_before(before, hit, scene)


def rate_before(before: Item, hit: Hit, scene: Scene) -> bool:
    """Whether a number, money or a plural noun stands before "a year"."""
    if before.of("number", "day", "year", "freq", "times") or before.low in ("%", "percent", "cents"):
        return True
    tokens = scene.notes.tokens(before.start, before.end)
    counted = bool(len(tokens)) and scene.notes.tag[tokens[-1]] in ("NNS", "CD", "NN")
    return counted and not before.of("approx", "edge", "early", "deictic", "weekday", "month") and before.low not in scene.words["stretch_before"]


def short_duration(hit: Hit, scene: Scene) -> Found | None:
    """Such as "3h", "45min": only where number and unit touch, or the abbreviation is clear."""
    number, unit = hit["n"], hit["unit"]
    if number is None or unit is None or not (number.end == unit.start or len(unit.low) > 2) or unit.low in ("m", "s"):
        return None
    return Found("DURATION", length(hit.value("n"), str(hit.value("unit"))))


def whole_unit(hit: Hit, scene: Scene) -> Found | None:
    """Such as "all day", "a full year", "the whole week"."""
    unit, before = str(hit.value("unit")), hit.near(-1)
    if unit not in ("D", "W", "M", "Y", "NI", "WE") or (hit.items[hit.first].low != "all" and hit["dash"] is None and before is not None and before.of("each", "on", "another")):
        return None
    return Found("DURATION", length(1, unit))


def half_unit(hit: Hit, scene: Scene) -> Found | None:
    """Such as "half an hour" -> PT30M, "half a century" -> P50Y."""
    halves = {"TH": "PT30M", "Y": "P6M", "CE": "P50Y", "DE": "P5Y", "TM": "PT30S", "D": "PT12H", "M": "P15D"}
    value = halves.get(str(hit.value("unit")))
    touched = hit["article"] is not None or hit["dash"] is not None or hit.value("unit") == "TH"
    return Found("DURATION", value) if value and touched else None


def vague_duration(hit: Hit, scene: Scene) -> Found | None:
    """Such as "for years", "decades of war", "decades-long": bare plurals after a preposition or before "of"."""
    before, after, second = hit.near(-1), hit.near(1), hit.near(2)
    if after is not None and after.low == "of" and second is not None and second.of("aged"):
        return None
    if hit["long"] is None and not ((before is not None and before.of("for", "in", "approx")) or (after is not None and after.low in ("of", "to"))):
        return None
    return Found("DURATION", length(None, str(hit.value("unit"))))


def recent_units(hit: Hit, scene: Scene) -> Found | None:
    """Such as "recent years", "the coming weeks"."""
    return Found("DURATION", length(None, str(hit.value("unit"))))


def awhile(hit: Hit, scene: Scene) -> Found | None:
    """Such as "a while"."""
    return Found("DURATION", str(hit.value("awhile")))


def every(hit: Hit, scene: Scene) -> Found | None:
    """Such as "every Tuesday", "each year", "every two weeks"."""
    kind, value = hit.kind("unit"), hit.value("unit")
    number = hit.value("n") if hit["n"] else 2 if hit["other"] else hit.value("ordinal") if hit["ordinal"] else 1
    if kind == "weekday":
        return Found("SET", f"XXXX-WXX-{value}")
    if kind == "month":
        return Found("SET", f"XXXX-{value:02}")
    if kind == "season":
        return Found("SET", f"XXXX-{value}")
    if kind == "part" or value == "NI":
        return Found("SET", f"XXXX-XX-XXT{value}")
    if value == "WE":
        return Found("SET", "XXXX-WXX-WE")
    return Found("SET", length(number, str(value)))


def frequency(hit: Hit, scene: Scene) -> Found | None:
    """Such as "once a month", "three times per week": the period is the value."""
    return Found("SET", length(hit.value("n") if hit.kind("freq") and hit["n"] else 1, str(hit.value("unit"))))


def per_unit(hit: Hit, scene: Scene) -> Found | None:
    """Such as "per day", "two flights a week"."""
    before = hit.near(-1)
    after = hit.near(1)
    if (after is not None and after.of("ago", "later", "earlier", "hence", "old")) or hit.value("unit") in ("TS", "TM", "TH", "NI", "WE"):
        return None
    if hit.kind("det") == "a" and (before is None or not rate_before(before, hit, scene)):
        return None
    return Found("SET", length(1, str(hit.value("unit"))))


def weekdays(hit: Hit, scene: Scene) -> Found | None:
    """Such as "on Tuesdays"."""
    return Found("SET", f"XXXX-WXX-{hit.value('weekdays')}") if hit["weekdays"] else None


def setword(hit: Hit, scene: Scene) -> Found | None:
    """Such as "daily", "monthly"; names such as "Daily News" are none."""
    tokens = scene.notes.tokens(hit.start, hit.end)
    if hit.items[hit.first].low in ("annual", "quarterly") or (len(tokens) and scene.notes.tag[tokens[0]] == "NNP"):
        return None
    return Found("SET", str(hit.value("setword")))


def on_the_hour(hit: Hit, scene: Scene, number: int, minutes: int) -> Found:
    """A clock time of a hit, on the day of its sentence or of the publication."""
    return _stamp(hit, scene, f"{number:02}:{minutes:02}")


def half_of_day(number: int, part: str | None, ampm: object = None) -> int:
    """An hour of twelve as one of 24 by "a.m.", "p.m." or the part of the day: 8 in the evening -> 20, 2 at night -> 2."""
    night = "AM" if number < 5 or number == 12 else "PM"
    return _hour(number, ampm or ({"MO": "AM", "NI": night}.get(part, "PM") if part else None))


def _stamp(hit: Hit, scene: Scene, clock: str) -> Found:
    """A clock time on the last day named in the sentence, else on the publication day."""
    day = scene.anchor_day if scene.anchor_day and (scene.history or _same_sentence(hit, scene)) else scene.published
    return Found("TIME", spell(Point("D", day.index)) + f"T{clock}" if day else None)


def _same_sentence(hit: Hit, scene: Scene) -> bool:
    a, b = scene.notes.tokens(hit.start, hit.end), scene.notes.tokens(scene.anchor_at - 1, scene.anchor_at)
    return bool(len(a)) and bool(len(b)) and scene.notes.sentence_of[a[0]] == scene.notes.sentence_of[b[0]]


def clock(hit: Hit, scene: Scene) -> Found | None:
    """Such as "10:35 a.m. EST", "19:00"."""
    hour, _, minutes = str(hit.value("clock")).partition(":")
    return _stamp(hit, scene, f"{_hour(int(hour), hit.value('ampm')):02}:{minutes}")


def _hour(hour: int, half: object) -> int:
    if half == "PM" and hour < 12:
        return hour + 12
    return 0 if half == "AM" and hour == 12 else hour


def hour(hit: Hit, scene: Scene) -> Found | None:
    """Such as "5 p.m.", "7.30pm", "eight o'clock"."""
    number = float(hit.value("hour"))
    shown = str(hit["hour"].low) if hit["hour"] else ""
    minute = int(shown.partition(".")[2]) if "." in shown else 0
    if not 0 < number < 13 or minute > 59:
        return None
    part = hit.value("part")
    half = hit.value("ampm") or ({"MO": "AM", "NI": "PM"}.get(str(part), "PM") if part else None)
    return _stamp(hit, scene, f"{_hour(int(number), half):02}:{minute:02}")


def military(hit: Hit, scene: Scene) -> Found | None:
    """Such as "1400 GMT", "0600 hours"."""
    item = hit["military"]
    if item is None or not re.fullmatch(r"([01]\d|2[0-3])[0-5]\d", item.low):
        return None
    return _stamp(hit, scene, f"{item.low[:2]}:{item.low[2:]}")


def hourword(hit: Hit, scene: Scene) -> Found | None:
    """Such as "noon", "midnight"."""
    return _stamp(hit, scene, str(hit.value("hourword")))


def fuzzy(hit: Hit, scene: Scene) -> Found | None:
    """Such as "now", "recently", "soon"."""
    low = hit.items[hit.first].low
    after = hit.near(1)
    if low == "once" or (low in ("soon", "shortly", "so") and after is not None and after.low in ("as", "after", "before")):
        return None
    return Found("DATE", str(hit.value("fuzzy")))
