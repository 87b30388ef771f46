"""A minister changes: what short reports, read in order through the command line into a real ledger, teach the reader."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import dragoman as api
from dragoman import Ledger
from dragoman.codebook import BUILT_IN
from dragoman.records import Article
from factory import jsonl
from outcome import Dragoman

LINDVIK = (
    Article("l1", "Norwegian Foreign Minister Tora Lindvik met her Swedish counterpart in Stockholm on Tuesday. They spoke about cables in the Baltic Sea.",
            "2026-03-03", None, "Fjord Courier"),
    Article("l2", "Tora Lindvik, the Norwegian foreign minister, accused Russia on Monday of jamming signals near Kirkenes.", "2026-03-09", None, "Harbour Times"),
    Article("l3", "Norway's foreign minister, Tora Lindvik, rejected the Russian complaint on Sunday and called it baseless.", "2026-03-15", None, "Fjord Courier"),
)  # fmt: skip
BARE = Article("b1", "Tora Lindvik criticised China on Thursday. The Norwegian foreign minister urged Beijing to act.", "2026-04-02", None, "Northgate Dispatch")
COPY = Article("c1", LINDVIK[0].text, "2026-03-04", None, "Meridian Wire")
BERGE = (
    Article("n1", "Jon Berge was appointed foreign minister of Norway on Friday.", "2026-05-08", None, "Harbour Times"),
    Article("n2", "Norwegian Foreign Minister Jon Berge visited Kyiv on Tuesday and promised more ammunition.", "2026-05-12", None, "Fjord Courier"),
    Article("n3", "Former Norwegian foreign minister Tora Lindvik joined a bank. Norway's foreign minister, Jon Berge, thanked her.", "2026-05-20", None, "Meridian Wire"),
    Article("n4", "Germany's foreign minister met Jon Berge, the Norwegian foreign minister, in Berlin on Monday.", "2026-06-01", None, "Northgate Dispatch"),
)  # fmt: skip
AFTER = Article("a1", "Jon Berge condemned the attack on Sunday. Tora Lindvik praised him. The Norwegian foreign minister will visit Kenya.", "2026-06-14", None, "Fjord Courier")


@pytest.fixture
def read(dragoman: Dragoman, tmp_path: Path):
    """Reads articles into one ledger and gives the mentions of one of them."""

    def run(*articles: Article) -> Path:
        done = dragoman("read", "-", "--ledger", tmp_path / "ledger", "--jobs", "1", stdin=jsonl(*articles))
        assert done.status == 0, done.err
        return tmp_path / "ledger"

    return run


def mentions(ledger: Path, article: str) -> dict[str, tuple[str | None, str | None, str | None, str | None, str]]:
    rows = Ledger(ledger).sql(f"SELECT surface, name, country, sector, how, rule FROM mentions WHERE article = '{article}'").rows  # noqa: S608 (ids of ours)
    return {surface: tuple(rest) for surface, *rest in rows}  # type: ignore[misc]


def roster(dragoman: Dragoman, ledger: Path, verb: str = "observed") -> dict[str, dict[str, object]]:
    done = dragoman("roster", verb, "--ledger", ledger, "--format", "jsonl")
    return {row["name"]: row for row in map(json.loads, done.out.splitlines())}


def test_reports_that_agree_are_used_from_the_next_run_on(read, dragoman: Dragoman) -> None:
    ledger = read(*LINDVIK[:2], COPY)
    assert roster(dragoman, ledger)["Tora Lindvik"]["status"] == "observed"  # two texts of their own, one of them copied
    assert roster(dragoman, ledger, "promoted") == {}
    read(LINDVIK[2])
    entry = roster(dragoman, ledger, "promoted")["Tora Lindvik"]
    assert (entry["country"], entry["office"], entry["since"], entry["outlets"], entry["articles"]) == ("NOR", "foreign minister", "2026-03-03", 2, 3)
    read(BARE)
    found = mentions(ledger, "b1")
    assert found["Tora Lindvik"] == ("Tora Lindvik", "NOR", "GOV", "dated", f"actors.learnt:{entry['id']}")
    assert found["The Norwegian foreign minister"][0] == "Tora Lindvik"


def test_without_the_ledger_nobody_is_named(dragoman: Dragoman) -> None:
    done = dragoman("annotate", stdin=jsonl(BARE))
    (reading,) = map(json.loads, done.out.splitlines())
    found = {m["surface"]: (m["name"], m["country"], m["how"]) for m in reading["mentions"]}
    assert found["The Norwegian foreign minister"] == ("Norwegian foreign minister", "NOR", "description")


def test_a_change_of_office_is_learnt_and_the_past_stays(read, dragoman: Dragoman) -> None:
    ledger = read(*LINDVIK)
    read(*BERGE)
    both = roster(dragoman, ledger, "promoted")
    assert (both["Tora Lindvik"]["until"], both["Jon Berge"]["since"], both["Jon Berge"]["until"]) == ("2026-05-08", "2026-05-08", None)
    read(AFTER)
    found = mentions(ledger, "a1")
    assert (found["Jon Berge"][1:4], found["Tora Lindvik"][1:4]) == (("NOR", "GOV", "dated"), ("NOR", "ELI", "dated"))
    assert found["The Norwegian foreign minister"][0] == "Jon Berge"
    for day, name in (("2026-04-01", "Tora Lindvik"), ("2026-05-07", "Tora Lindvik"), ("2026-05-08", "Jon Berge"), ("2026-08-01", "Jon Berge")):
        done = dragoman("who", "Norway's foreign minister", "--on", day, "--ledger", ledger)
        assert (done.status, done.out.split("  ")[0]) == (0, name)
    done = dragoman("who", "Norway's foreign minister", "--on", "2027-08-01", "--ledger", ledger)
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("outside: ")
    assert dragoman("who", "Norway's foreign minister", "--on", "2024-08-01", "--ledger", ledger).out.startswith("Espen Barth Eide  ")


def test_recoding_uses_what_was_learnt_and_then_rests(read, dragoman: Dragoman) -> None:
    ledger = read(BARE, *LINDVIK)
    assert mentions(ledger, "b1")["Tora Lindvik"][3] != "dated"
    first, second = (dragoman("recode", "--ledger", ledger).err for _ in range(2))
    assert "mentions 4" in first
    assert "stages that ran: none" in second
    assert mentions(ledger, "b1")["Tora Lindvik"][3] == "dated"
    assert len(Ledger(ledger).history("mentions")) > len(Ledger(ledger).latest("mentions"))


def test_decisions_are_rows_and_the_latest_counts(read, dragoman: Dragoman) -> None:
    ledger = read(LINDVIK[0])
    key = str(roster(dragoman, ledger)["Tora Lindvik"]["id"])
    assert dragoman("roster", "accept", key[:8], "--ledger", ledger, "--reason", "the ministry's page").status == 0
    assert roster(dragoman, ledger, "promoted")["Tora Lindvik"]["status"] == "accepted"
    assert api.who("the Norwegian foreign minister", "2026-03-20", ledger=ledger).holders[0].name == "Tora Lindvik"
    assert dragoman("roster", "reject", key, "--ledger", ledger).status == 0
    assert roster(dragoman, ledger)["Tora Lindvik"]["status"] == "rejected"
    assert api.who("the Norwegian foreign minister", "2026-03-20", ledger=ledger).holders == ()
    assert [row["verdict"] for row in Ledger(ledger).history("decisions").sort_by("recorded_at").to_pylist()] == ["accept", "reject"]


def test_an_unknown_candidate_is_refused(read, dragoman: Dragoman) -> None:
    done = dragoman("roster", "accept", "ffff", "--ledger", read(LINDVIK[0]))
    assert (done.status, done.codes) == (2, {"D401"})


def test_what_the_tables_contradict_is_a_conflict(read, dragoman: Dragoman) -> None:
    early = [Article(f"x{n}", text.text, f"2024-03-0{n}", None, text.outlet) for n, text in enumerate(LINDVIK, 1)]
    ledger = read(*early)
    assert roster(dragoman, ledger, "promoted") == {}
    assert "Espen Barth Eide" in str(roster(dragoman, ledger, "conflicts")["Tora Lindvik"]["note"])


def test_an_export_is_a_table_that_loads(read, dragoman: Dragoman, tmp_path: Path) -> None:
    done = dragoman("roster", "export", "--ledger", read(*LINDVIK))
    header, row = done.out.splitlines()
    folder = Path(shutil.copytree(BUILT_IN, tmp_path / "books"))
    table = folder / "actors" / "offices.tsv"
    assert table.read_text(encoding="utf-8").startswith(header)
    table.write_text(table.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    assert api.who("the Norwegian foreign minister", "2026-04-01", codebook=folder).holders[0].name == "Tora Lindvik"
    assert api.who("the Norwegian foreign minister", "2027-04-01", codebook=folder).holders == ()


def test_a_ledger_of_an_earlier_version_is_read_and_completed(reports: Ledger, dragoman: Dragoman, tmp_path: Path) -> None:
    ledger = Path(shutil.copytree(reports.path, tmp_path / "old"))
    for name in ("observations", "decisions"):
        shutil.rmtree(ledger / name)
    assert roster(dragoman, ledger) == {}
    assert dragoman("sql", "SELECT count(*) FROM observations", "--ledger", ledger).status == 0
    assert dragoman("read", "-", "--ledger", ledger, "--jobs", "1", stdin=jsonl(*LINDVIK)).status == 0
    assert "Tora Lindvik" in roster(dragoman, ledger, "promoted")
