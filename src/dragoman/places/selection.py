"""Which gazetteer is used: a built file, a GeoNames dump (built once into the cache folder), or the built-in one (built at first use)."""

from __future__ import annotations

import os
from pathlib import Path

from dragoman.places import bundled
from dragoman.places.store import Store, load

_VARIABLE = "DRAGOMAN_GAZETTEER"


def use(gazetteer: Path | None) -> None:
    """Read with that gazetteer from now on, in this process and those that it starts; None leaves things as they are.

    Raises:
        BadGazetteer: it cannot be opened or built.
    """
    if gazetteer is not None:
        os.environ[_VARIABLE] = str(located(gazetteer).absolute())


def chosen() -> Path:
    """The file of the gazetteer in use; the built-in one is built if there is none yet."""
    given = os.environ.get(_VARIABLE)
    if given:
        return Path(given)
    path = bundled.path()
    if not path.exists():
        bundled.build(path)
    return path


def store(gazetteer: Path | None = None) -> Store:
    """The open gazetteer."""
    return load(located(gazetteer) if gazetteer else chosen())


def located(gazetteer: Path) -> Path:
    """The built file of a gazetteer: itself, or for a dump the file that it was built into."""
    from dragoman.places import dump

    return dump.built(gazetteer) if dump.is_dump(gazetteer) else gazetteer
