from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import BadFeed, InputError
from dragoman.intake.feed import Entry, kind_of, read_listing

RSS = ('<?xml version="1.0"?><rss version="2.0"><channel><title>Wire &amp; Post</title><item><title>Envoy &lt;i&gt;recalled&lt;/i&gt; &amp;amp; home</title>'
       "<link>https://example.org/a</link><pubDate>Mon, 03 Mar 2031 23:30:00 +0200</pubDate></item><item><link>/b</link></item><item><title>no link</title></item>"
       "<item><link>https://example.org/a</link></item><item><link>mailto:x@example.org</link></item></channel></rss>")  # fmt: skip
DAMAGED = ('<rss version="2.0"><channel><title>Wire & Post</title><item><title>A & B</title><link>https://example.org/a</link><pubDate>nonsense</pubDate>'
           "<item><title>C</title><link>https://example.org/c</link></item></channel></rss>")  # fmt: skip
ATOM = ('<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>One</title><link rel="alternate" href="https://example.org/1"/>'
        "<published>2031-03-03T10:00:00Z</published></entry>"
        "<entry><title>Two</title><link href='https://example.org/2'/><updated>2031-03-04T10:00:00Z</updated></entry></feed>")  # fmt: skip
JSON = ('{"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "items": [{"id": "1", "url": "https://example.org/1", "title": "One",'
        ' "content_html": "<p>x</p>", "date_published": "2031-03-03T10:00:00Z"}]}')  # fmt: skip
RDF = ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
       ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Wire</title></channel>'
       "<item><title>One</title><link>https://example.org/1</link><dc:date>2031-03-03T10:00:00Z</dc:date></item></rdf:RDF>")  # fmt: skip
NEWS = ('<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>'
        "<loc> https://example.org/1 </loc><news:news><news:publication><news:name>Wire</news:name></news:publication>"
        "<news:publication_date>2031-03-03T10:00:00Z</news:publication_date><news:title>One</news:title></news:news></url>"
        "<url><loc>/2</loc></url><url></url></urlset>")  # fmt: skip


def listed(source: str) -> list[tuple[str, str | None, str | None, str | None]]:
    entries = read_listing(source.encode(), "feed", "https://example.org/feed").entries
    return [(entry.url, entry.title, entry.dated.day if entry.dated else None, entry.outlet) for entry in entries]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (RSS, [("https://example.org/a", "Envoy recalled & home", "2031-03-03", "Wire & Post"), ("https://example.org/b", None, None, "Wire & Post")]),
        (ATOM, [("https://example.org/1", "One", "2031-03-03", "Wire"), ("https://example.org/2", "Two", "2031-03-04", "Wire")]),
        (JSON, [("https://example.org/1", "One", "2031-03-03", "Wire")]),
        (RDF, [("https://example.org/1", "One", "2031-03-03", "Wire")]),
        (NEWS, [("https://example.org/1", "One", "2031-03-03", "Wire"), ("https://example.org/2", None, None, None)]),
        ('<rss version="2.0"><channel><title>Empty</title></channel></rss>', []),
    ],
    ids=["rss", "atom", "json", "rdf", "news sitemap", "empty"],
)
def test_kinds(source: str, expected: list[tuple[str, str | None, str | None, str | None]]) -> None:
    assert listed(source) == expected


def test_a_damaged_feed_is_read_as_far_as_it_goes() -> None:
    assert {"https://example.org/a", "https://example.org/c"} <= {url for url, *_ in listed(DAMAGED)}


def test_an_index_of_sitemaps() -> None:
    listing = read_listing(b"<sitemapindex><sitemap><loc>/news.xml</loc></sitemap></sitemapindex>", "x", "https://example.org/s.xml")
    assert (listing.entries, listing.parts) == ((), ("https://example.org/news.xml",))


@pytest.mark.parametrize("source", ["", "words", "<rss><channel>", "<html><p>x</p></html>", '{"version": 7}'])
def test_no_feed(source: str) -> None:
    with pytest.raises(BadFeed, match="D019 x"):
        read_listing(source.encode(), "x")


def test_entities_that_lead_outside_or_grow_are_not_followed() -> None:
    outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><urlset><url><loc>https://example.org/&e;</loc></url></urlset>'
    assert all(url == "https://example.org/" for url, *_ in listed(outside))
    grows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<!DOCTYPE x [<!ENTITY e0 "ha">{grows}]><urlset><url><loc>https://example.org/&e11;</loc></url></urlset>'
    assert all(len(url) < 1_000 for url, *_ in listed(laughs))


@pytest.mark.parametrize(
    ("data", "kind"), [(RSS, "feed"), (ATOM, "feed"), (JSON, "feed"), (RDF, "feed"), (NEWS, "sitemap"), ("<html><rss-icon>", None), ('[{"text": "x"}]', None), ("", None)],
)
def test_kind(data: str, kind: str | None) -> None:
    assert kind_of(data.encode()) == kind


@given(st.text(alphabet="<>/rsitemlnk &;\"'=uX", max_size=80))
def test_any_text(noise: str) -> None:
    try:
        entries = read_listing(f'<rss version="2.0"><channel>{noise}</channel></rss>'.encode(), "x", "https://example.org/").entries
    except InputError:
        return
    assert all(isinstance(entry, Entry) and entry.url.startswith("http") for entry in entries)
