"""Files, folders, globs and standard input, read to articles; whatever cannot be read becomes an issue and the run goes on."""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import BadDate, EmptyText, InputError, MissingSource, NotJson, TooLong, Unreadable
from dragoman.intake.html import declared_encoding, read_page
from dragoman.intake.jsonl import is_day, parse_line, to_article
from dragoman.intake.text import LONGEST, decode, is_binary, mend
from dragoman.records import Article, Issue, content_id

STAGE = "intake"
STDIN = "-"
SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".json")
Found = Article | Issue


def read_sources(paths: Iterable[str], *, published: str | None = None, outlet: str | None = None, stdin: BinaryIO | None = None) -> Iterator[Found]:
    """The articles of the sources in order, and an issue for all that could not be read as it should.

    Args:
        paths: files, folders (read recursively: .txt .html .htm .jsonl .json; names that begin with a dot are passed over), globs, or `-`.
        published: publication day of articles that state none.
        outlet: outlet of articles that state none.
        stdin: what `-` reads.

    Raises:
        BadDate: `published` is no ISO day.
    """
    if published is not None and not is_day(published):
        raise BadDate("published", value=published)
    found = chain.from_iterable(_read_source(path, stdin) for path in paths)
    return (_with_defaults(item, published, outlet) if isinstance(item, Article) else item for item in found)


def _with_defaults(article: Article, published: str | None, outlet: str | None) -> Article:
    return replace(article, date=article.date or published, outlet=article.outlet or outlet)


def _issue(error: InputError) -> Issue:
    return Issue(error.subject, STAGE, error.code, str(error.args[0]))


def _read_source(source: str, stdin: BinaryIO | None) -> Iterator[Found]:
    if source == STDIN:
        return _guarded(STDIN, partial(_read_stream, stdin)) if stdin else iter([_issue(MissingSource(STDIN))])
    if os.path.isdir(source):
        return _read_folder(source)
    if not os.path.lexists(source) and glob.has_magic(source):
        matches = sorted(glob.glob(source, recursive=True))
        return chain.from_iterable(_read_source(match, None) for match in matches) if matches else iter([_issue(MissingSource(source))])
    return _guarded(source, partial(_read_file, source))


def _guarded(subject: str, read: Callable[[], Iterator[Found]]) -> Iterator[Found]:
    """What `read` yields; an error ends it with an issue."""
    try:
        yield from read()
    except InputError as error:
        yield _issue(error)
    except (FileNotFoundError, NotADirectoryError):
        yield _issue(MissingSource(subject))
    except OSError as error:
        yield _issue(Unreadable(subject, detail=error.strerror or error))


def _read_folder(folder: str) -> Iterator[Found]:
    """All files of the known kinds below the folder, in the order of their paths."""
    refused: list[OSError] = []
    files = [os.path.join(place, name) for place, names in _walk(folder, refused) for name in names if name.lower().endswith(SUFFIXES)]
    for path in sorted(files):
        yield from _guarded(path, partial(_read_file, path))
    yield from (_issue(Unreadable(error.filename, detail=error.strerror)) for error in refused)
    if not files and not refused:
        yield _issue(EmptyText(folder))


def _walk(folder: str, refused: list[OSError]) -> Iterator[tuple[str, list[str]]]:
    for place, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield place, [name for name in names if not name.startswith(".")]


def _read_file(path: str) -> Iterator[Found]:
    if not path or "\0" in path:
        raise MissingSource(path)
    suffix = Path(path).suffix.lower()
    if suffix == ".jsonl":
        with open(path, "rb") as lines:
            yield from _read_lines(lines, path)
        return
    data = Path(path).read_bytes()
    yield from _read_json(data, path) if suffix == ".json" else _read_document(data, path, suffix in (".html", ".htm"))


def _read_stream(stream: BinaryIO) -> Iterator[Found]:
    """Standard input: JSONL is read line by line as it comes; a page and a text are read whole."""
    head = b""
    while not head.strip(b"\xef\xbb\xbf \t\r\n"):
        if not (line := stream.readline()):
            raise EmptyText(STDIN)
        head += line
    first = head.strip(b"\xef\xbb\xbf \t\r\n")
    if first in (b"{", b"["):
        yield from _read_json(head + stream.read(), STDIN)
    elif first.startswith(b"{"):
        yield from _read_lines(chain(head.splitlines(keepends=True), stream), STDIN)
    else:
        yield from _read_document(head + stream.read(), STDIN, is_page=False)


def _read_document(data: bytes, subject: str, is_page: bool) -> Iterator[Found]:
    """A text or a page; a page is also known by how it begins."""
    is_page = is_page or data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html"))
    text, doubt = decode(data, subject, declared_encoding(data) if is_page else None)
    article, date_doubt = read_page(text, subject) if is_page else (Article(content_id(text), text), None)
    yield _short(article, subject)
    yield from (_issue(error) for error in (doubt, date_doubt) if error)


def _read_lines(lines: Iterable[bytes], subject: str) -> Iterator[Found]:
    """JSONL; a bad line is an issue that names file and line."""
    empty = True
    for number, line in enumerate(lines, 1):
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            empty = False
            where = f"{subject}:{number}"
            yield from _guarded(where, partial(_read_line, line, where))
    if empty:
        raise EmptyText(subject)


def _read_line(line: bytes, where: str) -> Iterator[Found]:
    if is_binary(line):
        raise NotJson(where, detail="it is binary data")
    text, doubt = decode(line, where)
    yield from _mended(parse_line(text, where), where, doubt)


def _read_record(record: object, where: str) -> Iterator[Found]:
    return _mended(to_article(record, where), where, None)


def _read_json(data: bytes, subject: str) -> Iterator[Found]:
    """A JSON document: one article, a list of articles, or JSONL under another name."""
    text, doubt = decode(data, subject)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        parse_line(text.strip().splitlines()[0], subject)  # refuses the document as a whole where its first line is no article
        yield from _read_lines(data.splitlines(), subject)
        return
    records = document if isinstance(document, list) else [document]
    if not records:
        raise EmptyText(subject)
    for number, record in enumerate(records, 1):
        where = f"{subject}[{number}]" if isinstance(document, list) else subject
        yield from _guarded(where, partial(_read_record, record, where))
    if doubt:
        yield _issue(doubt)


def _mended(article: Article, where: str, doubt: InputError | None) -> Iterator[Found]:
    """The article as a store can hold it."""
    if not article.text.strip():
        raise EmptyText(where)
    _short(article, where)
    fields = {name: mend(value, where) for name, value in asdict(article).items() if isinstance(value, str)}
    broken = next((error for _, error in fields.values() if error), None)
    yield replace(article, **{name: value for name, (value, _) in fields.items()}) if broken else article
    yield from (_issue(error) for error in (doubt, broken) if error)


def _short(article: Article, where: str) -> Article:
    """The article, if it is one and no book: the message names the file, where the article's id may be a hash."""
    if len(article.text) > LONGEST:
        raise TooLong(where, length=len(article.text), longest=LONGEST)
    return article
