"""PLOVER contexts of an event: those its rule implies, and those that words of its sentence show (`codebooks/contexts.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.annotate.columns import Annotations
from dragoman.code.frames import Frame, Term, head_of, word_set
from dragoman.code.ontology import ONTOLOGY
from dragoman.codebook import BUILT_IN, LINE, read_yaml
from dragoman.errors import CodebookError
from dragoman.records import Evidence


@dataclass(frozen=True)
class Contexts:
    """Terms by their head word, each with the contexts that it shows."""

    terms: Mapping[str, tuple[tuple[Term, str], ...]]

    def find(self, notes: Annotations, head: int, frame: Frame) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
        """The contexts of an event, sorted, and the words that show them."""
        found = {context: Evidence("contexts", frame.id) for context in frame.contexts}
        for token in notes.sentence(head):
            for term, context in self.terms.get(notes.lemma[token], ()):
                start = token - head_of(term)
                if context not in found and start >= 0 and start + len(term) <= len(notes) and all(notes.lemma[start + i] == word for i, word in enumerate(term)):
                    found[context] = Evidence("contexts", f"contexts.{context}", notes.start[start], notes.end[start + len(term) - 1])
        return tuple(sorted(found)), tuple(found[context] for context in sorted(found))


def load_contexts(folder: Path = BUILT_IN) -> Contexts:
    """The context words of a codebook folder.

    Raises:
        CodebookError: a context that PLOVER does not have.
    """
    path = folder / "contexts.yaml"
    terms: dict[str, list[tuple[Term, str]]] = {}
    for entry in read_yaml(path)["contexts"]:
        if entry["context"] not in ONTOLOGY.contexts:
            raise CodebookError(f"{path}:{entry[LINE]}", detail=f"PLOVER has no context `{entry['context']}`.")
        for last, found in word_set(entry["words"]).terms.items():
            terms.setdefault(last, []).extend((term, entry["context"]) for term in found)
    return Contexts({last: tuple(found) for last, found in terms.items()})
