"""The command line as a fixture: in this process, so that the model is loaded once."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from outcome import Dragoman, Outcome

from dragoman.cli import main


@pytest.fixture
def dragoman(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Dragoman:
    """Runs a command as a process would; a traceback would come through as an exception."""

    def run(*words: str | Path, stdin: str | bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["dragoman", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode() if isinstance(stdin, str) else stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            main()
        sys.stdout.flush()
        shown = capfd.readouterr()
        return Outcome(int(ended.value.code or 0), shown.out, shown.err)

    return run
