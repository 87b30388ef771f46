"""What articles that agree teach about offices: thresholds, copies, successors, former holders, contradictions, decisions."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from dragoman.extract.entry import Entry
from dragoman.extract.offices import OUTSIDE, Tenures, load_offices
from dragoman.link.roster import Seen, candidate_id, candidates, learnt

BOOK = load_offices()
OLD = Entry("Olga Old", "Olga Old", "person", "NOR", "GOV", "foreign minister", "2020-01-01", None, "own", "actors.offices:2", "2025-09-30")
TABLES = Tenures([OLD], BOOK)


def says(name: str, *days: str, outlets: str = "ABC", status: str = "current", how: str = "description", copies: bool = False) -> list[Seen]:
    """One observation a day, by one outlet after the other; copies carry the words of the first."""
    made = [f"{name}-{status}-{day}" for day in days]
    return [Seen(article, made[0] if copies else article, outlets[n % len(outlets)], day, name, "foreign minister", "NOR", "GOV", status, how)
            for n, (article, day) in enumerate(zip(made, days, strict=True))]


NEW = ("2026-01-10", "2026-01-20", "2026-02-01")
LATER = ("2026-04-10", "2026-04-20", "2026-05-01")


def one(seen: list[Seen], decisions: dict[str, str] | None = None, name: str = "Nina New"):
    (found,) = [candidate for candidate in candidates(seen, TABLES, decisions or {}) if candidate.name == name]
    return found


@pytest.mark.parametrize(("seen", "status"), [
    (says("Nina New", *NEW), "promoted"),
    (says("Nina New", *NEW, outlets="AB"), "promoted"),
    (says("Nina New", *NEW, outlets="A"), "observed"),                      # one outlet
    (says("Nina New", *NEW[:2]), "observed"),                               # two articles
    (says("Nina New", *NEW, copies=True), "observed"),                      # one text in three papers
    (says("Nina New", *NEW, how="inferred"), "observed"),                   # the country was a guess
    (says("Nina New", *NEW, how="learnt"), "observed"),                     # what was learnt proves itself
    (says("Nina New", "2025-03-01", "2025-03-02", "2025-03-03"), "conflict"),  # the tables name another for these days
    (says("Olga Old", "2025-03-01"), "listed"),
    (says("Nina New", *NEW, status="acting"), "promoted"),
])
def test_when_a_person_becomes_a_dated_entry(seen, status):
    assert one(seen, name=seen[0].name).status == status


@pytest.mark.parametrize("status", ["elect", "candidate", "former"])
def test_who_does_not_hold_the_office_is_no_holder(status):
    assert candidates(says("Nina New", *NEW, status=status), TABLES, {}) == ()


def test_an_entry_begins_with_the_first_report_and_holds_for_some_days_after_the_last():
    (row,) = learnt(candidates(seen := says("Nina New", *NEW), TABLES, {}), seen, TABLES).rows
    assert (row.since, row.until, row.seen) == ("2026-01-10", None, "2026-05-02")
    assert row.rule == f"actors.learnt:{candidate_id('NOR', 'foreign minister', 'Nina New')}"
    assert row.known("2026-05-02")
    assert not row.known("2026-05-03")


def test_the_predecessor_in_the_tables_is_out_of_office_then():
    (end,) = learnt(candidates(seen := says("Nina New", *NEW), TABLES, {}), seen, TABLES).ends
    assert (end.name, end.until) == ("Olga Old", "2026-01-10")


def test_who_is_still_in_office_goes_on_from_the_tables():
    (row,) = learnt(candidates(seen := says("Olga Old", *NEW), TABLES, {}), seen, TABLES).rows
    assert (row.name, row.since, row.seen) == ("Olga Old", "2020-01-01", "2026-05-02")


def test_a_successor_ends_an_entry():
    seen = says("Nina New", *NEW) + says("Lars Later", *LATER)
    assert one(seen).until == "2026-04-10"
    assert one(seen, name="Lars Later").status == "promoted"


def test_a_late_report_of_the_predecessor_does_not_matter_but_many_do():
    stale = says("Nina New", "2026-04-25", outlets="D")
    many = says("Nina New", "2026-04-25", "2026-05-05", "2026-05-10", outlets="DE")
    base = says("Nina New", *NEW) + says("Lars Later", *LATER)
    assert one(base + stale, name="Lars Later").status == "promoted"
    assert one(base + many, name="Lars Later").status == "conflict"
    assert one(base + many).until is None


@pytest.mark.parametrize(("outlets", "until"), [("AB", "2026-03-05"), ("A", None)])
def test_former_ends_an_entry_if_enough_say_so(outlets, until):
    seen = says("Nina New", *NEW) + says("Nina New", "2026-03-05", "2026-03-06", outlets=outlets, status="former")
    assert one(seen).until == until


def test_former_closes_a_row_of_the_tables_after_its_last_day():
    seen = says("Olga Old", "2026-02-05", "2026-02-06", status="former")
    (end,) = learnt((), seen, TABLES).ends
    assert (end.name, end.until) == ("Olga Old", "2026-02-05")
    assert learnt((), says("Olga Old", "2025-02-05", "2025-02-06", status="former"), TABLES).ends == ()  # the tables know better


def test_a_decision_goes_before_the_thresholds():
    key = candidate_id("NOR", "foreign minister", "Nina New")
    assert one(says("Nina New", NEW[0]), {key: "accept"}).status == "accepted"
    assert one(says("Nina New", *NEW), {key: "reject"}).status == "rejected"
    assert learnt(candidates(seen := says("Nina New", *NEW), TABLES, {key: "reject"}), seen, TABLES).rows == ()


def test_an_accepted_person_takes_the_place_of_a_row_that_contradicts():
    key = candidate_id("NOR", "foreign minister", "Nina New")
    seen = says("Nina New", "2025-03-01")
    extra = learnt(candidates(seen, TABLES, {key: "accept"}), seen, TABLES)
    assert [(end.name, end.until) for end in extra.ends] == [("Olga Old", "2025-03-01")]
    assert [row.name for row in extra.rows] == ["Nina New"]


def test_the_order_of_articles_does_not_matter():
    seen = says("Nina New", *NEW) + says("Lars Later", *LATER) + says("Olga Old", "2026-02-05", "2026-02-06", status="former")
    shuffled = random.Random(7).sample(seen, len(seen))  # noqa: S311 (no secret)
    assert candidates(shuffled, TABLES, {}) == candidates(seen, TABLES, {})
    assert learnt(candidates(shuffled, TABLES, {}), shuffled, TABLES) == learnt(candidates(seen, TABLES, {}), seen, TABLES)


def test_spellings_of_one_name_are_one_person():
    seen = says("Ida Bjørn-Åsen", *NEW[:2]) + [replace(row, name="Ida Bjørn Asen") for row in says("x", NEW[2], outlets="D")]
    assert [candidate.status for candidate in candidates(seen, TABLES, {})] == ["promoted"]


def test_nothing_learnt_leaves_the_tables_as_they_are():
    assert TABLES.on("NOR", "foreign minister", "2026-02-01").how == OUTSIDE
    assert learnt((), (), TABLES).fingerprint == ""
