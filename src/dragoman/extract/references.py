"""Words by which a text refers to actors (`codebooks/actors/references.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dragoman.codebook import BUILT_IN, LINE, read_yaml
from dragoman.errors import CodebookError


@dataclass(frozen=True)
class References:
    """The word lists by name, and for homographs the words beside which a form means something else."""

    words: Mapping[str, frozenset[str]]
    homographs: Mapping[str, frozenset[str]]

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
    words = {name: frozenset(map(str, value)) for name, value in data.items() if name not in (LINE, "homographs")}
    homographs: dict[str, frozenset[str]] = {}
    for item in data["homographs"]:
        if "form" not in item or "with" not in item:
            raise CodebookError(f"{path}:{item[LINE]}", detail="a homograph needs `form` and `with`.")
        homographs[item["form"]] = frozenset(map(str, item["with"]))
    return References(words, homographs)
