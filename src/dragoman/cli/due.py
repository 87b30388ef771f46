"""`dragoman due`: deadlines, promises and scheduled acts across articles, as they stood on a day."""

from __future__ import annotations

from pathlib import Path

import typer


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("due")(due)


def due(
    ledger: Path = typer.Option(..., help="Folder of the ledger."),
    as_of: str = typer.Option(..., help="The day (YYYY-MM-DD): nothing published later counts."),
    status: str = typer.Option("", help="pending, moved, overdue, met, missed, cancelled, contradictory; comma-separated."),
    holder: str = typer.Option("", help="Country codes of who is bound."),
    by: str = typer.Option("", help="Country codes of who set it."),
    form: str = typer.Option("table", "--format", help="table, jsonl or csv."),
) -> None:
    """What is due: one row an obligation, with how it stood on a day and all reports of it (in JSONL and CSV).

    pending: the day lies ahead; moved: so, but it was another day at first; overdue: the day has passed without news;
    contradictory: the reports cannot all be true.
    """
    from dragoman.cli._show import write_rows
    from dragoman.errors import SettingError
    from dragoman.ledger.store import Ledger
    from dragoman.link.deadlines import STATES, Obligation
    from dragoman.link.deadlines import due as obligations

    wanted = [name.strip().lower() for name in status.split(",") if name.strip()]
    if unknown := [name for name in wanted if name not in STATES]:
        raise SettingError("--status", detail=f"`{unknown[0]}` is none of {', '.join(STATES)}.")
    found = obligations(Ledger(ledger), as_of, holder or None, by or None)
    columns = ("due", "status", "first_due", "holder", "by", "action")
    write_rows((item for item in found if not wanted or item.status in wanted), form, columns, Obligation)
