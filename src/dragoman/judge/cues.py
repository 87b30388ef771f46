"""The words that say whether an event happened, as `codebooks/factuality.yaml` lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.code.clauses import load_grammar
from dragoman.codebook import BUILT_IN, LINE, read_yaml

_MAPS = ("nouns", "adjectives", "predicates", "that", "adverbs", "modals", "marks", "prepositions")
_SETS = (
    "attributive", "accomplished", "weak_modals", "open_modals", "would", "may", "inverting", "definite", "pointing", "vague", "copulas", "linking",
    "conditions", "until", "later", "no_way", "determiners", "negations", "not_negations", "nobody", "past_speech", "to_only", "telling", "foretelling",
    "opinion", "raising", "two_way", "noncommittal", "claims", "dismissing", "declining", "declinable", "infinitive_only", "looking_back", "indefinite",
    "settled", "announcing", "announced", "happening", "causing", "through", "means", "performed", "firsts", "phases", "trade", "real", "responded",
    "anyone", "questions", "ending", "sharing", "experts", "vouching", "documents", "publishing", "voting", "by_vote",
)  # fmt: skip


@dataclass(frozen=True)
class Cues:
    """Cue word -> value, for each way in which a cue can stand to the event, and the sets of words that bear on it (explained in the file)."""

    complement: Mapping[str, str]
    object: Mapping[str, str]
    nouns: Mapping[str, str]
    adjectives: Mapping[str, str]
    predicates: Mapping[str, str]
    that: Mapping[str, str]
    adverbs: Mapping[str, str]
    modals: Mapping[str, str]
    marks: Mapping[str, str]
    prepositions: Mapping[str, str]
    realised_verbs: frozenset[str]
    realised_predicates: frozenset[str]
    sets: Mapping[str, frozenset[str]]
    light: frozenset[str]
    partitive: frozenset[str]

    def has(self, name: str, word: str) -> bool:
        """Whether a set of the file holds a word."""
        return word in self.sets[name]


@lru_cache(maxsize=4)
def load_cues(folder: Path = BUILT_IN) -> Cues:
    """The factuality cues of a codebook folder."""
    data = read_yaml(folder / "factuality.yaml")
    verbs = {way: _by_word({value: ways.get(way, []) for value, ways in data["verbs"].items() if value != LINE}) for way in ("complement", "object")}
    realised = {f"realised_{way}": frozenset(data["realised"][way]) for way in ("verbs", "predicates")}
    grammar = load_grammar(folder)
    words: dict[str, Any] = {**verbs, **{name: _by_word(data[name]) for name in _MAPS}, **realised}
    return Cues(**words, sets={name: frozenset(data[name]) for name in _SETS}, light=grammar.light, partitive=grammar.partitive)


def _by_word(groups: Mapping[str, Any]) -> dict[str, str]:
    """The first value that lists a word wins."""
    found: dict[str, str] = {}
    for value, words in groups.items():
        if value != LINE:
            for word in words:
                found.setdefault(word, value)
    return found
