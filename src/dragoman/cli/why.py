"""`dragoman why`: the reasons of one row."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dragoman.codebook import BUILT_IN

if TYPE_CHECKING:
    from dragoman.run.whatif import Change


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("why")(why)


def why(
    row: str = typer.Argument(help="Id of a row, or the beginning of one."),
    ledger: Path = typer.Option(..., help="Folder of the ledger."),
    codebook: Path = typer.Option(BUILT_IN, help="Folder of codebooks to ask what would change the row.", show_default=False),
    form: str = typer.Option("text", "--format", help="text or json."),
) -> None:
    """Say of every field of a row which rule set it and which characters made the rule fire."""
    from dragoman.cli._show import cell, expect_format, plain, printable
    from dragoman.ledger.store import Ledger
    from dragoman.run.whatif import what_would_change

    expect_format(form, ("text", "json"))
    store = Ledger(ledger)
    found = store.why(row)
    changes = what_would_change(store, found.id, codebook) if found.table == "events" and not found.withdrawn else ()
    if form == "json":
        typer.echo(json.dumps(plain({**asdict(found), "changes": [asdict(change) for change in changes]}), ensure_ascii=False, indent=1))
        return
    published = f", {found.published}" if found.published else ""
    typer.echo(f"{found.table} {found.id}" + ("  (withdrawn by a later coding)" if found.withdrawn else ""))
    typer.echo(printable(f"{found.title or found.article} ({found.outlet or 'no outlet'}{published})"))
    typer.echo(printable(f"  “{' '.join(found.sentence.split())}”\n") if found.sentence else "")
    unruled = "(as given)" if found.table == "articles" else "(derived)"
    for reason in found.reasons:
        quote = f"  “{' '.join(reason.quote.split())}” [{reason.start}:{reason.end}]" if reason.quote else ""
        typer.echo(printable(f"  {reason.field:18} {cell(reason.value):28} {reason.rule or unruled:44}{quote}".rstrip()))
    if changes:
        typer.echo("\nwhat would change it")
        for change in changes:
            typer.echo(printable(f"  without “{' '.join(change.cue.surface.split())}” [{change.cue.start}:{change.cue.end}]: {_becomes(change)}"))


def _becomes(change: Change) -> str:
    if change.rule is None:
        return "no event"
    return ", ".join(f"{name} {after or 'none'} (now {before or 'none'})" for name, before, after in change.becomes) + f"; type by {change.rule}"
