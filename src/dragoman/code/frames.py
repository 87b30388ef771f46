"""Frames: the rules of the event codebooks, loaded, validated and indexed by the word that triggers them.

The format is described in `docs/codebook-format.md`. Types, modes and contexts are those of PLOVER 2021 (tables in
`codebooks/tables`).
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from dragoman.code.ontology import ONTOLOGY
from dragoman.codebook import BUILT_IN, LINE, read_yaml
from dragoman.errors import CodebookError

RULE_KEYS = {
    "id", "note", "verb", "noun", "adjective", "subject", "object", "subject_not", "object_not", "with", "without", "complement", "complement_verb", "actor", "recipient",
    "reciprocal", "of", "mode", "contexts", "needs", "intransitive", "priority", "keep_object", "factuality", "examples", "near",
}  # fmt: skip
EXAMPLE_KEYS = {"text", "actors", "recipients", "factuality", "mode"}
FILE_KEYS = {"type", "classes", "rules"}
SLOTS = {"subject", "object", "indirect", "poss", "mod", "light", "occasion", "speaker", "sufferer", "complement.subject", "complement.object"}
SPECIAL = {"actor", "country", "person", "group"}
COMPLEMENTS = {"to", "that", "ing", "none"}
NEEDS = {"actor", "recipient", "both", "any", "none"}
FACTUALITIES = {"actual", "future", "hypothetical", "negated"}
PARTS = ("verb", "noun", "adjective")

Term = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordSet:
    """What a word may be: terms by their head word, PLOVER types whose event nouns count, and kinds of political actor."""

    terms: Mapping[str, tuple[Term, ...]]
    types: frozenset[str]
    special: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.terms or self.types or self.special)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of a rule, with what must be read from it."""

    text: str
    line: int
    actors: frozenset[str] | None = None
    recipients: frozenset[str] | None = None
    factuality: str | None = None
    mode: str | None = None


@dataclass(frozen=True)
class Frame:
    """One rule. `part` -> predicates; empty `WordSet`s mean no constraint."""

    id: str
    type: str
    file: Path
    line: int
    predicates: Mapping[str, tuple[Term, ...]]
    subject: WordSet
    object: WordSet
    subject_not: WordSet
    object_not: WordSet
    with_: Mapping[str, WordSet]
    without: Mapping[str, WordSet]
    complement: frozenset[str]
    complement_verb: WordSet
    actor: tuple[str, ...] | None
    recipient: tuple[str, ...] | None
    reciprocal: bool
    of_actor: bool
    mode: str | None
    contexts: tuple[str, ...]
    needs: str
    priority: int
    keep_object: bool
    intransitive: bool
    factuality: str | None
    examples: tuple[Example, ...] = field(repr=False)
    near: tuple[Example, ...] = field(repr=False)

    @property
    def weight(self) -> int:
        """How much the rule asks for: of two rules that fire, the more demanding one wins."""
        asked = (self.object, self.subject, self.complement_verb, self.object_not)
        return sum(map(bool, asked)) + self.intransitive + bool(self.with_) + bool(self.complement) + (bool(self.object.terms) and not self.object.special)


@dataclass(frozen=True)
class FrameBook:
    """All rules, by part of speech and first (verb, adjective) or last (noun) word of their predicates."""

    frames: tuple[Frame, ...]
    index: Mapping[str, Mapping[str, tuple[tuple[Term, Frame], ...]]]
    event_nouns: Mapping[str, Mapping[str, tuple[Term, ...]]]
    event_verbs: Mapping[str, frozenset[str]]

    @cached_property
    def prints(self) -> Mapping[str, str]:
        """Word -> a hash of all rules that the word may trigger, with what they mean by `@TYPE`; examples and notes do not count."""
        kinds = {kind: f"{sorted(nouns.items())}{sorted(self.event_verbs[kind])}" for kind, nouns in self.event_nouns.items()}
        substance = {frame.id: _substance(frame, kinds) for frame in self.frames}
        found: dict[str, list[str]] = defaultdict(list)
        for part, words in self.index.items():
            for word, entries in words.items():
                found[word] += [f"{part}{term}{substance[frame.id]}" for term, frame in entries]
        return {word: hashlib.sha256("".join(rules).encode()).hexdigest()[:16] for word, rules in found.items()}

    @cached_property
    def nouns(self) -> frozenset[str]:
        """Words that are event nouns by themselves."""
        return frozenset(term[0] for nouns in self.event_nouns.values() for terms in nouns.values() for term in terms if len(term) == 1)


