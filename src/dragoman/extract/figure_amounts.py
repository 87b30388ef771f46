"""Amounts in the running text: sign, number, scale, range, unit and rate, before anything is asked of the parse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.codebook import BUILT_IN, LINE, read_yaml
from dragoman.extract.lexemes import Lexeme, split
from dragoman.extract.numbers import Number, NumberWords, number_words, read_number
from dragoman.extract.units import Unit, UnitTable, unit_table

# Greater than any amount of news: longer digits are ids.
_MOST = 1e18
_SURE_SCALES = ("bn", "mn", "mln", "bln", "tn", "trn")
_SEPARATORS = ("-", "–", "to", "or")


@dataclass(frozen=True)
class FigureBook:
    """`figures.yaml` with the number words and the units.

    `before` (by last word) and `after` (by first word) map phrases to modifiers, longest first; `lists` are plain word lists; `ambiguous` maps abbreviations
    to unit, kind and the words around that decide for it.
    """

    before: dict[str, list[tuple[tuple[str, ...], str]]]
    after: dict[str, list[tuple[tuple[str, ...], str]]]
    lists: dict[str, frozenset[str]]
    ambiguous: dict[str, tuple[tuple[str, str, frozenset[str]], ...]]
    numbers: NumberWords
    units: UnitTable


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount over the lexemes `first` to `last`; `low` and `high` are the ends of a range (equal for a single number), `core` the last lexeme of the number."""

    first: int
    last: int
    start: int
    core: int
    low: float
    high: float
    form: str
    unit: Unit | None = None
    per: str | None = None
    modifier: str | None = None


@lru_cache(maxsize=4)
def figure_book(folder: Path = BUILT_IN) -> FigureBook:
    """The figure words of a codebook folder."""
    data = read_yaml(folder / "figures.yaml")
    lists = {name: frozenset(str(word).lower() for word in words) for name, words in data.items() if isinstance(words, list)}
    ambiguous = {
        form: tuple((unit, entry["kind"], frozenset(entry["near"])) for unit, entry in units.items() if unit != LINE)
        for form, units in data["ambiguous"].items() if form != LINE
    }  # fmt: skip
    return FigureBook(_phrases(data["modifiers"], -1), _phrases(data["after"], 0), lists, ambiguous, number_words(folder), unit_table(folder))


def _phrases(entries: dict[str, Any], key: int) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Phrases with their modifiers by their first (0) or last (-1) word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, modifier in ((split(str(phrase)), modifier) for modifier, phrases in entries.items() if modifier != LINE for phrase in phrases):
        found.setdefault(words[key], []).append((words, modifier))
    return {word: sorted(phrases, key=lambda entry: -len(entry[0])) for word, phrases in found.items()}


def amount_at(lex: Sequence[Lexeme], at: int, text: str, book: FigureBook) -> Amount | None:
    """The amount whose number starts at a lexeme."""
    number = read_number(lex, at, book.numbers)
    if number is None or number.value > _MOST or _glued(lex, at, number.last, book) or _is_name_letter(lex, number.last + 1):
        return None
    number = _out_of(lex, number, text, book)
    below = int(_low(lex, at - 1) == "-" and lex[at - 1].touches(lex[at]) and book.units.before(lex, at - 1, text) is not None)
    sign = book.units.before(lex, at - below, text)
    if sign is None and at and lex[at - 1].kind == "word" and lex[at - 1].touches(lex[at]):
        return None
    value, last = _scaled(lex, number, sign is not None, book)
    first = sign[1] if sign else at
    minus = _minus(lex, first)
    value = -value if minus or below else value
    amount = Amount(first - minus, last, at, last, value, value, number.form, sign[0] if sign else None)
    amount = _ranged(lex, amount, text, book)
    amount = _with_unit(lex, amount, text, book)
    if amount.unit is None:
        amount = _lent_unit(lex, amount, text, book)
    amount = _with_rate(lex, amount, text, book)
    return with_modifier(lex, amount, book)


def _out_of(lex: Sequence[Lexeme], number: Number, text: str, book: FigureBook) -> Number:
    """Such as "one in three voters", "two out of five": a fraction, unless the second number counts time ("two in three years")."""
    at = number.last + 1
    step = at + (1 if _low(lex, at) == "in" else 2 if (_low(lex, at), _low(lex, at + 1)) == ("out", "of") else len(lex))
    step += _low(lex, step) == "every"
    whole = read_number(lex, step, book.numbers) if step < len(lex) and number.form == "words" and number.first == number.last else None
    if whole is None or not number.value < whole.value <= 1000 or not whole.value.is_integer() or (whole.form == "digits" and len(lex[whole.first].low) > 3):
        return number
    after = book.units.at(lex, whole.last + 1, text)
    return number if after and after[0].kind in ("time", "money") else Number(number.first, whole.last, number.value / whole.value, "fraction")


