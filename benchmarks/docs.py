"""Writes docs/cli.md from the commands themselves.

usage: docs.py [--check]      --check writes nothing and exits 1 if the page is stale
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from typer.models import ArgumentInfo, OptionInfo

from dragoman.cli import build

if TYPE_CHECKING:
    import typer

PAGE = Path(__file__).parents[1] / "docs" / "cli.md"
HEAD = """# Commands

*Written from the commands themselves by `make docs`; `dragoman COMMAND --help` says the same.*

Data goes to standard output, progress and counts to standard error. `-` is standard input. Exit status: 0 all done; 1 done, but some
input failed (each failure is an error line or a row of the table `issues`); 2 nothing done (wrong usage, setting, codebook or ledger).
Every message has a code that does not change: `D0..` input, `D1..` codebooks, `D2..` settings and models, `D3..` the ledger, `D4..` questions.
"""


KINDS = {"int": "N", "Path": "PATH", "float": "X", "bool": ""}


def commands(app: typer.Typer, before: str = "dragoman") -> Iterator[tuple[str, Callable[..., None]]]:
    """Every command with its full name, those of groups included, by name."""
    for command in sorted(app.registered_commands, key=lambda found: str(found.name)):
        if command.callback:
            yield f"{before} {command.name}", command.callback
    for group in app.registered_groups:
        if group.typer_instance:
            yield from commands(group.typer_instance, f"{before} {group.name}")


def section(name: str, callback: Callable[..., None]) -> str:
    """One command: what it does, how it is called, what its arguments mean."""
    params = inspect.signature(callback).parameters.values()
    arguments = [param for param in params if isinstance(param.default, ArgumentInfo)]
    options = [param for param in params if isinstance(param.default, OptionInfo)]
    words = [_argument(param) if _wanted(param) else f"[{_argument(param)}]" for param in arguments]
    wanted = [_option(param) for param in options if _wanted(param)]
    usage = " ".join([name, *words, *wanted, *(["[OPTIONS]"] if len(options) > len(wanted) else [])])
    rows = [_row(_argument(param), param) for param in arguments] + [_row(_option(param), param) for param in options]
    table = "\n".join(["| | | default |", "|---|---|---|", *rows]) if rows else ""
    return f"## {name}\n\n```text\n{usage}\n```\n\n{inspect.cleandoc(callback.__doc__ or '')}\n\n{table}\n"


def _wanted(param: inspect.Parameter) -> bool:
    return param.default.default is ...


def _argument(param: inspect.Parameter) -> str:
    return param.name.upper() + ("..." if str(param.annotation).startswith("list") else "")


def _option(param: inspect.Parameter) -> str:
    flag = next((word for word in param.default.param_decls or () if word.startswith("--")), f"--{param.name.replace('_', '-')}")
    return f"{flag} {KINDS.get(str(param.annotation), 'TEXT')}".strip()


def _row(shown: str, param: inspect.Parameter) -> str:
    info = param.default
    default = "required" if _wanted(param) else f"`{info.default}`" if info.show_default and info.default not in ("", None, False) else ""
    return f"| `{shown}` | {(info.help or '').replace('|', chr(92) + '|')} | {default} |"


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(section(name, callback) for name, callback in commands(build()))])


def main(arguments: list[str]) -> int:
    """Write the page, or compare it; 1 if it is stale."""
    fresh = page()
    if arguments == ["--check"]:
        stale = not PAGE.exists() or PAGE.read_text(encoding="utf-8") != fresh
        if stale:
            print("docs/cli.md is stale: run `make docs`.")
        return stale
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
