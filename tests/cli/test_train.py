"""`dragoman train`: what it writes and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.learn import calibrate, train
from dragoman.learn.calibrate import Point
from dragoman.learn.corpus import Case
from dragoman.learn.softmax import Softmax
from dragoman.learn.train import Made, fitted
from dragoman.records import Article
from factory import BORDER, copied_codebooks, jsonl
from outcome import Dragoman

POINTS = [Point(f"a{n % 9}", (n % 5) - 2.0, (), n % 5 > 1) for n in range(90)]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the weights go; the sentences are few, so nothing large is parsed."""
    path = tmp_path / "opinion.npz"
    cases = [Case(("met",), "CONSULT", "a"), Case(("bombed",), "ASSAULT", "b")]
    monkeypatch.setattr(train, "learn", lambda folder, seed: (fitted(cases, seed, 64), Made(2, 2, "0" * 64, seed, "some_model", 1.0)))
    monkeypatch.setattr(train, "save", lambda judge, made, save=train.save: save(judge, made, path))
    return path


def test_without_a_corpus_only_the_second_opinion_is_written(written: Path, dragoman: Dragoman, tmp_path: Path) -> None:
    books = copied_codebooks(tmp_path / "books")
    before = (books / "confidence.yaml").read_bytes()
    done = dragoman("train", "--codebook", books)
    assert done.status == 0
    assert "2 predicates of 2 sentences" in done.out
    assert "--corpus" in done.err
    assert Softmax.load(written).classes == ("ASSAULT", "CONSULT")
    assert (books / "confidence.yaml").read_bytes() == before


def test_with_the_judged_reports_confidence_is_fitted_too(written: Path, dragoman: Dragoman, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrate, "reports", lambda corpus: [Article("a", "text")])
    monkeypatch.setattr(calibrate, "points", lambda known, judge, folder: POINTS)
    books, corpus = copied_codebooks(tmp_path / "books"), tmp_path / "corpus.jsonl"
    corpus.write_text("", encoding="utf-8")
    done = dragoman("train", "--corpus", corpus, "--codebook", books)
    assert (done.status, "90 judged rows" in done.out) == (0, True)
    assert "90 rows of 9 reports" in (books / "confidence.yaml").read_text(encoding="utf-8")
    assert written.exists()


def test_a_corpus_without_the_judged_reports_is_refused_and_nothing_written(written: Path, dragoman: Dragoman, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(jsonl(BORDER), encoding="utf-8")
    done = dragoman("train", "--corpus", corpus, "--codebook", copied_codebooks(tmp_path / "books"))
    assert (done.status, "none of the judged reports" in done.err) == (2, True)
    assert not written.exists()
