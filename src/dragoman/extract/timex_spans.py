"""Readings of durations, sets, clock times and references such as "now"."""

from __future__ import annotations

import re

from dragoman.extract.calendar import Point, spell
from dragoman.extract.timex_rules import Hit, Item
from dragoman.extract.timex_scene import Found, Scene

_AGE_BEFORE = ("aged", "age")
_VERBAL = ("for", "over", "in", "within", "during", "after", "of", "spend", "spent", "last", "lasted", "take", "took", "taken", "takes", "lasts", "than", "nearly", "almost", "about", "just", "only",
           "through", "throughout", "by", "per", "past", "next", "once")


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
    return after.kind == "old" or (after.low in ("-", "of") and second is not None and (second.kind == "old" or second.kind == "aged"))


def duration(hit: Hit, scene: Scene) -> Found | None:
    """ "eight hours", "two-year", "the past three months", "three years and six months"; ages are none."""
    number, unit = hit.value("n"), str(hit.value("unit"))
    if _is_age(hit) or _per_unit_follows(hit):
        return None
    if hit.kind("n") == "a" and (not _article_duration(hit, scene) or unit in ("TS", "NI") and hit["half"] is None):
        return None
    if hit.kind("n") == "year" and hit["dash"] is None:
        return None
    if hit.kind("n") == "day" and hit.kind("unit") == "unit" and hit["dash"] is None and number != 1:
        return None
    if hit["half"]:
        number = float(number) + 0.5
    if hit["n2"] and hit["unit2"]:
        first, second = length(number, unit), length(hit.value("n2"), str(hit.value("unit2")))
        return Found("DURATION", first + (second[1:] if not (first.startswith("PT") and second.startswith("PT")) else second[2:]))
    return Found("DURATION", length(number, unit))


def _per_unit_follows(hit: Hit) -> bool:
    """ "60 miles an hour": the article belongs to a rate when a number and its noun stand before it; seen by `per_unit`."""
    return False


def _article_duration(hit: Hit, scene: Scene) -> bool:
    """Whether "a year" is a stretch of time, not a rate ("$5 a year") or a plain noun ("a second chance", "a day of mourning")."""
    after, before = hit.near(1), hit.near(-1)
    if after is not None and after.low in ("when", "that", "which", "'s", "in", "like") and after.low != "'s":
        return False
    return before is None or not rate_before(before, hit, scene)


def rate_before(before: Item, hit: Hit, scene: Scene) -> bool:
    """Whether a number, money or a plural noun stands before "a year"."""
    if before.kind in ("number", "day", "year", "freq", "times") or before.low in ("%", "percent", "cents"):
        return True
    tokens = scene.notes.tokens(before.start, before.end)
    return bool(len(tokens)) and scene.notes.tag[tokens[-1]] in ("NNS", "CD", "NN") and before.kind not in ("approx", "edge", "early", "deictic", "weekday", "month") and before.low not in _VERBAL


def short_duration(hit: Hit, scene: Scene) -> Found | None:
    """ "3h", "45min": only where number and unit touch, or the abbreviation is clear."""
    number, unit = hit["n"], hit["unit"]
    if number is None or unit is None or not (number.end == unit.start or len(unit.low) > 2) or (unit.low == "m" or unit.low == "s"):
        return None
    return Found("DURATION", length(number.value, str(unit.value)))


def half_unit(hit: Hit, scene: Scene) -> Found | None:
    """ "half an hour" -> PT30M, "half a century" -> P50Y."""
    halves = {"TH": "PT30M", "Y": "P6M", "CE": "P50Y", "DE": "P5Y", "TM": "PT30S", "D": "PT12H", "M": "P15D"}
    value = halves.get(str(hit.value("unit")))
    touched = hit["article"] is not None or hit["dash"] is not None
    return Found("DURATION", value) if value and touched else None


def vague_duration(hit: Hit, scene: Scene) -> Found | None:
    """ "for years", "decades of war", "decades-long": bare plurals after a preposition or before "of"."""
    before, after = hit.near(-1), hit.near(1)
    if hit["long"] is None and not (before is not None and before.kind in ("for", "in", "approx") or (after is not None and after.low in ("of", "to"))):
        return None
    return Found("DURATION", length(None, str(hit.value("unit"))))


def recent_units(hit: Hit, scene: Scene) -> Found | None:
    """ "recent years", "the coming weeks"."""
    return Found("DURATION", length(None, str(hit.value("unit"))))


