"""Attribution on broken quotation marks: articles whose marks are dropped, doubled, moved or replaced, read one after another.

Counted: exceptions, spans that do not hold their characters, and claims lost. A claim is lost if its cue still stands in the mangled text,
and no claim has that cue. Texts: paragraphs of the sample reports. Run by hand: `python benchmarks/quality/mangled.py --articles 10000`.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator

from dragoman import pipeline
from dragoman.annotate.english import annotate
from dragoman.cli.demo import SAMPLES
from dragoman.codebook import boilerplate
from dragoman.records import Article, Claim, Reading

MARKS = "\"'“”‘’«»„‹›`"
STYLES = ("\"\"", "“”", "«»", "„“", "''", "‘’", "``")


def sample_texts() -> list[str]:
    """The texts of the sample reports."""
    return [json.loads(line)["text"] for path in sorted(SAMPLES.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]


def paragraphs() -> list[str]:
    """Paragraphs of the samples that have a quotation or a word of saying."""
    return [part for text in sample_texts() for part in text.split("\n\n") if any(mark in part for mark in MARKS) or " said" in part]


def mangled(text: str, chance: random.Random) -> tuple[str, dict[int, int]]:
    """The text with its quotation marks broken, and where each kept character went."""
    out: list[str] = []
    place: dict[int, int] = {}
    for offset, sign in enumerate(text):
        if sign in MARKS and not (sign in "'’" and offset and text[offset - 1].isalnum()):
            out.append(chance.choice(("", sign, sign * 2, chance.choice(MARKS), f" {sign} ", chance.choice(STYLES))))
            continue
        place[offset] = sum(map(len, out))
        out.append(sign + (chance.choice(MARKS) if sign == " " and chance.random() < 0.01 else ""))
    return "".join(out), place


def readings(texts: list[str]) -> Iterator[Reading]:
    """The reading of each text."""
    for article, notes in annotate((Article(str(n), text, "2025-06-01") for n, text in enumerate(texts)), boilerplate()):
        yield pipeline.run(article, notes, "").reading(notes, "")


def broken_spans(reading: Reading) -> int:
    """Claims that hold other characters than their offsets say."""
    text = reading.article.text
    return sum(any(text[span.start : span.end] != span.surface for span in _spans(claim)) for claim in reading.claims)


def _spans(claim: Claim) -> list:
    return [span for span in (claim.cue, claim.source_span, claim.via, *claim.content) if span]


def lost(before: Reading, after: Reading, place: dict[int, int]) -> list[str]:
    """Cues of claims that are there no longer though their words are."""
    cues = {(claim.cue.start, claim.cue.end) for claim in after.claims if claim.cue}
    wanted = [claim for claim in before.claims if claim.cue and claim.cue.start in place and claim.cue.end - 1 in place]
    return [before.article.text for claim in wanted if (place[claim.cue.start], place[claim.cue.end - 1] + 1) not in cues]


def main(arguments: list[str]) -> int:
    """Mangle, read, count; 1 if anything broke or more than one claim in a hundred was lost."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--show", type=int, default=0, help="print this many texts with lost claims")
    asked = options.parse_args(arguments)
    chance, parts = random.Random(asked.seed), paragraphs()  # noqa: S311 (repeatable, no secret)
    whole = list(readings(parts))
    made = [(n % len(parts), *mangled(parts[n % len(parts)], chance)) for n in range(asked.articles)]
    count: Counter[str] = Counter()
    for (n, text, place), after in zip(made, readings([text for _, text, _ in made]), strict=True):
        gone = lost(whole[n], after, place)
        count.update(articles=1, claims=len(whole[n].claims), lost=len(gone), broken=broken_spans(after))
        if gone and count["shown"] < asked.show:
            count["shown"] += 1
            print(text, sorted(claim.cue.surface for claim in after.claims if claim.cue), end="\n\n")
    print(f"{count['articles']} articles, {count['claims']} claims, {count['lost']} lost, {count['broken']} with broken spans")
    return int(bool(count["broken"]) or count["lost"] > 0.01 * count["claims"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
