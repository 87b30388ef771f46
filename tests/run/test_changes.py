"""What a re-coding is said to change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.records import Event, Id, Place, Span
from dragoman.run.changes import changes

TRIGGER, TOWN = Span(0, 6, "struck"), Span(10, 16, "Ogrest")
EVENT = Event(Id("e"), TRIGGER, "ASSAULT", None, (), "19", "material conflict", -9.0, (), (), "actual", None, None, None, None, 0.9, 0, ())
PLACE = Place(TOWN, "Ogrest", "KEN", 1.0, 36.0, 7, "city")


@pytest.mark.parametrize(
    ("after", "moved"),
    [
        (EVENT, None),
        (replace(EVENT, confidence=0.5), None),
        (replace(EVENT, place=PLACE), {"place": ("", "Ogrest KEN 7")}),
        (replace(EVENT, voice=TOWN), {"voice": ("", "Ogrest")}),
        (replace(EVENT, factuality="negated"), {"factuality": ("actual", "negated")}),
    ],
)
def test_a_change_names_the_fields_with_their_values_before_and_after(after: Event, moved: dict[str, tuple[str, str]] | None) -> None:
    assert [change.fields for change in changes("a", [EVENT], [after])] == ([moved] if moved else [])
