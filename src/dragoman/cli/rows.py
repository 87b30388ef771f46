"""`dragoman events`, `claims`, `commitments`, `figures`: rows of a ledger by filters."""

from __future__ import annotations

from pathlib import Path

import typer

_LEDGER = typer.Option(..., help="Folder of the ledger.")
_SINCE = typer.Option("", help="First day (YYYY, YYYY-MM or YYYY-MM-DD).")
_UNTIL = typer.Option("", help="Last day.")
_FORMAT = typer.Option("table", "--format", help="table, jsonl or csv.")
_LIMIT = typer.Option(0, min=0, help="At most so many rows; 0 for all.")
_ARTICLE = typer.Option("", help="Id of the article.")
_OUTLET = typer.Option("", help="Name of the outlet.")
_CLAIM = ("id", "published", "source_surface", "source_country", "kind", "form", "cue_surface", "surface", "quote")
_FORECAST = ("id", "published", "source_surface", "source_country", "forecast_of", "forecast_by", "valid_to", "hedge", "p_low", "p_high", "resolution", "surface", "quote")


def register(app: typer.Typer) -> None:
    """Add the four verbs."""
    for verb in (events, claims, commitments, figures):
        app.command(verb.__name__)(verb)


def events(
    ledger: Path = _LEDGER,
    actor: str = typer.Option("", help="Country codes of actors, comma-separated (RUS, IGO:UN)."),
    recipient: str = typer.Option("", help="Country codes of recipients."),
    type: str = typer.Option("", help="PLOVER types."),  # noqa: A002 (the field's word)
    factuality: str = typer.Option("", help="actual, future, hypothetical, negated."),
    min_confidence: float = typer.Option(0.0, min=0.0, max=1.0, help="Only rows of at least this confidence (0 to 1)."),
    since: str = _SINCE,
    until: str = _UNTIL,
    article: str = _ARTICLE,
    outlet: str = _OUTLET,
    form: str = _FORMAT,
    limit: int = _LIMIT,
) -> None:
    """Who did what to whom: one row an event, with the sentence that says so."""
    columns = ("id", "date", "published", "type", "mode", "factuality", "actor_countries", "recipient_countries", "surface", "voice_surface", "quote")
    sides: dict[str, str | float] = {"actor": actor, "recipient": recipient, "type": type, "factuality": factuality, "min_confidence": min_confidence}
    _answer("events", ledger, form, columns, since=since, until=until, article=article, outlet=outlet, limit=limit, **sides)


def claims(
    ledger: Path = _LEDGER,
    source: str = typer.Option("", help="Country codes of the sources."),
    kind: str = typer.Option("", help="statement, accusation, denial, forecast, promise, threat, demand, announcement, opinion."),
    resolution: str = typer.Option("", help="Only forecasts of this resolution: true, false, partly, open."),
    since: str = _SINCE,
    until: str = _UNTIL,
    article: str = _ARTICLE,
    outlet: str = _OUTLET,
    form: str = _FORMAT,
    limit: int = _LIMIT,
) -> None:
    """Who says what. With `--kind forecast`: who expects what of whom by when, how surely, and whether it came true (`dragoman resolve`)."""
    columns = _FORECAST if kind == "forecast" or resolution else _CLAIM
    asked: dict[str, str | float] = {"source": source, "kind": kind, "resolution": resolution}
    _answer("claims", ledger, form, columns, since=since, until=until, article=article, outlet=outlet, limit=limit, **asked)


def commitments(
    ledger: Path = _LEDGER,
    holder: str = typer.Option("", help="Country codes of who is bound."),
    by: str = typer.Option("", help="Country codes of who set it."),
    change: str = typer.Option("", help="set, moved, met, missed, cancelled."),
    since: str = _SINCE,
    until: str = _UNTIL,
    article: str = _ARTICLE,
    outlet: str = _OUTLET,
    form: str = _FORMAT,
    limit: int = _LIMIT,
) -> None:
    """Deadlines, promises and scheduled acts: who is bound to what by when."""
    columns = ("id", "due", "change", "from_due", "holder", "by", "surface", "published", "quote")
    _answer("commitments", ledger, form, columns, holder=holder, by=by, change=change, since=since, until=until, article=article, outlet=outlet, limit=limit)


def figures(
    ledger: Path = _LEDGER,
    unit: str = typer.Option("", help="Units: USD, person, km, percent ..."),
    of: str = typer.Option("", help="What is counted."),
    since: str = _SINCE,
    until: str = _UNTIL,
    article: str = _ARTICLE,
    outlet: str = _OUTLET,
    form: str = _FORMAT,
    limit: int = _LIMIT,
) -> None:
    """Quoted quantities."""
    columns = ("id", "published", "surface", "value", "low", "high", "unit", "of", "voice_surface", "quote")
    _answer("figures", ledger, form, columns, unit=unit, of=of, since=since, until=until, article=article, outlet=outlet, limit=limit)


def _answer(table: str, path: Path, form: str, columns: tuple[str, ...], **filters: str | float) -> None:
    from dragoman.cli._show import expect_format, write_rows
    from dragoman.ledger.answers import ClaimRow, CommitmentRow, EventRow, FigureRow
    from dragoman.ledger.store import Ledger

    expect_format(form)
    asked = {name: value for name, value in filters.items() if value}
    kinds = {"events": EventRow, "claims": ClaimRow, "commitments": CommitmentRow, "figures": FigureRow}
    write_rows(getattr(Ledger(path), table)(**asked), form, columns, kinds[table])
