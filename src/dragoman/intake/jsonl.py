"""Articles as JSONL: one object a line, `{"id", "text", "date", "title"?, "outlet"?, "url"?, "language"?}` (see `docs/reading.md`)."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from dragoman.errors import BadDate, BadField, NoText, NotJson
from dragoman.records import Article, content_id

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def is_day(value: str) -> bool:
    """Whether the value is an ISO calendar day (YYYY-MM-DD) that exists."""
    if not _DAY.fullmatch(value) or not value.isascii():
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def parse_line(line: str | bytes, where: str) -> Article:
    """The article of one line.

    Args:
        line: a JSON object; bytes are UTF-8, a byte order mark is tolerated.
        where: what error messages name, such as `news.jsonl:12`.

    Raises:
        NotJson: no JSON object.
        NoText: `text` is missing or no string.
        BadField: another field is of the wrong type.
        BadDate: `date` is no ISO day.
    """
    return to_article(_object(line, where), where)


def to_article(record: Any, where: str) -> Article:
    """The article of a decoded JSON value; without an `id` it gets the content id of its text.

    Raises:
        InputError: as `parse_line`.
    """
    if not isinstance(record, dict):
        raise NotJson(where, detail=f"it is {_kind(record)}")
    text = record.get("text")
    if not isinstance(text, str):
        raise NoText(where)
    day = _string(record, "date", where)
    if day is not None and not is_day(day):
        raise BadDate(where, value=day)
    names: dict[str, Any] = {name: _string(record, name, where) for name in ("title", "outlet", "url")}
    return Article(_string(record, "id", where) or content_id(text), text, day, language=_string(record, "language", where) or "en", **names)


def line_id(line: str | bytes) -> str | None:
    """The `id` of a line that may be wrong in every other way; None if it gives none."""
    try:
        record = _object(line, "")
    except NotJson:
        return None
    found = record.get("id") if isinstance(record, dict) else None
    return found if isinstance(found, str) else None


def _object(line: str | bytes, where: str) -> Any:
    try:
        return json.loads(line.decode("utf-8-sig") if isinstance(line, bytes) else line.removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        raise NotJson(where, detail=f"broken UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise NotJson(where, detail=f"{error.msg} at character {error.pos + 1}") from error
    except (RecursionError, ValueError) as error:
        raise NotJson(where, detail="nested too deep" if isinstance(error, RecursionError) else "a number too long") from error


def _string(record: dict[str, Any], name: str, where: str) -> str | None:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise BadField(where, name=name, detail=f"is {_kind(value)}; a string or null is wanted")
    return value


def _kind(value: object) -> str:
    """The JSON type of a value, as a message says it."""
    kinds: dict[type, str] = {dict: "an object", list: "a list", str: "a string", bool: "true or false", int: "a number", float: "a number"}
    return kinds.get(type(value), "null")
