"""`dragoman show`: an article with its spans marked and numbered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from dragoman.ledger.store import Ledger

_STYLES = {"event": "bold red", "actor": "bold", "claim": "cyan", "time": "green", "figure": "magenta", "place": "blue", "due": "yellow"}


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("show")(show)


def show(
    article: str = typer.Argument(help="Id of an article, or the beginning of one."),
    ledger: Path = typer.Option(..., help="Folder of the ledger."),
) -> None:
    """Show an article with its events numbered and its spans marked, and the rows below."""
    from rich.console import Console
    from rich.text import Text

    from dragoman.cli._show import printable, write_table
    from dragoman.ledger.ids import whole_id
    from dragoman.ledger.store import Ledger

    store = Ledger(ledger)
    rows = {row.id: row for row in store.articles()}
    row = rows[whole_id(article, rows)]
    text = store.sql(f"SELECT text FROM articles WHERE id = '{row.id.replace(chr(39), chr(39) * 2)}'").rows[0][0]  # noqa: S608 (the id comes from the ledger)
    console = Console()
    about = " ".join(f"{row.outlet or ''} {row.published or ''}".split())
    console.print(Text.assemble((printable(row.title or row.id), "bold"), "  ", printable(about), "\n"))
    events = store.events(article=row.id)
    events.sort(key=lambda event: event.start)
    console.print(_marked(printable(text), _spans(store, row.id, events)))
    console.print("\n" + "  ".join(f"[{style}]{name}[/{style}]" for name, style in _STYLES.items()) + "\n")
    columns = ("no", "id", "type", "mode", "factuality", "actors", "recipients", "date", "place", "voice")
    fields = ("id", "type", "mode", "factuality", "actor_countries", "recipient_countries", "date", "place_name", "voice_surface")
    write_table(columns, ([number, *(getattr(event, name) for name in fields)] for number, event in enumerate(events, 1)))


def _spans(store: Ledger, article: str, events: list[Any]) -> list[tuple[int, int, str, str]]:
    """Start, end, layer and number of everything to mark."""
    quoted = article.replace("'", "''")
    spans = [(event.start, event.end, "event", str(number)) for number, event in enumerate(events, 1)]
    layers = {"actor": ("participants", "start", "end"), "claim": ("claims", "cue_start", "cue_end"), "time": ("timexes", "start", "end"),
              "figure": ("figures", "start", "end"), "place": ("toponyms", "start", "end"), "due": ("commitments", "due_start", "due_end")}  # fmt: skip
    for layer, (table, start, end) in layers.items():
        query = f"SELECT DISTINCT \"{start}\", \"{end}\" FROM {table} WHERE article = '{quoted}' AND \"{start}\" IS NOT NULL"  # noqa: S608 (names are ours)
        spans += [(first, last, layer, "") for first, last in store.sql(query).rows]
    return spans


def _marked(text: str, spans: list[tuple[int, int, str, str]]) -> Any:
    from rich.text import Text

    marked = Text(text)
    for start, end, layer, _ in sorted(spans, key=lambda span: span[0] - span[1]):
        marked.stylize(_STYLES[layer], start, end)
    for _, end, _, number in sorted((span for span in spans if span[3]), key=lambda span: -span[1]):
        marked = Text.assemble(marked[:end], (f"[{number}]", "red"), marked[end:])
    return marked
