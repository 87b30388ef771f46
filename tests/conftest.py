"""Fixtures that all tests share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from dragoman.annotate.columns import Annotations
from dragoman.annotate.english import annotate
from dragoman.codebook import boilerplate
from dragoman.records import Article

Parse = Callable[[str], Annotations]


@pytest.fixture(scope="session")
def parse() -> Parse:
    """The annotations of a text, parsed once a session."""

    @cache
    def notes(text: str) -> Annotations:
        ((_, annotations),) = annotate([Article("test", text)], boilerplate())
        return annotations

    return notes
