"""Words by which a text refers to actors (`codebooks/actors/references.yaml`, `first_names.tsv`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dragoman.codebook import BUILT_IN, LINE, read_tsv, read_yaml
from dragoman.errors import CodebookError


@dataclass(frozen=True)
class References:
    """The word lists.

    `words` are the lists by name; for homographs the words beside which a form means something else, first names with "m" or "f", and
    offices that only one state has with its code, the countries of each region, and the sectors of
    the bodies that a noun can mean.
    """

    words: Mapping[str, frozenset[str]]
    homographs: Mapping[str, frozenset[str]]
    genders: Mapping[str, str]
    national: Mapping[str, str]
    regions: Mapping[str, frozenset[str]]
    body_sectors: Mapping[str, frozenset[str]]

    def __getitem__(self, name: str) -> frozenset[str]:
        """One list."""
        return self.words[name]


@lru_cache(maxsize=4)
def references(folder: Path = BUILT_IN) -> References:
    """The references of a codebook folder.

    Raises:
        CodebookError: a homograph without its form or its words.
    """
    path = folder / "actors" / "references.yaml"
    data = read_yaml(path)
    words = {name: frozenset(map(str, value)) for name, value in data.items() if isinstance(value, list) and name != "homographs"}
    homographs: dict[str, frozenset[str]] = {}
    for item in data["homographs"]:
        if "form" not in item or "with" not in item:
            raise CodebookError(f"{path}:{item[LINE]}", detail="a homograph needs `form` and `with`.")
        homographs[item["form"]] = frozenset(map(str, item["with"]))
    genders = {row["form"]: row["gender"] for _, row in read_tsv(folder / "actors" / "first_names.tsv", ("form", "gender", "origin"))}
    national = {str(office): country for country, offices in data["national_offices"].items() if country != LINE for office in offices}
    return References(words, homographs, genders, national, _sets(data["regions"]), _sets(data["body_sectors"]))


def _sets(data: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    return {str(name): frozenset(map(str, codes)) for name, codes in data.items() if name != LINE}
