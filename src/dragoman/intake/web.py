"""Addresses to articles: a page, or all that a feed, a news sitemap or a list of addresses points to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from dragoman.errors import BinaryFile, NotFetched
from dragoman.intake import documents, feed
from dragoman.intake.documents import Found, guarded
from dragoman.intake.fetch import Answer, Fetcher
from dragoman.intake.html import Origin
from dragoman.intake.options import Options
from dragoman.records import Article

_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml", "")
# An index of sitemaps may name others; a site's news lie no deeper than this.
_DEEPEST = 3


def is_url(source: str) -> bool:
    """Whether a source is an address."""
    return _URL.fullmatch(source) is not None


def urls(data: bytes) -> list[str]:
    """The addresses of a list: one a line, `#` begins a remark; [] if anything else stands in it."""
    lines = [line.strip() for line in data.decode("utf-8-sig", "replace").splitlines()]
    found = [line for line in lines if line and not line.startswith("#")]
    return list(dict.fromkeys(found)) if all(map(is_url, found)) else []


def read_url(url: str, options: Options, depth: int = 0) -> Iterator[Found]:
    """The articles that stand at an address or that the feed or sitemap there points to.

    Raises:
        InputError: it cannot be had, or is nothing that can be read.
    """
    answer = _fetcher(url, options).get(url)
    if kind := feed.kind_of(answer.body):
        options.count.read[kind] += 1
        yield from read_listing(answer.body, url, options, answer.url, depth)
    else:
        yield from read_answer(answer, Origin(), options)


def _fetcher(url: str, options: Options) -> Fetcher:
    if options.fetcher is None:
        raise NotFetched(url, detail="the network may not be asked here")
    return options.fetcher


def read_listing(data: bytes, subject: str, options: Options, base: str | None = None, depth: int = 0) -> Iterator[Found]:
    """The articles that a feed or sitemap points to; one that cannot be had is an issue."""
    listing = feed.read_listing(data, subject, base)
    for entry in listing.entries:
        yield from guarded(entry.url, partial(read_entry, entry, options))
    for part in listing.parts if depth < _DEEPEST else ():
        yield from guarded(part, partial(read_url, part, options, depth + 1))


def read_entry(entry: feed.Entry, options: Options) -> Iterator[Found]:
    """The article that an entry of a feed points to."""
    answer = _fetcher(entry.url, options).get(entry.url)
    yield from read_answer(answer, Origin(stated=entry.dated, outlet=entry.outlet, title=entry.title), options)


def read_answer(answer: Answer, origin: Origin, options: Options) -> Iterator[Found]:
    """The article in an answer. Its address is the one that the page itself names, else where it was found."""
    origin = replace(origin, url=answer.url, encoding=answer.encoding)
    if answer.content_type in _PAGES:
        read: documents.Kind = documents.page
    elif answer.content_type == "application/pdf":
        read = documents.pdf
    elif answer.content_type.startswith("text/"):
        read = documents.text
    else:
        raise BinaryFile(answer.url)
    for item in read(answer.body, answer.url, origin, options):
        yield replace(item, outlet=origin.outlet) if isinstance(item, Article) and origin.outlet else item
