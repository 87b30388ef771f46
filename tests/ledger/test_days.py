from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.ledger.days import UNKNOWN, bounds


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2025-07-27", "2025-07-27", "2025-07-27"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-W30", "2025-07-21", "2025-07-27"),
        ("2025-W30-WE", "2025-07-26", "2025-07-27"),
        ("2025-Q3", "2025-07-01", "2025-09-30"),
        ("2025-H1", "2025-01-01", "2025-06-30"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("199", "1990-01-01", "1999-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2025-07-27T10:00", "2025-07-27", "2025-07-27"),
        ("2025-07-30/2025-08-02", "2025-07-30", "2025-08-02"),
        ("2025-07/2025-08", "2025-07-01", "2025-08-31"),
    ],
)
def test_bounds(value: str, first: str, last: str) -> None:
    assert bounds(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("value", [None, "", "P3D", "PAST_REF", "2025-SU", "XXXX-07-01", "2025-13", "2025-02-30", "2025-W60", "0000", "2025-08-02/2025-08-01", "2025-W53"])
def test_no_date(value: str | None) -> None:
    assert bounds(value) == UNKNOWN


def test_open_ends() -> None:
    assert bounds("2025-07/") == (date(2025, 7, 1), None)
    assert bounds("/2025-07") == (None, date(2025, 7, 31))


@given(st.text(alphabet="0123456789-/WQHXTE", max_size=24))
def test_anything(value: str) -> None:
    first, last = bounds(value)
    assert first is None or last is None or first <= last
