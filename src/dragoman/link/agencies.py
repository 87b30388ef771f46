"""Whose words a text says it carries: credits of news agencies, by `codebooks/link/agencies.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dragoman.codebook import BUILT_IN, LINE, read_yaml
from dragoman.errors import CodebookError

# A dateline and a byline stand in the first lines of a text, a credit in the last; further in, an agency is only quoted.
_BEGINNING, _END = 400, 400
_PARTS = ("beginning", "end")


@dataclass(frozen=True, slots=True)
class Credit:
    """The agency whose words a text is, the rule that says so, and its characters (none if the outlet or the author says so)."""

    agency: str
    rule: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Agencies:
    """Names of agencies by what they are called, and the patterns of credits."""

    names: Mapping[str, str]
    outlet_words: tuple[str, ...]
    patterns: tuple[tuple[str, str, re.Pattern[str]], ...]

    def named(self, outlet: str | None) -> str | None:
        """The agency that an outlet or author is."""
        if not outlet:
            return None
        bare = outlet.strip()
        found = self.names.get(bare)
        for word in self.outlet_words:
            found = found or self.names.get(bare.removesuffix(f" {word}"))
        return found

    def credit(self, text: str, outlet: str | None = None, authors: Iterable[str] = ()) -> Credit | None:
        """Whose words the text says it carries; None where it does not say."""
        if agency := self.named(outlet):
            return Credit(agency, "agencies.outlet")
        for rule, where, pattern in self.patterns:
            start, end = (0, min(len(text), _BEGINNING)) if where == "beginning" else (max(0, len(text) - _END), len(text))
            if found := pattern.search(text[start:end].rstrip() if where == "end" else text[start:end]):
                return Credit(self.names[found["agency"]], f"agencies.{rule}", start + found.start("agency"), start + found.end("agency"))
        by = next((agency for author in authors if (agency := self.named(author))), None)
        return Credit(by, "agencies.author") if by else None


@lru_cache(maxsize=4)
def load_agencies(folder: Path = BUILT_IN) -> Agencies:
    """The agencies of a codebook folder.

    Raises:
        CodebookError: a name stands for two agencies, or a pattern is none.
    """
    path = folder / "link" / "agencies.yaml"
    book = read_yaml(path)
    names: dict[str, str] = {}
    for agency, others in book["agencies"].items():
        if agency == LINE:
            continue
        for name in (agency, *others):
            if names.setdefault(name, agency) != agency:
                raise CodebookError(path, detail=f"`{name}` stands for both {names[name]} and {agency}.")
    either = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    patterns = tuple(_pattern(path, rule, entry, either) for rule, entry in book["credits"].items() if rule != LINE)
    return Agencies(names, tuple(book["outlet_words"]), patterns)


def _pattern(path: Path, rule: str, entry: Mapping[str, str], either: str) -> tuple[str, str, re.Pattern[str]]:
    if entry.get("where") not in _PARTS or "(?P<agency>{agency})" not in str(entry.get("pattern")):
        raise CodebookError(f"{path}:{entry.get(LINE)}", detail=f"`{rule}` needs `where` (beginning or end) and a `pattern` with (?P<agency>{{agency}}).")
    try:
        return rule, entry["where"], re.compile(entry["pattern"].replace("{agency}", either))
    except re.error as error:
        raise CodebookError(f"{path}:{entry.get(LINE)}", detail=f"`{rule}` is no regular expression: {error}.") from error
