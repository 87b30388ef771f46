"""The central types: frozen records that the stages hand to each other.

Offsets are half-open ranges of Unicode code points into `Article.text` as given, so `text[start:end] == surface` holds for every
span. Field names are those of the reading (`docs/reading.md`); codes are those of PLOVER 2021, ISO 3166-1 alpha-3 and TIMEX3.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import NewType

Id = NewType("Id", str)
"""A content hash: the same input gives the same id."""


def content_id(*parts: object) -> Id:
    """The first 16 hex digits of the SHA-256 of the parts, joined by a separator that no part contains."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return Id(hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16])


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `[start, end)` of an article and what stands there."""

    start: int
    end: int
    surface: str

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field has its value: the rule that set it and the characters that made it fire (none for a default)."""

    field: str
    rule: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One news text as it came in. `date` is the publication day (ISO) or None; nothing is ever guessed from the clock.

    `date_source` says where the day is from and `date_confidence` how often such a source is right (0 to 1); `raw_sha256` is the hash of
    the bytes that the text was taken from, None where the text itself was given.
    """

    id: str
    text: str
    date: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str = "en"
    authors: tuple[str, ...] = ()
    date_source: str | None = None
    date_confidence: float | None = None
    raw_sha256: str | None = None

    @property
    def sha256(self) -> str:
        """Hex digest of the UTF-8 text exactly as given."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that names or describes a political actor.

    `first` and `last` are token indices (inclusive) into the annotations, `head` the token that governs the phrase; `entity` is the
    same number for all mentions of one thing in the article. `how` says by which step country and sector were found.
    """

    span: Span
    kind: str
    name: str | None
    country: str | None
    sector: str | None
    how: str | None
    entity: int
    first: int
    last: int
    head: int
    rule: str


@dataclass(frozen=True, slots=True)
class Observation:
    """A person seen in an office: `span` the person, `description` the office's words, `office` its name in the codebook.

    `status` is current, acting, former, elect or candidate; `how` says by which step the country is known.
    """

    span: Span
    description: Span
    name: str
    office: str
    country: str | None
    sector: str | None
    status: str
    how: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression in TIMEX3: `type` DATE, TIME, DURATION or SET; `value` is None where nothing in the text or date fixes it."""

    span: Span
    type: str
    value: str | None
    mod: str | None
    first: int
    last: int
    rule: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity. `value`, or `low` and `high` (a range), or one of them alone (a bound); `equals` is the index of the same amount in another unit."""

    span: Span
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    approx: bool
    modifier: str | None
    of: str | None
    equals: int | None
    rule: str
    voice: Span | None = None


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name. `lat`, `lon` in degrees (WGS 84), a representative point for countries and regions."""

    span: Span
    role: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    geonames_id: int | None
    precision: str | None
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says what. `source` is the index of its mention (None: nobody is named), `source_span` its characters.

    `depth` is 0 for the outermost attribution, 1 inside another content; `cue_head` is the cue's token, None for punctuation.
    """

    source: int | None
    source_span: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    form: str
    kind_class: str
    kind: str
    via: Span | None
    depth: int
    cue_head: int | None
    why: tuple[Evidence, ...]
    forecast: Forecast | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a claim of kind forecast expects: of whom, by when, with which words of doubt and the probability they stand for.

    `by` are the words of the time, `due` its ISO value; `resolution` is always None here: only what comes later shows whether a forecast
    came true, and the ledger keeps that (`dragoman resolve`).
    """

    of: str | None
    by: str | None
    hedge: str | None
    p_low: float | None
    p_high: float | None
    resolution: str | None = None
    due: str | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor or recipient of an event. `span` is None for one that is only understood (`how` is then `inferred`)."""

    span: Span | None
    name: str | None
    country: str | None
    sector: str | None
    how: str
    entity: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event happened: the toponym's characters and its resolution."""

    span: Span
    name: str | None
    country: str | None
    lat: float | None
    lon: float | None
    geonames_id: int | None
    precision: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One coded event; what the ledger keeps as a row. `head` is the trigger's token; `origin` and `destination` are those of a movement.

    `voices` are the sources from the outermost to `voice`, where one passes on another's words (*the minister said the rebels had denied ...*).
    """

    id: Id
    trigger: Span
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    quad: str
    score: float | None
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    factuality: str
    date: str | None
    date_how: str | None
    place: Place | None
    voice: Span | None
    confidence: float
    head: int
    why: tuple[Evidence, ...]
    origin: Place | None = None
    destination: Place | None = None
    voices: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """What somebody is bound to and by when. `change` is set, moved, met, missed, cancelled or None; dates are ISO."""

    holder: str | None
    by: str | None
    action: Span
    due: str | None
    due_text: Span | None
    change: str | None
    from_due: str | None
    condition: Span | None
    why: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that could not be read: the run goes on, nothing is lost in silence."""

    article: str
    stage: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one article; `dragoman.reading.to_json` writes it as the contract says."""

    article: Article
    coder: str
    topics: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    figures: tuple[Figure, ...] = ()
    timexes: tuple[Timex, ...] = ()
    toponyms: tuple[Toponym, ...] = ()
    mentions: tuple[Mention, ...] = ()
    issues: tuple[Issue, ...] = field(default=())
    observations: tuple[Observation, ...] = ()
    gazetteer: str | None = None
    furniture: tuple[Evidence, ...] = ()
