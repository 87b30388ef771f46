from __future__ import annotations

import hashlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import BadDate, InputError, NoBody, OtherLanguage, TooLarge
from dragoman.intake.dating import Dated
from dragoman.intake.html import LARGEST, Origin, declared_encoding, is_page, read_page
from dragoman.records import Article

BODY = "<p>Alvania recalled its envoy from Borduria on Monday.</p><p>The move follows <a href=x>a week of\n talks</a>.</p>"
TEXT = "Alvania recalled its envoy from Borduria on Monday.\n\nThe move follows a week of talks."
PROSE = " ".join(f"Alvania and Borduria met for the {n}th time on Monday, and the envoys said that the talks would go on." for n in range(4, 9))


def article_of(page: str, origin: Origin = Origin(), fast: bool = False) -> Article:
    return read_page(page.encode(), "a.html", origin, fast)[0]


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body><nav><p>Home</p></nav><article>{BODY}</article><footer><p>Terms of use and a lot of other words</p></footer></body></html>",
        f"<html><head><title>Envoy recalled</title></head><body><article><h1>Envoy recalled</h1>{BODY}</article></body></html>",
        f"<div role=main>{BODY}</div>",
        f"<html><body><div><div class=menu><p>Menu</p></div><div class=story>{BODY}</div></div></body></html>",
        f"<body><article>{BODY}<aside><p>More on this</p></aside><script>var x = '<p>no</p>';</script><style>p {{}}</style></article></body>",
        f"<article>{BODY}</section></b></article></div>",
        f"<article>{BODY}",
        f"<?xml version='1.0' encoding='utf-8'?><html><body><article>{BODY}</article></body></html>",
    ],
)
def test_body(page: str) -> None:
    assert article_of(page).text == TEXT


def test_a_body_in_several_containers_of_one_class_is_read_whole() -> None:
    parts = [f"<p>{PROSE.replace('4th', f'{n}0th')}</p>" for n in range(1, 5)]
    split = "".join(f'<div class="row"><div class="body">{part}</div><div class="ad"><p>Advert</p></div></div>' for part in parts)
    text = article_of(f"<html><body><main><article>{split}</article></main></body></html>").text
    assert [f"{n}0th" in text for n in range(1, 5)] == [True] * 4


def test_articles_beside_each_other_are_not_put_together() -> None:
    one, other = (f'<article><div class="body"><p>{PROSE.replace("Alvania", name)}</p></div></article>' for name in ("Syldavia", "Poldavia"))
    assert "Poldavia" not in article_of(f"<html><body>{one}<aside>{other}</aside></body></html>").text


@pytest.mark.parametrize("page", ["no tags", "<html><nav><p>Home</p></nav></html>", "<div>Sign in</div>", "<article></article>", "<!-- <p>x</p> -->", "<div>" * 20_000 + BODY])
def test_no_body(page: str) -> None:
    with pytest.raises(NoBody, match=r"D008 a\.html"):
        article_of(page)


@pytest.mark.parametrize(
    ("head", "day", "source"),
    [
        ('<meta property="article:published_time" content="2031-05-04T09:00:00+02:00">', "2031-05-04", "meta"),
        ('<meta name="DC.date.issued" content="2031-05-04">', "2031-05-04", "meta"),
        ('<meta itemprop="datePublished" content="2031-05-04T23:15:0Z">', "2031-05-04", "meta"),
        ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2031-05-04T09:00"}]}</script>', "2031-05-04", "json-ld"),
        ('<script type="application/ld+json">{"datePublished": "Sun, May 4 2031 10:01:41 EDT"}</script>', "2031-05-04", "json-ld"),
        ('<script type="application/ld+json">{"datePublished": "2031-05-04", "dateModified": "2031-05-06"}</script>', "2031-05-04", "json-ld"),
        ('<script type="application/ld+json">{broken</script><meta name="pubdate" content="2031-05-04">', "2031-05-04", "meta"),
        ('<meta name="date" content="4 May"><meta name="pubdate" content="2031-05-04">', "2031-05-04", "meta"),
        ('<meta name="pubdate" content="May 2031">', None, None),
        ('<meta property="article:published_time" content="2031-02-30">', None, None),
        ("", None, None),
    ],
)
def test_date(head: str, day: str | None, source: str | None) -> None:
    article = article_of(f"<html><head>{head}</head><body><article>{BODY}</article></body></html>", Origin(seen=date(2031, 6, 1)))
    assert (article.date, article.date_source) == (day, source)
    assert (article.date_confidence is None) == (day is None)


@pytest.mark.parametrize(("words", "day"), [("Published: February 1, 2024", "2024-02-01"), ("Published: 1 February 2024", "2024-02-01"), ("Published: February 2024", None)])
def test_a_first_of_the_month_must_be_written(words: str, day: str | None) -> None:
    assert article_of(f"<html><body><article><p class=date>{words}</p>{BODY}</article></body></html>").date == day


