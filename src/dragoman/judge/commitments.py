"""Deadlines, ultimatums, promises and scheduled acts: who is bound, by whom, to what, by when, and what the text says changed.

Read are deadline nouns (*gave Iran a deadline of May 3 to withdraw*, *extended the deadline from Friday to Monday*), time given (*gave Iran
until Friday, 50 days, to agree*), acts put off or brought forward, threats with a day (*if X does not ... by Friday*), planned and demanded
acts with a day after publication, and promises without a day. The words are data (`codebooks/commitments.yaml`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dragoman.annotate.columns import Annotations
from dragoman.code.cast import Cast
from dragoman.code.clauses import Clauses, load_grammar
from dragoman.codebook import BUILT_IN, read_yaml
from dragoman.judge import commitment_acts as acts
from dragoman.judge import commitment_deadlines as days
from dragoman.judge.commitment_page import Page
from dragoman.judge.factuality import Judge, load_cues
from dragoman.records import Article, Commitment, Event, Mention, Timex

VERSION = "2"


@dataclass(frozen=True)
class CommitmentBook:
    """The words of commitments, and the folder with the grammar and factuality cues that their reading needs."""

    words: dict[str, frozenset[str]]
    folder: Path


@lru_cache(maxsize=4)
def load_commitments(folder: Path = BUILT_IN) -> CommitmentBook:
    """The commitment words of a codebook folder."""
    data = read_yaml(folder / "commitments.yaml")
    return CommitmentBook({name: frozenset(map(str, words)) for name, words in data.items() if isinstance(words, list)}, folder)


def read(
    article: Article, notes: Annotations, mentions: Sequence[Mention], timexes: Sequence[Timex], events: Sequence[Event], book: CommitmentBook
) -> tuple[Commitment, ...]:
    """All commitments in text order, one for each act, day and holder."""
    clauses = Clauses(notes, load_grammar(book.folder))
    judge = Judge(notes, load_cues(book.folder))
    page = Page(article, notes, clauses, Cast.of(clauses, mentions), judge, tuple(timexes), tuple(events), book.words)
    first = [*days.deadlines(page), *days.given(page)]
    found = [*first, *days.moved(page, first), *days.cancelled(page), *days.ultimatums(page), *acts.scheduled(page), *acts.promises(page)]
    kept: list[Commitment] = []
    for item in found:
        if not any(_same(item, other) for other in kept):
            kept.append(item)
    return tuple(sorted(kept, key=lambda item: item.action.start))


def _same(item: Commitment, other: Commitment) -> bool:
    """One day is due once for each holder, and not what was due before it moved; one act is promised once, and not again without its day."""
    if item.due and item.due == other.from_due and item.action.overlaps(other.action):
        return True
    if item.due_text and other.due_text:
        return item.due_text == other.due_text and (item.holder == other.holder or item.why != other.why)
    return item.action.overlaps(other.action) and (item.holder == other.holder or item.holder is None)
