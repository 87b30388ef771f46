"""The filter behind `dragoman annotate`: JSONL articles in, JSONL readings out, in the same order."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import BinaryIO

from dragoman.errors import InputError
from dragoman.intake.jsonl import line_id, parse_line
from dragoman.intake.text import mend
from dragoman.pipeline import coder_name
from dragoman.reading import to_json
from dragoman.records import Article, Issue
from dragoman.run.local import Parsed, Plan, read_all


def annotate_stream(lines: BinaryIO, out: BinaryIO, plan: Plan) -> bool:
    """Write one output line for each input line; whether any input failed."""
    waiting: deque[str | None] = deque()  # in input order: a refusal, or None for an article under way
    failed = False
    for result in read_all(_articles(lines, waiting), plan, partial(_line, coder=coder_name(plan.folder))):
        failed = _write_refusals(out, waiting) or isinstance(result, Issue) or failed
        waiting.popleft()
        _write(out, _refusal(result.article, result.code, result.message) if isinstance(result, Issue) else result)
    failed = _write_refusals(out, waiting) or failed
    out.flush()
    return failed


def _write_refusals(out: BinaryIO, waiting: deque[str | None]) -> bool:
    """Write the refusals that come before the next article; whether there were any."""
    some = False
    while waiting and (refusal := waiting[0]) is not None:
        _write(out, refusal)
        waiting.popleft()
        some = True
    return some


def _articles(lines: BinaryIO, waiting: deque[str | None]) -> Iterator[Article]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            article = parse_line(line, f"line {number}")
        except InputError as error:
            waiting.append(_refusal(line_id(line), error.code, str(error.args[0])))
            continue
        waiting.append(None)
        yield replace(article, text=mend(article.text, article.id)[0])


def _line(parsed: Parsed, coder: str) -> str:
    return json.dumps(to_json(parsed.result.reading(parsed.notes, coder)), ensure_ascii=False)


def _refusal(identity: str | None, code: str, message: str) -> str:
    return json.dumps({"id": identity, "error": {"code": code, "message": message}}, ensure_ascii=False)


def _write(out: BinaryIO, line: str) -> None:
    out.write(line.encode("utf-8", "surrogatepass") + b"\n")
