"""Copies found among synthetic ones: agency header and footer, 60 % and 30 % of the sentences kept, and edits.

400 articles get four variants each and stand among all others. An original and its variant (and two variants of one original) are a true
pair; so are texts of two originals that share a fifth of all their runs of five words, for these are natural copies.

usage: copies.py CORPUS.jsonl      JSONL with `id` and `text`
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from itertools import combinations
from pathlib import Path

from dragoman.link.copies import CopyIndex

VARIANTS = ("frame", "keep60", "keep30", "edit")
FILLER = ["report", "official", "plan", "city", "water", "market", "season", "record", "public", "early", "several", "group", "local", "major", "price", "month", "result",
          "board", "final", "union"]


def variant(text: str, kind: str, chance: random.Random) -> str:
    """One synthetic copy of a text."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    if kind == "frame":
        return f"(Agency) - The following report was sent by our partner service.\n\n{text}\n\nReporting by the agency's staff; editing by the night desk."
    if kind == "edit":
        kept = [sentence for sentence in sentences if chance.random() > 0.15]
        return " ".join(chance.choice(FILLER) if chance.random() < 0.04 else word for word in " ".join(kept).split())
    return " ".join(sentences[: max(1, round(len(sentences) * (0.6 if kind == "keep60" else 0.3)))])


def natural(texts: dict[str, str]) -> set[frozenset[str]]:
    """Pairs of originals that share a fifth of the runs of five words of the shorter one, all runs compared."""
    runs = {key: set(zip(*(text.lower().split()[start:] for start in range(5)), strict=False)) for key, text in texts.items()}
    there: dict[tuple[str, ...], list[str]] = {}
    for key, found in runs.items():
        for run in found:
            there.setdefault(run, []).append(key)
    shared = Counter(frozenset(pair) for keys in there.values() if len(keys) > 1 for pair in combinations(sorted(set(keys)), 2))
    return {pair for pair, count in shared.items() if count >= 0.2 * min(len(runs[key]) for key in pair)}


def main(arguments: list[str]) -> int:
    """Print recall by kind, precision over all pairs, and the speed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("corpus", type=Path)
    options.add_argument("--articles", type=int, default=400)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--words", type=int, default=120, help="leave out shorter articles")
    options.add_argument("--show", type=int, default=0, help="print this many pairs of different articles")
    asked = options.parse_args(arguments)
    chance = random.Random(asked.seed)  # noqa: S311 (no secret)
    rows = [json.loads(line) for line in asked.corpus.read_text(encoding="utf-8").splitlines()]
    texts = {row["id"]: row["text"] for row in rows if len(row["text"].split()) >= asked.words}
    chosen = chance.sample(sorted(texts), min(asked.articles, len(texts)))
    docs = [*texts.items(), *((f"{key}/{kind}", variant(texts[key], kind, chance)) for key in chosen for kind in VARIANTS)]
    chance.shuffle(docs)
    index, start = CopyIndex(), time.process_time()
    pairs = {frozenset((pair.text, pair.other)) for key, text in docs for pair in index.add(key, text)}
    spent = time.process_time() - start
    for kind in VARIANTS:
        print(f"{kind:8} recall {sum(frozenset((key, f'{key}/{kind}')) in pairs for key in chosen) / len(chosen):.3f}")
    known = natural(texts)
    wrong = sorted(sorted(pair) for pair in pairs if len(base := frozenset(key.split("/")[0] for key in pair)) > 1 and base not in known)
    for pair in wrong[: asked.show]:
        print("different:", *pair)
    print(f"precision {1 - len(wrong) / len(pairs):.3f} of {len(pairs)} pairs; {len(docs)} documents, {len(docs) / spent:,.0f} documents per CPU-second")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
