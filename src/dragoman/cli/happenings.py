"""`dragoman happenings`: what happened, one row for all reports of it."""

from __future__ import annotations

from pathlib import Path

import typer


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("happenings")(happenings)


def happenings(
    ledger: Path = typer.Option(..., help="Folder of the ledger."),
    actor: str = typer.Option("", help="Country codes of actors, comma-separated (RUS, IGO:UN)."),
    recipient: str = typer.Option("", help="Country codes of recipients."),
    type: str = typer.Option("", help="PLOVER types."),  # noqa: A002 (the field's word)
    factuality: str = typer.Option("", help="That of the latest report: actual, future, hypothetical, negated."),
    min_sources: int = typer.Option(0, min=0, help="Only those told by so many independent sources."),
    since: str = typer.Option("", help="First day (YYYY, YYYY-MM or YYYY-MM-DD)."),
    until: str = typer.Option("", help="Last day."),
    form: str = typer.Option("table", "--format", help="table, jsonl or csv."),
    limit: int = typer.Option(0, min=0, help="At most so many rows; 0 for all."),
) -> None:
    """What happened: events of several reports with the same type, sides, day and place as one row.

    `independent_sources` counts copies of one text, articles of one outlet and articles of one news agency once. The other formats have
    the ids of all events and articles, the spread of factuality and of figures.
    """
    from dragoman.cli._show import write_rows
    from dragoman.ledger.store import Ledger

    sides = ("actor_countries", "recipient_countries")
    columns = ("id", "first_day", "type", "mode", "factuality", *sides, "place_name", "articles", "independent_sources", "quote")
    found = Ledger(ledger).happenings(
        actor=actor or None, recipient=recipient or None, type=type or None, factuality=factuality or None, min_sources=min_sources,
        since=since or None, until=until or None, limit=limit or None,
    )  # fmt: skip
    write_rows(found, form, columns)
