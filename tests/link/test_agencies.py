"""Credits of news agencies, and what only looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import CodebookError
from dragoman.link.agencies import load_agencies

CREDITS = [
    ("dateline", "LAGOS (AP) — Talks began.", "Associated Press"),
    ("dateline with a day", "HANOI, May 3 (Xinhua) -- Talks began.", "Xinhua"),
    ("dateline in small letters", "Paris, 3 May (AFP) - Talks began.", "Agence France-Presse"),
    ("dateline between slashes", "MINSK, May 3. /TASS/. Talks began.", "TASS"),
    ("byline", "By Ada Kesh, Associated Press\nTalks began.", "Associated Press"),
    ("a line of its own", "Talks began.\nReuters", "Reuters"),
    ("source", "Talks began.\nSource: Yonhap News Agency", "Yonhap"),
    ("in brackets at the end", "Talks began. They will go on. (AFP)", "Agence France-Presse"),
    ("after a dash at the end", "Talks began. They will go on. — Bernama", "Bernama"),
    ("copyright", "Talks began.\n\n© 2025 The Associated Press. All rights reserved.", "Associated Press"),
    ("inputs", "Talks began. (With inputs from PTI)", "PTI"),
    ("supplied", "Talks began.\nThis story was originally published by Reuters.", "Reuters"),
]
NO_CREDITS = [
    ("quoted in passing", "The minister told Reuters that talks began. AFP had said so before."),
    ("a party in brackets", "Members of the ruling party (PA) walked out of the hall."),
    ("only a contribution", "Talks began. The Associated Press contributed to this report."),
    ("small letters", "The lane was ap - as they say - closed."),
    ("far into the text", "Talks began. " * 60 + "\nLAGOS (AP) — So it said. " + "More was told later on. " * 60),
    ("a source who is no agency", "Talks began.\nSource: ministry"),
]


@pytest.mark.parametrize(("text", "agency"), [case[1:] for case in CREDITS], ids=[case[0] for case in CREDITS])
def test_a_credit_names_the_agency_and_its_characters(text: str, agency: str) -> None:
    found = load_agencies().credit(text)
    assert found is not None
    assert found.agency == agency
    assert found.rule.startswith("agencies.")
    assert load_agencies().names[text[found.start : found.end]] == agency


@pytest.mark.parametrize("text", [case[1] for case in NO_CREDITS], ids=[case[0] for case in NO_CREDITS])
def test_what_only_names_an_agency_is_no_credit(text: str) -> None:
    assert load_agencies().credit(text) is None


OUTLETS = [("Reuters", "Reuters"), ("AFP News Agency", "Agence France-Presse"), ("Reuters World", "Reuters"), ("The Harbour Post", None), (None, None)]


@pytest.mark.parametrize(("outlet", "agency"), OUTLETS)
def test_an_outlet_is_an_agency_by_its_name(outlet: str | None, agency: str | None) -> None:
    assert load_agencies().named(outlet) == agency


def test_an_author_may_be_an_agency() -> None:
    found = load_agencies().credit("Talks began.", "The Harbour Post", ("Ada Kesh", "Associated Press"))
    assert found is not None
    assert (found.agency, found.rule, found.start) == ("Associated Press", "agencies.author", None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("agencies: {One: [X], Two: [X]}\noutlet_words: []\ncredits: {}\n", "stands for both"),
        ("agencies: {One: []}\noutlet_words: []\ncredits:\n  line: {where: middle, pattern: '(?P<agency>{agency})'}\n", "needs `where`"),
        ("agencies: {One: []}\noutlet_words: []\ncredits:\n  line: {where: end, pattern: '((?P<agency>{agency})'}\n", "no regular expression"),
    ],
)
def test_a_wrong_codebook_is_refused(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "link").mkdir()
    (tmp_path / "link" / "agencies.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError, match=says):
        load_agencies(tmp_path)
