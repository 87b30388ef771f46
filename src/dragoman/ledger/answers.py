"""Typed answers: events, claims, commitments, figures and articles of the ledger, by filters.

Filters take codes; several go in one string with commas between them (`actor="RUS,BLR"`). `since` and `until` are ISO days, months or
years and compare with the row's own date, or with the day of publication where the row has none.
"""

# ruff: noqa: S608 (names of tables and columns are ours; what users give goes in as parameters)
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date as day
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from dragoman.code.ontology import ONTOLOGY
from dragoman.errors import SettingError
from dragoman.ledger.codes import codes
from dragoman.ledger.days import bounds
from dragoman.ledger.query import arrow

if TYPE_CHECKING:
    from dragoman.ledger.store import Ledger

Row = TypeVar("Row")
_VOCABULARIES = {
    "factuality": ("actual", "future", "hypothetical", "negated"),
    "kind": ("statement", "accusation", "denial", "forecast", "promise", "threat", "demand", "announcement", "opinion"),
    "form": ("direct", "indirect", "mixed"),
    "change": ("set", "moved", "met", "missed", "cancelled"),
    "resolution": ("true", "false", "partly", "open"),
}
_FROM_ARTICLE = ("title", "outlet", "url", "language", "sha256")
# The latest resolution of a claim: its own, else that of the claim which had the same cue before a later coding changed its content.
_RESOLVED = """LEFT JOIN (SELECT DISTINCT ON (c.id) c.id, r.verdict, r."by" FROM claims c JOIN resolutions r
               ON r.id = c.id OR (r.article = c.article AND r.cue_start = c.cue_start) WHERE c.kind = 'forecast'
               ORDER BY c.id, r.id = c.id DESC, r.recorded_at DESC) r ON r.id = t.id"""
