"""Codes of countries and bodies: what is taken, what is refused, and what is said instead."""

from __future__ import annotations

import pytest

from dragoman.errors import SettingError
from dragoman.ledger.codes import codes


@pytest.mark.parametrize(
    ("given", "found"),
    [(None, None), ("RUS", "RUS"), ("rus", "RUS"), ("RUS, BLR", "RUS,BLR"), ("igo:un", "IGO:UN"), ("IGO:UN,usa", "IGO:UN,USA"), ("MNC:Quillfeather", "MNC:Quillfeather"), ("", "")],
)
def test_codes_are_taken_in_large_and_small_letters(given: str | None, found: str | None) -> None:
    assert codes("actor", given) == found


@pytest.mark.parametrize(
    ("given", "said"),
    [("Kenya", "Write KEN"), ("kenya", "Write KEN"), ("UK", "Write GBR"), ("EU", "Write IGO:EU"), ("KEN,Somalia", "Write SOM"), ("Quillfeather", "three letters"), ("DE", "three")],
)
def test_a_name_is_refused_and_the_code_said(given: str, said: str) -> None:
    with pytest.raises(SettingError, match=said):
        codes("actor", given)


def test_names_of_persons_stand_beside_codes_only_where_rows_have_them() -> None:
    assert codes("holder", "Quillfeather,ken", or_names=True) == "Quillfeather,KEN"
    with pytest.raises(SettingError, match="Write KEN"):
        codes("holder", "Kenya", or_names=True)
