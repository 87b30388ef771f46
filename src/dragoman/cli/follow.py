"""`dragoman follow`: feeds into a ledger, for as long as it runs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dragoman.codebook import BUILT_IN

if TYPE_CHECKING:
    from dragoman.intake.documents import Found
    from dragoman.intake.follow import Follower

STATE = "follow.sqlite"
# A clock that jumps, a machine that slept: no pause is longer.
_LONGEST_PAUSE = 60.0


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("follow")(follow)


def follow(
    feeds: Path = typer.Argument(help="TOML file that names feeds and news sitemaps (see the recipes)."),
    ledger: Path = typer.Option(..., help="Folder of the ledger; made if there is none. What the follower remembers is kept in it."),
    once: bool = typer.Option(False, "--once", help="Do what is due and end."),
    allow_host: list[str] = typer.Option([], help="A host that may have a private address.", show_default=False),
    model: str = typer.Option("", help="An installed spaCy pipeline; the built-in one if none is named."),
    codebook: Path = typer.Option(BUILT_IN, help="Folder of codebooks.", show_default=False),
    gazetteer: Path | None = typer.Option(None, help="A GeoNames dump (.txt, .zip), or a gazetteer built from one.", show_default=False),
    jobs: int = typer.Option(0, min=0, help="Processes; 0 means one for each core."),
) -> None:
    """Follow feeds and news sitemaps, and read each article that they point to.

    It asks with ETag and Last-Modified, keeps robots.txt and a rate for each host, and goes on where it was when it is stopped or killed.
    End it with Ctrl-C.
    """
    from dragoman.annotate.english import DEFAULT_MODEL
    from dragoman.cli.read import tell, tell_issues
    from dragoman.intake.follow import Follower
    from dragoman.intake.options import Count
    from dragoman.intake.state import State
    from dragoman.intake.watch import load_watch
    from dragoman.ledger.store import Ledger
    from dragoman.run.archive import Summary, add, read_into
    from dragoman.run.local import Plan, prepare

    watch = load_watch(feeds)
    plan = Plan(model=model or DEFAULT_MODEL, folder=codebook, jobs=jobs, gazetteer=gazetteer)
    total, count = Summary(), Count()

    def keep(found: Sequence[Found]) -> None:
        if found:
            summary = read_into(ledger, found, plan, "follow")
            tell_issues(summary)
            add(total, summary)
            Ledger(ledger).compact()

    prepare(plan)
    Ledger.create(ledger)
    state = State(ledger / STATE)
    try:
        _run(Follower(watch, state, keep, allow_host, count=count), once)
    except KeyboardInterrupt:
        typer.echo("stopped", err=True)
    finally:
        state.close()
    tell(total, count, ledger)
    raise typer.Exit(1 if total.failed else 0)


def _run(follower: Follower, once: bool) -> None:
    """Rounds, with pauses between them."""
    follower.round()
    while not once:
        time.sleep(min(follower.pause(), _LONGEST_PAUSE))
        follower.round()
