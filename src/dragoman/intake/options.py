"""What a reader of sources is told, and what it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from dragoman.intake.fetch import Fetcher


@dataclass
class Count:
    """What was read, by kind, and what was passed over on purpose, by reason."""

    read: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Options:
    """How sources are read.

    Args:
        fast: for archives: a cheap look before a page is read, and the quick way to its body.
        columns: columns of a table by the field that they hold (`text`, `title`, `date`, `outlet`, `url`, `language`, `authors`, `id`).
        fetcher: asks the network; None where none may be asked.
        count: kept up to date.
    """

    fast: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    fetcher: Fetcher | None = None
    count: Count = field(default_factory=Count)
