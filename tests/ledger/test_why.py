from __future__ import annotations

from itertools import pairwise

import pytest
from ledger_factory import TEXT, article, entry, event, many

from dragoman import Ledger
from dragoman.errors import AmbiguousRow, UnknownRow
from dragoman.ledger.tables import CODED


def test_an_event(read: Ledger) -> None:
    (found,) = read.events()
    why = read.why(found.id)
    assert (why.table, why.id, why.title, why.outlet, why.versions, why.withdrawn) == ("events", found.id, "Port shelled", "Test Wire", 1, False)
    assert why.sentence is not None
    assert why.sentence_start is not None
    assert TEXT[why.sentence_start :].startswith(why.sentence)
    reasons = {reason.field: reason for reason in why.reasons}
    assert (reasons["type"].value, reasons["type"].rule, reasons["type"].quote) == ("ASSAULT", "plover.ASSAULT.shell", "shelled")
    assert (reasons["place"].value, reasons["place"].quote) == ("Kesh", "Kesh")
    assert (reasons["factuality"].rule, reasons["factuality"].quote) == ("factuality.default", None)
    assert reasons["actors"].value == ["Alvania (ALV MIL)"]
    assert (reasons["score"].value, reasons["score"].rule) == (-9.0, None)


@pytest.mark.parametrize("table", [name for name in CODED if name != "issues"] + ["articles"])
def test_every_table_is_explained(read: Ledger, table: str) -> None:
    row = read.latest(table).to_pylist()[0]
    why = read.why(row["id"])
    assert (why.table, why.article, why.title) == (table, article().id, "Port shelled")
    if table not in ("articles", "sentences", "furniture"):
        assert why.sentence


def test_the_beginning_of_an_id_is_enough(read: Ledger) -> None:
    (found,) = read.events()
    assert read.why(f" {found.id[:14]}\n").id == found.id


def test_the_id_in_the_reading(read: Ledger) -> None:
    assert read.why(event(article()).id).table == "events"


@pytest.mark.parametrize("row_id", ["", " ", "zzzz", "%", "'; DROP VIEW events; --"])
def test_unknown(read: Ledger, row_id: str) -> None:
    with pytest.raises(UnknownRow, match="D401"):
        read.why(row_id)


def test_ambiguous(ledger: Ledger) -> None:
    ledger.append(many(8), "r")
    ids = sorted(row["id"] for row in ledger.latest("mentions").to_pylist() + ledger.latest("events").to_pylist())
    shared = next(a[0] for a, b in pairwise(ids) if a[0] == b[0])
    with pytest.raises(AmbiguousRow, match="D402"):
        ledger.why(shared)


def test_a_withdrawn_row_is_still_explained(read: Ledger) -> None:
    (found,) = read.events()
    read.append([entry(events=())], "run-2")
    why = read.why(found.id)
    assert (why.withdrawn, why.versions, why.row["type"]) == (True, 2, "ASSAULT")
    assert {"actors", "recipients"} <= {reason.field for reason in why.reasons}
