"""The named cue is the reason: without it the row is not coded so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dragoman.annotate.english import annotate
from dragoman.code.events import code, load_coder
from dragoman.codebook import boilerplate
from dragoman.extract import actors, places, roster
from dragoman.records import Article, Event

ROWS = 200
DAY = "2025-06-01"


def read(texts: list[str]) -> Iterator[tuple[Event, ...]]:
    """The events of each text."""
    coder, people, gazetteer = load_coder(), roster.load(), places.load_gazetteer()
    for article, notes in annotate((Article(str(number), text, DAY) for number, text in enumerate(texts)), boilerplate()):
        yield code(article, notes, actors.read(article, notes, people), places.read(article, notes, gazetteer), coder)


@cache
def rows() -> list[tuple[str, Event]]:
    """The first row of the first example of every n-th rule, 200 in all."""
    frames = [frame for frame in load_coder().book.frames if frame.examples]
    step = max(1, len(frames) // (ROWS + 20))
    texts = [frame.examples[0].text for frame in frames[::step]]
    return [(text, found[0]) for text, found in zip(texts, read(texts), strict=True) if found][:ROWS]


def test_deleting_the_named_cue_changes_the_code_of_nearly_every_row() -> None:
    without = [text[: event.trigger.start] + text[event.trigger.end :] for text, event in rows()]
    kept = [event for (_, event), found in zip(rows(), read(without), strict=True) if any(other.why[0].rule == event.why[0].rule for other in found)]
    assert len(rows()) == ROWS
    assert len(kept) <= 0.05 * ROWS, [event.why[0].rule for event in kept]


def test_every_row_names_a_rule_and_its_characters_for_type_and_sides() -> None:
    for text, event in rows():
        reasons = {why.field: why for why in event.why}
        assert reasons["type"].rule.startswith("plover.")
        assert text[reasons["type"].start : reasons["type"].end] == event.trigger.surface
        assert all(reasons[side].start is not None for side in ("actors", "recipients") if getattr(event, side))
