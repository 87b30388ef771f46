"""What a page shows of an article: the rows of the ledger, numbered, in the order of the text, with their marks.

Filled from rows as `dragoman.ledger.rows` makes them, whether they come from a ledger or straight from a reading.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import ascii_lowercase
from typing import Any

from dragoman.annotate.blocks import layout
from dragoman.codebook import boilerplate
from dragoman.export.marks import Mark, Segment, segments
from dragoman.export.words import amount, country, event_words, sector_words, spoken_date
from dragoman.records import Span

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]

# Characters shown on each side of a row's own where no sentence is known.
_CONTEXT = 140


@dataclass(frozen=True, slots=True)
class Reason:
    """The fields that a rule set and the characters that made it fire."""

    fields: str
    rule: str
    quote: str | None


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or recipient: what to call it, its codes, and its characters (None: understood, not said)."""

    label: str
    country: str | None
    sector: str | None
    how: str | None
    span: Span | None

    @property
    def code(self) -> str:
        """Country and sector codes."""
        return " ".join(part for part in (self.country, self.sector) if part)

    @property
    def words(self) -> str:
        """Country and sector in words."""
        return ", ".join(part for part in (country(self.country), sector_words(self.sector)) if part)


@dataclass(frozen=True, slots=True)
class Row_:
    """What all rows of a page have: where they stand, how they are numbered and why they are there."""

    id: str
    anchor: str
    label: str
    span: Span
    quote: str
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class EventView(Row_):
    """An event."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: str
    score: float | None
    factuality: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    date: str | None
    date_how: str | None
    since: date | None
    until: date | None
    place: Party | None
    voice: Span | None
    confidence: float

    @property
    def words(self) -> str:
        """Type and mode in plain words."""
        return event_words(self.type, self.mode)

    @property
    def code(self) -> str:
        """Type and mode as the codebook has them."""
        return f"{self.type}/{self.mode}" if self.mode else self.type

    @property
    def when(self) -> str:
        """The date as people write it."""
        return spoken_date(self.date)
