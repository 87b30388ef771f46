"""Example sentences beside the rules (`codebooks/plover/examples/*.yaml`): what a careful reader takes from each.

A file has a `type` (a PLOVER type, or NONE for sentences that tell of no political event) and `sentences`. Each is a text, or a mapping with
`text` and any of `actors`, `recipients`, `factuality`, `mode` as in a rule's examples. `open: true` marks one that is not read right yet:
the check counts it, and complains when it is read right after all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.code.frames import EXAMPLE_KEYS, Example, read_example
from dragoman.code.ontology import ONTOLOGY
from dragoman.codebook import BUILT_IN, LINE, read_yaml
from dragoman.errors import CodebookError

NONE = "NONE"
_KEYS = {"type", "note", "sentences"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One example sentence: where it stands, the type that must be read from it (NONE: no event at all), what of it, and whether it is still open."""

    file: Path
    type: str
    example: Example
    open: bool


def load_sentences(folder: Path = BUILT_IN) -> tuple[Sentence, ...]:
    """All example sentences of a codebook folder.

    Raises:
        CodebookError: an unknown key, type or form, with file and line; or a sentence that stands twice.
    """
    seen: dict[str, str] = {}
    found = tuple(sentence for path in sorted((folder / "plover" / "examples").glob("*.yaml")) for sentence in _file(path))
    for sentence in found:
        place = f"{sentence.file}:{sentence.example.line}"
        if sentence.example.text in seen:
            raise CodebookError(place, detail=f"this sentence stands in {seen[sentence.example.text]} already.")
        seen[sentence.example.text] = place
    return found


def _file(path: Path) -> Iterator[Sentence]:
    data = read_yaml(path)
    unknown = sorted(data.keys() - _KEYS - {LINE}) if isinstance(data, dict) else ["-"]
    if unknown or not isinstance(data.get("sentences"), list):
        raise CodebookError(f"{path}:1", detail=f"a file of examples has `type` and a list `sentences`; not `{unknown[0] if unknown else 'sentences'}`.")
    kind = data.get("type")
    if kind != NONE and kind not in ONTOLOGY.types:
        raise CodebookError(f"{path}:1", detail=f"`type: {kind}` is no PLOVER type and not NONE.")
    for item in data["sentences"]:
        yield _sentence(path, kind, item, data.get(LINE, 1))


def _sentence(path: Path, kind: str, item: Any, line: int) -> Sentence:
    plain = {key: value for key, value in item.items() if key != "open"} if isinstance(item, dict) else item
    if isinstance(plain, dict) and (unknown := sorted(plain.keys() - EXAMPLE_KEYS - {LINE})):
        raise CodebookError(f"{path}:{plain.get(LINE, line)}", detail=f"unknown key `{unknown[0]}`; there are: open, {', '.join(sorted(EXAMPLE_KEYS))}.")
    return Sentence(path, kind, read_example(path, plain, line), bool(isinstance(item, dict) and item.get("open")))
