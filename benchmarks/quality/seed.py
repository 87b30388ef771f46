"""Reads the seed article and compares times, quantities and deadlines with what the research note and the annotators of the article say.

usage: seed.py --shared FOLDER [--codebook FOLDER]

FOLDER is that of the bench: `research/timeqty.md` has the tables of the article's 15 time expressions and 9 quantities, `seeds/seed.txt`
the text, `gold/ledger/seed.jsonl` the day of publication and the deadlines. Prints one line a row and the sums; exits 1 if any row differs.
Nothing of it is pinned in a unit test: the article is one text, and what is right about it must follow from rules that are right in general.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import dragoman
from dragoman.records import Commitment, Figure, Reading, Timex

_UNITS = {"y": "year", "h": "hour", "passenger": "person"}
_ROW = re.compile(r"\|\s*(?P<text>[^|]+?)\s*\|\s*(?P<gold>[^|]+?)\s*\|")


class Row(NamedTuple):
    """One line of the report: what kind, the words, what is wanted, what was read."""

    kind: str
    words: str
    wanted: str
    read: str
    right: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report; 1 if a row differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--codebook", type=Path)
    options = parser.parse_args(arguments)
    note = (options.shared / "research" / "timeqty.md").read_text(encoding="utf-8")
    gold = json.loads((options.shared / "gold" / "ledger" / "seed.jsonl").read_text(encoding="utf-8").splitlines()[0])
    reading = dragoman.annotate(gold["text"], gold["date"], codebook=options.codebook)
    rows = [*_times(note, reading), *_quantities(note, reading), *_deadlines(gold["commitments"], reading)]
    for row in rows:
        print(f"{'ok  ' if row.right else 'DIFF'}  {row.kind:9} {row.words:32} wanted {row.wanted:44} read {row.read}")
    for kind in dict.fromkeys(row.kind for row in rows):
        of_kind = [row for row in rows if row.kind == kind]
        print(f"{kind}: {sum(row.right for row in of_kind)} of {len(of_kind)}")
    return int(not all(row.right for row in rows))


def _table(note: str, head: str) -> Iterator[tuple[str, str]]:
    """First two cells of the rows of the table that follows a heading, without its header and its sums."""
    lines = note[note.index(head) :].split("\n")
    first = next(at for at, line in enumerate(lines) if line.startswith("|"))
    for line in lines[first + 2 :]:
        match = _ROW.match(line)
        if match is None:
            return
        if not match["text"].startswith("**") and match["text"] != "spurious":
            yield match["text"], match["gold"]


def _plain(text: str) -> str:
    """The expression without what the note says about it: "September 2 (deadline)", "(July 27)"."""
    inside = re.fullmatch(r"\((.*)\)", text)
    return inside[1] if inside else re.sub(r"\s*\([^)]*\)\s*", " ", text).strip()


def _times(note: str, reading: Reading) -> Iterator[Row]:
    taken: set[int] = set()
    for text, gold in _table(note, "## 3."):
        words = _plain(text)
        found = next((t for t in reading.timexes if t.span.start not in taken and words.lower() in t.span.surface.lower()), None)
        found = found or next((t for t in reading.timexes if t.span.start not in taken and t.span.surface.lower() in words.lower()), None)
        if found is not None:
            taken.add(found.span.start)
        yield Row("timex", text, gold, _shown(found), found is not None and _same_time(gold, found))


def _shown(timex: Timex | None) -> str:
    return "nothing" if timex is None else f"{timex.type} {timex.value} {timex.mod or ''}".strip()


def _same_time(gold: str, timex: Timex) -> bool:
    """`SET P1M`: type and value; `P3Y MORE_THAN`: value and modifier; `PXY future`: the value, for lengths have no direction in TIMEX3."""
    parts = gold.replace("future", "").split()
    kind = parts.pop(0) if parts[0] == "SET" else None
    return (kind in (None, timex.type)) and timex.value == parts[0] and (len(parts) == 1 or timex.mod == parts[1])


def _quantities(note: str, reading: Reading) -> Iterator[Row]:
    for text, gold in _table(note, "Seed article figures"):
        words = _plain(text).lower()
        found = next((f for f in reading.figures if words in f.span.surface.lower() or f.span.surface.lower() in words), None)
        yield Row("quantity", text, gold, _amount(found), found is not None and _same_amount(gold, found, reading.figures))


def _amount(figure: Figure | None) -> str:
    if figure is None:
        return "nothing"
    amount = figure.value if figure.value is not None else f"{figure.low}..{figure.high}"
    return f"{amount} {figure.unit} {figure.modifier or '='} approx={figure.approx} equals={figure.equals}"


def _same_amount(gold: str, figure: Figure, figures: Sequence[Figure]) -> bool:
    """`8 h ~`, `553 USD ~, conversion of the rubles`, `1 per month`."""
    said, _, more = gold.partition(",")
    value, unit, *sign = said.replace("per ", "1/").split()
    linked = not more or (figure.equals is not None and figures[figure.equals].unit == "RUB")
    wanted = sign[0] if sign else "="
    marked = {"~": figure.approx, "<": figure.approx or figure.high is not None, ">": figure.low is not None, "=": figure.modifier in (None, "=")}[wanted]
    number = next(part for part in (figure.value, figure.low, figure.high) if part is not None)
    return number == float(value) and figure.unit == _UNITS.get(unit, unit) and marked and linked


def _deadlines(wanted: Sequence[dict[str, object]], reading: Reading) -> Iterator[Row]:
    for gold in wanted:
        found = next((c for c in reading.commitments if c.due == gold["due"]), None)
        fields = ("holder", "by", "due", "change", "from_due")
        right = found is not None and all(getattr(found, name) == gold[name] for name in fields)
        yield Row("deadline", str(gold["due"]), " ".join(str(gold[name]) for name in fields), _told(found), right)


def _told(commitment: Commitment | None) -> str:
    return "nothing" if commitment is None else f"{commitment.holder} {commitment.by} {commitment.due} {commitment.change} {commitment.from_due}"


if __name__ == "__main__":
    sys.exit(main())
