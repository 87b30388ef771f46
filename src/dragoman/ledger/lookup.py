"""What a writer must know before it appends: which articles are there and which versions their rows have. Arrow only, no SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from dragoman.ledger import delta

if TYPE_CHECKING:
    import pyarrow
    import pyarrow.compute

    from dragoman.ledger.store import Ledger


class Version(NamedTuple):
    """The latest version of a row; `version` is "" for one that is withdrawn."""

    article: str
    version: str


def _read(ledger: Ledger, table: str, columns: list[str], chosen: pyarrow.compute.Expression | None = None) -> pyarrow.Table:
    """Some columns of a table; a data file that cannot be read is the ledger's fault."""
    with delta.errors(ledger.table(table)):
        return ledger.data(table).to_table(columns=columns, filter=chosen)


def batches(ledger: Ledger) -> set[datetime]:
    """The times of all whole batches: rows of others do not count."""
    return set(_read(ledger, "batches", ["recorded_at"])["recorded_at"].to_pylist())


def texts_since(ledger: Ledger, whole: set[datetime], since: datetime | None) -> dict[str, str]:
    """Text hashes by id of the articles recorded after a moment, the latest of each."""
    import pyarrow.compute as pc

    later = pc.field("recorded_at") > since if since else None
    found = _read(ledger, "articles", ["recorded_at", "id", "sha256"], later)
    rows = zip(*(column.to_pylist() for column in found.columns), strict=True)
    return {article: sha256 for recorded_at, article, sha256 in sorted(rows) if recorded_at in whole}


def versions(ledger: Ledger, table: str, articles: Sequence[str], whole: set[datetime]) -> dict[str, Version]:
    """The latest versions of the rows of some articles by the rows' ids."""
    import pyarrow as pa
    import pyarrow.compute as pc

    chosen = pc.field("article").isin(pa.array(articles, pa.string()))
    found = _read(ledger, table, ["recorded_at", "id", "article", "version"], chosen).sort_by("recorded_at")
    rows = zip(*(column.to_pylist() for column in found.columns), strict=True)
    return {key: Version(article, version) for recorded_at, key, article, version in rows if recorded_at in whole}
