"""Codebooks: the data that rules are made of, loaded with the line of every entry, validated and fingerprinted.

A codebook is a YAML or TSV file under `dragoman/codebooks` (or a folder that a user names). Anything wrong in it stops at load with
the file and the line. The fingerprint is a hash of the content, so a stage knows when what it reads has changed.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from dragoman import parsed
from dragoman.errors import CodebookError

BUILT_IN = Path(__file__).parent / "codebooks"
LINE = "__line__"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader that notes the line of every mapping and refuses a key that stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping, with its line under `LINE`."""
        mapping = super().construct_mapping(node, deep=True)
        if len(mapping) != len(node.value):
            raise yaml.MarkedYAMLError(problem="a key stands twice in one mapping", problem_mark=node.start_mark)
        return {**mapping, LINE: node.start_mark.line + 1}


# As in YAML 1.2, only true and false are truth values: "on", "no" and "yes" are words of the language that codebooks are about.
_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or letter in "tTfF"] for letter, resolvers in _Loader.yaml_implicit_resolvers.items()
}
_Loader.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node))


def read_yaml(path: Path) -> Any:
    """The content of a YAML file; every mapping carries its line number under `LINE`.

    Raises:
        CodebookError: the file is missing or is no YAML.
    """
    try:
        data = path.read_bytes()
        kept = parsed.load(data)
        return kept if kept is not None else parsed.keep(data, yaml.load(data.decode("utf-8"), Loader=_Loader))  # noqa: S506 (a subclass of the safe loader)
    except UnicodeDecodeError as error:
        raise CodebookError(path, detail=f"no valid UTF-8 at byte {error.start}.") from error
    except OSError as error:
        raise CodebookError(path, detail=f"cannot be opened ({error.strerror}).") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CodebookError(f"{path}:{line}", detail=f"no valid YAML: {error.problem}.") from error


def read_tsv(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a table with their line numbers; the header must be exactly `columns`.

    Raises:
        CodebookError: another header, or a row with another number of cells.
    """
    with open(path, encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        header = tuple(next(rows, ()))
        if header != columns:
            raise CodebookError(f"{path}:1", detail=f"the header must be {' '.join(columns)}, not {' '.join(header)}.")
        for number, row in enumerate(rows, 2):
            if len(row) != len(columns):
                raise CodebookError(f"{path}:{number}", detail=f"{len(row)} cells, {len(columns)} wanted.")
            yield number, dict(zip(columns, row, strict=True))


def fingerprint(*paths: Path) -> str:
    """The first 12 hex digits of the SHA-256 of the files' bytes, names included; a folder stands for all YAML and TSV files below it."""
    digest = hashlib.sha256()
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.suffix in (".yaml", ".tsv", ".csv")) if path.is_dir() else [path]
        for file in files:
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


@dataclass(frozen=True)
class Boilerplate:
    """Which lines of a page are furniture (`codebooks/boilerplate.yaml`)."""

    furniture: Mapping[str, str]
    topics_line: str

    @cached_property
    def _furniture(self) -> Mapping[str, re.Pattern[str]]:
        return {rule: re.compile(pattern, re.IGNORECASE) for rule, pattern in self.furniture.items()}

    @cached_property
    def _topics(self) -> re.Pattern[str]:
        return re.compile(self.topics_line, re.IGNORECASE)

    def rule(self, line: str) -> str | None:
        """The rule by which the whole line is furniture; None if it is none."""
        found = next((rule for rule, pattern in self._furniture.items() if pattern.fullmatch(line.strip())), None)
        return f"boilerplate.{found}" if found else "boilerplate.topics" if self.topics(line) else None

    def topics(self, line: str) -> tuple[str, ...]:
        """The topics that the line lists; none if it is no such line."""
        match = self._topics.fullmatch(line.strip())
        return tuple(topic.strip() for topic in re.split(r"[,;|]", match["list"]) if topic.strip()) if match else ()


@lru_cache(maxsize=4)
def boilerplate(folder: Path = BUILT_IN) -> Boilerplate:
    """The furniture of a codebook folder."""
    path = folder / "boilerplate.yaml"
    data = read_yaml(path)
    if not isinstance(data, dict) or not isinstance(furniture := data.get("furniture"), dict) or not isinstance(data.get("topics"), str):
        raise CodebookError(path, detail="it needs `furniture`, patterns by the name of their rule, and `topics`, one pattern.")
    rules = {rule: pattern for rule, pattern in furniture.items() if rule != LINE}
    for rule, pattern in rules.items():
        try:
            re.compile(pattern)
        except (re.error, TypeError) as error:
            raise CodebookError(f"{path}:{furniture[LINE]}", detail=f"`{rule}` is no pattern: {error}.") from error
    return Boilerplate(rules, data["topics"])


@lru_cache(maxsize=1)
def lemmas() -> dict[str, str]:
    """Inflected verb -> its lemma, where the parser's lemmatizer errs (`codebooks/lemmas.yaml`)."""
    return dict(read_yaml(BUILT_IN / "lemmas.yaml")["lemmas"])
