"""Predicates with the type that a reader gives them, from the sentences that the codebooks are tested with.

Sentences with a type give the predicate at which that type is read; sentences without an event give every predicate in them that some
rule knows, as NONE, and near misses those of their rule. The sentences are the project's own; nothing else is learnt from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.annotate.columns import Annotations
from dragoman.annotate.english import DEFAULT_MODEL, annotate
from dragoman.code.events import Coder, code, load_coder
from dragoman.code.frames import load_frames
from dragoman.code.sentences import NONE, load_sentences
from dragoman.codebook import BUILT_IN, boilerplate
from dragoman.extract import actors, places, roster
from dragoman.learn.words import features
from dragoman.records import Article, Event

# Sentences are read as news of this day: the leaders in them are those of that day.
_DATE = "2025-06-01"
_PARTS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective"}


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence with its type. `rule` is the one whose near miss it is ("" for others); `group` is held out as one."""

    text: str
    type: str
    group: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One predicate: what is seen of it and its type."""

    features: tuple[str, ...]
    type: str
    group: str


def sources(folder: Path = BUILT_IN) -> list[Source]:
    """All sentences of a codebook folder."""
    frames = load_frames(folder).frames
    found = [Source(example.text, frame.type, frame.id) for frame in frames for example in frame.examples]
    found += [Source(near.text, NONE, frame.id, frame.id) for frame in frames for near in frame.near]
    return found + [Source(s.example.text, s.type, f"{s.file.name}:{s.example.line // 20}") for s in load_sentences(folder)]


def digest(sentences: Sequence[Source]) -> str:
    """A hash of what is learnt from."""
    return hashlib.sha256("\x1f".join(f"{s.type}\x1e{s.text}" for s in sentences).encode()).hexdigest()


def cases(sentences: Iterable[Source], folder: Path = BUILT_IN, model: str = DEFAULT_MODEL) -> Iterator[Case]:
    """The predicates of the sentences."""
    coder, people, gazetteer = load_coder(folder, settled=False), roster.load(folder), places.load_gazetteer(folder)
    kept = list(sentences)
    articles = (Article(str(number), sentence.text, _DATE) for number, sentence in enumerate(kept))
    for sentence, (article, notes) in zip(kept, annotate(articles, boilerplate(folder), model), strict=True):
        events = code(article, notes, actors.read(article, notes, people), places.read(article, notes, gazetteer), coder)
        for token in predicates(notes, sentence, events, coder):
            yield Case(tuple(features(notes, token)), sentence.type, sentence.group)


def predicates(notes: Annotations, sentence: Source, events: Sequence[Event], coder: Coder) -> list[int]:
    """Tokens of a sentence that have its type."""
    if sentence.type != NONE:
        return sorted({event.head for event in events if event.type == sentence.type})
    coded = {event.head for event in events}
    known = (token for token in range(len(notes)) if token not in coded or not sentence.rule)
    return [token for token in known if any(not sentence.rule or frame == sentence.rule for frame in _rules(notes, token, coder))]


def _rules(notes: Annotations, token: int, coder: Coder) -> list[str]:
    """Rules that the token's word may trigger."""
    part = _PARTS.get(notes.pos[token])
    return [frame.id for _, frame in coder.book.index[part].get(notes.lemma[token], ())] if part else []
