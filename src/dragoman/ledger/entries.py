"""What goes into the ledger: readings with their parse and the outputs of their stages, and runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dragoman.annotate.columns import Annotations
from dragoman.records import Article, Reading


@dataclass(frozen=True, slots=True)
class StageOutput:
    """What one stage made of one article: the key of its inputs and the hash (where it is kept: the bytes) of its output."""

    article: str
    stage: str
    key: str
    output_hash: str
    payload: bytes | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as it is appended. Without `notes` (it could not be parsed) only the article, its issues and its outputs are recorded."""

    reading: Reading
    notes: Annotations | None = None
    outputs: tuple[StageOutput, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """One article as the ledger has it: its parse and the latest output of each stage by the stage's name."""

    article: Article
    notes: Annotations
    outputs: Mapping[str, StageOutput]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of dragoman. Recorded when it begins and again when it ends; `settings` is JSON."""

    id: str
    started_at: datetime
    coder: str
    command: str = ""
    settings: str = "{}"
    finished_at: datetime | None = None
    articles: int = 0
    events: int = 0
    issues: int = 0
    status: str = "running"


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append wrote: articles looked at, rows that are new, rows with a new version, rows withdrawn (all tables together)."""

    articles: int = 0
    added: int = 0
    changed: int = 0
    withdrawn: int = 0