def _substance(frame: Frame, kinds: Mapping[str, str]) -> str:
    """All of a rule that decides what it codes."""
    sets = (frame.object, frame.object_not, frame.subject, frame.subject_not, frame.complement_verb, *frame.with_.values(), *frame.without.values())
    named = {kind for words in sets for kind in words.types}
    decisive = (getattr(frame, field.name) for field in fields(frame) if field.name not in ("file", "line", "examples", "near"))
    return f"{[_sorted(value) for value in decisive]}{[kinds[kind] for kind in sorted(named)]}"


def _sorted(value: object) -> str:
    """A text that is the same for equal values in every process: sets have no order of their own."""
    if isinstance(value, WordSet):
        return f"{sorted(value.terms.items())}{sorted(value.types)}{sorted(value.special)}"
    if isinstance(value, Mapping):
        return str([(key, _sorted(value[key])) for key in sorted(value)])
    return str(sorted(value)) if isinstance(value, frozenset) else str(value)


class _Reader:
    """Turns one parsed rule into a `Frame`; every complaint names file and line."""

    def __init__(self, file: Path, kind: str, classes: Mapping[str, list[str]]) -> None:
        self.file, self.kind, self.classes = file, kind, classes

    def fail(self, line: int, detail: str) -> CodebookError:
        return CodebookError(f"{self.file}:{line}", detail=detail)

    def frame(self, raw: Any) -> Frame:
        if not isinstance(raw, dict) or not raw.get("id"):
            raise self.fail(raw.get(LINE, 1) if isinstance(raw, dict) else 1, "a rule must be a mapping with an `id`.")
        line = raw[LINE]
        self.known(raw, RULE_KEYS, line)
        part = {name: tuple(map(words_of, self.words(raw, name, line))) for name in PARTS}
        if not any(part.values()):
            raise self.fail(line, f"rule {raw['id']} has no verb, noun or adjective.")
        self.codes(raw, line)
        sets = {name: self.word_set(self.words(raw, name, line), line) for name in ("subject", "object", "subject_not", "object_not", "complement_verb")}
        return Frame(
            id=f"plover.{self.kind}.{raw['id']}", type=self.kind, file=self.file, line=line, predicates=part, subject=sets["subject"], object=sets["object"],
            subject_not=sets["subject_not"], object_not=sets["object_not"], with_=self.prepositions(raw, "with", line), without=self.prepositions(raw, "without", line),
            complement=frozenset(self.choice(raw, "complement", COMPLEMENTS, line)), complement_verb=sets["complement_verb"], actor=self.slots(raw, "actor", line),
            recipient=self.slots(raw, "recipient", line), reciprocal=bool(raw.get("reciprocal")), of_actor=raw.get("of") == "actor", mode=raw.get("mode"),
            contexts=tuple(self.words(raw, "contexts", line)), needs=self.needs(raw, line), priority=self.number(raw, "priority", line), keep_object=bool(raw.get("keep_object")),
            intransitive=bool(raw.get("intransitive")),
            factuality=raw.get("factuality"), examples=self.examples(raw, "examples", line), near=self.examples(raw, "near", line),
        )  # fmt: skip

    def known(self, raw: Mapping[str, Any], keys: set[str], line: int) -> None:
        unknown = sorted(str(key) for key in raw.keys() - keys - {LINE})
        if unknown:
            raise self.fail(line, f"unknown key `{unknown[0]}`; there are: {', '.join(sorted(keys))}.")

    def words(self, raw: Mapping[str, Any], name: str, line: int) -> list[str]:
        """A string or a list of strings; nothing is an empty list."""
        value = raw.get(name)
        items = [] if value is None else value if isinstance(value, list) else [value]
        if not all(isinstance(item, str) and item for item in items):
            raise self.fail(line, f"`{name}` must be a word or a list of words, not {value!r}.")
        return items

    def choice(self, raw: Mapping[str, Any], name: str, allowed: set[str], line: int) -> list[str]:
        values = self.words(raw, name, line)
        for value in values:
            if value not in allowed:
                raise self.fail(line, f"`{name}` cannot be `{value}`; there are: {', '.join(sorted(allowed))}.")
        return values

    def codes(self, raw: Mapping[str, Any], line: int) -> None:
        """Mode, contexts and the other closed vocabularies."""
        if raw.get("mode") is not None and (self.kind, raw["mode"]) not in ONTOLOGY.modes:
            raise self.fail(line, f"{self.kind} has no mode `{raw['mode']}`.")
        self.choice(raw, "contexts", set(ONTOLOGY.contexts), line)
        self.choice(raw, "factuality", FACTUALITIES, line)
        self.choice(raw, "of", {"actor", "recipient"}, line)

    def number(self, raw: Mapping[str, Any], name: str, line: int) -> int:
        """A whole number; nothing is 0."""
        value = raw.get(name, 0)
        if not isinstance(value, int):
            raise self.fail(line, f"`{name}` must be a whole number, not {value!r}.")
        return value

    def needs(self, raw: Mapping[str, Any], line: int) -> str:
        """One word; actor and recipient together are `both`."""
        words = self.choice(raw, "needs", NEEDS, line)
        return "both" if len(words) > 1 else words[0] if words else "any"

    def slots(self, raw: Mapping[str, Any], name: str, line: int) -> tuple[str, ...] | None:
        """Slot names; whatever is no slot must be a preposition in lower case. None: the default of the part of speech."""
        if name not in raw:
            return None
        values = self.words(raw, name, line)
        for value in values:
            if value not in SLOTS and not value.isalpha():
                raise self.fail(line, f"`{name}` cannot be `{value}`; there are prepositions and: {', '.join(sorted(SLOTS))}.")
        return tuple(values)

    def prepositions(self, raw: Mapping[str, Any], name: str, line: int) -> dict[str, WordSet]:
        value = raw.get(name) or {}
        if isinstance(value, str | list):
            value = {prep: [] for prep in self.words(raw, name, line)}
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            raise self.fail(line, f"`{name}` must map prepositions to words.")
        return {prep: self.word_set(self.words(value, prep, line), line) for prep in value if prep != LINE}

    def word_set(self, words: list[str], line: int) -> WordSet:
        """Classes are resolved to their words."""
        return _word_set(tuple(self.resolve(words, line)))

    def resolve(self, words: Iterable[str], line: int) -> Iterator[str]:
        for word in words:
            name = word.removeprefix("@")
            if name == word or name in SPECIAL or name in ONTOLOGY.types:
                yield word
            elif name in self.classes:
                yield from self.resolve(self.classes[name], line)
            else:
                raise self.fail(line, f"no class `@{name}`; define it under `classes:`.")

    def examples(self, raw: Mapping[str, Any], name: str, line: int) -> tuple[Example, ...]:
        value = raw.get(name) or []
        if not isinstance(value, list):
            raise self.fail(line, f"`{name}` must be a list of sentences.")
        return tuple(self.example(item, line) for item in value)

    def example(self, item: Any, line: int) -> Example:
        if isinstance(item, str):
            return Example(item, line)
        if not isinstance(item, dict) or not isinstance(item.get("text"), str):
            raise self.fail(item.get(LINE, line) if isinstance(item, dict) else line, f"an example must be a sentence or a mapping with `text`, not {item!r:.60}.")
        self.known(item, EXAMPLE_KEYS, item[LINE])
        sides = {side: frozenset(self.words(item, side, item[LINE])) if side in item else None for side in ("actors", "recipients")}
        return Example(item["text"], item[LINE], sides["actors"], sides["recipients"], item.get("factuality"), item.get("mode"))


