"""`dragoman gazetteer`: build the gazetteer, say which one is in use."""

from __future__ import annotations

from pathlib import Path

import typer


def register(app: typer.Typer) -> None:
    """Add the verb and its subcommands."""
    group = typer.Typer(no_args_is_help=True, help="Build the gazetteer that places are looked up in; say which one is in use.")
    group.command("build")(build)
    group.command("show")(show)
    app.add_typer(group, name="gazetteer")


def build(
    dump: Path | None = typer.Argument(
        None, help="A GeoNames dump (allCountries.txt, a country's file, cities500.txt; plain or zipped); the built-in data if none.", show_default=False
    ),
    names: Path | None = typer.Option(None, help="alternateNamesV2.txt or .zip: further English names.", show_default=False),
    admin: list[Path] = typer.Option([], help="admin1CodesASCII.txt, admin2Codes.txt: names of divisions.", show_default=False),
    output: Path | None = typer.Option(None, help="Where to write it; the cache folder if none is named.", show_default=False),
) -> None:
    """Build a gazetteer, and print its path. Reading builds the built-in one by itself when it is first needed.

    Exit status 2 if a line of the dump is malformed or the file ends early; an older gazetteer stays as it was.
    """
    from dragoman.errors import SettingError
    from dragoman.places import bundled
    from dragoman.places.dump import Source, built
    from dragoman.places.dump import build as build_dump
    from dragoman.places.store import load

    if dump is None and (names or admin):
        raise SettingError("gazetteer", detail="--names and --admin belong to a dump; name one.")
    if dump is None:
        path = output or bundled.path()
        bundled.build(path)
    elif output is None:
        path = built(dump, names, admin)
    else:
        path = output
        build_dump(Source(dump, names, tuple(admin)), path)
    store = load(path)
    typer.echo(str(path))
    typer.echo(f"{store.size} places from {store.origin}", err=True)


def show(gazetteer: Path | None = typer.Option(None, help="A built gazetteer or a dump; the one in use if none is named.", show_default=False)) -> None:
    """Print which gazetteer is in use: its path, name, date, hash and size."""
    from dragoman.places import selection

    store = selection.store(gazetteer)
    origin = store.origin
    shown = {"path": store.path, "name": origin.name, "date": origin.date or "unknown", "hash": origin.hash, "places": store.size}
    for label, value in shown.items():
        typer.echo(f"{label}\t{value}")
