"""The codebook's own test: every example of every rule must fire that rule, and no near miss may.

Each sentence is read like any article: parsed, its actors found, coded, judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.annotate.english import DEFAULT_MODEL, annotate
from dragoman.code.events import Coder, code, load_coder
from dragoman.code.frames import Example, Frame
from dragoman.codebook import BUILT_IN, boilerplate
from dragoman.extract import actors, roster
from dragoman.judge.factuality import Judge, load_cues
from dragoman.records import Article, Event

# Examples are read as news of this day unless they carry a date: the leaders in them are those of that day.
EXAMPLE_DATE = "2025-06-01"


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
class Checked:
    """What a check saw: how many rules and sentences, and what is wrong."""

    rules: int
    examples: int
    near: int
    findings: tuple[Finding, ...]


def check(folder: Path = BUILT_IN, only: str | None = None, model: str = DEFAULT_MODEL) -> Checked:
    """Run all examples and near misses of a codebook folder.

    Args:
        folder: the codebooks.
        only: a PLOVER type or the beginning of a rule id; nothing for all.
        model: the spaCy pipeline to parse with.

    Raises:
        CodebookError: a codebook cannot even be loaded.
    """
    coder = load_coder(folder)
    frames = [frame for frame in coder.book.frames if not only or frame.type == only or frame.id.startswith(only)]
    cases = [(frame, example, True) for frame in frames for example in frame.examples] + [(frame, near, False) for frame in frames for near in frame.near]
    readings = _read([example for _, example, _ in cases], coder, folder, model)
    findings = tuple(finding for (frame, example, fires), events in zip(cases, readings, strict=True) for finding in _findings(frame, example, fires, events))
    return Checked(len(frames), sum(fires for *_, fires in cases), sum(not fires for *_, fires in cases), findings)


def _read(examples: Sequence[Example], coder: Coder, folder: Path, model: str) -> Iterator[list[tuple[Event, str]]]:
    """The events of each sentence with their factuality."""
    people, cues = roster.load(folder), load_cues(folder)
    articles = (Article(str(number), example.text, EXAMPLE_DATE) for number, example in enumerate(examples))
    for article, notes in annotate(articles, boilerplate(folder), model):
        events = code(article, notes, actors.read(article, notes, people), coder)
        judge = Judge(notes, cues)
        yield [(event, judge.factuality(event.head)[0] if event.factuality == "actual" else event.factuality) for event in events]


def _findings(frame: Frame, example: Example, fires: bool, events: list[tuple[Event, str]]) -> Iterator[Finding]:
    fired = [(event, value) for event, value in events if event.why[0].rule == frame.id]
    if fired and not fires:
        yield Finding(frame.file, example.line, frame.id, f"fires on a near miss at `{fired[0][0].trigger.surface}`", example.text)
    if fires and not fired:
        seen = ", ".join(f"{event.why[0].rule} at `{event.trigger.surface}`" for event, _ in events) or "no event"
        yield Finding(frame.file, example.line, frame.id, f"does not fire ({seen})", example.text)
    if fires and fired:
        yield from _wrong_fields(frame, example, fired)


def _wrong_fields(frame: Frame, example: Example, fired: list[tuple[Event, str]]) -> Iterator[Finding]:
    """Compare what the example says of its row with the closest row that the rule gave."""
    complaints = [list(_complaints(example, event, value)) for event, value in fired]
    for message in min(complaints, key=len):
        yield Finding(frame.file, example.line, frame.id, message, example.text)


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
