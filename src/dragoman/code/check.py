"""The codebook's own test: every example of every rule must fire that rule, and no near miss may.

Each sentence is read like any article: parsed, its actors found, coded, judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dragoman.annotate.english import DEFAULT_MODEL, annotate
from dragoman.code.events import Coder, load_coder, trace
from dragoman.code.frames import Example, Frame
from dragoman.code.sentences import NONE, Sentence, load_sentences
from dragoman.codebook import BUILT_IN, boilerplate
from dragoman.extract import actors, places, roster
from dragoman.judge.factuality import Judge, load_cues
from dragoman.records import Article, Event

# Examples are read as news of this day unless they carry a date: the leaders in them are those of that day.
EXAMPLE_DATE = "2025-06-01"
# Sentences that one process reads before it takes the next ones.
_STRETCH = 400


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence that the codebook does not read as its rule says."""

    file: Path
    line: int
    rule: str
    message: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.rule}: {self.message}: {self.text}"


@dataclass(frozen=True, slots=True)
class Row:
    """An event read from an example: with the rules of its type that fired there, and its factuality."""

    event: Event
    rules: set[str]
    factuality: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check saw: how many rules, examples and near misses in them, sentences beside them (`open`: not read right yet), and what is wrong."""

    rules: int
    examples: int
    near: int
    sentences: int
    open: int
    findings: tuple[Finding, ...]


def check(folder: Path = BUILT_IN, only: str | None = None, model: str = DEFAULT_MODEL, jobs: int = 1) -> Checked:
    """Run all examples and near misses of a codebook folder.

    Args:
        folder: the codebooks.
        only: a PLOVER type or the beginning of a rule id; nothing for all.
        model: the spaCy pipeline to parse with.
        jobs: processes that read the sentences.

    Raises:
        CodebookError: a codebook cannot even be loaded.
    """
    coder = load_coder(folder)
    frames = [frame for frame in coder.book.frames if not only or frame.type == only or frame.id.startswith(only)]
    cases = [(frame, example, True) for frame in frames for example in frame.examples] + [(frame, near, False) for frame in frames for near in frame.near]
    sentences = [s for s in load_sentences(folder) if not only or s.type == only]
    read = _read_by(jobs, [*(example for _, example, _ in cases), *(s.example for s in sentences)], folder, model)
    readings, beside = read[: len(cases)], read[len(cases) :]
    judged = [(sentence, list(_misread(sentence, rows))) for sentence, rows in zip(sentences, beside, strict=True)]
    findings = tuple(finding for (frame, example, fires), events in zip(cases, readings, strict=True) for finding in _findings(frame, example, fires, events))
    findings += tuple(finding for sentence, found in judged for finding in _of_sentence(sentence, found))
    return Checked(len(frames), sum(fires for *_, fires in cases), sum(not fires for *_, fires in cases), len(sentences), sum(s.open for s in sentences), findings)


def _read_by(jobs: int, examples: Sequence[Example], folder: Path, model: str) -> list[list[Row]]:
    """The events of each sentence, read by so many processes, a stretch of sentences at a time."""
    if jobs < 2 or len(examples) < _STRETCH:
        return _read(examples, folder, model)
    stretches = [examples[start : start + _STRETCH] for start in range(0, len(examples), _STRETCH)]
    with ProcessPoolExecutor(jobs) as pool:
        return [rows for found in pool.map(partial(_read, folder=folder, model=model), stretches) for rows in found]


def _read(examples: Sequence[Example], folder: Path, model: str) -> list[list[Row]]:
    """The events of each sentence with their factuality."""
    return list(_rows(examples, load_coder(folder), folder, model))


def _rows(examples: Sequence[Example], coder: Coder, folder: Path, model: str) -> Iterator[list[Row]]:
    people, cues, gazetteer = roster.load(folder), load_cues(folder), places.load_gazetteer(folder)
    articles = (Article(str(number), example.text, EXAMPLE_DATE) for number, example in enumerate(examples))
    for article, notes in annotate(articles, boilerplate(folder), model):
        toponyms = places.read(article, notes, gazetteer)
        events = trace(article, notes, actors.read(article, notes, people), toponyms, coder)
        judge = Judge(notes, cues)
        yield [Row(event, {event.why[0].rule, *also}, _factuality(judge, event)) for event, also in events]


def _factuality(judge: Judge, event: Event) -> str:
    fixed = any(why.field == "factuality" for why in event.why)
    return event.factuality if fixed else judge.factuality(event.head)[0]


def _findings(frame: Frame, example: Example, fires: bool, rows: list[Row]) -> Iterator[Finding]:
    won = [row for row in rows if row.event.why[0].rule == frame.id]
    fired = [row for row in rows if frame.id in row.rules]
    if won and not fires:
        yield Finding(frame.file, example.line, frame.id, f"fires on a near miss at `{won[0].event.trigger.surface}`", example.text)
    if fires and not fired:
        seen = ", ".join(f"{row.event.why[0].rule} at `{row.event.trigger.surface}`" for row in rows) or "no event"
        yield Finding(frame.file, example.line, frame.id, f"does not fire ({seen})", example.text)
    if fires and fired:
        complaints = [list(_complaints(example, row.event, row.factuality)) for row in fired]
        for message in min(complaints, key=len):
            yield Finding(frame.file, example.line, frame.id, message, example.text)


def _misread(sentence: Sentence, rows: list[Row]) -> Iterator[str]:
    """What is read otherwise than a sentence beside the rules says."""
    if sentence.type == NONE:
        if rows:
            yield f"read as {rows[0].event.type} by {rows[0].event.why[0].rule} at `{rows[0].event.trigger.surface}`"
        return
    fitting = [row for row in rows if row.event.type == sentence.type]
    if not fitting:
        yield f"no {sentence.type} read (" + (", ".join(f"{row.event.why[0].rule} at `{row.event.trigger.surface}`" for row in rows) or "no event") + ")"
        return
    yield from min(([*_complaints(sentence.example, row.event, row.factuality)] for row in fitting), key=len)


def _of_sentence(sentence: Sentence, found: list[str]) -> Iterator[Finding]:
    place = (sentence.file, sentence.example.line, sentence.type)
    if sentence.open and not found:
        yield Finding(*place, "marked open, but read right", sentence.example.text)
    if not sentence.open:
        yield from (Finding(*place, message, sentence.example.text) for message in found)


def _complaints(example: Example, event: Event, factuality: str) -> Iterator[str]:
    for side, wanted in (("actors", example.actors), ("recipients", example.recipients)):
        if wanted is not None:
            found = {who.country for who in getattr(event, side) if who.country}
            if found != wanted:
                yield f"{side} are {', '.join(sorted(found)) or 'nobody'}, not {', '.join(sorted(wanted)) or 'nobody'}"
    if example.factuality and factuality != example.factuality:
        yield f"factuality is {factuality}, not {example.factuality}"
    if example.mode and event.mode != example.mode:
        yield f"mode is {event.mode}, not {example.mode}"