_INNER = ("of", "for", "in", "to", "on", "at", "from", "by", "with", "against")


def head_of(term: Term) -> int:
    """Which word of a noun term governs the others: the one before its first preposition (*state of emergency*), else the last."""
    return next((i - 1 for i, word in enumerate(term) if i and word in _INNER), len(term) - 1)


@lru_cache(maxsize=16384)
def words_of(term: str) -> Term:
    """The tokens of a term: the parser splits *cease-fire* at its hyphen."""
    return tuple(re.sub(r"(?<=\w)-(?=\w)", " - ", term.lower()).split())


@lru_cache(maxsize=4096)
def _word_set(words: tuple[str, ...]) -> WordSet:
    """As `word_set`; the same classes stand in hundreds of rules."""
    return word_set(words)


def word_set(words: Iterable[str]) -> WordSet:
    """Words, several-word terms, `@TYPE` and `@actor`-like kinds as one set."""
    terms: dict[str, list[Term]] = defaultdict(list)
    types, special = set(), set()
    for word in words:
        name = word.removeprefix("@")
        if name == word:
            term = words_of(word)
            terms[term[head_of(term)]].append(term)
        elif name in SPECIAL:
            special.add(name)
        else:
            types.add(name)
    return WordSet({last: tuple(found) for last, found in terms.items()}, frozenset(types), frozenset(special))