def _minus(lex: Sequence[Lexeme], first: int) -> int:
    """How many lexemes of a minus stand before: "-1.3%", "minus 5"; a hyphen after a word is none."""
    before = _low(lex, first - 1)
    if before == "minus":
        return 1
    if before == "-" and _low(lex, first - 2) == "minus":
        return 2
    return int(before == "-" and lex[first - 1].touches(lex[first]) and not (first >= 2 and lex[first - 2].touches(lex[first - 1])))


def _lent_unit(lex: Sequence[Lexeme], amount: Amount, text: str, book: FigureBook) -> Amount:
    """The unit of the second number for the first of two: "from 4.8 to 4.7 percent", "8 or $9"."""
    at = amount.last + 1 + (_low(lex, amount.last + 1) == "-")
    if _low(lex, at) not in ("to", "or", "and") or at + 1 >= len(lex):
        return amount
    sign = book.units.at(lex, at + 1, text)
    money = sign is not None and sign[0].kind == "money" and not lex[sign[1]].low.isalpha()
    other = read_number(lex, sign[1] + 1 if sign and money else at + 1, book.numbers) if at + 2 < len(lex) else None
    if other is None or other.form != amount.form:
        return amount
    after = other.last + 1 + (_low(lex, other.last + 1) == "-")
    found = sign if money else book.units.at(lex, after, text)
    return _lent(amount, found[0]) if found and (money or len(lex[found[1]].low) > 1) else amount


def _lent(amount: Amount, unit: Unit) -> Amount:
    return Amount(amount.first, amount.last, amount.start, amount.core, amount.low, amount.high, amount.form, unit, amount.per, amount.modifier)


def _low(lex: Sequence[Lexeme], at: int) -> str:
    return lex[at].low if 0 <= at < len(lex) else ""


def _glued(lex: Sequence[Lexeme], first: int, last: int, book: FigureBook) -> bool:
    """Whether the number is part of a name or code: "F-16", "Covid-19", "5G", "B-52s"."""
    before, tie = (lex[first - 2], lex[first - 1]) if first >= 2 else (None, None)
    if before and tie and tie.low in ("-", ".") and before.touches(tie) and tie.touches(lex[first]) and before.kind in ("word", "code"):
        return before.low not in book.lists["prefixes"]
    after = lex[last + 1] if last + 1 < len(lex) else None
    return after is not None and lex[last].touches(after) and after.low in ("d", "c", "a", "'", ":", "am", "pm") and lex[first].kind == "number"


def _scaled(lex: Sequence[Lexeme], number: Number, money: bool, book: FigureBook) -> tuple[float, int]:
    """The value with an abbreviated scale ("2bn", "$7.6m", "25k") and its last lexeme."""
    at = number.last + 1
    low = _low(lex, at)
    if number.form != "digits" or low not in book.numbers.short_scales:
        return number.value, number.last
    touching = lex[number.last].touches(lex[at])
    scale = book.numbers.short_scales[low]
    if low in _SURE_SCALES or (money and (touching or low in ("m", "b"))) or (low == "k" and touching):
        return number.value * scale, at
    if low in ("m", "b") and (touching or lex[at].capital) and _counted_next(lex, at + 1, book):
        return number.value * scale, at
    return number.value, number.last


def _counted_next(lex: Sequence[Lexeme], at: int, book: FigureBook) -> bool:
    """Whether "5m" before this is five million: a plural noun or a currency follows, no adjective of length."""
    low = _low(lex, at)
    return (len(low) > 3 and low.endswith(("s", "people")) and low not in ("across", "metres", "hurdles", "years")) or low in ("people", "children", "of")


