"""The codebook of attribution: cue words with class, kind and what they take, and the words that tell one kind of claim from another.

Data: `codebooks/attribution.yaml` (cues, written for this project) and `codebooks/hedges.tsv` (verbal probabilities: US Intelligence
Community Directive 203 of 2015, public domain; one entry of the UK PHIA probability yardstick).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.codebook import BUILT_IN, LINE, fingerprint, read_tsv, read_yaml
from dragoman.errors import CodebookError

CLASSES = frozenset({"speech", "belief", "intention", "commitment", "directive", "evaluation"})
KINDS = frozenset({"statement", "accusation", "denial", "forecast", "promise", "threat", "demand", "announcement", "opinion"})
TAKES = {
    "verbs": frozenset({"quote", "that", "to", "addressee", "np", "as", "of", "raise"}),
    "nouns": frozenset({"that", "to", "of", "about", "against", "for", "on"}),
    "adjectives": frozenset({"that", "to", "of", "about"}),
}
_KEYS = {"id", "class", "kind", "takes", "words"}
_HEDGE_COLUMNS = ("words", "p_low", "p_high", "source")


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue word of one group: `second` is the particle, preposition or object that must come with it."""

    group: str
    kind_class: str
    kind: str
    takes: frozenset[str]
    second: str | None


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word of doubt and the probability interval that it stands for; None where nobody has published one."""

    words: tuple[str, ...]
    p_low: float | None
    p_high: float | None


@dataclass(frozen=True)
class AttributionBook:
    """All cues by first lemma, and the word lists of `kinds`; `fingerprint` is that of both files."""

    verbs: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, tuple[Cue, ...]]
    adjectives: Mapping[str, tuple[Cue, ...]]
    light: frozenset[str]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    outlets: frozenset[str]
    outlet_nouns: frozenset[str]
    kinds: Mapping[str, frozenset[str]]
    hedges: tuple[Hedge, ...]
    fingerprint: str


@lru_cache(maxsize=4)
def load_attribution(folder: Path = BUILT_IN) -> AttributionBook:
    """The attribution codebook of a folder.

    Raises:
        CodebookError: a class, kind or construction that there is not, with file and line.
    """
    path, table = folder / "attribution.yaml", folder / "hedges.tsv"
    data = read_yaml(path)
    cues = {part: _cues(path, part, data.get(part) or []) for part in TAKES}
    phrases = {name: tuple(tuple(phrase.split()) for phrase in words) for name, words in data["phrases"].items() if name != LINE}
    kinds = {name: frozenset(words) for name, words in data["kinds"].items() if name != LINE}
    hedges = sorted((_hedge(row) for _, row in read_tsv(table, _HEDGE_COLUMNS)), key=lambda hedge: -len(hedge.words))
    return AttributionBook(
        cues["verbs"], cues["nouns"], cues["adjectives"], frozenset(data["light"]), phrases, frozenset(data["outlets"]), frozenset(data["outlet_nouns"]),
        kinds, tuple(hedges), fingerprint(path, table),
    )  # fmt: skip


def _hedge(row: Mapping[str, str]) -> Hedge:
    low, high = (float(row[name]) if row[name] else None for name in ("p_low", "p_high"))
    return Hedge(tuple(row["words"].split()), low, high)


def _cues(path: Path, part: str, groups: list[Any]) -> dict[str, tuple[Cue, ...]]:
    """First lemma -> cues, in the order of the file."""
    found: dict[str, list[Cue]] = defaultdict(list)
    for group in groups:
        _check(path, part, group)
        for first, second in _words(group):
            found[first].append(Cue(group["id"], group["class"], group["kind"], frozenset(group["takes"]), second))
    return {lemma: tuple(cues) for lemma, cues in found.items()}


def _words(group: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    for word in dict.fromkeys(group["words"]):
        first, _, second = word.partition(" ")
        yield first, second or None


def _check(path: Path, part: str, group: Any) -> None:
    line = group.get(LINE, 1) if isinstance(group, dict) else 1
    if not isinstance(group, dict) or group.keys() - {LINE} != _KEYS:
        raise CodebookError(f"{path}:{line}", detail=f"a group of {part} has exactly the keys {', '.join(sorted(_KEYS))}.")
    for name, allowed in (("class", CLASSES), ("kind", KINDS)):
        if group[name] not in allowed:
            raise CodebookError(f"{path}:{line}", detail=f"`{name}: {group[name]}`; there are: {', '.join(sorted(allowed))}.")
    if unknown := sorted(set(group["takes"]) - TAKES[part]):
        raise CodebookError(f"{path}:{line}", detail=f"`takes: {unknown[0]}`; {part} take: {', '.join(sorted(TAKES[part]))}.")
    if not all(isinstance(word, str) for word in group["words"]):
        raise CodebookError(f"{path}:{line}", detail="every word must be a string (quote on, no, yes).")
