"""Confidence: what moves it, in which order rows of a sentence stand, how its weights are fitted and loaded."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.annotate.columns import Annotations
from dragoman.code.confidence import Confidence, load_confidence, log_odds, settle, signals
from dragoman.code.events import load_coder, trace
from dragoman.codebook import BUILT_IN
from dragoman.errors import CodebookError
from dragoman.extract import actors, places, roster
from dragoman.learn import calibrate
from dragoman.learn.calibrate import Point
from dragoman.records import Article, Event
from factory import copied_codebooks

Parse = Callable[[str], Annotations]
TEXTS = (
    "Sudan accused Chad of arming rebels and threatened to close the border. The two presidents met on Monday.",
    "Kenya's army attacked two villages in Somalia, the foreign ministry of Ethiopia said, and urged Kenya to stop.",
)


def traced(text: str, parse: Parse, settled: bool) -> tuple[Annotations, list[tuple[Event, tuple[str, ...]]]]:
    article, notes = Article("x", text, "2025-06-01"), parse(text)
    mentions, toponyms = actors.read(article, notes, roster.load(BUILT_IN)), places.read(article, notes, places.load_gazetteer(BUILT_IN))
    return notes, trace(article, notes, mentions, toponyms, load_coder(BUILT_IN, settled))


@pytest.mark.parametrize("text", TEXTS)
def test_every_row_says_what_its_confidence_comes_from(text: str, parse: Parse) -> None:
    _, events = traced(text, parse, settled=True)
    assert events
    for event, _ in events:
        rules = [why.rule for why in event.why if why.field == "confidence"]
        assert rules[0].startswith("second-opinion.")
        assert all(rule.startswith("confidence.") for rule in rules[1:])
        assert event.why[0].field == "type"
        assert 0 < event.confidence < 1


@pytest.mark.parametrize("text", TEXTS)
def test_settling_keeps_the_rows_and_their_order_within_a_sentence(text: str, parse: Parse) -> None:
    notes, before = traced(text, parse, settled=False)
    _, after = traced(text, parse, settled=True)
    assert [event.id for event, _ in before] == [event.id for event, _ in after]
    prominence = {event.id: event.confidence for event, _ in before}
    for one, _ in after:
        for other, _ in after:
            if notes.sentence_of[one.head] == notes.sentence_of[other.head] and prominence[one.id] > prominence[other.id]:
                assert one.confidence > other.confidence


def test_a_weight_moves_rows_that_have_its_signal_and_is_named_where_it_is_told(parse: Parse) -> None:
    notes, events = traced(TEXTS[0], parse, settled=False)
    plain = replace(load_confidence(), weights={}, told=0.1)
    raised = replace(plain, weights={"type.ACCUSE": 2.0, "side.name": 0.05})
    low, high = ({event.type: event for event, _ in settle(notes, events, book)} for book in (plain, raised))
    assert high["ACCUSE"].confidence > low["ACCUSE"].confidence
    assert high["CONSULT"].confidence == low["CONSULT"].confidence
    assert [why.rule for why in high["ACCUSE"].why if why.rule.startswith("confidence.")] == ["confidence.type.ACCUSE"]


def test_signals_tell_type_sides_and_further_rules(parse: Parse) -> None:
    _, events = traced("Sudan accused Chad of arming rebels.", parse, settled=False)
    event = events[0][0]
    assert signals(event, ()) == ("type.ACCUSE", "side.name", "office")
    assert signals(event, ("plover.ACCUSE.other",))[-1] == "further-rule"
    assert signals(replace(event, actors=(), recipients=()), ()) == ("type.ACCUSE",)


@pytest.mark.parametrize(("share", "odds"), [(0.5, 0.0), (0.9, math.log(9)), (1.0, math.log(9999)), (0.0, -math.log(9999))])
def test_log_odds_are_bounded(share: float, odds: float) -> None:
    assert log_odds(share) == pytest.approx(odds)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("opinion:", "opinoin:", "there must be base"),
        ("base: ", "base: much # ", "`base` must be a number"),
        ("fitted_with: ", "fitted_with: 0", "fitted with another second opinion"),
    ],
)
def test_a_wrong_table_is_refused(old: str, new: str, says: str, tmp_path: Path) -> None:
    books = copied_codebooks(tmp_path / "books")
    path = books / "confidence.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(f"\n{old}", f"\n{new}", 1), encoding="utf-8")
    with pytest.raises(CodebookError, match=says):
        load_confidence(books)


def points() -> list[Point]:
    """Rows that are righter the more the second opinion favours them, and wrong where `bad` holds."""
    return [Point(f"a{n % 12}", (n % 7) - 3.0, ("bad",) if n % 5 == 0 else (), (n % 7) > 2 and n % 5 != 0) for n in range(240)]


def test_the_fit_follows_what_was_right_and_foretells_held_out_articles() -> None:
    fitted = calibrate.fit(points())
    assert fitted.opinion > 0 > fitted.weights["bad"]
    assert calibrate.cross_validated(points()).auc > 0.9


def test_a_fitted_table_loads_and_says_how_good_it_is(tmp_path: Path) -> None:
    books = copied_codebooks(tmp_path / "books")
    fitted = calibrate.write(points(), books)
    loaded: Confidence = load_confidence(books)
    assert loaded.base == pytest.approx(fitted.base, abs=1e-3)
    assert loaded.weights["bad"] == pytest.approx(fitted.weights["bad"], abs=1e-3)
    assert "240 rows of 12 reports" in (books / "confidence.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("said", "auc", "brier", "ece"),
    [
        ([(0.1, False), (0.9, True)] * 10, 1.0, 0.01, 0.1),
        ([(0.9, False), (0.1, True)] * 10, 0.0, 0.81, 0.9),
        ([(0.5, False), (0.5, True)] * 10, 0.5, 0.25, 0.0),
    ],
)
def test_quality_of_probabilities(said: list[tuple[float, bool]], auc: float, brier: float, ece: float) -> None:
    found = calibrate.quality(said)
    assert (found.auc, found.brier, found.ece) == pytest.approx((auc, brier, ece), abs=1e-6)


def test_judged_rows_stand_once_each_and_name_what_they_judge() -> None:
    verdicts = [verdict for rows in calibrate.judged().values() for verdict in rows.values()]
    assert len(verdicts) == sum(1 for _ in calibrate.JUDGED.open(encoding="utf-8")) - 1
    assert {True, False} == set(verdicts)
