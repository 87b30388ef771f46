"""The ledger: append-only Delta tables under one folder, bitemporal and keyed by content.

Layout: `ledger.json` (format, when and by what it was made) and one Delta table a name of `tables.TABLES`. A batch of articles is one
commit a table; the row in `batches` comes last and makes the others count, so a writer that is killed leaves nothing half-visible.
What is the same as the latest version is not written again; a changed coding adds a version; a row that is no longer made gets a last
version that says so.
"""

# ruff: noqa: S608 (names of tables and columns are ours; what users give goes in as parameters)
from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import dragoman
from dragoman.annotate.columns import Annotations
from dragoman.errors import LedgerError, NewerLedger, NoLedger, ReadOnlyLedger
from dragoman.ledger import delta, lookup
from dragoman.ledger.entries import Appended, Entry, Run, StageOutput, Stored
from dragoman.ledger.rows import Row, issue_rows, linked, rows, withdrawal
from dragoman.ledger.tables import CODED, GATED, LATER, TABLES, schema
from dragoman.records import Article, Issue

if TYPE_CHECKING:
    import pyarrow
    import pyarrow.dataset

    from dragoman.ledger.answers import ArticleRow, ClaimRow, CommitmentRow, EventRow, FigureRow
    from dragoman.ledger.query import Result
    from dragoman.ledger.why import Explanation
    from dragoman.link.deadlines import Obligation
    from dragoman.link.happenings import Happening
    from dragoman.link.told import StoryRow
    from dragoman.link.versions import Version

FORMAT = 1
_HEADER, _LOCK = "ledger.json", "ledger.lock"
# A query opens every file of a table: with a hundred small ones that is most of its time.
_MANY_FILES = 64
_NEVER = datetime.min.replace(tzinfo=UTC)


