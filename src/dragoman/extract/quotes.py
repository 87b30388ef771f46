"""Quotation regions: which characters of an article stand between quotation marks.

Knows curly, straight and low marks, guillemets, the doubled marks of old wires and TeX (`''`, ` `` `) and single marks used as outer
quotation marks. Marks are often wrong in scraped text (missing, doubled, turned the wrong way), so every rule here only chooses a
reading of the marks that stand there: no character is changed and nothing is ever raised.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_DOUBLE = re.compile(r"''|``|’’|‘‘|[\"“”„‟«»＂]")
_SINGLE = re.compile(r"[‘’'‛`‹›]")
_OPENING = frozenset({"“", "„", "‟", "«", "``", "‘‘"})
_CLOSING = frozenset({"”", "»", "’’"})
_ELISION = re.compile(r"(?:\d|em\b|tis\b|twas\b|til\b|cause\b|n\b|bout\b|round\b)", re.IGNORECASE)
_SENTENCE_END = ".!?…,:;"
_BEFORE = " \t\r\n\u00a0\u2009([{—–-/:,\"“„«"
# A single mark may be an apostrophe; a region longer than this is more likely two apostrophes than a quotation.
_LONGEST_SINGLE = 1200


@dataclass(frozen=True, slots=True, order=True)
class Quotation:
    """Characters `[start, end)` from the opening mark through the closing one; `closed` is False where no closing mark was found."""

    start: int
    end: int
    closed: bool = True
    double: bool = True

    def holds(self, offset: int) -> bool:
        """Whether the character lies inside."""
        return self.start <= offset < self.end


def quotations(text: str, blocks: Iterable[tuple[int, int]]) -> tuple[Quotation, ...]:
    """The outermost quotations of a text in order; none crosses a block.

    Args:
        text: the article's text.
        blocks: half-open character ranges of the paragraphs.
    """
    found: list[Quotation] = []
    for start, end in blocks:
        double = list(_doubles(text, start, end))
        found += double
        for low, high in _outside(start, end, double):
            found += _singles(text, low, high)
    return tuple(sorted(found))


def covering(regions: Sequence[Quotation], offset: int) -> Quotation | None:
    """The quotation that the character stands in; the regions are in order and do not overlap."""
    place = bisect_right(regions, offset, key=_start) - 1
    return regions[place] if place >= 0 and regions[place].end > offset else None


def _start(region: Quotation) -> int:
    return region.start


def _doubles(text: str, start: int, end: int) -> Iterator[Quotation]:
    """Regions between double marks; an unclosed one runs to the last mark, or to the end of the paragraph that it opens; in mid-clause it is none."""
    opened, depth, last = None, 0, None
    for mark in _DOUBLE.finditer(text, start, end):
        role = _role(text, mark, start, end, opened is not None)
        if opened is None:
            if role == "open":
                opened, depth, last = mark.start(), 1, None
        elif role == "open":
            depth += 0 if _continues(text, opened, mark.start()) else 1
        elif depth > 1:
            depth, last = depth - 1, mark.end()
        else:
            yield Quotation(opened, mark.end())
            opened = None
    if opened is not None and (last is not None or not _in_clause(text, start, opened)):
        whole = opened == start or last is None
        yield Quotation(opened, end if whole else last or end, closed=not whole)


def _in_clause(text: str, start: int, mark: int) -> bool:
    """Whether a word, and no punctuation, stands before a mark: one that nothing closes is then a slip."""
    while mark > start and text[mark - 1].isspace():
        mark -= 1
    return mark > start and text[mark - 1].isalnum()


def _role(text: str, mark: re.Match[str], start: int, end: int, inside: bool) -> str:
    """`open` or `close`: what the mark itself says, unless the characters around it say the opposite."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    looks_open = before in _BEFORE and not after.isspace() and after not in ".,;!?)"
    looks_closed = not before.isspace() and not after.isalnum()
    if mark.group() in _OPENING:
        return "close" if inside and looks_closed and not looks_open else "open"
    if mark.group() in _CLOSING:
        return "open" if not inside and looks_open and not looks_closed else "close"
    if inside:
        return "open" if looks_open and not looks_closed and _continues(text, start, mark.start()) else "close"
    return "open" if not looks_closed or looks_open else "close"


def _continues(text: str, opened: int, mark: int) -> bool:
    """Whether a mark inside a quotation opens its next paragraph (the line break before it was lost)."""
    before = text[opened:mark].rstrip()
    return before.endswith((".", "!", "?", "…"))


def _outside(start: int, end: int, regions: Sequence[Quotation]) -> Iterator[tuple[int, int]]:
    for region in regions:
        if start < region.start:
            yield start, region.start
        start = region.end
    if start < end:
        yield start, end


def _singles(text: str, start: int, end: int) -> Iterator[Quotation]:
    """Regions between single marks that are no apostrophes."""
    place = start
    while mark := _SINGLE.search(text, place, end):
        place = mark.end()
        if not _opens_single(text, mark.start(), start, end):
            continue
        close = _closing_single(text, mark.end(), end)
        if close is not None:
            yield Quotation(mark.start(), close, double=False)
            place = close


def _opens_single(text: str, mark: int, start: int, end: int) -> bool:
    before = text[mark - 1] if mark > start else " "
    after = text[mark + 1] if mark + 1 < end else " "
    return before in _BEFORE and text[mark] != "’" and (after.isalnum() or after in "[(") and not _ELISION.match(text, mark + 1)


def _closing_single(text: str, place: int, end: int) -> int | None:
    """The end of the closing mark: one after punctuation, else the first that can be no plural possessive, else the last."""
    end = min(end, place + _LONGEST_SINGLE)
    possible = None
    for mark in _SINGLE.finditer(text, place, end):
        before = text[mark.start() - 1]
        after = text[mark.end()] if mark.end() < len(text) else " "
        if mark.group() == "‘" or before.isspace() or after.isalnum():
            continue
        possible = mark.end()
        if before in _SENTENCE_END or not (before in "sS" and text[mark.end() : mark.end() + 2].strip()[:1].islower()):
            return possible
    return possible
