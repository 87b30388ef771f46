"""Reading into a ledger, coding it again, comparing codebooks: on real tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman import Ledger, pipeline
from dragoman.errors import CodebookError, LedgerError
from dragoman.records import Article, Issue
from dragoman.run.archive import compare, read_into, recode
from dragoman.run.local import Plan
from factory import BORDER, DEADLINE, REPORTS, STRIKE, copied_codebooks, write_rule


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """Codebooks that call reopening a protest."""
    folder = copied_codebooks(tmp_path / "edited")
    write_rule(folder, kind="PROTEST", verb="reopen")
    return folder


def failing_on(broken: str) -> Callable[..., pipeline.Pass]:
    """The pipeline, with a defect that one article brings out."""
    sound = pipeline.run

    def run(article: Article, *rest: object, **more: object) -> pipeline.Pass:
        if article.id == broken:
            raise ZeroDivisionError("as in the story")
        return sound(article, *rest, **more)  # type: ignore[arg-type]

    return run


def types(ledger: Path, **filters: str) -> dict[str, str]:
    return {event.surface: event.type for event in Ledger(ledger).events(**filters)}


def test_reading_again_adds_nothing(ledger_copy: Path) -> None:
    before = Ledger(ledger_copy).history("events").num_rows
    summary = read_into(ledger_copy, REPORTS, Plan(jobs=1), "read")
    assert (summary.articles, summary.known, summary.added, summary.changed) == (0, len(REPORTS), 0, 0)
    assert Ledger(ledger_copy).history("events").num_rows == before


def test_an_article_twice_in_one_input_is_read_once(tmp_path: Path) -> None:
    summary = read_into(tmp_path / "ledger", [STRIKE, STRIKE], Plan(jobs=1), "read")
    assert (summary.articles, summary.known) == (1, 1)


def test_a_changed_text_adds_a_version_and_history_keeps_both(ledger_copy: Path) -> None:
    corrected = replace(STRIKE, text=STRIKE.text.replace("Chad of arming rebels", "Libya of arming rebels"))
    summary = read_into(ledger_copy, [corrected], Plan(jobs=1), "read")
    assert summary.articles == 1
    assert len(Ledger(ledger_copy).articles()) == len(REPORTS)
    assert "LBY" in {code for event in Ledger(ledger_copy).events(article="strike") for code in event.recipient_countries}
    assert set(Ledger(ledger_copy).history("articles").column("sha256").to_pylist()) >= {STRIKE.sha256, corrected.sha256}


def test_recoding_with_the_same_codebooks_runs_no_stage_and_writes_no_row(ledger_copy: Path) -> None:
    summary, moved = recode(ledger_copy, Plan())
    assert (summary.articles, summary.stages, summary.added, summary.changed, moved) == (len(REPORTS), {}, 0, 0, [])


def test_recoding_after_an_edit_reports_what_changed(ledger_copy: Path, edited: Path) -> None:
    summary, moved = recode(ledger_copy, Plan(folder=edited))
    assert summary.stages["code"] >= summary.stages["judge"] == 1
    assert {change.article for change in moved} == {"border"}
    assert any(change.event.type == "PROTEST" for change in moved)


def test_recoding_shows_the_new_coding_and_history_keeps_the_old(ledger_copy: Path, edited: Path) -> None:
    old = types(ledger_copy)["reopened"]
    recode(ledger_copy, Plan(folder=edited))
    assert types(ledger_copy)["reopened"] == "PROTEST"
    assert {old, "PROTEST"} <= {row["type"] for row in Ledger(ledger_copy).history("events").to_pylist() if not row["withdrawn"] and row["surface"] == "reopened"}


def test_recoding_twice_changes_nothing_the_second_time(ledger_copy: Path, edited: Path) -> None:
    recode(ledger_copy, Plan(folder=edited))
    summary, moved = recode(ledger_copy, Plan(folder=edited))
    assert (summary.stages, summary.added, moved) == ({}, 0, [])


def test_the_ledger_as_of_before_the_recoding_is_what_it_was(ledger_copy: Path, edited: Path) -> None:
    store = Ledger(ledger_copy)
    before = store.events()
    moment = max(event.recorded_at for event in before)
    recode(ledger_copy, Plan(folder=edited))
    assert Ledger(ledger_copy).events(when=moment) == before


def test_compare_reports_what_recode_would_and_writes_nothing(ledger_copy: Path, edited: Path) -> None:
    from dragoman.codebook import BUILT_IN

    before = Ledger(ledger_copy).history("events").num_rows
    foreseen = [str(change) for change in compare(ledger_copy, BUILT_IN, edited)]
    assert Ledger(ledger_copy).history("events").num_rows == before
    assert foreseen == [str(change) for change in recode(ledger_copy, Plan(folder=edited))[1]]


def test_every_run_is_recorded_with_its_coder_and_its_end(ledger_copy: Path, edited: Path) -> None:
    recode(ledger_copy, Plan(folder=edited))
    runs = Ledger(ledger_copy).sql("SELECT command, status, coder FROM runs ORDER BY started_at").rows
    assert [(command, status) for command, status, _ in runs] == [("read", "done"), ("recode", "done")]
    assert runs[0][2] != runs[1][2]


def test_an_issue_of_the_intake_becomes_a_row_and_counts_once(tmp_path: Path) -> None:
    broken = Issue("page.html", "intake", "D008", "page.html: no article text found in the page.")
    for _ in range(2):
        summary = read_into(tmp_path / "ledger", [broken, DEADLINE], Plan(jobs=1), "read")
        assert summary.issues == [broken]
    assert Ledger(tmp_path / "ledger").issues() == [broken]


def test_an_article_that_makes_a_stage_fail_becomes_an_issue_and_the_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "run", failing_on("deadline"))
    summary = read_into(tmp_path / "ledger", REPORTS, Plan(jobs=1), "read")
    assert summary.articles == len(REPORTS) - 1
    (issue,) = Ledger(tmp_path / "ledger").issues()
    assert (issue.article, issue.code) == ("deadline", "D011")
    assert "ZeroDivisionError: as in the story" in issue.message
    assert {article.id for article in Ledger(tmp_path / "ledger").articles()} == {"border", "strike"}


def test_an_article_that_failed_is_read_when_it_comes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(pipeline, "run", failing_on("border"))
        read_into(tmp_path / "ledger", [BORDER], Plan(jobs=1), "read")
    summary = read_into(tmp_path / "ledger", [BORDER], Plan(jobs=1), "read")
    assert (summary.articles, summary.issues) == (1, [])


def test_an_article_that_fails_when_coded_again_keeps_its_coding_and_becomes_an_issue(ledger_copy: Path, edited: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.run import archive

    sound, before = archive._again, types(ledger_copy, article="strike")

    def fails_on_one(stored: object, plan: Plan) -> object:
        if stored.article.id == "strike":  # type: ignore[attr-defined]
            raise ZeroDivisionError
        return sound(stored, plan)  # type: ignore[arg-type]

    monkeypatch.setattr(archive, "_again", fails_on_one)
    summary, moved = recode(ledger_copy, Plan(folder=edited))
    assert [issue.code for issue in summary.issues] == ["D011"]
    assert {change.article for change in moved} == {"border"}
    assert types(ledger_copy, article="strike") == before


def test_a_broken_codebook_stops_a_reading_before_a_ledger_is_made(tmp_path: Path) -> None:
    broken = copied_codebooks(tmp_path / "broken")
    write_rule(broken, kind="ZIGZAG")
    with pytest.raises(CodebookError, match=r"zz-own\.yaml:1"):
        read_into(tmp_path / "ledger", [BORDER], Plan(folder=broken, jobs=1), "read")
    assert not (tmp_path / "ledger").exists()


def test_a_run_that_is_stopped_is_recorded_so_and_reading_again_completes_it(tmp_path: Path) -> None:
    def stopped() -> Iterator[Article]:
        yield BORDER
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_into(tmp_path / "ledger", stopped(), Plan(jobs=1), "read")
    read_into(tmp_path / "ledger", REPORTS, Plan(jobs=1), "read")
    ledger = Ledger(tmp_path / "ledger")
    assert sorted(ledger.sql("SELECT status FROM runs").rows) == [("done",), ("failed",)]
    assert len(ledger.articles()) == ledger.history("articles").num_rows == len(REPORTS)


@pytest.mark.parametrize("name", ["with a blank", "Übersicht 文", "a#b?c", "50%"])
def test_a_ledger_may_lie_under_any_name(name: str, tmp_path: Path) -> None:
    read_into(tmp_path / name, [BORDER], Plan(jobs=1), "read")
    assert read_into(tmp_path / name, [BORDER], Plan(jobs=1), "read").known == 1
    assert Ledger(tmp_path / name).events()


def test_a_folder_whose_name_is_an_escape_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="another folder"):
        Ledger.create(tmp_path / "a%20b")
    assert not (tmp_path / "a%20b").exists()
