"""Whether forecasts came true: recorded after the event, never overwritten, and still there after a re-coding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from ledger_factory import RECODER, article, entry

from dragoman import Ledger
from dragoman.errors import SettingError, UnknownRow
from dragoman.ledger.entries import Entry
from dragoman.records import Forecast

EXPECTED = Forecast("ALV", "June 1", "probably", 0.55, 0.8, due="2031-06-01")


def foretold(coder: str = RECODER, **changes: object) -> Entry:
    """The factory's article with its claim made a forecast."""
    given = entry(article(), coder)
    claim = replace(given.reading.claims[0], kind="forecast", forecast=EXPECTED, **changes)  # type: ignore[arg-type]
    return replace(given, reading=replace(given.reading, claims=(claim,)))


@pytest.fixture
def expecting(ledger: Ledger) -> Ledger:
    """A ledger with one forecast."""
    ledger.append([foretold()], "run-1")
    return ledger


def test_a_forecast_is_open_until_somebody_resolves_it(expecting: Ledger) -> None:
    (claim,) = expecting.claims(kind="forecast")
    assert (claim.resolution, claim.resolved_by, claim.valid_to) == ("open", None, date(2031, 6, 1))
    assert expecting.claims(resolution="open") == [claim]
    assert expecting.claims(resolution="true,false,partly") == []


def test_the_latest_resolution_counts_and_the_earlier_ones_stay(expecting: Ledger) -> None:
    (claim,) = expecting.claims(kind="forecast")
    assert expecting.resolve(claim.id[:8], "partly", "half of it").resolution == "partly"
    moment = expecting.history("resolutions")["recorded_at"].to_pylist()[0]
    row = expecting.resolve(claim.id, "true", "https://example.org/a")
    assert (row.resolution, row.resolved_by) == ("true", "https://example.org/a")
    assert [found.resolution for found in expecting.claims(resolution="true")] == ["true"]
    assert [found.resolution for found in expecting.claims(kind="forecast", when=moment)] == ["partly"]
    assert expecting.history("resolutions").num_rows == 2
    assert expecting.resolve(claim.id, "open", "the report was withdrawn").resolution == "open"


def test_a_recoding_that_moves_the_ends_of_the_content_keeps_the_resolution(expecting: Ledger) -> None:
    (claim,) = expecting.claims(kind="forecast")
    expecting.resolve(claim.id, "false", "it stayed open")
    piece = foretold().reading.claims[0].content[0]
    shorter = replace(piece, end=piece.end - 3, surface=piece.surface[:-3])
    expecting.append([foretold("dragoman/0.2.0+cccccccccccc", content=(shorter,))], "run-2")
    (after,) = expecting.claims(kind="forecast")
    assert after.id != claim.id
    assert (after.resolution, after.resolved_by) == ("false", "it stayed open")


def test_only_forecasts_have_a_resolution(read: Ledger) -> None:
    (threat,) = read.claims()
    assert (threat.resolution, threat.resolved_by) == (None, None)
    with pytest.raises(SettingError, match="only forecasts"):
        read.resolve(threat.id, "true", "a note")


@pytest.mark.parametrize(("verdict", "by", "hint"), [("maybe", "a note", "`maybe` is none of true"), ("true", " ", "empty")])
def test_a_resolution_needs_a_verdict_and_what_shows_it(verdict: str, by: str, hint: str, expecting: Ledger) -> None:
    (claim,) = expecting.claims()
    with pytest.raises(SettingError, match=hint):
        expecting.resolve(claim.id, verdict, by)
    assert expecting.history("resolutions").num_rows == 0


@pytest.mark.parametrize("claim", ["", "zzzz"])
def test_a_claim_that_is_not_there(claim: str, expecting: Ledger) -> None:
    with pytest.raises(UnknownRow):
        expecting.resolve(claim, "true", "a note")
