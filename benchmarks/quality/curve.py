"""What `--min-confidence` buys: precision and recall by threshold, and how well confidence fits what is right.

usage: curve.py [--gold DIR]        the curve on gold articles (DIR/ledger/*.jsonl)
       curve.py --judged CORPUS     the curve on the judged rows of CORPUS (JSONL), each by weights fitted on other reports (docs/recipes.md)
       curve.py --fit CORPUS        the same, and fit codebooks/confidence.yaml on them with the present second opinion

A row is right in type when its trigger touches a gold trigger of that type, each gold event counting once; right as a row when the
countries of both sides and the factuality are right too. Confidence is made to tell the former.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman import pipeline
from dragoman.annotate.english import DEFAULT_MODEL, annotate
from dragoman.codebook import boilerplate
from dragoman.intake.jsonl import to_article
from dragoman.learn import calibrate
from dragoman.learn.softmax import WEIGHTS, Softmax
from dragoman.reading import to_json

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
THRESHOLDS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read: its confidence, whether its type is right, and whether all of it is."""

    confidence: float
    typed: bool
    whole: bool


def pairs(gold: Sequence[Json], read: Sequence[Json]) -> list[tuple[Json, Json]]:
    """Gold and read events of the same type whose triggers touch, one to one, the largest overlap first."""
    same = ((i, j) for i, a in enumerate(gold) for j, b in enumerate(read) if a["type"] == b["type"])
    weighed = sorted(((_overlap(gold[i]["trigger"], read[j]["trigger"]), i, j) for i, j in same), reverse=True)
    left, right, found = set(range(len(gold))), set(range(len(read))), []
    for weight, i, j in weighed:
        if weight > 0 and i in left and j in right:
            left.remove(i)
            right.remove(j)
            found.append((gold[i], read[j]))
    return found


def _overlap(a: Json, b: Json) -> int:
    return int(min(a["end"], b["end"]) - max(a["start"], b["start"]))


def _same_sides(a: Json, b: Json) -> bool:
    return all(_countries(a[side]) == _countries(b[side]) for side in ("actors", "recipients"))


def _countries(side: Sequence[Json]) -> set[str]:
    return {who["country"] for who in side if who["country"]}


def rows(articles: Sequence[Json]) -> Iterator[Row]:
    """The rows read from gold articles."""
    texts = (to_article({key: article.get(key) for key in ("id", "text", "date", "title", "outlet")}, article["id"]) for article in articles)
    for gold, (article, notes) in zip(articles, annotate(texts, boilerplate()), strict=True):
        done = pipeline.run(article, notes, pipeline.annotations_hash(article, DEFAULT_MODEL))
        read = to_json(done.reading(notes, ""))["events"]
        right = {id(row): _same_sides(event, row) and event["factuality"] == row["factuality"] for event, row in pairs(gold["events"], read)}
        yield from (Row(row["confidence"], id(row) in right, right.get(id(row), False)) for row in read)


def table(found: Sequence[Row], events: int) -> str:
    """The curve as a Markdown table."""
    lines = ["| `--min-confidence` | rows kept | type right | type, sides and factuality right | events found |", "|---|---|---|---|---|"]
    for threshold in THRESHOLDS:
        kept = [row for row in found if row.confidence >= threshold]
        if kept:
            typed, whole = sum(row.typed for row in kept), sum(row.whole for row in kept)
            lines.append(f"| {threshold:.2f} | {len(kept)} | {typed / len(kept):.0%} | {whole / len(kept):.0%} | {typed / events:.0%} |")
    return "\n".join(lines)


def judged_table(said: Sequence[tuple[float, bool]]) -> str:
    """The curve of judged rows as a Markdown table."""
    lines = ["| `--min-confidence` | rows kept | of these right in type | of all right rows kept |", "|---|---|---|---|"]
    for threshold in THRESHOLDS:
        kept = [right for share, right in said if share >= threshold]
        if kept:
            lines.append(f"| {threshold:.2f} | {len(kept) / len(said):.0%} | {sum(kept) / len(kept):.0%} | {sum(kept) / sum(right for _, right in said):.0%} |")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Print a curve, and fit the weights if asked; 2 if there is no gold."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gold", type=Path, default=GOLD)
    ap.add_argument("--judged", type=Path, metavar="CORPUS")
    ap.add_argument("--fit", type=Path, metavar="CORPUS")
    options = ap.parse_args(arguments)
    if corpus := options.fit or options.judged:
        found = calibrate.points(calibrate.reports(corpus), Softmax.load(WEIGHTS))
        if options.fit:
            calibrate.write(found)
        print(judged_table(calibrate.held_out(found)))
        print(f"\n{len(found)} judged rows; cross-validated by report: {calibrate.cross_validated(found)}")
        return 0
    lines = (line for path in sorted((options.gold / "ledger").glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines())
    articles = [json.loads(line) for line in lines if line.strip()]
    if not articles:
        print(f"no gold articles in {options.gold / 'ledger'}", file=sys.stderr)
        return 2
    read = list(rows(articles))
    print(table(read, sum(len(article["events"]) for article in articles)))
    print(f"\n{len(articles)} articles; the type is right: {calibrate.quality((row.confidence, row.typed) for row in read)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
