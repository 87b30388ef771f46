"""How many sources stand behind several articles that tell the same: originals count, copies do not.

Two articles have one source if one carries the other's words (directly or through a third), if both are credited to one news agency, if
both are of one outlet, or if they stand at one address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.link.versions import address

if TYPE_CHECKING:
    from datetime import datetime

    from dragoman.ledger.store import Ledger

_TRACES = "SELECT a.id, a.outlet, a.url, t.agency FROM articles a LEFT JOIN traces t ON t.id = a.id"


@dataclass
class _Sets:
    """Things that belong together (union-find)."""

    above: dict[str, str] = field(default_factory=dict)

    def top(self, one: str) -> str:
        while (upper := self.above.setdefault(one, one)) != one:
            self.above[one] = self.above[upper]
            one = upper
        return one

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.top(one), self.top(other)))
        self.above[second] = first


@dataclass(frozen=True)
class Sources:
    """What each article shares with others of its source: the group of copies that it is of, its agency or outlet, its address."""

    keys: Mapping[str, tuple[str, ...]]
    copies: frozenset[str]

    def independent(self, articles: Iterable[str]) -> int:
        """How many sources stand behind the articles."""
        sets = _Sets()
        chosen = sorted(set(articles))
        for article in chosen:
            for key in self.keys.get(article, ()):
                sets.join(article, key)
        return len({sets.top(article) for article in chosen})

    def group(self, article: str) -> str:
        """The articles that carry the same words: the same name for all of them."""
        return next(iter(self.keys.get(article, ())), article)


def load_sources(ledger: Ledger, when: datetime | None = None) -> Sources:
    """The sources of a ledger's articles.

    Args:
        ledger: whose.
        when: as was known at this moment (UTC).
    """
    from dragoman.ledger.query import arrow

    rows = arrow(ledger, _TRACES, when=when).to_pylist()
    pairs = arrow(ledger, "SELECT article, source FROM copies", when=when).to_pylist()
    alike = _Sets()
    for row in rows:
        alike.top(f"words {row['id']}")
    for pair in pairs:
        alike.join(f"words {pair['article']}", f"words {pair['source']}")
    keys = {row["id"]: (alike.top(f"words {row['id']}"), *_named("agency", row["agency"] or None), *_named("outlet", None if row["agency"] else row["outlet"]),
                        *_named("address", address(row["url"]))) for row in rows}
    return Sources(keys, frozenset(pair["article"] for pair in pairs))


def _named(kind: str, value: str | None) -> tuple[str, ...]:
    return (f"{kind} {value}",) if value else ()
