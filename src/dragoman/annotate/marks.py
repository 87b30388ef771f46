"""Quotation marks that belong to no quotation, as scraped text has them: the parser reads a text without them.

A mark in the middle of a clause (*The »minister said it was late*) breaks the parse between subject and verb. Only marks that open or
close nothing count, and only where no punctuation stands before them (what opens a quotation that the next paragraph goes on with, or
closes one whose opening mark was lost, stays), and the second of two in a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DOUBLE = re.compile(r"''|``|’’|‘‘|[\"“”„‟«»＂]")
_SINGLE = re.compile(r"[‘‹›`']")
_CLOSING = {"‘": re.compile(r"(?<!')['’](?![\w'])"), "‹": re.compile("›"), "›": re.compile("‹"), "`": re.compile(r"(?<!')['’`](?![\w'])"),
            "'": re.compile(r"(?<!')['’](?![\w'])")}
_ELISION = re.compile(r"(?:\d|em\b|tis\b|twas\b|til\b|cause\b|n\b|bout\b|round\b)", re.IGNORECASE)
_BRACKETS = "([{—–-/"


def stray(text: str) -> list[tuple[int, int]]:
    """Half-open ranges of the marks of a paragraph that belong to no quotation, in order."""
    return sorted([*_doubles(text), *_singles(text)])


def _doubles(text: str) -> Iterator[tuple[int, int]]:
    opened: list[tuple[int, int]] = []
    last = -1
    for mark in _DOUBLE.finditer(text):
        start, end = mark.span()
        doubled, last = start == last, end
        if doubled:
            yield start, end
        elif _opens(text, start, end, bool(opened)):
            opened.append((start, end))
        elif opened:
            opened.pop()
        elif _in_clause(text, start):
            yield start, end
    yield from (span for span in opened if _in_clause(text, span[0]))


def _opens(text: str, start: int, end: int, inside: bool) -> bool:
    """Whether a mark opens: there is a gap before it and none behind; one between two gaps does what is still to be done."""
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    gap = before.isspace() or before in _BRACKETS
    return gap and (not inside if after.isspace() else after.isalnum() or after in "([$£€'‘“\"")


def _singles(text: str) -> Iterator[tuple[int, int]]:
    """Single marks that open something which nothing closes; apostrophes stay."""
    for mark in _SINGLE.finditer(text):
        start, end = mark.span()
        gap = text[start - 1 : start].isspace() and text[end : end + 1].isalnum()
        if gap and _in_clause(text, start) and not _ELISION.match(text, end) and not _CLOSING[mark.group()].search(text, end):
            yield start, end


def _in_clause(text: str, start: int) -> bool:
    """Whether a word, and no punctuation, stands before a mark."""
    while start and text[start - 1].isspace():
        start -= 1
    return start > 0 and text[start - 1].isalnum()
