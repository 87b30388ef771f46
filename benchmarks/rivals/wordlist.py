"""A rival to beat: a coder that knows words and countries and no grammar.

Reads JSONL articles and writes readings in the form of `dragoman annotate`, so that one harness measures both. A sentence that holds an
event verb gives one event of that type: the first country before the verb does it, the first one after suffers it. Lists of words like
this are what most pipelines start from.

usage: wordlist.py < articles.jsonl > readings.jsonl
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

from dragoman.code.ontology import ONTOLOGY
from dragoman.codebook import BUILT_IN, read_tsv
from dragoman.extract.roster import COLUMNS

WORDS = {
    "AGREE": "agreed promised pledged offered", "CONSULT": "met visited discussed negotiated talks", "SUPPORT": "praised backed endorsed supported welcomed signed",
    "CONCEDE": "eased conceded allowed", "COOPERATE": "cooperated traded reopened", "AID": "aid donated provided", "RETREAT": "withdrew released freed ceasefire resigned",
    "REQUEST": "urged asked demanded called appealed", "ACCUSE": "accused blamed condemned criticised criticized denounced", "REJECT": "rejected refused vetoed denied",
    "THREATEN": "threatened warned", "PROTEST": "protested rallied demonstrated", "SANCTION": "sanctions expelled sanctioned", "MOBILIZE": "deployed mobilised mobilized tested",
    "COERCE": "arrested detained seized banned jailed", "ASSAULT": "attacked killed bombed shelled invaded fired",
}  # fmt: skip
TYPES = {word: kind for kind, words in WORDS.items() for word in words.split()}
SENTENCE, TOKEN = re.compile(r"[^.!?\n]+[.!?]?"), re.compile(r"[A-Za-z][\w'’-]*")


@cache
def countries() -> dict[str, str]:
    """Names and adjectives of one word -> country."""
    return {row["form"]: row["country"] for _, row in read_tsv(BUILT_IN / "actors" / "countries.tsv", COLUMNS) if row["form"].isalpha() and row["country"]}


def events(text: str) -> Iterator[dict[str, Any]]:
    """One event for each sentence with a word of the lists."""
    for sentence in SENTENCE.finditer(text):
        words = [(match.group(), sentence.start() + match.start()) for match in TOKEN.finditer(sentence.group())]
        verb = next((i for i, (word, _) in enumerate(words) if word.lower() in TYPES), None)
        if verb is not None:
            before, after = ([(w, at) for w, at in side if w in countries()] for side in (words[:verb], words[verb + 1 :]))
            yield event(text, words[verb], before[:1], after[:1])


def event(text: str, trigger: tuple[str, int], actors: list[tuple[str, int]], recipients: list[tuple[str, int]]) -> dict[str, Any]:
    """The event in the form of a reading."""
    kind = TYPES[trigger[0].lower()]
    side = [[{**span(*who), "name": who[0], "country": countries()[who[0]], "sector": "GOV", "how": "name"} for who in group] for group in (actors, recipients)]
    return {
        "id": hashlib.sha256(f"{text}{trigger}".encode("utf-8", "surrogatepass")).hexdigest()[:16], "trigger": span(*trigger), "type": kind,
        "mode": None, "contexts": [], "cameo": None,
        "quad": ONTOLOGY.quads[kind], "score": ONTOLOGY.score(kind, None), "actors": side[0], "recipients": side[1], "factuality": "actual", "date": None, "date_how": None,
        "place": None, "voice": "article", "confidence": 0.5, "why": [],
    }  # fmt: skip


def span(word: str, start: int) -> dict[str, Any]:
    """Offsets and surface."""
    return {"start": start, "end": start + len(word), "surface": word}


def reading(article: dict[str, Any]) -> dict[str, Any]:
    """The reading of one article."""
    digest = hashlib.sha256(article["text"].encode("utf-8", "surrogatepass")).hexdigest()
    rest: dict[str, list[Any]] = {name: [] for name in ("claims", "commitments", "figures", "timexes", "toponyms", "mentions")}
    return {"id": article["id"], "sha256": digest, "coder": "wordlist/1+0", "events": list(events(article["text"])), **rest}


def main() -> int:
    """Filter standard input; 1 if a line was no article."""
    failed = False
    for line in sys.stdin:
        try:
            record = json.loads(line)
            print(json.dumps(reading(record)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            failed = True
            print(json.dumps({"id": None, "error": {"code": "D001", "message": str(error)}}))
    return failed


if __name__ == "__main__":
    sys.exit(main())
