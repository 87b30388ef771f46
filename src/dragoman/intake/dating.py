"""The day a page was published: what its markup states, else what htmldate finds; with the source, and how often such a source is right.

Markup: JSON-LD (schema.org `datePublished`), Open Graph, Dublin Core and the usual `<meta>` names, `<time datetime>`. A day after the
page was seen (a crawl date, where there is one) is none. The day is the one written, in the zone of the page: a morning paper's 5 May
is 5 May wherever it is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from dragoman.intake.jsonl import is_day

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_NAMED_MONTH = re.compile(r"[A-Za-z]{3}")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_META_FIRST = ("article:published_time", "og:article:published_time", "datepublished")
_META = (*_META_FIRST, "pubdate", "publishdate", "publish-date", "dc.date.issued", "dcterms.created", "parsely-pub-date", "sailthru.date", "dc.date", "date")
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage")
# Share of right days on 136 saved news pages with a known one (rerun with benchmarks/intake/pages.py); feeds and sitemaps are estimates.
CONFIDENCE = {"json-ld": 0.9, "meta": 0.97, "time": 0.9, "page": 0.87, "feed": 0.9, "sitemap": 0.9, "given": 1.0, "option": 1.0}


@dataclass(frozen=True, slots=True)
class Dated:
    """A publication day, where it was found and how often such a source is right."""

    day: str
    source: str

    @property
    def confidence(self) -> float:
        """How often a day from such a source is right, 0 to 1."""
        return CONFIDENCE[self.source]


def published(tree: HtmlElement, url: str | None, until: date | None = None) -> tuple[Dated | None, str | None]:
    """The publication day, or None and what the page states that is no day.

    Args:
        tree: the page.
        url: its address, in which a day may stand.
        until: the day the page was seen; no later day is believed.
    """
    stated = list(_stated(tree))
    for source, value in stated:
        day = _day(value)
        if day and not _after(day, until):
            return Dated(day, source), None
    if found := _searched(tree, url, until):
        return Dated(found, "page"), None
    return None, stated[0][1] if stated else None


def _after(day: str, until: date | None) -> bool:
    return until is not None and date.fromisoformat(day) > until


def _searched(tree: HtmlElement, url: str | None, until: date | None) -> str | None:
    """What htmldate finds: in the address, in class names, in the text."""
    from htmldate import find_date
    from lxml import html

    found = find_date(tree, url=url, original_date=True, extensive_search=True, max_date=until.isoformat() if until else None)
    return found if found and (not found.endswith("-01") or _is_written(found, f"{url} {html.tostring(tree, encoding='unicode')}")) else None


def _is_written(day: str, text: str) -> bool:
    """Whether a first of the month stands somewhere: htmldate says the first where it knows only the month or the year."""
    year, month, _ = day.split("-")
    name = _MONTHS[int(month) - 1]
    number, first = f"0?{int(month)}", "0?1(?:st)?"
    forms = (rf"{year}([-/.]?){month}(?:\1)01(?!\d)", rf"{year}[-/.]{number}[-/.]0?1(?!\d)", rf"(?<!\d)0?1[-/.]{number}[-/.]{year}", rf"(?<!\d){number}[-/.]0?1[-/.]{year}",
             rf"(?<!\d){first} (?:of )?{name}\w*\.?,? {year}", rf"{name}\w*\.? {first},? {year}")  # fmt: skip
    return any(re.search(form, text, re.IGNORECASE) for form in forms)


def _day(value: str) -> str | None:
    """The day of a timestamp in ISO form, or with a month's name; what leaves day, month or year open is none."""
    if found := _ISO.match(value.strip()):
        return found[0] if is_day(found[0]) else None
    return _spelt(value) if _NAMED_MONTH.search(value) else None


def _spelt(value: str) -> str | None:
    from dateutil import parser

    try:
        one, other = (parser.parse(value, default=datetime(year, month, day), ignoretz=True) for year, month, day in ((2000, 1, 1), (2004, 2, 2)))
    except (ValueError, OverflowError):
        return None
    return one.date().isoformat() if one.date() == other.date() else None


def _stated(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Publication dates as the markup states them, the most trustworthy first, with their sources."""
    facts: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = (node.get("property") or node.get("itemprop") or node.get("name") or "").lower()
        facts.setdefault(name, (node.get("content") or "").strip())
    first, later = ([("meta", facts[name]) for name in names if facts.get(name)] for names in (_META_FIRST, _META[len(_META_FIRST):]))
    yield from first
    yield from (("json-ld", value["datePublished"]) for value in linked_data(tree) if isinstance(value.get("datePublished"), str))
    yield from later
    yield from (("time", node.get("datetime", "").strip()) for node in tree.iter("time") if node.get("itemprop") == "datePublished" or node.get("pubdate") is not None)


def linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD, outer ones first; a broken block says nothing."""
    for node in tree.iter("script"):
        if "ld+json" in (node.get("type") or "").lower():
            yield from _objects(node.text or "")


def _objects(source: str) -> Iterator[dict[str, Any]]:
    try:
        queue: list[Any] = [json.loads(source, strict=False)]
    except (ValueError, RecursionError):
        return
    while queue:
        value = queue.pop(0)
        if isinstance(value, list):
            queue += value
        elif isinstance(value, dict):
            yield value
            queue += [child for key, child in value.items() if key in _INSIDE]
