"""One document to articles, whatever kind it is: what a file, a record of an archive and an answer from the network have in common."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from functools import partial
from typing import Any

from dragoman.errors import ArticleFailed, EmptyText, InputError, MissingSource, NotJson, TooLong, Unreadable
from dragoman.intake import dating, language
from dragoman.intake.html import Origin, is_page, read_page
from dragoman.intake.jsonl import parse_line, to_article
from dragoman.intake.markdown import read_markdown
from dragoman.intake.options import Options
from dragoman.intake.pdf import SIGNATURE, read_pdf
from dragoman.intake.table import day_of, read_table
from dragoman.intake.text import LONGEST, decode, is_binary, mend
from dragoman.records import Article, Issue, content_id

STAGE = "intake"
Found = Article | Issue
Kind = Callable[[bytes, str, Origin, Options], Iterator[Found]]


def issue(error: InputError) -> Issue:
    """The issue that an error of the intake becomes."""
    return Issue(error.subject, STAGE, error.code, str(error.args[0]))


def guarded(subject: str, read: Callable[[], Iterator[Found]]) -> Iterator[Found]:
    """What `read` yields; an error ends it with an issue."""
    try:
        yield from read()
    except InputError as error:
        yield issue(error)
    except (FileNotFoundError, NotADirectoryError):
        yield issue(MissingSource(subject))
    except OSError as error:
        yield issue(Unreadable(subject, detail=error.strerror or error))
    except Exception as error:  # the boundary of an article: what a library makes of one page never ends a run
        yield issue(ArticleFailed(subject, stage=STAGE, detail=f"{type(error).__name__}: {error}"))


def page(data: bytes, subject: str, origin: Origin, options: Options) -> Iterator[Found]:
    """A web page."""
    options.count.read["web page"] += 1
    article, doubts = read_page(data, subject, origin, options.fast)
    yield short(article, subject)
    yield from map(issue, doubts)


def text(data: bytes, subject: str, origin: Origin, options: Options) -> Iterator[Found]:
    """A plain text; a page and a PDF are also known by how they begin."""
    if is_page(data):
        yield from page(data, subject, origin, options)
    elif data.startswith(SIGNATURE) and subject.lower().endswith(".pdf"):
        yield from pdf(data, subject, origin, options)
    else:
        options.count.read["text"] += 1
        found, doubt = decode(data, subject, origin.encoding)
        yield short(_plain(found, data, origin), subject)
        yield from [issue(doubt)] if doubt else []


def markdown(data: bytes, subject: str, origin: Origin, options: Options) -> Iterator[Found]:
    """A Markdown document."""
    options.count.read["Markdown"] += 1
    source, doubt = decode(data, subject, origin.encoding)
    found, facts = read_markdown(source)
    if not found.strip():
        raise EmptyText(subject)
    stated: dict[str, Any] = {name: str(facts[name]) for name in ("title", "date", "outlet", "url", "language") if facts.get(name)}
    day = day_of(stated.pop("date", None), subject)
    given = dating.Dated(day, "given") if day else origin.stated
    authors = facts.get("authors") or facts.get("author") or ()
    article = _plain(found, data, replace(origin, stated=given), stated.pop("language", None))
    yield short(replace(article, authors=(authors,) if isinstance(authors, str) else tuple(map(str, authors)), **stated), subject)
    yield from [issue(doubt)] if doubt else []


def pdf(data: bytes, subject: str, origin: Origin, options: Options) -> Iterator[Found]:
    """A PDF file."""
    options.count.read["PDF"] += 1
    found, title = read_pdf(data, subject)
    found, doubt = mend(found, subject)
    yield short(_plain(found, data, replace(origin, title=origin.title or title)), subject)
    yield from [issue(doubt)] if doubt else []


def _plain(found: str, data: bytes, origin: Origin, stated: str | None = None) -> Article:
    """An article of a text and what is known of where it came from."""
    dated = origin.stated
    return Article(
        content_id(origin.url, found) if origin.url else content_id(found), found, dated.day if dated else None, origin.title, origin.outlet, origin.url,
        language.identify(found, stated), (), dated.source if dated else None, dated.confidence if dated else None, hashlib.sha256(data).hexdigest(),
    )  # fmt: skip


def table(data: bytes, subject: str, origin: Origin, options: Options) -> Iterator[Found]:
    """CSV or TSV, one article a row; a bad row is an issue that names file and line."""
    options.count.read["table"] += 1
    source, doubt = decode(data, subject, origin.encoding)
    for where, row in read_table(source, subject, options.columns):
        yield from guarded(where, partial(_row, row, where))
    yield from [issue(doubt)] if doubt else []


def _row(row: dict[str, str | None], where: str) -> Iterator[Found]:
    authors = tuple(name.strip() for name in (row.pop("authors", None) or "").split(";") if name.strip())
    article = to_article({**row, "date": day_of(row.get("date"), where)}, where)
    yield from _mended(replace(article, authors=authors), where, None, row.get("language") is not None)


def json_document(data: bytes, subject: str, origin: Origin, options: Options) -> Iterator[Found]:
    """A JSON document: one article, a list of articles, or JSONL under another name."""
    options.count.read["JSON"] += 1
    source, doubt = decode(data, subject)
    try:
        document = json.loads(source)
    except (ValueError, RecursionError):
        parse_line(source.strip().splitlines()[0], subject)  # refuses the document as a whole where its first line is no article
        yield from lines(data.splitlines(), subject)
        return
    records = document if isinstance(document, list) else [document]
    if not records:
        raise EmptyText(subject)
    for number, record in enumerate(records, 1):
        where = f"{subject}[{number}]" if isinstance(document, list) else subject
        yield from guarded(where, partial(_record, record, where))
    yield from [issue(doubt)] if doubt else []


def lines(found: Iterable[bytes], subject: str) -> Iterator[Found]:
    """JSONL; a bad line is an issue that names file and line."""
    empty = True
    for number, line in enumerate(found, 1):
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            empty = False
            where = f"{subject}:{number}"
            yield from guarded(where, partial(_line, line, where))
    if empty:
        raise EmptyText(subject)


def _line(line: bytes, where: str) -> Iterator[Found]:
    if is_binary(line):
        raise NotJson(where, detail="it is binary data")
    source, doubt = decode(line, where)
    yield from _mended(parse_line(source, where), where, doubt, '"language"' in source)


def _record(record: object, where: str) -> Iterator[Found]:
    return _mended(to_article(record, where), where, None, isinstance(record, dict) and "language" in record)


def _mended(article: Article, where: str, doubt: InputError | None, tells_language: bool) -> Iterator[Found]:
    """The article as a store can hold it."""
    if not article.text.strip():
        raise EmptyText(where)
    short(article, where)
    values = {field.name: getattr(article, field.name) for field in fields(article)}
    mended = {name: mend(value, where) for name, value in values.items() if isinstance(value, str)}
    broken = next((error for _, error in mended.values() if error), None)
    sound: dict[str, Any] = {name: value for name, (value, _) in mended.items()}
    article = replace(article, **sound) if broken else article
    if not tells_language:
        article = replace(article, language=language.identify(article.text))
    if article.date is not None:
        article = replace(article, date_source="given", date_confidence=dating.CONFIDENCE["given"])
    yield article
    yield from (issue(error) for error in (doubt, broken) if error)


def short(article: Article, where: str) -> Article:
    """The article, if it is one and no book: the message names the file, where the article's id may be a hash."""
    if len(article.text) > LONGEST:
        raise TooLong(where, length=len(article.text), longest=LONGEST)
    return article
