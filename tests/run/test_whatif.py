"""What would change a row: the same article without one of its cues."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman import pipeline
from dragoman.records import Article
from dragoman.run.whatif import Change, changes

if TYPE_CHECKING:
    from tests.conftest import Parse


def of(parse: Parse, text: str) -> dict[str, Change]:
    """The changes of the first event, by cue."""
    article, notes = Article("test", text), parse(text)
    trigger = pipeline.run(article, notes, "").reading(notes, "").events[0].trigger
    return {change.cue.surface: change for change in changes(article, notes, trigger.start, trigger.end)}


@pytest.mark.parametrize(
    ("text", "cue", "becomes"),
    [
        ("Turkey lifted its blockade of Armenia on Tuesday.", "lifted", ("event", "RETREAT", None)),
        ("Turkey lifted its blockade of Armenia on Tuesday.", "blockade", ("event", "RETREAT", None)),
        ("Turkey lifted its blockade of Armenia on Tuesday.", "Armenia", ("recipients", "ARM", None)),
        ("Iran denied that it had attacked the Iraqi embassy.", "denied", ("factuality", "negated", "actual")),
    ],
)
def test_a_cue_that_carries_the_code_is_found(parse: Parse, text: str, cue: str, becomes: tuple[str, str, str | None]) -> None:
    assert becomes in of(parse, text)[cue].becomes


def test_a_change_names_the_rule_that_sets_the_type_then(parse: Parse) -> None:
    change = of(parse, "Iran denied that it had attacked the Iraqi embassy.")["denied"]
    assert change.rule is not None
    assert change.rule.startswith("plover.ASSAULT.")


def test_offsets_are_those_of_the_article(parse: Parse) -> None:
    text = "On Monday Turkey lifted its blockade of Armenia."
    for cue, change in of(parse, text).items():
        assert text[change.cue.start : change.cue.end] == cue


def test_no_event_no_change(parse: Parse) -> None:
    text = "The striker signed for the club on Monday."
    assert changes(Article("test", text), parse(text), 4, 11) == ()
