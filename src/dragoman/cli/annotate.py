"""`dragoman annotate`: articles in, readings out, one JSON object a line; nothing is stored."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from dragoman.codebook import BUILT_IN
from dragoman.errors import MissingSource, Unreadable


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("annotate")(annotate)


def annotate(
    source: str = typer.Argument("-", help="JSONL file, or - for standard input."),
    model: str = typer.Option("", help="An installed spaCy pipeline; the built-in one if none is named."),
    codebook: Path = typer.Option(BUILT_IN, help="Folder of codebooks.", show_default=False),
    gazetteer: Path | None = typer.Option(None, help="A GeoNames dump (.txt, .zip), or a gazetteer built from one.", show_default=False),
    jobs: int = typer.Option(0, min=0, help="Processes; 0 means one for each core."),
) -> None:
    """Read articles as JSONL and write their readings as JSONL, in the same order.

    A bad line gives one line with `error`, and the run goes on; exit status 1 at the end if there was any.
    """
    from dragoman.annotate.english import DEFAULT_MODEL
    from dragoman.run.filter import annotate_stream
    from dragoman.run.local import Plan

    plan = Plan(model=model or DEFAULT_MODEL, folder=codebook, jobs=jobs, gazetteer=gazetteer)
    if source == "-":
        failed = annotate_stream(sys.stdin.buffer, sys.stdout.buffer, plan)
    else:
        try:
            stream = open(source, "rb")  # noqa: SIM115 (closed below)
        except FileNotFoundError as error:
            raise MissingSource(source) from error
        except OSError as error:
            raise Unreadable(source, detail=error.strerror or error) from error
        with stream:
            failed = annotate_stream(stream, sys.stdout.buffer, plan)
    raise typer.Exit(1 if failed else 0)
