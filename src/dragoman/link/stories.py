"""Which articles tell one story: online clustering by the words that tell it from all others, with a window of days.

An article is a bag of word stems and names, those of its headline and capitalised ones counting more, weighed by how rare they are (TF-IDF
with the counts of a background table, `codebooks/link/word_counts.tsv`, plus those of the articles themselves). It joins the story
whose articles it is most like, or opens a new one; then the articles of stories that grew are looked at again, since the first few of
a story are the hardest to place. Settings: `codebooks/link/stories.yaml`.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from heapq import nlargest
from itertools import count
from pathlib import Path

from dragoman.codebook import BUILT_IN, read_tsv, read_yaml
from dragoman.records import content_id

Terms = Mapping[str, float]
_WORD = re.compile(r"[^\W\d_][\w'’-]*[^\W_]|\d[\d,.]*\d|\d")
_HEADER = ("term", "texts")
# The row of the background table that counts the texts themselves.
_ALL = "*"


@dataclass(frozen=True, slots=True)
class Manner:
    """How articles are compared: what `codebooks/link/stories.yaml` says."""

    words: int
    title: float
    capital: float
    name: float
    threshold: float
    passes: int
    window_days: int
    decay: float
    heaviest: int
    compared: int
    endings: tuple[str, ...]
    stop: frozenset[str]
    background: Mapping[str, int] = field(repr=False)

    def terms(self, title: str | None, text: str) -> dict[str, float]:
        """The words and names of an article with what each counts."""
        counts: dict[str, float] = defaultdict(float)
        self._count(title or "", self.title, counts)
        self._count(" ".join(text.split(None, self.words)[: self.words]), 1.0, counts)
        return dict(counts)

    def _count(self, text: str, weight: float, counts: dict[str, float]) -> None:
        before = ""
        for match in _WORD.finditer(text):
            word = match[0]
            stem = self._stem(word)
            if stem in self.stop:
                before = ""
                continue
            capital = word[0].isupper()
            counts[stem] += weight * (self.capital if capital else 1.0)
            if capital and before:
                counts[f"{before}_{stem}"] += weight * self.name
            before = stem if capital else ""

    def _stem(self, word: str) -> str:
        lower = word.lower().replace("’", "'").removesuffix("'s")
        for ending in self.endings:
            if len(lower) > len(ending) + 3 and lower.endswith(ending):
                return lower[: -len(ending)]
        return lower


@lru_cache(maxsize=4)
def load_manner(folder: Path = BUILT_IN) -> Manner:
    """The settings of a codebook folder, with its background counts."""
    book = read_yaml(folder / "link" / "stories.yaml")
    numbers = ("words", "title", "capital", "name", "threshold", "passes", "window_days", "decay", "heaviest", "compared")
    table = {row["term"]: int(row["texts"]) for _, row in read_tsv(folder / "link" / "word_counts.tsv", _HEADER)}
    return Manner(**{name: book[name] for name in numbers}, endings=tuple(book["endings"]), stop=frozenset(book["stop"].split()), background=table)


@dataclass
class Story:
    """A story while articles join it: the sum of its articles' vectors, the square of its length, and each article with its day."""

    id: str
    vector: dict[str, float] = field(default_factory=dict)
    square: float = 0.0
    members: dict[str, int | None] = field(default_factory=dict)

    def away(self, day: int | None) -> int:
        """Days between a day and the nearest report; 0 where either has none."""
        return min((abs(day - other) for other in self.members.values() if other is not None), default=0) if day is not None else 0


