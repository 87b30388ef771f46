"""`dragoman recode`: code a ledger again after a codebook edit."""

from __future__ import annotations

from pathlib import Path

import typer

from dragoman.codebook import BUILT_IN


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("recode")(recode)


def recode(
    ledger: Path = typer.Option(..., help="Folder of the ledger."),
    codebook: Path = typer.Option(BUILT_IN, help="Folder of codebooks.", show_default=False),
    gazetteer: Path | None = typer.Option(None, help="A GeoNames dump (.txt, .zip), or a gazetteer built from one.", show_default=False),
    limit: int = typer.Option(50, min=0, help="Show at most so many changes."),
) -> None:
    """Code every article of the ledger again from its stored parse, and show what changed. Nothing is parsed again.

    Exit status 1 if a stage failed on some article, which keeps its coding.
    """
    from dragoman.cli._show import progress
    from dragoman.run.archive import recode as run_recode
    from dragoman.run.changes import tally
    from dragoman.run.local import Plan

    with progress("coding") as count:
        summary, moved = run_recode(ledger, Plan(folder=codebook, gazetteer=gazetteer), count)
    for change in moved[:limit]:
        typer.echo(str(change))
    if len(moved) > limit:
        typer.echo(f"... and {len(moved) - limit} more (--limit)", err=True)
    for issue in summary.issues:
        typer.echo(f"dragoman: {issue.code} {issue.message}", err=True)
    stages = ", ".join(f"{name} {times}" for name, times in summary.stages.items()) or "none"
    counts = ", ".join(f"{what} {times}" for what, times in tally(moved).items()) or "nothing changed"
    typer.echo(f"{summary.articles} articles; stages that ran: {stages}; events: {counts}", err=True)
    raise typer.Exit(1 if summary.issues else 0)
