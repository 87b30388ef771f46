"""Lexemes: the text cut so that figures and dates come apart ("220km", "$2bn", "mid-2020", "1990s"), which the parser's tokens do not do.

Times and figures share this cut; both go back to the parser's tokens by character offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.annotate.columns import Annotations

_PLAIN = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "‑": "-", "‐": "-", "−": "-", "—": "–", "⁄": "/", "\u00ad": " ", "\u200b": " "})
_LEXEME = re.compile(
    r"""
    (?P<iso>\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d-]))
  | (?P<slash>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?![\d/]) | \d{4}/\d{1,2}/\d{1,2}(?![\d/]) | (?<![\d.])\d{1,2}\.\d{1,2}\.(?:19|20)\d\d(?![\d.]\d) | 9/11(?![\d/])
      | (?<![\d.,/-])\d{1,2}-\d{1,2}-(?:19|20)\d\d(?![\d-]) | (?<![\d.,/-])(?:0?[1-9]|1[0-2])/(?:19|20)\d\d(?![\d/]) | (?<![\d.,])(?:19|20)\d\d\.\d{1,2}\.\d{1,2}(?![\d.]))
  | (?P<clock>(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:]))
  | (?P<decade>(?:(?<![\d.,$£€])\d{2,3}0|(?<!\w)'?\d0)'?s(?!\w))
  | (?P<ordinal>\d{1,3}(?:,\d{3})*(?:st|nd|rd|th)(?!\w))
  | (?P<number>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)? | \d+(?:\.\d+)? | (?<![\w.])\.\d+)
  | (?P<code>(?!ps(?:\d\d|\d[.,]\d)|(?:usd|eur|gbp|jpy|cny|rmb|inr|chf|aud|cad|nzd|hkd|sgd|zar|sek|nok|dkk|rub|uah|try|brl|mxn|krw|rm|rs|us|nis|ksh)\d)[^\W\d_]+\d\w*)
  | (?P<word>(?:[ap]\.m\b\.? | b\.c\.e\. | b\.c\. | a\.d\. | u\.[sk]\. | o'clock)(?!\w) | [^\W\d_]+ | '(?:s|t|re|ve|ll|d|m)(?!\w))
  | (?P<mark>\S)
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of the text: `kind` is iso, slash, clock, decade, ordinal, number, code, word, mark or break; `low` its lower-case plain spelling."""

    start: int
    end: int
    kind: str
    low: str
    capital: bool

    def touches(self, other: Lexeme) -> bool:
        """Whether nothing stands between this and the next."""
        return self.end == other.start


def lexemes(notes: Annotations) -> tuple[Lexeme, ...]:
    """All lexemes of the parsed paragraphs in text order; a `break` stands after each paragraph."""
    plain = notes.text.translate(_PLAIN)
    found: list[Lexeme] = []
    for first, stop in notes.blocks:
        begin, end = notes.start[first], notes.end[stop - 1]
        found += _cut(plain, begin, end)
        found.append(Lexeme(end, end, "break", "", False))
    return tuple(found)


def _cut(plain: str, begin: int, end: int) -> Iterator[Lexeme]:
    for match in _LEXEME.finditer(plain, begin, end):
        surface = match[0]
        yield Lexeme(match.start(), match.end(), match.lastgroup or "mark", surface.lower(), surface[0].isupper())


def split(phrase: str) -> tuple[str, ...]:
    """A phrase of a codebook in the spelling of lexemes."""
    return tuple(piece.low for piece in _cut(phrase, 0, len(phrase)))
