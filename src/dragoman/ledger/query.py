"""Questions to the ledger: SQL by DuckDB over the tables' Arrow data.

Every table is a view of the latest versions; `<table>_history` has all of them. DuckDB gets no file system, no network and no
extension: a query sees the ledger and nothing else.
"""

# ruff: noqa: S608 (names of tables and columns are ours; what users give goes in as parameters)
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from itertools import chain, count
from typing import TYPE_CHECKING, Any, NamedTuple

from dragoman.annotate.arrow import COLUMNS, from_record
from dragoman.annotate.columns import Annotations
from dragoman.errors import BadQuery, LedgerError
from dragoman.ledger import delta
from dragoman.ledger.entries import StageOutput, Stored
from dragoman.ledger.tables import TABLES, UNGATED
from dragoman.records import Article

if TYPE_CHECKING:
    import duckdb
    import pyarrow

    from dragoman.ledger.store import Ledger

_CLOSED: dict[str, str | bool | int | float | list[str]] = {"enable_external_access": "false", "autoinstall_known_extensions": "false", "autoload_known_extensions": "false",
           "python_enable_replacements": "false", "temp_directory": ""}
# How DuckDB begins to say that Arrow could not give it the rows of a table.
_UNREADABLE = "reading the stream registered as"
_WORD = re.compile(r"\w+")
HAPPENINGS = "happenings"
"""What queries may name beside the tables: it is worked out when it is asked for."""
# Articles read at a time: about 20 MB with their parse and outputs.
_STREAMED = 256


class Result(NamedTuple):
    """Columns and rows of a query."""

    columns: list[str]
    rows: list[tuple[Any, ...]]


def sql(ledger: Ledger, query: str, when: datetime | None = None) -> Result:
    """Columns and rows of a query.

    Args:
        ledger: whom to ask.
        query: SQL as DuckDB speaks it; the tables are those of `tables.TABLES`, each also as `<table>_history`.
        when: answer with what was known at this moment (UTC).

    Raises:
        BadQuery: DuckDB refuses; the message is DuckDB's.
    """
    if not query.strip(" \t\r\n;"):
        raise BadQuery('an empty query. Ask such as "SELECT type, count(*) FROM events GROUP BY type".')
    found = arrow(ledger, query, when=when)
    columns = [[_plain(value) for value in column.to_pylist()] for column in found.columns]
    return Result(_told_apart(found.column_names), list(zip(*columns, strict=True)))


def _told_apart(names: Sequence[str]) -> list[str]:
    """The names of columns; one that comes again (`SELECT e.*, a.*`) gets a number, so that no column hides another."""
    told: list[str] = []
    for name in names:
        numbered = (f"{name}_{number}" for number in count(1))
        told.append(name if name not in told else next(other for other in numbered if other not in told and other not in names))
    return told


def arrow(ledger: Ledger, query: str, parameters: Sequence[object] = (), when: datetime | None = None) -> pyarrow.Table:
    """The answer to a query as an Arrow table.

    Raises:
        BadQuery: DuckDB refuses.
    """
    import pyarrow as pa

    with connect(ledger, _tables_in(query), when) as connection, refusals(ledger):
        if HAPPENINGS in map(str.lower, _WORD.findall(query)):
            connection.register(HAPPENINGS, _happenings(ledger, when))
        answer = connection.sql(query, params=list(parameters) or None)
        return pa.table({}) if answer is None else answer.to_arrow_table()


def _happenings(ledger: Ledger, when: datetime | None) -> pyarrow.Table:
    """The happenings as a table, worked out from the events as they were known."""
    from dragoman.link.happenings import happenings, to_table

    return to_table(happenings(ledger, when=when))


@contextmanager
def refusals(ledger: Ledger) -> Iterator[None]:
    """DuckDB's errors as ours: a data file that cannot be read is the ledger's fault, all else is the query's."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        if _UNREADABLE in str(error):
            raise LedgerError(ledger.path, detail=f"{delta.first_line(error)}. Restore the folder from a copy.") from error
        raise BadQuery(str(error).strip()) from error


def connect(ledger: Ledger, tables: Iterable[str] = tuple(TABLES), when: datetime | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection that sees the ledger's tables as they are now and nothing else.

    Args:
        ledger: whom to ask.
        tables: the tables that it sees.
        when: show what was known at this moment (UTC).
    """
    import duckdb

    batches = ledger.data("batches").to_table()
    connection = duckdb.connect(config=_CLOSED)
    connection.execute("SET TimeZone = 'UTC'")
    connection.register("batches_all", batches)
    for name in tables:
        if name != "batches":
            connection.register(f"{name}_all", ledger.data(name))
    moment = f"TIMESTAMPTZ '{when.isoformat()}'" if when else "TIMESTAMPTZ 'infinity'"
    for name in ("batches", *(name for name in tables if name != "batches")):
        for statement in _views(name, moment):
            connection.execute(statement)
    connection.execute("SET lock_configuration = true")
    return connection


