"""Marks on a text: spans of several layers, nested and crossing, as a row of segments that nest well.

The text is cut wherever a mark begins or ends. A segment then lies wholly inside each of its marks, so that markup around it can never
cross other markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

# From the outside in, for marks of the same length.
LAYERS = ("content", "place", "time", "figure", "due", "source", "cue", "actor", "recipient", "trigger")


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `[start, end)` that a layer marks. `row` is the anchor of the row that they belong to, `label` its number in the text."""

    start: int
    end: int
    layer: str
    title: str = ""
    row: str = ""
    label: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """What one layer says about a segment."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that lie in the same marks: their layers from the outside in, and the marks that end here and have a number."""

    text: str
    layers: tuple[Layer, ...]
    numbered: tuple[Mark, ...]


def segments(text: str, start: int, end: int, marks: Iterable[Mark]) -> tuple[Segment, ...]:
    """The characters `[start, end)` of a text, cut at the ends of the marks.

    Args:
        text: the whole text.
        start: first character.
        end: character after the last.
        marks: may nest, cross and reach beyond the range; those of no characters are left out.
    """
    inside = [mark for mark in marks if mark.start < mark.end and mark.start < end and mark.end > start]
    cuts = sorted({start, end, *(cut for mark in inside for cut in (mark.start, mark.end) if start < cut < end)})
    return tuple(_segment(text, left, right, inside) for left, right in pairwise(cuts))


def _segment(text: str, left: int, right: int, marks: Sequence[Mark]) -> Segment:
    covering = [mark for mark in marks if mark.start <= left and mark.end >= right]
    ending = sorted((mark for mark in marks if mark.label and mark.end == right), key=lambda mark: (LAYERS.index(mark.layer), mark.start), reverse=True)
    return Segment(text[left:right], _layers(covering), tuple(ending))


def _layers(covering: Sequence[Mark]) -> tuple[Layer, ...]:
    """Each layer once, longer marks outside; what several marks of a layer have to say is joined."""
    ordered = sorted(covering, key=lambda mark: (mark.start - mark.end, LAYERS.index(mark.layer)))
    titles: dict[str, list[str]] = {}
    for mark in ordered:
        titles.setdefault(mark.layer, []).append(mark.title)
    return tuple(Layer(name, "; ".join(dict.fromkeys(filter(None, said)))) for name, said in titles.items())
