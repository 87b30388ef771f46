"""Text and publication day of saved news pages: dragoman beside plain trafilatura and htmldate, on the same pages in the same run.

Usage: pages.py CORPUS.jsonl [PREDICTED.jsonl]

CORPUS holds {id, file, url, text_gold | null, date_gold | null}, `file` a gzipped page beside it. Text: multisets of 4-word runs, precision
and recall averaged over pages, F1 of the two means (the measure of the article-extraction benchmark); day: right to the day, and wrong by
more than one, over all pages with a known day. What dragoman read is written to PREDICTED.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import mean
from typing import Any

from htmldate import find_date
from trafilatura import extract

from dragoman.errors import InputError, OtherLanguage
from dragoman.intake.html import Origin, read_page

Predicted = dict[str, Any]
_WORD = re.compile(r"\w+")


def ours(page: bytes, url: str) -> Predicted:
    """Text, day and the day's source as dragoman reads them."""
    try:
        article, _ = read_page(page, url, Origin(url))
    except InputError:
        return {"text": "", "date": None, "source": None}
    return {"text": article.text, "date": article.date, "source": article.date_source}


def ours_fast(page: bytes, url: str) -> Predicted | None:
    """The same the quick way, for archives; None for a page in another language, which is left out on purpose."""
    try:
        article, _ = read_page(page, url, Origin(url), fast=True)
    except OtherLanguage:
        return None
    except InputError:
        return {"text": "", "date": None, "source": None}
    return {"text": article.text, "date": article.date, "source": article.date_source}


def plain(page: bytes, url: str) -> Predicted:
    """Text and day as trafilatura (favor_precision) and htmldate (extensive search) give them."""
    text = extract(page, url=url, favor_precision=True, include_comments=False, with_metadata=False)
    return {"text": text or "", "date": find_date(page, url=url, extensive_search=True), "source": "htmldate"}


def runs(text: str | None, size: int = 4) -> Counter[tuple[str, ...]]:
    """The 4-word runs of a text."""
    words = _WORD.findall(text or "")
    return Counter(tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1))) if words else Counter()


def of_text(gold: str, read: str) -> tuple[float | None, float]:
    """Precision (None where nothing was read) and recall of one text."""
    wanted, found = runs(gold), runs(read)
    hit = sum((wanted & found).values())
    return (hit / found.total() if found else None), hit / wanted.total()


def days_off(gold: str, read: str | None) -> int | None:
    """Days between two days; None where none was read."""
    return abs((date.fromisoformat(read) - date.fromisoformat(gold[:10])).days) if read else None


def score(corpus: list[dict[str, Any]], predicted: dict[str, Predicted]) -> str:
    """One line of figures."""
    pairs = [of_text(page["text_gold"], predicted[page["id"]]["text"]) for page in corpus if page.get("text_gold")]
    precision, recall = mean(p for p, _ in pairs if p is not None), mean(r for _, r in pairs)
    off = [days_off(page["date_gold"], predicted[page["id"]]["date"]) for page in corpus if page.get("date_gold")]
    right, wrong = (sum(map(test, off)) / len(off) for test in (lambda days: days == 0, lambda days: days is not None and days > 1))
    f1 = 2 * precision * recall / (precision + recall)
    return f"text F1 {f1:.4f}  P {precision:.4f}  R {recall:.4f}  ({len(pairs)} pages)   day right {right:.3f}  wrong {wrong:.3f}  ({len(off)} pages)"


def by_source(corpus: list[dict[str, Any]], predicted: dict[str, Predicted]) -> str:
    """How often a day is right, by where it is from."""
    found: dict[str, list[bool]] = defaultdict(list)
    for page in corpus:
        if page.get("date_gold"):
            read = predicted[page["id"]]
            found[str(read["source"])].append(read["date"] == page["date_gold"][:10])
    return "  ".join(f"{source} {sum(right)}/{len(right)}" for source, right in sorted(found.items()))


def main() -> None:
    """Score all readers."""
    path = Path(sys.argv[1])
    corpus = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    pages = {page["id"]: (gzip.decompress((path.parent / page["file"]).read_bytes()), page["url"]) for page in corpus}
    readers: dict[str, Callable[[bytes, str], Predicted | None]] = {"dragoman": ours, "dragoman --fast": ours_fast, "trafilatura": plain}
    for name, reader in readers.items():
        begun = time.process_time()
        answers = {key: reader(*page) for key, page in pages.items()}
        predicted = {key: answer for key, answer in answers.items() if answer is not None}
        print(f"{name:16} {score([page for page in corpus if page['id'] in predicted], predicted)}   {len(pages) / (time.process_time() - begun):.0f} pages/CPU-s")
        if reader is ours:
            print(f"{'':16} {by_source(corpus, predicted)}")
            if len(sys.argv) > 2:
                Path(sys.argv[2]).write_text("".join(json.dumps({"id": key, **read}) + "\n" for key, read in predicted.items()), encoding="utf-8")


if __name__ == "__main__":
    main()
