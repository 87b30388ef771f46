"""What a learner sees of a predicate: its words, the words that hang on it and stand around it; never a name.

Names are replaced by the kind of thing they name, so nothing about single states or persons is learnt.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

from dragoman.annotate.columns import Annotations

BEFORE, AFTER = 4, 6
_LINKED = ("prep", "agent", "dative", "prt")
_SILENT = frozenset({"PUNCT", "SPACE", "DET", "X", "SYM"})


def word(notes: Annotations, token: int) -> str:
    """The lemma; of a name the kind of thing it names, of a number the sign for numbers."""
    if notes.pos[token] == "PROPN" or notes.ent[token] in ("GPE", "ORG", "PERSON", "NORP"):
        return f"<{notes.ent[token] or 'NAME'}>"
    return "<0>" if notes.pos[token] == "NUM" else notes.lemma[token]


def features(notes: Annotations, head: int) -> list[str]:
    """Everything a learner may weigh of the predicate at a token, in no order that matters."""
    return sorted({*_predicate(notes, head), *_below(notes, head), *_above(notes, head), *_around(notes, head)})


def hashed(names: list[str], size: int) -> list[int]:
    """Bucket of each feature; the same in every process."""
    return sorted({crc32(name.encode()) % size for name in names})


def _predicate(notes: Annotations, head: int) -> Iterator[str]:
    own = word(notes, head)
    yield "h=" + own
    yield f"h={own}/{notes.pos[head]}"
    yield f"t={notes.tag[head]}"
    yield f"d={notes.dep[head]}"


def _below(notes: Annotations, head: int) -> Iterator[str]:
    """Words that hang on the predicate, and what hangs on those."""
    own = word(notes, head)
    for child in notes.children[head]:
        if notes.pos[child] in _SILENT:
            continue
        dep, name = notes.dep[child], word(notes, child)
        yield f"c:{dep}={name}"
        yield f"hc:{own}|{dep}={name}"
        for inner in notes.children[child]:
            if notes.pos[inner] not in _SILENT:
                label = f"{notes.lower[child]}" if dep in _LINKED else dep
                yield f"p:{label}>{word(notes, inner)}"
                yield f"hp:{own}|{label}>{word(notes, inner)}"


def _above(notes: Annotations, head: int) -> Iterator[str]:
    above = notes.head[head]
    if above != head:
        yield f"u:{notes.dep[head]}^{word(notes, above)}"
        yield f"hu:{word(notes, head)}^{word(notes, above)}"


def _around(notes: Annotations, head: int) -> Iterator[str]:
    """Words and pairs of words near by, and all words of the sentence."""
    sentence = notes.sentence(head)
    tokens = [token for token in sentence if notes.pos[token] not in ("PUNCT", "SPACE")]
    yield from ("s:" + word(notes, token) for token in tokens if notes.pos[token] in ("NOUN", "VERB", "ADJ", "ADV", "PROPN"))
    near = [word(notes, token) for token in tokens if head - BEFORE <= token <= head + AFTER]
    yield from (f"n:{first}_{second}" for first, second in pairwise(near))
