"""Ledgers of earlier versions: columns and tables that they do not have yet."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman import Ledger
from dragoman.ledger import delta
from dragoman.ledger.tables import ADDED
from dragoman.run.archive import read_into, recode
from dragoman.run.local import Plan
from factory import BORDER, STRIKE


@pytest.fixture
def earlier(ledger_copy: Path) -> Path:
    """A ledger as a version before wrote it: its articles without the columns that came later."""
    for table, columns in ADDED.items():
        content = Ledger(ledger_copy).data(table).to_table().drop_columns(list(columns))
        shutil.rmtree(ledger_copy / table)
        delta.create(ledger_copy / table, content.schema)
        delta.append(ledger_copy / table, content.to_pylist(), content.schema)
    return ledger_copy


def test_it_is_read(earlier: Path) -> None:
    assert {article.id for article in Ledger(earlier).articles()} == {"border", "deadline", "strike"}
    assert set(ADDED["articles"]) <= set(Ledger(earlier).latest("articles").schema.names)
    assert {article.authors for article, _ in Ledger(earlier).annotations()} == {()}


def test_what_it_knows_is_not_recorded_again(earlier: Path) -> None:
    assert read_into(earlier, [BORDER], Plan(jobs=1), "read").known == 1
    recode(earlier, Plan(jobs=1))
    assert [tuple(row) for row in Ledger(earlier).sql("SELECT count(*) FROM articles_history").rows] == [(3,)]


def test_articles_with_new_facts_are_appended_and_keep_them(earlier: Path) -> None:
    page = replace(STRIKE, id="page", authors=("Ada Alder", "Ben Birch"), date_source="meta", date_confidence=0.97, raw_sha256="0" * 64)
    assert read_into(earlier, [page], Plan(jobs=1), "read").articles == 1
    rows = {row["id"]: row for row in Ledger(earlier).latest("articles").to_pylist()}
    assert [rows["page"][name] for name in ADDED["articles"]] == [["Ada Alder", "Ben Birch"], "meta", 0.97, "0" * 64]
    assert [rows["border"][name] for name in ADDED["articles"]] == [None] * 4
    assert {article for article, _ in Ledger(earlier).annotations(["page"])} == {page}


def test_the_format_is_the_same(earlier: Path) -> None:
    assert json.loads((earlier / "ledger.json").read_text(encoding="utf-8"))["format"] == 1
