"""A linear classifier over hashed features: multinomial logistic regression, trained by Adagrad in numpy, kept as small whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "second_opinion.npz"
# Full scale of the stored 8-bit weights.
_SCALE = 127


@dataclass(frozen=True)
class Softmax:
    """Weights (buckets by classes), and the names of the classes."""

    classes: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    @property
    def size(self) -> int:
        """The number of buckets."""
        return int(self.weights.shape[0])

    def probabilities(self, buckets: Sequence[int]) -> dict[str, float]:
        """Class -> probability, for one set of features."""
        shares = _softmax(self.bias + self.weights[list(buckets)].sum(axis=0) / _norm(buckets))
        return dict(zip(self.classes, map(float, shares), strict=True))

    def vote(self, buckets: Sequence[int]) -> str:
        """The likeliest class."""
        shares = self.probabilities(buckets)
        return max(shares, key=lambda name: shares[name])

    def save(self, path: Path) -> None:
        """Write the weights, 8 bits each."""
        unit = float(np.abs(self.weights).max()) / _SCALE or 1.0
        np.savez_compressed(path, classes=np.array(self.classes), weights=np.round(self.weights / unit).astype(np.int8), unit=np.float32(unit), bias=self.bias)

    @classmethod
    def load(cls, path: Path) -> Softmax:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(tuple(map(str, kept["classes"])), kept["weights"].astype(np.float32) * kept["unit"], kept["bias"].astype(np.float32))


def _norm(buckets: Sequence[int]) -> float:
    """Long sentences have more features; without this they would be surer."""
    return float(np.sqrt(max(1, len(buckets))))


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(scores - scores.max())
    shares: NDArray[np.float32] = powers / powers.sum()
    return shares


def train(
    rows: Sequence[Sequence[int]], labels: Sequence[str], size: int, seed: int, passes: int = 6, rate: float = 0.5, decay: float = 1e-5,
    counts: Mapping[str, float] = MappingProxyType({})
) -> Softmax:
    """Fit the classifier.

    Args:
        rows: the buckets of each example.
        labels: its class.
        size: number of buckets.
        seed: of the order in which examples are seen.
        passes: how often each is seen.
        rate: Adagrad's step.
        decay: pull of each weight towards nothing.
        counts: class -> how much an example of it counts, where that is not 1.
    """
    classes = tuple(sorted(set(labels)))
    number = {name: position for position, name in enumerate(classes)}
    weights, seen = np.zeros((size, len(classes)), np.float32), np.full((size, len(classes)), 1e-2, np.float32)
    bias, order = np.zeros(len(classes), np.float32), np.random.default_rng(seed)
    ready = [(np.array(row, np.int64), number[label], counts.get(label, 1.0)) for row, label in zip(rows, labels, strict=True)]
    for _ in range(passes):
        for position in order.permutation(len(ready)):
            row, label, share = ready[position]
            gradient = _softmax(bias + weights[row].sum(axis=0) / _norm(row))
            gradient[label] -= 1
            step = gradient * (share / _norm(row)) + decay * weights[row]
            seen[row] += step * step
            weights[row] -= rate * step / np.sqrt(seen[row])
            bias -= 0.01 * share * gradient
    return Softmax(classes, weights, bias)