_RESOLUTION = "CASE WHEN t.kind = 'forecast' THEN coalesce(r.verdict, 'open') END"
_COMPUTED = {"quote": "s.surface AS quote", "resolution": f"{_RESOLUTION} AS resolution", "resolved_by": 'r."by" AS resolved_by'}


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article of the ledger."""

    id: str
    published: day | None
    title: str | None
    outlet: str | None
    url: str | None
    language: str
    sha256: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event, with the article that reports it and the sentence it stands in (`quote`)."""

    id: str
    article: str
    published: day | None
    title: str | None
    outlet: str | None
    url: str | None
    quote: str | None
    start: int
    end: int
    surface: str
    type: str
    mode: str | None
    contexts: list[str]
    cameo: str | None
    quad: str
    score: float | None
    actor_countries: list[str]
    recipient_countries: list[str]
    factuality: str
    date: str | None
    date_how: str | None
    valid_from: day | None
    valid_to: day | None
    place_name: str | None
    place_country: str | None
    lat: float | None
    lon: float | None
    geonames_id: int | None
    precision: str | None
    voice_surface: str | None
    confidence: float
    coder: str
    run: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim, with the article that reports it; `surface` runs from the first to the last piece of the content.

    For a forecast, `valid_from` to `valid_to` are the days by which it is to come true; `resolution` (true, false, partly, or open for one
    that nobody has resolved) and `resolved_by` are what was recorded since.
    """

    id: str
    article: str
    published: day | None
    title: str | None
    outlet: str | None
    url: str | None
    quote: str | None
    start: int
    end: int
    surface: str
    source_surface: str | None
    source_name: str | None
    source_country: str | None
    source_sector: str | None
    cue_surface: str | None
    form: str
    kind: str
    depth: int
    via_surface: str | None
    forecast_of: str | None
    forecast_by: str | None
    valid_from: day | None
    valid_to: day | None
    hedge: str | None
    p_low: float | None
    p_high: float | None
    resolution: str | None
    resolved_by: str | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A commitment or deadline, with the article that reports it; `surface` is the action."""

    id: str
    article: str
    published: day | None
    title: str | None
    outlet: str | None
    url: str | None
    quote: str | None
    start: int
    end: int
    surface: str
    holder: str | None
    by: str | None
    due: str | None
    due_surface: str | None
    change: str | None
    from_due: str | None
    condition_surface: str | None
    valid_from: day | None
    valid_to: day | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A quantity, with the article that gives it."""

    id: str
    article: str
    published: day | None
    title: str | None
    outlet: str | None
    url: str | None
    quote: str | None
    start: int
    end: int
    surface: str
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    approx: bool
    modifier: str | None
    of: str | None
    equals: str | None
    voice_surface: str | None
    recorded_at: datetime


def events(
    ledger: Ledger, *, actor: str | None = None, recipient: str | None = None, type: str | None = None, mode: str | None = None,  # noqa: A002 (the field's word)
    context: str | None = None, quad: str | None = None, factuality: str | None = None, country: str | None = None, min_confidence: float | None = None,
    outlet: str | None = None, article: str | None = None, since: str | day | None = None, until: str | day | None = None,
    limit: int | None = None, when: datetime | None = None,
) -> list[EventRow]:
    """Events in the order of their dates.

    Args:
        ledger: whom to ask.
        actor: country codes, any of which must be among the actors'.
        recipient: country codes, any of which must be among the recipients'.
        type: PLOVER types.
        mode: PLOVER modes.
        context: PLOVER contexts, any of which the event must have.
        quad: quad classes.
        factuality: actual, future, hypothetical, negated.
        country: country codes of the place.
        min_confidence: 0 to 1.
        outlet: names of outlets.
        article: ids of articles.
        since: first day.
        until: last day.
        limit: how many at most.
        when: what was known at this moment (UTC).

    Raises:
        SettingError: `since` or `until` is no ISO date, or a name is none of its vocabulary, or a side is given by name and not by code.
    """
    asked = _Filter()
    asked.any_of("t.actor_countries", codes("actor", actor))
    asked.any_of("t.recipient_countries", codes("recipient", recipient))
    asked.any_of("t.contexts", context)
    asked.one_of("t.type", known("type", type, upper=True))
    asked.one_of("t.quad", known("quad", quad))
    asked.one_of("t.factuality", known("factuality", factuality))
    for column, value in (("mode", mode), ("article", article)):
        asked.one_of(f"t.{column}", value)
    asked.one_of("t.place_country", codes("country", country))
    asked.one_of("a.outlet", outlet)
    asked.at_least("t.confidence", min_confidence)
    asked.between("coalesce(t.valid_from, t.valid_to, t.published)", "coalesce(t.valid_to, t.valid_from, t.published)", since, until)
    return _select(ledger, EventRow, "events", asked, limit=limit, when=when)


def claims(
    ledger: Ledger, *, source: str | None = None, kind: str | None = None, form: str | None = None, outlet: str | None = None, article: str | None = None,
    resolution: str | None = None, since: str | day | None = None, until: str | day | None = None, limit: int | None = None, when: datetime | None = None,
) -> list[ClaimRow]:
    """Claims in the order of their publication.

    `source` is the country code of the source; `resolution` keeps forecasts of that resolution (true, false, partly, open); the rest as
    for `events`.
    """
    asked = _Filter()
    asked.one_of("t.source_country", codes("source", source))
    for column, value in (("kind", known("kind", kind)), ("form", known("form", form)), ("article", article)):
        asked.one_of(f"t.{column}", value)
    asked.one_of("a.outlet", outlet)
    asked.one_of(_RESOLUTION, known("resolution", resolution))
    asked.between("t.published", "t.published", since, until)
    return _select(ledger, ClaimRow, "claims", asked, limit=limit, when=when)


def commitments(
    ledger: Ledger, *, holder: str | None = None, by: str | None = None, change: str | None = None, outlet: str | None = None, article: str | None = None,
    since: str | day | None = None, until: str | day | None = None, limit: int | None = None, when: datetime | None = None,
) -> list[CommitmentRow]:
    """Commitments in the order of their deadlines, to which `since` and `until` refer. The rest as for `events`."""
    asked = _Filter()
    asked.one_of("t.holder", codes("holder", holder, or_names=True))
    asked.one_of("t.by", codes("by", by, or_names=True))
    for column, value in (("change", known("change", change)), ("article", article)):
        asked.one_of(f"t.{column}", value)
    asked.one_of("a.outlet", outlet)
    asked.between("coalesce(t.valid_from, t.valid_to, t.published)", "coalesce(t.valid_to, t.valid_from, t.published)", since, until)
    return _select(ledger, CommitmentRow, "commitments", asked, limit=limit, when=when)


def figures(
    ledger: Ledger, *, unit: str | None = None, of: str | None = None, outlet: str | None = None, article: str | None = None,
    since: str | day | None = None, until: str | day | None = None, limit: int | None = None, when: datetime | None = None,
) -> list[FigureRow]:
    """Figures in the order of their publication. `of` is what is counted; the rest as for `events`."""
    asked = _Filter()
    for column, value in (("unit", unit), ("of", of), ("article", article)):
        asked.one_of(f't."{column}"', value)
    asked.one_of("a.outlet", outlet)
    asked.between("t.published", "t.published", since, until)
    return _select(ledger, FigureRow, "figures", asked, limit=limit, when=when)


def articles(
    ledger: Ledger, *, outlet: str | None = None, since: str | day | None = None, until: str | day | None = None, limit: int | None = None,
    when: datetime | None = None,
) -> list[ArticleRow]:
    """Articles in the order of their publication; the filters are those of `events`."""
    asked = _Filter()
    asked.one_of("a.outlet", outlet)
    asked.between("a.published", "a.published", since, until)
    columns = ", ".join(f'a."{name.name}"' for name in fields(ArticleRow))
    query = f"SELECT {columns} FROM articles a WHERE {asked.where()} ORDER BY a.published, a.id {_limit(limit)}"
    return [ArticleRow(**row) for row in arrow(ledger, query, asked.parameters, when).to_pylist()]


@dataclass(slots=True)
class _Filter:
    """Conditions and their parameters, in order."""

    conditions: list[str] = field(default_factory=list)
    parameters: list[object] = field(default_factory=list)

    def where(self) -> str:
        """All conditions at once."""
        return " AND ".join(self.conditions) or "true"

    def one_of(self, column: str, value: str | None) -> None:
        """The column is one of the values."""
        if value is not None:
            self._add(f"list_contains(?, {column})", listed(value))

    def any_of(self, column: str, value: str | None) -> None:
        """The column's list has one of the values."""
        if value is not None:
            self._add(f"list_has_any({column}, ?)", listed(value))

    def at_least(self, column: str, value: float | None) -> None:
        """The column is not below the value."""
        if value is not None:
            self._add(f"{column} >= ?", value)

    def between(self, first: str, last: str, since: str | day | None, until: str | day | None) -> None:
        """The days from `first` to `last` (columns) touch those from `since` to `until`."""
        if since is not None:
            self._add(f"{last} >= ?", to_day("since", since, 0))
        if until is not None:
            self._add(f"{first} <= ?", to_day("until", until, 1))
        if since is not None and until is not None and to_day("since", since, 0) > to_day("until", until, 1):
            raise SettingError("since", detail=f"{since} lies after {until}, the last day that is asked for.")

    def _add(self, condition: str, parameter: object) -> None:
        self.conditions.append(condition)
        self.parameters.append(parameter)


