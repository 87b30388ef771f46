"""What is due across articles: one story of ten reports in which every transition is known, read in any order; and what joins reports."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import Ledger
from dragoman.errors import SettingError
from dragoman.ledger.answers import CommitmentRow
from dragoman.link.deadlines import replay
from dragoman.records import Article
from factory import jsonl
from outcome import Dragoman

STORY = tuple(
    Article(name, text, published, None, "Meridian Wire")
    for name, published, text in (
        ("set", "2025-03-01", "Ethiopia gave Eritrea until 15 March to withdraw its troops from the border."),
        ("moved", "2025-03-05", "Ethiopia extended the deadline for Eritrea to withdraw its troops from 15 March to 30 March."),
        ("promises", "2025-03-06", "Kenya promised to reopen its embassy in Juba by 1 May. Uganda pledged to send two field hospitals to Tanzania by 31 March."),
        ("demand", "2025-03-07", "Chad must free the detained engineers by 20 March, Sudan said."),
        ("deadline", "2025-03-08", "Zambia set a deadline of 25 March for Angola to hand over the smuggled weapons."),
        ("scheduled", "2025-03-10", "Rwanda will host border talks on 18 March."),
        ("cancelled", "2025-03-14", "Rwanda called off the border talks planned for 18 March."),
        ("met", "2025-03-21", "Chad met the 20 March deadline to free the detained engineers."),
        ("missed", "2025-03-26", "Angola missed the 25 March deadline to hand over the smuggled weapons."),
        ("denied", "2025-03-28", "Angola met the 25 March deadline to hand over the smuggled weapons, its foreign ministry said."),
    )
)
# Day -> holder -> (status, due, first due).
KNOWN = {
    "2025-02-28": {},
    "2025-03-04": {"ERI": ("pending", "2025-03-15", "2025-03-15")},
    "2025-03-13": {
        "ERI": ("moved", "2025-03-30", "2025-03-15"), "KEN": ("pending", "2025-05-01", "2025-05-01"), "UGA": ("pending", "2025-03-31", "2025-03-31"),
        "TCD": ("pending", "2025-03-20", "2025-03-20"), "AGO": ("pending", "2025-03-25", "2025-03-25"), "RWA": ("pending", "2025-03-18", "2025-03-18"),
    },
    "2025-03-26": {
        "ERI": ("moved", "2025-03-30", "2025-03-15"), "KEN": ("pending", "2025-05-01", "2025-05-01"), "UGA": ("pending", "2025-03-31", "2025-03-31"),
        "TCD": ("met", "2025-03-20", "2025-03-20"), "AGO": ("missed", "2025-03-25", "2025-03-25"), "RWA": ("cancelled", "2025-03-18", "2025-03-18"),
    },
    "2025-04-05": {
        "ERI": ("overdue", "2025-03-30", "2025-03-15"), "KEN": ("pending", "2025-05-01", "2025-05-01"), "UGA": ("overdue", "2025-03-31", "2025-03-31"),
        "TCD": ("met", "2025-03-20", "2025-03-20"), "AGO": ("contradictory", "2025-03-25", "2025-03-25"), "RWA": ("cancelled", "2025-03-18", "2025-03-18"),
    },
}  # fmt: skip
ORDERS = {"as published": [*range(10)], "latest first": [*range(9, -1, -1)], "shuffled": [3, 8, 0, 5, 9, 1, 7, 2, 6, 4]}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_a_story_comes_out_as_it_happened_in_any_order_of_reading(order: list[int], dragoman: Dragoman, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    for half in (order[:5], order[5:]):
        assert dragoman("read", "-", "--ledger", ledger, "--jobs", "1", stdin=jsonl(*(STORY[at] for at in half))).status == 0
    for day, known in KNOWN.items():
        shown = dragoman("due", "--as-of", day, "--ledger", ledger, "--format", "jsonl")
        rows = [json.loads(line) for line in shown.out.splitlines()]
        assert {row["holder"]: (row["status"], row["due"], row["first_due"]) for row in rows} == known
        assert len(rows) == len(known)


def test_the_history_and_the_setter_stay_with_the_obligation(dragoman: Dragoman, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    dragoman("read", "-", "--ledger", ledger, "--jobs", "1", stdin=jsonl(*STORY))
    (moved,) = Ledger(ledger).due("2025-03-10", holder="eri")
    assert (moved.by, [(told.article, told.change, told.due, told.from_due) for told in moved.history]) == (
        "ETH", [("set", "set", "2025-03-15", None), ("moved", "moved", "2025-03-30", "2025-03-15")])  # fmt: skip
    table = dragoman("due", "--as-of", "2025-03-10", "--ledger", ledger, "--by", "ETH")
    assert (table.status, "moved" in table.out, table.err) == (0, True, "1 row\n")
    assert dragoman("due", "--as-of", "2025-03-26", "--ledger", ledger, "--status", "met, missed").err == "2 rows\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [(("--as-of", "March"), "no ISO day"), (("--as-of", "2025-03"), "no ISO day"), (("--as-of", "2025-03-01", "--status", "late"), "none of")],
)
def test_a_wrong_question_is_refused(words: tuple[str, ...], says: str, dragoman: Dragoman, ledger_copy: Path) -> None:
    done = dragoman("due", "--ledger", ledger_copy, *words)
    assert (done.status, done.codes, says in done.err) == (2, {"D200"}, True)


def test_the_api_refuses_a_day_that_is_none(reports: Ledger) -> None:
    with pytest.raises(SettingError):
        reports.due("soon")


def row(number: int, published: str | None, action: str, **fields: str | None) -> CommitmentRow:
    told = {"holder": None, "by": None, "due": None, "change": None, "from_due": None, **fields}
    return CommitmentRow(
        f"row{number}", f"article{number}", date.fromisoformat(published) if published else None, None, None, None, None, 0, len(action), action, told["holder"], told["by"],
        told["due"], None, told["change"], told["from_due"], None, None, None, datetime(2025, 1, 1, tzinfo=UTC))  # fmt: skip


PAIRS = [
    ("the same act in other words", ("withdraw all troops", {}), ("the withdrawal of troops", {"change": "met"}), ["met"]),
    ("another act", ("withdraw all troops", {}), ("reopen the consulate", {"change": "met"}), ["pending", "met"]),
    ("another holder", ("withdraw all troops", {}), ("withdraw all troops", {"holder": "SDN", "change": "met"}), ["met", "pending"]),
    ("another setter", ("withdraw all troops", {"by": "KEN"}), ("withdraw all troops", {"by": "UGA", "change": "met"}), ["met", "pending"]),
    ("no act named", ("withdraw all troops", {}), ("the deadline", {"change": "missed"}), ["missed"]),
    ("the old day named", ("withdraw all troops", {}), ("obey", {"change": "moved", "due": "2025-06-20", "from_due": "2025-06-10"}), ["moved"]),
    ("another day without a move", ("withdraw all troops", {}), ("withdraw all troops", {"due": "2025-07-10"}), ["contradictory"]),
    ("the same day more vaguely", ("withdraw all troops", {}), ("withdraw all troops", {"due": "2025-06"}), ["pending"]),
    ("the old day again", ("withdraw all troops", {}), ("withdraw all troops", {"due": "2025-06-10"}), ["pending"]),
    ("a move to no day", ("withdraw all troops", {}), ("the deadline", {"change": "moved"}), ["pending"]),
]


@pytest.mark.parametrize(("first", "second", "expected"), [case[1:] for case in PAIRS], ids=[case[0] for case in PAIRS])
def test_reports_join_by_sides_days_and_words(first: tuple[str, dict[str, str]], second: tuple[str, dict[str, str]], expected: list[str]) -> None:
    rows = [
        row(1, "2025-06-01", first[0], **{"holder": "TCD", "due": "2025-06-10", "change": "set", **first[1]}),
        row(2, "2025-06-02", second[0], **{"holder": "TCD", **second[1]}),
    ]
    for told in (rows, rows[::-1]):
        assert sorted(item.status for item in replay(told, date(2025, 6, 3))) == sorted(expected)


def test_two_open_obligations_are_not_confused_by_a_report_that_names_neither() -> None:
    rows = [row(1, "2025-06-01", "withdraw troops", holder="TCD", due="2025-06-10"), row(2, "2025-06-01", "free prisoners", holder="TCD", due="2025-06-12"),
            row(3, "2025-06-02", "the deadline", holder="TCD", change="missed")]  # fmt: skip
    assert [item.status for item in replay(rows, date(2025, 6, 3))] == ["pending", "pending", "missed"]


def test_what_has_no_day_of_publication_or_a_later_one_does_not_count() -> None:
    rows = [row(1, None, "withdraw troops", holder="TCD"), row(2, "2025-06-05", "free prisoners", holder="TCD")]
    assert replay(rows, date(2025, 6, 4)) == ()
    assert len(replay(rows, date(2025, 6, 5))) == 1


_ROWS = st.lists(
    st.builds(
        row, st.integers(0, 99), st.sampled_from(("2025-06-01", "2025-06-02", "2025-06-03")), st.sampled_from(("withdraw troops", "free all prisoners", "the deadline")),
        holder=st.sampled_from(("TCD", "SDN", None)), by=st.sampled_from(("KEN", None)), due=st.sampled_from(("2025-06-10", "2025-06-20", None)),
        change=st.sampled_from(("set", "moved", "met", "missed", "cancelled", None)), from_due=st.sampled_from(("2025-06-10", None)),
    ),
    max_size=8, unique_by=lambda item: item.id,
)  # fmt: skip


@settings(max_examples=200)
@given(_ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters_and_no_report_is_lost(rows: list[CommitmentRow], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    told = replay(rows, date(2025, 6, 15))
    assert told == replay(shuffled, date(2025, 6, 15))
    assert sorted(report.row for item in told for report in item.history) == sorted(item.id for item in rows)
