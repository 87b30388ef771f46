"""`dragoman stories`: which articles tell one story."""

from __future__ import annotations

from pathlib import Path

import typer


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("stories")(stories)


def stories(
    ledger: Path = typer.Option(..., help="Folder of the ledger."),
    since: str = typer.Option("", help="Only stories with a report on or after this day (YYYY, YYYY-MM or YYYY-MM-DD)."),
    until: str = typer.Option("", help="Only stories with a report on or before this day."),
    article: str = typer.Option("", help="Only the story of this article (its id)."),
    country: str = typer.Option("", help="Country codes, any of which must be a side of an event."),
    min_articles: int = typer.Option(1, min=1, help="Only stories of so many articles."),
    window: int = typer.Option(-1, min=-1, help="Put the articles together anew: days between reports of one story; 0 for any. -1: as recorded."),
    form: str = typer.Option("table", "--format", help="table, jsonl or csv."),
    limit: int = typer.Option(0, min=0, help="At most so many rows; 0 for all."),
) -> None:
    """Which articles tell one story: one row a story, the latest first; ids stay when a story grows."""
    from dragoman.cli._show import write_rows
    from dragoman.ledger.store import Ledger

    columns = ("id", "first_published", "last_published", "articles", "independent_sources", "countries", "label")
    found = Ledger(ledger).stories(
        since=since or None, until=until or None, article=article or None, country=country or None, min_articles=min_articles,
        window=window if window >= 0 else None, limit=limit or None,
    )  # fmt: skip
    write_rows(found, form, columns)
