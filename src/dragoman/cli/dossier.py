"""`dragoman dossier`: a page to read, on an article or on what two states did to one another."""

from __future__ import annotations

from pathlib import Path

import typer

from dragoman.errors import SettingError


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("dossier")(dossier)


def dossier(
    article: str = typer.Argument("", help="Id of an article, or the beginning of one."),
    ledger: Path = typer.Option(..., help="Folder of the ledger."),
    actor: str = typer.Option("", help="Country code of one side (RUS)."),
    recipient: str = typer.Option("", help="Country code of the other side (PRK)."),
    output: Path = typer.Option(Path("dossier.html"), "--output", "-o", help="The HTML file; - for standard output."),
) -> None:
    """Write one self-contained page: the text with its rows in the margin, a timeline, and what is due.

    Name an article, or one or two sides with --actor and --recipient.
    """
    from dragoman.cli._show import write_page
    from dragoman.export.dossier import article_page, dyad_page
    from dragoman.ledger.store import Ledger

    if bool(article) == bool(actor or recipient):
        raise SettingError("dossier", detail="name an article, or --actor and --recipient (one of the two at least), not both.")
    store = Ledger(ledger)
    page = article_page(store, article) if article else dyad_page(store, actor or None, recipient or None)
    if str(output) == "-":
        typer.echo(page)
        return
    write_page(output, page)
    typer.echo(f"wrote {output}", err=True)
