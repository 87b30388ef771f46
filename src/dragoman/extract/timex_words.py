"""Days and years written out in words: "May twenty-one", "the twenty third", "nineteen ninety-six", "two thousand and five".

Number words: `codebooks/numbers.yaml`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dragoman.extract.lexemes import Lexeme
from dragoman.extract.numbers import Number, NumberWords, digits, read_number

# Tags of what a number before it counts.
_COUNTED = ("NN", "NNS", "JJ", "$")
# Months that are verbs too.
_VERBS = ("may", "march", "mar")
# Before "'69" where it is a year, and the two figures from which on they are of the last century.
_BEFORE_SHORT, _LAST_CENTURY = ("of", "in", "since", "until", "spring", "summer", "autumn", "fall", "winter"), 40
# The oldest year that words name ("seventeen hundred thirty three"), and how late a year of "two thousand" may be.
_OLDEST, _LATEST = 1100, 2100


def ordinal_at(lex: Sequence[Lexeme], at: int, words: NumberWords, months: Collection[str]) -> tuple[int, int] | None:
    """Value and last lexeme of an ordinal: "21st", "third", "twenty-first", "twenty third"."""
    piece = lex[at]
    if piece.kind == "ordinal":
        return int(digits(piece.low[:-2])), at
    if piece.low in words.ordinals:
        return int(words.ordinals[piece.low]), at
    if words.cardinals.get(piece.low, 0) < 20 or at + 2 >= len(lex):
        return None
    last = at + 1 + (lex[at + 1].low == "-")
    unit = words.ordinals.get(lex[last].low, 10)
    if unit >= 10 or (last == at + 1 and lex[last].low == "second" and not _beside_month(lex, at, last, months)):
        return None
    return int(words.cardinals[piece.low] + unit), last


def _beside_month(lex: Sequence[Lexeme], first: int, last: int, months: Collection[str]) -> bool:
    """Whether "twenty second" is a day: a month or "the" and no noun of time stands beside it."""
    before, after = lex[first - 1].low if first else "", lex[last + 1].low if last + 1 < len(lex) else ""
    return before in months or after in months or (after == "of" and lex[min(last + 2, len(lex) - 1)].low in months)


def day_in_words(number: Number, lex: Sequence[Lexeme], months: Collection[str], tag_after: str) -> bool:
    """Whether number words are the day of a month: "May twenty one", "twenty five January", not "in May five people"."""
    if number.form != "words" or not 1 <= number.value <= 31 or number.value != int(number.value) or lex[number.first].low in ("a", "an"):
        return False
    after = number.last + 1
    if after < len(lex) and lex[after].capital and lex[after].low in months:
        return True
    before = lex[number.first - 1] if number.first else None
    return before is not None and before.low in months and (before.capital or before.low not in _VERBS) and tag_after not in _COUNTED


def year_in_words(lex: Sequence[Lexeme], at: int, number: Number, words: NumberWords) -> tuple[int, int, bool] | None:
    """Year, last lexeme and whether it is one wherever it stands ("nineteen ninety-six"); None if the words are no year.

    Args:
        lex: the lexemes.
        at: where the words begin.
        number: the number that begins there.
        words: the number words.
    """
    if number.form != "words" or (lex[at].low in ("a", "an", "one") and number.last == at):
        return None
    if _OLDEST <= number.value < _LATEST and number.value == int(number.value) and number.last > at:
        tail = read_number(lex, number.last + 1, words) if number.value % 100 == 0 and number.last + 1 < len(lex) else None
        if tail is not None and tail.form == "words" and tail.value < 100 and number.value < 2000:
            return int(number.value + tail.value), tail.last, False
        return int(number.value), number.last, False
    return _pair(lex, number, words) if 13 <= number.value <= 20 else None


def short_year(lex: Sequence[Lexeme], at: int, months: Collection[str], tag_after: str) -> int | None:
    """The year of "the summer of '69", "April '87", "April of 87" without what it stands after; None if the figures are no year."""
    figures = at + (lex[at].low == "'")
    if figures >= len(lex) or not (lex[figures].kind == "number" and lex[figures].low.isdigit() and len(lex[figures].low) == 2) or at < 2 or tag_after in _COUNTED:
        return None
    before, value = lex[at - 1].low, int(lex[figures].low)
    if figures == at:
        fits = before == "of" and lex[at - 2].low in months and value >= _LAST_CENTURY
    else:
        fits = lex[at].touches(lex[figures]) and not lex[at - 1].touches(lex[at]) and (before in _BEFORE_SHORT or before in months)
    return value + (1900 if value >= _LAST_CENTURY else 2000) if fits else None


def _pair(lex: Sequence[Lexeme], number: Number, words: NumberWords) -> tuple[int, int, bool] | None:
    """Such as "nineteen ninety-six", "nineteen oh five"."""
    at = number.last + 1
    century, common = int(number.value) * 100, number.value in (18, 19, 20)
    if at + 1 < len(lex) and lex[at].low in ("oh", "o", "zero") and common:
        low = words.cardinals.get(lex[at + 1].low, 0)
        return (century + int(low), at + 1, True) if 0 < low < 10 else None
    tail = read_number(lex, at, words) if at < len(lex) else None
    if tail is None or tail.form != "words" or not 10 <= tail.value < 100 or tail.value != int(tail.value) or not lex[at].low.isalpha() or lex[at].low in ("a", "an"):
        return None
    return century + int(tail.value), tail.last, common
