"""Tables of articles (CSV, TSV): one article a row, its fields by the names of the columns or as the user maps them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from dragoman.errors import BadDate, EmptyText, NoColumn, SettingError
from dragoman.intake.jsonl import is_day

FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "story"),
    "title": ("title", "headline"),
    "date": ("date", "published", "publication_date", "pub_date", "day"),
    "outlet": ("outlet", "source", "publisher", "newspaper"),
    "url": ("url", "link", "address"),
    "language": ("language", "lang"),
    "authors": ("authors", "author", "byline"),
    "id": ("id", "article_id", "uid"),
}
"""Fields of an article and the names of columns that hold them where the user maps none."""
_TIMESTAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ].*")
_LONGEST_CELL = 10_000_000
_DELIMITERS = ",;\t|"


def parse_columns(value: str) -> dict[str, str]:
    """The mapping of an option such as `text=body,date=published on`.

    Raises:
        SettingError: it is malformed, or names an unknown field.
    """
    pairs = [pair.partition("=") for pair in value.split(",") if pair.strip()]
    for name, sign, column in pairs:
        if not sign or not column.strip() or name.strip() not in FIELDS:
            raise SettingError("--columns", detail=f"`{name}{sign}{column}` is no FIELD=COLUMN with a field of {', '.join(FIELDS)}.")
    return {name.strip(): column.strip() for name, _, column in pairs}


def read_table(text: str, subject: str, columns: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str | None]]]:
    """The rows as records of an article's fields, each with the file and line it begins on; a cell without content is null.

    Raises:
        NoColumn: no column holds the text, or a named one is not there.
        EmptyText: there is no row.
    """
    csv.field_size_limit(_LONGEST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    header = [name.strip() for name in next(lines, [])]
    places = _places(header, columns, subject)
    begin, empty = lines.line_num + 1, True
    for row in lines:
        if any(cell.strip() for cell in row):
            empty = False
            yield f"{subject}:{begin}", {name: (row[at].strip() if name != "text" else row[at]) or None for name, at in places.items() if at < len(row)}
        begin = lines.line_num + 1
    if empty:
        raise EmptyText(subject)


def day_of(value: str | None, where: str) -> str | None:
    """The ISO day of a cell, which may hold a timestamp.

    Raises:
        BadDate: it is none.
    """
    if value is None:
        return None
    found = _TIMESTAMP.fullmatch(value)
    day = found[1] if found else value
    if not is_day(day):
        raise BadDate(where, value=value)
    return day


def _delimiter(text: str) -> str:
    """What stands most often in the header."""
    header = text.lstrip("\ufeff").partition("\n")[0]
    return max(_DELIMITERS, key=header.count)


def _places(header: Sequence[str], columns: Mapping[str, str], subject: str) -> dict[str, int]:
    """Positions of columns by field."""
    lower = [name.lower() for name in header]
    found: dict[str, int] = {}
    for name, known in FIELDS.items():
        if name in columns:
            if columns[name] not in header:
                raise NoColumn(subject, name=name, columns=", ".join(header))
            found[name] = header.index(columns[name])
        elif at := [lower.index(candidate) for candidate in known if candidate in lower]:
            found[name] = at[0]
    if "text" not in found:
        raise NoColumn(subject, name="text", columns=", ".join(header) or "none")
    return found
