"""`events`, `claims`, `commitments`, `figures`, `sql`, `show`, `why`: answers from a ledger."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman import Ledger
from factory import STRIKE, jsonl
from outcome import Dragoman

VERBS = ("events", "claims", "commitments", "figures")


def rows(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("verb", VERBS)
def test_jsonl_gives_every_field_of_every_row(verb: str, dragoman: Dragoman, reports: Ledger) -> None:
    done = dragoman(verb, "--ledger", reports.path, "--format", "jsonl")
    found = rows(done.out)
    assert done.status == 0
    assert found
    assert all(row.keys() >= {"id", "article", "published", "quote", "start", "end", "surface"} for row in found)


@pytest.mark.parametrize("verb", VERBS)
def test_csv_has_a_header_and_the_same_rows(verb: str, dragoman: Dragoman, reports: Ledger) -> None:
    table = list(csv.DictReader(io.StringIO(dragoman(verb, "--ledger", reports.path, "--format", "csv").out)))
    assert [row["id"] for row in table] == [row["id"] for row in rows(dragoman(verb, "--ledger", reports.path, "--format", "jsonl").out)]


@pytest.mark.parametrize("verb", VERBS)
def test_a_csv_without_rows_has_the_same_header(verb: str, dragoman: Dragoman, reports: Ledger) -> None:
    asked = (verb, "--ledger", reports.path, "--format", "csv")
    assert dragoman(*asked, "--since", "2199").out.splitlines() == dragoman(*asked).out.splitlines()[:1]


def test_a_csv_cell_of_several_records_is_json(dragoman: Dragoman, reports: Ledger) -> None:
    (row,) = csv.DictReader(io.StringIO(dragoman("due", "--as-of", "2199-01-01", "--ledger", reports.path, "--format", "csv").out))
    assert [told["article"] for told in json.loads(row["history"])] == ["deadline"]


@pytest.mark.parametrize(
    "words", [["why", "x"], ["who", "the chancellor", "--on", "2021-12-20"], ["due", "--as-of", "2025-01-01"], ["sql", "SELECT 1"]], ids=lambda words: words[0]
)
def test_a_format_that_there_is_not_is_a_coded_message(words: list[str], dragoman: Dragoman, reports: Ledger) -> None:
    done = dragoman(*words, "--format", "xml", "--ledger", reports.path)
    assert (done.status, done.out, done.codes) == (2, "", {"D200"})


@pytest.mark.parametrize("verb", VERBS)
def test_the_table_has_a_header_and_its_count_goes_to_standard_error(verb: str, dragoman: Dragoman, reports: Ledger) -> None:
    done = dragoman(verb, "--ledger", reports.path)
    assert done.out.split()[0] == "id"
    assert done.err.split()[1] in ("row", "rows")


def test_rows_point_into_the_text_of_their_article(dragoman: Dragoman, reports: Ledger) -> None:
    texts = dict(reports.sql("SELECT id, text FROM articles").rows)
    for verb in VERBS:
        for row in rows(dragoman(verb, "--ledger", reports.path, "--format", "jsonl").out):
            assert texts[row["article"]][row["start"] : row["end"]] == row["surface"]


@pytest.mark.parametrize(
    ("verb", "filters", "field", "value"),
    [
        ("events", ["--actor", "KEN"], "actor_countries", ["KEN"]),
        ("events", ["--recipient", "som"], "recipient_countries", ["SOM"]),
        ("events", ["--type", "ACCUSE"], "type", "ACCUSE"),
        ("events", ["--factuality", "negated"], "factuality", "negated"),
        ("events", ["--article", "deadline"], "article", "deadline"),
        ("events", ["--outlet", "Meridian Wire"], "outlet", "Meridian Wire"),
        ("claims", ["--source", "SOM"], "source_country", "SOM"),
        ("commitments", ["--holder", "ERI"], "holder", "ERI"),
        ("figures", ["--unit", "USD"], "unit", "USD"),
    ],
)
def test_a_filter_keeps_only_what_it_names(verb: str, filters: list[str], field: str, value: object, dragoman: Dragoman, reports: Ledger) -> None:
    found = rows(dragoman(verb, *filters, "--ledger", reports.path, "--format", "jsonl").out)
    assert found
    assert all(row[field] == value for row in found)


def test_since_and_until_are_days_months_or_years(dragoman: Dragoman, reports: Ledger) -> None:
    def events(*bounds: str) -> int:
        return len(rows(dragoman("events", *bounds, "--ledger", reports.path, "--format", "jsonl").out))

    every = events()
    assert events("--since", "2025", "--until", "2025") == every
    assert events("--since", "2025-04") + events("--until", "2025-03") >= every
    assert events("--since", "2026-01-01") == 0


def test_a_limit_cuts_the_answer(dragoman: Dragoman, reports: Ledger) -> None:
    assert len(rows(dragoman("events", "--limit", "1", "--ledger", reports.path, "--format", "jsonl").out)) == 1


def test_no_row_is_an_answer_too(dragoman: Dragoman, reports: Ledger) -> None:
    done = dragoman("events", "--actor", "FJI", "--ledger", reports.path, "--format", "jsonl")
    assert (done.status, done.out) == (0, "")


@pytest.mark.parametrize(
    "words",
    [["--format", "xml"], ["--since", "soon"], ["--until", "31/12/2025"], ["--since", "2025-07", "--until", "2024"], ["--actor", "Kenya"], ["--recipient", "UK"]],
    ids=" ".join,
)
def test_a_setting_that_makes_no_sense_is_a_coded_message(words: list[str], dragoman: Dragoman, reports: Ledger) -> None:
    done = dragoman("events", *words, "--ledger", reports.path)
    assert (done.status, done.out, done.codes) == (2, "", {"D200"})


@pytest.mark.parametrize("words", [["events"], ["events", "--zigzag", "1"], ["zigzag"], ["read"], ["events", "--limit", "many"], ["codebook", "zigzag"]], ids=" ".join)
def test_a_wrong_command_line_exits_with_2_and_says_how_it_goes(words: list[str], dragoman: Dragoman) -> None:
    done = dragoman(*words)
    assert (done.status, done.out) == (2, "")
    assert "Usage:" in done.err


@pytest.mark.parametrize("command", [["events"], ["sql", "SELECT 1"], ["why", "x"], ["show", "x"], ["recode"]], ids=lambda words: words[0])
def test_a_folder_without_a_ledger_is_a_coded_message_that_says_how_to_make_one(command: list[str], dragoman: Dragoman, tmp_path: Path) -> None:
    done = dragoman(*command, "--ledger", tmp_path)
    assert (done.status, done.out, done.codes) == (2, "", {"D301"})
    assert "dragoman read" in done.err


def test_sql_answers_in_every_format(dragoman: Dragoman, reports: Ledger) -> None:
    query = "SELECT type, count(*) AS rows FROM events GROUP BY type ORDER BY type"
    found = rows(dragoman("sql", query, "--ledger", reports.path, "--format", "jsonl").out)
    assert {"type": "ACCUSE", "rows": 1} in found
    assert dragoman("sql", query, "--ledger", reports.path, "--format", "csv").out.splitlines()[0] == "type,rows"
    assert "ACCUSE" in dragoman("sql", query, "--ledger", reports.path).out


@pytest.mark.parametrize(
    "query", ["", " ; ", "SELEC 1", "SELECT * FROM zigzag", "SELECT zigzag FROM events", "SELECT * FROM read_csv('/etc/hostname')", "COPY events TO 'out.csv'", "INSTALL httpfs"],
)
def test_sql_that_duckdb_refuses_is_a_coded_message(query: str, dragoman: Dragoman, reports: Ledger) -> None:
    done = dragoman("sql", query, "--ledger", reports.path)
    assert (done.status, done.out, done.codes) == (2, "", {"D400"})


def test_sql_does_not_change_the_ledger(dragoman: Dragoman, reports: Ledger) -> None:
    before = reports.sql("SELECT count(*) FROM events").rows
    dragoman("sql", "DELETE FROM events", "--ledger", reports.path)
    assert reports.sql("SELECT count(*) FROM events").rows == before


def test_why_gives_the_rule_and_the_characters_of_each_field(dragoman: Dragoman, reports: Ledger) -> None:
    event = reports.events(type="ACCUSE")[0]
    done = dragoman("why", event.id, "--ledger", reports.path)
    assert done.status == 0
    assert "Sudan accused Chad of arming rebels." in done.out
    assert "plover.ACCUSE." in done.out
    assert f"[{event.start}:{event.end}]" in done.out


def test_why_as_json_has_the_reasons_with_their_quotes(dragoman: Dragoman, reports: Ledger) -> None:
    found = json.loads(dragoman("why", reports.events(type="ACCUSE")[0].id, "--ledger", reports.path, "--format", "json").out)
    assert {reason["field"] for reason in found["reasons"] if reason["rule"]} >= {"type", "factuality"}


def test_why_says_what_would_change_the_row(dragoman: Dragoman, reports: Ledger) -> None:
    event = reports.events(type="ACCUSE")[0]
    text = dragoman("why", event.id, "--ledger", reports.path).out
    assert f"without “{event.surface}” [{event.start}:{event.end}]: no event" in text
    found = json.loads(dragoman("why", event.id, "--ledger", reports.path, "--format", "json").out)
    assert {change["cue"]["surface"] for change in found["changes"]} >= {event.surface}


def test_why_takes_the_beginning_of_an_id(dragoman: Dragoman, reports: Ledger) -> None:
    event = reports.events(type="ACCUSE")[0]
    assert dragoman("why", event.id[:12], "--ledger", reports.path).out == dragoman("why", event.id, "--ledger", reports.path).out


@pytest.mark.parametrize("verb", ["claims", "commitments", "figures"])
def test_why_explains_rows_of_other_tables(verb: str, dragoman: Dragoman, reports: Ledger) -> None:
    done = dragoman("why", getattr(reports, verb)()[0].id, "--ledger", reports.path)
    assert (done.status, done.out.split()[0]) == (0, verb)


@pytest.mark.parametrize("verb", ["why", "show"])
def test_an_unknown_id_is_a_coded_message(verb: str, dragoman: Dragoman, reports: Ledger) -> None:
    done = dragoman(verb, "zigzag", "--ledger", reports.path)
    assert (done.status, done.out, done.codes) == (2, "", {"D401"})


def test_an_id_that_is_none_is_a_coded_message(dragoman: Dragoman, reports: Ledger) -> None:
    assert dragoman("why", "", "--ledger", reports.path).codes <= {"D401", "D402"}
    assert dragoman("why", "", "--ledger", reports.path).status == 2


def test_show_gives_the_whole_text_with_numbers_and_the_rows_below(dragoman: Dragoman, reports: Ledger) -> None:
    done = dragoman("show", "strike", "--ledger", reports.path)
    assert done.status == 0
    assert "[1]" in done.out
    assert "ACCUSE" in done.out
    plain = " ".join(done.out.split())
    for number in range(1, 9):
        plain = plain.replace(f"[{number}]", "")
    assert "Sudan accused Chad of arming rebels. Chad did not attack Sudan, its foreign ministry said." in plain


def test_show_takes_the_beginning_of_an_id(dragoman: Dragoman, reports: Ledger) -> None:
    assert dragoman("show", "str", "--ledger", reports.path).status == 0


def test_show_of_a_beginning_that_several_ids_share_says_so(dragoman: Dragoman, tmp_path: Path) -> None:
    dragoman("read", "-", "--ledger", tmp_path / "ledger", stdin=jsonl(replace(STRIKE, id="story-1"), replace(STRIKE, id="story-2")))
    assert dragoman("show", "story", "--ledger", tmp_path / "ledger").codes == {"D402"}


def test_what_a_text_brings_along_does_not_steer_the_terminal(dragoman: Dragoman, tmp_path: Path) -> None:
    odd = replace(STRIKE, title="[/red] Sudan \x1b[31maccuses", text=STRIKE.text.replace("Sudan accused", "\x1b[2J[/b] Sudan accused"))
    dragoman("read", "-", "--ledger", tmp_path / "ledger", stdin=jsonl(odd))
    shown = dragoman("show", "strike", "--ledger", tmp_path / "ledger")
    assert shown.status == 0
    assert shown.out.startswith("[/red] Sudan \ufffd[31maccuses")
    assert "[/b] Sudan accused[1]" in shown.out
    assert "\x1b" not in shown.out + dragoman("events", "--ledger", tmp_path / "ledger").out


@pytest.mark.parametrize(
    ("verb", "words"), [("events", ["--type", "CONSLT"]), ("events", ["--factuality", "maybe"]), ("claims", ["--kind", "lie"]), ("commitments", ["--change", "x"])]
)
def test_a_name_of_no_vocabulary_is_a_coded_message(verb: str, words: list[str], dragoman: Dragoman, reports: Ledger) -> None:
    done = dragoman(verb, *words, "--ledger", reports.path)
    assert (done.status, done.out, done.codes) == (2, "", {"D200"})


def test_names_of_a_vocabulary_may_be_written_large_or_small(dragoman: Dragoman, reports: Ledger) -> None:
    found = rows(dragoman("events", "--type", "accuse", "--factuality", "ACTUAL", "--ledger", reports.path, "--format", "jsonl").out)
    assert [row["type"] for row in found] == ["ACCUSE"]


def test_sql_answers_what_json_has_no_form_for(dragoman: Dragoman, reports: Ledger) -> None:
    query = "SELECT 'nan'::DOUBLE AS n, TIME '10:00' AS t, 'ab'::BLOB AS b, 1.50::DECIMAL(9, 2) AS d, uuid() AS u, 1 AS a, 2 AS a"
    (row,) = rows(dragoman("sql", query, "--ledger", reports.path, "--format", "jsonl").out)
    assert {name: value for name, value in row.items() if name != "u"} == {"n": "nan", "t": "10:00:00", "b": "ab", "d": 1.5, "a": 1, "a_1": 2}


def test_a_table_has_no_blanks_at_the_end_of_a_line(dragoman: Dragoman, reports: Ledger) -> None:
    lines = dragoman("figures", "--ledger", reports.path).out.splitlines()
    assert [line for line in lines if line != line.rstrip()] == []
    assert any(" 3500000 " in line for line in lines)


def test_a_forecast_is_resolved_and_shown_with_what_shows_it(dragoman: Dragoman, tmp_path: Path) -> None:
    line = {"id": "outlook", "date": "2031-05-04", "text": "Analysts say the coalition in Oslo will probably collapse by July 2031."}
    assert dragoman("read", "-", "--ledger", tmp_path / "ledger", stdin=json.dumps(line)).status == 0
    asked = ("claims", "--kind", "forecast", "--ledger", tmp_path / "ledger")
    (row,) = rows(dragoman(*asked, "--format", "jsonl").out)
    assert (row["forecast_of"], row["forecast_by"], row["valid_to"], row["p_low"], row["resolution"]) == ("the coalition in Oslo", "July 2031", "2031-07-31", 0.55, "open")
    done = dragoman("resolve", str(row["id"]), "--ledger", tmp_path / "ledger", "--as", "false", "--by", "https://example.org/still-there")
    assert done.status == 0
    (row,) = rows(dragoman(*asked, "--resolution", "false", "--format", "jsonl").out)
    assert row["resolved_by"] == "https://example.org/still-there"
    assert "resolution" in dragoman(*asked).out.splitlines()[0]
    assert dragoman("resolve", str(row["id"]), "--ledger", tmp_path / "ledger", "--as", "perhaps", "--by", "a note").status == 2
