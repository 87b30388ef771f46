"""Files, folders, globs, addresses and standard input, read to articles; whatever cannot be read becomes an issue and the run goes on."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import BadDate, EmptyText, MissingSource, TooLarge, Unreadable
from dragoman.intake import dating, documents, feed, warc, web
from dragoman.intake.documents import Found, guarded, issue
from dragoman.intake.fetch import Fetcher
from dragoman.intake.html import Origin
from dragoman.intake.jsonl import is_day
from dragoman.intake.options import Count, Options
from dragoman.records import Article

STDIN = "-"
_KINDS: Mapping[str, documents.Kind] = {
    ".txt": documents.text, ".html": documents.page, ".htm": documents.page, ".md": documents.markdown, ".markdown": documents.markdown,
    ".csv": documents.table, ".tsv": documents.table, ".json": documents.json_document, ".pdf": documents.pdf,
}  # fmt: skip
SUFFIXES = (*_KINDS, ".jsonl", *warc.SUFFIXES)
"""What is read in a folder. Feeds and lists of addresses, which lead to the network, must be named."""
_LISTS = (".urls", ".txt")
# A text or table as large as this is none; JSONL and archives are streams and may have any size.
_LARGEST = 1_000_000_000


def read_sources(
    paths: Iterable[str], *, published: str | None = None, outlet: str | None = None, stdin: BinaryIO | None = None, fast: bool = False,
    columns: Mapping[str, str] | None = None, fetcher: Fetcher | None = None, count: Count | None = None,
) -> Iterator[Found]:  # fmt: skip
    """The articles of the sources in order, and an issue for all that could not be read as it should.

    Args:
        paths: files, folders (read recursively, by the suffixes above; names that begin with a dot are passed over), globs, addresses, or `-`.
        published: publication day of articles that state none.
        outlet: outlet of articles that state none.
        stdin: what `-` reads.
        fast: as in `Options`, like the following.
        columns: columns of a table by field.
        fetcher: asks the network.
        count: what is kept up to date.

    Raises:
        BadDate: `published` is no ISO day.
    """
    if published is not None and not is_day(published):
        raise BadDate("published", value=published)
    options = Options(fast, columns or {}, fetcher, count if count is not None else Count())
    found = chain.from_iterable(_read_source(path, stdin, options) for path in paths)
    return (_with_defaults(item, published, outlet) if isinstance(item, Article) else item for item in found)


def _with_defaults(article: Article, published: str | None, outlet: str | None) -> Article:
    if published and not article.date:
        article = replace(article, date=published, date_source="option", date_confidence=dating.CONFIDENCE["option"])
    return replace(article, outlet=article.outlet or outlet)


def _read_source(source: str, stdin: BinaryIO | None, options: Options) -> Iterator[Found]:
    if source == STDIN:
        return guarded(STDIN, partial(_read_stream, stdin, options)) if stdin else iter([issue(MissingSource(STDIN))])
    if web.is_url(source):
        return guarded(source, partial(web.read_url, source, options))
    if os.path.isdir(source):
        return _read_folder(source, options)
    if not os.path.lexists(source) and glob.has_magic(source):
        matches = sorted(glob.glob(source, recursive=True))
        return chain.from_iterable(_read_source(match, None, options) for match in matches) if matches else iter([issue(MissingSource(source))])
    return guarded(source, partial(_read_file, source, options, named=True))


def _read_folder(folder: str, options: Options) -> Iterator[Found]:
    """All files of the known kinds below the folder, in the order of their paths."""
    refused: list[OSError] = []
    files = [os.path.join(place, name) for place, names in _walk(folder, refused) for name in names if name.lower().endswith(SUFFIXES)]
    for path in sorted(files):
        yield from guarded(path, partial(_read_file, path, options))
    yield from (issue(Unreadable(error.filename, detail=error.strerror)) for error in refused)
    if not files and not refused:
        yield issue(EmptyText(folder))


def _walk(folder: str, refused: list[OSError]) -> Iterator[tuple[str, list[str]]]:
    for place, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield place, [name for name in names if not name.startswith(".")]


def _read_file(path: str, options: Options, named: bool = False) -> Iterator[Found]:
    """A file by its suffix; one that is named may also be a feed or a list of addresses."""
    if not path or "\0" in path:
        raise MissingSource(path)
    suffix = Path(path).suffix.lower()
    if path.lower().endswith(warc.SUFFIXES):
        yield from _read_archive(path, options)
    elif suffix == ".jsonl":
        options.count.read["JSONL"] += 1
        with open(path, "rb") as lines:
            yield from documents.lines(lines, path)
    else:
        data = _content(path)
        yield from (_listed(data, path, suffix, options) if named else None) or _KINDS.get(suffix, documents.text)(data, path, Origin(), options)


def _content(path: str) -> bytes:
    if os.path.isfile(path) and os.path.getsize(path) > _LARGEST:
        raise TooLarge(path, largest=_LARGEST, how="")
    return Path(path).read_bytes()


def _listed(data: bytes, path: str, suffix: str, options: Options) -> Iterator[Found] | None:
    """What a feed, a sitemap or a list of addresses points to; None for any other file."""
    if suffix in _LISTS and (found := web.urls(data)):
        options.count.read["list of addresses"] += 1
        return chain.from_iterable(guarded(url, partial(web.read_url, url, options)) for url in found)
    if (suffix not in _KINDS or suffix == ".json") and (kind := feed.kind_of(data)):
        options.count.read[kind] += 1
        return web.read_listing(data, path, options)
    return None


def _read_archive(path: str, options: Options) -> Iterator[Found]:
    """The pages of a web archive."""
    options.count.read["web archive"] += 1
    for found in warc.read_warc(path, options.count.skipped):
        if isinstance(found, warc.Response):
            origin = Origin(found.url or None, found.encoding, found.seen)
            yield from guarded(found.where, partial(documents.page, found.body, found.where, origin, options))
        else:
            yield issue(found)


def _read_stream(stream: BinaryIO, options: Options) -> Iterator[Found]:
    """Standard input: JSONL is read line by line as it comes; a page and a text are read whole."""
    head = b""
    while not head.strip(b"\xef\xbb\xbf \t\r\n"):
        if not (line := stream.readline()):
            raise EmptyText(STDIN)
        head += line
    first = head.strip(b"\xef\xbb\xbf \t\r\n")
    if first in (b"{", b"["):
        yield from documents.json_document(head + stream.read(), STDIN, Origin(), options)
    elif first.startswith(b"{"):
        options.count.read["JSONL"] += 1
        yield from documents.lines(chain(head.splitlines(keepends=True), stream), STDIN)
    else:
        yield from documents.text(head + stream.read(), STDIN, Origin(), options)
