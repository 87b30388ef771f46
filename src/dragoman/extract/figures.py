"""Figures: numbers with what they count, bounds and approximations, money, people, distances, durations, rates, conversions.

Word lists: `codebooks/figures.yaml`, `numbers.yaml`; units: `units.tsv`. Ages, ordinals, dates, clock times, names with numbers and scores are no figures.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from dragoman.annotate.columns import Annotations
from dragoman.codebook import BUILT_IN
from dragoman.extract import figure_scope as scope
from dragoman.extract.figure_amounts import Amount, FigureBook, amount_at, figure_book, rate_after, with_modifier
from dragoman.extract.lexemes import Lexeme, lexemes
from dragoman.extract.units import Unit
from dragoman.records import Article, Figure, Timex

VERSION = "2"
_LINKED_KINDS = ("money", "length", "area", "mass", "volume", "speed", "temperature", "power", "energy", "torque", "density")
# Readings of dates that are told by how far off they lie: "in three weeks", "nine days later".
_LENGTHS = ("times.in-units", "times.later", "times.hence")
_ONCE = {"once": 1.0, "twice": 2.0, "thrice": 3.0}


@dataclass(frozen=True, slots=True)
class Draft:
    """A figure with what is needed to link it: the kind of its unit and its last lexeme."""

    figure: Figure
    kind: str
    first: int
    last: int


class What(NamedTuple):
    """What an amount counts: its unit, the unit's kind and the text of what is counted."""

    unit: str | None
    kind: str
    of: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """What every step looks at."""

    notes: Annotations
    lex: Sequence[Lexeme]
    book: FigureBook
    starts: Sequence[int]
    dates: frozenset[int]

    def tokens(self, first: int, last: int) -> range:
        """The tokens of a run of lexemes."""
        return self.notes.tokens(self.lex[first].start, self.lex[last].end)

    def dated(self, at: int) -> bool:
        """Whether a lexeme is inside a date or a clock time."""
        return at in self.dates


def read(article: Article, notes: Annotations, timexes: tuple[Timex, ...], folder: Path = BUILT_IN) -> tuple[Figure, ...]:
    """The figures of an article in text order; `equals` is the index of the same amount in another unit.

    Args:
        article: the article (figures need nothing beyond its annotations).
        notes: its annotations.
        timexes: its time expressions; numbers inside dates and clock times are no figures.
        folder: the codebooks.
    """
    lex = lexemes(notes)
    starts = [piece.start for piece in lex]
    spans = [t.span for t in timexes if t.type in ("DATE", "TIME") and t.rule not in _LENGTHS]
    dates = frozenset(at for span in spans for at in range(bisect_left(starts, span.start), bisect_left(starts, span.end)))
    page = Page(notes, lex, figure_book(folder), starts, dates)
    drafts = _taken_over(page, _lent(page, list(_drafts(page))))
    linked = [replace(draft, figure=replace(draft.figure, equals=_twin(page, drafts, index))) for index, draft in enumerate(drafts)]
    return tuple(figure for index in range(len(linked)) for figure in (_converted(page, linked, index),))


def _drafts(page: Page) -> Iterator[Draft]:
    at = 0
    while at < len(page.lex):
        amount = amount_at(page.lex, at, page.notes.text, page.book)
        draft = None if page.dated(at) else _frequency(page, at) or _about_one(page, at) or (_figure(page, amount) if amount else None)
        if draft is not None:
            yield draft
        at = max(at + 1, amount.core + 1 if amount else 0, min(draft.last, amount.last) + 1 if draft and amount else 0)


def _lent(page: Page, drafts: list[Draft]) -> list[Draft]:
    """A count without a noun takes that of the next one in "from 10,000 to 33,000 people"."""
    for index in range(len(drafts) - 1):
        left, right = drafts[index], drafts[index + 1]
        between = [piece.low for piece in page.lex[left.last + 1 : right.first]]
        if left.figure.unit is None and right.kind in ("person", "item") and between in (["to"], ["and"], ["or"]):
            drafts[index] = replace(left, figure=replace(left.figure, unit=right.figure.unit, of=right.figure.of, rule=right.figure.rule), kind=right.kind)
    return drafts


def _taken_over(page: Page, drafts: list[Draft]) -> list[Draft]:
    """A bare number takes the unit of the last count before it in "63 vehicles, compared with 46", "down 5 points to 1,333.18"."""
    for index, draft in enumerate(drafts):
        if draft.kind != "number" or not _compares(page, draft):
            continue
        sentence = page.notes.sentence_of[page.tokens(draft.first, draft.last)[0]]
        before = [d for d in drafts[:index] if d.kind not in ("number", "share", "time", "rate") and page.notes.sentence_of[page.tokens(d.first, d.last)[0]] == sentence]
        if before and before[-1].kind != "money":
            figure = replace(draft.figure, unit=before[-1].figure.unit, of=before[-1].figure.of, rule=before[-1].figure.rule)
            drafts[index] = replace(draft, figure=figure, kind=before[-1].kind)
    return drafts


