"""Which text carries another's words: syndicated and partial copies by a sampled-shingle containment index.

A text is the set of the CRC-32 sums of its runs of five words, of which every fourth (by value) is kept: the same passage keeps the
same sums wherever it stands. Text B carries A's words when B holds at least half of A's kept sums, or A half of B's. Comparing
containment and not resemblance finds partial copies: with 30 % of a text kept, MinHash at a threshold of .5 finds next to none.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

WORDS = 5
KEPT = 4
CONTAINED = 0.5
SHARED = 3
# A sum that stands in so many texts is a phrase of the trade (a byline, a notice), not a sign of copying.
COMMON = 200
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two texts that share words: the share of each that stands in the other (0 to 1), and the number of kept sums shared."""

    text: str
    other: str
    text_in_other: float
    other_in_text: float
    shared: int

    @property
    def containment(self) -> float:
        """The larger of the two shares."""
        return max(self.text_in_other, self.other_in_text)


def shingles(text: str) -> frozenset[int]:
    """The kept sums of a text: CRC-32 of each run of five words (lower case, punctuation left out), those divisible by four."""
    words = _WORD.findall(text.lower())
    runs = zip(*(words[start:] for start in range(WORDS)), strict=False)
    sums = {zlib.crc32(" ".join(run).encode()) for run in runs}
    return frozenset(value for value in sums if value % KEPT == 0)


@dataclass
class CopyIndex:
    """Texts by their kept sums; `add` gives what a new text shares with those before it."""

    containment: float = CONTAINED
    sums: dict[str, frozenset[int]] = field(default_factory=dict)
    places: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, key: str, text: str) -> tuple[Overlap, ...]:
        """Put a text in, and say which texts already there carry its words or it theirs, the closest first."""
        return self.put(key, shingles(text))

    def put(self, key: str, kept: frozenset[int]) -> tuple[Overlap, ...]:
        """The same for sums computed before."""
        found = self.overlaps(key, kept)
        self.sums[key] = kept
        for value in kept:
            self.places[value].append(key)
        return found

    def overlaps(self, key: str, kept: Iterable[int]) -> tuple[Overlap, ...]:
        """What a text would share with those in the index."""
        own = frozenset(kept)
        counts = Counter(other for value in own if len(there := self.places.get(value, ())) < COMMON for other in there if other != key)
        found = [Overlap(key, other, shared / len(own), shared / len(self.sums[other]), shared) for other, shared in counts.items() if shared >= SHARED]
        return tuple(sorted((pair for pair in found if pair.containment >= self.containment), key=lambda pair: (-pair.containment, -pair.shared, pair.other)))
