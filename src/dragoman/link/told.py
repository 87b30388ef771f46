"""The stories of a ledger as they are shown: what each is called, from when to when it is told, by whom, and about which sides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.codebook import BUILT_IN
from dragoman.link.sources import load_sources
from dragoman.link.stories import StoryIndex, load_manner

if TYPE_CHECKING:
    from dragoman.ledger.store import Ledger

Row = dict[str, Any]
_ARTICLES = """SELECT a.id AS article, s.story, s.similarity, a.published, a.title, a.outlet, substr(a.text, 1, 200) AS beginning
               FROM articles a JOIN stories s ON s.article = a.id ORDER BY a.published NULLS LAST, a.id"""
_TERMS = "SELECT id AS article, strftime(published, '%Y-%m-%d') AS published, terms, weights FROM traces ORDER BY published NULLS LAST, id"
_EVENTS = "SELECT article, actor_countries AS actors, recipient_countries AS recipients FROM events WHERE factuality <> 'negated'"
# A story is called after so many characters at most of a report without a headline.
_LABEL = 90
_SIDES = 4


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story: its id, the headline that says most of it, the days of its reports, how many there are and of how many outlets and sources.

    `countries` are the sides of its events, the most frequent first; `told_by` the ids of its articles in the order of publication.
    """

    id: str
    label: str
    first_published: date | None
    last_published: date | None
    articles: int
    outlets: int
    independent_sources: int
    events: int
    countries: tuple[str, ...]
    told_by: tuple[str, ...]


def stories(
    ledger: Ledger, *, since: str | date | None = None, until: str | date | None = None, article: str | None = None, country: str | None = None,
    min_articles: int = 1, window: int | None = None, limit: int | None = None, when: datetime | None = None, folder: Path = BUILT_IN,
) -> list[StoryRow]:
    """Stories, those with the latest reports first.

    Args:
        ledger: whom to ask.
        since: only stories with a report on or after this day (ISO day, month or year).
        until: only stories with a report on or before this day.
        article: only the story of this article.
        country: country codes, any of which must be a side of an event.
        min_articles: only stories of so many articles.
        window: put the articles together anew with another window (days; 0: any); nothing is recorded.
        limit: how many at most.
        when: what was known at this moment (UTC).
        folder: the codebooks.

    Raises:
        SettingError: `since` or `until` is no ISO date.
    """
    from dragoman.ledger.answers import listed, to_day
    from dragoman.ledger.codes import codes
    from dragoman.ledger.query import arrow

    first, last = to_day("since", since, 0) if since else date.min, to_day("until", until, 1) if until else date.max
    rows = arrow(ledger, _ARTICLES, when=when).to_pylist()
    if window is not None:
        anew = _anew(arrow(ledger, _TERMS, when=when).to_pylist(), window, folder)
        rows = [{**row, "story": anew[row["article"]]} for row in rows if row["article"] in anew]
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["story"]].append(row)
    wanted = set(listed(codes("country", country) or ""))
    chosen = {key: told for key, told in groups.items() if len(told) >= min_articles and _is_told(told, first, last)}
    if article is not None:
        chosen = {key: told for key, told in chosen.items() if any(row["article"] == article for row in told)}
    shown = [row for row in _rows(ledger, chosen, when) if not wanted or wanted.intersection(row.countries)]
    return sorted(shown, key=lambda row: (row.last_published or date.min, row.articles, row.id), reverse=True)[:limit]


def _is_told(told: Iterable[Row], first: date, last: date) -> bool:
    days = [row["published"] for row in told]
    return any(day is None or first <= day <= last for day in days) if (first, last) != (date.min, date.max) else True


def _anew(rows: Iterable[Row], window: int, folder: Path) -> Mapping[str, str]:
    """Stories with another window: all articles in the order of publication."""
    index = StoryIndex(load_manner(folder), window)
    for row in rows:
        index.count(row["terms"])
        index.put(row["article"], dict(zip(row["terms"], row["weights"], strict=True)), row["published"])
    index.tidy(list(index.story_of))
    return index.story_of


def _rows(ledger: Ledger, chosen: Mapping[str, list[Row]], when: datetime | None) -> Iterator[StoryRow]:
    from dragoman.ledger.query import arrow

    sides: dict[str, list[Row]] = defaultdict(list)
    for event in arrow(ledger, _EVENTS, when=when).to_pylist():
        sides[event["article"]].append(event)
    sources = load_sources(ledger, when)
    for key, told in chosen.items():
        days = [row["published"] for row in told if row["published"]]
        events = [event for row in told for event in sides[row["article"]]]
        codes = Counter(code for event in events for code in {*(event["actors"] or ()), *(event["recipients"] or ())})
        articles = tuple(row["article"] for row in told)
        yield StoryRow(key, _label(told), min(days, default=None), max(days, default=None), len(told), len({row["outlet"] for row in told if row["outlet"]}),
                       sources.independent(articles), len(events), tuple(code for code, _ in codes.most_common(_SIDES)), articles)


def _label(told: list[Row]) -> str:
    """The headline of the report that is most like the story, the first of equals; the beginning of its text if it has none."""
    best = max(told, key=lambda row: (bool(row["title"]), row["similarity"] if len(told) > 1 and row["similarity"] < 1 else 0.0))
    return str(best["title"] or best["beginning"].strip().split("\n")[0][:_LABEL])
