"""`dragoman read`: articles into a ledger."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from dragoman.codebook import BUILT_IN


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("read")(read)


def read(
    sources: list[str] = typer.Argument(help="Files (text, HTML, JSONL), folders, globs, or - for standard input."),
    ledger: Path = typer.Option(..., help="Folder of the ledger; made if there is none."),
    published: str = typer.Option("", help="Publication day (YYYY-MM-DD) of articles that state none."),
    outlet: str = typer.Option("", help="Outlet of articles that state none."),
    model: str = typer.Option("", help="An installed spaCy pipeline; the built-in one if none is named."),
    codebook: Path = typer.Option(BUILT_IN, help="Folder of codebooks.", show_default=False),
    gazetteer: Path | None = typer.Option(None, help="A GeoNames dump (.txt, .zip), or a gazetteer built from one.", show_default=False),
    jobs: int = typer.Option(0, min=0, help="Processes; 0 means one for each core."),
) -> None:
    """Read articles and record what they report. What is known already is not read again.

    Exit status 1 if some input could not be read (each is a row of the table `issues`).
    """
    from dragoman.cli._show import progress
    from dragoman.intake.sources import read_sources
    from dragoman.run.archive import read_into
    from dragoman.run.local import Plan

    plan = Plan(folder=codebook, jobs=jobs, gazetteer=gazetteer, **({"model": model} if model else {}))
    found = read_sources(sources, published=published or None, outlet=outlet or None, stdin=sys.stdin.buffer)
    with progress("reading") as count:
        summary = read_into(ledger, found, plan, "read", count)
    for issue in summary.issues:
        typer.echo(f"dragoman: {issue.code} {issue.article}: {issue.message}" if issue.article not in issue.message else f"dragoman: {issue.code} {issue.message}", err=True)
    typer.echo(f"{summary.articles} articles read, {summary.known} known already, {summary.events} events, {len(summary.issues)} issues -> {ledger}", err=True)
    raise typer.Exit(1 if summary.issues else 0)
