"""Happenings: which events are one, and what is told of them."""

from __future__ import annotations

import json
import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wire import AGENCY, BRIEF, ELSEWHERE, OWN, PAPER, REPORTER, WIRE, Read, lines, report

from dragoman import Ledger
from dragoman.link.happenings import gathered, load_weighing
from dragoman.link.sources import Sources
from outcome import Dragoman


def opening(ledger: Ledger) -> Any:
    (found,) = [one for one in ledger.happenings(actor="GHA", recipient="TGO", since="2025-05-06", until="2025-05-06") if one.type == "COOPERATE"]
    return found


def test_reports_of_one_event_are_one_row_and_copies_are_no_sources(told: Ledger) -> None:
    found = opening(told)
    assert found.told_by == ("agency", "brief", "paper", "reporter")
    assert (found.articles, found.outlets, found.originals, found.independent_sources) == (4, 4, 2, 2)
    assert (found.first_day, found.last_day, found.factuality) == (date(2025, 5, 6), date(2025, 5, 6), "actual")
    assert found.factualities["actual"] >= 4
    assert set(found.events) <= {row.id for row in told.events(type="COOPERATE")}


def test_every_event_is_in_one_happening(told: Ledger) -> None:
    events = [key for one in told.happenings() for key in one.events]
    assert sorted(events) == sorted(row.id for row in told.events())


def test_a_happening_keeps_its_id_when_later_reports_come(read: Read) -> None:
    before = opening(read(AGENCY)).id
    after = opening(read(PAPER, REPORTER))
    assert (after.id, after.articles) == (before, 3)


@pytest.mark.parametrize("order", [(AGENCY, PAPER, BRIEF, REPORTER), (REPORTER, BRIEF, PAPER, AGENCY), (PAPER, REPORTER, AGENCY, BRIEF)], ids=("first", "last", "mixed"))
def test_the_order_of_reading_does_not_matter(order: tuple[dict[str, str | None], ...], read: Read, told: Ledger) -> None:
    for one in order:
        ledger = read(one)
    assert opening(ledger) == opening(told) or opening(ledger).told_by == opening(told).told_by


def test_two_outlets_that_credit_one_agency_are_one_source(read: Read) -> None:
    other = "LOMÉ, May 6 (Reuters) - Ghana reopened its border with Togo on Tuesday. Students cheered at the gate and sang until noon under a hot sun."
    ledger = read(AGENCY, report("second", other, "Meridian Wire"))
    assert (opening(ledger).articles, opening(ledger).independent_sources, opening(ledger).originals) == (2, 1, 2)


def test_an_outlet_that_reports_twice_is_one_source(read: Read) -> None:
    again = "Ghana reopened its border with Togo on Tuesday. Ministers will look at the toll next week, and hauliers ask who pays for what was lost."
    ledger = read(REPORTER, report("follow-up", again, REPORTER["outlet"], "2025-05-08"))
    assert (opening(ledger).articles, opening(ledger).independent_sources) == (2, 1)


def test_what_was_known_before_is_answered_as_it_was(read: Read) -> None:
    first = read(AGENCY)
    (moment,) = [when for (when,) in first.sql("SELECT max(recorded_at) FROM batches").rows]
    ledger = read(REPORTER)
    rows = "SELECT articles FROM happenings WHERE type = 'COOPERATE' AND list_contains(actor_countries, 'GHA') AND first_day = DATE '2025-05-06'"
    assert ledger.sql(rows).rows == [(2,)]
    assert ledger.sql(rows, moment).rows == [(1,)]


def test_the_command_gives_rows_in_every_format_and_filters_them(told: Ledger, dragoman: Dragoman) -> None:
    done = dragoman("happenings", "--ledger", told.path, "--actor", "gha", "--min-sources", "2", "--format", "jsonl")
    (row,) = [json.loads(line) for line in done.out.splitlines()]
    assert (done.status, row["independent_sources"], row["told_by"]) == (0, 2, ["agency", "brief", "paper", "reporter"])
    assert dragoman("happenings", "--ledger", told.path, "--actor", "PER", "--format", "csv").out.count("\n") >= 2
    assert "GHA" in dragoman("happenings", "--ledger", told.path, "--type", "COOPERATE", "--factuality", "actual", "--limit", "1").out
    assert dragoman("happenings", "--ledger", told.path, "--since", "2026", "--format", "jsonl").out == ""


@pytest.mark.parametrize("words", [("--since", "soon"), ("--type", "DANCE"), ("--factuality", "perhaps"), ("--format", "xml")])
def test_a_wrong_question_is_refused(words: tuple[str, ...], told: Ledger, dragoman: Dragoman) -> None:
    done = dragoman("happenings", "--ledger", told.path, *words)
    assert (done.status, done.codes) == (2, {"D200"})


def test_figures_that_differ_are_shown_with_their_spread(read: Read) -> None:
    first = "Chad shelled a camp in Sudan on Monday, and 12 people were killed."
    second = "Chad shelled a camp in Sudan on Monday, killing 15 people, according to doctors."
    ledger = read(report("one", first, "Meridian Wire"), report("two", second, "The Harbour Post"))
    found = [one for one in ledger.happenings(actor="TCD", type="ASSAULT") if one.articles == 2]
    assert [(spread.unit, spread.low, spread.high) for one in found for spread in one.figures if spread.unit == "person"] == [("person", 12.0, 15.0)]


# Which events are one: made by hand