def test_a_day_after_the_page_was_seen_is_none() -> None:
    page = f'<html><head><meta name="pubdate" content="2031-05-04"></head><article>{BODY}</article></html>'
    assert article_of(page, Origin(seen=date(2031, 5, 4))).date == "2031-05-04"
    assert article_of(page, Origin(seen=date(2031, 5, 3))).date is None


def test_the_day_that_a_feed_states_stands_behind_the_page_and_before_a_guess() -> None:
    feed = Origin("https://example.org/2024/03/05/envoy", stated=Dated("2024-03-06", "feed"))
    assert article_of(f"<article>{BODY}</article>", feed).date_source == "feed"
    assert article_of(f'<meta name="pubdate" content="2024-03-05"><article>{BODY}</article>', feed).date == "2024-03-05"
    assert article_of(f"<article>{BODY}</article>", Origin(feed.url)).date_source == "page"


def test_a_bad_date_is_told() -> None:
    article, (doubt,) = read_page(f'<meta name="date" content="May 4"><article>{BODY}</article>'.encode(), "a.html")
    assert article.date is None
    assert isinstance(doubt, BadDate)
    assert "May 4" in str(doubt)


def test_metadata() -> None:
    head = ('<title>Envoy | Test Wire</title><meta property="og:title" content="Envoy &amp; talks"><meta property="og:site_name" content="Test Wire">'
            '<link rel="canonical" href="https://example.org/a"><meta name="author" content="Ada Alder; Ben Birch">')  # fmt: skip
    data = f"<html lang='en-GB'><head>{head}</head><body><h1>Envoy recalled</h1><article>{BODY}</article></body></html>".encode()
    article, _ = read_page(data, "a", Origin("https://example.org/a?utm_source=x"))
    assert (article.title, article.outlet, article.url, article.language) == ("Envoy & talks", "Test Wire", "https://example.org/a", "en")
    assert article.authors == ("Ada Alder", "Ben Birch")
    assert article.raw_sha256 == hashlib.sha256(data).hexdigest()


def test_an_address_makes_the_same_text_an_article_of_its_own() -> None:
    ids = {article_of(f"<article>{BODY}</article>", Origin(url)).id for url in (None, "https://one.example/a", "https://two.example/a")}
    assert len(ids) == 3


def test_the_cheap_look() -> None:
    german = "Der Gesandte von Alvanien wurde am Montag aus Bordurien abberufen, sagte die Ministerin am Abend in der Hauptstadt. " * 4
    assert article_of(f"<html><body><article><p>{PROSE}</p></article></body></html>", fast=True).text == PROSE
    with pytest.raises(OtherLanguage, match="de"):
        article_of(f"<html lang=en><body><article><p>{german}</p></article></body></html>", fast=True)
    with pytest.raises(NoBody):
        article_of(f"<html><body><article>{BODY}</article></body></html>", fast=True)
    assert article_of(f"<html lang=en><body><article><p>{german}</p></article></body></html>").language == "de"


@pytest.mark.parametrize(("page", "encoding"), [(b'<meta charset="koi8-r">', "koi8-r"), (b"<META content='text/html; charset=windows-1251'>", "windows-1251"), (b"<p>", None)])
def test_declared_encoding(page: bytes, encoding: str | None) -> None:
    assert declared_encoding(page) == encoding


def test_a_wrong_encoding_in_the_header_is_not_believed_where_the_bytes_are_utf8() -> None:
    data = "<article><p>Alvania’s envoy met the Bordurian minister in a café.</p></article>".encode()
    assert read_page(data, "a", Origin(encoding="koi8-r"))[0].text == "Alvania’s envoy met the Bordurian minister in a café."
    latin = "<article><p>The envoy met the minister in a café in Borduria.</p></article>".encode("latin-1")
    assert read_page(latin, "a", Origin(encoding="iso-8859-1")) == (read_page(latin, "a", Origin(encoding="latin-1"))[0], [])
    assert "café" in read_page(latin, "a", Origin(encoding="utf-8"))[0].text


def test_what_is_a_page() -> None:
    assert [is_page(data) for data in (b" <!DOCTYPE html>", b"\xef\xbb\xbf<html lang=en>", b"<p>", b"words")] == [True, True, False, False]


def test_a_page_larger_than_any_article() -> None:
    with pytest.raises(TooLarge, match="D017"):
        read_page(b"<p>" + b"x" * LARGEST, "a")


_PARTS = ["<p>", "</p>", "<article>", "</article>", "<br>", "<", "<!--", "<script>", "</div>", "<![CDATA[", "&#x110000;", "words ", "<h1>", "<a b='", "\0", "<![ if>", "<?xml"]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(_PARTS), max_size=30))
def test_any_markup(parts: list[str]) -> None:
    try:
        article, _ = read_page("".join(parts).replace("\0", "").encode(), "a")
    except InputError:
        return
    assert article.text.strip()
