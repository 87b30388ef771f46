"""`dragoman versions`: articles that changed after they were published."""

from __future__ import annotations

from pathlib import Path

import typer


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("versions")(versions)


def versions(
    article: str = typer.Argument("", help="Id or address of an article; without one, all articles that have several versions.", show_default=False),
    ledger: Path = typer.Option(..., help="Folder of the ledger."),
    form: str = typer.Option("table", "--format", help="table, jsonl or csv."),
) -> None:
    """Articles that changed after they were published: one row a version, with what changed in it (in JSONL and CSV with its characters)."""
    from dragoman.cli._show import FORMATS, write_rows
    from dragoman.errors import SettingError
    from dragoman.ledger.store import Ledger
    from dragoman.link.versions import revised, shown

    if form not in FORMATS:
        raise SettingError("--format", detail=f"`{form}` is none of {', '.join(FORMATS)}.")
    opened = Ledger(ledger)
    found = [opened.versions(article)] if article else list(revised(opened))
    rows = [version for told in found for version in told]
    write_rows(map(shown, rows) if form == "table" else rows, form, ("article", "number", "published", "recorded_at", "outlet", "quote"))
