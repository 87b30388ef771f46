"""Trains the second opinion on the codebooks' sentences and writes it with a note of what it was made from."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from dragoman.annotate.english import DEFAULT_MODEL
from dragoman.code.sentences import NONE
from dragoman.codebook import BUILT_IN
from dragoman.learn.corpus import Case, cases, digest, sources
from dragoman.learn.softmax import WEIGHTS, Softmax, train
from dragoman.learn.words import hashed

# Buckets, passes and decay were chosen by the area under the ROC curve on rows read by hand (docs/decisions/2026-11-23-second-opinion.md).
SIZE, PASSES, DECAY = 2**15, 6, 5e-4
# Examples of NONE are many, rows that the rules should not have made are few (about a quarter): counted so, votes are not all NONE.
_COUNTS = {NONE: 0.2}
_PARTS = 4


@dataclass(frozen=True, slots=True)
class Made:
    """What a second opinion was made from, and the share of held-out predicates whose type it tells (every fourth rule or page of sentences is held out)."""

    sentences: int
    predicates: int
    data: str
    seed: int
    model: str
    accuracy: float


def learn(folder: Path = BUILT_IN, model: str = DEFAULT_MODEL, seed: int = 1) -> tuple[Softmax, Made]:
    """A second opinion from the sentences of a codebook folder.

    Args:
        folder: the codebooks.
        model: the spaCy pipeline to parse with.
        seed: of the order in which sentences are seen.
    """
    sentences = sources(folder)
    found = list(cases(sentences, folder, model))
    return fitted(found, seed), Made(len(sentences), len(found), digest(sentences), seed, model, round(_accuracy(found, seed), 4))


def fitted(found: Sequence[Case], seed: int, size: int = SIZE) -> Softmax:
    """The classifier of some cases."""
    return train([hashed(list(case.features), size) for case in found], [case.type for case in found], size, seed, PASSES, decay=DECAY, counts=_COUNTS)


def _accuracy(found: Sequence[Case], seed: int) -> float:
    groups = sorted({case.group for case in found})
    random.Random(seed).shuffle(groups)  # noqa: S311 (a repeatable order, no secret)
    out = set(groups[::_PARTS])
    kept, held = [case for case in found if case.group not in out], [case for case in found if case.group in out]
    judge = fitted(kept, seed)
    return sum(judge.vote(hashed(list(case.features), judge.size)) == case.type for case in held) / max(1, len(held))


def save(judge: Softmax, made: Made, path: Path = WEIGHTS) -> None:
    """Write the weights, and beside them what they were made from."""
    judge.save(path)
    path.with_suffix(".json").write_text(json.dumps(asdict(made), indent=1) + "\n", encoding="utf-8")