class StoryIndex:
    """Articles in stories. `counts` are the texts that each term stands in, `texts` how many there are; both grow with each article.

    Args:
        manner: how to compare.
        window: days (`Manner.window_days` if None); 0: any.
    """

    def __init__(self, manner: Manner, window: int | None = None) -> None:
        self.manner = manner
        self.window = manner.window_days if window is None else window
        self.counts: Counter[str] = Counter(manner.background)
        self.texts = self.counts.pop(_ALL, 0)
        self.stories: dict[str, Story] = {}
        self.vectors: dict[str, dict[str, float]] = {}
        self.days: dict[str, int | None] = {}
        self.story_of: dict[str, str] = {}
        self.similarity: dict[str, float] = {}
        self._there: dict[str, dict[str, float]] = defaultdict(dict)

    def count(self, terms: Iterable[str]) -> None:
        """Take note of one more text."""
        self.counts.update(terms)
        self.texts += 1

    def know(self, article: str, terms: Terms, day: str | None, story: str, similarity: float) -> None:
        """Put an article into the story that it is known to be of."""
        self._take(article, terms, day)
        self._join(article, story)
        self.similarity[article] = similarity

    def put(self, article: str, terms: Terms, day: str | None, taken: Collection[str] = ()) -> str:
        """Put an article into the story that it is most like; its id. `taken` are ids of stories that are not here."""
        self._take(article, terms, day)
        self._place(article, taken)
        return self.story_of[article]

    def tidy(self, articles: Iterable[str], taken: Collection[str] = ()) -> None:
        """Look again at articles and at all others of their stories, in the order in which they came."""
        articles = list(articles)
        for _ in range(self.manner.passes):
            grown = {self.story_of[article] for article in articles}
            for article in [key for key, story in self.story_of.items() if story in grown]:
                self._place(article, taken)

    def _take(self, article: str, terms: Terms, day: str | None) -> None:
        rare = {term: (1.0 + math.log(max(weight, 0.4))) * math.log((self.texts + 1) / (self.counts[term] + 0.5)) for term, weight in terms.items()}
        length = math.sqrt(sum(value * value for value in rare.values())) or 1.0
        self.vectors[article] = {term: value / length for term, value in rare.items()}
        self.days[article] = date.fromisoformat(day).toordinal() if day else None

    def _place(self, article: str, taken: Collection[str]) -> None:
        """Into the story that it is most like; where it is like none, into one of its own (that it may have already)."""
        old = self.story_of.get(article)
        if old is not None:
            self._leave(article, old)
        similarity, _, story = max(self._like(article), default=(0.0, "", ""))
        if similarity < self.manner.threshold:
            story, similarity = (old if old is not None and old not in self.stories else self._fresh(article, taken)), 1.0
        self._join(article, story)
        self.similarity[article] = similarity

    def _fresh(self, article: str, taken: Collection[str]) -> str:
        names = (content_id("story", article, *([number] if number else [])) for number in count())
        return next(name for name in names if name not in self.stories and name not in taken)

    def _like(self, article: str) -> Iterable[tuple[float, str, str]]:
        """Likeness to each story that shares one of the heaviest words; of equals the first by id."""
        vector, day = self.vectors[article], self.days[article]
        shared: dict[str, float] = defaultdict(float)
        for term in nlargest(self.manner.heaviest, vector, key=vector.__getitem__):
            for key, weight in self._there.get(term, {}).items():
                shared[key] += vector[term] * weight
        best = nlargest(self.manner.compared, shared, key=lambda key: (shared[key] / math.sqrt(self.stories[key].square), key))
        for key in best:
            story = self.stories[key]
            away = story.away(day)
            if not self.window or away <= self.window:
                product = sum(value * story.vector.get(term, 0.0) for term, value in vector.items())
                yield product / math.sqrt(story.square) - self.manner.decay * min(away, 2 * self.window or 60), key, key

    def _join(self, article: str, key: str) -> None:
        story = self.stories.setdefault(key, Story(key))
        story.members[article] = self.days[article]
        self._add(story, article, 1.0)
        self.story_of[article] = key

    def _leave(self, article: str, key: str) -> None:
        story = self.stories[key]
        del story.members[article]
        self._add(story, article, -1.0)
        if not story.members:
            for term in story.vector:
                del self._there[term][key]
            del self.stories[key]

    def _add(self, story: Story, article: str, sign: float) -> None:
        vector = story.vector
        for term, value in self.vectors[article].items():
            old = vector.get(term, 0.0)
            new = old + sign * value
            vector[term] = self._there[term][story.id] = new
            story.square += new * new - old * old
