"""How rows are shown: a table in the terminal, JSONL or CSV for other programs."""

from __future__ import annotations

import csv
import json
import math
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from textwrap import fill
from typing import Any

import typer

from dragoman.errors import SettingError

# No column of a table is wider than this; the other formats give every field whole.
_WIDEST = 44
_INDENT = " " * 4
# Whole numbers up to here are shown without a decimal point.
_EXACT = 1e15
FORMATS = ("table", "jsonl", "csv")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
Row = dict[str, Any]


def plain(value: Any) -> Any:
    """A value as JSON has it; what JSON cannot hold (an interval, an infinite number, bytes) as its text."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if value is None or isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, Decimal):
        return float(value)
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)


def cell(value: Any) -> str:
    """A value as one cell of text."""
    if value is None:
        return ""
    if isinstance(value, dict) or (isinstance(value, list | tuple) and any(isinstance(item, dict) for item in value)):
        return json.dumps(plain(value), ensure_ascii=False)
    if isinstance(value, list | tuple):
        return ", ".join(map(cell, value))
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT else str(plain(value))


def printable(text: str) -> str:
    """The text, as long as it was, without the control characters by which a text could steer the terminal."""
    return _CONTROLS.sub(lambda found: " " if found[0].isspace() else "\ufffd", text)


def expect_format(form: str, formats: Sequence[str] = FORMATS) -> None:
    """Refuse a format that there is not.

    Raises:
        SettingError: it is none of `formats`.
    """
    if form not in formats:
        raise SettingError("--format", detail=f"`{form}` is none of {', '.join(formats)}.")


def write_rows(rows: Iterable[Any], form: str, columns: Sequence[str], kind: type | None = None) -> None:
    """Write records as a table of some columns, or with all fields as JSONL or CSV.

    Args:
        rows: records of one class.
        form: one of `FORMATS`.
        columns: those of the table.
        kind: the records' class, by which a CSV has the same header where there are no rows.

    Raises:
        SettingError: no such format.
    """
    expect_format(form)
    items = [asdict(row) for row in rows]
    if form == "jsonl":
        for item in items:
            sys.stdout.write(json.dumps(plain(item), ensure_ascii=False) + "\n")
    elif form == "csv":
        write_csv(list(items[0]) if items else [field.name for field in fields(kind)] if kind else columns, ([*item.values()] for item in items))
    else:
        write_table(columns, ([item.get(column) for column in columns] for item in items))


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Comma-separated values with a header."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)


def write_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table as wide as the terminal; a column `quote` goes under its row."""
    from rich.console import Console
    from rich.text import Text

    console = Console(soft_wrap=False) if sys.stdout.isatty() else Console(width=160)
    shown = [name for name in columns if name != "quote"]
    lines = [{name: printable(" ".join(cell(value).split())) for name, value in zip(columns, row, strict=True)} for row in rows]
    widths = {name: min(_WIDEST, max([len(name), *(len(line[name]) for line in lines)])) for name in shown}
    if lines:
        head = "  ".join(name.replace("_", " ").ljust(widths[name]) for name in shown).rstrip()
        console.print(Text(head, style="bold"), overflow="ignore", crop=False, no_wrap=True)
    for line in lines:
        row = "  ".join(_cut(line[name], widths[name]).ljust(widths[name]) for name in shown).rstrip()
        console.print(Text(row), overflow="ignore", crop=False, no_wrap=True)
        if line.get("quote"):
            console.print(Text(_under(line["quote"], console.width), style="dim italic"), end="\n\n")
    typer.echo(f"{len(lines)} row{'' if len(lines) == 1 else 's'}", err=True)


def write_page(path: Path, page: str) -> None:
    """Write an HTML page to a file.

    Raises:
        SettingError: it cannot be written.
    """
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise SettingError(path, detail=f"cannot be written ({error.strerror}).") from error


def _under(quote: str, width: int) -> str:
    return fill(quote, width, initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Any]:
    """A bar with rate and remaining time on stderr, shown only in a terminal and only after a second; yields a function that counts on."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    rate = TextColumn("{task.fields[rate]}")
    bar = Progress(SpinnerColumn(), TextColumn(label), BarColumn(), MofNCompleteColumn(), rate, TimeElapsedColumn(), TimeRemainingColumn(), console=console, transient=True)
    with bar:
        task = bar.add_task(label, total=total, rate="")

        def count(done: int) -> None:
            speed = bar.tasks[0].speed
            bar.update(task, advance=done, rate=f"{speed:.1f}/s" if speed else "")

        yield count
