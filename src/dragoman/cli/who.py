"""`dragoman who`: who is meant by an office on a day."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dragoman.codebook import BUILT_IN

if TYPE_CHECKING:
    from dragoman.extract.who import Holder


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("who")(who)


def who(
    description: str = typer.Argument(help='An office ("the chancellor", "France\'s former foreign minister") or a name.'),
    on: str = typer.Option(..., "--on", help="The day (YYYY-MM-DD)."),
    country: str = typer.Option("", help="ISO 3166-1 alpha-3 code (or IGO:UN and the like), where the words do not say whose."),
    ledger: Path = typer.Option(None, help="Folder of a ledger: what its articles agree on counts as well.", show_default=False),
    codebook: Path = typer.Option(BUILT_IN, help="Folder of codebooks.", show_default=False),
    form: str = typer.Option("text", "--format", help="text or json."),
) -> None:
    """Say who held an office on a day, and by which row of the tables.

    Exit status 1 if the tables name nobody, or several: the reason is on standard error.
    """
    import dragoman
    from dragoman.cli._show import expect_format

    expect_format(form, ("text", "json"))
    found = dragoman.who(description, on, country or None, ledger=ledger, codebook=codebook)
    if form == "json":
        typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    else:
        for holder in found.holders:
            typer.echo(_line(holder))
    if found.note:
        typer.echo(f"{found.how}: {found.note}", err=True)
    raise typer.Exit(0 if found.how == "dated" else 1)


def _line(holder: Holder) -> str:
    days = f"{holder.since or '?'} to {holder.until or f'(seen {holder.seen})' if holder.seen or holder.until else '?'}"
    return "  ".join((holder.name, holder.country or "-", holder.sector or "-", holder.office, days, f"[{holder.rule}]"))
