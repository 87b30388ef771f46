"""Numbers in digits and words: "45,000", "two hundred and six", "2 1/2", "half a million", "hundreds of thousands".

Word lists: `codebooks/numbers.yaml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dragoman.codebook import BUILT_IN, LINE, read_yaml
from dragoman.extract.lexemes import Lexeme


@dataclass(frozen=True, slots=True)
class Number:
    """A number phrase over the lexemes `first` to `last` (inclusive). `form` is digits, words, fraction, article or vague (then `value` is the least it can mean)."""

    first: int
    last: int
    value: float
    form: str


@dataclass(frozen=True)
class NumberWords:
    """The word lists of `numbers.yaml`, each word with its value."""

    cardinals: dict[str, float]
    scales: dict[str, float]
    short_scales: dict[str, float]
    vague: dict[str, float]
    fractions: dict[str, float]
    glyphs: dict[str, float]
    ordinals: dict[str, float]


@lru_cache(maxsize=4)
def number_words(folder: Path = BUILT_IN) -> NumberWords:
    """The number words of a codebook folder."""
    data = read_yaml(folder / "numbers.yaml")
    return NumberWords(**{name: {str(word): float(value) for word, value in entries.items() if word != LINE} for name, entries in data.items() if name != LINE})


def digits(text: str) -> float:
    """The value of a number in figures with thousands commas."""
    return float(text.replace(",", ""))


def read_number(lex: Sequence[Lexeme], at: int, words: NumberWords) -> Number | None:
    """The longest number phrase that starts at a lexeme, None if there is none. Articles count only before a scale, a fraction or "couple"."""
    kind, low = lex[at].kind, lex[at].low
    if kind == "number":
        return _figures(lex, at, words)
    if low in words.glyphs:
        return Number(at, at, words.glyphs[low], "fraction")
    if low in words.vague:
        return _vague(lex, at, words)
    if low in ("a", "an"):
        return _article(lex, at, words)
    if low == "half":
        return _half(lex, at, words)
    if low in words.cardinals:
        return _spelled(lex, at, words)
    return None


def _low(lex: Sequence[Lexeme], at: int) -> str:
    return lex[at].low if 0 <= at < len(lex) else ""


def _figures(lex: Sequence[Lexeme], at: int, words: NumberWords) -> Number:
    value, last = digits(lex[at].low), at
    slash = _slash(lex, last + 1)
    if slash is not None and value.is_integer():
        value, last = value + slash, last + 3
    elif _low(lex, last + 1) == "/" and _denominator(lex, last):
        return Number(at, last + 2, value / digits(lex[last + 2].low), "fraction")
    elif _low(lex, last + 1) in words.glyphs:
        value, last = value + words.glyphs[_low(lex, last + 1)], last + 1
    if power := _power_of_ten(lex, last + 1):
        return Number(at, power[1], value * power[0], "digits")
    value, last = _and_a_half(lex, value, last)
    while (scale := _scale_at(lex, last + 1, words)) is not None:
        value, last = value * scale, last + 1 + (_low(lex, last + 1) == "-")
    return Number(at, last, value, "digits")


def _power_of_ten(lex: Sequence[Lexeme], at: int) -> tuple[float, int] | None:
    """Factor and last lexeme of "×10^6", "x 10−8"; without a sign or a caret the exponent cannot be told from the number."""
    if _low(lex, at) not in ("×", "x", "*") or _low(lex, at + 1) != "10":
        return None
    caret = at + 2 + (_low(lex, at + 2) == "^")
    minus = _low(lex, caret) == "-"
    exponent = _low(lex, caret + minus)
    if caret + minus == at + 2 or not exponent.isdigit() or len(exponent) > 2 or not lex[caret + minus - 1].touches(lex[caret + minus]):
        return None
    return 10.0 ** (-int(exponent) if minus else int(exponent)), caret + minus


def _denominator(lex: Sequence[Lexeme], at: int) -> bool:
    """Whether "1/2", "3/4": a small fraction without blanks, not a date or an alternative."""
    if at + 2 >= len(lex) or lex[at + 2].kind != "number" or lex[at + 2].low not in ("2", "3", "4", "5", "8", "10", "16", "32", "64", "128"):
        return False
    return lex[at].touches(lex[at + 1]) and lex[at + 1].touches(lex[at + 2]) and 0 < digits(lex[at].low) < digits(lex[at + 2].low)


def _slash(lex: Sequence[Lexeme], at: int) -> float | None:
    """The fraction of a mixed number such as "2 1/2"."""
    if at + 2 < len(lex) and lex[at].kind == "number" and _low(lex, at + 1) == "/" and _denominator(lex, at):
        return digits(lex[at].low) / digits(lex[at + 2].low)
    return None


def _and_a_half(lex: Sequence[Lexeme], value: float, last: int) -> tuple[float, int]:
    """The number with "and a half" taken in."""
    if _low(lex, last + 1) == "and" and _low(lex, last + 2) in ("a", "one") and _low(lex, last + 3) in ("half", "quarter", "third"):
        return value + {"half": 0.5, "quarter": 0.25, "third": 1 / 3}[_low(lex, last + 3)], last + 3
    if _low(lex, last + 1) == "and" and _low(lex, last + 2) == "half" and _low(lex, last + 3) not in ("of", "the"):
        return value + 0.5, last + 2
    return value, last


def _scale_at(lex: Sequence[Lexeme], at: int, words: NumberWords) -> float | None:
    low = _low(lex, at)
    if low == "-" and _low(lex, at + 1) in words.scales:
        low = _low(lex, at + 1)
    return words.scales.get(low) if low != "score" else None


def _vague(lex: Sequence[Lexeme], at: int, words: NumberWords) -> Number:
    value, last = words.vague[lex[at].low], at
    while _low(lex, last + 1) == "of" and _low(lex, last + 2) in words.vague:
        value, last = value * words.vague[_low(lex, last + 2)], last + 2
    return Number(at, last, value, "vague")


def _article(lex: Sequence[Lexeme], at: int, words: NumberWords) -> Number | None:
    """Such as "a million", "a dozen", "a couple of", "a half", "a third"."""
    low = _low(lex, at + 1)
    if low == "couple":
        return Number(at, at + 1 + (_low(lex, at + 2) == "of"), 2.0, "words")
    if low == "half" and _low(lex, at + 2) in words.scales:
        return Number(at, at + 2, 0.5 * words.scales[_low(lex, at + 2)], "words")
    if low in words.scales and low != "score":
        return _spelled(lex, at, words)
    if low in words.fractions and low not in ("second", "quarter"):
        return Number(at, at + 1, words.fractions[low], "fraction")
    return None


def _half(lex: Sequence[Lexeme], at: int, words: NumberWords) -> Number:
    if _low(lex, at + 1) in ("a", "an") and _low(lex, at + 2) in words.scales:
        return Number(at, at + 2, 0.5 * words.scales[_low(lex, at + 2)], "words")
    return Number(at, at, 0.5, "fraction")


def _spelled(lex: Sequence[Lexeme], at: int, words: NumberWords) -> Number:
    """Number words by the usual sums: units and tens add up, hundred multiplies what stands before it, greater scales close a group."""
    total, group, last, step = 0.0, 0.0, at - 1, at
    while step < len(lex):
        low = lex[step].low
        if step == at and low in ("a", "an"):
            group = 1.0
        elif low in words.cardinals and _adds(words.cardinals[low], group, lex, step):
            group += words.cardinals[low]
        elif low in words.scales and low != "score" and group:
            group, total = (group * words.scales[low], total) if words.scales[low] < 1000 else (0.0, total + group * words.scales[low])
        elif not (low in ("-", "and") and step > at and _joins(lex, step, words, total + group)):
            break
        else:
            step += 1
            continue
        last = step
        step += 1
    value = total + group
    fraction = _fraction(lex, value, last, words)
    if fraction:
        return Number(at, fraction[1], fraction[0], "fraction")
    value, last = _and_a_half(lex, value, last)
    while (scale := _scale_at(lex, last + 1, words)) is not None:
        value, last = value * scale, last + 1 + (_low(lex, last + 1) == "-")
    return Number(at, last, value, "words")


def _adds(value: float, group: float, lex: Sequence[Lexeme], step: int) -> bool:
    """Whether a cardinal goes on the group: "twenty" + "four", "hundred" + "six", never "five" + "six"."""
    if not group:
        return True
    tens = group % 100
    return (value < 10 and tens >= 20 and tens % 10 == 0) or (tens == 0 and group >= 100)


def _joins(lex: Sequence[Lexeme], step: int, words: NumberWords, value: float) -> bool:
    """Whether a hyphen or "and" stands inside the number: "twenty-four", "hundred and six"."""
    after = _low(lex, step + 1)
    if lex[step].low == "-":
        return after in words.scales or (after in words.cardinals and words.cardinals[after] < 10 and value % 100 >= 20 and value % 10 == 0)
    return after in words.cardinals and value >= 100 and _low(lex, step - 1) in words.scales


def _fraction(lex: Sequence[Lexeme], value: float, last: int, words: NumberWords) -> tuple[float, int] | None:
    """Such as "two-thirds", "three quarters", "one third"; plural forms, or "one" before a singular."""
    at = last + 1 + (_low(lex, last + 1) == "-")
    low = _low(lex, at)
    if low in words.fractions and value < 10 and (low.endswith("s") or (value == 1 and low not in ("quarter", "half"))):
        return value * words.fractions[low], at
    return None
