"""Marks on a text: nested, crossing, beyond the range."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.export.marks import LAYERS, Mark, segments

TEXT = "The envoy of Ruritania left."


def layers_at(marks: list[Mark], start: int = 0, end: int = len(TEXT)) -> list[tuple[str, tuple[str, ...]]]:
    return [(part.text, tuple(layer.name for layer in part.layers)) for part in segments(TEXT, start, end, marks)]


def test_crossing_marks_are_cut_where_they_cross() -> None:
    assert layers_at([Mark(4, 22, "content"), Mark(13, 27, "place")]) == [
        ("The ", ()), ("envoy of ", ("content",)), ("Ruritania", ("content", "place")), (" left", ("place",)), (".", ()),
    ]  # fmt: skip


def test_longer_marks_are_outside() -> None:
    assert layers_at([Mark(13, 22, "trigger"), Mark(4, 22, "actor")])[2] == ("Ruritania", ("actor", "trigger"))


def test_a_layer_stands_once_and_joins_its_titles() -> None:
    (part,) = segments(TEXT, 13, 22, [Mark(13, 22, "actor", "actor of 1"), Mark(13, 22, "actor", "actor of 2"), Mark(4, 22, "actor", "actor of 1")])
    assert [(layer.name, layer.title) for layer in part.layers] == [("actor", "actor of 1; actor of 2")]


def test_a_number_stands_where_its_mark_ends() -> None:
    parts = segments(TEXT, 0, len(TEXT), [Mark(13, 22, "trigger", row="e1", label="1"), Mark(4, 22, "cue", row="c1", label="a")])
    assert [[mark.label for mark in part.numbered] for part in parts] == [[], [], ["1", "a"], []]


def test_marks_beyond_the_range_are_clipped_and_empty_ones_left_out() -> None:
    assert layers_at([Mark(0, 99, "content"), Mark(6, 6, "time")], 4, 9) == [("envoy", ("content",))]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(LAYERS))))
def test_the_segments_are_the_text(found: list[tuple[int, int, str]]) -> None:
    marks = [Mark(start, end, layer, label="x") for start, end, layer in found]
    parts = segments(TEXT, 2, 25, marks)
    assert "".join(part.text for part in parts) == TEXT[2:25]
    assert all(part.text for part in parts)
    inside = [mark for mark in marks if mark.start < mark.end and 2 < mark.end <= 25 and mark.start < 25]
    assert sum(len(part.numbered) for part in parts) == len(inside)
