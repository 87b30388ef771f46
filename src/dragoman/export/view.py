"""What a page shows of an article: its rows, numbered in the order of the text, and its paragraphs with their marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as day
from typing import NamedTuple

from dragoman.export.marks import Segment
from dragoman.export.words import amount, country, event_words, factuality_words, sector_words, spoken_date
from dragoman.records import Span


@dataclass(frozen=True, slots=True)
class Reason:
    """The fields that a rule set and the characters that made it fire."""

    fields: str
    rule: str
    quote: str | None


@dataclass(frozen=True, slots=True)
class Party:
    """An actor, recipient or source: what to call it, its codes, and its characters (None: understood, not said)."""

    label: str
    country: str | None
    sector: str | None = None
    how: str | None = None
    span: Span | None = None

    @property
    def code(self) -> str:
        """Country and sector codes."""
        return " ".join(part for part in (self.country, self.sector) if part)

    @property
    def words(self) -> str:
        """Country and sector in words."""
        return ", ".join(part for part in (country(self.country), sector_words(self.sector)) if part)

    @property
    def said_as(self) -> str:
        """The characters of the text where they are not the label, such as a pronoun."""
        return self.span.surface if self.span and self.span.surface != self.label else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What all rows of a page have: id in the ledger, anchor in the page, number, characters, sentence and reasons."""

    id: str
    anchor: str
    label: str
    span: Span
    quote: str
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class EventView(Shown):
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
    since: day | None
    until: day | None
    published: day | None
    place: Party | None
    voice: Party | None
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

    @property
    def reported(self) -> str:
        """The day of publication as people write it."""
        return spoken_date(self.published.isoformat()) if self.published else ""

    @property
    def meaning(self) -> str:
        """What its factuality means."""
        return factuality_words(self.factuality)

    @property
    def heading(self) -> str:
        """The event in one line, for titles."""
        who, whom = (", ".join(party.label for party in parties) for parties in (self.actors, self.recipients))
        return f"{self.label}. {self.words}: {who or '?'}{f' → {whom}' if whom else ''} ({self.factuality}{f', {self.when}' if self.when else ''})"

    def countries(self, role: str) -> frozenset[str]:
        """Country codes of the actors or recipients."""
        parties = self.actors if role == "actor" else self.recipients
        return frozenset(party.country for party in parties if party.country)


@dataclass(frozen=True, slots=True)
class ClaimView(Shown):
    """A claim. `content` is what is said, its pieces joined."""

    source: Party | None
    cue: Span | None
    pieces: tuple[Span, ...]
    content: str
    form: str
    kind: str
    depth: int
    via: str | None
    forecast: str


@dataclass(frozen=True, slots=True)
class CommitmentView(Shown):
    """A commitment; `holder` is bound, `by` set it or is promised it."""

    holder: str | None
    by: str | None
    due: str | None
    due_text: Span | None
    since: day | None
    change: str | None
    from_due: str | None
    condition: str | None

    @property
    def holder_name(self) -> str:
        """Who is bound."""
        return country(self.holder)

    @property
    def by_name(self) -> str:
        """To whom, or by whose demand."""
        return country(self.by)

    @property
    def when(self) -> str:
        """The deadline as people write it."""
        return spoken_date(self.due)

    @property
    def before(self) -> str:
        """The deadline before it moved."""
        return spoken_date(self.from_due)


@dataclass(frozen=True, slots=True)
class FigureView(Shown):
    """A quantity; `equals` is the anchor and the amount of the same quantity in another unit."""

    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    approx: bool
    of: str | None
    voice: Party | None
    equals: tuple[str, str] | None

    @property
    def number(self) -> str:
        """The quantity with its bounds, without its unit."""
        return amount(self.value, self.low, self.high, "percent" if self.unit == "percent" else None, approx=self.approx)

    @property
    def amount(self) -> str:
        """The quantity with its bounds and unit."""
        return amount(self.value, self.low, self.high, self.unit, approx=self.approx)


@dataclass(frozen=True, slots=True)
class Mention:
    """Where an actor is mentioned."""

    span: Span
    kind: str
    name: str | None
    country: str | None


class Rows(NamedTuple):
    """The rows of an article or a paragraph."""

    events: tuple[EventView, ...]
    claims: tuple[ClaimView, ...]
    commitments: tuple[CommitmentView, ...]
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a line of page furniture that was not read; the rows whose numbers stand in it."""

    segments: tuple[Segment, ...]
    furniture: bool
    rows: Rows


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article as it is shown. `anchor` begins the anchors of everything in it."""

    id: str
    anchor: str
    title: str
    outlet: str | None
    published: day | None
    url: str | None
    language: str
    coder: str
    paragraphs: tuple[Paragraph, ...]
    rows: Rows
    mentions: tuple[Mention, ...]

    @property
    def events(self) -> tuple[EventView, ...]:
        """The events of the article."""
        return self.rows.events

    @property
    def claims(self) -> tuple[ClaimView, ...]:
        """The claims of the article."""
        return self.rows.claims

    @property
    def commitments(self) -> tuple[CommitmentView, ...]:
        """The commitments of the article."""
        return self.rows.commitments

    @property
    def figures(self) -> tuple[FigureView, ...]:
        """The figures of the article."""
        return self.rows.figures

    @property
    def when(self) -> str:
        """The day of publication as people write it."""
        return spoken_date(self.published.isoformat()) if self.published else ""

    @property
    def link(self) -> str | None:
        """The address, if it is one of the web."""
        return self.url if self.url and self.url.lower().startswith(("https://", "http://")) else None
