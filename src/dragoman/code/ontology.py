"""PLOVER 2021 and what is derived from it: quad class, score, CAMEO root.

Codes, names and numbers come from the tables in `codebooks/tables` (origin and licence in `codebooks/SOURCES.md`). Two slips of the
printed manual are settled there: SANCTION is material conflict, and the score of ACCUSE is -3.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.codebook import BUILT_IN, read_tsv


@dataclass(frozen=True)
class Ontology:
    """Types with quad class and score, modes with their own score (None: the manual gives none), contexts, and the CAMEO root of a type and mode."""

    quads: Mapping[str, str]
    scores: Mapping[str, float]
    modes: Mapping[tuple[str, str], float | None]
    contexts: tuple[str, ...]
    roots: Mapping[tuple[str, str | None], str]

    @property
    def types(self) -> frozenset[str]:
        """The 16 event types."""
        return frozenset(self.quads)

    def score(self, kind: str, mode: str | None) -> float:
        """Conflict-cooperation score from -10 to 10; a mode's score overrides its type's."""
        own = self.modes.get((kind, mode)) if mode else None
        return self.scores[kind] if own is None else own

    def cameo(self, kind: str, mode: str | None) -> str | None:
        """The two-digit CAMEO root that most codes of this type and mode belong to; of the type where the mode has none."""
        return self.roots.get((kind, mode)) or self.roots.get((kind, None))


def _roots(path: Path) -> dict[tuple[str, str | None], str]:
    found: dict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
    for _, row in read_tsv(path, ("cameo", "type", "mode", "contexts")):
        found[row["type"], None][row["cameo"][:2]] += 1
        if row["mode"]:
            found[row["type"], row["mode"]][row["cameo"][:2]] += 1
    return {key: min(roots, key=lambda root: (-roots[root], root)) for key, roots in found.items()}


def load_ontology(folder: Path = BUILT_IN / "tables") -> Ontology:
    """The ontology of a folder of tables."""
    types = [row for _, row in read_tsv(folder / "plover_types.tsv", ("type", "quad", "score"))]
    modes = [row for _, row in read_tsv(folder / "plover_modes.tsv", ("type", "mode", "score"))]
    contexts = tuple(row["context"] for _, row in read_tsv(folder / "plover_contexts.tsv", ("context",)))
    return Ontology(
        quads={row["type"]: row["quad"] for row in types},
        scores={row["type"]: float(row["score"]) for row in types},
        modes={(row["type"], row["mode"]): float(row["score"]) if row["score"] else None for row in modes},
        contexts=contexts,
        roots=_roots(folder / "cameo2plover.tsv"),
    )


ONTOLOGY = load_ontology()
