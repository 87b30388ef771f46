"""Codes of countries and bodies as users give them; a name where a code is wanted would silently find nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from dragoman.codebook import BUILT_IN, read_tsv
from dragoman.errors import SettingError
from dragoman.extract.roster import COLUMNS

_STATE = re.compile(r"[A-Za-z]{3}")
_BODY = re.compile(r"(?P<kind>IGO|NGO|MNC|IMG):(?P<name>.+)", re.IGNORECASE)


def codes(option: str, value: str | None, *, or_names: bool = False) -> str | None:
    """The codes of a filter, in capital letters, with commas between them; None where none is given.

    Args:
        option: what the message names.
        value: codes (RUS, IGO:UN) with commas between them.
        or_names: whether names of persons and groups may stand there as well, as they do among the holders of commitments.

    Raises:
        SettingError: one is no code (or, beside names of persons, the name of a country).
    """
    if value is None:
        return None
    return ",".join(_code(option, part.strip(), or_names) for part in value.split(",") if part.strip())


def _code(option: str, given: str, or_names: bool) -> str:
    if _STATE.fullmatch(given):
        return given.upper()
    if body := _BODY.fullmatch(given):
        return _named().get(given.casefold()) or f"{body['kind'].upper()}:{body['name']}"
    meant = _named().get(given.casefold())
    if or_names and meant is None:
        return given
    instead = f"Write {meant}." if meant else "Write three letters (RUS), or IGO:UN and the like for bodies of no state."
    raise SettingError(option, detail=f"`{given}` is no code of a country or body. {instead}")


@lru_cache(maxsize=1)
def _named() -> dict[str, str]:
    """Code by name, and by the code itself in small letters, of countries and bodies."""
    tables = (read_tsv(BUILT_IN / "actors" / name, COLUMNS) for name in ("countries.tsv", "organisations.tsv"))
    rows = [row for table in tables for _, row in table if row["role"] in ("name", "igo") and not row["until"]]
    return {key.casefold(): row["country"] for row in rows if row["country"] for key in (row["form"], row["country"])}
