"""Markdown to text: paragraphs without their marks, an empty line between them; facts from a YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*\r?\n", re.DOTALL)


def read_markdown(source: str) -> tuple[str, dict[str, Any]]:
    """The text of a document, and what its front matter states. A first heading is its title where none is stated."""
    from markdown_it import MarkdownIt

    front = _FRONT.match(source)
    facts = _facts(front[1]) if front else {}
    tokens = MarkdownIt("commonmark").parse(source[front.end() :] if front else source)
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        facts.setdefault("title", "".join(_words(tokens[1].children or ())))
        tokens = tokens[3:]
    return "\n\n".join(_paragraphs(tokens)), facts


def _facts(front: str) -> dict[str, Any]:
    try:
        found = yaml.safe_load(front)
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}


def _paragraphs(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline" and (words := "".join(_words(token.children or ())).strip()):
            yield words


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    """The words of a line; pictures and raw HTML say nothing."""
    for token in tokens:
        if token.type in ("text", "code_inline"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
