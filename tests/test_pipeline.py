"""Which stages run again, and which do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman import pipeline
from dragoman.annotate.columns import Annotations
from dragoman.annotate.english import annotate
from dragoman.codebook import boilerplate
from dragoman.records import Article
from factory import BORDER, DEADLINE, copied_codebooks, write_rule

ALL = tuple(stage.name for stage in pipeline.STAGES)


@pytest.fixture(scope="module")
def notes() -> dict[str, Annotations]:
    return {article.id: found for article, found in annotate([BORDER, DEADLINE], boilerplate())}


@pytest.fixture
def books(tmp_path: Path) -> Path:
    return copied_codebooks(tmp_path / "before")


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    return copied_codebooks(tmp_path / "after")


def run(article: Article, notes: dict[str, Annotations], books: Path, stored: dict[str, pipeline.Output] | None = None) -> pipeline.Pass:
    return pipeline.run(article, notes[article.id], pipeline.annotations_hash(article, "model"), stored, books)


def test_a_cold_run_runs_every_stage_in_order(notes: dict[str, Annotations], books: Path) -> None:
    assert run(BORDER, notes, books).ran == ALL


def test_the_same_again_runs_nothing_and_reads_the_same(notes: dict[str, Annotations], books: Path) -> None:
    first = run(BORDER, notes, books)
    again = run(BORDER, notes, books, dict(first.outputs))
    assert again.ran == ()
    assert again.reading(notes["border"], "coder") == first.reading(notes["border"], "coder")


def test_another_folder_with_the_same_codebooks_runs_nothing(notes: dict[str, Annotations], books: Path, edited: Path) -> None:
    assert run(BORDER, notes, edited, dict(run(BORDER, notes, books).outputs)).ran == ()


@pytest.mark.parametrize("change", [{"note": "in other words"}, {"example": "Somalia reopened Kenya on Monday."}], ids=["note", "example"])
def test_an_edited_note_or_example_runs_no_stage_after_the_coder(change: dict[str, str], notes: dict[str, Annotations], books: Path, edited: Path) -> None:
    write_rule(books, verb="reopen")
    write_rule(edited, verb="reopen", **change)
    assert set(run(BORDER, notes, edited, dict(run(BORDER, notes, books).outputs)).ran) <= {"code"}


def test_an_edited_rule_that_gives_the_same_events_runs_the_coder_alone(notes: dict[str, Annotations], books: Path, edited: Path) -> None:
    write_rule(books, verb="reopen")
    write_rule(edited, verb="reopen, zigzag")
    assert run(BORDER, notes, edited, dict(run(BORDER, notes, books).outputs)).ran == ("code",)


def test_an_edited_rule_whose_words_do_not_occur_runs_nothing(notes: dict[str, Annotations], books: Path, edited: Path) -> None:
    write_rule(edited, verb="zigzag, meander")
    assert run(BORDER, notes, edited, dict(run(BORDER, notes, books).outputs)).ran == ()


def test_a_rule_that_changes_a_type_runs_the_judge_only_where_events_moved(notes: dict[str, Annotations], books: Path, edited: Path) -> None:
    write_rule(edited, kind="PROTEST", verb="reopen")
    ran = {article.id: run(article, notes, edited, dict(run(article, notes, books).outputs)).ran for article in (BORDER, DEADLINE)}
    assert ran["border"][:2] == ("code", "judge")
    assert set(ran["deadline"]) <= {"code"}


def test_the_changed_type_is_in_the_reading(notes: dict[str, Annotations], books: Path, edited: Path) -> None:
    write_rule(edited, kind="PROTEST", verb="reopen")
    before, after = ({e.trigger.surface: e.type for e in run(BORDER, notes, folder).reading(notes["border"], "").events} for folder in (books, edited))
    assert before["reopened"] != after["reopened"] == "PROTEST"


@pytest.mark.parametrize(("file", "stages"), [("units.tsv", {"figures"}), ("commitments.yaml", {"commitments"}), ("factuality.yaml", {"judge", "commitments"}),
                                              ("times.yaml", {"timexes", "judge", "commitments", "figures"})])
def test_an_edited_file_runs_only_stages_that_read_it_or_what_they_gave(file: str, stages: set[str], notes: dict[str, Annotations], books: Path, edited: Path) -> None:
    lines = (edited / file).read_text(encoding="utf-8")
    (edited / file).write_text(lines + ("# a remark\n" if file.endswith("yaml") else "zigzag unit of ours\tzigzag\tnoun\t\n"), encoding="utf-8")
    ran = set(run(BORDER, notes, edited, dict(run(BORDER, notes, books).outputs)).ran)
    assert ran
    assert ran <= stages


def test_another_publication_day_is_another_parse() -> None:
    other = Article(BORDER.id, BORDER.text, "2025-03-05", outlet=BORDER.outlet)
    assert pipeline.annotations_hash(BORDER, "model") != pipeline.annotations_hash(other, "model")


def test_another_model_is_another_parse() -> None:
    assert pipeline.annotations_hash(BORDER, "model") != pipeline.annotations_hash(BORDER, "another")


def test_a_stage_needs_only_what_runs_before_it() -> None:
    assert all(set(stage.needs) <= {pipeline.LEARNT, *ALL[:number]} for number, stage in enumerate(pipeline.STAGES))


def test_stages_name_only_codebooks_that_exist() -> None:
    from dragoman.codebook import BUILT_IN

    assert [name for stage in pipeline.STAGES for name in stage.books if not (BUILT_IN / name).exists()] == []
