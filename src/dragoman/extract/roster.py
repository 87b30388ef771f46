"""The tables of political actors, indexed for look-up: names (countries, leaders, organisations) and role nouns (titles).

The tables are `codebooks/actors/*.tsv`; their origins and licences are in `codebooks/SOURCES.md`. Names are compared letter by letter
after plain punctuation, without accents, with hyphens and blanks alike ("Kim Jong-un" is "Kim Jong Un"); a headline in capitals matches too.
Role nouns are compared by lemma. Who holds an office on a day is asked of `Roster.tenures` (`offices`).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

from dragoman.annotate.columns import Annotations
from dragoman.annotate.english import plain
from dragoman.codebook import BUILT_IN, fingerprint, read_tsv
from dragoman.errors import CodebookError
from dragoman.extract.entry import NOTHING, Entry, Learnt
from dragoman.extract.offices import DAY, OfficeBook, Tenures, ended, load_offices
from dragoman.extract.references import References, references

__all__ = [
    "COLUMNS",
    "KNOWN_BEFORE",
    "NOTHING",
    "OFFICE_COLUMNS",
    "PLACE_COLUMNS",
    "VERSION",
    "Entry",
    "Hit",
    "Learnt",
    "Roster",
    "fold",
    "load",
    "roster_fingerprint",
    "state_in",
    "years_until",
]
VERSION = "2"
COLUMNS = ("form", "name", "kind", "country", "sector", "role", "since", "until", "origin")
OFFICE_COLUMNS = ("country", "office", "name", "since", "until", "seen", "origin")
PLACE_COLUMNS = ("form", "name", "country", "precision", "lat", "lon", "geonames_id", "population", "origin")
_TABLES = ("countries", "leaders", "organisations", "titles")
_FIRST_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}")
_HYPHEN = re.compile(r"-(\w)")
_INNER = re.compile(r"[-/–](?=\w)")
# Names may begin with these in lower case ("al-Shabaab", "al-Assad").
_LOWER_PARTICLES = frozenset({"al", "al-", "el", "ad", "ar", "as", "an", "de", "von", "van", "bin", "ben"})
_Form = TypeVar("_Form", str, tuple[str, ...])
# Names as short as this in capitals may be acronyms ("MALI" is not, "TOGO" is not, "US" would be the pronoun), unless all is in capitals.
_SHOUTED = 4
# The bearer of an office who is out of it on the date: PLOVER's ELI ("former government officials").
_OUT_OF_OFFICE = "ELI"
# Years before the first office in which somebody is known as a politician, and by the last name alone.
KNOWN_BEFORE = 3
_STATES = ("country", "place")
# A name of a state has at most so many words ("Democratic People's Republic of Korea" without its apostrophe has six).
_LONGEST_NAME = 8
_ROW_KINDS = ("person", "group", "organisation", "country", "role", "place")
_CODE = re.compile(r"[A-Z]{3}|(?:IGO|NGO|MNC|IMG):\S.*")
_DAY, _SECTOR = 10, 3
_POLITICAL = ("GOV", "LEG", "PTY", "OPP")


class _Folds(dict[int, str]):
    """Accented letters to their base letter, one for one, computed when first met."""

    def __missing__(self, code: int) -> str:
        """The base letter."""
        base = unicodedata.normalize("NFD", chr(code))[0] if code > 127 else chr(code)
        self[code] = base
        return base


_FOLDS = _Folds()


def fold(text: str) -> str:
    """The text in the form in which names are compared; its length is kept."""
    if text.isascii() and "-" not in text:
        return text if text.replace(" ", "").isalpha() else plain(text)
    return _HYPHEN.sub(lambda match: " " + match[1].upper(), plain(text).translate(_FOLDS))


@dataclass(frozen=True, slots=True)
class Hit:
    """A form of the tables found in a text: tokens `first` to `last` (inclusive), characters `[start, end)` and its rows."""

    first: int
    last: int
    start: int
    end: int
    entries: tuple[Entry, ...]


class Roster:
    """The rows of all tables, found by what stands in a text.

    Args:
        entries: rows of any table; role nouns are known by their role.
        places: the country of provinces and cities by name.
        words: the word lists that go with the tables; the built-in ones if none are given.
        book: the offices, likewise.
    """

    def __init__(
        self, entries: Iterable[Entry], places: Mapping[str, str] | None = None, words: References | None = None, book: OfficeBook | None = None
    ) -> None:
        self.places = places or {}
        self.words = words or references()
        forms: dict[str, list[Entry]] = defaultdict(list)
        titles: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        holders: list[Entry] = []
        for entry in entries:
            if entry.role in ("title", "agent", "body") or entry.rule.startswith("actors.titles"):
                titles[tuple(plain(entry.form).replace("-", " ").split(" "))].append(entry)
                continue
            forms[fold(entry.form)].append(entry)
            if _ACRONYM.fullmatch(entry.form):
                forms[fold(entry.form[:-1])].append(entry)
            if entry.kind == "person":
                holders.append(entry)
        self.tenures = Tenures(holders, book or load_offices())
        self._forms = {form: _own_rows(form, rows) for form, rows in forms.items()}
        self._by_word = _by_first(self._forms, _first_word)
        self._titles = {words: rows[0] for words, rows in titles.items()}
        self._titles_by_word = _by_first(self._titles, lambda words: words[0])

    def named(self, form: str) -> tuple[Entry, ...]:
        """The rows of one form."""
        return self._forms.get(fold(form), ())

    def names(self, notes: Annotations) -> list[Hit]:
        """All names in the text, longest first from the left, without overlap."""
        line = _Line(notes)
        hits: list[Hit] = []
        done = 0
        for at in line.starts():
            if at >= done and (form := self._longest(line, at)):
                hits.append(line.hit(at, at + len(form), self._forms[form]))
                done = at + len(form)
        return hits

    def _longest(self, line: _Line, at: int) -> str | None:
        candidates = self._by_word.get(_first_word(line.text, at), ())
        for form in candidates:
            if line.text.startswith(form, at) or self._alike(line, form, at):
                after = line.text[at + len(form) : at + len(form) + 1]
                if not after.isalnum():
                    return form
        return None

    @staticmethod
    def _alike(line: _Line, form: str, at: int) -> bool:
        """Whether the form stands there in other letters: in capitals (a headline, a dateline), or small behind an acronym ("UN security council")."""
        there = line.text[at : at + len(form)]
        if there.lower() != form.lower():
            return False
        acronym, blank, _ = form.partition(" ")
        return (there == form.upper() and (len(form) >= _SHOUTED or line.shouted(at))) or bool(blank and acronym.isupper() and there.startswith(acronym))

    def titles(self, notes: Annotations) -> list[Hit]:
        """All role nouns in the text, longest first from the left, without overlap."""
        hits: list[Hit] = []
        at = 0
        while at < len(notes):
            found = self.title(notes, at)
            if found:
                hits.append(found)
            at = found.last + 1 if found else at + 1
        return hits

    def title(self, notes: Annotations, at: int) -> Hit | None:
        """The longest role noun that begins at the token."""
        for variant in _variants(notes, at):
            for words in self._titles_by_word.get(variant, ()):
                last = _follow(notes, at, words)
                if last is not None:
                    return Hit(at, last, notes.start[at], notes.end[last], (self._titles[words],))
        return None

    @staticmethod
    def on(entries: Iterable[Entry], date: str | None) -> tuple[Entry, ...]:
        """What the rows say on a day, one row for each name, the best first.

        A person who is not in office on the day keeps the country; after the last office the sector is ELI, shortly before the first one PTY, and None long before.

        Args:
            entries: rows of one form.
            date: ISO date; None prefers rows without end, then the latest.
        """
        by_name: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_name[entry.name].append(entry)
        best = [_best(rows, date) for rows in by_name.values()]
        current = [row for row, holds in best if holds]
        return tuple(current or [row for row, _ in best])


def _own_rows(form: str, rows: list[Entry]) -> tuple[Entry, ...]:
    """Without the rows of others where the form is somebody's very name."""
    if " " not in form or len(rows) == 1 or len({row.name for row in rows}) == 1:
        return tuple(rows)
    return tuple(row for row in rows if row.kind == "person" and fold(row.name) == form) or tuple(rows)