class Ledger:
    """A ledger in a folder, opened for reading and appending.

    Args:
        path: the folder.

    Raises:
        NoLedger: there is none; `Ledger.create` makes one.
        NewerLedger: a later version of dragoman wrote it.
        LedgerError: it is damaged.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        _check(self.path)
        self._known: dict[str, str] = {}
        self._known_at: datetime | None = None

    @classmethod
    def create(cls, path: str | os.PathLike[str]) -> Ledger:
        """The ledger in the folder, made if there is none.

        Raises:
            ReadOnlyLedger: the folder cannot be written.
            LedgerError: the folder holds something else.
        """
        folder = Path(path)
        if not (folder / _HEADER).is_file():
            _make(folder)
        return cls(folder)

    def table(self, name: str) -> Path:
        """The folder of a table."""
        return self.path / name

    def data(self, name: str) -> pyarrow.dataset.Dataset:
        """All rows of a table as they lie there, those of batches that were cut off included."""
        if name in LATER and not self._is_made(name):
            return delta.nothing(schema(name))
        return delta.dataset(self.table(name), schema(name))

    def _is_made(self, name: str) -> bool:
        return (self.table(name) / "_delta_log").is_dir()

    # Writing

    def append(self, batch: Sequence[Entry], run: str) -> Appended:
        """Record articles and what was read from them; when it returns, all of it stays.

        Args:
            batch: some dozens to some hundreds of articles; an article that stands in it twice is recorded twice, in order.
            run: id of the run.

        Raises:
            ReadOnlyLedger, LedgerError: nothing of the batch counts.
        """
        total = Appended()
        for wave in _waves(batch):
            with self._exclusive():
                done = self._append(wave, run)
            total = Appended(*(a + b for a, b in zip(asdict(total).values(), asdict(done).values(), strict=True)))
        return total

    def record_issues(self, issues: Iterable[Issue], run: str, coder: str) -> int:
        """Record issues that belong to no reading; how many are new."""
        with self._exclusive():
            whole = lookup.batches(self)
            moment = _moment(whole)
            found = {row["id"]: row for row in issue_rows(issues, run, coder, moment)}
            latest = lookup.versions(self, "issues", sorted({row["article"] for row in found.values()}), whole)
            new = [row for row in found.values() if latest.get(row["id"], ("", ""))[1] != row["version"]]
            self._commit({"issues": new}, run, moment, 0)
        return len(new)

    def record_run(self, run: Run) -> None:
        """Record the state of a run: once when it begins and once when it ends."""
        self._expect_writable()
        delta.append(self.table("runs"), [{**asdict(run), "recorded_at": datetime.now(UTC)}], schema("runs"))

    def record_decision(self, decision: Mapping[str, str]) -> None:
        """Record what a user decided about a candidate of the roster; the latest decision counts, the earlier ones stay."""
        with self._exclusive():
            delta.append(self.table("decisions"), [{**decision, "recorded_at": datetime.now(UTC)}], schema("decisions"))

    def record_resolution(self, resolution: Mapping[str, Any]) -> None:
        """Record whether a forecast came true; the latest resolution counts, the earlier ones stay."""
        with self._exclusive():
            delta.append(self.table("resolutions"), [{**resolution, "recorded_at": datetime.now(UTC)}], schema("resolutions"))

    def record_links(self, work: Callable[[], Mapping[str, Sequence[Row]]], run: str, coder: str) -> int:
        """Record what some work makes of the articles as they stand, while nobody else writes; how many rows."""
        with self._exclusive():
            made = work()
            moment = _moment(lookup.batches(self))
            return self._commit({name: [linked(row, run, coder, moment) for row in found] for name, found in made.items()}, run, moment, 0)

    def compact(self, at_least: int = _MANY_FILES) -> list[str]:
        """Rewrite tables of many small files to few; the names of those. Rows and history stay as they are."""
        with self._exclusive():
            return [name for name in TABLES if delta.compact(self.table(name), at_least)]

    # Reading

    def has(self, article: str, sha256: str | None = None) -> bool:
        """Whether the article is recorded (with this text)."""
        if self._known_at is None:
            self._learn(lookup.batches(self))
        known = self._known.get(article)
        return known is not None and sha256 in (None, known)

    def latest(self, table: str) -> pyarrow.Table:
        """The latest version of each row of a table that is not withdrawn."""
        return self.as_of(table, None)

    def as_of(self, table: str, when: datetime | None) -> pyarrow.Table:
        """The table as it was known at a moment (UTC); None for now."""
        from dragoman.ledger.query import arrow

        return arrow(self, f'SELECT * FROM "{_named(table)}"', when=when)

    def history(self, table: str) -> pyarrow.Table:
        """All versions of all rows of a table, withdrawals included."""
        from dragoman.ledger.query import arrow

        return arrow(self, f'SELECT * FROM "{_named(table)}_history"')

    def archive(self, articles: Iterable[str] | None = None) -> Iterator[Stored]:
        """Stored articles with their parse and the latest outputs of their stages, streamed: what a re-coding needs."""
        from dragoman.ledger.query import archive

        return archive(self, articles)

    def annotations(self, articles: Iterable[str] | None = None) -> Iterator[tuple[Article, Annotations]]:
        """Stored parses with their articles, streamed, in no particular order; all if no ids are given."""
        from dragoman.ledger.query import parses

        return parses(self, articles)

    def stage_outputs(self, articles: Iterable[str] | None = None, stage: str | None = None) -> dict[tuple[str, str], StageOutput]:
        """The latest outputs of stages by article and stage."""
        from dragoman.ledger.query import stage_outputs

        return stage_outputs(self, articles, stage)

    def events(self, **filters: Any) -> list[EventRow]:
        """Events by `actor`, `recipient`, `type`, `since`, `until`, `factuality` ... (see `answers.events`)."""
        from dragoman.ledger import answers

        return answers.events(self, **filters)

    def claims(self, **filters: Any) -> list[ClaimRow]:
        """Claims by `source`, `kind`, `since`, `until` ... (see `answers.claims`)."""
        from dragoman.ledger import answers

        return answers.claims(self, **filters)

    def commitments(self, **filters: Any) -> list[CommitmentRow]:
        """Commitments by `holder`, `by`, `change`, `since`, `until` ... (see `answers.commitments`)."""
        from dragoman.ledger import answers

        return answers.commitments(self, **filters)

    def due(self, as_of: str, **filters: Any) -> tuple[Obligation, ...]:
        """What is due across articles as it stood on a day, by `holder`, `by` (see `link.deadlines.due`)."""
        from dragoman.link import deadlines

        return deadlines.due(self, as_of, **filters)

    def happenings(self, **filters: Any) -> list[Happening]:
        """What happened, one row for all reports of it, by `actor`, `type`, `since`, `min_sources` ... (see `link.happenings.happenings`)."""
        from dragoman.link import happenings

        return happenings.happenings(self, **filters)

    def stories(self, **filters: Any) -> list[StoryRow]:
        """Stories by `since`, `until`, `article`, `min_articles` ... (see `link.told.stories`)."""
        from dragoman.link import told

        return told.stories(self, **filters)

    def versions(self, article: str) -> tuple[Version, ...]:
        """The versions of an article, by its id or address, with what changed (see `link.versions.versions`)."""
        from dragoman.link import versions

        return versions.versions(self, article)

    def resolve(self, claim: str, verdict: str, by: str) -> ClaimRow:
        """Record whether a forecast came true, and what shows it (see `resolutions.resolve`)."""
        from dragoman.ledger.resolutions import resolve

        return resolve(self, claim, verdict, by)

    def figures(self, **filters: Any) -> list[FigureRow]:
        """Figures by `unit`, `of`, `since`, `until` ... (see `answers.figures`)."""
        from dragoman.ledger import answers

        return answers.figures(self, **filters)

    def articles(self, **filters: Any) -> list[ArticleRow]:
        """Articles by `outlet`, `since`, `until` ... (see `answers.articles`)."""
        from dragoman.ledger import answers

        return answers.articles(self, **filters)

    def issues(self) -> list[Issue]:
        """What could not be read."""
        rows_ = self.latest("issues").select(["article", "stage", "code", "message"]).to_pylist()
        return [Issue(**row) for row in rows_]

    def sql(self, query: str, when: datetime | None = None) -> Result:
        """Columns and rows of a query over the tables (see `query.sql`)."""
        from dragoman.ledger.query import sql

        return sql(self, query, when)

    def why(self, row: str) -> Explanation:
        """Why a row is as it is, field by field (see `why.explain`)."""
        from dragoman.ledger.why import explain

        return explain(self, row)

    # How an append is made

    def _append(self, batch: Sequence[Entry], run: str) -> Appended:
        whole = lookup.batches(self)
        moment = _moment(whole)
        self._learn(whole)
        coders = {entry.reading.article.id: entry.reading.coder for entry in batch}
        recoded = sorted(article for article in coders if article in self._known)
        parsed = {entry.reading.article.id for entry in batch if entry.notes is not None}
        fresh: dict[str, list[Row]] = {name: [] for name in GATED}
        for entry in batch:
            for name, found in rows(entry.reading, entry.notes, run, moment, entry.outputs).items():
                fresh[name] += found
        written: dict[str, list[Row]] = {}
        counts = [0, 0, 0]
        for name, made in fresh.items():
            before = lookup.versions(self, name, recoded, whole) if recoded else {}
            new = [row for row in made if before.get(row["id"], ("", ""))[1] != row["version"]]
            gone = _gone(name, before, made, parsed)
            written[name] = [*new, *(withdrawal({"id": key, "article": article}, run, coders[article], moment) for key, article in gone)]
            changed = sum(row["id"] in before for row in new)
            counts = [counts[0] + len(new) - changed, counts[1] + changed, counts[2] + len(gone)]
        if self._commit(written, run, moment, len(batch)):
            self._known |= {entry.reading.article.id: entry.reading.article.sha256 for entry in batch}
            self._known_at = moment
        return Appended(len(batch), *counts)

    def _commit(self, written: dict[str, list[Row]], run: str, moment: datetime, articles: int) -> int:
        """One commit a table, then the row that makes them count; nothing at all where there is nothing new. How many rows."""
        for name, found in written.items():
            if found:
                delta.append(self.table(name), found, schema(name))
        if size := sum(map(len, written.values())):
            marker = {"recorded_at": moment, "run": run, "articles": articles, "rows": size}
            delta.append(self.table("batches"), [marker], schema("batches"))
        return size

    def _learn(self, whole: set[datetime]) -> None:
        """Take in the articles that were recorded since the last look, by this writer or another."""
        latest = max(whole, default=_NEVER)
        if self._known_at is None or latest > self._known_at:
            self._known |= lookup.texts_since(self, whole, self._known_at)
            self._known_at = latest

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        """One writer at a time on this machine, so that none misses what another has just recorded; a killed one lets go.

        Where the system has no such lock, delta-rs still keeps every commit whole; two writers may then both record the same article.
        """
        self._expect_writable()
        try:
            lock = open(self.path / _LOCK, "ab")  # noqa: SIM115 (closed below, also when the lock is refused)
        except OSError as error:
            raise ReadOnlyLedger(self.path, detail=error.strerror or error) from error
        with lock:
            with suppress(ImportError, OSError):  # Windows; a network disk without locks
                import fcntl

                fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _expect_writable(self) -> None:
        """Refuse before anything is tried: a write that delta-rs cannot finish leaves its threads complaining on standard error."""
        for name in LATER:
            if not self._is_made(name):
                delta.create(self.table(name), schema(name))
        shut = [name for name in TABLES if not os.access(self.table(name) / "_delta_log", os.W_OK) or not os.access(self.table(name), os.W_OK)]
        if shut:
            raise ReadOnlyLedger(self.path, detail=f"no permission to write in {shut[0]}")


def _moment(whole: set[datetime]) -> datetime:
    """The time of a new batch: later than that of every batch before, whatever the clock does, for it is the batch's key."""
    return max(datetime.now(UTC), max(whole, default=_NEVER) + timedelta(microseconds=1))