def _ranged(lex: Sequence[Lexeme], amount: Amount, text: str, book: FigureBook) -> Amount:
    """Such as "10 or 12", "$8 billion to $12 billion", "between 5 and 10", "10 percent to 20 percent"."""
    at, inner = amount.last + 1, book.units.at(lex, amount.last + 1, text)
    if inner and _low(lex, inner[1] + 1) in (*_SEPARATORS, "and") and _small_unit_ok(lex, amount.last, inner, book):
        at = inner[1] + 1
    between = amount.first and _low(lex, amount.first - 1) == "between"
    if _low(lex, at) not in _SEPARATORS and not (_low(lex, at) == "and" and between):
        return amount
    if _low(lex, at) in ("-", "–") and at > amount.last + 1:
        return amount
    other = at + 1 + (_low(lex, at + 1) in ("about", "around", "up", "nearly"))
    sign = next((found for width in (0, 1, 2) if (found := book.units.at(lex, other, text)) and found[0].kind == "money" and found[1] == other + width), None)
    other = sign[1] + 1 if sign else other
    if other >= len(lex):
        return amount
    number = read_number(lex, other, book.numbers)
    if number is None or number.value > _MOST or number.form in ("vague", "article") or (_low(lex, at) == "to" and _changes(lex, amount.first, inner is not None, book)):
        return amount
    value, last = _scaled(lex, number, amount.unit is not None, book)
    if _low(lex, at) == "or" and any(lex[step].low == "respectively" for step in range(last, min(len(lex), last + 25))):
        return amount
    if not _same_unit(inner[0] if inner and at > amount.last + 1 else None, sign[0] if sign else None, amount.unit, book.units.at(lex, last + 1, text)):
        return amount
    return _joined(lex, amount, (_bare(lex, number, book), value, last), _low(lex, at))


def _changes(lex: Sequence[Lexeme], first: int, named: bool, book: FigureBook) -> bool:
    """Whether "from A to B" or "(3 points) to B" follows a word of change, so that A and B are no range; "by A to B" is one."""
    if not named and _low(lex, first - 1) != "from":
        return False
    return any(lex[at].low in book.lists["changed"] for at in range(max(0, first - 6), first)) and _low(lex, first - 1) != "by"


def _same_unit(inner: Unit | None, sign: Unit | None, money: Unit | None, after: tuple[Unit, int] | None) -> bool:
    """Whether both ends of a range are of one unit: no percentage to a price, no price to a count of another thing."""
    if inner is not None:
        return (sign is None and after is not None and after[0].name == inner.name) or (sign is not None and inner.name == sign.name)
    if sign is not None:
        return money is not None and sign.name == money.name
    return money is None or after is None or after[0].kind in ("money", money.kind)


def _joined(lex: Sequence[Lexeme], amount: Amount, end: tuple[float, float, int], sep: str) -> Amount:
    """The range, if its second end (without its scale, with it, last lexeme) is the greater; a scale that only the second end has counts for both."""
    (bare, value, last), low = end, amount.low
    if low < bare < value and low < 1000:
        low *= value / bare
    if not low < value or (sep == "or" and value > 3 * low) or (sep in ("-", "–") and _score(lex, amount, last)):
        return amount
    return Amount(amount.first, last, amount.start, last, low, value, amount.form, amount.unit)


def _bare(lex: Sequence[Lexeme], number: Number, book: FigureBook) -> float:
    """The number without its scale words."""
    value = number.value
    for piece in lex[number.first : number.last + 1]:
        value /= book.numbers.scales.get(piece.low, 1.0)
    return value


def _score(lex: Sequence[Lexeme], amount: Amount, last: int) -> bool:
    """Whether a third number follows the dash, as in telephone numbers and dates."""
    return (_low(lex, last + 1) in ("-", "–") and last + 2 < len(lex) and lex[last + 2].kind == "number") or _low(lex, amount.first - 1) in ("-", "–", "/")


def _small_unit_ok(lex: Sequence[Lexeme], last: int, found: tuple[Unit, int], book: FigureBook) -> bool:
    """Whether an abbreviation of one or two letters is a unit here: it touches figures, or stands after them."""
    low = lex[found[1]].low
    if found[1] > last + 1 or len(low) > 2 or not low.isalpha():
        return True
    return lex[last].kind == "number" and (lex[last].touches(lex[last + 1]) or low not in book.lists["touching"])


def _is_name_letter(lex: Sequence[Lexeme], at: int) -> bool:
    """Whether a capital after the figures makes a name of them: "5G", "3D"."""
    return at < len(lex) and lex[at].low in ("g", "d") and lex[at].capital and lex[at - 1].touches(lex[at])


