from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from ledger_factory import RECODER, TEXT, article, entry, event, notes, reading

from dragoman.ledger.delta import to_arrow
from dragoman.ledger.rows import rows
from dragoman.ledger.tables import CODED, GATED, TABLES, schema

NOW = datetime(2031, 5, 5, tzinfo=UTC)


def made(**fields: str | None) -> dict[str, list[dict[str, object]]]:
    return rows(reading(article(**fields)), notes(), "run-1", NOW)


def test_every_table_fits_its_schema() -> None:
    found = rows(reading(article()), notes(), "run-1", NOW, entry().outputs)
    assert set(found) == set(GATED) - {"issues"}
    for name, rows_ in found.items():
        assert set(rows_[0]) == set(TABLES[name])
        assert to_arrow(rows_, schema(name)).num_rows == len(rows_)


@pytest.mark.parametrize("table", [name for name in CODED if name != "issues"])
def test_spans_hold(table: str) -> None:
    for row in made()[table]:
        for prefix in ("", "voice_", "source_", "cue_", "via_", "due_", "condition_"):
            if row.get(f"{prefix}start") is not None:
                assert TEXT[row[f"{prefix}start"] : row[f"{prefix}end"]] == row[f"{prefix}surface"]  # type: ignore[misc]


def test_ids_depend_on_the_article_and_versions_on_the_coding() -> None:
    first, copy, recoded = made(), made(id="copy"), rows(reading(article(), RECODER), notes(), "run-2", NOW)
    assert first["events"][0]["id"] != copy["events"][0]["id"]
    assert first["events"][0]["reading_id"] == copy["events"][0]["reading_id"]
    assert {name: [(row["id"], row["version"]) for row in found] for name, found in first.items()} == {
        name: [(row["id"], row["version"]) for row in found] for name, found in recoded.items()
    }


def test_a_changed_field_is_a_new_version_of_the_same_row() -> None:
    of = article()
    before, after = (rows(reading(of, events=(event(of, factuality),)), notes(), "r", NOW)["events"][0] for factuality in ("actual", "negated"))
    assert before["id"] == after["id"]
    assert before["version"] != after["version"]


def test_rows_that_would_share_an_id_get_their_own() -> None:
    of = article()
    twice = rows(reading(of, events=(event(of), event(of))), notes(), "r", NOW)
    assert len({row["id"] for row in twice["events"]}) == 2
    assert {row["event"] for row in twice["participants"]} == {row["id"] for row in twice["events"]}
    assert len({row["id"] for row in twice["participants"]}) == 4


def test_dates() -> None:
    row = made()["events"][0]
    assert (row["published"], row["valid_from"], row["valid_to"]) == (date(2031, 5, 4), date(2031, 5, 3), date(2031, 5, 3))
    assert made(date=None)["events"][0]["published"] is None


def test_each_row_names_its_sentence() -> None:
    found = made()
    sentences = {row["id"]: str(row["surface"]) for row in found["sentences"]}
    assert "shelled" in sentences[str(found["events"][0]["sentence"])]
    assert "warned" in sentences[str(found["claims"][0]["sentence"])]
    assert "45" in sentences[str(found["figures"][0]["sentence"])]


def test_a_claim_without_source_and_cue() -> None:
    given = reading(article())
    bare = replace(given.claims[0], source=None, source_span=None, cue=None, forecast=None, content=())
    row = rows(replace(given, claims=(bare,)), notes(), "r", NOW)["claims"][0]
    assert (row["start"], row["source_name"], row["forecast_by"], row["content"], row["sentence"]) == (None, None, None, [], None)


def test_half_a_surrogate_pair_becomes_one_replacement_character() -> None:
    text = TEXT.replace("Kesh", "K\ud83dsh")
    found = rows(replace(reading(article()), article=article(text)), notes(text), "r", NOW)
    stored = to_arrow(found["articles"], schema("articles"))["text"][0].as_py()
    assert stored == TEXT.replace("Kesh", "K\ufffdsh")


def test_every_column_is_described() -> None:
    assert all(field.metadata[b"description"] for name in TABLES for field in schema(name))