def _compares(page: Page, draft: Draft) -> bool:
    words = [piece.low for piece in page.lex[max(0, draft.first - 2) : draft.first]]
    return words[-1:] != [] and (words[-1] in page.book.lists["compared"] or " ".join(words) in page.book.lists["compared"])


def _frequency(page: Page, at: int) -> Draft | None:
    """Such as "once a month", "twice a week" -> 1/month, 2 a week as 2 with unit 1/week."""
    low = page.lex[at].low
    if low not in _ONCE:
        return None
    rate = rate_after(page.lex, at + 1, page.notes.text, page.book)
    if rate is None:
        return None
    tokens = page.tokens(at, rate[1])
    span = page.notes.chars(page.lex[at].start, page.lex[rate[1]].end)
    of = scope.of_amount(page.notes, tokens[0], tokens[-1]) if len(tokens) else None
    return Draft(Figure(span, _ONCE[low], None, None, f"1/{rate[0]}", False, None, of, None, "figures.frequency"), "rate", at, rate[1])


def _about_one(page: Page, at: int) -> Draft | None:
    """Such as "almost a month", "over a year": one of a unit of time, where a bound or "about" says that it is measured."""
    found = page.book.units.at(page.lex, at + 1, page.notes.text) if page.lex[at].low in ("a", "an") else None
    if found is None or found[0].kind != "time" or page.dated(at + 1):
        return None
    amount = with_modifier(page.lex, Amount(at, found[1], at, at, 1.0, 1.0, "article", found[0]), page.book)
    if amount.modifier not in ("<", ">", "~") or amount.first == at:
        return None
    core = page.tokens(at, at)
    tokens = page.tokens(amount.start, amount.last)
    return _draft(page, amount, core, What(found[0].name, "time", scope.of_amount(page.notes, tokens[0], tokens[-1]))) if len(core) else None


def _figure(page: Page, amount: Amount) -> Draft | None:
    if not len(page.tokens(amount.start, amount.core)):
        return None
    core = page.tokens(amount.start, amount.core)
    whole = page.tokens(amount.start, amount.last)
    if _excluded(page, amount, core, whole):
        return None
    if amount.unit is not None and (settled := _measured(page, amount, core)) is not None:
        return settled
    return _counted(page, replace(amount, unit=None) if amount.unit else amount, core)


def _excluded(page: Page, amount: Amount, core: range, whole: range) -> bool:
    """Whether the amount is no figure: an age, a name, an id, a score, "one" as a pronoun, "half-hearted"."""
    notes, low = page.notes, page.lex[amount.start].low
    if scope.is_age(notes, amount, core[0], core[-1]) or scope.is_age(notes, replace(amount, unit=None), whole[0], whole[-1]):
        return True
    if amount.unit is None and (scope.is_named(notes, core[0], page.book) or _identifier(page, amount) or _worded_attribute(page, amount)):
        return True
    if low == "one" and amount.start == amount.core and not _counts_one(page, amount, core):
        return True
    return _scored(page, amount) or amount.form == "article" or (low in ("half", "a") and amount.form == "fraction" and not _real_fraction(page, amount))


def _scored(page: Page, amount: Amount) -> bool:
    """Whether the number is tied to another one: a score, a telephone number, a clock."""
    lex = page.lex
    before, after = lex[amount.start - 1] if amount.start else None, lex[amount.core + 1] if amount.core + 1 < len(lex) else None
    if before is not None and before.low in ("/", ":", "–", "-") and before.touches(lex[amount.start]) and amount.start >= 2:
        return lex[amount.start - 2].kind in ("number", "slash", "clock", "code") and lex[amount.start - 2].touches(before)
    if after is None or after.low not in ("-", "–", ":", "/") or amount.unit is not None or amount.core + 2 >= len(lex):
        return False
    return lex[amount.core + 2].kind == "number" and lex[amount.core].touches(after)


def _identifier(page: Page, amount: Amount) -> bool:
    """Whether a long run of digits is an id or a telephone number."""
    text, after = page.lex[amount.start].low, amount.core + 1
    coded = after < len(page.lex) and page.lex[after].low in page.book.lists["codes"]
    return amount.unit is None and text.isdigit() and (len(text) >= 8 or coded)


def _worded_attribute(page: Page, amount: Amount) -> bool:
    """Such as "two-stage", "four-star", "three-way": a number word tied by a hyphen to what is no unit."""
    at = amount.core + 1
    tied = at + 1 < len(page.lex) and page.lex[at].low == "-" and page.lex[amount.core].touches(page.lex[at]) and page.lex[at].touches(page.lex[at + 1])
    return tied and amount.form == "words" and page.lex[at + 1].low not in page.book.lists["hyphen_nouns"]


