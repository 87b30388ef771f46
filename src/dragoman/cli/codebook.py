"""`dragoman codebook`: check the codebooks, show what a change of them would change."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from dragoman.codebook import BUILT_IN
from dragoman.errors import SettingError


def register(app: typer.Typer) -> None:
    """Add the verb and its subcommands."""
    group = typer.Typer(no_args_is_help=True, help="Check codebooks; show what a change would change.")
    group.command("check")(check)
    group.command("diff")(diff)
    app.add_typer(group, name="codebook")


def check(
    folder: Path = typer.Argument(BUILT_IN, help="Folder of codebooks; the built-in ones if none is named.", show_default=False),
    only: str = typer.Option("", help="A PLOVER type, or the beginning of a rule id."),
    jobs: int = typer.Option(0, min=0, help="Processes; 0 means one for each core."),
) -> None:
    """Load every codebook and run its examples: those must fire their rule, near misses must not.

    Exit status 1 if a sentence is read otherwise than its rule says, 2 if a codebook cannot be loaded.
    """
    from dragoman.code.check import check as run_check
    from dragoman.run.codebooks import load_codebooks

    load_codebooks(folder)
    result = run_check(folder, only or None, jobs=jobs or os.cpu_count() or 1)
    if not result.rules and not result.sentences:
        raise SettingError("--only", detail=f"`{only}` is no PLOVER type and begins no rule id (such as plover.COERCE.close-border).")
    for finding in result.findings:
        typer.echo(str(finding))
    counts = f"{result.rules} rules, {result.examples} examples, {result.near} near misses, {result.sentences} sentences beside them ({result.open} still open)"
    typer.echo(f"{counts}: {len(result.findings)} findings", err=True)
    raise typer.Exit(1 if result.findings else 0)


def diff(
    old: Path = typer.Argument(help="Folder of codebooks as they were."),
    new: Path = typer.Argument(help="Folder of codebooks as they are to be."),
    ledger: Path = typer.Option(..., help="Folder of the ledger whose stored parses are coded with both."),
) -> None:
    """Show which events a change of codebooks adds, drops or codes otherwise. The ledger is not written."""
    from dragoman.run.archive import compare
    from dragoman.run.changes import tally

    moved = list(compare(ledger, old, new))
    for change in moved:
        typer.echo(str(change))
    typer.echo(", ".join(f"{what} {times}" for what, times in tally(moved).items()) or "nothing changes", err=True)
