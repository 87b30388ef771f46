"""A static timeline: where each event stands on a drawing with a lane for each quad class and one for events without a date.

An event without a date stands in its lane on the day it was reported.
Days are drawn in their order. The distance between two days grows with the time between them, but ever more slowly: an event of years
ago does not press those of this week together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import log2

from dragoman.export.view import EventView
from dragoman.export.words import short_date

LANES = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
UNDATED = "undated, when reported"
_DOT, _ROWS, _LABEL, _AXIS, _WIDTH, _LETTER = 24.0, 4, 148.0, 30.0, 980.0, 8.0


@dataclass(frozen=True, slots=True)
class Dot:
    """An event at (x, y); `until` is where its days end if they are drawn as a line."""

    x: float
    y: float
    until: float | None
    number: int
    event: EventView

    @property
    def conflict(self) -> bool:
        """Drawn as a square."""
        return self.event.quad.endswith("conflict")


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane from `y` downwards."""

    name: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A day of the axis; its label is empty where there is no room."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing; lengths in pixels."""

    width: float
    height: float
    axis: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    dots: tuple[Dot, ...]


def timeline(events: Sequence[EventView]) -> Timeline | None:
    """The drawing of some events, each numbered by its position from 1; None without any."""
    if not events:
        return None
    numbered = list(enumerate(events, 1))
    lanes: dict[str, list[tuple[int, EventView]]] = {name: [] for name in (*LANES, UNDATED)}
    for number, event in numbered:
        lanes[event.quad if event.since or event.until else UNDATED].append((number, event))
    columns = _columns(lanes)
    width = max(_WIDTH, max(columns.values(), default=0.0) + _DOT * 3)
    y, drawn, dots = _AXIS if columns else 4.0, [], []
    for name, held in lanes.items():
        if held:
            placed = _stacked(held, columns) if columns else _unplaced(held)
            height = (max(row for _, _, row in placed.values()) + 1) * _DOT + 10
            drawn.append(Lane(name, y, height))
            dots += [Dot(x, y + 5 + _DOT * (row + 0.5), until, number, event) for number, event in held for x, until, row in [placed[number]]]
            y += height
    return Timeline(width, y + 4, _AXIS, tuple(drawn), tuple(_ticks(columns)), tuple(dots))


def _first(event: EventView) -> date:
    """The day it is drawn on; the earliest of all for an event of which no day is known, beside others that have one."""
    return event.since or event.until or event.published or date.min


def _columns(lanes: Mapping[str, Sequence[tuple[int, EventView]]]) -> dict[date, float]:
    """Where each day begins that an event begins or ends on; nothing if no day is known at all."""
    held = [event for found in lanes.values() for _, event in found]
    days = sorted({day for event in held for day in (_first(event), event.until or _first(event))})
    if days == [date.min]:
        return {}
    breadth = {day: max(1, *(-(-sum(_first(event) == day for _, event in found) // _ROWS) for found in lanes.values())) for day in days}
    gaps = [breadth[earlier] * _DOT + 14 * log2(1 + (later - earlier).days) for earlier, later in pairwise(days)]
    room = _WIDTH - _LABEL - _DOT * (breadth[days[-1]] + 1)
    stretch = max(1.0, room / sum(gaps)) if gaps else 1.0
    places = [_LABEL + _DOT]
    for gap in gaps:
        places.append(places[-1] + gap * stretch)
    return dict(zip(days, places, strict=True))


def _stacked(held: Sequence[tuple[int, EventView]], columns: Mapping[date, float]) -> dict[int, tuple[float, float | None, int]]:
    """x, end and row of each event: those of a day below each other, then beside each other."""
    count: dict[date, int] = {}
    placed = {}
    for number, event in held:
        day = _first(event)
        column, row = divmod(count.get(day, 0), _ROWS)
        count[day] = count.get(day, 0) + 1
        until = columns[event.until] if event.until and event.until > day else None
        placed[number] = (columns[day] + column * _DOT, until, row)
    return placed


def _unplaced(held: Sequence[tuple[int, EventView]]) -> dict[int, tuple[float, float | None, int]]:
    """A row of events where no day is known at all."""
    across = int((_WIDTH - _LABEL - _DOT) // _DOT)
    return {number: (_LABEL + _DOT + (n % across) * _DOT, None, n // across) for n, (number, _) in enumerate(held)}


def _ticks(columns: Mapping[date, float]) -> Iterable[Tick]:
    """A tick for each day, labelled where the label before leaves room; the year where it changes."""
    free, year = 0.0, 0
    for day, x in columns.items():
        label = ""
        if x >= free and day != date.min:
            label = short_date(day, with_year=day.year != year)
            free, year = x + len(label) * _LETTER, day.year
        yield Tick(x, label)
