"""The article in a web page: main text and metadata, by the standard library's parser.

The body is the fullest `<article>`, else `<main>` (or what is marked as the article's body), else the element with the most
paragraph text. Metadata: Open Graph, JSON-LD (schema.org), Dublin Core and `<time datetime>`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from dragoman.errors import BadDate, InputError, NoBody
from dragoman.intake.jsonl import is_day
from dragoman.records import Article, content_id

_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
_DROPPED = frozenset(["script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "svg", "iframe", "figure", "button", "select", "dialog", "head"])
_BLOCKS = frozenset(["address", "article", "blockquote", "body", "dd", "div", "dl", "dt", "fieldset", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li",
                     "main", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "thead", "tr", "ul"])
_CLOSES_P = _BLOCKS - {"body"}
_PUBLISHED = ("article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate", "publish-date",
              "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created", "parsely-pub-date", "sailthru.date")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_BLANKS, _BLANKS_BETWEEN = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]"), re.compile(r" {2,}")
# Text outside paragraphs is an article only when there is much of it: menus and notices are short.
_LOOSE_TEXT = 200


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page's head names."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii", "replace") if found else None


def read_page(page: str, subject: str) -> tuple[Article, InputError | None]:
    """The article of a page, and what is wrong with its date (None: nothing).

    Raises:
        NoBody: the page has no article text.
    """
    tree = _Tree()
    tree.feed(page)
    tree.close()
    text = _body(tree.root)
    if not text:
        raise NoBody(subject)
    facts = _facts(tree)
    stated = list(_dates(tree, facts))
    day = next((value[:10] for value in stated if is_day(value[:10])), None)
    doubt = BadDate(subject, value=stated[0]) if stated and day is None else None
    article = Article(content_id(text), text, day, _title(tree), facts.get("og:site_name") or _publisher(facts), facts.get("canonical"), _language(tree))
    return article, doubt


@dataclass(slots=True, eq=False)
class _Node:
    tag: str
    attributes: dict[str, str]
    children: list[_Node | str] = field(default_factory=list)

    def below(self) -> Iterator[_Node]:
        """The node and all elements below it, in the order of the page; no recursion, for pages nested without end."""
        queue = [self]
        while queue:
            node = queue.pop()
            yield node
            queue.extend(child for child in reversed(node.children) if isinstance(child, _Node))


class _Tree(HTMLParser):
    """The page as a tree; unclosed and stray tags are borne as browsers do, roughly."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("html", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; one that cannot stand in a paragraph closes it."""
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.root.attributes.update(values)
            return
        if tag in _CLOSES_P and self._open[-1].tag == "p":
            self._open.pop()
        node = _Node(tag, values)
        self._open[-1].children.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        """Close the nearest open element of that name, if there is one."""
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        """Text of the innermost open element."""
        self._open[-1].children.append(data)

    def parse_html_declaration(self, i: int) -> int:
        """A declaration; a broken one (`<![ ...`), on which the library gives up, is passed over as a comment."""
        try:
            return super().parse_html_declaration(i)
        except AssertionError:
            return self.parse_bogus_comment(i)


_EDGE = _Node("", {})
_BREAKS = {"br": "\n", "": "\n\n"}


def _body(root: _Node) -> str:
    """The article's paragraphs, an empty line between them; "" if there are none."""
    nodes = list(_kept(root))
    for wanted in (_is_article, _is_main):
        texts = [_text(node) for node in nodes if wanted(node)]
        if best := max(texts, key=len, default=""):
            return best
    dense = max(nodes, key=_paragraph_length, default=root)
    if _paragraph_length(dense):
        return _text(dense)
    loose = max(nodes, key=_loose_length, default=root)
    return _text(loose) if _loose_length(loose) >= _LOOSE_TEXT else ""


def _is_article(node: _Node) -> bool:
    return node.tag == "article" or "articlebody" in node.attributes.get("itemprop", "").lower()


def _is_main(node: _Node) -> bool:
    return node.tag == "main" or node.attributes.get("role") == "main"


def _kept(root: _Node) -> Iterator[_Node]:
    """Elements that are no furniture."""
    queue = [root]
    while queue:
        node = queue.pop()
        yield node
        queue.extend(child for child in reversed(node.children) if isinstance(child, _Node) and not _is_furniture(child))