def listed(value: str) -> list[str]:
    """The values between commas."""
    return [part.strip() for part in value.split(",") if part.strip()]


def known(name: str, value: str | None, upper: bool = False) -> str | None:
    """The value, if all its names are of a closed vocabulary: a misspelt one would silently find nothing.

    Raises:
        SettingError: one is not.
    """
    if value is None:
        return None
    names = [part.upper() if upper else part.lower() for part in listed(value)]
    vocabulary = _VOCABULARIES.get(name) or tuple(dict.fromkeys(ONTOLOGY.quads if name == "type" else ONTOLOGY.quads.values()))
    if unknown := [part for part in names if part not in vocabulary]:
        raise SettingError(name, detail=f"`{unknown[0]}` is none of {', '.join(vocabulary)}.")
    return ",".join(names)


def to_day(name: str, value: str | day, side: int) -> day:
    """The first (`side` 0) or last (1) day of an ISO day, month or year that a user gave.

    Raises:
        SettingError: it is none.
    """
    if isinstance(value, day):
        return value
    found = bounds(value)[side]
    if found is None:
        raise SettingError(name, detail=f"`{value}` is no ISO date (YYYY-MM-DD, YYYY-MM or YYYY).")
    return found


def _limit(limit: int | None) -> str:
    return "" if limit is None else f"LIMIT {int(limit)}"


def _select(ledger: Ledger, row_type: type[Row], table: str, asked: _Filter, *, limit: int | None, when: datetime | None) -> list[Row]:
    """Rows of a table with the article and the sentence they stand in."""
    names: Sequence[Any] = fields(row_type)  # type: ignore[arg-type]  # always one of the dataclasses above
    columns = ", ".join(_COMPUTED.get(f.name) or f'{"a" if f.name in _FROM_ARTICLE else "t"}."{f.name}"' for f in names)
    resolved = _RESOLVED if row_type is ClaimRow else ""
    dated = "t.published" if table in ("claims", "figures") else "coalesce(t.valid_from, t.valid_to, t.published)"
    query = f"""SELECT {columns} FROM {table} t JOIN articles a ON a.id = t.article LEFT JOIN sentences s ON s.id = t.sentence {resolved}
                WHERE {asked.where()} ORDER BY {dated}, t.article, t.start {_limit(limit)}"""
    return [row_type(**row) for row in arrow(ledger, query, asked.parameters, when).to_pylist()]