def _best(rows: list[Entry], date: str | None) -> tuple[Entry, bool]:
    """The row that holds (of several the one that began last), and whether it does."""
    newest = sorted(rows, key=lambda row: (row.since or "", row.until or "9"), reverse=True)
    if date is None:
        return next((row for row in newest if not row.until), newest[0]), True
    holding = next((row for row in newest if row.valid(date)), None)
    if holding:
        return holding, True
    row = newest[0]
    if row.kind != "person":
        return row, False
    past = [r for r in newest if r.until and date[: len(r.until)] >= r.until]
    if past:
        return replace(past[0], sector=_OUT_OF_OFFICE), False
    return replace(newest[-1], sector=_before_office(newest[-1], date)), False


def _before_office(first: Entry, date: str) -> str | None:
    """A later head of government is a politician of some party in the years before."""
    return "PTY" if first.sector in _POLITICAL and years_until(first, date) <= KNOWN_BEFORE else None


def years_until(entry: Entry, date: str) -> int:
    """Years from the day to the year in which the row begins."""
    return int((entry.since or date)[:4]) - int(date[:4])


def _by_first(forms: Iterable[_Form], first: Callable[[_Form], str]) -> dict[str, tuple[_Form, ...]]:
    """Forms by their first word, the longest first."""
    index: dict[str, list[_Form]] = defaultdict(list)
    for form in forms:
        index[first(form)].append(form)
    return {word: tuple(sorted(found, key=len, reverse=True)) for word, found in index.items()}


