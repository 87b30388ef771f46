"""Fixtures that all tests share."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dragoman import Ledger
from dragoman.annotate.columns import Annotations
from dragoman.annotate.english import annotate
from dragoman.cli import main
from dragoman.codebook import boilerplate
from dragoman.records import Article
from dragoman.run.archive import read_into
from dragoman.run.local import Plan
from factory import REPORTS
from outcome import Dragoman, Outcome
from site_server import Site, served

Parse = Callable[[str], Annotations]

# The golden cases are compared by the gate's own code: what it measures and what the tests hold are the same.
sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks" / "quality"))


# A slow machine is no failure: what the properties say does not depend on time.
settings.register_profile("dragoman", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dragoman")


@pytest.fixture(scope="session")
def parse() -> Parse:
    """The annotations of a text, parsed once a session."""

    @cache
    def notes(text: str) -> Annotations:
        ((_, annotations),) = annotate([Article("test", text)], boilerplate())
        return annotations

    return notes


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A ledger of three short reports, for tests that only ask it."""
    folder = tmp_path_factory.mktemp("reports") / "ledger"
    read_into(folder, REPORTS, Plan(jobs=1), "read")
    return Ledger(folder)


@pytest.fixture
def ledger_copy(reports: Ledger, tmp_path: Path) -> Path:
    """The same ledger, for tests that write into it."""
    return Path(shutil.copytree(reports.path, tmp_path / "ledger"))


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


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site on this machine."""
    with served() as found:
        yield found
