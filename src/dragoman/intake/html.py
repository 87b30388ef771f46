"""The article in a web page: main text and metadata by trafilatura, its day by `dating`, its language by `language`.

`favor_precision` is the default: for a ledger of events a false sentence costs more than a missed one. Two failures of it were measured
and are mended: a body that a page keeps in several containers of one class is put together first, and a page of which next to nothing is
left is read again without it. `fast` is for archives: a cheap look at text and language comes first, and pages that are no English
article never reach the slow extractor.
"""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dragoman.errors import BadDate, InputError, NoBody, OtherLanguage, TooLarge
from dragoman.intake import dating, language
from dragoman.intake.text import decode
from dragoman.records import Article, content_id

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LARGEST = 10_000_000
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"[^\S\n]*\n\s*")
# A page of which no more than this is left is read again without `favor_precision`; what is then found must be a multiple of it.
_LITTLE, _MULTIPLE = 600, 3
# A body's container holds this many characters of paragraphs at least.
_BODY_PART = 200
# What an article has at least, in the cheap look and at the end.
_GATE_CHARACTERS, _FEWEST_WORDS = 250, 3
_PARTS = frozenset(["div", "section"])

# Damaged pages are our daily bread; what the libraries think of them is no message for a user.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a page is from: its address, the encoding and the language its transport names, the day it was seen, a day stated elsewhere (a feed)."""

    url: str | None = None
    encoding: str | None = None
    seen: date | None = None
    stated: dating.Dated | None = None
    outlet: str | None = None
    title: str | None = None


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page's head names."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii", "replace") if found else None


def is_page(data: bytes) -> bool:
    """Whether the bytes begin as a page does."""
    return data[:500].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html"))


def read_page(data: bytes, subject: str, origin: Origin = Origin(), fast: bool = False) -> tuple[Article, list[InputError]]:
    """The article of a page, and what is doubtful about it.

    Args:
        data: the page as it came.
        subject: what messages name.
        origin: what is known of it from elsewhere.
        fast: for archives: pages that are short or not in English are told apart cheaply, and the body is taken the quick way.

    Raises:
        NoBody: the page has no article text.
        OtherLanguage: `fast`, and the page is in another language.
        BinaryFile, EmptyText, TooLarge: it is no page.
    """
    if len(data) > LARGEST:
        raise TooLarge(subject, largest=LARGEST, how="")
    markup, doubt = decode(data, subject, origin.encoding or declared_encoding(data))
    if fast:
        _gate(markup, subject)
    tree = _tree(markup)
    if tree is None:
        raise NoBody(subject)
    return _article(tree, data, subject, origin, fast, [doubt] if doubt else [])


def _article(tree: HtmlElement, data: bytes, subject: str, origin: Origin, fast: bool, doubts: list[InputError]) -> tuple[Article, list[InputError]]:
    facts = _facts(tree, origin.url)
    dated, refused = dating.published(tree, facts.url or origin.url, origin.seen)
    if origin.stated and (dated is None or dated.confidence < origin.stated.confidence):
        dated, refused = origin.stated, None
    stated_language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    text = _without_headline(body(tree, fast), facts.title)
    if len(text.split()) < _FEWEST_WORDS:
        raise NoBody(subject)
    url = facts.url or origin.url
    article = Article(
        content_id(url, text) if url else content_id(text), text, dated.day if dated else None, facts.title or origin.title, origin.outlet or facts.outlet, url,
        language.identify(text, stated_language), facts.authors, dated.source if dated else None, dated.confidence if dated else None,
        hashlib.sha256(data).hexdigest(),
    )  # fmt: skip
    return article, [*doubts, *([BadDate(subject, value=refused[:80])] if refused else [])]


def _tree(markup: str) -> HtmlElement | None:
    """The page as a tree; None where there is none."""
    from lxml import html
    from lxml.etree import LxmlError

    try:
        return html.document_fromstring(_XML.sub("", markup.replace("\0", "")))
    except (LxmlError, ValueError):
        return None


def _gate(markup: str, subject: str) -> None:
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(markup, main_content=True, alt_texts=False, preserve_formatting=False)
    if len(text) < _GATE_CHARACTERS:
        raise NoBody(subject)
    if (found := language.identify(text)) != language.CODED:
        raise OtherLanguage(subject, language=found)


def body(tree: HtmlElement, fast: bool = False) -> str:
    """The article's paragraphs, an empty line between them; "" if there are none."""
    _join_parts(tree)
    text = _extracted(tree, fast=True) if fast else _extracted(tree, favor_precision=True)
    if len(text) < _LITTLE and not fast:
        whole = _extracted(tree)
        text = whole if len(whole) > _MULTIPLE * len(text) else text
    return _BREAK.sub("\n\n", text).strip()


def _without_headline(text: str, title: str | None) -> str:
    """The text without a first line that only says the title, which the article keeps as such."""
    first, _, rest = text.partition("\n\n")
    return rest if title and rest and _WORD.findall(first.lower()) == _WORD.findall(title.lower()) else text


def _extracted(tree: HtmlElement, **options: Any) -> str:
    from copy import deepcopy

    from trafilatura import bare_extraction

    found: Any = bare_extraction(deepcopy(tree), include_comments=False, include_formatting=False, with_metadata=False, **options)
    return str(found.text or "") if found else ""


def _join_parts(tree: HtmlElement) -> None:
    """Put a body together that the page keeps in several containers of one class (adverts stand between them)."""
    parts = [node for node in tree.iter(*_PARTS) if node.get("class") and _prose(node) >= _BODY_PART]
    parts.sort(key=lambda node: str(node.get("class")))
    for _, same in groupby(parts, key=lambda node: (node.tag, node.get("class"))):
        first, *others = list(same)
        home = _article_of(first)
        for other in others:
            if _article_of(other) is home and not _holds(other, first) and not _holds(first, other):
                first.extend(list(other))


def _prose(node: HtmlElement) -> int:
    """Characters in the paragraphs that are the node's own children."""
    return sum(len(child.text_content()) for child in node if child.tag == "p")


def _article_of(node: HtmlElement) -> HtmlElement | None:
    """The `<article>` or `<main>` that the node stands in."""
    return next(node.iterancestors("article", "main"), None)


def _holds(outer: HtmlElement, inner: HtmlElement) -> bool:
    return any(ancestor is outer for ancestor in inner.iterancestors())


@dataclass(frozen=True, slots=True)
class _Facts:
    title: str | None
    outlet: str | None
    url: str | None
    authors: tuple[str, ...]


def _facts(tree: HtmlElement, url: str | None) -> _Facts:
    """Title, outlet, address and authors as trafilatura finds them."""
    from copy import deepcopy

    from trafilatura.metadata import extract_metadata

    # The day is found by `dating`: the cheap search that cannot be turned off is the least it can do.
    found = extract_metadata(deepcopy(tree), url, {"extensive_search": False, "original_date": True}, extensive=False)
    names = tuple(dict.fromkeys(name.strip() for name in (found.author or "").split(";") if name.strip()))
    return _Facts(found.title or None, found.sitename or None, found.url or url, names)