def awhile(hit: Hit, scene: Scene) -> Found | None:
    """ "a while"."""
    return Found("DURATION", str(hit.value("awhile")))


def every(hit: Hit, scene: Scene) -> Found | None:
    """ "every Tuesday", "each year", "every two weeks"."""
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
    """ "once a month", "three times per week": the period is the value."""
    return Found("SET", length(hit.value("n") if hit.kind("freq") and hit["n"] else 1, str(hit.value("unit"))))


def per_unit(hit: Hit, scene: Scene) -> Found | None:
    """ "per day", "two flights a week"."""
    before = hit.near(-1)
    after = hit.near(1)
    if after is not None and after.kind in ("ago", "later", "earlier", "hence", "old") or hit.value("unit") in ("TS", "TM", "TH", "NI", "WE"):
        return None
    if hit.kind("det") == "a" and (before is None or not rate_before(before, hit, scene)):
        return None
    return Found("SET", length(1, str(hit.value("unit"))))


def weekdays(hit: Hit, scene: Scene) -> Found | None:
    """ "on Tuesdays"."""
    return Found("SET", f"XXXX-WXX-{hit.value('weekdays')}") if hit["weekdays"] else None


def setword(hit: Hit, scene: Scene) -> Found | None:
    """ "daily", "monthly"; names such as "Daily News" are none."""
    tokens = scene.notes.tokens(hit.start, hit.end)
    if hit.items[hit.first].low in ("annual", "quarterly") or (len(tokens) and scene.notes.tag[tokens[0]] == "NNP"):
        return None
    return Found("SET", str(hit.value("setword")))


def _stamp(hit: Hit, scene: Scene, clock: str) -> Found:
    """A clock time on the last day named in the sentence, else on the publication day."""
    day = scene.anchor_day if scene.anchor_day and (scene.history or _same_sentence(hit, scene)) else scene.published
    return Found("TIME", spell(Point("D", day.index)) + f"T{clock}" if day else None)


def _same_sentence(hit: Hit, scene: Scene) -> bool:
    a, b = scene.notes.tokens(hit.start, hit.end), scene.notes.tokens(scene.anchor_at - 1, scene.anchor_at)
    return bool(len(a)) and bool(len(b)) and scene.notes.sentence_of[a[0]] == scene.notes.sentence_of[b[0]]


def clock(hit: Hit, scene: Scene) -> Found | None:
    """ "10:35 a.m. EST", "19:00"."""
    hour, minute, *_ = str(hit.value("clock")).split(":")
    return _stamp(hit, scene, f"{_hour(int(hour), hit.value('ampm')):02}:{minute}")


def _hour(hour: int, half: object) -> int:
    if half == "PM" and hour < 12:
        return hour + 12
    return 0 if half == "AM" and hour == 12 else hour


def hour(hit: Hit, scene: Scene) -> Found | None:
    """ "5 p.m.", "7.30pm", "eight o'clock"."""
    number = float(hit.value("hour"))
    shown = str(hit["hour"].low) if hit["hour"] else ""
    minute = int(shown.partition(".")[2]) if "." in shown else 0
    if not 0 < number < 13 or minute > 59:
        return None
    part = hit.value("part")
    half = hit.value("ampm") or ({"MO": "AM", "NI": "PM"}.get(str(part), "PM") if part else None)
    return _stamp(hit, scene, f"{_hour(int(number), half):02}:{minute:02}")


def military(hit: Hit, scene: Scene) -> Found | None:
    """ "1400 GMT", "0600 hours"."""
    item = hit["military"]
    if item is None or not re.fullmatch(r"([01]\d|2[0-3])[0-5]\d", item.low):
        return None
    return _stamp(hit, scene, f"{item.low[:2]}:{item.low[2:]}")


def hourword(hit: Hit, scene: Scene) -> Found | None:
    """ "noon", "midnight"."""
    return _stamp(hit, scene, str(hit.value("hourword")))


def fuzzy(hit: Hit, scene: Scene) -> Found | None:
    """ "now", "recently", "soon"."""
    low = hit.items[hit.first].low
    if low == "once" or (low == "so" and hit.near(1) is not None and hit.near(1).low == "as"):  # type: ignore[union-attr]
        return None
    return Found("DATE", str(hit.value("fuzzy")))
