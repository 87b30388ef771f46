"""`dragoman roster`: what the articles of a ledger teach about who holds which office."""

from __future__ import annotations

from pathlib import Path

import typer

from dragoman.codebook import BUILT_IN

_LEDGER = typer.Option(..., help="Folder of the ledger.")
_CODEBOOK = typer.Option(BUILT_IN, help="Folder of codebooks.", show_default=False)
_FORMAT = typer.Option("table", "--format", help="table, jsonl or csv.")
_COUNTRY = typer.Option("", help="Only offices of this country (ISO 3166-1 alpha-3).")
_CANDIDATE = typer.Argument(help="Id of a candidate, or the beginning of one (`dragoman roster observed` shows them).")
_REASON = typer.Option("", help="Why; kept with the decision.")
_COLUMNS = ("id", "status", "country", "office", "name", "since", "until", "last", "outlets", "articles", "note")


def register(app: typer.Typer) -> None:
    """Add the verb and its subcommands."""
    group = typer.Typer(no_args_is_help=True, help="What articles teach about who holds which office.")
    for verb in (observed, promoted, conflicts, accept, reject, export):
        group.command(verb.__name__)(verb)
    app.add_typer(group, name="roster")


def observed(ledger: Path = _LEDGER, country: str = _COUNTRY, form: str = _FORMAT, codebook: Path = _CODEBOOK) -> None:
    """Everybody whom articles show in an office, with what has become of it."""
    _show(ledger, codebook, country, form)


def promoted(ledger: Path = _LEDGER, country: str = _COUNTRY, form: str = _FORMAT, codebook: Path = _CODEBOOK) -> None:
    """Those who count as dated entries from the next run on: promoted by agreement, or accepted."""
    _show(ledger, codebook, country, form, "promoted", "accepted")


def conflicts(ledger: Path = _LEDGER, country: str = _COUNTRY, form: str = _FORMAT, codebook: Path = _CODEBOOK) -> None:
    """Those whom a dated entry contradicts; `accept` or `reject` settles it."""
    _show(ledger, codebook, country, form, "conflict")


def accept(candidate: str = _CANDIDATE, ledger: Path = _LEDGER, reason: str = _REASON, codebook: Path = _CODEBOOK) -> None:
    """Let a candidate count, whatever the thresholds say. Nothing is overwritten: a later decision takes its place."""
    _decide(ledger, candidate, "accept", reason, codebook)


def reject(candidate: str = _CANDIDATE, ledger: Path = _LEDGER, reason: str = _REASON, codebook: Path = _CODEBOOK) -> None:
    """Let a candidate not count, whatever articles say."""
    _decide(ledger, candidate, "reject", reason, codebook)


def export(ledger: Path = _LEDGER, codebook: Path = _CODEBOOK) -> None:
    """Write what was learnt as rows of `actors/offices.tsv`, to put into a codebook folder of your own."""
    from dragoman.extract.roster import OFFICE_COLUMNS
    from dragoman.ledger.store import Ledger
    from dragoman.link.learning import learnt

    typer.echo("\t".join(OFFICE_COLUMNS))
    for row in learnt(Ledger(ledger), codebook).rows:
        typer.echo("\t".join((row.country or "", row.role, row.name, row.since or "", row.until or "", row.seen or "", row.origin)))


def _show(ledger: Path, codebook: Path, country: str, form: str, *statuses: str) -> None:
    from dragoman.cli._show import write_rows
    from dragoman.ledger.codes import codes
    from dragoman.ledger.store import Ledger
    from dragoman.link.learning import roster_of
    from dragoman.link.roster import Candidate

    wanted = (codes("country", country) or "").split(",")
    found = [row for row in roster_of(Ledger(ledger), codebook) if wanted == [""] or row.country in wanted]
    found = [row for row in found if not statuses or row.status in statuses]
    write_rows(found, form, _COLUMNS, Candidate)


def _decide(ledger: Path, candidate: str, verdict: str, reason: str, codebook: Path) -> None:
    from dragoman.ledger.store import Ledger
    from dragoman.link.learning import decide

    chosen = decide(Ledger(ledger), candidate, verdict, reason, codebook)
    typer.echo(f"{verdict}ed: {chosen.name}, {chosen.office} of {chosen.country}; counts from the next run on", err=True)
