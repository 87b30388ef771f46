"""`dragoman annotate`: the contract of docs/reading.md on texts of our own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from factory import BORDER, DEADLINE, REPORTS, STRIKE, jsonl, line
from outcome import Dragoman

Json = dict[str, Any]

# The fields of every kind of row: all are there, whatever is unknown is null.
SPAN = {"start", "end", "surface"}
ACTOR = SPAN | {"name", "country", "sector", "how"}
FIELDS = {
    "events": {"id", "trigger", "type", "mode", "contexts", "cameo", "quad", "score", "actors", "recipients", "factuality", "date", "date_how", "place", "voice",
               "confidence", "why"},
    "claims": {"source", "cue", "content", "form", "class", "kind", "via", "depth", "why"},
    "commitments": {"holder", "by", "action", "due", "due_text", "change", "from_due", "why"},
    "figures": SPAN | {"value", "low", "high", "unit", "approx", "modifier", "of", "voice", "equals"},
    "timexes": SPAN | {"type", "value", "mod"},
    "toponyms": SPAN | {"role", "country", "geonames_id", "lat", "lon", "precision"},
    "mentions": SPAN | {"kind", "name", "country", "sector", "how", "entity"},
}
TRICKY = "\ufeff“Iran’s army — 1 000 men — attacked Iraq,” he said.\r\n\r\n\tKenya\u00a0and Uganda\u2009signed a treaty 🙂 on 3 May 2025. It cost €2,5 million.\u200b"


def readings(text: str) -> list[Json]:
    return [json.loads(found) for found in text.splitlines()]


def spans(value: Any) -> Iterator[Json]:
    """Everything with start, end and surface, at any depth."""
    if isinstance(value, dict):
        if value.keys() >= SPAN and value["start"] is not None:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from spans(item)


@pytest.fixture(scope="module")
def read() -> dict[str, Json]:
    """Readings of the reports, as the command writes them."""
    import io

    from dragoman.run.filter import annotate_stream
    from dragoman.run.local import Plan

    out = io.BytesIO()
    annotate_stream(io.BytesIO(jsonl(*REPORTS).encode()), out, Plan(jobs=1))
    return {reading["id"]: reading for reading in readings(out.getvalue().decode())}


@pytest.mark.parametrize("kind", FIELDS)
def test_every_row_has_every_field(kind: str, read: dict[str, Json]) -> None:
    rows = [row for reading in read.values() for row in reading[kind]]
    assert rows
    assert [sorted(FIELDS[kind] - row.keys()) for row in rows if not row.keys() >= FIELDS[kind]] == []


def test_every_reading_has_every_list_and_the_hash_of_its_text(read: dict[str, Json]) -> None:
    for article in REPORTS:
        reading = read[article.id]
        assert reading.keys() >= {"id", "sha256", "coder", *FIELDS}
        assert reading["sha256"] == hashlib.sha256(article.text.encode()).hexdigest()
        assert reading["coder"].startswith("dragoman/")


def test_actors_and_recipients_have_every_field(read: dict[str, Json]) -> None:
    people = [who for reading in read.values() for event in reading["events"] for who in event["actors"] + event["recipients"]]
    assert people
    assert all(who.keys() >= ACTOR for who in people)


def test_spans_are_what_the_text_says_there_at_any_depth(read: dict[str, Json]) -> None:
    for article in REPORTS:
        found = list(spans(read[article.id]))
        assert found
        assert [span for span in found if article.text[span["start"] : span["end"]] != span["surface"]] == []


def test_spans_hold_in_a_text_of_odd_blanks_quotes_and_astral_characters(dragoman: Dragoman) -> None:
    done = dragoman("annotate", stdin=json.dumps({"id": "odd", "text": TRICKY, "date": "2025-05-04"}))
    (reading,) = readings(done.out)
    assert done.status == 0
    assert reading["events"]
    assert [span for span in spans(reading) if TRICKY[span["start"] : span["end"]] != span["surface"]] == []


def test_reasons_point_into_the_text_and_name_a_rule(read: dict[str, Json]) -> None:
    for article in REPORTS:
        reasons = [why for kind in ("events", "claims", "commitments") for row in read[article.id][kind] for why in row["why"]]
        assert reasons
        assert all(0 <= why["start"] < why["end"] <= len(article.text) and why["rule"] and why["field"] for why in reasons)


def test_date_and_how_it_was_found_are_null_together(read: dict[str, Json]) -> None:
    events = [event for reading in read.values() for event in reading["events"]]
    assert all((event["date"] is None) == (event["date_how"] is None) for event in events)


def test_an_advertisement_is_kept_in_the_text_and_never_coded_and_topics_are_metadata(read: dict[str, Json]) -> None:
    reading, (start, end) = read["border"], (BORDER.text.index("Advertisement"), BORDER.text.index("Topics"))
    assert reading["topics"] == ["trade", "borders"]
    assert [mark["rule"] for mark in reading["furniture"]] == ["boilerplate.advert", "boilerplate.topics"]
    assert [span for span in spans({**reading, "furniture": []}) if start <= span["start"] < start + len("Advertisement") or span["start"] >= end] == []


def test_bad_lines_are_error_lines_in_their_place_and_the_exit_status_is_1(dragoman: Dragoman) -> None:
    bad = ["no json\n", '{"id": "empty"}\n[1]\n{"id": "typed", "text": 5}\n', '{"id": "dated", "text": "A.", "date": "today"}\n']
    lines = line(BORDER) + bad[0] + line(STRIKE) + bad[1] + line(DEADLINE) + bad[2]
    done = dragoman("annotate", stdin=lines)
    found = readings(done.out)
    assert done.status == 1
    assert [reading["id"] for reading in found] == ["border", None, "strike", "empty", None, "typed", "deadline", "dated"]
    assert [reading["error"]["code"] for reading in found if "error" in reading] == ["D001", "D002", "D001", "D002", "D004"]


def test_bytes_that_are_no_utf8_are_an_error_line(dragoman: Dragoman) -> None:
    done = dragoman("annotate", stdin=b'{"id": "x", "text": "\xff\xfe"}\n' + line(STRIKE).encode())
    assert done.status == 1
    assert [("error" in reading, reading["id"]) for reading in readings(done.out)] == [(True, None), (False, "strike")]


def test_an_error_line_has_its_code_once_and_the_id_that_the_line_gives(dragoman: Dragoman) -> None:
    lines = ('{"id": "a", "text": 5}', '{"id": 7, "text": "Kenya closed its border."}')
    found = [json.loads(dragoman("annotate", stdin=line).out) for line in lines]
    assert [(reading["id"], reading["error"]["code"], reading["error"]["message"][:7]) for reading in found] == [("a", "D002", "line 1:"), (None, "D003", "line 1:")]


def test_half_of_a_surrogate_pair_is_read_and_no_span_moves(dragoman: Dragoman) -> None:
    done = dragoman("annotate", stdin='{"id": "a", "text": "\\ud83d Kenya closed its border.", "date": "2025-03-04"}')
    (reading,) = readings(done.out)
    assert (done.status, [event["trigger"]["start"] for event in reading["events"]]) == (0, [8])


def test_a_folder_is_no_file(dragoman: Dragoman, tmp_path: Path) -> None:
    assert dragoman("annotate", tmp_path).codes == {"D010"}


def test_blank_lines_and_no_lines_are_no_articles(dragoman: Dragoman) -> None:
    assert dragoman("annotate", stdin="\n  \n") == dragoman("annotate", stdin="")


def test_an_empty_text_has_an_empty_reading(dragoman: Dragoman) -> None:
    (reading,) = readings(dragoman("annotate", stdin='{"id": "e", "text": "", "date": null}').out)
    assert all(reading[kind] == [] for kind in FIELDS)


def test_without_a_publication_date_nothing_relative_is_resolved(dragoman: Dragoman) -> None:
    text = "Kenya attacked Somalia yesterday. Russia will meet China next Friday. Iran released a prisoner on 5 March 2024."
    (reading,) = readings(dragoman("annotate", stdin=json.dumps({"id": "x", "text": text, "date": None})).out)
    values = {timex["surface"]: timex["value"] for timex in reading["timexes"]}
    assert values["yesterday"] is None
    assert values["next Friday"] is None
    assert {event["date"] for event in reading["events"]} == {None, "2024-03-05"}


def test_the_same_text_is_read_the_same_whatever_its_id(dragoman: Dragoman) -> None:
    text = {"text": STRIKE.text, "date": STRIKE.date}
    first, second = readings(dragoman("annotate", stdin="".join(json.dumps({"id": name, **text}) + "\n" for name in "ab")).out)
    assert [{**row, "id": None} for row in first["events"]] == [{**row, "id": None} for row in second["events"]]


def test_a_file_can_be_named(dragoman: Dragoman, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(jsonl(STRIKE), encoding="utf-8")
    done = dragoman("annotate", tmp_path / "in.jsonl")
    assert (done.status, [reading["id"] for reading in readings(done.out)]) == (0, ["strike"])


def test_a_missing_file_is_a_coded_message_and_exit_status_2(dragoman: Dragoman, tmp_path: Path) -> None:
    done = dragoman("annotate", tmp_path / "nowhere.jsonl")
    assert (done.status, done.out, done.codes) == (2, "", {"D009"})


def test_ctrl_c_says_that_the_run_was_stopped(dragoman: Dragoman, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dragoman.run.filter.annotate_stream", stopped)
    done = dragoman("annotate", stdin="")
    assert (done.status, done.out, done.codes) == (130, "", {"D204"})


def test_an_unknown_model_is_a_coded_message_and_exit_status_2(dragoman: Dragoman) -> None:
    done = dragoman("annotate", "--model", "en_core_web_zigzag", stdin=line(STRIKE))
    assert (done.status, done.out, done.codes) == (2, "", {"D201"})
