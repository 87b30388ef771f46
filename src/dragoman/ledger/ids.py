"""Ids as users give them: whole, or the beginning of one."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.errors import AmbiguousRow, UnknownRow


def whole_id(given: str, ids: Iterable[str]) -> str:
    """The id that is meant: the one that is given whole, or the only one that begins so.

    Raises:
        UnknownRow: none begins so, or nothing is given.
        AmbiguousRow: several do.
    """
    wanted = given.strip()
    found = sorted({key for key in ids if key.startswith(wanted)}) if wanted else []
    if wanted in found:
        return wanted
    if not found:
        raise UnknownRow(given or "(nothing)")
    if len(found) > 1:
        raise AmbiguousRow(given, first=found[0], second=found[1])
    return found[0]
