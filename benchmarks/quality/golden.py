"""The golden cases: what a careful reader takes from short texts, compared field by field with what dragoman reads.

A case is a folder with `input.json` (an article) and `expected.json` (a part of its reading). Rows are found by their anchor (an event
by its trigger or a trigger that touches it, a claim by its cue or content, a commitment by the words of its due date, all else by its
surface); of a row only the fields that the case names are compared. `actors`, `recipients` and their `_sectors` are compared as sets of codes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

Json = Mapping[str, Any]
FOLDER = Path(__file__).parents[2] / "tests" / "golden"
ANCHORS = {"events": ("trigger",), "claims": ("cue", "content"), "commitments": ("due_text",), "figures": ("surface",), "timexes": ("surface",), "toponyms": ("surface",),
           "mentions": ("surface",)}  # fmt: skip
_MISSING = "no such row"


@dataclass(frozen=True)
class Check:
    """One field of one expected row; `start` is where its anchor stands in the text."""

    case: str
    kind: str
    anchor: str
    field: str
    expected: Any
    start: int = -1

    @property
    def name(self) -> str:
        """How the check is called in lists."""
        return f"{self.case}: {self.kind} `{self.anchor}` {self.field}"


def articles(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """The articles of all cases."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*/input.json"))]


def checks(folder: Path = FOLDER) -> Iterator[Check]:
    """Every field of every case."""
    for path in sorted(folder.glob("*/expected.json")):
        text = json.loads((path.parent / "input.json").read_text(encoding="utf-8"))["text"]
        for kind, rows in json.loads(path.read_text(encoding="utf-8")).items():
            yield from (replace(check, start=text.find(check.anchor)) for check in _checks(path.parent.name, kind, rows))


def _checks(case: str, kind: str, rows: list[Any]) -> Iterator[Check]:
    if kind == "topics":
        yield Check(case, kind, "", "topics", rows)
    elif kind == "no_events":
        yield from (Check(case, kind, word, "absent", True) for word in rows)
    else:
        for row in rows:
            anchor = next(name for name in ANCHORS[kind] if name in row)
            fields = {name: value for name, value in row.items() if name != anchor}
            yield from (Check(case, kind, _words(row[anchor]), field, value) for field, value in (fields or {"found": True}).items())


def _words(anchor: str | list[str]) -> str:
    return anchor if isinstance(anchor, str) else anchor[0]


def read(check: Check, reading: Json) -> Any:
    """What the reading has in the place of the check, in the form in which it is expected."""
    if check.kind == "topics":
        return reading["topics"]
    if check.kind == "no_events":
        return not any(check.anchor in event["trigger"]["surface"] for event in reading["events"])
    row = _find(check, reading)
    return _MISSING if row is None else True if check.field == "found" else _FIELDS[check.kind](row, check.field, reading)


def holds(check: Check, reading: Json) -> bool:
    """Whether the reading says what the case expects."""
    found = read(check, reading)
    return bool(sorted(found, key=str) == sorted(check.expected, key=str) if isinstance(found, list) and isinstance(check.expected, list) else found == check.expected)


def _find(check: Check, reading: Json) -> Json | None:
    """The row at the anchor: the one whose anchor is the same, else the first event whose trigger touches it."""
    same = (row for row in reading[check.kind] if check.anchor in _surfaces(row, check.kind))
    near = (row for row in reading[check.kind] if check.kind == "events" and _touches(row["trigger"], check))
    return next(chain(same, near), None)


def _touches(span: Json, check: Check) -> bool:
    return bool(span["start"] < check.start + len(check.anchor) and check.start < span["end"])


def _surfaces(row: Json, kind: str) -> Iterator[str]:
    for name in ANCHORS[kind]:
        value = row[name]
        yield from ([value] if isinstance(value, str) else [value["surface"]] if isinstance(value, dict) else [piece["surface"] for piece in value or ()])


def _surface(value: Any) -> Any:
    return value["surface"] if isinstance(value, dict) else value


def _event(row: Json, field: str, _: Json) -> Any:
    side, _, what = field.partition("_")
    if what == "sectors":
        return [who["sector"] for who in row[f"{side}s"]]
    if field in ("actors", "recipients"):
        return [who["country"] for who in row[field]]
    if side == "place":
        return row["place"] and row["place"]["surface" if what else "country"]
    return _surface(row[field])


def _claim(row: Json, field: str, _: Json) -> Any:
    if field.startswith("source_"):
        return row["source"] and row["source"][field.removeprefix("source_")]
    if field.startswith("forecast_"):
        names = {"forecast_low": "p_low", "forecast_high": "p_high"}
        return row.get("forecast", {}).get(names.get(field, field.removeprefix("forecast_")))
    return [piece["surface"] for piece in row["content"]] if field == "content" else _surface(row[field])


def _figure(row: Json, field: str, reading: Json) -> Any:
    return reading["figures"][row["equals"]]["surface"] if field == "equals" and row["equals"] is not None else _surface(row[field])


def _mention(row: Json, field: str, reading: Json) -> Any:
    if field == "same_as":
        return next((other["surface"] for other in reading["mentions"] if other["entity"] == row["entity"]), None)
    return row[field]


def _plain(row: Json, field: str, _: Json) -> Any:
    return _surface(row[field])


_FIELDS = {"events": _event, "claims": _claim, "figures": _figure, "mentions": _mention, "commitments": _plain, "timexes": _plain, "toponyms": _plain}


def accuracy(readings: Mapping[str, Json], folder: Path = FOLDER) -> dict[str, float]:
    """Percent of fields that are as expected, by kind of row and over all."""
    right: dict[str, list[bool]] = {}
    for check in checks(folder):
        right.setdefault(check.kind, []).append(holds(check, readings[check.case]))
    every = [good for found in right.values() for good in found]
    return {**{kind: 100 * sum(found) / len(found) for kind, found in sorted(right.items())}, "all": 100 * sum(every) / max(1, len(every))}
