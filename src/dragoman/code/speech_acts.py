"""Requests that are made by saying: "the minister said Iran must stop ..." is a REQUEST of the minister to Iran.

The reporting verbs and the words of obligation are in `codebooks/speech_acts.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.annotate.columns import Annotations
from dragoman.code.cast import Cast
from dragoman.code.clauses import Clauses
from dragoman.code.frames import Frame, load_speech_frame
from dragoman.code.match import Match
from dragoman.code.slots import Trigger
from dragoman.codebook import BUILT_IN, read_yaml


@dataclass(frozen=True)
class SpeechActs:
    """Reporting verbs, modals of obligation, semi-modals (*need to*, *have to*), and the frame that says what they make."""

    reporting: frozenset[str]
    modals: frozenset[str]
    semi_modals: frozenset[str]
    frame: Frame

    def find(self, notes: Annotations, clauses: Clauses, cast: Cast, taken: set[int]) -> Iterator[Match]:
        """A match for every obligation that a speaker lays on somebody else; verbs in `taken` already are events."""
        for verb in range(len(notes)):
            if notes.lemma[verb] not in self.reporting or notes.pos[verb] != "VERB" or verb in taken:
                continue
            for clause in notes.having(verb, "ccomp", "parataxis"):
                if self._obliges(notes, clause) and self._another(clauses, cast, verb, clause):
                    yield Match(self.frame, Trigger(verb, "verb"), (), anchor=clause)

    def _obliges(self, notes: Annotations, clause: int) -> bool:
        modal = any(notes.lower[child] in self.modals for child in notes.having(clause, "aux"))
        return modal or (notes.lemma[clause] in self.semi_modals and any(notes.child(child, "aux") is not None for child in notes.having(clause, "xcomp")))

    def _another(self, clauses: Clauses, cast: Cast, verb: int, clause: int) -> bool:
        """Whether somebody other than the speaker is obliged."""
        speakers = {m.entity for token in clauses.subject(verb) for m in cast.who(token)}
        obliged = [m for token in clauses.subject(clause) for m in cast.who(token)]
        return bool(obliged) and all(m.entity not in speakers for m in obliged)


def load_speech_acts(folder: Path = BUILT_IN) -> SpeechActs:
    """The speech acts of a codebook folder."""
    path = folder / "speech_acts.yaml"
    data = read_yaml(path)
    return SpeechActs(frozenset(data["reporting"]), frozenset(data["modals"]), frozenset(data["semi_modals"]), load_speech_frame(path))
