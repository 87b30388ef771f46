"""Loads every codebook of a folder before a run begins, so that a broken one stops it with a message that names the file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from dragoman import pipeline
from dragoman.annotate.columns import Annotations
from dragoman.codebook import BUILT_IN, LINE, boilerplate, read_yaml
from dragoman.errors import CodebookError
from dragoman.records import Article


@lru_cache(maxsize=4)
def load_codebooks(folder: Path) -> None:
    """Load every codebook that a stage reads, by sending an empty text through all stages.

    Raises:
        CodebookError: one cannot be used.
    """
    try:
        if not folder.is_dir():
            raise CodebookError(folder, detail=f"no such folder. A folder of codebooks is a copy of {BUILT_IN} with changes.")
        if folder != BUILT_IN:
            _expect_whole(folder)
        boilerplate(folder)
        pipeline.run(Article("", ""), Annotations("", *((),) * 11), "", folder=folder)
    except OSError as error:
        raise CodebookError(error.filename or folder, detail=f"cannot be opened ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise CodebookError(folder, detail=f"a table is no valid UTF-8 ({error.reason} at byte {error.start}).") from error
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise CodebookError(folder, detail=f"an entry is not of the form it should have ({type(error).__name__}: {error}). Compare with {BUILT_IN}.") from error


def _expect_whole(folder: Path) -> None:
    """A folder of codebooks is a copy of the built-in one with changes: it has all its files, and they all their parts."""
    for path in _sheets():
        name = path.relative_to(BUILT_IN)
        found = read_yaml(folder / name)
        if not isinstance(found, dict):
            raise CodebookError(f"{folder / name}:1", detail="a mapping is wanted.")
        if missing := [key for key in read_yaml(path) if key not in found and key != LINE]:
            raise CodebookError(folder / name, detail=f"`{missing[0]}` is missing.")


def _sheets() -> Iterator[Path]:
    """The built-in YAML files besides the rules, which a folder may have in any number."""
    yield from sorted(BUILT_IN.glob("*.yaml"))
    yield from sorted((BUILT_IN / "actors").glob("*.yaml"))
    yield from sorted((BUILT_IN / "places").glob("*.yaml"))
