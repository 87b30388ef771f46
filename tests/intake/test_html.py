from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import BadDate, NoBody
from dragoman.intake.html import declared_encoding, read_page

BODY = "<p>Alvania recalled its envoy from Borduria on Monday.</p><p>The move follows <a href=x>a week of\n talks</a>.</p>"
TEXT = "Alvania recalled its envoy from Borduria on Monday.\n\nThe move follows a week of talks."


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body><nav><p>Home</p></nav><article><h1>Envoy recalled</h1>{BODY}</article><footer><p>Terms of use and a lot of other words</p></footer></body></html>",
        f"<body><article><p>Read also</p></article><article>{BODY}</article></body>",
        f"<main>{BODY}</main><p>Cookies: this notice is longer than anything else that stands on the whole page, by far, as they are.</p>",
        f"<div role=main>{BODY}</div>",
        f"<div itemprop='articleBody'>{BODY}</div><p>x</p>",
        f"<div><div><p>Menu</p></div><div>{BODY}</div></div>",
        f"<body><div>{BODY}<aside><p>More on this</p></aside><script>var x = '<p>no</p>';</script><style>p {{}}</style></div></body>",
        "<article><p>Alvania recalled its envoy from Borduria on Monday.<p>The move follows a week of talks.<div hidden>Subscribe</div></article>",
        "<article>Alvania recalled its envoy&nbsp;from Borduria on&#32;Monday.<br/><br>The move follows a week of talks.</article>".replace("&nbsp;", " "),
        f"<article>{BODY}</section></b></article></div>",
        f"<article>{BODY}",
    ],
)
def test_body(page: str) -> None:
    assert read_page(page, "a.html")[0].text == TEXT


def test_text_without_paragraphs() -> None:
    words = "Alvania recalled its envoy from Borduria on Monday after a week of talks. " * 4
    assert read_page(f"<table><tr><td>{words}</td><td>Menu</td></tr></table>", "a")[0].text == words.strip()


@pytest.mark.parametrize("page", ["", "no tags", "<html><nav><p>Home</p></nav></html>", "<div>Sign in</div>", "<article></article>", "<p> </p>", "<!-- <p>x</p> -->"])
def test_no_body(page: str) -> None:
    with pytest.raises(NoBody, match=r"D008 a\.html"):
        read_page(page, "a.html")


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2031-05-04T09:00:00+02:00">', "2031-05-04"),
        ('<meta name="DC.date.issued" content="2031-05-04">', "2031-05-04"),
        ('<meta itemprop="datePublished" content="2031-05-04">', "2031-05-04"),
        ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2031-05-04T09:00"}]}</script>', "2031-05-04"),
        ('<script type="application/ld+json">{broken</script><meta name="pubdate" content="2031-05-04">', "2031-05-04"),
        ('<meta name="date" content="4 May"><meta name="pubdate" content="2031-05-04">', "2031-05-04"),
        ("", None),
    ],
)
def test_date(head: str, day: str | None) -> None:
    article, doubt = read_page(f"<head>{head}</head><article>{BODY}</article>", "a")
    assert (article.date, doubt) == (day, None)


def test_date_of_a_time_element() -> None:
    assert read_page(f"<article><time datetime='2031-05-04T10:00Z'>yesterday</time>{BODY}</article>", "a")[0].date == "2031-05-04"


def test_a_bad_date_is_told() -> None:
    article, doubt = read_page(f'<meta name="date" content="May 4"><article>{BODY}</article>', "a.html")
    assert article.date is None
    assert isinstance(doubt, BadDate)
    assert "May 4" in str(doubt)


def test_metadata() -> None:
    head = ('<title>Envoy | Test Wire</title><meta property="og:title" content="Envoy &amp; talks"><meta property="og:site_name" content="Test Wire">'
            '<link rel="canonical" href="https://example.org/a"><meta property="og:url" content="https://example.org/b">')
    article, _ = read_page(f"<html lang='en-GB'><head>{head}</head><body><h1>Envoy recalled</h1><article>{BODY}</article></body></html>", "a")
    assert (article.title, article.outlet, article.url, article.language) == ("Envoy & talks", "Test Wire", "https://example.org/a", "en")
    plain, _ = read_page(f"<html lang=de><title>T</title><h1>Envoy\n <b>recalled</b></h1><article>{BODY}</article>", "a")
    assert (plain.title, plain.outlet, plain.url, plain.language) == ("Envoy recalled", None, None, "de")
    linked, _ = read_page(f'<script type="application/ld+json">[{{"publisher": {{"name": "Wire"}}}}]</script><article>{BODY}</article>', "a")
    assert linked.outlet == "Wire"


@pytest.mark.parametrize(("page", "encoding"), [(b'<meta charset="koi8-r">', "koi8-r"), (b"<META content='text/html; charset=windows-1251'>", "windows-1251"), (b"<p>", None)])
def test_declared_encoding(page: bytes, encoding: str | None) -> None:
    assert declared_encoding(page) == encoding


def test_a_page_nested_without_end() -> None:
    deep = "<div>" * 20_000
    assert read_page(f"{deep}{BODY}", "a")[0].text == TEXT


_PARTS = ["<p>", "</p>", "<article>", "</article>", "<br>", "<", "<!--", "<script>", "</div>", "<![CDATA[", "&#x110000;", "words ", "<h1>", "<a b='"]


@given(st.lists(st.sampled_from(_PARTS), max_size=30))
def test_any_markup(parts: list[str]) -> None:
    try:
        article, _ = read_page("".join(parts), "a")
    except NoBody:
        return
    assert article.text.strip()


@pytest.mark.parametrize("broken", ["<![ if>", "<![<p>", "<![>", "<!["])
def test_a_broken_declaration_is_passed_over(broken: str) -> None:
    assert read_page(f"<article>{BODY}{broken}</article>", "a")[0].text.startswith("Alvania recalled its envoy from Borduria on Monday.")
