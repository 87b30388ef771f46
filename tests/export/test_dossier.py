"""The pages of the dossier, from readings made by hand and from a ledger of them."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from dossier_factory import TEXT, Page, article, event, reading

from dragoman import Ledger
from dragoman.errors import AmbiguousRow, UnknownRow
from dragoman.export.dossier import article_page, dyad_page, reading_page
from dragoman.ledger.entries import Entry
from dragoman.records import Reading


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger of two articles, both with the events of the pair and with tolls that exclude each other."""
    found = Ledger.create(tmp_path / "ledger")
    later = article(TEXT.replace("45 people", "9 people"), id="b-later", date="2031-05-06", outlet="Other Wire", url="javascript:alert(1)")
    found.append([Entry(reading(article(id="a-first"))), Entry(reading(later, toll=9))], "run-1")
    return found


def test_the_page_has_the_text_of_the_article() -> None:
    assert_has_text(Page(reading_page([reading()])))


def assert_has_text(page: Page) -> None:
    for paragraph in filter(None, TEXT.split("\n")):
        assert " ".join(paragraph.split()) in page.text


def test_every_row_has_a_number_in_the_text_and_a_row_in_the_margin() -> None:
    page = Page(reading_page([reading()]))
    rows = [attributes for tag, attributes in page.tags if tag == "li" and attributes.get("data-id")]
    numbers = {attributes["data-id"]: attributes for tag, attributes in page.tags if tag == "a" and attributes.get("data-id")}
    assert len(rows) == len(numbers) == 5
    for row in rows:
        number = numbers[row["data-id"]]
        assert number["href"] == f"#{row['id']}"
        assert number["id"] == f"m-{row['id']}"


def test_every_link_leads_somewhere_and_no_id_stands_twice(ledger: Ledger) -> None:
    for html in (reading_page([reading()]), reading_page([reading(), reading(article(id="x"))]), dyad_page(ledger, "RUR", "BOR"), dyad_page(ledger)):
        page = Page(html)
        ids = page.all("id")
        assert len(ids) == len(set(ids))
        assert {link[1:] for link in page.all("href") if link.startswith("#")} <= set(ids)


def test_text_is_never_markup() -> None:
    page = Page(reading_page([reading(article(title="<script>x</script>", outlet='"><img src=x>'))]))
    assert "<script>alert('withdraw')</script> & leave" in page.text
    assert not [tag for tag, _ in page.tags if tag in ("script", "img")]


def test_nothing_is_asked_of_anybody(ledger: Ledger) -> None:
    for html in (reading_page([reading()]), dyad_page(ledger, "RUR", "BOR")):
        page = Page(html)
        assert not page.all("src")
        assert not re.search(r"url\((?!data:)|@import|https?://|javascript:", html)
        assert [tag for tag, attributes in page.tags if tag == "link" and attributes["href"] != "data:,"] == []
        assert any((value or "").startswith("default-src 'none'") for value in page.all("content"))


def test_an_address_of_the_web_is_a_link() -> None:
    assert "https://example.org/a?b=1&c=2" in Page(reading_page([reading(article(url="https://example.org/a?b=1&c=2"))])).all("href")


def test_headings_are_in_order(ledger: Ledger) -> None:
    for html in (reading_page([reading()]), reading_page([reading(), reading(article(id="x"))]), dyad_page(ledger, "RUR", "BOR")):
        levels = [int(tag[1]) for tag, _ in Page(html).tags if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_furniture_is_marked_as_not_read() -> None:
    page = Page(reading_page([reading()]))
    assert [attributes for _, attributes in page.tags if attributes.get("class") == "furniture"] == [{"class": "furniture"}] * 2
    assert "page furniture, not read" in page.text


def test_rows_say_who_whom_when_where_and_why() -> None:
    text = Page(reading_page([reading()])).text
    for part in ("Attacks actual ASSAULT", "Ruritania RUR MIL → Borduria BOR GOV", "3 May 2031", "Strelsau", "voice: the article",
                 "type, mode plover.ASSAULT.test shelled", "Steps back future RETREAT", "no date", "Borduria's envoy BOR GOV accusation",
                 "moved from 20 May 2031", "1 June 2031 “June 1”", "condition: unless talks fail"):
        assert part in text, part


def test_the_kinds_of_factuality_differ_in_words_and_drawing() -> None:
    html = reading_page([reading()])
    assert 'class="fact actual"' in html
    assert 'class="fact future"' in html
    assert re.search(r'class="dot actual conflict".*?<rect', html, re.DOTALL)
    assert re.search(r'class="dot future".*?<circle', html, re.DOTALL)


def test_a_text_without_rows_has_a_page() -> None:
    page = Page(reading_page([Reading(article("Nothing happened.", title=None, date=None, outlet=None), "coder")]))
    assert "Nothing happened." in page.text
    assert "Timeline" not in page.text


def test_the_page_of_an_article_comes_from_the_ledger(ledger: Ledger) -> None:
    page = Page(article_page(ledger, "a-first"))
    assert_has_text(page)
    assert page.text == Page(article_page(ledger, "a-")).text


def test_an_unknown_article_is_said_to_be_unknown(ledger: Ledger) -> None:
    ledger.append([Entry(reading(article(id="a-second")))], "run-2")
    with pytest.raises(UnknownRow):
        article_page(ledger, "z")
    with pytest.raises(AmbiguousRow):
        article_page(ledger, "a-")


def test_the_pair_is_told_in_both_directions(ledger: Ledger) -> None:
    back = article("Ruritania withdrew.", id="c-back")
    ledger.append([Entry(Reading(back, "coder", (), (event(back, "withdrew", "RETREAT", actor="BOR", recipient="RUR"),)))], "run-2")
    text = Page(dyad_page(ledger, "rur", "BOR")).text
    assert "5 events" in text
    assert "RUR → BOR – 2 – 2 2 2 – – 4" in text
    assert "BOR → RUR – 1 – – 1 – – – 1" in text
    assert "2 claims about each other" in text
    assert text.index("3 May 2031") < text.index("undated, reported 4 May 2031")


def test_figures_that_exclude_each_other_stand_side_by_side(ledger: Ledger) -> None:
    text = Page(dyad_page(ledger, "RUR", "BOR")).text
    assert "Figures in dispute" in text
    assert text.index("45 person") < text.index("9 person")


def test_a_pair_without_rows_has_a_page(ledger: Ledger) -> None:
    assert "The ledger has nothing on France and Germany." in Page(dyad_page(ledger, "FRA", "DEU")).text
