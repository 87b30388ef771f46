"""Other desks: sentences of sport, business and the arts, in which countries attack, defend and sign without any politics (`codebooks/domains.yaml`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.annotate.columns import Annotations
from dragoman.code.frames import Term, head_of, word_set
from dragoman.codebook import BUILT_IN, read_yaml
from dragoman.records import Mention

# Bodies that act in politics whatever the sentence is about: a ministry that bans fans is still a ministry.
_BODIES = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "PTY", "SPY", "OPP", "REB", "UAF", "IGO"})


@dataclass(frozen=True)
class Domains:
    """Terms of other desks by their head word."""

    terms: Mapping[str, tuple[Term, ...]]

    def sentences(self, notes: Annotations) -> frozenset[int]:
        """Numbers of the sentences that belong to another desk."""
        return frozenset(notes.sentence_of[token] for token, word in enumerate(notes.lower) for key in {word, notes.lemma[token]} if self._holds(notes, token, key))

    def _holds(self, notes: Annotations, token: int, key: str) -> bool:
        for term in self.terms.get(key, ()):
            start = token - head_of(term)
            stop = start + len(term)
            if start >= 0 and stop <= len(notes) and all(word in (notes.lower[start + i], notes.lemma[start + i]) for i, word in enumerate(term)):
                return True
        return False


def names_a_body(mentions: Iterable[Mention]) -> bool:
    """Whether one of the sides is a body of politics by its own name or noun, and not just a country."""
    return any(mention.kind != "country" and mention.sector in _BODIES for mention in mentions)


def load_domains(folder: Path = BUILT_IN) -> Domains:
    """The domains of a codebook folder."""
    data = read_yaml(folder / "domains.yaml")
    return Domains(word_set(word for entry in data["domains"] for word in entry["words"]).terms)
