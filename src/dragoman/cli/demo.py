"""`dragoman demo`: the main job on the sample reports."""

from __future__ import annotations

from pathlib import Path

import typer

SAMPLES = Path(__file__).parent.parent / "samples"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("demo")(demo)


def demo(
    ledger: Path = typer.Option(Path("demo-ledger"), help="Folder of the ledger; made if there is none."),
    page: Path = typer.Option(Path("demo.html"), help="Where to write the dossier."),
) -> None:
    """Read the sample reports into a ledger, show its events with their sentences, and write a dossier."""
    from dragoman.cli._show import progress, write_page, write_rows
    from dragoman.export.dossier import dyad_page
    from dragoman.intake.sources import read_sources
    from dragoman.ledger.store import Ledger
    from dragoman.run.archive import read_into
    from dragoman.run.local import Plan

    with progress("reading") as count:
        summary = read_into(ledger, read_sources([str(SAMPLES / "*.jsonl")]), Plan(), "demo", count)
    store = Ledger(ledger)
    events = store.events(actor="RUS", recipient="PRK") + store.events(actor="PRK", recipient="RUS")
    columns = ("date", "type", "factuality", "actor_countries", "recipient_countries", "surface", "outlet", "quote")
    typer.echo("Between Russia and North Korea, in the sample reports:\n")
    write_rows(sorted(events, key=lambda event: (event.date or "", event.article)), "table", columns)
    typer.echo("\nWhat is due:\n")
    write_rows(store.commitments(), "table", ("due", "change", "from_due", "holder", "by", "surface", "outlet"))
    write_page(page, dyad_page(store, "RUS", "PRK"))
    total = store.sql("SELECT count(*) FROM events").rows[0][0]
    typer.echo(f"\n{summary.articles + summary.known} reports, {total} events in {ledger}; the dossier is {page}. Try:")
    row = events[0].id if events else "ID"
    for verb in ("events --actor USA --factuality actual", "show air-link-3", f"why {row}"):
        typer.echo(f"  dragoman {verb} --ledger {ledger}")
