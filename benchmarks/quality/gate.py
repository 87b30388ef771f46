"""The quality gate: figures that may only get better.

Measures the golden cases (`tests/golden`) and, where the bench stands beside the checkout (`../shared/bench`), its sets, and compares
them with `floors.json`. Exits 1 where a figure is below its floor (or above its ceiling, for figures where less is better) or missing.

usage: gate.py [--full] [--update] [--allow-regression REASON] [--reader COMMAND]

--full              all sets of the bench, not its quick subset
--update            raise the floors to what was measured
--allow-regression  with --update: also lower floors that were missed; the reason is written into the file with the date
"""

from __future__ import annotations

import argparse
import json
import math
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import golden

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
BENCH = HERE.parents[2] / "shared" / "bench" / "score_all.py"


@dataclass(frozen=True)
class Figure:
    """One measured figure in percent (or a count); `less` where less is better."""

    value: float
    less: bool = False
    held: bool = True

    def meets(self, bound: float) -> bool:
        """Whether it is on the right side of a bound."""
        return self.value <= bound if self.less else self.value >= bound

    @property
    def bound(self) -> float:
        """The bound that it justifies: to one decimal, rounded to the lenient side."""
        return math.ceil(self.value * 10) / 10 if self.less else math.floor(self.value * 10) / 10


Figures = dict[str, Figure]


@dataclass(frozen=True)
class Miss:
    """A figure that does not hold its bound; None: it was not measured."""

    name: str
    bound: float
    value: float | None

    def __str__(self) -> str:
        return f"{self.name}: {'not measured' if self.value is None else f'{self.value:.2f}'}, the bound is {self.bound:g}"


def misses(figures: Figures, bounds: Mapping[str, float]) -> list[Miss]:
    """Bounds that are not held."""
    missing = [Miss(name, bound, None) for name, bound in bounds.items() if name not in figures]
    return missing + [Miss(name, bound, figures[name].value) for name, bound in bounds.items() if name in figures and not figures[name].meets(bound)]


def updated(figures: Figures, floors: Mapping[str, Any], part: str, reason: str | None, day: str) -> dict[str, Any]:
    """The floors after a measurement: raised where it is better, lowered only with a reason.

    Args:
        figures: what was measured.
        floors: the content of the file.
        part: which bounds are meant: golden, quick or full.
        reason: why a bound may be lowered; None: none is.
        day: today (ISO), for the note.
    """
    old: dict[str, float] = dict(floors.get(part, {}))
    new, notes = dict(old), list(floors.get("lowered", []))
    for name, figure in figures.items():
        if name not in old:
            new |= {name: figure.bound} if figure.held else {}
        elif figure.meets(old[name]):
            new[name] = figure.bound if figure.less == (figure.bound < old[name]) else old[name]
        elif reason is not None:
            new[name] = figure.bound
            notes.append({"date": day, "part": part, "figure": name, "from": old[name], "to": figure.bound, "reason": reason})
    return {**floors, part: dict(sorted(new.items())), "lowered": notes}


def reader() -> str:
    """The reader of this environment."""
    installed = Path(sys.executable).parent / "dragoman"
    return shlex.join([str(installed), "annotate"] if installed.exists() else [sys.executable, "-m", "dragoman", "annotate"])


def measure_golden(command: str) -> Figures:
    """Field accuracy of the golden cases, by kind of row."""
    lines = "".join(json.dumps(article) + "\n" for article in golden.articles())
    done = subprocess.run(shlex.split(command), input=lines, capture_output=True, text=True, encoding="utf-8", check=True)
    readings = {reading["id"]: reading for reading in map(json.loads, done.stdout.splitlines())}
    for check in golden.checks():
        if not golden.holds(check, readings[check.case]):
            print(f"  golden {check.name}: expected {check.expected!r}, read {golden.read(check, readings[check.case])!r}")
    return {name: Figure(value) for name, value in golden.accuracy(readings).items()}


def measure_bench(command: str, full: bool) -> Figures:
    """Figures of the bench; those with a target of its own are held."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "bench.json"
        done = subprocess.run([sys.executable, str(BENCH), "--reader", command, "--json", str(out), *([] if full else ["--quick"])], stdout=subprocess.PIPE, text=True, check=False)
        if not out.exists():
            sys.exit(f"the bench gave no figures (exit status {done.returncode}):\n{done.stdout[-2000:]}")
        return bench_figures(json.loads(out.read_text(encoding="utf-8")))


def bench_figures(report: Mapping[str, Any]) -> Figures:
    """The bench's report as figures, breaches of the contract first."""
    rows = [row for row in report["metrics"] if row["value"] is not None]
    found = {f"{row['set']} {row['metric']}": Figure(row["value"], row["lower_is_better"], row["target"] is not None) for row in rows}
    return {"contract breaches": Figure(len(report["violations"]), less=True), **found}


def judge(part: str, figures: Figures, options: argparse.Namespace) -> list[Miss]:
    """Print the figures that have a bound, update the file if asked, and give what is missed."""
    floors = json.loads(options.floors.read_text(encoding="utf-8")) if options.floors.exists() else {}
    bounds = floors.get(part, {})
    for name in bounds.keys() & figures.keys():
        print(f"  {part:6} {name:60} {figures[name].value:8.2f}   bound {bounds[name]:g}")
    missed = misses(figures, bounds)
    if options.update:
        changed = updated(figures, floors, part, options.allow_regression, datetime.now(UTC).date().isoformat())
        options.floors.write_text(json.dumps(changed, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        missed = misses(figures, changed[part])
    return missed


def parse(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--full", action="store_true")
    ap.add_argument("--update", action="store_true")
    ap.add_argument("--allow-regression", metavar="REASON")
    ap.add_argument("--reader", default=reader())
    ap.add_argument("--floors", type=Path, default=FLOORS)
    options = ap.parse_args(arguments)
    if options.allow_regression is not None and not (options.update and options.allow_regression.strip()):
        ap.error("--allow-regression takes a reason and goes with --update")
    return options


def main(arguments: list[str]) -> int:
    """Measure and compare; 1 if a bound is missed."""
    options = parse(arguments)
    missed = judge("golden", measure_golden(options.reader), options)
    if BENCH.exists():
        missed += judge("full" if options.full else "quick", measure_bench(options.reader, options.full), options)
    else:
        print("  the bench is not beside this checkout: only the golden cases were measured")
    for miss in missed:
        print(f"MISSED {miss}")
    print("gate: " + (f"{len(missed)} bounds missed" if missed else "all bounds held"))
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