def _counts_one(page: Page, amount: Amount, core: range) -> bool:
    """Such as "one hour", "one percent", "one soldier was killed": one with a unit, or somebody harmed."""
    if amount.unit is not None and amount.unit.kind not in ("point", "count", "factor", "scale") and amount.last > amount.core:
        return not (amount.unit.kind == "time" and page.lex[amount.last].low in ("day", "night", "year", "week", "weekend"))
    noun = scope.head_noun(page.notes, core[-1])
    return noun is not None and scope.is_people(page.notes, noun, page.book) and scope.harmed(page.notes, noun, page.book)


def _real_fraction(page: Page, amount: Amount) -> bool:
    """Such as "half of the seats", "a third of voters", "half a mile": not "half-hearted", "a third man"."""
    after = page.lex[amount.core + 1].low if amount.core + 1 < len(page.lex) else ""
    before = page.lex[amount.start - 1].low if amount.start else ""
    if before in ("first", "second", "latter", "last", "other", "better", "and", "-"):
        return False
    return after == "of" or (after in ("the", "its", "their", "all") and page.lex[amount.start].low == "half") or (amount.unit is not None and amount.unit.kind != "point")


def _measured(page: Page, amount: Amount, core: range) -> Draft | None:
    """An amount with a unit of the table; None where the word is no unit here."""
    unit = amount.unit
    if unit is None or not _unit_holds(page, amount):
        return None
    name = unit.name
    if name == "GBP" and page.lex[amount.last].low in ("pound", "pounds") and _is_weight(page, amount):
        name = "pound"
    if page.dated(amount.last) and unit.kind == "time":
        return None
    inner = page.tokens(amount.start, amount.last)
    of = scope.of_amount(page.notes, inner[0], inner[-1])
    name = "1" if amount.per and name == "time" else name
    return _draft(page, amount, core, What(f"{name}/{amount.per}" if amount.per else name, unit.kind, of))


def _unit_holds(page: Page, amount: Amount) -> bool:
    """Whether the word after the number is the unit that it looks like: "won" a noun, "second" no ordinal."""
    tokens = page.tokens(amount.last, amount.last)
    low = page.lex[amount.last].low
    if not len(tokens) or amount.last <= amount.core:
        return True
    if low in ("won", "real", "mark", "crown", "stone", "hands", "cup", "cups", "point", "points", "times", "second", "minute"):
        return page.notes.tag[tokens[0]] in ("NN", "NNS", "NNP", "FW") or (low == "second" and amount.form == "digits")
    return True


def _is_weight(page: Page, amount: Amount) -> bool:
    """Whether pounds are weight: "500-pound", "pounds of explosives", a word of weight nearby; large sums and rates are money."""
    lex, lists = page.lex, page.book.lists
    if amount.per or amount.low >= 1e6:
        return False
    if page.lex[amount.core + 1].low == "-" or (amount.last + 1 < len(lex) and lex[amount.last + 1].low == "of"):
        return True
    around = page.notes.tokens(lex[max(0, amount.first - 8)].start, lex[min(len(lex) - 1, amount.last + 8)].end)
    return any(page.notes.lemma[t] in lists["weights"] for t in around)


def _counted(page: Page, amount: Amount, core: range) -> Draft | None:
    """A count of people or things by its head noun."""
    notes, book = page.notes, page.book
    noun = scope.head_noun(notes, core[-1])
    if _year_like(page, amount) or (noun is not None and scope.inside_name(notes, core[0], noun)):
        return None
    if noun is None:
        return _lonely(page, amount, core)
    found = page.book.units.at(page.lex, _lexeme_of(page, noun), notes.text)
    if found is not None and found[0].kind not in ("money", "count", "point"):
        return _noun_unit(page, amount, core, noun, found[0])
    if _only_named(page, amount, noun) or (scope.singular(notes, noun) in book.lists["streets"] and notes.word[noun][0].isupper()):
        return None
    other = notes.lower[noun] in ("others", "other") and scope.harmed(notes, noun, book)
    people = other or scope.is_people(notes, noun, book)
    return _noun_unit(page, amount, core, noun, Unit("person", "person", None) if people else Unit(scope.singular(notes, noun), "item", None))


def _year_like(page: Page, amount: Amount) -> bool:
    """Whether a bare number looks like a year that no date rule took."""
    text = page.lex[amount.start].low
    return amount.start == amount.core and len(text) == 4 and text.isdigit() and 1900 <= amount.low <= 2060 and amount.low % 50 != 0 and amount.modifier is None


def _lexeme_of(page: Page, token: int) -> int:
    return bisect_right(page.starts, page.notes.start[token]) - 1


