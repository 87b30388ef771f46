"""Stories found in articles that are grouped by hand: BCubed and pairwise F1, plain online TF-IDF beside it.

usage: stories.py GOLD.jsonl [--write PRED.jsonl]    GOLD: doc_id, cluster_id, title, text, date, date_from

Dates that were made from the group (`date_from` is `cluster_median`) are left out. Every order of reading is scored: that of the file,
by date, and some shuffles; the file's order is easy, for groups stand together in it. `--write` writes the stories found in the file's order.
Plain: words of headline (twice) and text as they are, dampened, running counts, the nearest story, no second look, at several thresholds.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dragoman.link.stories import Manner, StoryIndex, load_manner

Rows = Sequence[dict[str, Any]]
Groups = Mapping[str, str]


def bcubed(gold: Groups, found: Groups) -> tuple[float, float, float]:
    """Precision, recall, F1 over articles (Bagga and Baldwin 1998)."""
    there, here = defaultdict(set), defaultdict(set)
    for key in gold:
        there[gold[key]].add(key)
        here[found[key]].add(key)
    shared = {key: len(there[gold[key]] & here[found[key]]) for key in gold}
    return _scores(sum(shared[key] / len(here[found[key]]) for key in gold) / len(gold), sum(shared[key] / len(there[gold[key]]) for key in gold) / len(gold))


def pairwise(gold: Groups, found: Groups) -> tuple[float, float, float]:
    """Precision, recall, F1 over pairs of articles."""
    both, there, here = (sum(n * (n - 1) // 2 for n in Counter(keys).values()) for keys in ([(gold[k], found[k]) for k in gold], gold.values(), [found[k] for k in gold]))
    return _scores(both / (here or 1), both / (there or 1))


def _scores(precision: float, recall: float) -> tuple[float, float, float]:
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def online(rows: Rows, manner: Manner, window: int) -> Groups:
    """The stories as `dragoman` finds them when the articles come one by one and are tidied at the end."""
    index = StoryIndex(manner, window)
    for row in rows:
        terms = manner.terms(row["title"], row["text"])
        index.count(terms)
        index.put(row["doc_id"], terms, row["date"])
    index.tidy([row["doc_id"] for row in rows])
    return index.story_of


def plain(manner: Manner) -> Manner:
    """The settings of plain online TF-IDF."""
    return replace(manner, title=2, capital=1.0, name=0.0, passes=0, decay=0.0, heaviest=10**6, compared=10**6)


def orders(rows: Rows) -> dict[str, Rows]:
    """The articles in several orders."""
    found: dict[str, Rows] = {"file": rows, "by date": sorted(rows, key=lambda row: (row["date"] or "", row["doc_id"]))}
    for seed in range(3):
        shuffled = sorted(rows, key=lambda row: str(row["doc_id"]))
        random.Random(seed).shuffle(shuffled)  # noqa: S311 (no secret)
        found[f"shuffle {seed}"] = shuffled
    return found


def report(name: str, rows: Rows, gold: Groups, find: Callable[[Rows], Groups]) -> float:
    """Print the scores for every order; the mean BCubed F1."""
    means = []
    for order, arranged in orders(rows).items():
        start = time.process_time()
        found = find(arranged)
        spent = time.process_time() - start
        one, two = bcubed(gold, found), pairwise(gold, found)
        means.append(one[2])
        speed = f"{len(set(found.values()))} stories, {len(rows) / spent:,.0f} articles per CPU-second"
        print(f"{name:28} {order:10} BCubed P {one[0]:.3f} R {one[1]:.3f} F1 {one[2]:.3f}   pairwise F1 {two[2]:.3f}   {speed}")
    print(f"{name:28} mean       BCubed F1 {sum(means) / len(means):.3f}")
    return sum(means) / len(means)


def main(arguments: list[str]) -> int:
    """Score both ways."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", type=Path)
    options.add_argument("--window", type=int, default=0, help="days; 0: any (old background reports stand in the groups)")
    options.add_argument("--write", type=Path)
    asked = options.parse_args(arguments)
    rows = [json.loads(line) for line in asked.gold.read_text(encoding="utf-8").splitlines()]
    rows = [{**row, "date": None if row.get("date_from") == "cluster_median" else (row["date"] or "")[:10] or None} for row in rows]
    gold = {row["doc_id"]: row["cluster_id"] for row in rows}
    manner = load_manner()
    for threshold in (0.17, 0.2, 0.23, 0.26):
        report(f"plain, threshold {threshold}", rows, gold, lambda order, at=threshold: online(order, replace(plain(manner), threshold=at), 0))  # type: ignore[misc]
    report("dragoman", rows, gold, lambda order: online(order, manner, asked.window))
    if asked.write:
        asked.write.write_text("".join(json.dumps({"doc_id": key, "cluster_id": story}) + "\n" for key, story in online(rows, manner, asked.window).items()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
