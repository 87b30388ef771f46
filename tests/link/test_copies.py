"""Copies: what is found, which way it goes, what stays in the ledger."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wire import AGENCY, ALL, BRIEF, CUT, ELSEWHERE, FRAMED, LAKE, OWN, PAPER, REPORTER, WIRE, Read, report

from dragoman import Ledger
from dragoman.link.copies import COMMON, Copy, CopyIndex, Facts, directed, reduced, shingles
from dragoman.link.linking import link

PAIRS = [
    ("framed", WIRE, FRAMED, True),
    ("cut", WIRE, CUT, True),
    ("cut of the framed", FRAMED, CUT, True),
    ("other words", WIRE, OWN, False),
    ("another thing", OWN, ELSEWHERE, False),
]


@pytest.mark.parametrize(("one", "other", "is_copy"), [case[1:] for case in PAIRS], ids=[case[0] for case in PAIRS])
def test_a_text_is_found_in_another_whichever_comes_first(one: str, other: str, is_copy: bool) -> None:
    for first, second in ((one, other), (other, one)):
        index = CopyIndex()
        assert index.add("first", first) == ()
        assert bool(index.add("second", second)) == is_copy


def test_the_shares_say_which_text_holds_the_other() -> None:
    index = CopyIndex()
    index.add("whole", WIRE)
    (found,) = index.add("cut", CUT)
    assert (found.text_in_other, found.other) == (1.0, "whole")
    assert found.other_in_text < 0.8


def test_a_report_that_hundreds_print_is_still_found() -> None:
    index = CopyIndex()
    for number in range(COMMON + 50):
        found = index.add(f"paper {number}", f"{WIRE} Edition {number} of the day.")
        assert bool(found) == (number > 0)


def test_a_phrase_of_the_trade_makes_no_copy() -> None:
    index, chance = CopyIndex(), random.Random(1)  # noqa: S311 (no secret)
    notice = "Sign up for our newsletter and never miss a story from the newsroom again. " * 2
    words = [f"word{number}" for number in range(4000)]
    for number in range(COMMON + 20):
        assert index.add(str(number), f"{' '.join(chance.sample(words, 120))} {notice}") == ()


RANKS = [
    ("a later day", Facts("a", "2025-05-06"), Facts("b", "2025-05-07"), ("b", "a", "date")),
    ("an agency credited", Facts("a", "2025-05-06", "Post", "Reuters"), Facts("b", "2025-05-06", "Reuters", "Reuters", True), ("a", "b", "credit")),
    ("an agency whose page is dated later", Facts("a", "2025-05-06", "Post", "Reuters"), Facts("b", "2025-05-07", "Reuters", "Reuters", True), ("a", "b", "credit")),
    ("an agency not credited", Facts("a", "2025-05-06", "Post"), Facts("b", "2025-05-06", "Reuters", "Reuters", True), ("a", "b", "agency")),
    ("nothing tells them apart", Facts("a", "2025-05-06"), Facts("b", "2025-05-06"), ("b", "a", None)),
    ("no day", Facts("a"), Facts("b", "2025-05-06"), ("a", "b", None)),
]


@pytest.mark.parametrize(("one", "other", "expected"), [case[1:] for case in RANKS], ids=[case[0] for case in RANKS])
def test_the_source_stands_before_the_copy(one: Facts, other: Facts, expected: tuple[str, str, str | None]) -> None:
    for first, second in ((one, other), (other, one)):
        index = CopyIndex()
        index.add(first.article, WIRE)
        (overlap,) = index.add(second.article, CUT)
        copy = directed(overlap, second, first)
        assert copy is not None
        assert (copy.article, copy.source, copy.how) == expected
        assert (copy.carried == 1.0) == (copy.source == second.article)  # the cut stands in the wire report whole


def test_versions_at_one_address_are_no_copies() -> None:
    index = CopyIndex()
    index.add("a", WIRE)
    (overlap,) = index.add("b", FRAMED)
    assert directed(overlap, Facts("b", "2025-05-07", address="post.example/1"), Facts("a", "2025-05-06", address="post.example/1")) is None


def copy(article: str, source: str) -> Copy:
    return Copy(article, source, 1.0, 1.0, 9, "date", None)


@settings(max_examples=60)
@given(st.integers(2, 7), st.randoms(use_true_random=False))
def test_a_group_is_reduced_to_its_source_in_any_order(size: int, chance: random.Random) -> None:
    pairs = [copy(str(later), str(earlier)) for later in range(size) for earlier in range(later)]
    chance.shuffle(pairs)
    assert sorted((found.article, found.source) for found in reduced(pairs)) == [(str(number), "0") for number in range(1, size)]


def test_an_article_may_carry_the_words_of_two_others() -> None:
    assert len(reduced([copy("digest", "one"), copy("digest", "other")])) == 2


# In the ledger


def pairs(ledger: Ledger) -> list[tuple[str, str, str | None, str | None]]:
    return sorted(ledger.sql("SELECT article, source, how, agency FROM copies").rows)


def test_the_ledger_keeps_copies_with_their_direction_and_the_agency(told: Ledger) -> None:
    assert pairs(told) == [("brief", "agency", "credit", "Reuters"), ("paper", "agency", "credit", "Reuters")]
    ((carried, contained),) = told.sql("SELECT carried, contained FROM copies WHERE article = 'brief'").rows
    assert contained == 1.0
    assert 0.3 < carried < 0.8
    ((start, end, rule),) = told.sql("SELECT agency_start, agency_end, agency_rule FROM traces WHERE id = 'brief'").rows
    assert (CUT[start:end], rule) == ("Reuters", "agencies.dateline")


def test_a_second_run_adds_nothing(told: Ledger, read: Read) -> None:
    before = {name: told.history(name).num_rows for name in ("traces", "copies", "stories", "batches")}
    assert link(told, "again", "coder") == 0
    assert {name: told.history(name).num_rows for name in before} == before


@pytest.mark.parametrize("order", list(permutations((AGENCY, PAPER, BRIEF)))[1:], ids=lambda order: " ".join(str(one["id"]) for one in order))
def test_the_order_of_reading_does_not_matter(order: tuple[dict[str, str | None], ...], read: Read) -> None:
    for one in order:
        ledger = read(one)
    assert pairs(ledger) == [("brief", "agency", "credit", "Reuters"), ("paper", "agency", "credit", "Reuters")]


def test_a_copy_that_is_rewritten_is_one_no_more(read: Read) -> None:
    read(AGENCY, PAPER, BRIEF, LAKE)
    ledger = read({**PAPER, "text": OWN})
    assert pairs(ledger) == [("brief", "agency", "credit", "Reuters")]
    assert ledger.sql("SELECT count(*) FROM copies_history WHERE withdrawn").rows == [(1,)]


def test_what_carried_a_text_that_changed_is_compared_anew(read: Read) -> None:
    read(AGENCY, PAPER, BRIEF)
    ledger = read({**AGENCY, "text": ELSEWHERE})
    assert [(article, source) for article, source, *_ in pairs(ledger)] == [("paper", "brief")]


def test_articles_months_apart_are_not_compared(read: Read) -> None:
    assert pairs(read(AGENCY, report("reprint", FRAMED, "The Harbour Post", "2026-05-06"))) == []


def test_an_article_without_a_day_is_compared_with_all(read: Read) -> None:
    assert [row[:3] for row in pairs(read(report("undated", FRAMED, "The Harbour Post", None), LAKE, AGENCY))] == [("undated", "agency", "credit")]


def test_sums_are_few_and_the_same_for_the_same_words() -> None:
    assert shingles(WIRE) == shingles(WIRE.upper().replace(",", " ;"))
    assert 10 < len(shingles(WIRE)) < len(WIRE.split()) / 2
    assert shingles("too short a text") == frozenset()


def test_a_row_of_facts_without_a_day_stands_last() -> None:
    assert Facts("a", "2025-05-06").rank < replace(Facts("b", "2025-05-06"), published=None).rank


def test_independent_reports_are_no_copies(told: Ledger) -> None:
    assert not {REPORTER["id"], LAKE["id"]} & {row[0] for row in pairs(told)}
    assert len(ALL) == 5
