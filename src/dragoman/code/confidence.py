"""How likely the type of a row is right: a sum of a few signals and of a second opinion, calibrated on rows that were read by hand.

The weights are data (`codebooks/confidence.yaml`, which says how they were made); the second opinion is a classifier of words
(`dragoman.learn`) that never sees which rule fired. Neither makes a row or takes one away: that is what `--min-confidence` is for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log
from pathlib import Path

from dragoman.annotate.columns import Annotations
from dragoman.codebook import BUILT_IN, LINE, fingerprint, read_yaml
from dragoman.errors import CodebookError
from dragoman.learn.softmax import WEIGHTS, Softmax
from dragoman.learn.words import features, hashed
from dragoman.records import Event, Evidence

Traced = tuple[Event, tuple[str, ...]]
_OFFICES = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "UAF", "IGO", "SPY"})
# The opinion's probabilities are kept away from 0 and 1, where its logarithm would drown every other signal.
_FLOOR = 1e-4
# Rows of one sentence never tie, so that a reader who wants one row of it gets the one it is about.
_STEP = 0.001
_LOWEST, _HIGHEST = 0.02, 0.99


@dataclass(frozen=True)
class Confidence:
    """The weights: `base` alone, `opinion` for the second opinion's log odds, and one for each signal.

    `told` is how much a signal must weigh to be named in `why`.
    """

    base: float
    opinion: float
    told: float
    weights: Mapping[str, float]
    judge: Softmax

    def of(self, notes: Annotations, event: Event, also: Sequence[str]) -> tuple[float, tuple[Evidence, ...]]:
        """The probability that the event's type is right, and what moved it."""
        shares = self.judge.probabilities(hashed(features(notes, event.head), self.judge.size))
        found = signals(event, also)
        score = self.base + self.opinion * log_odds(shares[event.type]) + sum(self.weights.get(name, 0.0) for name in found)
        vote = max(shares, key=lambda kind: shares[kind])
        moved = [f"second-opinion.{vote}.{shares[vote]:.2f}", *(f"confidence.{name}" for name in found if abs(self.weights.get(name, 0.0)) >= self.told)]
        return 1 / (1 + exp(-score)), tuple(Evidence("confidence", rule, event.trigger.start, event.trigger.end) for rule in moved)


def log_odds(share: float) -> float:
    """The logarithm of a probability's odds, bounded."""
    kept = min(1 - _FLOOR, max(_FLOOR, share))
    return log(kept / (1 - kept))


def signals(event: Event, also: Sequence[str]) -> tuple[str, ...]:
    """What may make a row more or less sure: its type, how its sides were found out, whether one holds an office, whether a further rule fired."""
    sides = (*event.actors, *event.recipients)
    flags = {"office": any(side.sector in _OFFICES for side in sides), "further-rule": bool(also)}
    return (f"type.{event.type}", *sorted({f"side.{side.how}" for side in sides}), *(name for name, holds in flags.items() if holds))


def settle(notes: Annotations, events: Sequence[Traced], book: Confidence) -> list[Traced]:
    """The events with their probabilities in place of their prominence; within a sentence no row is surer than a more prominent one."""
    own = {event.id: book.of(notes, event, also) for event, also in events}
    shown = dict(_capped(notes, [event for event, _ in events], {key: value for key, (value, _) in own.items()}))
    return [(replace(event, confidence=shown[event.id], why=(*event.why, *own[event.id][1])), also) for event, also in events]


def _capped(notes: Annotations, events: Sequence[Event], own: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    highest: dict[int, float] = {}
    for event in sorted(events, key=lambda event: (-event.confidence, event.trigger.start)):
        sentence = notes.sentence_of[event.head]
        value = round(min(_HIGHEST, max(_LOWEST, min(own[event.id], highest.get(sentence, 1.0)))), 3)
        highest[sentence] = value - _STEP
        yield event.id, value


def load_confidence(folder: Path = BUILT_IN) -> Confidence:
    """The weights of a codebook folder.

    Raises:
        CodebookError: a key is missing or unknown, or a weight is no number, with the file.
    """
    path = folder / "confidence.yaml"
    data = read_yaml(path)
    wanted = {"base", "opinion", "fitted_with", "told", "weights"}
    if not isinstance(data, dict) or data.keys() - {LINE} != wanted or not isinstance(data["weights"], dict):
        raise CodebookError(f"{path}:1", detail=f"there must be {', '.join(sorted(wanted))} and nothing else.")
    weights = {name: value for name, value in data["weights"].items() if name != LINE}
    numbers = {"base": data["base"], "opinion": data["opinion"], "told": data["told"], **weights}
    wrong = [name for name, value in numbers.items() if isinstance(value, bool) or not isinstance(value, int | float)]
    if wrong:
        raise CodebookError(f"{path}:1", detail=f"`{wrong[0]}` must be a number.")
    if data["fitted_with"] != fingerprint(WEIGHTS):
        raise CodebookError(f"{path}:1", detail=f"fitted with another second opinion than {WEIGHTS.name}; run `dragoman train --corpus FILE`.")
    return Confidence(data["base"], data["opinion"], data["told"], weights, Softmax.load(WEIGHTS))
