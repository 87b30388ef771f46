"""Paragraphs of a text and the page furniture between them.

A scraped page keeps lines that no reporter wrote ("Advert", "Topics: ..."). They stay in the text, so that every offset holds, but
they are not parsed and never coded. The lines are described in `codebooks/boilerplate.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from dragoman.codebook import Boilerplate

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_CLOSED = re.compile(r"""[.!?:;…]["'”’»)\]]*\s*$""")
_BLANK = re.compile(r"[\r\n\u2028\u2029][ \t\u00a0]*(?:\r\n|[\r\n\u2028\u2029])")
# A text is hard-wrapped when most of its lines stop in mid-sentence: then only an empty line ends a paragraph.
_WRAPPED_SHARE = 0.5
_WRAPPED_LINES = 5
# Wrapped lines are as wide as a screen; where more than one in ten is wider, each line is a paragraph that merely ends without a stop.
_WIDEST_WRAP = 160
_WIDE_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Layout:
    """Half-open character ranges of the paragraphs to parse and of the furniture to skip, and the topics that furniture named."""

    blocks: tuple[tuple[int, int], ...]
    skipped: tuple[tuple[int, int], ...]
    topics: tuple[str, ...]


def layout(text: str, book: Boilerplate) -> Layout:
    """Paragraphs, furniture and topics of a text."""
    blocks: list[tuple[int, int]] = []
    skipped: list[tuple[int, int]] = []
    topics: list[str] = []
    for start, end in _joined(text, list(_lines(text))):
        line = text[start:end]
        if found := book.topics(line):
            topics += found
        if found or book.rule(line):
            skipped.append((start, end))
        else:
            blocks.append((start, end))
    return Layout(tuple(blocks), tuple(skipped), tuple(topics))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Non-empty lines without the white space around them."""
    for match in _LINE.finditer(text):
        line = match.group()
        if stripped := line.strip():
            start = match.start() + line.index(stripped)
            yield start, start + len(stripped)


def _joined(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The lines, or in a hard-wrapped text the paragraphs that they make up."""
    if not _hard_wrapped(text, lines):
        yield from lines
        return
    start, end = lines[0]
    for line in lines[1:]:
        if _BLANK.search(text, end, line[0]):
            yield start, end
            start = line[0]
        end = line[1]
    yield start, end


def _hard_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    inner = [a for a, b in pairwise(lines) if not _BLANK.search(text, a[1], b[0])]
    if sum(end - start > _WIDEST_WRAP for start, end in lines) > _WIDE_SHARE * len(lines):
        return False
    open_ended = sum(not _CLOSED.search(text[start:end]) for start, end in inner)
    return len(inner) >= _WRAPPED_LINES and open_ended > _WRAPPED_SHARE * len(inner)
