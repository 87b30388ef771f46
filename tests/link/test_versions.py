"""Versions: one article at one address, what changed in it, and what a second run does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import UnknownRow
from dragoman.link.versions import address, revised, text_changes
from dragoman.records import content_id
from outcome import Dragoman

if TYPE_CHECKING:
    from wire import Read

FIRST = "Uganda fined two Congolese fishermen on Monday. Twelve boats were seized. A judge will hear the case."
SECOND = "Uganda fined three Congolese fishermen on Monday. Twelve boats were seized, police said. A judge will hear the case. The boats were old."
URL = "https://www.post.example/world/boats?id=7&utm_source=feed"


def page(text: str, url: str | None = URL, date: str | None = "2025-05-06", key: str | None = None) -> dict[str, str | None]:
    """A page as the intake gives it: an id made from its text, if it has none of its own."""
    return {"id": key or content_id(text), "text": text, "url": url, "date": date, "title": "Boats seized", "outlet": "The Harbour Post"}


ADDRESSES = [
    ("https://www.post.example/a/b/?utm_source=x&id=3#top", "post.example/a/b?id=3"),
    ("http://post.example/a/b?id=3", "post.example/a/b?id=3"),
    ("https://m.post.example/a/amp", "post.example/a"),
    ("https://post.example/", None),
    ("no address", None),
    ("http://[broken", None),
    (None, None),
]


@pytest.mark.parametrize(("url", "expected"), ADDRESSES, ids=[str(case[0]) for case in ADDRESSES])
def test_an_address_is_what_stays_the_same(url: str | None, expected: str | None) -> None:
    assert address(url) == expected


CHANGES = [
    ("nothing", FIRST, FIRST, []),
    ("a word", "Five men fled. The rest stayed.", "Six men fled. The rest stayed.", [("replaced", "Five", "Six")]),
    ("words more", "Five men fled. The rest stayed.", "Five men fled at night. The rest stayed.", [("added", "", "at night")]),
    ("words less", "Five armed men fled. The rest stayed.", "Five men fled. The rest stayed.", [("removed", "armed", "")]),
    ("a sentence more", "Five men fled. The rest stayed.", "Five men fled. Nobody saw them. The rest stayed.", [("added", "", "Nobody saw them.")]),
    ("a sentence less", "Five men fled. Nobody saw them. The rest stayed.", "Five men fled. The rest stayed.", [("removed", "Nobody saw them.", "")]),
    ("another text", "Five men fled.", "Rain is expected in the north", [("replaced", "Five men fled.", "Rain is expected in the north")]),
    ("only a blank", "Five men.", "Five  men.", [("replaced", "Five men.", "Five  men.")]),
]


@pytest.mark.parametrize(("before", "after", "expected"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES])
def test_what_changed_is_told_in_words(before: str, after: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(change.kind, change.old_surface, change.surface) for change in text_changes(before, after)] == expected


_TEXT = st.lists(st.sampled_from(("Five men fled. ", "Rain fell! ", "Nobody “saw” them.\n", "and so, ", "…", "  ")), max_size=8).map("".join)


@settings(max_examples=200)
@given(_TEXT, _TEXT)
def test_changes_point_into_both_texts(before: str, after: str) -> None:
    changes = text_changes(before, after)
    assert bool(changes) == (before != after)
    for change in changes:
        assert after[change.start : change.end] == change.surface
        assert before[change.old_start : change.old_end] == change.old_surface
        assert change.kind in ("added", "removed", "replaced")


def test_a_page_that_changed_is_a_version_of_one_article(read: Read) -> None:
    read(page(FIRST))
    ledger = read(page(SECOND, "https://post.example/world/boats?id=7"))
    assert [row.id for row in ledger.articles()] == [content_id(FIRST)]
    first, second = ledger.versions(URL)
    assert (first.number, first.changes, second.article) == (1, (), content_id(FIRST))
    assert [(change.kind, change.old_surface, change.surface) for change in second.changes] == [
        ("replaced", "two", "three"), ("added", "", ", police said"), ("added", "", "The boats were old.")]  # fmt: skip
    assert ledger.sql("SELECT count(*) FROM copies").rows == [(0,)]


def test_reading_both_versions_again_adds_nothing(read: Read) -> None:
    ledger = read(page(FIRST), page(SECOND))
    before = {name: ledger.history(name).num_rows for name in ("articles", "events", "traces", "copies", "stories")}
    again = read(page(FIRST), page(SECOND))
    assert {name: again.history(name).num_rows for name in before} == before
    assert len(again.versions(content_id(FIRST))) == 2


def test_an_older_text_does_not_take_the_place_of_the_newer(read: Read) -> None:
    read(page(SECOND, date="2025-05-07"))
    ledger = read(page(FIRST, date="2025-05-06"))
    assert dict(ledger.sql("SELECT id, text FROM articles").rows)[content_id(SECOND)] == SECOND
    assert [version.published.day for version in ledger.versions(URL) if version.published] == [6, 7]
    assert read(page(FIRST, date="2025-05-06")).history("articles").num_rows == 2


def test_ids_that_a_source_gives_stay_and_their_address_still_ties_them(read: Read) -> None:
    ledger = read(page(FIRST, key="morning"), page(SECOND, key="evening", date="2025-05-07"), page(FIRST, "https://post.example/", key="front"))
    assert [row.id for row in ledger.articles()] == ["front", "morning", "evening"]
    assert [version.article for version in ledger.versions("evening")] == ["morning", "evening"]
    assert [[version.article for version in found] for found in revised(ledger)] == [["morning", "evening"]]
    (found,) = ledger.happenings(actor="UGA", type="COERCE", limit=1) or ledger.happenings(actor="UGA", limit=1)
    assert found.independent_sources == 1


def test_a_new_headline_or_day_is_a_change_too(read: Read) -> None:
    read(page(FIRST, key="one"))
    ledger = read({**page(FIRST, key="one", date="2025-05-08"), "title": "Boats seized (corrected)"})
    assert [(change.kind, change.old_surface, change.surface) for change in ledger.versions("one")[1].changes] == [
        ("title", "Boats seized", "Boats seized (corrected)"), ("published", "2025-05-06", "2025-05-08")]  # fmt: skip


def test_the_command_shows_one_article_or_all_that_changed(read: Read, dragoman: Dragoman) -> None:
    read(page(FIRST, key="one"), page(FIRST, "https://post.example/other", key="two"))
    ledger = read(page(SECOND, key="one"))
    rows = [json.loads(line) for line in dragoman("versions", "--ledger", ledger.path, "--format", "jsonl").out.splitlines()]
    assert [(row["article"], row["number"], len(row["changes"])) for row in rows] == [("one", 1, 0), ("one", 2, 3)]
    shown = dragoman("versions", URL, "--ledger", ledger.path)
    assert "replaced: [two] -> [three]" in " ".join(shown.out.split())
    assert dragoman("versions", "two", "--ledger", ledger.path, "--format", "csv").out.count("\n") == 2


@pytest.mark.parametrize(("words", "code"), [(("nothing",), "D401"), (("https://post.example/unknown",), "D401"), (("one", "--format", "xml"), "D200")])
def test_a_wrong_question_is_refused(words: tuple[str, ...], code: str, read: Read, dragoman: Dragoman) -> None:
    done = dragoman("versions", *words, "--ledger", read(page(FIRST, key="one")).path)
    assert (done.status, done.out, done.codes) == (2, "", {code})


def test_the_ledger_says_when_it_does_not_know_an_article(read: Read) -> None:
    with pytest.raises(UnknownRow):
        read(page(FIRST, key="one")).versions("two")
