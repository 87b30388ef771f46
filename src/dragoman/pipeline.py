"""The reader: pure stages over frozen records, each with a key.

The key of a stage's output is a hash of its name, its version, the fingerprint of the codebooks that it reads and the hashes of its
inputs. A stored output whose key still holds is used as it is; a stage that runs again and gives the same output stops the re-run
there (early cut-off), because what depends on it sees an unchanged hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from dragoman import __version__
from dragoman.annotate.columns import Annotations
from dragoman.code import events
from dragoman.codebook import BUILT_IN, boilerplate, fingerprint
from dragoman.extract import actors, attribution, figures, observations, places, roster, times
from dragoman.extract.attribution_book import load_attribution
from dragoman.extract.entry import NOTHING, Learnt
from dragoman.judge import commitments, factuality, intentions, verdict
from dragoman.places import selection
from dragoman.records import Article, Claim, Commitment, Event, Evidence, Figure, Mention, Observation, Reading, Timex, Toponym

_ENCODER = msgspec.json.Encoder()
LEARNT = "learnt"
"""The input beside the text and the codebooks: what the ledger has learnt about who holds which office."""
Inputs = Mapping[str, Any]


def _judged(article: Article, notes: Annotations, had: Inputs, folder: Path) -> tuple[Event, ...]:
    events = verdict.judge(article, notes, had["mentions"], had["code"], had["claims"], had["timexes"], had["toponyms"], factuality.load_cues(folder), folder)
    return intentions.announced(article, notes, events, had["claims"], had["mentions"], intentions.load_intentions(folder))


@dataclass(frozen=True)
class Stage:
    """One step: what it is called, which outputs it needs, which files of the codebook folder it reads, what type it gives.

    `relevant` narrows down what it reads of a large codebook to what concerns one article.
    """

    name: str
    version: str
    needs: tuple[str, ...]
    books: tuple[str, ...]
    gives: Any
    run: Callable[[Article, Annotations, Inputs, Path], Any]
    relevant: Callable[[Annotations, Path], str] = lambda notes, folder: ""

    def reads(self, notes: Annotations, folder: Path) -> str:
        """Fingerprint of what the stage reads of the codebooks for one article."""
        return book_fingerprint(folder, self.books) + self.relevant(notes, folder)


STAGES: tuple[Stage, ...] = (
    Stage("mentions", actors.VERSION, (LEARNT,), ("actors",), tuple[Mention, ...],
          lambda a, n, had, book: actors.read(a, n, roster.load(book, had[LEARNT]))),
    Stage("observations", observations.VERSION, ("mentions",), ("actors",), tuple[Observation, ...],
          lambda a, n, had, book: observations.read(a, n, had["mentions"], roster.load(book))),
    Stage("timexes", times.VERSION, (), ("times.yaml", "numbers.yaml"), tuple[Timex, ...], lambda a, n, _, book: times.read(a, n, book)),
    Stage("toponyms", places.VERSION, (), ("actors", "places"), tuple[Toponym, ...], lambda a, n, _, book: places.read(a, n, places.load_gazetteer(book)),
          lambda _, book: places.load_gazetteer(book).origin.hash),
    Stage("claims", attribution.VERSION, ("mentions", "timexes"), ("attribution.yaml", "hedges.tsv"), tuple[Claim, ...],
          lambda a, n, had, book: attribution.read(a, n, had["mentions"], load_attribution(book), had["timexes"])),
    Stage("figures", figures.VERSION, ("mentions", "timexes", "claims"), ("figures.yaml", "numbers.yaml", "units.tsv"), tuple[Figure, ...],
          lambda a, n, had, book: verdict.voiced(n, figures.read(a, n, had["timexes"], book), had["claims"], had["mentions"])),
    Stage("code", events.VERSION, ("mentions", "toponyms"), ("confidence.yaml", "contexts.yaml", "domains.yaml", "grammar.yaml", "speech_acts.yaml", "tables"), tuple[Event, ...],
          lambda a, n, had, book: events.code(a, n, had["mentions"], had["toponyms"], events.load_coder(book)),
          lambda n, book: events.relevant(n, events.load_coder(book))),
    Stage("judge", factuality.VERSION + verdict.VERSION, ("mentions", "code", "claims", "timexes", "toponyms"),
          ("factuality.yaml", "intentions.yaml", "times.yaml", "places/governing.yaml"), tuple[Event, ...],
          _judged),
    Stage("commitments", commitments.VERSION, ("mentions", "timexes", "judge"), ("commitments.yaml", "factuality.yaml", "grammar.yaml"), tuple[Commitment, ...],
          lambda a, n, had, book: commitments.read(a, n, had["mentions"], had["timexes"], had["judge"], commitments.load_commitments(book))),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Output:
    """What a stage gave: the key it was made under, the hash of the payload, and the payload (JSON)."""

    key: str
    hash: str
    payload: bytes


@dataclass
class _Cell:
    """An output whose value is decoded when somebody needs it."""

    output: Output
    type: Any
    value: Any = None
    decoded: bool = False

    def get(self) -> Any:
        if not self.decoded:
            self.value, self.decoded = _decoder(self.type).decode(self.output.payload), True
        return self.value


@lru_cache(maxsize=32)
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


@dataclass(frozen=True)
class Pass:
    """One article after a run: its reading (None when nothing ran and none was asked for), all outputs, and the stages that ran."""

    article: Article
    outputs: Mapping[str, Output]
    ran: tuple[str, ...]
    cells: Mapping[str, _Cell] = field(repr=False)
    folder: Path = BUILT_IN

    def reading(self, notes: Annotations, coder: str) -> Reading:
        """The reading, assembled from the outputs."""
        got = {name: cell.get() for name, cell in self.cells.items()}
        return Reading(
            self.article, coder, notes.topics, events=got["judge"], claims=got["claims"], commitments=got["commitments"], figures=got["figures"],
            timexes=got["timexes"], toponyms=got["toponyms"], mentions=got["mentions"], observations=got["observations"],
            gazetteer=str(selection.store().origin), furniture=furniture(notes, self.folder),
        )  # fmt: skip


def furniture(notes: Annotations, folder: Path) -> tuple[Evidence, ...]:
    """The lines that were not parsed, with the rule that says why."""
    book = boilerplate(folder)
    return tuple(Evidence("furniture", book.rule(notes.text[start:end]) or "boilerplate", start, end) for start, end in notes.skipped)


@lru_cache(maxsize=64)
def book_fingerprint(folder: Path, names: tuple[str, ...]) -> str:
    """Fingerprint of some files or folders of a codebook folder; those that are not there do not count."""
    return fingerprint(*(folder / name for name in names if (folder / name).exists()))


def coder_name(folder: Path = BUILT_IN) -> str:
    """`dragoman/<version>+<fingerprint of all codebooks>`: what made a reading."""
    return f"dragoman/{__version__}+{book_fingerprint(folder, ('.',))}"


def _digest(*parts: str | bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() if isinstance(part, str) else part)
        digest.update(b"\x1f")
    return digest.hexdigest()[:20]


def annotations_hash(article: Article, model: str) -> str:
    """Stands for the parse: the text, the publication date and the pipeline that parsed it."""
    return _digest(article.sha256, article.date or "", article.outlet or "", model)


def run(
    article: Article, notes: Annotations, parse: str, stored: Mapping[str, Output] | None = None, folder: Path = BUILT_IN, learnt: Learnt = NOTHING
) -> Pass:
    """Bring every stage of one article up to date.

    Args:
        article: the text.
        notes: its annotations.
        parse: the hash that stands for them (`annotations_hash`).
        stored: outputs of an earlier run by stage name.
        folder: the codebooks.
        learnt: what a ledger adds to the tables of actors; it counts as an input of the stages that need it.
    """
    known = _Cell(Output("", learnt.fingerprint, b""), Learnt, learnt, decoded=True)
    cells: dict[str, _Cell] = {LEARNT: known}
    ran = []
    for stage in STAGES:
        key = _digest(stage.name, stage.version, __version__, stage.reads(notes, folder), parse, *(cells[name].output.hash for name in stage.needs))
        old = stored.get(stage.name) if stored else None
        if old is not None and old.key == key:
            cells[stage.name] = _Cell(old, stage.gives)
            continue
        value = stage.run(article, notes, {name: cells[name].get() for name in stage.needs}, folder)
        payload = _ENCODER.encode(value)
        cells[stage.name] = _Cell(Output(key, _digest(payload), payload), stage.gives, value, decoded=True)
        ran.append(stage.name)
    del cells[LEARNT]
    return Pass(article, {name: cell.output for name, cell in cells.items()}, tuple(ran), cells, folder)