@lru_cache(maxsize=4)
def load_frames(folder: Path = BUILT_IN) -> FrameBook:
    """The rules of `folder/plover`.

    Raises:
        CodebookError: anything wrong, with file and line.
    """
    files = {path: _file(path) for path in sorted((folder / "plover").glob("*.yaml"))}
    if not files:
        raise CodebookError(folder / "plover", detail="no codebook files here.")
    classes: dict[str, list[str]] = {}
    for path, data in files.items():
        _add_classes(classes, path, data.get("classes") or {})
    frames = tuple(frame for path, data in files.items() for frame in _rules(path, data, classes))
    return FrameBook(frames, _index(frames), _event_nouns(frames), _event_verbs(frames))


def _file(path: Path) -> dict[str, Any]:
    data = read_yaml(path)
    if not isinstance(data, dict):
        raise CodebookError(f"{path}:1", detail="a codebook must be a mapping with `type` and `rules`, or with `classes`.")
    unknown = sorted(data.keys() - FILE_KEYS - {LINE})
    if unknown:
        raise CodebookError(f"{path}:1", detail=f"unknown key `{unknown[0]}`; there are: {', '.join(sorted(FILE_KEYS))}.")
    return data


def _add_classes(classes: dict[str, list[str]], path: Path, new: Mapping[str, Any]) -> None:
    line = new.get(LINE, 1)
    for name, words in new.items():
        if name == LINE:
            continue
        if name in classes:
            raise CodebookError(f"{path}:{line}", detail=f"class `{name}` is defined twice.")
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise CodebookError(f"{path}:{line}", detail=f"class `{name}` must be a list of words.")
        classes[name] = words


def _rules(path: Path, data: Mapping[str, Any], classes: Mapping[str, list[str]]) -> Iterator[Frame]:
    kind, rules = data.get("type"), data.get("rules") or []
    if not isinstance(rules, list):
        raise CodebookError(f"{path}:1", detail="`rules` must be a list of rules.")
    if rules and kind not in ONTOLOGY.types:
        raise CodebookError(f"{path}:1", detail=f"`type: {kind}` is no PLOVER type; there are: {', '.join(sorted(ONTOLOGY.types))}.")
    reader = _Reader(path, str(kind), classes)
    seen: dict[str, int] = {}
    for raw in rules:
        frame = reader.frame(raw)
        if frame.id in seen:
            raise CodebookError(f"{path}:{frame.line}", detail=f"rule id `{raw['id']}` stands twice (first in line {seen[frame.id]}).")
        seen[frame.id] = frame.line
        yield frame


def _index(frames: Iterable[Frame]) -> dict[str, dict[str, tuple[tuple[Term, Frame], ...]]]:
    index: dict[str, dict[str, list[tuple[Term, Frame]]]] = {part: defaultdict(list) for part in PARTS}
    for frame in frames:
        for part, terms in frame.predicates.items():
            for term in terms:
                index[part][term[head_of(term)] if part == "noun" else term[prefix_of(term)]].append((term, frame))
    return {part: {key: tuple(entries) for key, entries in words.items()} for part, words in index.items()}


def prefix_of(term: Term) -> int:
    """Where a verb or adjective stands in its term: after its hyphenated beginnings (*co-host*)."""
    position = 0
    while position + 2 < len(term) and term[position + 1] == "-":
        position += 2
    return position


def _event_nouns(frames: Iterable[Frame]) -> dict[str, dict[str, tuple[Term, ...]]]:
    nouns: dict[str, set[str]] = {kind: set() for kind in ONTOLOGY.types}
    for frame in frames:
        nouns[frame.type].update(" ".join(term) for term in frame.predicates["noun"])
    return {kind: dict(word_set(sorted(words)).terms) for kind, words in nouns.items()}


def _event_verbs(frames: Iterable[Frame]) -> dict[str, frozenset[str]]:
    verbs: dict[str, set[str]] = {kind: set() for kind in ONTOLOGY.types}
    for frame in frames:
        verbs[frame.type].update(term[prefix_of(term)] for term in frame.predicates["verb"])
    return {kind: frozenset(words) for kind, words in verbs.items()}


def read_example(path: Path, item: Any, line: int) -> Example:
    """One example of a file that holds no rules.

    Raises:
        CodebookError: it is no sentence, with file and line.
    """
    return _Reader(path, "", {}).example(item, line)


def load_speech_frame(path: Path) -> Frame:
    """The frame of `speech_acts.yaml`: a REQUEST that the engine fires itself."""
    return _Reader(path, "REQUEST", {}).frame(read_yaml(path)["rule"])
