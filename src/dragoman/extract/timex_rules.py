"""The rules of `codebooks/times.yaml`, compiled: words become items of a class, rules become regular expressions over a string with one letter an item.

So a rule can be read as a phrase ("{last} {number} {units}") and all of them run over a few hundred letters an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.annotate.columns import Annotations
from dragoman.codebook import BUILT_IN, LINE, read_yaml
from dragoman.errors import CodebookError
from dragoman.extract.lexemes import Lexeme, split
from dragoman.extract.numbers import Number, NumberWords, number_words, read_number
from dragoman.extract.timex_words import day_in_words, ordinal_at, short_year, year_in_words

_BUILT_IN = ("day", "year", "number", "ordinal", "iso", "slash", "clock", "decade", "code", "yearwords", "longyear")
_SLOT = re.compile(r"\{([\w|]+)(?::(\w+))?\}")
_OTHER = "\ue000"
# No stretch of time in the news counts more units.
_MOST = 1e9


@dataclass(frozen=True, slots=True)
class Item:
    """A word, phrase or number over the characters `[start, end)`, with the value that it has in each of its classes."""

    values: Mapping[str, Any]
    start: int
    end: int
    low: str

    def of(self, *kinds: str) -> bool:
        """Whether it is of one of these classes."""
        return any(kind in self.values for kind in kinds)

    def value(self, kind: str) -> Any:
        """Its value in a class, None if it is not of that class."""
        return self.values.get(kind)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it matches, the classes that each named slot takes, and the name of the reading that turns a match into a value."""

    id: str
    pattern: re.Pattern[str]
    reads: str
    slots: Mapping[str, tuple[str, ...]]
    says: str | None


@dataclass(frozen=True)
class TimeBook:
    """The compiled codebook: phrases by their first word (longest first), tags that a phrase needs, the letter of each set of classes, the rules."""

    phrases: dict[str, list[tuple[tuple[str, ...], Mapping[str, Any]]]]
    guards: dict[str, str]
    letters: dict[frozenset[str], str]
    rules: tuple[Rule, ...]
    numbers: NumberWords
    months: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A match of a rule: its items by name and the items `[first, stop)` that it reads."""

    rule: Rule
    match: re.Match[str]
    items: Sequence[Item]
    first: int
    stop: int

    def __getitem__(self, name: str) -> Item | None:
        """The item of a slot, None if the slot is empty or the rule has none of that name."""
        if name not in self.rule.pattern.groupindex or self.match[name] is None:
            return None
        return self.items[self.match.start(name)]

    def value(self, name: str) -> Any:
        """The value of a slot's item, None if it is empty."""
        item = self[name]
        return None if item is None else item.value(self.kind(name))

    def kind(self, name: str) -> str:
        """The class by which a slot's item fits, "" if the slot is empty."""
        item = self[name]
        return "" if item is None else next(kind for kind in self.rule.slots[name] if item.of(kind))

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.items[self.first].start

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.items[self.stop - 1].end

    def near(self, step: int) -> Item | None:
        """The item before (-1, -2) or after (1, 2) what is read."""
        at = self.first + step if step < 0 else self.stop - 1 + step
        return self.items[at] if 0 <= at < len(self.items) else None


@lru_cache(maxsize=4)
def time_book(folder: Path = BUILT_IN) -> TimeBook:
    """The time expressions of a codebook folder.

    Raises:
        CodebookError: a rule names an unknown class or is no regular expression.
    """
    path = folder / "times.yaml"
    data = read_yaml(path)
    kinds = {name: _entries(entries) for name, entries in data["classes"].items() if name != LINE}
    phrases = _phrases(kinds)
    sets = {frozenset({"ordinal", "latter"})} | {frozenset(values) for entries in phrases.values() for _, values in entries} | {frozenset([name]) for name in (*_BUILT_IN, *kinds)}
    letters = {names: chr(0xE001 + number) for number, names in enumerate(sorted(sets, key=sorted))}
    macros = {name: text for name, text in data["macros"].items() if name != LINE}
    rules = tuple(_rule(entry, macros, letters, path) for entry in data["rules"])
    guards = {str(word): tag for word, tag in data["guards"].items() if word != LINE}
    return TimeBook(phrases, guards, letters, rules, number_words(folder), frozenset(kinds["month"]))


def _entries(entries: Any) -> dict[str, Any]:
    return {str(word): value for word, value in entries.items() if word != LINE} if isinstance(entries, dict) else {str(word): str(word) for word in entries}


def _phrases(kinds: dict[str, dict[str, Any]]) -> dict[str, list[tuple[tuple[str, ...], Mapping[str, Any]]]]:
    """Phrases by their first word, longest first, each with its value in all classes that list it."""
    values: dict[tuple[str, ...], dict[str, Any]] = {}
    for kind, entries in kinds.items():
        for phrase, value in entries.items():
            values.setdefault(split(phrase), {})[kind] = value
    found: dict[str, list[tuple[tuple[str, ...], Mapping[str, Any]]]] = {}
    for words, classes in values.items():
        found.setdefault(words[0], []).append((words, classes))
    return {word: sorted(entries, key=lambda entry: -len(entry[0])) for word, entries in found.items()}


