"""Numbers in digits and words."""

from __future__ import annotations

import pytest

from dragoman.annotate.columns import Annotations
from dragoman.extract.lexemes import lexemes
from dragoman.extract.numbers import number_words, read_number


def plain(text: str) -> Annotations:
    """Annotations of one paragraph with one token: all that the cut into lexemes looks at."""
    return Annotations(text, (0,), (len(text),), ("",), ("",), ("",), ("",), (0,), ("",), (False,), ((0, 1),), ((0, 1),))


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("45,000", 45000, "digits"),
        ("7.6", 7.6, "digits"),
        ("1.5 million", 1.5e6, "digits"),
        ("2 1/2", 2.5, "digits"),
        ("twenty-four", 24, "words"),
        ("two hundred and six", 206, "words"),
        ("three thousand four hundred", 3400, "words"),
        ("a million", 1e6, "words"),
        ("half a million", 5e5, "words"),
        ("two and a half", 2.5, "words"),
        ("a couple of", 2, "words"),
        ("a dozen", 12, "words"),
        ("3×10^6", 3e6, "digits"),
        ("2.5 x 10-3", 0.0025, "digits"),
        ("3/64", 3 / 64, "fraction"),
        ("two-thirds", 2 / 3, "fraction"),
        ("hundreds of thousands", 1e5, "vague"),
        ("millions", 1e6, "vague"),
    ],
)
def test_the_whole_phrase_is_one_number(text: str, value: float, form: str) -> None:
    lex = lexemes(plain(text))
    number = read_number(lex, 0, number_words())
    assert number is not None
    assert (number.value, number.form, number.last) == (pytest.approx(value), form, len(lex) - 2)


@pytest.mark.parametrize(("text", "value"), [("five six", 5), ("10 or 12", 10), ("two and three", 2), ("one third-quarter", 1 / 3), ("forty and five", 40)])
def test_a_number_ends_before_the_next(text: str, value: float) -> None:
    number = read_number(lexemes(plain(text)), 0, number_words())
    assert number is not None
    assert number.value == pytest.approx(value)


@pytest.mark.parametrize("text", ["the", "a house", "second", "third", "score", "hundred-year"])
def test_other_words_are_no_numbers(text: str) -> None:
    assert read_number(lexemes(plain(text)), 0, number_words()) is None


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("220km", ["220", "km"]),
        ("$2bn", ["$", "2", "bn"]),
        ("mid-2020", ["mid", "-", "2020"]),
        ("1990s", ["1990s"]),
        ("9/11", ["9/11"]),
        ("F-16s", ["f", "-", "16", "s"]),
        ("G20", ["g20"]),
        ("EUR50m", ["eur", "50", "m"]),
        ("2025-07-28", ["2025-07-28"]),
        ("10:30 a.m.", ["10:30", "a.m."]),
        ("1,234,567.8", ["1,234,567.8"]),
    ],
)
def test_figures_and_dates_come_apart(text: str, cut: list[str]) -> None:
    assert [piece.low for piece in lexemes(plain(text)) if piece.kind != "break"] == cut
