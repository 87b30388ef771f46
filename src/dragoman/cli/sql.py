"""`dragoman sql`: a question in SQL."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typer


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("sql")(sql)


def sql(
    query: str = typer.Argument(help='SQL as DuckDB speaks it, such as "SELECT type, count(*) FROM events GROUP BY 1".'),
    ledger: Path = typer.Option(..., help="Folder of the ledger."),
    form: str = typer.Option("table", "--format", help="table, jsonl or csv."),
) -> None:
    """Ask the ledger in SQL.

    Tables: articles, furniture, sentences, mentions, events, participants, claims, commitments, figures, timexes, toponyms, observations,
    decisions, resolutions, traces, copies, stories, happenings, issues, runs. Each table shows the latest version of its rows; `<table>_history` has all of them.
    """
    from dragoman.cli._show import expect_format, plain, write_csv, write_table
    from dragoman.ledger.store import Ledger

    expect_format(form)
    columns, rows = Ledger(ledger).sql(query)
    if form == "jsonl":
        for row in rows:
            sys.stdout.write(json.dumps(plain(dict(zip(columns, row, strict=True))), ensure_ascii=False) + "\n")
    else:
        (write_csv if form == "csv" else write_table)(columns, rows)
