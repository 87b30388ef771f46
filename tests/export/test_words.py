"""Codes, dates and amounts in plain words."""

from __future__ import annotations

import pytest

from dragoman.code.ontology import ONTOLOGY
from dragoman.export.words import amount, country, event_words, spoken_date


def test_every_type_and_mode_has_words_of_its_own() -> None:
    said = [event_words(kind, None) for kind in ONTOLOGY.types] + [event_words(kind, mode) for kind, mode in ONTOLOGY.modes]
    assert len(said) == len(set(said))
    assert not {*said} & ONTOLOGY.types


@pytest.mark.parametrize(("value", "words"), [
    ("2031-05-03", "3 May 2031"), ("2031-05", "May 2031"), ("2031", "2031"), ("2031-05-03/2031-06-01", "3 May 2031 to 1 June 2031"), ("/2031-06", "… to June 2031"),
    ("2031-05-03T14:00", "3 May 2031, 14:00"), ("2031-W20", "2031-W20"), ("2031-SU", "2031-SU"), ("PAST_REF", "PAST_REF"), ("2031-13", "2031-13"), (None, ""),
])  # fmt: skip
def test_dates(value: str | None, words: str) -> None:
    assert spoken_date(value) == words


@pytest.mark.parametrize(("bounds", "unit", "approx", "words"), [
    ((45000, None, None), "RUB", False, "45,000 RUB"), ((1e9, None, None), "USD", True, "≈ 1 billion USD"), ((None, 10, 12), "day", False, "10 to 12 day"),
    ((None, 500, None), "person", False, "≥ 500 person"), ((None, None, 8), None, False, "≤ 8"), ((2.5, None, None), "percent", False, "2.5%"),
    ((4_800_000, None, None), None, False, "4.8 million"), ((None, None, None), "person", False, "person"), ((1 / 3, None, None), None, False, "0.333"),
])  # fmt: skip
def test_amounts(bounds: tuple[float | None, float | None, float | None], unit: str | None, approx: bool, words: str) -> None:
    assert amount(*bounds, unit, approx=approx) == words


@pytest.mark.parametrize(("code", "name"), [("PRK", "North Korea"), ("IGO:EU", "European Union"), ("MNC:Nowhere Oil", "Nowhere Oil"), ("XXX", "XXX"), (None, "")])
def test_countries(code: str | None, name: str) -> None:
    assert country(code) == name
