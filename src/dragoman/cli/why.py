"""`dragoman why`: the reasons of one row."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typer


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("why")(why)


def why(
    row: str = typer.Argument(help="Id of a row, or the beginning of one."),
    ledger: Path = typer.Option(..., help="Folder of the ledger."),
    form: str = typer.Option("text", "--format", help="text or json."),
) -> None:
    """Say of every field of a row which rule set it and which characters made the rule fire."""
    from dragoman.cli._show import cell, plain, printable
    from dragoman.ledger.store import Ledger

    found = Ledger(ledger).why(row)
    if form == "json":
        typer.echo(json.dumps(plain(asdict(found)), ensure_ascii=False, indent=1))
        return
    published = f", {found.published}" if found.published else ""
    typer.echo(f"{found.table} {found.id}" + ("  (withdrawn by a later coding)" if found.withdrawn else ""))
    typer.echo(printable(f"{found.title or found.article} ({found.outlet or 'no outlet'}{published})"))
    typer.echo(printable(f"  “{' '.join(found.sentence.split())}”\n") if found.sentence else "")
    unruled = "(as given)" if found.table == "articles" else "(derived)"
    for reason in found.reasons:
        quote = f"  “{' '.join(reason.quote.split())}” [{reason.start}:{reason.end}]" if reason.quote else ""
        typer.echo(printable(f"  {reason.field:18} {cell(reason.value):28} {reason.rule or unruled:44}{quote}".rstrip()))
