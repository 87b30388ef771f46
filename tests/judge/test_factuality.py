"""Whether an event happened, word by word: a table of sentences by construction, each with its event in brackets (`factuality_cases.tsv`)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from dragoman.annotate.columns import Annotations
from dragoman.annotate.english import annotate
from dragoman.codebook import boilerplate, read_tsv
from dragoman.judge.factuality import Judge, load_cues
from dragoman.records import Article


class Case(NamedTuple):
    """A sentence, where its event stands, and what is to be read of it."""

    kind: str
    value: str
    text: str
    start: int

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


def _cases() -> list[Case]:
    rows = (row for _, row in read_tsv(Path(__file__).with_name("factuality_cases.tsv"), ("kind", "value", "sentence")))
    return [Case(row["kind"], row["value"], re.sub(r"[\[\]]", "", row["sentence"]), row["sentence"].index("[")) for row in rows]


CASES = _cases()


@pytest.fixture(scope="session")
def parsed() -> dict[str, Annotations]:
    """The annotations of all sentences, parsed in one go."""
    articles = [Article(text, text) for text in sorted({case.text for case in CASES})]
    return {article.text: notes for article, notes in annotate(articles, boilerplate())}


def _judged(case: Case, parsed: dict[str, Annotations]) -> str:
    notes = parsed[case.text]
    return Judge(notes, load_cues()).factuality(notes.start.index(case.start))[0]


@pytest.mark.parametrize("kind", sorted({case.kind for case in CASES}))
def test_the_words_around_an_event_say_whether_it_happened(kind: str, parsed: dict[str, Annotations]) -> None:
    misread = {case.text: f"{found}, not {case.value}" for case in CASES if case.kind == kind and (found := _judged(case, parsed)) != case.value}
    assert not misread


def test_the_evidence_points_at_the_word_that_decides(parsed: dict[str, Annotations]) -> None:
    notes = parsed["Uganda urged Kenya to attack Somalia."]
    _, why = Judge(notes, load_cues()).factuality(notes.word.index("attack"))
    assert (why.rule, notes.text[why.start : why.end]) == ("factuality.complement.urge", "urged")
