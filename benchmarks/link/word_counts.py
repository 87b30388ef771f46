"""Writes the background table of stories: in how many texts of a corpus each word stem or name stands.

usage: word_counts.py CORPUS.jsonl [LEAST]      JSONL with `title` and `text`; terms of fewer texts than LEAST (3) are left out
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from dragoman.codebook import BUILT_IN
from dragoman.link import stories

TABLE = BUILT_IN / "link" / "word_counts.tsv"


def main(arguments: list[str]) -> int:
    """Write the table."""
    if not TABLE.exists():
        TABLE.write_text("term\ttexts\n", encoding="utf-8")
    manner = replace(stories.load_manner(), background={})
    rows = [json.loads(line) for line in Path(arguments[0]).read_text(encoding="utf-8").splitlines()]
    counts = Counter(term for row in rows for term in manner.terms(row.get("title"), row["text"]))
    least = int(arguments[1]) if len(arguments) > 1 else 3
    kept = sorted(term for term, count in counts.items() if count >= least)
    lines = ["term\ttexts", f"*\t{len(rows)}", *(f"{term}\t{counts[term]}" for term in kept)]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(kept)} terms of {len(rows)} texts")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
