"""Fixtures of the ledger's tests: real Delta tables in a temporary folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from ledger_factory import entry

from dragoman import Ledger


@pytest.fixture(scope="session")
def _templates(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    empty, full = tmp_path_factory.mktemp("templates") / "empty", tmp_path_factory.mktemp("templates") / "full"
    Ledger.create(empty)
    Ledger.create(full).append([entry()], "run-1")
    return empty, full


@pytest.fixture
def ledger(_templates: tuple[Path, Path], tmp_path: Path) -> Ledger:
    """An empty ledger."""
    return Ledger(shutil.copytree(_templates[0], tmp_path / "ledger"))


@pytest.fixture
def read(_templates: tuple[Path, Path], tmp_path: Path) -> Ledger:
    """A ledger with one article."""
    return Ledger(shutil.copytree(_templates[1], tmp_path / "ledger"))
