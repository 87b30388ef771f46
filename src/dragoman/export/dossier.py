"""`dragoman dossier`: a page of HTML that stands alone, about one article or about two states over all articles.

The page is one file: no script, no request to anywhere, light and dark, fit to print.
"""

# ruff: noqa: S608 (names of tables are ours; ids go in as parameters)
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import SettingError
from dragoman.export import compare, dyad
from dragoman.export.fill import TABLES, Row, Tables, view
from dragoman.export.timeline import LANES, timeline
from dragoman.export.view import ArticleView
from dragoman.export.words import country, factuality_words, spoken_date
from dragoman.ledger.codes import codes
from dragoman.ledger.ids import whole_id
from dragoman.records import Reading

if TYPE_CHECKING:
    from jinja2 import Environment

    from dragoman.ledger.store import Ledger

_TEMPLATES = Path(__file__).parent / "templates"
# Articles whose texts a page about two states shows in full, the latest: what a browser opens without delay.
_TEXTS = 80


def article_page(ledger: Ledger, article_id: str) -> str:
    """The page of one article.

    Args:
        ledger: where it is recorded.
        article_id: its id, or the beginning of one if no other article's id begins so.

    Raises:
        UnknownRow: no article has this id.
        AmbiguousRow: several have ids that begin so.
    """
    return _article_page(_stored(ledger, [whole_id(article_id, _article_ids(ledger))]))


def reading_page(readings: Sequence[Reading]) -> str:
    """The page of some articles straight from their readings, without a ledger."""
    several = len(readings) > 1
    return _article_page([view(_of_reading(reading), f"a{n}-" if several else "") for n, reading in enumerate(readings, 1)])


def dyad_page(ledger: Ledger, actor: str | None = None, recipient: str | None = None) -> str:
    """The page of a pair: what all articles say of the two, in both directions, and the articles themselves.

    Args:
        ledger: where they are recorded.
        actor: country code (ISO 3166-1 alpha-3, or IGO: and a name ...); None for anybody.
        recipient: country code; None for anybody. With one code only, all events with it in that role.

    Raises:
        SettingError: a side is no code, or several.
    """
    pair = dyad.Pair(_code("actor", actor), _code("recipient", recipient))
    articles = _stored(ledger, _ids_about(ledger, pair.codes))
    found = dyad.entries(articles, pair)
    claims, commitments = list(dyad.claims(articles, pair)), dyad.commitments(articles, pair)
    named = {article.id for article in (*(entry.article for entry in found), *(article for article, _ in (*claims, *commitments)))}
    about = [article for article in articles if article.id in named]
    shown = sorted(about, key=lambda article: article.published or date.min)[-_TEXTS:]
    return _render(
        "dyad.html.j2", pair=pair, entries=found, tallies=dyad.tallies(found), drawing=timeline([entry.event for entry in found]),
        claims=claims, commitments=commitments,
        differing=compare.differing(about), articles=shown, left_out=len(about) - len(shown), shown={article.id for article in shown},
        coders=sorted({article.coder for article in about}), quads=LANES, factualities=dyad.FACTUALITIES,
    )  # fmt: skip


def _article_page(articles: Sequence[ArticleView]) -> str:
    return _render("article.html.j2", articles=articles)


def _of_reading(reading: Reading) -> Tables:
    from dragoman.ledger.rows import rows

    return rows(reading, None, "", datetime.now(UTC))


def _article_ids(ledger: Ledger) -> list[str]:
    return [article.id for article in ledger.articles()]


def _code(side: str, given: str | None) -> str | None:
    """The one code of a side."""
    code = codes(side, given)
    if code and "," in code:
        raise SettingError(side, detail=f"`{code}` is more than one code; a page is about two sides.")
    return code


def _ids_about(ledger: Ledger, sides: Sequence[str]) -> list[str]:
    """Ids of the articles with a row of one of the codes, all if there is none, in the order of publication."""
    from dragoman.ledger.query import arrow

    rows = """SELECT article FROM events WHERE list_has_any(actor_countries, $1) OR list_has_any(recipient_countries, $1)
              UNION SELECT article FROM claims WHERE list_contains($1, source_country)
              UNION SELECT article FROM commitments WHERE list_contains($1, holder) OR list_contains($1, "by")"""
    about = set(arrow(ledger, rows, [list(sides)])["article"].to_pylist()) if sides else None
    return [key for key in _article_ids(ledger) if about is None or key in about]


def _stored(ledger: Ledger, ids: Sequence[str]) -> list[ArticleView]:
    """Views of articles in the order of the ids; one alone has no anchor of its own."""
    from dragoman.ledger.query import arrow

    tables: dict[str, dict[str, list[Row]]] = {key: {} for key in ids}
    for name in TABLES:
        for row in arrow(ledger, f"SELECT * FROM {name} WHERE article IN (SELECT unnest(?))", [list(ids)]).to_pylist():
            tables[row["article"]].setdefault(name, []).append(row)
    return [view(tables[key], f"a{n}-" if len(ids) > 1 else "") for n, key in enumerate(ids, 1)]


def _render(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals.update(css=Markup((_TEMPLATES / "page.css").read_text(encoding="utf-8")), timeline=timeline)  # noqa: S704 (our own style sheet)
    environment.filters.update(country=country, spoken=spoken_date, meaning=factuality_words, tally=_tally)
    return environment


def _tally(rows: Iterable[Any], field: str) -> list[tuple[str, int]]:
    """How many rows have each value of a field, in the usual order."""
    counts = Counter(getattr(row, field) for row in rows)
    order = dyad.FACTUALITIES if field == "factuality" else sorted(counts)
    return [(name, counts[name]) for name in order if counts[name]]
