"""Figures that do not agree: the same thing counted in the same unit, by different voices, with amounts that cannot both be right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf

from dragoman.export.view import ArticleView, FigureView
from dragoman.export.words import common_words

_WORD = re.compile(r"[^\W\d_]{4,}")
# Lengths of time and shares count too many different things to be set side by side by their unit and noun.
_UNCOMPARED = frozenset({"percent", "year", "month", "week", "day", "hour", "minute", "second", "time"})
# Sentences about the same thing share at least this many telling words, and a name unless they were published within days of each other
# (tuned on our own samples).
_SHARED = 2
_DAYS = 3
# Amounts further apart than this count different things more often than they contradict.
_FAR = 20.0


@dataclass(frozen=True, slots=True)
class Given:
    """A figure with the article that gives it, and the telling words of its sentence."""

    figure: FigureView
    article: ArticleView
    words: frozenset[str]

    @property
    def bounds(self) -> tuple[float, float]:
        """The amounts that it allows; a tenth on either side of one that is only about right."""
        figure = self.figure
        if figure.value is not None:
            slack = abs(figure.value) * (0.1 if figure.approx else 0.0)
            return figure.value - slack, figure.value + slack
        return -inf if figure.low is None else figure.low, inf if figure.high is None else figure.high

    @property
    def size(self) -> float:
        """One number that stands for the amount."""
        figure = self.figure
        return next(value for value in (figure.value, figure.low, figure.high, 0.0) if value is not None)

    @property
    def voice(self) -> str:
        """Who gives it."""
        return (self.figure.voice.label if self.figure.voice else None) or self.article.outlet or self.article.title


def differing(articles: Iterable[ArticleView]) -> list[tuple[Given, ...]]:
    """Groups of figures of the same thing that do not agree, in the order in which they were published.

    Precision comes before recall: figures stand together only if unit and noun are the same and their sentences share words. Whether
    they do contradict is for the reader to say, with the sentences side by side.
    """
    given = [one for article in articles for one in _given(article)]
    groups: list[list[Given]] = []
    for one in given:
        home = next((group for group in groups if all(_about_the_same(one, other) for other in group)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return [tuple(_once(group)) for group in groups if any(_contradict(a, b) for a, b in combinations(group, 2))]


def _given(article: ArticleView) -> Iterator[Given]:
    """The figures of an article that can be compared. Words of countries and of what is counted tell nothing."""
    told = (*(mention.span for mention in article.mentions if mention.kind == "country"), *(figure.span for figure in article.figures))
    silent = {word.lower() for span in told for word in _WORD.findall(span.surface)}
    for figure in article.figures:
        if _comparable(figure):
            yield Given(figure, article, frozenset(word for word in _WORD.findall(figure.quote) if word.lower() not in silent | common_words()))


def _comparable(figure: FigureView) -> bool:
    unit = figure.unit or ""
    return bool(unit) and "/" not in unit and unit not in _UNCOMPARED


def _noun(figure: FigureView) -> str:
    """The head noun of what is counted, in the singular as far as a final s tells."""
    words = _WORD.findall((figure.of or "").lower())
    return words[-1].removesuffix("s") if words else ""


def _about_the_same(one: Given, other: Given) -> bool:
    """Whether two figures seem to count the same thing. Those of one sentence never do: it gives both because they differ."""
    a, b = one.figure, other.figure
    if a.unit != b.unit or (one.article.id, a.quote) == (other.article.id, b.quote):
        return False
    nouns = {_noun(a), _noun(b)}
    near = max(one.size, other.size) <= _FAR * max(min(one.size, other.size), 1e-9)
    return near and len(nouns - {""}) <= 1 and _alike(one, other, same_noun=len(nouns) == 1 and "" not in nouns)


def _alike(one: Given, other: Given, *, same_noun: bool) -> bool:
    """Whether the sentences seem to be about the same thing."""
    shared = {word.lower() for word in one.words} & {word.lower() for word in other.words}
    names = {word for word in one.words & other.words if word[0].isupper()}
    published = one.article.published, other.article.published
    soon = published[0] is not None and published[1] is not None and abs((published[0] - published[1]).days) <= _DAYS
    return (len(shared) >= _SHARED and (soon or bool(names))) or (same_noun and soon and bool(names))


def _contradict(one: Given, other: Given) -> bool:
    (low, high), (other_low, other_high) = one.bounds, other.bounds
    return (one.voice, one.article.id) != (other.voice, other.article.id) and (high < other_low or other_high < low)


def _once(group: Sequence[Given]) -> Iterable[Given]:
    """Each amount of a voice once in an article."""
    seen = set()
    for one in group:
        key = (one.article.id, one.voice, one.figure.amount)
        if key not in seen:
            seen.add(key)
            yield one