def _first_word(text: str, at: int = 0) -> str:
    match = _FIRST_WORD.match(text, at)
    return match[0].lower() if match else ""


class _Line:
    """The tokens of an article as one folded string with single blanks, and the way back to tokens and characters."""

    def __init__(self, notes: Annotations) -> None:
        self._notes = notes
        self._at: list[int] = []
        pieces: list[str] = []
        length = 0
        for token, word in enumerate(notes.word):
            if token and notes.start[token] > notes.end[token - 1]:
                pieces.append(" ")
                length += 1
            self._at.append(length)
            pieces.append(word)
            length += len(word)
        self.text = fold("".join(pieces))

    def starts(self) -> Iterator[int]:
        """Where a name may begin: at a token, or behind a hyphen or slash inside one ("anti-U.S."); only at capitals, digits or "al-"."""
        for token, word in enumerate(self._notes.word):
            at = self._at[token]
            if word[:1].isupper() or word[:1].isdigit() or word.lower() in _LOWER_PARTICLES:
                yield at
            for sign in _INNER.finditer(word):
                if word[sign.end()].isupper():
                    yield at + sign.end()

    def token(self, at: int) -> int:
        """The token at a place of the string."""
        return bisect_right(self._at, at) - 1

    def hit(self, start: int, end: int, entries: tuple[Entry, ...]) -> Hit:
        """What was found, in tokens and characters of the article."""
        first, last = self.token(start), self.token(end - 1)
        begin = self._notes.start[first] + start - self._at[first]
        stop = min(self._notes.end[last], self._notes.start[last] + end - self._at[last])
        return Hit(first, last, begin, stop, entries)

    def shouted(self, at: int) -> bool:
        """Whether the sentence is in capitals."""
        token = self.token(at)
        if not self._notes.word[token].isupper():
            return False
        words = [self._notes.word[t] for t in self._notes.sentence(token) if self._notes.word[t].isalpha() and len(self._notes.word[t]) > 1]
        return len(words) > 2 and sum(word.isupper() for word in words) > 0.8 * len(words)


def _variants(notes: Annotations, token: int) -> tuple[str, ...]:
    """The word in lower case, its lemma, and its singular where the tagger took a plural for a name."""
    lower, lemma = notes.lower[token], notes.lemma[token]
    found = [lower] if lower == lemma else [lower, lemma]
    if lower.endswith("s") and notes.tag[token] in ("NNS", "NNPS", "NNP"):
        found += [lower[:-1], lower[:-3] + "y"] if lower.endswith("ies") else [lower[:-1]]
    if lower.endswith("men"):
        found.append(lower[:-3] + "man")
    return tuple(found)


def _follow(notes: Annotations, at: int, words: tuple[str, ...]) -> int | None:
    """The last token of the words if they stand at the token; hyphens between them do not count."""
    for word in words[1:]:
        at += 1
        if at < len(notes) and notes.word[at] in ("-", "–"):
            at += 1
        if at >= len(notes) or word not in _variants(notes, at):
            return None
    return at


def state_in(words: Sequence[str], roster: Roster) -> tuple[int, int, str] | None:
    """The longest run of words that names one state or body, or its adjective: first word, the one behind the last, code."""
    for size in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for first in range(len(words) - size + 1):
            form = " ".join(words[first : first + size])
            codes = {row.country for row in roster.named(form) if row.kind in _STATES or (row.country or "").startswith("IGO:")}
            usual = codes & roster.words["usual_namesakes"] if len(codes) > 1 else codes
            if len(usual) == 1 and (code := next(iter(usual))):
                return first, first + size, code
    return None


@lru_cache(maxsize=4)
def load(folder: Path = BUILT_IN, learnt: Learnt = NOTHING) -> Roster:
    """The roster of a codebook folder.

    Args:
        folder: the codebooks.
        learnt: what a ledger adds (`link.roster.learnt`).

    Raises:
        CodebookError: a table is missing, has another header, or a row that is torn or says what cannot be.
    """
    for table in (*_TABLES, "offices"):
        if not (path := folder / "actors" / f"{table}.tsv").exists():
            raise CodebookError(path, detail="the table is missing; copy it from the built-in codebooks.")
    book, words = load_offices(folder), references(folder)
    entries = ended(_entries(folder), learnt.ends, book)
    blocked = [Entry(form, form, "none", None, None, "", None, None, "own", "actors.references:no_actors") for form in sorted(words["no_actors"])]
    return Roster([*blocked, *entries, *learnt.rows], _places(folder / "actors" / "places.tsv"), words, book)


