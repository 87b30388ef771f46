"""Ids given whole or by their beginning."""

from __future__ import annotations

import pytest

from dragoman.errors import AmbiguousRow, UnknownRow
from dragoman.ledger.ids import whole_id

IDS = ("story-1", "story-10", "strike")


@pytest.mark.parametrize(("given", "found"), [("strike", "strike"), ("stri", "strike"), (" stri ", "strike"), ("story-1", "story-1")])
def test_the_whole_id_comes_before_those_that_begin_so(given: str, found: str) -> None:
    assert whole_id(given, IDS) == found


@pytest.mark.parametrize(("given", "error"), [("st", AmbiguousRow), ("zig", UnknownRow), ("", UnknownRow), (" ", UnknownRow), ("trike", UnknownRow)])
def test_what_means_none_or_several_is_refused(given: str, error: type[UnknownRow]) -> None:
    with pytest.raises(error):
        whole_id(given, IDS)
