"""Calendar arithmetic on TIMEX3 values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.extract.calendar import Point, bounds, day_point, interval, iso, parse, shift, spell, to_unit

UNITS = ["D", "W", "WE", "M", "S", "Q", "H", "Y", "DE", "CE"]


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-07-28", "2025-07-28", "2025-07-28"),
        ("2025-07-28TEV", "2025-07-28", "2025-07-28"),
        ("2025-W01", "2024-12-30", "2025-01-05"),
        ("2025-W31-WE", "2025-08-02", "2025-08-03"),
        ("2025-Q3", "2025-07-01", "2025-09-30"),
        ("2025-H2", "2025-07-01", "2025-12-31"),
        ("2025-WI", "2025-12-01", "2026-02-28"),
        ("199", "1990-01-01", "1999-12-31"),
        ("19", "1900-01-01", "1999-12-31"),
    ],
)
def test_interval_is_the_first_and_last_day(value: str, first: str, last: str) -> None:
    assert interval(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("value", ["P3Y", "PRESENT_REF", "XXXX-WXX-2", "2025-13", "2025-02-30", "2025-W54", "BC0490", "", "0000"])
def test_what_is_no_stretch_of_the_calendar_has_no_interval(value: str) -> None:
    assert interval(value) is None
    assert iso(value) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2025", "2025"), ("2025-07", "2025-07"), ("2025-07-28T09:30", "2025-07-28"), ("2025-W31", "2025-07-28/2025-08-03"), ("202", "2020-01-01/2029-12-31"), (None, None)],
)
def test_iso_is_a_date_of_the_reading(value: str | None, expected: str | None) -> None:
    assert iso(value) == expected


@pytest.mark.parametrize(
    ("value", "count", "unit", "expected"),
    [
        ("2024-02-29", -1, "Y", "2023-02-28"),
        ("2025-01-31", 1, "M", "2025-02-28"),
        ("2025-07-28", 2, "W", "2025-08-11"),
        ("2025-Q1", -1, "Y", "2024-Q1"),
        ("2025-Q1", -1, "Q", "2024-Q4"),
        ("2025-W01", -1, "W", "2024-W52"),
    ],
)
def test_shift_keeps_the_width(value: str, count: int, unit: str, expected: str) -> None:
    point = parse(value)
    assert point is not None
    moved = shift(point, count, unit)
    assert moved is not None
    assert spell(moved) == expected


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.sampled_from(UNITS))
def test_the_unit_of_a_day_holds_the_day_and_is_read_back(day: date, unit: str) -> None:
    point = to_unit(day, unit)
    limits = bounds(point)
    assert limits is not None
    assert limits[0] <= day <= limits[1] or unit == "WE"
    assert parse(spell(point)) == point


@given(st.integers(1, 9000), st.integers(-2000, 2000), st.sampled_from(["M", "Q", "Y"]))
def test_shifts_cancel(year: int, count: int, unit: str) -> None:
    point = Point("Y", year)
    assert unit != "Y" or shift(shift(point, count, unit) or point, -count, unit) == point


def test_no_day_beyond_the_month() -> None:
    assert day_point(2025, 2, 29) is None
