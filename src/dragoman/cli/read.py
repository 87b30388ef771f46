"""`dragoman read`: articles into a ledger."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dragoman.codebook import BUILT_IN

if TYPE_CHECKING:
    from dragoman.intake.options import Count
    from dragoman.run.archive import Summary


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("read")(read)


def read(
    sources: list[str] = typer.Argument(
        help="Files (text, HTML, Markdown, PDF, JSONL, CSV, WARC, feeds, sitemaps, lists of addresses), folders, globs, http(s) addresses, or - for standard input."
    ),
    ledger: Path = typer.Option(..., help="Folder of the ledger; made if there is none."),
    published: str = typer.Option("", help="Publication day (YYYY-MM-DD) of articles that state none."),
    outlet: str = typer.Option("", help="Outlet of articles that state none."),
    columns: str = typer.Option("", help="Columns of a table by field, such as text=body,date=day,title=headline."),
    fast: bool = typer.Option(False, "--fast", help="For archives: a cheap look at text and language before a page is read, and the quick way to its body."),
    allow_host: list[str] = typer.Option([], help="A host that may have a private address.", show_default=False),
    contact: str = typer.Option("", help="Address or mail that the User-Agent names to the hosts that are asked."),
    model: str = typer.Option("", help="An installed spaCy pipeline; the built-in one if none is named."),
    codebook: Path = typer.Option(BUILT_IN, help="Folder of codebooks.", show_default=False),
    gazetteer: Path | None = typer.Option(None, help="A GeoNames dump (.txt, .zip), or a gazetteer built from one.", show_default=False),
    jobs: int = typer.Option(0, min=0, help="Processes; 0 means one for each core."),
) -> None:
    """Read articles and record what they report. What is known already is not read again.

    The network is asked only for addresses that are named, and for those that a named feed, sitemap or list leads to.
    Articles that are not in English are kept, but not coded. Exit status 1 if some input could not be read (each is a row of the table `issues`).
    """
    from dragoman.annotate.english import DEFAULT_MODEL
    from dragoman.cli._show import progress
    from dragoman.intake.fetch import Fetcher, Limits
    from dragoman.intake.options import Count
    from dragoman.intake.sources import read_sources
    from dragoman.intake.table import parse_columns
    from dragoman.run.archive import read_into
    from dragoman.run.local import Plan

    plan = Plan(model=model or DEFAULT_MODEL, folder=codebook, jobs=jobs, gazetteer=gazetteer)
    count, fetcher = Count(), Fetcher(Limits(allowed=tuple(allow_host), contact=contact))
    found = read_sources(sources, published=published or None, outlet=outlet or None, stdin=sys.stdin.buffer, fast=fast,
                         columns=parse_columns(columns), fetcher=fetcher, count=count)  # fmt: skip
    with progress("reading") as done:
        summary = read_into(ledger, found, plan, "read", done)
    tell(summary, count, ledger)
    raise typer.Exit(1 if summary.issues else 0)


def tell_issues(summary: Summary) -> None:
    """What could not be read, on standard error."""
    for issue in summary.issues:
        typer.echo(f"dragoman: {issue.code} {issue.article}: {issue.message}" if issue.article not in issue.message else f"dragoman: {issue.code} {issue.message}", err=True)


def tell(summary: Summary, count: Count, ledger: Path) -> None:
    """What a run read, passed over and could not read, on standard error."""
    tell_issues(summary)
    typer.echo(f"{summary.articles} articles read, {summary.known} known already, {summary.events} events, {summary.failed} issues -> {ledger}", err=True)
    for verb, counted in (("from", count.read), ("skipped", summary.skipped + count.skipped)):
        if shown := ", ".join(f"{name}: {number}" for name, number in counted.most_common() if number):
            typer.echo(f"{verb} {shown}", err=True)
