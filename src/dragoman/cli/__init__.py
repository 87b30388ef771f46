"""The command line: one file for each verb, found by walking this folder."""

from __future__ import annotations

import errno
import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import NoReturn

import typer

from dragoman import __version__
from dragoman.errors import DragomanError, SettingError, Stopped

USAGE = 2
# What typer makes of Ctrl-C, as shells do.
_INTERRUPTED = 130
# No room for what is written to standard output. (A reader that goes away is typer's business.)
_FULL = (errno.ENOSPC, errno.EFBIG)


def build() -> typer.Typer:
    """The application with every verb of this folder."""
    app = typer.Typer(name="dragoman", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
                      help="Reads the news and keeps a ledger of what states and their rivals do to one another.")
    app.callback()(_version)
    for module in sorted(iter_modules(__path__), key=lambda found: found.name):
        if not module.name.startswith("_"):
            import_module(f"{__name__}.{module.name}").register(app)
    return app


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"dragoman {__version__}")
        raise typer.Exit


def _version(version: bool = typer.Option(False, "--version", help="Show the version and exit.", is_eager=True, callback=_show_version)) -> None:
    """Options of dragoman itself."""


def main() -> NoReturn:
    """Run the command line. Exit status: 0 all done; 1 some input failed; 2 nothing done."""
    try:
        build()()
    except SystemExit as ended:
        if ended.code == _INTERRUPTED:
            typer.echo(f"dragoman: {Stopped(sys.argv[1] if len(sys.argv) > 1 else 'dragoman')}", err=True)
        raise
    except DragomanError as error:
        typer.echo(f"dragoman: {error}", err=True)
        sys.exit(USAGE)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        typer.echo(f"dragoman: {SettingError('output', detail=f'cannot be written ({error.strerror}).')}", err=True)
        sys.exit(USAGE)
    sys.exit(0)
