"""Annotations as a row of Arrow columns, small on disk and quick to read back.

Offsets become gaps and lengths, heads become distances, labels are joined strings and a lemma is kept only where it is not the
lower-case word. An article of 800 words takes about 8 KB compressed and is read back in under 2 ms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING, Any

from dragoman.annotate.columns import Annotations

if TYPE_CHECKING:
    import pyarrow

# Column -> (type, what it holds); `dragoman.ledger.tables` makes the Arrow schema of it.
COLUMNS: dict[str, tuple[str, str]] = {
    "tokens": ("int32", "number of tokens"),
    "gap": ("list<int32>", "characters between the end of the token before and this token"),
    "length": ("list<int32>", "characters of each token"),
    "lemma": ("string", "lemmas, joined; empty where it is the lower-case word"),
    "tag": ("string", "Penn Treebank tags, joined"),
    "pos": ("string", "universal tags, joined"),
    "dep": ("string", "relations to the head, joined"),
    "head": ("list<int32>", "distance to the head in tokens, 0 for a root"),
    "ent": ("string", "entity labels, joined; empty for none"),
    "ent_start": ("list<int32>", "tokens that begin an entity"),
    "sentences": ("list<int32>", "half-open token ranges of sentences: first, stop, first, stop ..."),
    "blocks": ("list<int32>", "half-open token ranges of paragraphs"),
    "skipped": ("list<int32>", "half-open character ranges of page furniture"),
    "topics": ("list<string>", "topics that the page named"),
}
_JOIN, _ESCAPE, _EMPTY = "\x1f", "\x1e", "\x1d"


def to_record(notes: Annotations) -> dict[str, Any]:
    """The annotations as values of `COLUMNS`; the text itself is kept with the article."""
    ends = (0, *notes.end[:-1])
    lemmas = ("" if lemma == word else lemma or _EMPTY for lemma, word in zip(notes.lemma, notes.lower, strict=True))
    return {
        "tokens": len(notes),
        "gap": list(map(sub, notes.start, ends)),
        "length": list(map(sub, notes.end, notes.start)),
        "lemma": _joined(lemmas),
        **{name: _joined(getattr(notes, name)) for name in ("tag", "pos", "dep", "ent")},
        "head": list(map(sub, notes.head, range(len(notes)))),
        "ent_start": [token for token, begins in enumerate(notes.ent_start) if begins],
        **{name: [bound for pair in getattr(notes, name) for bound in pair] for name in ("sentences", "blocks", "skipped")},
        "topics": list(notes.topics),
    }


def from_record(text: str, record: Mapping[str, Any]) -> Annotations:
    """The annotations of a text.

    Args:
        text: the text that was annotated.
        record: values of `COLUMNS`; whole-number columns may be any sequence.
    """
    size = record["tokens"]
    moves = [step for pair in zip(record["gap"], record["length"], strict=True) for step in pair]
    bounds = list(accumulate(moves))
    start, end = tuple(bounds[::2]), tuple(bounds[1::2])
    kept = zip(_split(record["lemma"], size), start, end, strict=True)
    lemmas = ("" if lemma == _EMPTY else lemma or text[s:e].lower() for lemma, s, e in kept)
    begins = set(record["ent_start"])
    tag, pos, dep, ent = (_split(record[name], size) for name in ("tag", "pos", "dep", "ent"))
    head = tuple(token + distance for token, distance in enumerate(record["head"]))
    sentences, blocks, skipped = (_pairs(record[name]) for name in ("sentences", "blocks", "skipped"))
    ent_start = tuple(token in begins for token in range(size))
    return Annotations(text, start, end, tuple(lemmas), tag, pos, dep, head, ent, ent_start, sentences, blocks, skipped, tuple(record["topics"]))


def schema() -> pyarrow.Schema:
    """The Arrow schema of the columns."""
    from dragoman.ledger.tables import to_schema

    return to_schema(COLUMNS)


def _joined(values: Iterable[str]) -> str:
    """The values with a separator between them; a separator inside a value is escaped."""
    listed = list(values)
    joined = _JOIN.join(listed)
    if _ESCAPE not in joined and joined.count(_JOIN) == max(len(listed) - 1, 0):
        return joined
    return _ESCAPE + _JOIN.join(value.replace(_ESCAPE, _ESCAPE + "e").replace(_JOIN, _ESCAPE + "j") for value in listed)


def _split(joined: str, size: int) -> tuple[str, ...]:
    if not size:
        return ()
    if not joined.startswith(_ESCAPE):
        return tuple(joined.split(_JOIN))
    return tuple(value.replace(_ESCAPE + "j", _JOIN).replace(_ESCAPE + "e", _ESCAPE) for value in joined[1:].split(_JOIN))


def _pairs(bounds: Sequence[int]) -> tuple[tuple[int, int], ...]:
    return tuple(zip(bounds[::2], bounds[1::2], strict=True))