def _with_unit(lex: Sequence[Lexeme], amount: Amount, text: str, book: FigureBook) -> Amount:
    if amount.unit is not None and amount.unit.kind == "money":
        named = book.units.at(lex, amount.last + 1, text)
        return _closed(amount, named[0], named[1]) if named and named[0].kind == "money" else amount
    at = amount.last + 1
    at += _low(lex, at) == "-" and lex[at - 1].touches(lex[at])
    at += amount.form in ("vague", "fraction") and _low(lex, at) == "of"
    at += amount.form == "fraction" and _low(lex, at) in ("a", "an")
    found = book.units.at(lex, at, text)
    if at < len(lex) and (meant := _meant(lex, at, text, book)) is not None:
        return _closed(amount, meant, at)
    if found is None or not _small_unit_ok(lex, amount.last, found, book):
        return amount
    return _closed(amount, found[0], found[1])


def _meant(lex: Sequence[Lexeme], at: int, text: str, book: FigureBook) -> Unit | None:
    """What an abbreviation of several units stands for by the words around it: "661 kt" of speed are knots."""
    meanings = book.ambiguous.get(text[lex[at].start : lex[at].end], ())
    around = {piece.low for piece in lex[max(0, at - 15) : at + 15]} if meanings else set()
    return next((Unit(name, kind, None) for name, kind, words in meanings if not words.isdisjoint(around)), None)


def _closed(amount: Amount, unit: Unit, last: int) -> Amount:
    return Amount(amount.first, last, amount.start, amount.core, amount.low, amount.high, amount.form, unit, amount.per, amount.modifier)


def _with_rate(lex: Sequence[Lexeme], amount: Amount, text: str, book: FigureBook) -> Amount:
    """Such as "$58 a barrel", "7.6m a year", "5 percent per annum"."""
    if amount.unit is None:
        return amount
    found = rate_after(lex, amount.last + 1, text, book)
    if found is None or (amount.unit.kind == "time" and found[0] in ("year", "decade")):
        return amount
    return Amount(amount.first, found[1], amount.start, amount.core, amount.low, amount.high, amount.form, amount.unit, found[0], amount.modifier)


def rate_after(lex: Sequence[Lexeme], at: int, text: str, book: FigureBook) -> tuple[str, int] | None:
    """What a rate is per ("month", "barrel") and its last lexeme, if a rate stands at a lexeme."""
    if _low(lex, at) == "-" and _low(lex, at + 1) in ("a", "per"):
        at += 1
    if _low(lex, at) not in book.lists["rate_words"] or at + 1 >= len(lex):
        return None
    step = at + 1 + (_low(lex, at + 1) == "-")
    if _low(lex, step) == "annum":
        return "year", step
    found = book.units.at(lex, step, text)
    if found and found[0].kind not in ("money", "share") and _low(lex, found[1] + 1) not in ("ago", "earlier", "later", "-"):
        return found[0].name, found[1]
    if _low(lex, at) == "per" or _low(lex, step) in ("share", "head", "person", "ticket", "piece", "family", "household", "seat", "pop", "litre", "bottle", "vote"):
        return (lex[step].low, step) if step < len(lex) and lex[step].kind == "word" else None
    return None


def with_modifier(lex: Sequence[Lexeme], amount: Amount, book: FigureBook) -> Amount:
    """The modifier before the amount (then part of its span) or after it."""
    first, modifier = amount.first, None
    while (found := _phrase_before(lex, first, book)) is not None:
        first, modifier = found[0], modifier or found[1]
        modifier = found[1] if modifier in (None, "~") and found[1] in "<>" else modifier
    after = next((entry for entry in book.after.get(_low(lex, amount.last + 1), ()) if _stands(lex, amount.last + 1, entry[0])), None)
    last = amount.last + (len(after[0]) if after and modifier is None else 0)
    if amount.form == "vague" and modifier is None:
        modifier = ">"
    return Amount(first, last, amount.start, amount.core, amount.low, amount.high, amount.form, amount.unit, amount.per, modifier or (after[1] if after else None))


def _phrase_before(lex: Sequence[Lexeme], at: int, book: FigureBook) -> tuple[int, str] | None:
    return next(((at - len(words), modifier) for words, modifier in book.before.get(_low(lex, at - 1), ()) if _stands(lex, at - len(words), words)), None)


def _stands(lex: Sequence[Lexeme], at: int, words: tuple[str, ...]) -> bool:
    return at >= 0 and at + len(words) <= len(lex) and all(lex[at + step].low == word for step, word in enumerate(words))