def event(key: str, **fields: Any) -> dict[str, Any]:
    told = {"id": key, "article": f"of {key}", "published": date(2025, 5, 7), "outlet": None, "type": "SANCTION", "mode": None, "surface": "imposed", "actors": ["USA"],
            "recipients": ["IRN"], "persons": None, "valid_from": date(2025, 5, 6), "valid_to": date(2025, 5, 6), "factuality": "actual",
            "place_name": None, "place_country": None, "lat": None, "lon": None, "geonames_id": None, "precision": None, "voice": None, "confidence": 0.9,
            "sentence": None, "story": None, "quote": None}
    return {**told, **fields}


def town(name: str, country: str = "IRN", precision: str = "city") -> dict[str, Any]:
    return {"place_name": name, "place_country": country, "precision": precision}


def days(first: str | None, last: str | None = None) -> dict[str, Any]:
    return {"valid_from": date.fromisoformat(first) if first else None, "valid_to": date.fromisoformat(last or first) if last or first else None}


HOME = {"actors": ["KEN"], "recipients": ["KEN"], "type": "COERCE", "surface": "arrested"}
SAME = [
    ("the same sides and day", {}, {"surface": "announced"}),
    ("another factuality", {"factuality": "future"}, {"factuality": "negated"}),
    ("one more side", {}, {"actors": ["USA", "GBR"]}),
    ("a place and none", town("Tehran"), {}),
    ("a town and its country", town("Tehran"), town("Iran", precision="country")),
    ("a month that the day is in, one story", {"story": "s"}, {"story": "s", **days("2025-05-01", "2025-05-31")}),
    ("a week that the day is in, one trigger", {}, days("2025-05-05", "2025-05-11")),
    ("no day, one story, one trigger", {"story": "s"}, {"story": "s", **days(None)}),
    ("no recipient named, one trigger", {}, {"recipients": []}),
    ("at home, one story", {**HOME, "story": "s"}, {**HOME, "story": "s"}),
    ("at home, one town, one trigger", {**HOME, **town("Mombasa", "KEN")}, {**HOME, **town("Mombasa", "KEN")}),
    ("the same person", {"persons": [{"country": "USA", "name": "Ada Kesh"}]}, {"persons": [{"country": "USA", "name": "Kesh"}]}),
    ("both ways round, a talk", {"type": "CONSULT", "actors": ["USA"], "recipients": ["IRN"]}, {"type": "CONSULT", "actors": ["IRN"], "recipients": ["USA"]}),
]
OTHER = [
    ("another day", {}, days("2025-05-05")),
    ("another type", {}, {"type": "THREATEN"}),
    ("the other way round", {}, {"actors": ["IRN"], "recipients": ["USA"]}),
    ("another recipient", {}, {"recipients": ["SYR"]}),
    ("another town", town("Tehran"), town("Shiraz")),
    ("another country", town("Tehran"), town("Baghdad", "IRQ")),
    ("another person", {"persons": [{"country": "USA", "name": "Ada Kesh"}]}, {"persons": [{"country": "USA", "name": "Ben Omer"}]}),
    ("no day and no story", {}, {**days(None), "surface": "announced"}),
    ("published weeks later without a day", {"story": "s"}, {"story": "s", **days(None), "published": date(2025, 6, 7)}),
    ("at home, another story", HOME, HOME),
    ("no recipient named, another trigger", {}, {"recipients": [], "surface": "announced"}),
    ("a year that the day is in, no story", {}, {**days("2025-01-01", "2025-12-31"), "surface": "announced"}),
    ("no sides", {"actors": [], "recipients": []}, {"actors": [], "recipients": []}),
]
NOBODY = Sources({}, frozenset())


@pytest.mark.parametrize(("one", "other", "together"), [(*case[1:], True) for case in SAME] + [(*case[1:], False) for case in OTHER], ids=[case[0] for case in (*SAME, *OTHER)])
def test_events_are_one_or_two(one: dict[str, Any], other: dict[str, Any], together: bool) -> None:
    for first, second in ((one, other), (other, one)):
        assert len(gathered([event("1", **first), event("2", **second)], NOBODY, load_weighing())) == (1 if together else 2)


def test_a_report_without_a_town_does_not_bring_two_towns_together() -> None:
    rows = [event("1", **town("Tehran")), event("2"), event("3", **town("Shiraz"))]
    assert sorted(len(told.rows) for told in gathered(rows, NOBODY, load_weighing())) == [1, 2]


_EVENTS = st.lists(
    st.builds(
        lambda number, sides, day, place, story: event(str(number), actors=sides[0], recipients=sides[1], story=story, **days(day), **place), st.integers(0, 99),
        st.sampled_from(((["USA"], ["IRN"]), (["IRN"], ["USA"]), (["USA", "GBR"], ["IRN"]), (["USA"], []))), st.sampled_from(("2025-05-05", "2025-05-06", None)),
        st.sampled_from((town("Tehran"), town("Shiraz"), {})), st.sampled_from(("s", "t", None)),
    ),
    max_size=8, unique_by=lambda row: row["id"],
)  # fmt: skip


@settings(max_examples=100)
@given(_EVENTS, st.randoms(use_true_random=False))
def test_no_event_is_lost_and_nothing_that_contradicts_is_put_together(rows: list[dict[str, Any]], chance: random.Random) -> None:
    told = gathered(rows, NOBODY, load_weighing())
    assert sorted(row["id"] for one in told for row in one.rows) == sorted(row["id"] for row in rows)
    for one in told:
        assert len({row["place_name"] for row in one.rows} - {None}) <= 1
        assert len({row["valid_from"] for row in one.rows} - {None}) <= 1


def test_the_texts_are_what_the_tests_say() -> None:
    assert WIRE in str(PAPER["text"])
    assert not set(OWN.split(". ")) & set(WIRE.split(". "))
    assert lines(AGENCY).count("\n") == 1
    assert "Peru" in ELSEWHERE
