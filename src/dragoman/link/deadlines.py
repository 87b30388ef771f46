"""What is due, across articles: reports of one obligation told in the order of their publication, and how it stands on a day.

A report joins the obligation of the same holder whose day it names, moves or takes up, or whose act it names in the same words; then what
it says of the day (set, moved, met, missed, cancelled) is replayed. Reports are put in order by publication, so the order in which
articles were read does not matter. Word list: `link.stop` in `codebooks/commitments.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date as day
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.codebook import BUILT_IN, read_yaml
from dragoman.errors import SettingError
from dragoman.ledger.codes import codes
from dragoman.ledger.days import bounds

if TYPE_CHECKING:
    from dragoman.ledger.answers import CommitmentRow
    from dragoman.ledger.store import Ledger

STATES = ("pending", "moved", "overdue", "met", "missed", "cancelled", "contradictory")
_ENDS = ("met", "missed", "cancelled")
# Reports of one day are told in this order: what is set before what becomes of it.
_RANK = {"set": 0, None: 1, "moved": 2, "met": 3, "missed": 3, "cancelled": 3}
# Two descriptions are of one act if they share this part of the words of the shorter, and so many words at least.
_SHARED, _LEAST = 0.5, 2
_STEM = 5


@dataclass(frozen=True, slots=True)
class Report:
    """What one article says of an obligation: the commitment row, its day of publication, the change and the days."""

    row: str
    article: str
    published: day
    change: str | None
    due: str | None
    from_due: str | None
    quote: str | None


@dataclass(frozen=True, slots=True)
class Obligation:
    """An act that somebody is bound to, as it stands on a day.

    `status` is pending, moved (pending, with another day than at first), overdue (the day has passed without news), met, missed,
    cancelled or contradictory (reports of it cannot all be true). `due` is the day that holds, `history` all reports, oldest first.
    """

    status: str
    due: str | None
    first_due: str | None
    holder: str | None
    by: str | None
    action: str
    condition: str | None
    history: tuple[Report, ...]


@dataclass(slots=True)
class _Thread:
    """An obligation while its reports are told."""

    holder: str | None
    by: str | None
    action: str
    condition: str | None
    words: set[str]
    due: str | None = None
    first_due: str | None = None
    days: list[str] = field(default_factory=list)
    end: str | None = None
    torn: bool = False
    history: list[Report] = field(default_factory=list)


@lru_cache(maxsize=4)
def stop_words(folder: Path = BUILT_IN) -> frozenset[str]:
    """Words that say nothing about which act is meant."""
    return frozenset(map(str, read_yaml(folder / "commitments.yaml")["link"]["stop"]))


def due(ledger: Ledger, as_of: str | day, holder: str | None = None, by: str | None = None, folder: Path = BUILT_IN) -> tuple[Obligation, ...]:
    """What is due by the ledger as it stood on a day: nothing published later counts. Ordered by the day that is due.

    Args:
        ledger: whom to ask.
        as_of: the day (ISO).
        holder: country codes of who is bound, with commas between them.
        by: country codes of who set it.
        folder: the codebooks.

    Raises:
        SettingError: `as_of` is no ISO day, or a country is given by name and not by code.
    """
    if isinstance(as_of, str):
        first, last = bounds(as_of)
        if first is None or first != last:
            raise SettingError("as-of", detail=f"`{as_of}` is no ISO day (YYYY-MM-DD).")
        as_of = first
    wanted = {name: {*(codes(name, value, or_names=True) or "").casefold().split(",")} for name, value in (("holder", holder), ("by", by)) if value}
    found = replay(ledger.commitments(), as_of, folder)
    return tuple(item for item in found if all(str(getattr(item, name)).casefold() in sides for name, sides in wanted.items()))


def replay(rows: Iterable[CommitmentRow], as_of: day, folder: Path = BUILT_IN) -> tuple[Obligation, ...]:
    """The obligations of some commitment rows as they stand on a day; rows without a day of publication, or with a later one, do not count."""
    known = [row for row in rows if row.published is not None and row.published <= as_of]
    stop = stop_words(folder)
    threads: list[_Thread] = []
    for row in sorted(known, key=lambda row: (row.published, _RANK.get(row.change, 1), row.article, row.start, row.holder or "", row.id)):
        words = _words(row.surface, stop)
        thread = _thread_of(row, words, threads)
        if thread is None:
            thread = _Thread(row.holder, row.by, row.surface, row.condition_surface, words)
            threads.append(thread)
        _tell(thread, row, words)
    return tuple(sorted((_as_it_stands(thread, as_of) for thread in threads), key=lambda item: (item.due or "9999", item.holder or "", item.action)))


def _words(text: str, stop: frozenset[str]) -> set[str]:
    """The beginnings of the words of an act: "withdrawal" and "withdraw" are one."""
    return {word[:_STEM] for word in re.findall(r"[^\W\d_]+", text.lower()) if word not in stop and len(word) > 2}


def _thread_of(row: CommitmentRow, words: set[str], threads: Sequence[_Thread]) -> _Thread | None:
    """The obligation that a report is about: the one with the best evidence, the latest of equals."""
    scored = [(_evidence(row, words, thread), at) for at, thread in enumerate(threads) if _sides_agree(row, thread)]
    best = max(scored, default=(0, 0))
    if best[0]:
        return threads[best[1]]
    return _only_open(row, words, threads)


def _sides_agree(row: CommitmentRow, thread: _Thread) -> bool:
    """Whether holder and setter can be the same; one that is not named can be anybody, but not both."""
    pairs = ((row.holder, thread.holder), (row.by, thread.by))
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs) and any(mine is not None and mine == theirs for mine, theirs in pairs)


def _evidence(row: CommitmentRow, words: set[str], thread: _Thread) -> int:
    """How much speaks for one obligation: 3 its old day is named as moved, 2 the same act, 1 the same day with a word in common; 0 nothing."""
    if row.from_due and row.from_due in thread.days:
        return 3
    shared = len(words & thread.words)
    if shared >= _LEAST and shared >= _SHARED * min(len(words), len(thread.words)):
        return 2
    same_day = row.due is not None and row.due in thread.days
    return int(same_day and (shared > 0 or not words or not thread.words))


def _only_open(row: CommitmentRow, words: set[str], threads: Sequence[_Thread]) -> _Thread | None:
    """*extended the deadline*, *missed the deadline*: without an act of its own, the only open obligation of its sides that has a day."""
    if row.change in (None, "set") or words:
        return None
    fitting = [thread for thread in threads if thread.due and not thread.end and _sides_agree(row, thread)]
    return fitting[0] if len(fitting) == 1 else None


def _tell(thread: _Thread, row: CommitmentRow, words: set[str]) -> None:
    """Take a report in."""
    if row.published is None:
        return
    thread.history.append(Report(row.id, row.article, row.published, row.change, row.due, row.from_due, row.quote))
    thread.words |= words
    thread.holder, thread.by = thread.holder or row.holder, thread.by or row.by
    thread.condition = thread.condition or row.condition_surface
    if row.change in _ENDS:
        thread.torn |= thread.end is not None and thread.end != row.change
        thread.end = thread.end or row.change
    if row.change == "moved":
        _move(thread, row)
    elif row.due and thread.due is None:
        thread.due, thread.first_due = row.due, row.due
    elif row.due and row.due not in thread.days and not _covers(thread.due, row.due):
        thread.torn = True
    thread.days += [value for value in (row.from_due, row.due) if value and value not in thread.days]


def _move(thread: _Thread, row: CommitmentRow) -> None:
    thread.first_due = thread.first_due or row.from_due or row.due
    thread.due = row.due or thread.due


def _covers(left: str | None, right: str | None) -> bool:
    """Whether one date is only a vaguer word for the other ("in August", "on August 9")."""
    (first, last), (since, until) = bounds(left), bounds(right)
    if first is None or last is None or since is None or until is None:
        return False
    return (first <= since and until <= last) or (since <= first and last <= until)


def _as_it_stands(thread: _Thread, as_of: day) -> Obligation:
    last = bounds(thread.due)[1]
    changed = thread.first_due is not None and thread.due != thread.first_due
    status = "moved" if changed else "pending"
    if last is not None and last < as_of:
        status = "overdue"
    status = "contradictory" if thread.torn else thread.end or status
    return Obligation(status, thread.due, thread.first_due, thread.holder, thread.by, thread.action, thread.condition, tuple(thread.history))