def _only_named(page: Page, amount: Amount, noun: int) -> bool:
    """Whether the count is of persons or parties of the story ("two men", "both sides") or of sources, not a figure."""
    notes, lists = page.notes, page.book.lists
    name = scope.singular(notes, noun)
    if name in lists["sources"]:
        return True
    small = amount.form == "words" and amount.high <= 3 and amount.modifier is None
    return small and name in lists["individuals"] and not scope.harmed(notes, noun, page.book)


def _noun_unit(page: Page, amount: Amount, core: range, noun: int, unit: Unit) -> Draft:
    """The figure of a count through its head noun, with a rate after it ("two flights a week")."""
    at = _lexeme_of(page, noun)
    rate = rate_after(page.lex, at + 1, page.notes.text, page.book)
    whole = replace(amount, last=max(amount.last, rate[1] if rate else at))
    name = "1" if rate and unit.name == "time" else unit.name
    return _draft(page, whole, core, What(f"{name}/{rate[0]}" if rate else name, unit.kind, scope.phrase(page.notes, noun, core[-1])))


def _lonely(page: Page, amount: Amount, core: range) -> Draft | None:
    """A number without a noun: people if they are killed, wounded ...; small number words only with a modifier."""
    if amount.form == "vague" and amount.start and page.lex[amount.start - 1].low in ("the", "these", "those", "his", "her", "their"):
        return None
    crowd = amount.form == "vague" and page.notes.dep[core[-1]] in ("nsubj", "nsubjpass")
    bare = amount.unit is None and amount.low.is_integer() and amount.low >= 1
    if crowd or scope.casualty(page.notes, core[-1], page.book) or (bare and scope.near_toll(page.notes, core[-1], page.book)):
        return _draft(page, amount, core, What("person", "person", None))
    small = amount.form == "words" and amount.low <= 12 and amount.modifier is None
    return None if small else _draft(page, amount, core, What(None, "number", None))


def _draft(page: Page, amount: Amount, core: range, what: What) -> Draft:
    modifier = amount.modifier
    ranged = amount.low != amount.high
    bound = modifier in ("<", ">") and not ranged
    low = amount.low if ranged or (bound and modifier == ">") else None
    high = amount.high if ranged or (bound and modifier == "<") else None
    if modifier in (None, "=") and what.kind not in ("time", "person"):
        whole = page.tokens(amount.first, amount.core)
        modifier = scope.direction(page.notes, core[-1], min(core[0], whole[0]), page.book, what.kind != "item") or modifier
    if modifier is None and what.kind in ("share", "money") and amount.high < 0:
        modifier = "down"
    span = page.notes.chars(page.lex[amount.first].start, page.lex[amount.last].end)
    approx = amount.modifier == "~" or amount.form == "vague"
    figure = Figure(span, None if ranged or bound else amount.low, low, high, what.unit, approx, modifier, what.of, None, f"figures.{what.kind}")
    return Draft(figure, what.kind, amount.first, amount.last)


def _twin(page: Page, drafts: Sequence[Draft], index: int) -> int | None:
    """The neighbour that gives the same amount in another unit: "45,000 rubles ($553)", "500 miles, or 800 km"."""
    if index + 1 < len(drafts) and _converts(page, drafts[index], drafts[index + 1]):
        return index + 1
    return index - 1 if index and _converts(page, drafts[index - 1], drafts[index]) else None


def _converted(page: Page, drafts: Sequence[Draft], index: int) -> Figure:
    """A figure with what its twin says of both: a bound before the first, a rate after the second ("6 euros ($7) a share")."""
    figure = drafts[index].figure
    if figure.equals is None:
        return figure
    twin = drafts[figure.equals]
    if figure.equals == index + 1 and "/" not in (figure.unit or "/") and page.lex[twin.last + 1 : twin.last + 2] and page.lex[twin.last + 1].low in (")", "]"):
        rate = rate_after(page.lex, twin.last + 2, page.notes.text, page.book)
        figure = replace(figure, unit=f"{figure.unit}/{rate[0]}") if rate else figure
    modifier = twin.figure.modifier
    if figure.equals != index - 1 or figure.modifier is not None or modifier not in ("<", ">") or figure.value is None:
        return figure
    low, high = (figure.value if modifier == ">" else None), (figure.value if modifier == "<" else None)
    return replace(figure, modifier=modifier, value=None, low=low, high=high)


def _converts(page: Page, left: Draft, right: Draft) -> bool:
    if left.kind != right.kind or left.kind not in _LINKED_KINDS or left.figure.unit == right.figure.unit:
        return False
    between = [piece.low for piece in page.lex[left.last + 1 : right.first]]
    if not between or len(between) > 3 or between[0] not in ("(", "[", ",", "or"):
        return False
    return between in (["("], ["["], [",", "or"], ["or"]) or (between[0] in ("(", "[") and len(between) <= 2)