def roster_fingerprint(folder: Path = BUILT_IN) -> str:
    """Changes with any table of actors."""
    return fingerprint(folder / "actors")


def _places(path: Path) -> dict[str, str]:
    """The country of provinces and cities by name; of namesakes the province, then the most populous."""
    found: dict[str, tuple[int, str]] = {}
    for _, row in read_tsv(path, PLACE_COLUMNS):
        if row["precision"] in ("admin1", "city"):
            weight = int(row["population"] or 0) + (10**9 if row["precision"] == "admin1" else 0)
            found[row["form"]] = max(found.get(row["form"], (-1, "")), (weight, row["country"]))
    return {form: country for form, (_, country) in found.items()}


@lru_cache(maxsize=4)
def _entries(folder: Path) -> tuple[Entry, ...]:
    """The rows of all tables, persons with the last day on which an open row was known to hold."""
    known = load_offices(folder).known
    rows = [entry for table in _TABLES for entry in _read(folder / "actors" / f"{table}.tsv", known)]
    rows += _holders(folder / "actors" / "offices.tsv", load_offices(folder))
    last: dict[tuple[str | None, ...], str] = {}
    for row in rows:
        if row.seen:
            key = (row.name, row.country, row.role)
            last[key] = max(row.seen, last.get(key, ""))
    return tuple(row if not row.seen or row.seen == last[row.name, row.country, row.role] else replace(row, seen=last[row.name, row.country, row.role]) for row in rows)


def _read(path: Path, known: Mapping[str, str]) -> Iterator[Entry]:
    table = f"actors.{path.stem}"
    for line, row in read_tsv(path, COLUMNS):
        since, until, origin = row["since"], row["until"], row["origin"]
        entry = Entry(row["form"], row["name"], row["kind"], row["country"] or None, row["sector"] or None, row["role"], since or None, until or None,
                      origin, f"{table}:{line}", _last_day(row["kind"], since, until, known.get(origin) if row["sector"] != _OUT_OF_OFFICE else None))
        if fault := _fault(entry):
            raise CodebookError(f"{path}:{line}", detail=fault)
        yield entry


def _holders(path: Path, book: OfficeBook) -> Iterator[Entry]:
    """Rows of the table of offices: a person's name, country, office, first day, the day after the last, and the last day seen where a row has its own."""
    for line, row in read_tsv(path, OFFICE_COLUMNS):
        since, until, origin = row["since"], row["until"], row["origin"]
        office = book.filled(row["office"], row["country"])
        entry = Entry(row["name"], row["name"], "person", row["country"] or None, office.sector if office else "GOV", row["office"], since or None, until or None,
                      origin, f"actors.offices:{line}", row["seen"] or _last_day("person", since, until, book.known.get(origin)))
        fault = _fault(entry) or ("" if office else f"`{row['office']}` is no office of {row['country']} in offices.yaml.") or ("" if since else "no first day.")
        if fault:
            raise CodebookError(f"{path}:{line}", detail=fault)
        yield entry


def _last_day(kind: str, since: str, until: str, known: str | None) -> str | None:
    """The day up to which a row without end was checked; one that begins later was known then."""
    if kind != "person" or until or not since or known is None:
        return None
    return max(known, since if len(since) == _DAY else f"{since}-01-01"[:_DAY])


def _fault(entry: Entry) -> str:
    """What a row says that cannot be; nothing where it is sound."""
    if not entry.form.strip() or not entry.name.strip():
        return "a row needs a form and a name."
    return _fault_in_codes(entry.kind, entry.country, entry.sector) or _fault_in_days(entry.since, entry.until, entry.seen)


@cache
def _fault_in_codes(kind: str, country: str | None, sector: str | None) -> str:
    if kind not in _ROW_KINDS:
        return f"`{kind}` is no kind of actor ({', '.join(_ROW_KINDS)})."
    if country is not None and not _CODE.fullmatch(country):
        return f"`{country}` is no country: ISO 3166-1 alpha-3, or IGO:, NGO:, MNC:, IMG: and a name."
    if sector is not None and not (len(sector) == _SECTOR and sector.isupper()):
        return f"`{sector}` is no PLOVER sector."
    return ""


@cache
def _fault_in_days(since: str | None, until: str | None, seen: str | None) -> str:
    for name, day in (("since", since), ("until", until), ("seen", seen)):
        if day is not None and not DAY.fullmatch(day):
            return f"`{day}` in `{name}` is no date (YYYY, YYYY-MM or YYYY-MM-DD)."
    if since and until and until < since[: len(until)]:
        return f"ends ({until}) before it begins ({since})."
    return ""
