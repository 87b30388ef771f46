"""Paragraphs: a line each, or in a hard-wrapped text what stands between empty lines."""

from __future__ import annotations

import pytest

from dragoman.annotate.blocks import layout
from dragoman.codebook import boilerplate

WRAPPED = """The council met on Monday to
speak about the lake and its
old harbour, which has been
shut since a storm broke its
wall two years ago and sank
three boats."""
WORDS = "The lake has been shut for years, and nobody in the capital seems to know when it will open again. We have asked them twice. Nobody came. "
VOICES = "\n".join(f"“{WORDS * 2}” — Voice {name}" for name in "abcdefg")


@pytest.mark.parametrize(("text", "count"), [(WRAPPED, 1), (f"{WRAPPED}\n\n{WRAPPED}", 2), (VOICES, 7), ("One line\nAnother line", 2), ("", 0)])
def test_lines_are_joined_only_where_they_are_as_wide_as_a_screen(text: str, count: int) -> None:
    assert len(layout(text, boilerplate()).blocks) == count


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Advertisement", "advert"), ("Read more: Ministers meet in Nairobi", "read-more"), ("SEE MORE: Ministers meet", "read-more"),
        ("Related: The talks in pictures", "related-list"),
        ("Don’t miss", "do-not-miss"), ("Also on example.com Ministers meet", "also-on"), ("Sign up for our newsletter", "sign-up"),
        ("Get the latest updates right in your inbox.", "sign-up"), ("Follow us on Telegram", "follow-us"), ("Follow Ada Alder on Twitter @alder", "follow-us"),
        ("Like this story? Share it with a friend!", "share"), ("Updated at 1:23 p.m.", "stamp"), ("Photo: Ada Alder", "picture"), ("Topics: trade, borders", "topics"),
        ("Related talks will be held in Nairobi.", None), ("Don’t miss the point, the minister said.", None), ("Get the latest missiles out, the minister said.", None),
        ("Follow the money, the minister said.", None), ("Published reports said that Kenya agreed.", None), ("See more than one side, he said.", None),
        ("Kenya advertised the post.", None),
    ],
)  # fmt: skip
def test_furniture_has_a_rule_and_sentences_have_none(line: str, rule: str | None) -> None:
    assert boilerplate().rule(line) == (f"boilerplate.{rule}" if rule else None)
