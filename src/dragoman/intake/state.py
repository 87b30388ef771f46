"""What a follower must not forget: when each feed is due and what it answered last, and how far each article is. SQLite.

Whatever was done is written in one transaction before the next thing is begun, and an article is marked as read only after the ledger
holds it. A follower that is killed therefore repeats at most what it was doing, and the ledger, whose ids are hashes, takes nothing twice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import SettingError
from dragoman.intake.dating import Dated
from dragoman.intake.feed import Entry

_TABLES = """
CREATE TABLE IF NOT EXISTS feeds (
    url TEXT PRIMARY KEY, parent TEXT, etag TEXT, last_modified TEXT, due REAL NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, said TEXT);
CREATE TABLE IF NOT EXISTS items (
    url TEXT PRIMARY KEY, feed TEXT NOT NULL, host TEXT NOT NULL, title TEXT, day TEXT, day_source TEXT, outlet TEXT,
    state TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL DEFAULT 0, said TEXT);
CREATE INDEX IF NOT EXISTS items_due ON items (state, due);
"""
WAITING, READ, FAILED, OLD = "waiting", "read", "failed", "old"


@dataclass(frozen=True, slots=True)
class Polled:
    """A feed as it was left: whose settings it has, its validators, failures in a row."""

    url: str
    parent: str
    etag: str | None
    last_modified: str | None
    failures: int

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask whether anything is new."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


@dataclass(frozen=True, slots=True)
class Item:
    """An article that a feed pointed to."""

    entry: Entry
    host: str
    tries: int


class State:
    """The state in a file, made if there is none.

    Raises:
        SettingError: the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._base = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.executescript(_TABLES)
        except sqlite3.Error as error:
            raise SettingError(path, detail=f"the state of the follower cannot be used ({error}).") from error

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """All of it or nothing."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def know(self, feeds: Iterable[str], parent: str | None = None) -> None:
        """Take in feeds that are not known yet; parts of an index have its settings."""
        with self._whole():
            self._base.executemany("INSERT OR IGNORE INTO feeds (url, parent) VALUES (?, ?)", [(url, parent or url) for url in feeds])

    def due_feeds(self, now: float, parents: Iterable[str]) -> list[Polled]:
        """Feeds to look at now, the longest due first."""
        wanted = set(parents)
        rows = self._base.execute("SELECT url, parent, etag, last_modified, failures FROM feeds WHERE due <= ? ORDER BY due, rowid", (now,))
        return [Polled(*row) for row in rows if row[1] in wanted]

    def polled(self, feed: Polled, etag: str | None, last_modified: str | None, due: float, items: Sequence[tuple[Entry, str, str]]) -> int:
        """Keep what a feed answered: its validators, and its entries with host and state; how many are new."""
        rows = [(entry.url, feed.url, host, entry.title, entry.dated.day if entry.dated else None, entry.dated.source if entry.dated else None, entry.outlet, state)
                for entry, host, state in items]  # fmt: skip
        with self._whole():
            before = self._base.total_changes
            self._base.executemany("INSERT OR IGNORE INTO items (url, feed, host, title, day, day_source, outlet, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
            new = self._base.total_changes - before
            self._base.execute("UPDATE feeds SET etag = ?, last_modified = ?, due = ?, failures = 0, said = NULL WHERE url = ?", (etag, last_modified, due, feed.url))
        return new

    def feed_failed(self, feed: Polled, due: float, said: str) -> None:
        """Keep that a feed could not be read, and when to look again."""
        with self._whole():
            self._base.execute("UPDATE feeds SET due = ?, failures = failures + 1, said = ? WHERE url = ?", (due, said, feed.url))

    def waiting(self, now: float, most: int) -> list[Item]:
        """Articles to fetch now, hosts by turns, so that none is waited for."""
        rows = self._base.execute(
            """SELECT url, title, day, day_source, outlet, host, tries FROM
               (SELECT *, rowid AS n, row_number() OVER (PARTITION BY host ORDER BY rowid) AS turn FROM items WHERE state = ? AND due <= ?)
               ORDER BY turn, n LIMIT ?""",
            (WAITING, now, most),
        )
        return [Item(Entry(url, title, Dated(day, source) if day else None, outlet), host, tries) for url, title, day, source, outlet, host, tries in rows]

    def finish(self, results: Iterable[tuple[str, str, str | None]]) -> None:
        """Mark articles (address, state, what is said of it) as done; called when the ledger holds them."""
        with self._whole():
            self._base.executemany("UPDATE items SET state = ?, said = ? WHERE url = ?", [(state, said, url) for url, state, said in results])

    def postpone(self, item: Item, due: float, said: str, host_due: float | None = None) -> None:
        """Try an article again later, and where its host asks for it, all others there too."""
        with self._whole():
            self._base.execute("UPDATE items SET tries = tries + 1, due = ?, said = ? WHERE url = ?", (due, said, item.entry.url))
            if host_due is not None:
                self._base.execute("UPDATE items SET due = max(due, ?) WHERE host = ? AND state = ?", (host_due, item.host, WAITING))

    def next_due(self, parents: Iterable[str]) -> float | None:
        """When there is something to do again."""
        wanted = list(parents)
        feeds = [due for due, parent in self._base.execute("SELECT due, parent FROM feeds") if parent in wanted]
        (item,) = self._base.execute("SELECT min(due) FROM items WHERE state = ?", (WAITING,)).fetchone()
        return min([*feeds, *([item] if item is not None else [])], default=None)

    def counts(self) -> dict[str, int]:
        """Articles by state."""
        return dict(self._base.execute("SELECT state, count(*) FROM items GROUP BY state"))