def _named(table: str) -> str:
    if table not in TABLES:
        raise LedgerError(table, detail=f"no such table. There are {', '.join(TABLES)}.")
    return table


def _check(folder: Path) -> None:
    """Refuse what is no ledger that we can use."""
    try:
        header = json.loads((folder / _HEADER).read_text(encoding="utf-8"))
        found = int(header["format"])
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoLedger(folder) from error
    except OSError as error:
        raise LedgerError(folder, detail=f"{_HEADER} cannot be read ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerError(folder, detail=f"{_HEADER} is damaged. It must hold at least {{\"format\": {FORMAT}}}.") from error
    if found > FORMAT:
        raise NewerLedger(folder, found=found, known=FORMAT)
    if missing := [name for name in TABLES if name not in LATER and not (folder / name / "_delta_log").is_dir()]:
        raise LedgerError(folder, detail=f"damaged: no table {', '.join(missing)}. Restore the folder from a copy.")


def _make(folder: Path) -> None:
    """The tables and, last, the header: a folder without it is no ledger yet, and making it again completes it."""
    if unquote(str(folder.absolute())) != str(folder.absolute()):
        raise LedgerError(folder, detail="a path with an escape such as `%20` in it cannot hold a ledger. Name another folder.")
    try:
        if folder.exists() and not folder.is_dir():
            raise ReadOnlyLedger(folder, detail="it is a file, and a ledger is a folder")
        folder.mkdir(parents=True, exist_ok=True)
        strangers = [entry.name for entry in os.scandir(folder) if entry.name not in (*TABLES, _LOCK, f"{_HEADER}.new")]
        if strangers:
            raise LedgerError(folder, detail=f"not a ledger, and not empty ({sorted(strangers)[0]} ...). Name an empty or a new folder.")
        for name in TABLES:
            delta.create(folder / name, schema(name))
        header = {"format": FORMAT, "created": datetime.now(UTC).isoformat(timespec="seconds"), "dragoman": dragoman.__version__}
        draft = folder / f"{_HEADER}.new"
        draft.write_text(json.dumps(header) + "\n", encoding="utf-8")
        draft.replace(folder / _HEADER)
    except OSError as error:
        raise ReadOnlyLedger(folder, detail=error.strerror or error) from error


def _waves(batch: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The batch in parts in which no article stands twice."""
    wave: dict[str, Entry] = {}
    for entry in batch:
        if entry.reading.article.id in wave:
            yield list(wave.values())
            wave = {}
        wave[entry.reading.article.id] = entry
    if wave:
        yield list(wave.values())


def _gone(table: str, before: Mapping[str, lookup.Version], made: Sequence[Row], parsed: set[str]) -> list[tuple[str, str]]:
    """Ids and articles of rows that the coding before made and this one does not; an article that could not be parsed keeps its rows."""
    if table not in CODED:
        return []
    kept = {row["id"] for row in made}
    return [(key, article) for key, (article, version) in before.items() if version and key not in kept and (table == "issues" or article in parsed)]
