"""Articles that changed after they were published: the versions of one article, and what changed from one to the next.

Two texts are versions of one article if they were recorded under one id or stand at one address. An address is compared without its
scheme, `www.`, fragment, the parameters that only say where a reader came from, and a closing slash.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from dragoman.errors import UnknownRow
from dragoman.records import Article, content_id

if TYPE_CHECKING:
    from dragoman.ledger.store import Ledger

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|cmpid|icid|ncid|ref|referrer|source|smid|xtor|at_\w+|amp|outputtype", re.IGNORECASE)
_SENTENCE = re.compile(r"\S.*?(?:[.!?][”\"’')\]]*(?=\s)|(?=\n)|\Z)", re.DOTALL)
_WORD = re.compile(r"\w+(?:[.,'’]\w+)*|[^\w\s]")
_BRIEF = 120
_TOLD = ("title", "outlet", "published")
_PLACED = """SELECT id, url, sha256, strftime(published, '%Y-%m-%d') AS published FROM articles_history
             WHERE NOT withdrawn AND url IS NOT NULL ORDER BY recorded_at, id"""
_HISTORY = """SELECT id AS article, recorded_at, published, title, outlet, url, sha256, text FROM articles_history
              WHERE NOT withdrawn AND id IN (SELECT unnest(?)) ORDER BY coalesce(published, recorded_at::DATE), recorded_at, id"""


@dataclass(frozen=True, slots=True)
class Change:
    """Characters that one version has (`[start, end)`, `surface`) instead of those of the version before (`old_`); one of both may be empty.

    `kind` is added, removed or replaced, or `title`, `outlet`, `published` for what stands beside the text (offsets None there).
    """

    kind: str
    start: int | None
    end: int | None
    surface: str
    old_start: int | None
    old_end: int | None
    old_surface: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an article, with what changed since the one before; `number` counts from 1."""

    number: int
    article: str
    recorded_at: datetime
    published: date | None
    title: str | None
    outlet: str | None
    url: str | None
    sha256: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A version as a table shows it: `quote` has what went in brackets and what came after an arrow."""

    article: str
    number: int
    published: date | None
    recorded_at: datetime
    outlet: str | None
    quote: str


def shown(version: Version) -> Shown:
    """A version with its changes in one line."""
    told = "; ".join(f"{change.kind}: {_brief(change.old_surface)} -> {_brief(change.surface)}" for change in version.changes)
    return Shown(version.article, version.number, version.published, version.recorded_at, version.outlet, told or version.title or "")


def _brief(text: str) -> str:
    words = " ".join(text.split())
    return f"[{words if len(words) <= _BRIEF else words[:_BRIEF] + '…'}]"


def address(url: str | None) -> str | None:
    """What stays the same of an article's address; None for no address, and for the front page of a site."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    path = parts.path.rstrip("/").removesuffix("/amp")
    kept = urlencode(sorted((name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name)))
    return f"{host}{path}{'?' if kept else ''}{kept}" if host and (path or kept) else None


class Addresses:
    """Which article stands at which address: a page whose text has changed is a new version of the article, not another one.

    Args:
        ledger: what was read before.
    """

    def __init__(self, ledger: Ledger) -> None:
        from dragoman.ledger.query import arrow

        self._ids: dict[str, str] = {}
        self._days: dict[str, str] = {}
        self._latest: dict[str, str] = {}
        self._texts: set[tuple[str, str]] = set()
        for row in arrow(ledger, _PLACED).to_pylist():
            if place := address(row["url"]):
                self._note(place, row["id"], row["sha256"], row["published"])

    def settled(self, article: Article) -> Article | None:
        """The article under the id of what stood at its address before; None if this text stood there already, before a later one.

        An id that the source itself gave stays, and so does that of a text older than what is there.
        """
        place = address(article.url)
        if place is None or article.id not in (content_id(article.text), content_id(article.url, article.text)):
            return article
        there = self._ids.get(place, article.id)
        if (article.id, article.sha256) in self._texts and article.id != there:
            return article
        if (there, article.sha256) in self._texts:
            return replace(article, id=there) if self._latest.get(there) == article.sha256 else None
        if article.date and article.date < self._days.get(there, ""):
            return article
        self._note(place, there, article.sha256, article.date)
        return replace(article, id=there)

    def _note(self, place: str, article: str, sha256: str, published: str | None) -> None:
        self._ids.setdefault(place, article)
        self._texts.add((article, sha256))
        self._latest[article] = sha256
        self._days[article] = max(published or "", self._days.get(article, ""))


