"""Time expressions in TIMEX3: spans, types, values and modifiers, resolved against the publication day or the text, never against the clock.

Rules and words: `codebooks/times.yaml`. Standard: TimeML 1.2.1 (Pustejovsky et al. 2003). Values for calendars: `extract/calendar.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from dragoman.annotate.columns import Annotations
from dragoman.codebook import BUILT_IN
from dragoman.extract import timex_clock as clock
from dragoman.extract import timex_dates as dates
from dragoman.extract import timex_holidays as holidays
from dragoman.extract import timex_periods as periods
from dragoman.extract import timex_relative as relative
from dragoman.extract import timex_spans as spans
from dragoman.extract.calendar import Point, bounds, interval, iso, parse, widen
from dragoman.extract.lexemes import lexemes
from dragoman.extract.timex_joins import Draft, joined, ranged
from dragoman.extract.timex_rules import Hit, Item, hits, items, time_book
from dragoman.extract.timex_scene import Found, Scene, cues
from dragoman.records import Article, Timex

__all__ = ["VERSION", "interval", "iso", "read"]

VERSION = "3"
Reads = Callable[[Hit, Scene], Found | None]
_READINGS: dict[str, Reads] = {
    name: reads
    for module in (clock, dates, holidays, periods, relative, spans)
    for name, reads in vars(module).items()
    if callable(reads) and getattr(reads, "__module__", "") == module.__name__ and not name.startswith("_")
}
# A text with at least this many years named, most of them well before its own, tells a history.
_HISTORY_YEARS = 6
# Years from the last date of a history at which a bare year is an aside.
_ASIDE = 5


def read(article: Article, notes: Annotations, folder: Path = BUILT_IN) -> tuple[Timex, ...]:
    """The time expressions of an article in text order; relative ones have no value if the article has no date.

    Args:
        article: gives the publication day.
        notes: its annotations.
        folder: the codebooks.
    """
    book = time_book(folder)
    found = items(lexemes(notes), notes, book)
    candidates = sorted(hits(found, book), key=lambda hit: (hit.first, -hit.stop))
    published = parse(article.date)
    scene = Scene(notes, published if published and published.unit == "D" else None, cues(folder), _is_history(candidates, found, published))
    drafts = _merge(list(_drafts(candidates, scene)), found, notes)
    return tuple(timex for draft in drafts if (timex := _record(draft, found, notes)) is not None)


def _is_history(candidates: Iterable[Hit], found: Sequence[Item], published: Point | None) -> bool:
    """Whether most years that the text names lie three years and more before its own."""
    named = [int(item.value("year")) for item in found if item.of("year") and 1500 <= int(item.value("year")) <= 2100]
    era = sum(item.of("era") for item in found)
    this = int(_year(published)) if published else max(named, default=0)
    old, gone = sum(year < this - 2 for year in named), sum(year < this for year in named)
    share = (old + era) / (len(named) + era or 1)
    told = (len(named) + era >= _HISTORY_YEARS and share > 0.7) or (len(named) >= 3 * _HISTORY_YEARS and gone > 0.7 * len(named))
    return told and not _deictic(found, len(named))


def _deictic(found: Sequence[Item], named: int) -> bool:
    """Whether the text speaks of weekdays, yesterday and tomorrow, as reports do, for every four years that it names."""
    return sum(item.of("weekday", "tonight") or item.value("deictic") in (-1, 1) for item in found) > max(2, named / 4)


def _year(point: Point) -> int:
    limits = bounds(point)
    return limits[0].year if limits else 0


def _drafts(candidates: Sequence[Hit], scene: Scene) -> Iterator[Draft]:
    """The readings that hold, left to right, the longest first; each date read becomes the anchor of the next."""
    done = 0
    for hit in candidates:
        if hit.first < done:
            continue
        found = _READINGS[hit.rule.reads](hit, scene)
        if found is None:
            continue
        done = hit.stop
        yield Draft(hit.first, hit.stop, found, hit.rule.id)
        scene = _moved(scene, found, hit)


def _moved(scene: Scene, found: Found, hit: Hit) -> Scene:
    point = parse(found.value) if found.type in ("DATE", "TIME") else None
    if point is None or point.unit in ("DE", "CE"):
        return scene
    if scene.history and _aside(scene, point, hit):
        return scene
    period = point if point.unit == "Q" and "quarter" in hit.rule.id else scene.period
    day = point if point.unit == "D" else scene.anchor_day
    return replace(scene, period=period, anchor=point, anchor_day=day, anchor_at=hit.end)


def _aside(scene: Scene, point: Point, hit: Hit) -> bool:
    """Whether a year inside a sentence only looks back or ahead from a telling that gives months and days."""
    if scene.anchor is None or point.unit != "Y" or scene.anchor.width >= point.width or abs(widen(scene.anchor, "Y").index - point.index) < _ASIDE:
        return False
    tokens = scene.notes.tokens(hit.start, hit.end)
    return len(tokens) > 0 and tokens[0] > scene.notes.sentence(tokens[0])[0] + 2


def _merge(drafts: list[Draft], found: Sequence[Item], notes: Annotations) -> list[Draft]:
    """Neighbours that make one expression: a date and a part of the day, a clock time and a date; then modifiers before and after."""
    merged: list[Draft] = []
    for draft in drafts:
        one = joined(merged[-1], draft, found) if merged else None
        if one:
            merged[-1] = one
        else:
            merged.append(draft)
    parts = [_with_part(draft, found) for draft in merged]
    return [_with_modifier(draft, found, parts[at - 1].stop if at else 0) for at, draft in enumerate(ranged(parts))]


def _with_part(draft: Draft, found: Sequence[Item]) -> Draft:
    """Such as "Friday morning", "the night of April 18", "early Friday evening"."""
    point = parse(draft.found.value)
    if draft.found.type != "DATE" or (draft.found.value is not None and (point is None or point.unit != "D")):
        return draft
    after = found[draft.stop] if draft.stop < len(found) else None
    if after is not None and after.of("part"):
        return Draft(draft.first, draft.stop + 1, _timed(draft.found, after), draft.rule)
    if draft.first >= 2 and found[draft.first - 1].of("of", "on") and found[draft.first - 2].of("part"):
        first = draft.first - 2 - (draft.first >= 3 and found[draft.first - 3].of("the"))
        return Draft(first, draft.stop, _timed(draft.found, found[draft.first - 2]), draft.rule)
    return draft


def _timed(found: Found, part: Item) -> Found:
    return Found("TIME", f"{found.value}T{part.value('part')}" if found.value else None, found.mod)


def _with_modifier(draft: Draft, found: Sequence[Item], floor: int) -> Draft:
    """Such as "early", "the end of", "mid-", "more than" before it; "or so" after it."""
    draft = _bounded(draft, found)
    if draft.found.type in ("DATE", "TIME") and (prefixed := _edged(draft, found, floor)):
        return prefixed
    before = found[draft.first - 1] if draft.first > floor else None
    mod = before.value("approx") if before and not (before.of("for") and found[draft.first].of("the", "this", "last", "next", "past", "coming")) else None
    if mod and (draft.found.type == "DURATION" or mod == "APPROX" or draft.rule in ("times.ago", "times.later")):
        return _prefixed(draft, draft.first - 1, mod)
    return draft


def _edged(draft: Draft, found: Sequence[Item], floor: int) -> Draft | None:
    """Such as "early July", "mid-2020", "sometime in early May", "the end of (the) year"."""
    before = list(reversed(found[max(floor, draft.first - 4) : draft.first]))
    step = int(_nth(before, 0, "dash") and _nth(before, 1, "early"))
    if _nth(before, step, "early"):
        return _prefixed(draft, draft.first - step - 1 - _nth(before, step + 1, "the"), before[step].value("early"))
    step = int(_nth(before, 0, "the"))
    if _nth(before, step, "of") and _nth(before, step + 1, "edge"):
        return _prefixed(draft, draft.first - step - 2 - _nth(before, step + 2, "the"), before[step + 1].value("edge"))
    return None


def _nth(before: Sequence[Item], step: int, kind: str) -> bool:
    return step < len(before) and before[step].of(kind)


def _bounded(draft: Draft, found: Sequence[Item]) -> Draft:
    after = found[draft.stop] if draft.stop < len(found) else None
    then = found[draft.stop + 1] if draft.stop + 1 < len(found) else None
    if after is None or draft.found.mod or not after.of("bound") or (then is not None and then.low == "than"):
        return draft
    return Draft(draft.first, draft.stop + 1, draft.found._replace(mod=str(after.value("bound"))), draft.rule)


def _prefixed(draft: Draft, first: int, mod: object) -> Draft:
    return Draft(first, draft.stop, draft.found._replace(mod=str(mod)), draft.rule)


def _record(draft: Draft, found: Sequence[Item], notes: Annotations) -> Timex | None:
    start, end = found[draft.first].start, found[draft.stop - 1].end
    tokens = notes.tokens(start, end)
    if not len(tokens):
        return None
    return Timex(notes.chars(start, end), draft.found.type, draft.found.value, draft.found.mod, tokens[0], tokens[-1], draft.rule)
