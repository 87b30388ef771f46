"""Why a row is as it is: for each field its value, the rule that set it and the characters that made the rule fire."""

# ruff: noqa: S608 (names of tables and columns are ours; what users give goes in as parameters)
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dragoman.errors import AmbiguousRow, UnknownRow
from dragoman.ledger.tables import CODED, VERSIONED

if TYPE_CHECKING:
    import duckdb

    from dragoman.ledger.store import Ledger

# Where ids are looked up: what people ask about first.
_EXPLAINED = ("events", *(name for name in CODED if name != "events"), "articles")
_FORM = frozenset((*VERSIONED, "start", "end", "surface", "sentence", "why", "reading_id", "rule", "text", "valid_from", "valid_to"))
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """One field: its value, the rule that set it (None: derived, or as given) and the characters that made it fire."""

    field: str
    value: Any
    rule: str | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A row with its article and its reasons. `sentence` is the sentence it stands in; `withdrawn`: a later coding no longer makes it."""

    id: str
    table: str
    row: dict[str, Any]
    article: str
    title: str | None
    outlet: str | None
    published: date | None
    url: str | None
    sentence: str | None
    sentence_start: int | None
    reasons: tuple[Reason, ...]
    withdrawn: bool
    versions: int


def explain(ledger: Ledger, row_id: str) -> Explanation:
    """Why a row is as it is.

    Args:
        ledger: whom to ask.
        row_id: the row's id, the beginning of one if no other row's id begins so, or an event's id in its reading.

    Raises:
        UnknownRow: no row has this id.
        AmbiguousRow: several rows have ids that begin so.
    """
    from dragoman.ledger.query import connect, refusals

    with connect(ledger, ("sentences", *(name for name in _EXPLAINED if name != "sentences"))) as connection, refusals(ledger):
        table, key = _find(connection, row_id.strip())
        versions = _dicts(connection, f"SELECT * FROM {table}_history WHERE id = ? ORDER BY recorded_at", [key])
        row = next((version for version in reversed(versions) if not version["withdrawn"]), versions[-1])
        # The text that the row's characters were counted in: a later version of the article may have another.
        then = "SELECT * FROM articles_history WHERE id = ? ORDER BY recorded_at <= ? DESC, recorded_at DESC LIMIT 1"
        article = _dicts(connection, then, [row["article"], row["recorded_at"]])
        about: dict[str, Any] = article[0] if article else {}
        sentence = _sentence(connection, row, table)
        reasons = _reasons(row, about.get("text", ""), _participants(connection, key, versions[-1]["withdrawn"]) if table == "events" else {})
    names = {name: about.get(name) for name in ("title", "outlet", "published", "url")}
    shown = {name: value for name, value in row.items() if name not in ("version", "withdrawn")}
    return Explanation(key, table, shown, row["article"], **names, sentence=sentence.get("surface"), sentence_start=sentence.get("start"),
                       reasons=reasons, withdrawn=versions[-1]["withdrawn"], versions=len(versions))


def _find(connection: duckdb.DuckDBPyConnection, row_id: str) -> tuple[str, str]:
    """Table and full id of the one row that is meant."""
    found: list[tuple[str, str]] = []
    for table in _EXPLAINED if row_id else ():
        also = " OR reading_id = $1" if table == "events" else ""
        rows = connection.execute(f"SELECT DISTINCT id FROM {table}_history WHERE starts_with(id, $1){also} LIMIT {_ENOUGH}", [row_id]).fetchall()
        if (row_id,) in rows:
            return table, row_id
        found += [(table, key) for (key,) in rows]
    if not found:
        raise UnknownRow(row_id)
    if len(found) > 1:
        raise AmbiguousRow(row_id, first=f"{found[0][1]} ({found[0][0]})", second=f"{found[1][1]} ({found[1][0]})")
    return found[0]


def _dicts(connection: duckdb.DuckDBPyConnection, query: str, parameters: list[object]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = connection.sql(query, params=parameters).to_arrow_table().to_pylist()
    return found


def _sentence(connection: duckdb.DuckDBPyConnection, row: dict[str, Any], table: str) -> dict[str, Any]:
    """The sentence that the row names, or its event's."""
    if table == "participants":
        query, key = "SELECT s.* FROM sentences_history s JOIN events_history e ON s.id = e.sentence WHERE e.id = ? LIMIT 1", row["event"]
    else:
        query, key = "SELECT * FROM sentences_history WHERE id = ? AND NOT withdrawn LIMIT 1", row.get("sentence")
    found = _dicts(connection, query, [key]) if key else []
    return found[0] if found else {}


def _participants(connection: duckdb.DuckDBPyConnection, event: str, withdrawn: bool) -> dict[str, list[str]]:
    """Actors and recipients as an event's reasons name them."""
    last = "SELECT DISTINCT ON (id) * FROM participants_history WHERE event = ? AND NOT withdrawn ORDER BY id, recorded_at DESC"
    made = "WHERE recorded_at = (SELECT max(recorded_at) FROM last)" if withdrawn else "SEMI JOIN participants USING (id)"
    rows = _dicts(connection, f"WITH last AS ({last}) SELECT role, name, country, sector, surface FROM last {made} ORDER BY role, n", [event])
    shown: dict[str, list[str]] = {"actors": [], "recipients": []}
    for row in rows:
        label = row["name"] or row["surface"] or row["country"] or "?"
        code = " ".join(part for part in (row["country"], row["sector"]) if part)
        shown[f"{row['role']}s"].append(f"{label} ({code})" if code and code != label else label)
    return shown


def _reasons(row: dict[str, Any], text: str, participants: dict[str, list[str]]) -> tuple[Reason, ...]:
    """A reason for each piece of evidence, then the fields that have a value and none."""
    values = {**{name: value for name, value in row.items() if name not in _FORM}, **participants}
    evidence = row.get("why") or ([{"field": "surface", "rule": row["rule"], "start": row["start"], "end": row["end"]}] if row.get("rule") else [])
    reasons = [_reason(found, {**values, "surface": row.get("surface")}, text) for found in evidence]
    explained = {reason.field for reason in reasons}
    derived = [Reason(name, value) for name, value in values.items() if name not in explained and value not in (None, [], "")]
    return (*reasons, *derived)


def _reason(found: dict[str, Any], values: dict[str, Any], text: str) -> Reason:
    name, start, end = found["field"], found["start"], found["end"]
    aliases = {"place": "place_name", "voice": "voice_surface", "source": "source_surface", "actor": "actors", "recipient": "recipients"}
    value = values.get(name, values.get(aliases.get(name, "")))
    return Reason(name, value, found["rule"], start, end, text[start:end] if start is not None and end is not None else None)
