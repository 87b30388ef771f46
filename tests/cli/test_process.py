"""What only a fresh process shows: its start, its streams, its end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from dragoman import Ledger, __version__
from factory import STRIKE, line

HEAVY = ("spacy", "pyarrow", "duckdb", "deltalake", "numpy", "rich", "jinja2", "typer", "yaml")


def dragoman(*words: str | Path, stdin: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "dragoman", *map(str, words)], input=stdin, capture_output=True, text=True, encoding="utf-8", cwd=cwd, timeout=120, check=False)


def python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True).stdout


def test_importing_dragoman_takes_less_than_150_ms_and_loads_nothing_heavy() -> None:
    code = f"import time, sys; t = time.perf_counter(); import dragoman; print(time.perf_counter() - t, [m for m in {HEAVY} if m in sys.modules])"
    seconds, loaded = min(python(code).strip().split(" ", 1) for _ in range(3))
    assert loaded == "[]"
    assert float(seconds) < 0.15


def test_asking_for_help_loads_no_model_and_no_tables() -> None:
    code = "import sys; sys.argv = ['dragoman', '--help']\nfrom dragoman.cli import main\ntry: main()\nexcept SystemExit: pass\n"
    loaded = python(code + "print([m for m in ('spacy', 'pyarrow', 'duckdb', 'deltalake') if m in sys.modules])")
    assert loaded.endswith("[]\n")


def test_annotate_is_a_filter_between_processes() -> None:
    done = dragoman("annotate", stdin=line(STRIKE) + "no json\n")
    assert done.returncode == 1
    assert done.stderr == ""
    assert [json.loads(found)["id"] for found in done.stdout.splitlines()] == ["strike", None]


def test_a_message_ends_the_process_with_2_and_without_a_traceback(tmp_path: Path) -> None:
    done = dragoman("events", "--ledger", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("dragoman: D301 ")
    assert "Traceback" not in done.stderr


def test_a_reader_that_stops_reading_ends_the_process_quietly(reports: Ledger) -> None:
    query = "SELECT range FROM range(200000)"
    command = ["sh", "-c", '"$@" | head -1', "sh", sys.executable, "-m", "dragoman", "sql", query, "--ledger", str(reports.path), "--format", "jsonl"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == ('{"range": 0}\n', "")


def test_the_version_is_told() -> None:
    assert dragoman("--version").stdout == f"dragoman {__version__}\n"


def test_every_command_has_a_help_text_and_every_option_one() -> None:
    import inspect

    from dragoman.cli import build

    app = build()
    callbacks = [command.callback for group in (app, *(group.typer_instance for group in app.registered_groups)) for command in group.registered_commands]
    assert [callback.__name__ for callback in callbacks if not callback.__doc__] == []
    assert [f"{callback.__name__} {name}" for callback in callbacks for name, param in inspect.signature(callback).parameters.items() if not param.default.help] == []