def _tables_in(query: str) -> list[str]:
    """The tables that a query may mean; all where it names none (`SHOW TABLES`)."""
    words = {word.lower().removesuffix("_history") for word in _WORD.findall(query)}
    return [name for name in TABLES if name in words] or list(TABLES)


def _views(name: str, moment: str) -> Iterator[str]:
    """The history of a table, of which only whole batches count, and its latest versions."""
    if name in UNGATED:
        yield f"CREATE VIEW {name}_history AS SELECT * FROM {name}_all WHERE recorded_at <= {moment}"
    else:
        yield f"CREATE VIEW {name}_history AS SELECT * FROM {name}_all SEMI JOIN batches USING (recorded_at)"
    if name == "batches":
        yield "CREATE VIEW batches AS SELECT * FROM batches_history"
        return
    hidden, condition = ("", "") if name in UNGATED else (" EXCLUDE (version, withdrawn)", " WHERE NOT withdrawn")
    latest = f"SELECT id, max(recorded_at) AS recorded_at FROM {name}_history GROUP BY id"
    yield f"CREATE VIEW {name} AS SELECT *{hidden} FROM {name}_history SEMI JOIN ({latest}) USING (id, recorded_at){condition}"


def _plain(value: Any) -> Any:
    """Whole decimals, which DuckDB makes of sums, as int."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def stage_outputs(ledger: Ledger, articles: Iterable[str] | None = None, stage: str | None = None) -> dict[tuple[str, str], StageOutput]:
    """The latest outputs of stages by article and stage."""
    conditions = ["true"] + ["article IN (SELECT unnest(?))"] * (articles is not None) + ["stage = ?"] * (stage is not None)
    parameters = ([list(articles)] if articles is not None else []) + ([stage] if stage is not None else [])
    found = arrow(ledger, f"SELECT article, stage, key, output_hash, payload FROM stages WHERE {' AND '.join(conditions)}", parameters)
    outputs = (StageOutput(**row) for row in found.to_pylist())
    return {(output.article, output.stage): output for output in outputs}


def archive(ledger: Ledger, articles: Iterable[str] | None = None) -> Iterator[Stored]:
    """Stored articles with their parse and the latest outputs of their stages, streamed."""
    for batch in _parses(ledger, articles):
        outputs = stage_outputs(ledger, [article.id for article, _ in batch])
        of_article: dict[str, dict[str, StageOutput]] = {article.id: {} for article, _ in batch}
        for (article_id, stage), output in outputs.items():
            of_article[article_id][stage] = output
        yield from (Stored(article, notes, of_article[article.id]) for article, notes in batch)


def parses(ledger: Ledger, articles: Iterable[str] | None = None) -> Iterator[tuple[Article, Annotations]]:
    """Stored parses with their articles, streamed; an article whose text has changed since it was parsed is left out."""
    return chain.from_iterable(_parses(ledger, articles))


def _parses(ledger: Ledger, articles: Iterable[str] | None) -> Iterator[list[tuple[Article, Annotations]]]:
    columns = ", ".join(f"annotations.{name}" for name in COLUMNS)
    chosen = "" if articles is None else "WHERE articles.id IN (SELECT unnest(?))"
    query = f"""SELECT articles.id, articles.text, strftime(articles.published, '%Y-%m-%d') AS date, articles.title, articles.outlet, articles.url,
                articles.language, articles.authors, articles.date_source, articles.date_confidence, articles.raw_sha256, {columns}
                FROM annotations JOIN articles USING (id, sha256) {chosen}"""
    with connect(ledger, ("annotations", "articles")) as connection, refusals(ledger):
        answer = connection.sql(query, params=None if articles is None else [list(articles)])
        for batch in answer.to_arrow_reader(_STREAMED):
            yield [_parse(row) for row in batch.to_pylist()]


def _parse(row: dict[str, Any]) -> tuple[Article, Annotations]:
    facts = {name: row.pop(name) for name in ("id", "text", "date", "title", "outlet", "url", "language", "date_source", "date_confidence", "raw_sha256")}
    article = Article(**facts, authors=tuple(row.pop("authors") or ()))
    return article, from_record(article.text, row)