def _rule(entry: dict[str, Any], macros: dict[str, str], letters: dict[frozenset[str], str], path: Path) -> Rule:
    text = re.sub(r"<(\w+)>", lambda match: macros.get(match[1], match[0]) if match[1] != "at" else match[0], re.sub(r"\s+", "", entry["pattern"]))
    slots: dict[str, tuple[str, ...]] = {}
    known = frozenset().union(*letters)

    def slot(match: re.Match[str]) -> str:
        kinds = match[1].split("|")
        if unknown := [kind for kind in kinds if kind not in known]:
            raise CodebookError(f"{path}:{entry[LINE]}", detail=f"rule {entry['id']} names an unknown class: {', '.join(unknown)}.")
        name = match[2] or (kinds[0] if len(kinds) == 1 else "")
        found = f"[{''.join(letter for names, letter in letters.items() if not names.isdisjoint(kinds))}]"
        if not name or name in slots:
            return found
        slots[name] = tuple(kinds)
        return f"(?P<{name}>{found})"

    try:
        return Rule(entry["id"], re.compile(_SLOT.sub(slot, text)), entry["reads"], slots, entry.get("says"))
    except re.error as error:
        raise CodebookError(f"{path}:{entry[LINE]}", detail=f"rule {entry['id']} is no pattern: {error}.") from error


def items(lex: Sequence[Lexeme], notes: Annotations, book: TimeBook) -> list[Item]:
    """The text as items: the longest phrase or number at each place."""
    found, at = [], 0
    while at < len(lex):
        item, at = _item(lex, at, notes, book)
        found.append(item)
    return found


def _item(lex: Sequence[Lexeme], at: int, notes: Annotations, book: TimeBook) -> tuple[Item, int]:
    piece = lex[at]
    if piece.kind in ("iso", "slash", "clock", "decade", "code"):
        return Item({piece.kind: piece.low}, piece.start, piece.end, piece.low), at + 1
    if (piece.low == "'" or piece.kind == "number") and (short := short_year(lex, at, book.months, _tag_at(notes, lex, at + 1 + (piece.low == "'")))):
        last = at + (piece.low == "'")
        return Item({"year": short}, piece.start, lex[last].end, lex[last].low), last + 1
    if (ordinal := ordinal_at(lex, at, book.numbers, book.months)) and not (piece.low == "second" and _tag(notes, piece).startswith("NN")):
        value, last = ordinal
        both = {"ordinal": value} | next((dict(entry[1]) for entry in book.phrases.get(piece.low, ()) if len(entry[0]) == 1 and last == at and "unit" not in entry[1]), {})
        return Item(both, piece.start, lex[last].end, piece.low), last + 1
    phrase = next((entry for entry in book.phrases.get(piece.low, ()) if _fits(lex, at, entry[0], notes, book.guards)), None)
    number = read_number(lex, at, book.numbers)
    if number and number.value < _MOST and not (number.form == "fraction" and piece.low in ("a", "an")) and (phrase is None or number.last - at + 1 > len(phrase[0])):
        if number.form == "digits" and number.last == at:
            return Item({_figure_kind(piece.low): number.value}, piece.start, piece.end, piece.low), at + 1
        if worded := _date_words(lex, at, number, notes, book):
            return worded
        if number.form != "vague":
            return Item({"number": number.value}, piece.start, lex[number.last].end, piece.low), number.last + 1
    if phrase:
        words, values = phrase
        return Item(values, piece.start, lex[at + len(words) - 1].end, piece.low), at + len(words)
    return Item({}, piece.start, piece.end, piece.low), at + 1


def _figure_kind(text: str) -> str:
    if text.isdigit() and len(text) == 4 and 1000 <= int(text) <= 2199:
        return "year"
    return "day" if text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 31 else "number"


def _date_words(lex: Sequence[Lexeme], at: int, number: Number, notes: Annotations, book: TimeBook) -> tuple[Item, int] | None:
    """A day or a year in number words."""
    if year := year_in_words(lex, at, number, book.numbers):
        value, last, anywhere = year
        if anywhere or not _tag_at(notes, lex, last + 1).startswith(("NN", "JJ", "$")):
            return Item({"yearwords" if anywhere else "longyear": value}, lex[at].start, lex[last].end, lex[at].low), last + 1
    if day_in_words(number, lex, book.months, _tag_at(notes, lex, number.last + 1)):
        return Item({"day": int(number.value)}, lex[at].start, lex[number.last].end, lex[at].low), number.last + 1
    return None


def _tag_at(notes: Annotations, lex: Sequence[Lexeme], at: int) -> str:
    return _tag(notes, lex[at]) if at < len(lex) else ""


def _fits(lex: Sequence[Lexeme], at: int, words: tuple[str, ...], notes: Annotations, guards: dict[str, str]) -> bool:
    if at + len(words) > len(lex) or any(lex[at + step].low != word for step, word in enumerate(words)):
        return False
    if words[-1] == "." and not lex[at].touches(lex[at + 1]):
        return False
    guard = guards.get(words[0]) if len(words) == 1 or words[1] == "." else None
    if guard is None:
        return True
    return lex[at].capital if guard == "Capital" else _tag(notes, lex[at]).startswith(tuple(guard.split("|")))


def _tag(notes: Annotations, piece: Lexeme) -> str:
    tokens = notes.tokens(piece.start, piece.end)
    return notes.tag[tokens[0]] if len(tokens) else ""


def hits(found: Sequence[Item], book: TimeBook) -> Iterator[Hit]:
    """All matches of all rules, rule by rule."""
    line = "".join(book.letters.get(frozenset(item.values), _OTHER) for item in found)
    for rule in book.rules:
        for match in rule.pattern.finditer(line):
            name = "at" if "at" in rule.pattern.groupindex else 0
            if match.end(name) > match.start(name):
                yield Hit(rule, match, found, match.start(name), match.end(name))

