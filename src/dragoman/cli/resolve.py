"""`dragoman resolve`: whether a forecast came true."""

from __future__ import annotations

from pathlib import Path

import typer


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("resolve")(resolve)


def resolve(
    claim: str = typer.Argument(help="Id of a forecast, or the beginning of one (`dragoman claims --kind forecast` shows them)."),
    ledger: Path = typer.Option(..., help="Folder of the ledger."),
    verdict: str = typer.Option(..., "--as", help="true, false, partly; open takes an earlier verdict back."),
    by: str = typer.Option(..., help="Address or note that shows it; kept with the verdict."),
) -> None:
    """Record whether a forecast came true. Nothing is overwritten: a later verdict takes its place, and a re-coding leaves it standing."""
    from dragoman.ledger.store import Ledger

    row = Ledger(ledger).resolve(claim, verdict.strip().lower(), by)
    typer.echo(f"{row.id}: {row.resolution} ({row.source_surface or 'nobody named'}: {' '.join(row.surface.split())})", err=True)
