"""One process or several: the same readings in the same order."""

from __future__ import annotations

import pytest

from dragoman.reading import to_json
from dragoman.records import Article, Issue
from dragoman.run import local
from dragoman.run.local import Parsed, Plan, read_all
from factory import REPORTS


def as_json(parsed: Parsed) -> dict[str, object]:
    """At the top of the module, for it goes to the workers by name."""
    return to_json(parsed.result.reading(parsed.notes, "coder"))


@pytest.fixture
def many() -> list[Article]:
    return [Article(f"{article.id}-{number}", article.text, article.date) for number in range(7) for article in REPORTS]


def test_two_processes_give_the_readings_of_one_in_the_same_order(many: list[Article], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "_WORTH_A_POOL", 4)
    monkeypatch.setattr(local, "CHUNK", 2)
    alone = list(read_all(many, Plan(jobs=1), as_json))
    assert [reading["id"] for reading in alone if isinstance(reading, dict)] == [article.id for article in many]
    assert list(read_all(many, Plan(jobs=2), as_json)) == alone


def test_a_failing_article_is_an_issue_in_its_place_in_other_processes_too(many: list[Article], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "_WORTH_A_POOL", 4)
    monkeypatch.setattr(local, "CHUNK", 2)
    many[5] = Article("broken", 5 * "\ud800", 2025)  # type: ignore[arg-type]  # no day at all: the stages that resolve dates fail on it
    found = list(read_all(many, Plan(jobs=2), as_json))
    assert [number for number, reading in enumerate(found) if isinstance(reading, Issue)] == [5]
    assert len(found) == len(many)


def test_no_articles_give_no_readings() -> None:
    assert list(read_all([], Plan(jobs=2), as_json)) == []


def test_articles_are_taken_as_they_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "_WORTH_A_POOL", 2)
    taken = []

    def source() -> object:
        for article in REPORTS * 4:
            taken.append(article.id)
            yield article

    readings = read_all(source(), Plan(jobs=1), as_json)  # type: ignore[arg-type]
    next(iter(readings))
    assert len(taken) < len(REPORTS) * 4
