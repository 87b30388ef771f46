"""Short texts, each with what a careful reader takes from it: one test for each field.

A new case is a folder with `input.json` and `expected.json`; nothing is registered.
"""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from golden import Check, articles, checks, holds, read


@pytest.fixture(scope="session")
def readings() -> dict[str, Any]:
    """What dragoman reads in all cases, in one run."""
    from dragoman.run.filter import annotate_stream
    from dragoman.run.local import Plan

    out = io.BytesIO()
    annotate_stream(io.BytesIO("".join(json.dumps(article) + "\n" for article in articles()).encode()), out, Plan(jobs=1))
    return {reading["id"]: reading for reading in map(json.loads, out.getvalue().splitlines())}


@pytest.mark.parametrize("check", checks(), ids=lambda check: f"{check.case}-{check.kind}-{check.anchor.replace(' ', '_')[:30]}-{check.field}")
def test_a_field_is_as_a_careful_reader_would_code_it(check: Check, readings: dict[str, Any]) -> None:
    assert holds(check, readings[check.case]), f"expected {check.expected!r}, read {read(check, readings[check.case])!r}"


@pytest.mark.parametrize("article", articles(), ids=lambda article: article["id"])
def test_anchors_stand_in_the_text_and_the_case_is_named_as_its_folder(article: dict[str, Any]) -> None:
    expected = [check for check in checks() if check.case == article["id"]]
    assert expected
    assert [check.anchor for check in expected if check.anchor not in article["text"]] == []