def _is_furniture(node: _Node) -> bool:
    return node.tag in _DROPPED or "hidden" in node.attributes or node.attributes.get("aria-hidden") == "true"


def _paragraph_length(node: _Node) -> int:
    """Characters in the paragraphs that are the node's own children."""
    return sum(len(_text(child)) for child in node.children if isinstance(child, _Node) and child.tag == "p")


def _loose_length(node: _Node) -> int:
    return sum(len(child.strip()) for child in node.children if isinstance(child, str))


def _text(node: _Node) -> str:
    """The node's text: blocks become paragraphs, blanks collapse, `<br>` is a line break; the headline is left to the title."""
    pieces: list[str] = []
    queue: list[_Node | str] = [node]
    while queue:
        part = queue.pop()
        if isinstance(part, str):
            pieces.append(_BLANKS.sub(" ", part))
        elif part.tag in _BREAKS:
            pieces.append(_BREAKS[part.tag])
        elif not _is_furniture(part) and part.tag != "h1":
            edge = [_EDGE] if part.tag in _BLOCKS else []
            queue += [*edge, *reversed(part.children), *edge]
    lines = "\n".join(line.strip(" ") for line in _BLANKS_BETWEEN.sub(" ", "".join(pieces)).split("\n"))
    return re.sub(r"\n{2,}", "\n\n", lines).strip()


def _facts(tree: _Tree) -> dict[str, str]:
    """Metadata by lower-case name: `<meta>`, the canonical address, and what JSON-LD says of the article."""
    facts: dict[str, str] = {}
    for node in tree.root.below():
        values = node.attributes
        if node.tag == "meta" and (content := values.get("content", "").strip()):
            facts.setdefault((values.get("property") or values.get("name") or values.get("itemprop") or "").lower(), content)
        elif node.tag == "link" and "canonical" in values.get("rel", "").lower().split():
            facts.setdefault("canonical", values.get("href", "").strip())
        elif node.tag == "script" and "ld+json" in values.get("type", "").lower():
            for name, value in _linked_data("".join(child for child in node.children if isinstance(child, str))):
                facts.setdefault(name, value)
    if "og:url" in facts:
        facts.setdefault("canonical", facts["og:url"])
    return {name: value for name, value in facts.items() if value}


def _linked_data(source: str) -> Iterator[tuple[str, str]]:
    """Publication date and publisher from a JSON-LD block; a broken one says nothing."""
    try:
        queue: list[Any] = [json.loads(source)]
    except (ValueError, RecursionError):
        return
    while queue:
        value = queue.pop(0)
        if isinstance(value, list):
            queue += value
        elif isinstance(value, dict):
            publisher = value.get("publisher")
            if isinstance(stated := value.get("datePublished"), str):
                yield "ld:date", stated
            if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
                yield "ld:publisher", publisher["name"]
            queue += [child for key, child in value.items() if key in ("@graph", "mainEntity", "mainEntityOfPage")]


def _publisher(facts: dict[str, str]) -> str | None:
    return facts.get("ld:publisher")


def _dates(tree: _Tree, facts: dict[str, str]) -> Iterator[str]:
    """Publication dates as the page states them, the most trustworthy first."""
    yield from (facts[name] for name in (_PUBLISHED[0], "ld:date", *_PUBLISHED[1:]) if name in facts)
    yield from (node.attributes["datetime"].strip() for node in tree.root.below() if node.tag == "time" and node.attributes.get("datetime", "").strip())


def _title(tree: _Tree) -> str | None:
    """The headline: Open Graph's, else the first `<h1>`, else `<title>`."""
    found: dict[str, str] = {}
    for node in tree.root.below():
        if node.tag == "meta" and node.attributes.get("property") == "og:title":
            found.setdefault("og", node.attributes.get("content", ""))
        elif node.tag in ("h1", "title"):
            found.setdefault(node.tag, " ".join(" ".join(child for part in node.below() for child in part.children if isinstance(child, str)).split()))
    return next((found[name].strip() for name in ("og", "h1", "title") if found.get(name, "").strip()), None)


def _language(tree: _Tree) -> str:
    """The primary language tag of the page; "en" where it names none."""
    return tree.root.attributes.get("lang", "").strip().lower().partition("-")[0] or "en"