def versions(ledger: Ledger, asked: str) -> tuple[Version, ...]:
    """The versions of an article, oldest first.

    Args:
        ledger: whom to ask.
        asked: id of the article, or its address.

    Raises:
        UnknownRow: the ledger has neither.
    """
    wanted = address(asked) if "://" in asked else None
    ids = [article for article, url in _addresses(ledger) if article == asked or (wanted is not None and address(url) == wanted)]
    if not ids:
        raise UnknownRow(asked)
    groups = _groups(ledger)
    return _told(ledger, sorted({other for article in ids for other in groups.get(article, (article,))}))


def revised(ledger: Ledger) -> Iterator[tuple[Version, ...]]:
    """Every article of which the ledger has several versions."""
    from dragoman.ledger.query import arrow

    query = "SELECT id FROM articles_history WHERE NOT withdrawn GROUP BY id HAVING count(DISTINCT (sha256, title, published)) > 1"
    often = arrow(ledger, query)["id"].to_pylist()
    groups = _groups(ledger)
    for ids in sorted({groups.get(article, (article,)) for article in (*often, *groups)}):
        found = _told(ledger, ids)
        if len(found) > 1:
            yield found


def _addresses(ledger: Ledger) -> Iterator[tuple[str, str | None]]:
    from dragoman.ledger.query import arrow

    found = arrow(ledger, "SELECT id, url FROM articles")
    return zip(found["id"].to_pylist(), found["url"].to_pylist(), strict=True)


def _groups(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    """For each article that shares its address with others all ids that stand there."""
    there: dict[str, list[str]] = defaultdict(list)
    for article, url in _addresses(ledger):
        if place := address(url):
            there[place].append(article)
    return {article: tuple(sorted(ids)) for ids in there.values() if len(ids) > 1 for article in ids}


def _told(ledger: Ledger, ids: Sequence[str]) -> tuple[Version, ...]:
    """The versions of some ids in the order in which they came, those that only repeat the one before left out."""
    from dragoman.ledger.query import arrow

    told: list[Version] = []
    before: dict[str, Any] | None = None
    for row in arrow(ledger, _HISTORY, [list(ids)]).to_pylist():
        changes = _changes(before, row) if before else ()
        if before is None or changes:
            shown = {name: row[name] for name in ("article", "recorded_at", "published", "title", "outlet", "url", "sha256")}
            told.append(Version(len(told) + 1, **shown, changes=changes))
            before = row
    return tuple(told)


def _changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[Change, ...]:
    beside = (Change(name, None, None, str(after[name] or ""), None, None, str(before[name] or "")) for name in _TOLD if before[name] != after[name])
    return (*beside, *text_changes(before["text"], after["text"]))


def text_changes(before: str, after: str) -> tuple[Change, ...]:
    """What one text has instead of another: whole sentences that came or went, and words within sentences that were rewritten."""
    if before == after:
        return ()
    old, new = (tuple(match.span() for match in _SENTENCE.finditer(text)) for text in (before, after))
    found: list[Change] = []
    for tag, i, j, k, m in _steps([before[a:b] for a, b in old], [after[a:b] for a, b in new]):
        gone, come = _extent(old, i, j, before), _extent(new, k, m, after)
        if tag == "replace":
            found += _words(before, gone, after, come)
        else:
            found.append(_change(before, gone, after, come))
    return tuple(found) or (_change(before, (0, len(before)), after, (0, len(after))),)


def _steps(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    return (step for step in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if step[0] != "equal")


def _extent(spans: Sequence[tuple[int, int]], first: int, stop: int, text: str) -> tuple[int, int]:
    """The characters from one piece to another; where there is none, the place between its neighbours."""
    if first < stop:
        return spans[first][0], spans[stop - 1][1]
    here = spans[first][0] if first < len(spans) else len(text)
    return here, here


def _words(before: str, gone: tuple[int, int], after: str, come: tuple[int, int]) -> Iterator[Change]:
    """The changes within a stretch; where hardly a word stayed, the stretch as a whole."""
    old, new = (tuple((start + m.start(), start + m.end()) for m in _WORD.finditer(text[start:end])) for text, (start, end) in ((before, gone), (after, come)))
    matcher = SequenceMatcher(None, [before[a:b] for a, b in old], [after[a:b] for a, b in new], autojunk=False)
    stayed = sum(block.size for block in matcher.get_matching_blocks())
    if 2 * stayed < min(len(old), len(new)):
        yield _change(before, gone, after, come)
        return
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield _change(before, _extent(old, i, j, before[: gone[1]]), after, _extent(new, k, m, after[: come[1]]))


def _change(before: str, gone: tuple[int, int], after: str, come: tuple[int, int]) -> Change:
    kind = "added" if gone[0] == gone[1] else "removed" if come[0] == come[1] else "replaced"
    return Change(kind, *come, after[slice(*come)], *gone, before[slice(*gone)])
