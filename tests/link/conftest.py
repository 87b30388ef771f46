"""A ledger of the reports of `wire`, read by the real command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from wire import ALL, Read

from dragoman import Ledger
from dragoman.intake.jsonl import to_article
from dragoman.run.archive import read_into
from dragoman.run.local import Plan


def read_reports(folder: Path, *reports: dict[str, str | None]) -> Ledger:
    """The reports in the ledger of a folder."""
    read_into(folder, [to_article(one, "test") for one in reports], Plan(jobs=1), "test")
    return Ledger(folder)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads reports into the ledger of this test."""
    return lambda *reports: read_reports(tmp_path / "ledger", *reports)


@pytest.fixture(scope="session")
def _told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wire") / "ledger"
    read_reports(folder, *ALL)
    return folder


@pytest.fixture
def told(_told: Path, tmp_path: Path) -> Ledger:
    """All reports in one ledger."""
    return Ledger(shutil.copytree(_told, tmp_path / "told"))
