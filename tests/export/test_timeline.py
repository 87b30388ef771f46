"""Where events stand on the timeline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dossier_factory import article, reading

from dragoman.export.dossier import _of_reading
from dragoman.export.fill import view
from dragoman.export.timeline import UNDATED, timeline
from dragoman.export.view import EventView

DATED, UNDATED_EVENT = view(_of_reading(reading())).events


def on(since: date | None, until: date | None = None, published: date | None = date(2031, 5, 4)) -> EventView:
    return replace(DATED, since=since, until=until or since, published=published)


def test_nothing_is_drawn_of_nothing() -> None:
    assert timeline([]) is None


def test_days_stand_in_order_and_long_gaps_shrink() -> None:
    drawing = timeline([on(date(2031, 5, 3)), on(date(2031, 5, 4)), on(date(2021, 5, 3))])
    assert drawing is not None
    one, next_day, long_ago = (dot.x for dot in drawing.dots)
    assert long_ago < one < next_day
    assert 1 < (one - long_ago) / (next_day - one) < 20
    assert next_day < drawing.width


def test_undated_events_stand_in_their_own_lane_where_they_were_reported() -> None:
    drawing = timeline([on(date(2031, 5, 4)), UNDATED_EVENT])
    assert drawing is not None
    assert [lane.name for lane in drawing.lanes] == ["material conflict", UNDATED]
    assert drawing.dots[0].x == drawing.dots[1].x
    assert drawing.dots[0].y < drawing.dots[1].y


def test_events_of_a_day_do_not_cover_each_other() -> None:
    drawing = timeline([on(date(2031, 5, 3))] * 11 + [on(date(2031, 5, 4))])
    assert drawing is not None
    assert len({(dot.x, dot.y) for dot in drawing.dots}) == 12
    assert max(dot.x for dot in drawing.dots[:11]) < drawing.dots[11].x


def test_days_of_an_interval_are_a_line() -> None:
    drawing = timeline([on(date(2031, 5, 3), date(2031, 5, 9))])
    assert drawing is not None
    (dot,) = drawing.dots
    assert dot.until is not None
    assert dot.until > dot.x


def test_an_event_of_no_known_day_is_drawn_all_the_same() -> None:
    for events in ([on(None, published=None)] * 40, [on(None, published=None), on(date(2031, 5, 3))]):
        drawing = timeline(events)
        assert drawing is not None
        assert len({(dot.x, dot.y) for dot in drawing.dots}) == len(events)
        assert all(0 < dot.x < drawing.width for dot in drawing.dots)
        assert not any(tick.label.endswith(" 1") for tick in drawing.ticks)


def test_views_of_an_article_are_numbered_in_the_order_of_the_text() -> None:
    found = view(_of_reading(reading(article())), "a7-")
    assert [event.anchor for event in found.events] == ["a7-e1", "a7-e2"]
    assert [found.claims[0].label, found.commitments[0].label, found.figures[0].label] == ["a", "i", "f1"]
