from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from ledger_factory import TEXT, article, entry, event

from dragoman import Ledger
from dragoman.errors import BadQuery, LedgerError, SettingError
from dragoman.ledger.answers import EventRow


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT type, count(*) FROM events GROUP BY type", [("ASSAULT", 1)]),
        ("SELECT sum(depth), 1.50::DECIMAL(5,2) = 1.5 FROM claims", [(0, True)]),
        ("SELECT a.name, r.name FROM participants a JOIN participants r USING (event) WHERE a.role = 'actor' AND r.role = 'recipient'", [("Alvania", "Borduria")]),
        ("SELECT valid_from FROM EVENTS WHERE list_contains(actor_countries, 'ALV')", [(date(2031, 5, 3),)]),
        ("SELECT strftime(date_trunc('month', published), '%Y-%m') FROM articles", [("2031-05",)]),
        ("SELECT why[1].rule FROM events", [("plover.ASSAULT.shell",)]),
        ("SELECT 1 AS a, 2 AS a", [(1, 2)]),
        ("SELECT * FROM issues", []),
        ("CREATE TABLE mine AS SELECT 1; SELECT * FROM mine", [(1,)]),
    ],
)
def test_sql(read: Ledger, query: str, rows: list[tuple[object, ...]]) -> None:
    assert read.sql(query).rows == rows


def test_sql_sees_the_latest_version_and_the_history(read: Ledger) -> None:
    of = article()
    read.append([entry(of, events=(event(of, "negated"),))], "run-2")
    assert read.sql("SELECT factuality FROM events").rows == [("negated",)]
    assert read.sql("SELECT factuality FROM events_history ORDER BY recorded_at").rows == [("actual",), ("negated",)]
    assert read.sql("SELECT count(DISTINCT recorded_at) FROM events_history").rows == [(2,)]


def test_sql_gives_columns_without_rows(read: Ledger) -> None:
    assert read.sql("SELECT code, message FROM issues").columns == ["code", "message"]


def test_show_tables(read: Ledger) -> None:
    names = {row[0] for row in read.sql("SHOW TABLES").rows}
    assert {"articles", "events", "events_history", "runs"} <= names


def test_a_comment_is_no_question_and_has_no_answer(read: Ledger) -> None:
    assert read.sql("-- nothing") == ([], [])


@pytest.mark.parametrize("query", ["", "  ", ";"])
def test_an_empty_query_is_refused(read: Ledger, query: str) -> None:
    with pytest.raises(BadQuery, match="D400"):
        read.sql(query)


def test_what_is_no_code_of_an_actor_is_refused_and_does_nothing(read: Ledger) -> None:
    with pytest.raises(SettingError, match="D200"):
        read.events(actor="ALV'; DROP VIEW events; --")
    assert read.events()


@pytest.mark.parametrize(
    "query",
    [
        "SELEC 1",
        "SELECT * FROM nowhere",
        "SELECT nothing FROM events",
        "SELECT type::INTEGER FROM events",
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM '{file}'",
        "SELECT * FROM glob('/*')",
        "COPY (SELECT 1) TO '{file}'",
        "ATTACH '{file}'",
        "EXPORT DATABASE '{file}'",
        "INSTALL httpfs",
        "LOAD '{file}'",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "SELECT * FROM ledger",
        "SELECT ?",
    ],
)
def test_refused(read: Ledger, tmp_path: Path, query: str) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n")
    with pytest.raises(BadQuery, match="D400"):
        read.sql(query.format(file=file))
    assert file.read_text() == "a\n1\n"


def test_unknown_table(read: Ledger) -> None:
    with pytest.raises(LedgerError, match="no such table"):
        read.latest("gossip")


def test_a_typed_event(read: Ledger) -> None:
    (found,) = read.events()
    assert isinstance(found, EventRow)
    assert (found.title, found.outlet, found.published) == ("Port shelled", "Test Wire", date(2031, 5, 4))
    assert found.quote is not None
    assert found.surface in found.quote
    assert TEXT[found.start : found.end] == found.surface
    assert (found.actor_countries, found.recipient_countries, found.contexts) == (["ALV"], ["BOR"], ["military", "territory"])


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"actor": "ALV"}, 1),
        ({"actor": "alv, RUS"}, 1),
        ({"actor": "BOR"}, 0),
        ({"recipient": "BOR"}, 1),
        ({"actor": ""}, 0),
        ({"type": "assault,COERCE"}, 1),
        ({"type": "AID"}, 0),
        ({"context": "military"}, 1),
        ({"quad": "material conflict"}, 1),
        ({"factuality": "future"}, 0),
        ({"country": "BOR"}, 1),
        ({"min_confidence": 0.8}, 0),
        ({"outlet": "Test Wire"}, 1),
        ({"since": "2031-05-03", "until": "2031-05-03"}, 1),
        ({"since": "2031-05-04"}, 0),
        ({"until": date(2031, 5, 2)}, 0),
        ({"since": "2031", "until": "2031-05"}, 1),
        ({"limit": 0}, 0),
    ],
)
def test_filters_of_events(read: Ledger, filters: dict[str, object], count: int) -> None:
    assert len(read.events(**filters)) == count


def test_an_event_without_date_counts_on_the_day_of_publication(ledger: Ledger) -> None:
    from dataclasses import replace

    of = article()
    ledger.append([entry(of, events=(replace(event(of), date=None, date_how=None),))], "r")
    assert len(ledger.events(since="2031-05-04", until="2031-05-04")) == 1
    assert ledger.events(since="2031-05-05") == []


def test_other_answers(read: Ledger) -> None:
    (claim,), (due,), (figure,), (of,) = read.claims(source="BOR", kind="threat,promise"), read.commitments(holder="BOR"), read.figures(unit="person"), read.articles()
    assert (claim.source_country, claim.cue_surface, claim.forecast_by) == ("BOR", "warned", "2031-06-01")
    assert (due.due, due.due_surface, due.change) == ("2031-06-01", "June 1", "set")
    assert (figure.value, figure.approx, figure.of) == (45.0, True, "people")
    assert of.sha256 == article().sha256
    assert read.claims(kind="denial") == read.commitments(by="ALV") == read.figures(of="tanks") == read.articles(outlet="x") == []
    assert len(read.commitments(since="2031-06-01")) == 1
    assert len(read.figures(since="2031-05-04", until="2031-05-04")) == 1


@pytest.mark.parametrize("value", ["yesterday", "2031-13", ""])
def test_a_day_that_is_none(read: Ledger, value: str) -> None:
    with pytest.raises(SettingError, match="since"):
        read.events(since=value)


def test_an_empty_ledger_answers(ledger: Ledger) -> None:
    assert ledger.events() == ledger.claims() == ledger.articles() == ledger.issues() == []
    assert ledger.sql("SELECT count(*) FROM events").rows == [(0,)]
    assert not ledger.has("x")


def test_the_import_is_light() -> None:
    code = "import sys, dragoman; from dragoman import Ledger; print(sorted({'pyarrow', 'duckdb', 'deltalake', 'spacy', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
