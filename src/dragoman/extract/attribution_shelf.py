"""Drafts of attributions found by where their contents and cues stand, so that no reader walks through all of them for each one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from dragoman.extract.attribution_cues import Draft

# Characters of a stretch of text by which contents are found again; any size will do.
_STRETCH = 500


class DraftShelf:
    """A list of drafts with an index; a draft may be replaced by one with more content."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self.drafts: list[Draft] = []
        self._by_stretch: dict[int, list[int]] = defaultdict(list)
        self._by_head: dict[int, list[int]] = defaultdict(list)
        for draft in drafts:
            self.drafts.append(draft)
            self._by_head[draft.head].append(len(self.drafts) - 1)
            self._index(len(self.drafts) - 1)

    def __iter__(self) -> Iterator[Draft]:
        return iter(self.drafts)

    def _index(self, place: int) -> None:
        pieces = self.drafts[place].pieces
        for stretch in {number for start, end in pieces for number in range(start // _STRETCH, end // _STRETCH + 1)}:
            self._by_stretch[stretch].append(place)

    def _places(self, start: int, end: int) -> set[int]:
        return {place for number in range(start // _STRETCH, end // _STRETCH + 1) for place in self._by_stretch.get(number, ())}

    def replace(self, place: int, draft: Draft) -> None:
        """Put another draft with the same cue in a place."""
        self.drafts[place] = draft
        self._index(place)

    def touching(self, start: int, end: int) -> list[Draft]:
        """Those whose content may share a character with `[start, end)`, in their order; some that do not are among them."""
        return [self.drafts[place] for place in sorted(self._places(start, end))]

    def opening(self, start: int, end: int, tokens: range) -> list[Draft]:
        """Those with a piece of content that begins in `[start, end)`, or whose cue's head is one of the tokens."""
        begun = {place for place in self._places(start, end) if any(start <= piece[0] < end for piece in self.drafts[place].pieces)}
        return [self.drafts[place] for place in sorted(begun | {place for token in tokens for place in self._by_head.get(token, ())})]

    def headed(self, tokens: range) -> list[Draft]:
        """Those whose cue's head is one of the tokens."""
        return [self.drafts[place] for place in sorted({place for token in tokens for place in self._by_head.get(token, ())})]
