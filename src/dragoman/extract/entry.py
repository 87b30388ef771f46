"""One row of the tables of actors, and what the reader learnt beside them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a table. `since` is inclusive, `until` exclusive, both ISO dates of any precision or None; `rule` is `actors.<table>:<line>`.

    `seen` is the last day on which a row without end was known to hold; None where no such day was noted.
    """

    form: str
    name: str
    kind: str
    country: str | None
    sector: str | None
    role: str
    since: str | None
    until: str | None
    origin: str
    rule: str
    seen: str | None = None

    def valid(self, date: str) -> bool:
        """Whether the row holds on the day, as far as it says."""
        return (not self.since or date[: len(self.since)] >= self.since) and (not self.until or date[: len(self.until)] < self.until)

    def known(self, date: str | None) -> bool:
        """Whether the row has something to say about the day: one without end says nothing about days after it was last seen."""
        return date is not None and (self.until is not None or self.seen is None or date <= self.seen)

    def passing(self, date: str) -> bool:
        """Whether the row began or ended in the very month or year of the day, and does not say on which side of it."""
        return any(bound is not None and len(bound) < len(date) and date[: len(bound)] == bound for bound in (self.since, self.until))

    @property
    def dated(self) -> bool:
        """Whether the row holds for some time only."""
        return bool(self.since or self.until)


@dataclass(frozen=True, slots=True)
class End:
    """The day on which a holder of the tables was out of an office, by what articles say."""

    country: str
    office: str
    name: str
    until: str


@dataclass(frozen=True)
class Learnt:
    """What a ledger adds to the tables: entries that articles agree on, and ends of office. The tables themselves stay as they are."""

    rows: tuple[Entry, ...] = ()
    ends: tuple[End, ...] = ()
    fingerprint: str = field(init=False, default="")

    def __post_init__(self) -> None:
        """Note a fingerprint of all of it, so that looking at it again is cheap."""
        found = hashlib.sha256(repr((self.rows, self.ends)).encode()).hexdigest()[:16] if self.rows or self.ends else ""
        object.__setattr__(self, "fingerprint", found)

    def __hash__(self) -> int:
        """That of the fingerprint."""
        return hash(self.fingerprint)


NOTHING = Learnt()
LEARNT = "actors.learnt:"
"""How rules of learnt entries begin."""
