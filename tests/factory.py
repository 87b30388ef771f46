"""What tests of several folders share: three short reports written for them, and codebook folders that may be edited."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from dragoman.codebook import BUILT_IN
from dragoman.records import Article

BORDER = Article(
    "border", "Kenya reopened its border crossing with Somalia on Monday. “We welcome the step,” Somali President Hassan Sheikh Mohamud said.\n\n"
    "Advertisement\n\nKenya said that 12,000 traders crossed on the first day.\n\nTopics: trade, borders",
    "2025-03-04", "Kenya and Somalia reopen a crossing", "Meridian Wire",
)  # fmt: skip
DEADLINE = Article(
    "deadline", "Eritrea must withdraw its troops by 15 March, Ethiopia said. Eritrea rejected the demand on Wednesday.",
    "2025-03-06", "Eritrea rejects ultimatum", "The Harbour Post",
)  # fmt: skip
STRIKE = Article(
    "strike", "Sudan accused Chad of arming rebels. Chad did not attack Sudan, its foreign ministry said. The aid costs $3.5 million.",
    "2025-03-07", "Sudan accuses Chad", "Northgate Dispatch",
)  # fmt: skip
REPORTS = (BORDER, DEADLINE, STRIKE)


def line(article: Article) -> str:
    """An article as one line of JSONL."""
    record = {"id": article.id, "text": article.text, "date": article.date, "title": article.title, "outlet": article.outlet}
    return json.dumps(record, ensure_ascii=False) + "\n"


def jsonl(*articles: Article) -> str:
    """Articles as JSONL."""
    return "".join(map(line, articles))


def copied_codebooks(folder: Path, note: str = "as it was") -> Path:
    """A copy of the built-in codebooks with one rule of ours, which nobody else edits."""
    shutil.copytree(BUILT_IN, folder)
    write_rule(folder, note=note)
    return folder


def write_rule(folder: Path, kind: str = "PROTEST", verb: str = "zigzag", note: str = "as it was", example: str = "Kenya zigzagged Somalia.") -> None:
    """Our rule, written anew: `verb` is of PLOVER type `kind` before all other rules."""
    rule = f"type: {kind}\nrules:\n  - id: own\n    note: {note}\n    verb: [{verb}]\n    priority: 99\n    examples:\n      - {example}\n"
    (folder / "plover" / "zz-own.yaml").write_text(rule, encoding="utf-8")
