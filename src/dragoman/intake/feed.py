"""Feeds (RSS, Atom, RDF, JSON Feed) and news sitemaps: the articles they point to, with the day and headline they state.

Feeds by fastfeedparser, and by feedparser where that one refuses. Sitemaps by our own reader, since no maintained one with a free licence
reads `news:publication_date` and `news:title`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from dragoman.errors import BadFeed, TooLarge
from dragoman.intake import dating
from dragoman.intake.jsonl import is_day

LARGEST = 60_000_000
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|atom:feed)[\s>]", re.IGNORECASE)
_SITEMAP = re.compile(rb"<(?:\w+:)?(urlset|sitemapindex)[\s>]", re.IGNORECASE)
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')
_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")
_LOOKED_AT = 4096


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed or sitemap says of an article."""

    url: str
    title: str | None = None
    dated: dating.Dated | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of a feed or sitemap, and the sitemaps that an index of them names."""

    kind: str
    entries: tuple[Entry, ...]
    parts: tuple[str, ...] = ()


def kind_of(data: bytes) -> str | None:
    """`feed` or `sitemap`; None for anything else."""
    head = data[:_LOOKED_AT]
    if _SITEMAP.search(head):
        return "sitemap"
    return "feed" if _FEED.search(head) or _JSON_FEED.search(head) else None


def read_listing(data: bytes, subject: str, base: str | None = None) -> Listing:
    """The entries of a feed or sitemap, each address once.

    Args:
        data: the document.
        subject: what messages name.
        base: its address, for entries with relative ones.

    Raises:
        BadFeed: it is none, or too damaged.
    """
    if len(data) > LARGEST:
        raise TooLarge(subject, largest=LARGEST, how="")
    if kind_of(data) == "sitemap":
        return _sitemap(data, subject, base)
    found: dict[str, Entry] = {}
    for entry in _feed(data, subject, base):
        found.setdefault(entry.url, entry)
    return Listing("feed", tuple(found.values()))


def _feed(data: bytes, subject: str, base: str | None) -> Iterator[Entry]:
    feed, entries = _parsed(data, subject)
    outlet = _text(feed.get("title"))
    for entry in entries:
        link = _text(entry.get("link")) or _text(entry.get("id")) or ""
        url = urljoin(base or "", link)
        if link and url.startswith(("http://", "https://")):
            yield Entry(url, _text(entry.get("title")), _dated(entry.get("published"), "feed"), outlet)


def _parsed(data: bytes, subject: str) -> tuple[Any, list[Any]]:
    import fastfeedparser

    found: Any = None
    with suppress(Exception):  # whatever it says of a damaged feed, the other parser may still read it
        found = fastfeedparser.parse(data, include_content=False, include_tags=False, include_media=False, include_enclosures=False)
        if found.entries and len(found.entries) >= len(_ENTRY.findall(data)):
            return found.feed, list(found.entries)
    import feedparser

    try:
        other = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # damage that it did not foresee
        raise BadFeed(subject, detail=type(error).__name__) from error
    if found is not None and len(found.entries) > len(other.entries):
        return found.feed, list(found.entries)
    if not other.entries and (other.get("bozo") or not other.get("version")):
        raise BadFeed(subject, detail=str(other.get("bozo_exception") or "it has no entries").splitlines()[0])
    return other.feed, list(other.entries)


def _text(value: object) -> str | None:
    """A headline or address as plain text."""
    from html import unescape

    return " ".join(re.sub(r"<[^>]*>", "", unescape(value)).split()) or None if isinstance(value, str) else None


def _dated(value: object, source: str) -> dating.Dated | None:
    day = str(value)[:10] if isinstance(value, str) else ""
    return dating.Dated(day, source) if is_day(day) else None


def _sitemap(data: bytes, subject: str, base: str | None) -> Listing:
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError as error:
        raise BadFeed(subject, detail=str(error)) from error
    if root is None:
        raise BadFeed(subject, detail="no XML")
    facts = [{etree.QName(child).localname: (child.text or "").strip() for child in node.iter(etree.Element)} for node in root.iterchildren(etree.Element)]
    places = [(fact, urljoin(base or "", fact["loc"])) for fact in facts if fact.get("loc")]
    if etree.QName(root).localname == "sitemapindex":
        return Listing("sitemap", (), tuple(url for _, url in places))
    found = {url: Entry(url, fact.get("title") or None, _dated(fact.get("publication_date"), "sitemap"), fact.get("name") or None) for fact, url in places}
    return Listing("sitemap", tuple(found.values()))
