"""The annotations of one article as columns, and the questions that readers ask of them.

A parse is kept as parallel tuples (one value a token), which is also how it is stored in Arrow; a spaCy `Doc` never leaves
`dragoman.annotate.english`. Tokens are whole numbers; white space is no token. Dependencies are spaCy's English (ClearNLP) labels.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from dragoman.records import Span


@dataclass(frozen=True, slots=True)
class Annotations:
    """Tokens of an article in text order.

    Attributes:
        text: the article's text as given.
        start, end: offsets of each token in code points.
        lemma: lower-case lemmas; tag: Penn Treebank tags; pos: universal tags; dep: relation to the head.
        head: index of each token's head; a root is its own head.
        ent: entity label ("" for none), `ent_start` True on the first token of an entity.
        sentences: half-open token ranges; blocks: half-open token ranges of paragraphs.
        skipped: half-open character ranges that are page furniture and were not parsed; topics: values of a `Topics:` line.
    """

    text: str
    start: tuple[int, ...]
    end: tuple[int, ...]
    lemma: tuple[str, ...]
    tag: tuple[str, ...]
    pos: tuple[str, ...]
    dep: tuple[str, ...]
    head: tuple[int, ...]
    ent: tuple[str, ...]
    ent_start: tuple[bool, ...]
    sentences: tuple[tuple[int, int], ...]
    blocks: tuple[tuple[int, int], ...]
    skipped: tuple[tuple[int, int], ...] = ()
    topics: tuple[str, ...] = ()
    word: tuple[str, ...] = field(init=False, compare=False, repr=False)
    lower: tuple[str, ...] = field(init=False, compare=False, repr=False)
    children: tuple[tuple[int, ...], ...] = field(init=False, compare=False, repr=False)
    sentence_of: tuple[int, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Derive words, children and the sentence of each token."""
        words = tuple(self.text[s:e] for s, e in zip(self.start, self.end, strict=True))
        children: list[list[int]] = [[] for _ in words]
        for token, head in enumerate(self.head):
            if head != token:
                children[head].append(token)
        sentence_of = [0] * len(words)
        for number, (first, stop) in enumerate(self.sentences):
            sentence_of[first:stop] = [number] * (stop - first)
        object.__setattr__(self, "word", words)
        object.__setattr__(self, "lower", tuple(word.lower() for word in words))
        object.__setattr__(self, "children", tuple(map(tuple, children)))
        object.__setattr__(self, "sentence_of", tuple(sentence_of))

    def __len__(self) -> int:
        return len(self.start)

    def child(self, token: int, *deps: str) -> int | None:
        """The first child with one of these relations."""
        return next((c for c in self.children[token] if self.dep[c] in deps), None)

    def having(self, token: int, *deps: str) -> list[int]:
        """All children with one of these relations, in text order."""
        return [c for c in self.children[token] if self.dep[c] in deps]

    def preps(self, token: int, *words: str) -> list[int]:
        """Objects of prepositions that hang on the token; all prepositions if none is named."""
        found = []
        for prep in self.children[token]:
            if self.dep[prep] in ("prep", "agent", "dative") and self.tag[prep] in ("IN", "TO", "RP", "VBG") and (not words or self.lower[prep] in words):
                found += self.having(prep, "pobj", "pcomp")
        return found

    def subtree(self, token: int) -> list[int]:
        """The token and all below it, in text order."""
        found, queue = [], [token]
        while queue:
            node = queue.pop()
            found.append(node)
            queue.extend(self.children[node])
        return sorted(found)

    def ancestors(self, token: int) -> Iterator[int]:
        """Heads from the nearest to the root."""
        while self.head[token] != token:
            token = self.head[token]
            yield token

    def conjuncts(self, token: int) -> list[int]:
        """The token and everything coordinated below it, in text order."""
        found, queue = [], [token]
        while queue:
            node = queue.pop()
            found.append(node)
            queue.extend(self.having(node, "conj"))
        return sorted(found)

    def span(self, first: int, last: int) -> Span:
        """The characters from one token through another (inclusive)."""
        return self.chars(self.start[first], self.end[last])

    def chars(self, start: int, end: int) -> Span:
        """A span of characters."""
        return Span(start, end, self.text[start:end])

    def tokens(self, start: int, end: int) -> range:
        """The tokens that touch the characters `[start, end)`."""
        return range(bisect_right(self.end, start), bisect_left(self.start, end))

    def sentence(self, token: int) -> range:
        """All tokens of the token's sentence."""
        return range(*self.sentences[self.sentence_of[token]])
