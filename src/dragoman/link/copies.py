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
from datetime import date

WORDS = 5
KEPT = 4
CONTAINED = 0.5
SHARED = 3
# A sum that stands in so many texts is a phrase of the trade (a byline, a notice), not a sign of copying.
COMMON = 200
# A text may be printed again so many days later; the ledger compares no further.
COPY_DAYS = 60
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
    sizes: dict[str, int] = field(default_factory=dict)
    places: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, key: str, text: str) -> tuple[Overlap, ...]:
        """Put a text in, and say which texts already there carry its words or it theirs, the closest first."""
        return self.put(key, shingles(text))

    def put(self, key: str, kept: frozenset[int]) -> tuple[Overlap, ...]:
        """The same for sums computed before."""
        found = self.overlaps(key, kept)
        self.know(key, kept, len(kept))
        return found

    def know(self, key: str, kept: Iterable[int], size: int) -> None:
        """Put a text in without a comparison: those of its sums that can be asked for, and how many it has in all."""
        self.sizes[key] = size
        for value in kept:
            self.places[value].append(key)

    def overlaps(self, key: str, kept: Iterable[int]) -> tuple[Overlap, ...]:
        """What a text would share with those in the index."""
        own = frozenset(kept)
        there = [found for value in own if (found := self.places.get(value))]
        rare = [found for found in there if len(found) < COMMON]
        # A text most of whose sums are common is one more copy of what everybody prints: then a part of those is enough to find it.
        if 2 * (len(there) - len(rare)) > len(own):
            rare = [found[:COMMON] for found in there]
        counts = Counter(other for found in rare for other in found if other != key)
        pairs = (Overlap(key, other, shared / len(own), shared / self.sizes[other], shared) for other, shared in counts.items() if shared >= SHARED)
        return tuple(sorted((pair for pair in pairs if pair.containment >= self.containment), key=lambda pair: (-pair.containment, -pair.shared, pair.other)))


@dataclass(frozen=True, slots=True)
class Facts:
    """What tells a source from its copies: day of publication (ISO), outlet, whether the outlet is an agency, the agency credited, the address."""

    article: str
    published: str | None = None
    outlet: str | None = None
    agency: str | None = None
    is_agency: bool = False
    address: str | None = None

    @property
    def rank(self) -> tuple[int, bool, str]:
        """Sources before copies: by day, where an agency's report counts as a day earlier, for its clients may print it before its own page is dated."""
        ordinal = date.fromisoformat(self.published).toordinal() if self.published else date.max.toordinal()
        return ordinal - self.is_agency, not self.is_agency, self.article


@dataclass(frozen=True, slots=True)
class Copy:
    """One article that carries another's words.

    `carried` is the share of the source's words that stand in the article, `contained` the share of the article's that stand in the
    source. `how` says what tells the source from the copy: the copy's *credit*, the *date*, that the source is an *agency*; None where
    nothing does and the two only stand in the order of their ids.
    """

    article: str
    source: str
    carried: float
    contained: float
    shared: int
    how: str | None
    agency: str | None


def directed(overlap: Overlap, one: Facts, other: Facts) -> Copy | None:
    """Which of two articles carries whose words; None for two versions of one article, which are no copies, and for two of other times.

    Args:
        overlap: what they share; `text` is `one`, `other` the other.
        one: the first article.
        other: the second.
    """
    if one.address is not None and one.address == other.address:
        return None
    if one.published and other.published and abs(date.fromisoformat(one.published) - date.fromisoformat(other.published)).days > COPY_DAYS:
        return None
    source, copy = sorted((one, other), key=lambda facts: facts.rank)
    here, there = overlap.text_in_other, overlap.other_in_text
    carried, contained = (here, there) if source is one else (there, here)
    return Copy(copy.article, source.article, carried, contained, overlap.shared, _how(copy, source), copy.agency)


def _how(copy: Facts, source: Facts) -> str | None:
    if source.is_agency and copy.agency == source.agency and not copy.is_agency:
        return "credit"
    if copy.published and source.published and copy.published > source.published:
        return "date"
    return "agency" if source.is_agency and not copy.is_agency else None


def reduced(copies: Iterable[Copy]) -> list[Copy]:
    """The copies without those that follow from others: if C carries B's words and B carries A's, it is enough to know of C and A.

    Each article keeps the earliest sources, so that a report printed by a hundred papers makes a hundred rows and not five thousand.
    """
    sources: dict[str, dict[str, Copy]] = defaultdict(dict)
    for copy in copies:
        sources[copy.article][copy.source] = copy
    kept = []
    for found in sources.values():
        kept += [copy for copy in found.values() if not any(_reaches(copy.source, other, sources) for other in found if other != copy.source)]
    return kept


def _reaches(article: str, wanted: str, sources: dict[str, dict[str, Copy]]) -> bool:
    """Whether an article carries another's words, directly or through a third."""
    seen, ahead = {article}, [article]
    while ahead:
        for source in sources.get(ahead.pop(), {}):
            if source == wanted:
                return True
            if source not in seen:
                seen.add(source)
                ahead.append(source)
    return False
