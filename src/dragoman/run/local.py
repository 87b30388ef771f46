"""Reads articles on this machine: parse, stages, readings, in the order of the input.

The only place that catches every error of an article: a defect in one text becomes an issue and the run goes on.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from dragoman import pipeline
from dragoman.annotate import english
from dragoman.annotate.columns import Annotations
from dragoman.codebook import BUILT_IN, boilerplate
from dragoman.errors import ArticleFailed, BadDate, SettingError, TooLong
from dragoman.extract.entry import NOTHING, Learnt
from dragoman.intake.jsonl import is_day
from dragoman.intake.text import LONGEST, mend
from dragoman.places import selection
from dragoman.records import Article, Issue, Reading, content_id
from dragoman.run.codebooks import load_codebooks

T = TypeVar("T")

# Articles a worker takes at a time: enough to outweigh the hand-over, few enough to keep both workers busy to the end.
CHUNK = 16
# Starting a second process costs about two seconds (it loads the model again), so short inputs stay in this one.
_WORTH_A_POOL = 40


@dataclass(frozen=True)
class Plan:
    """How to read: which pipeline, which codebooks, how many processes (0: as many as there are cores), what a ledger has learnt, which gazetteer."""

    model: str = english.DEFAULT_MODEL
    folder: Path = BUILT_IN
    jobs: int = 0
    learnt: Learnt = NOTHING
    gazetteer: Path | None = None


@dataclass(frozen=True)
class Parsed:
    """One article that went through all stages."""

    result: pipeline.Pass
    notes: Annotations


def annotate_text(
    text: str, published: str | None, *, title: str | None, outlet: str | None, url: str | None, model: str | None, codebook: str | Path | None
) -> Reading:
    """The reading of one text (see `dragoman.annotate`).

    Raises:
        BadDate, UnknownModel, CodebookError: as there.
    """
    if published is not None and not is_day(published):
        raise BadDate("published", value=published)
    text, _ = mend(text, "text")
    article = Article(content_id(text), text, published, title, outlet, url)
    plan = Plan(model or english.DEFAULT_MODEL, Path(codebook) if codebook else BUILT_IN)
    prepare(plan)
    ((_, notes),) = english.annotate([article], boilerplate(plan.folder), plan.model)
    return pipeline.run(article, notes, pipeline.annotations_hash(article, plan.model), folder=plan.folder).reading(notes, pipeline.coder_name(plan.folder))


def read_one(article: Article, plan: Plan) -> Parsed | Issue:
    """One article through all stages; a text that is too long, and a defect, become an issue."""
    if len(article.text) > LONGEST:
        refused = TooLong(article.id, length=len(article.text), longest=LONGEST)
        return Issue(article.id, "read", refused.code, str(refused.args[0]))
    stage = "annotate"
    try:
        ((_, notes),) = english.annotate([article], boilerplate(plan.folder), plan.model)
        stage = "read"
        result = pipeline.run(article, notes, pipeline.annotations_hash(article, plan.model), folder=plan.folder, learnt=plan.learnt)
    except Exception as error:  # the article boundary: one text never ends a run
        return failure(article, stage, error)
    return Parsed(result, notes)


def failure(article: Article, stage: str, error: Exception) -> Issue:
    """The issue that a defect in a stage becomes."""
    found = ArticleFailed(article.id, stage=stage, detail=f"{type(error).__name__}: {error}")
    return Issue(article.id, stage, found.code, str(found.args[0]))


def prepare(plan: Plan) -> None:
    """Load the model and all codebooks, so that a broken one stops the run before it begins (and forked workers have them).

    Raises:
        UnknownModel, CodebookError, BadGazetteer: nothing was done.
    """
    selection.use(plan.gazetteer)
    english.pipeline(plan.model)
    load_codebooks(plan.folder)


def read_all(articles: Iterable[Article], plan: Plan, finish: Callable[[Parsed], T]) -> Iterator[T | Issue]:
    """All articles in order; in several processes when there are many.

    Args:
        articles: what to read; taken lazily.
        plan: how.
        finish: what to make of each article, in the process that read it (a top-level function: it crosses to the workers).

    Raises:
        UnknownModel, CodebookError: before the first article is read.
        SettingError: a process was killed.
    """
    prepare(plan)
    source = iter(articles)
    head = list(islice(source, _WORTH_A_POOL))
    jobs = plan.jobs or os.cpu_count() or 1
    if jobs == 1 or len(head) < _WORTH_A_POOL:
        for article in chain(head, source):
            yield _finished(article, plan, finish)
        return
    yield from _pooled(chain(head, source), plan, jobs, finish)


def _pooled(articles: Iterator[Article], plan: Plan, jobs: int, finish: Callable[[Parsed], T]) -> Iterator[T | Issue]:
    """Chunks through a pool of processes, at most two for each worker under way, answered in order."""
    chunks = iter(lambda: list(islice(articles, CHUNK)), [])
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        pending = deque(pool.submit(_read_chunk, chunk, plan, finish) for chunk in islice(chunks, 2 * jobs))
        try:
            while pending:
                done = pending.popleft().result()
                pending.extend(pool.submit(_read_chunk, chunk, plan, finish) for chunk in islice(chunks, 1))
                yield from done
        except BrokenProcessPool as error:
            raise SettingError("--jobs", detail="the system ended a reading process (too little memory?). What is recorded stays; read the rest with fewer.") from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # a run that is stopped does not read on what it had handed out


def _read_chunk(articles: Sequence[Article], plan: Plan, finish: Callable[[Parsed], T]) -> list[T | Issue]:
    return [_finished(article, plan, finish) for article in articles]


def _finished(article: Article, plan: Plan, finish: Callable[[Parsed], T]) -> T | Issue:
    parsed = read_one(article, plan)
    return parsed if isinstance(parsed, Issue) else finish(parsed)
