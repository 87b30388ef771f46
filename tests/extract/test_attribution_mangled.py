"""Articles whose quotation marks are broken: nothing is raised, no span is broken, and hardly a claim is lost.

The measure is that of `benchmarks/quality/mangled.py`, which reads ten thousand of them by hand.
"""

from __future__ import annotations

import random

import mangled
import pytest

# So few texts lose a claim only where a stray mark breaks the parse itself; the benchmark's bound is one in a hundred.
_ARTICLES, _LOST = 150, 0.02


@pytest.fixture(scope="module")
def counted() -> tuple[int, int, int]:
    """Claims, claims lost and claims with broken spans."""
    chance, parts = random.Random(7), mangled.paragraphs()  # noqa: S311 (a fixed seed makes the cases)
    whole = list(mangled.readings(parts))
    made = [(n % len(parts), *mangled.mangled(parts[n % len(parts)], chance)) for n in range(_ARTICLES)]
    read = list(zip(made, mangled.readings([text for _, text, _ in made]), strict=True))
    gone = sum(len(mangled.lost(whole[n], after, place)) for (n, _, place), after in read)
    return sum(len(whole[n].claims) for n, _, _ in made), gone, sum(mangled.broken_spans(after) for _, after in read)


def test_no_span_is_broken(counted: tuple[int, int, int]) -> None:
    claims, _, broken = counted
    assert claims > _ARTICLES
    assert broken == 0


def test_hardly_a_claim_is_lost(counted: tuple[int, int, int]) -> None:
    claims, gone, _ = counted
    assert gone <= _LOST * claims
