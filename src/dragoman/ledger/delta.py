"""Delta tables by delta-rs: create, append, read; its errors as ours."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import LedgerError, ReadOnlyLedger

if TYPE_CHECKING:
    import pyarrow
    import pyarrow.dataset
    from deltalake import DeltaTable

# Two writers that commit at once: delta-rs retries by itself, and we retry what it gives up.
_ATTEMPTS = 8
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_REFUSALS = ("permission denied", "read-only file system", "not a directory", "operation not permitted", "could not create local directory", "no space left")


def create(path: Path, schema: pyarrow.Schema) -> None:
    """An empty table, unless there is one."""
    from deltalake import DeltaTable

    with errors(path):
        DeltaTable.create(str(path), schema, mode="ignore")


def table(path: Path, skip_stats: bool = False) -> DeltaTable:
    """The table as it is now.

    Raises:
        LedgerError: it is missing or damaged.
    """
    from deltalake import DeltaTable

    with errors(path):
        return DeltaTable(str(path), skip_stats=skip_stats)


def dataset(path: Path, schema: pyarrow.Schema) -> pyarrow.dataset.Dataset:
    """The table as it is now, for reading by Arrow or DuckDB; a column that its files do not have yet is null.

    The files are listed without their statistics: our ids are hashes, so statistics skip no file, and delta-rs takes milliseconds a
    file to hand them over.
    """
    import pyarrow.dataset as arrow

    with errors(path):
        # delta-rs gives addresses in which every blank and accent of the folder is escaped; the files themselves lie in the table's folder.
        files = [str(path / uri.rpartition("/")[2]) for uri in table(path, skip_stats=True).file_uris()]
        return arrow.dataset(files, schema=schema, format="parquet") if files else arrow.dataset(schema.empty_table())


def nothing(schema: pyarrow.Schema) -> pyarrow.dataset.Dataset:
    """A table without a row, for one that was never written."""
    import pyarrow.dataset as arrow

    return arrow.dataset(schema.empty_table())


def append(path: Path, rows: Sequence[dict[str, Any]], schema: pyarrow.Schema) -> None:
    """Commit rows; another writer's commit in between is no obstacle.

    Raises:
        ReadOnlyLedger: the folder refuses.
        LedgerError: the table is damaged, or other writers never let us through.
    """
    from deltalake import WriterProperties, write_deltalake
    from deltalake.exceptions import CommitFailedError

    content = to_arrow(rows, schema)
    for attempt in range(_ATTEMPTS):
        try:
            with errors(path):
                write_deltalake(str(path), content, mode="append", schema_mode="merge", writer_properties=WriterProperties(compression="ZSTD"))
                return
        except CommitFailedError as error:
            if attempt == _ATTEMPTS - 1:
                raise LedgerError(path, detail=f"other writers are in the way ({first_line(error)}). Try again.") from error
            time.sleep(random.uniform(0, 0.05 * 2**attempt))  # noqa: S311 (no secret)


def compact(path: Path, at_least: int) -> bool:
    """Whether the table was made of `at_least` files or more and has been rewritten to few."""
    found = table(path)
    if len(found.file_uris()) < at_least:
        return False
    with errors(path):
        found.optimize.compact()
    return True


def to_arrow(rows: Sequence[dict[str, Any]], schema: pyarrow.Schema) -> pyarrow.Table:
    """The rows as an Arrow table; lone surrogates, which Arrow cannot hold, become U+FFFD."""
    import pyarrow as pa

    try:
        return pa.Table.from_pylist(list(rows), schema)
    except UnicodeEncodeError:
        return pa.Table.from_pylist([_mended(row) for row in rows], schema)


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in value)
    if isinstance(value, dict):
        return {key: _mended(part) for key, part in value.items()}
    return [_mended(part) for part in value] if isinstance(value, list) else value


@contextmanager
def errors(path: Path) -> Iterator[None]:
    """Errors of delta-rs, Arrow and the file system as errors of the ledger; a lost race stays what it is."""
    from deltalake.exceptions import CommitFailedError, DeltaError
    from pyarrow import ArrowException

    try:
        yield
    except CommitFailedError:
        raise
    except (DeltaError, ArrowException, OSError) as error:
        if refusal := next((words for words in _REFUSALS if words in str(error).lower()), None):
            raise ReadOnlyLedger(path, detail=refusal) from error
        raise LedgerError(path, detail=f"the table is damaged or gone: {first_line(error)}. Restore the folder from a copy.") from error


def first_line(error: BaseException) -> str:
    """What an error of a library says first, without its colours, place in the source and full stop."""
    return next((_COLOUR.sub("", line).strip().rstrip(".") for line in str(error).splitlines() if line.strip()), type(error).__name__)
