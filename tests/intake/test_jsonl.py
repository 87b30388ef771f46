from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import BadDate, BadField, InputError, NoText, NotJson
from dragoman.intake.jsonl import is_day, line_id, parse_line
from dragoman.records import Article, content_id


@pytest.mark.parametrize(
    ("line", "article"),
    [
        ('{"id": "a", "text": "T.", "date": "2031-05-04"}', Article("a", "T.", "2031-05-04")),
        ('{"id": "a", "text": "", "date": null}', Article("a", "")),
        ('{"text": "T.", "title": "H", "outlet": "O", "url": "u", "language": "de", "more": [1]}', Article(content_id("T."), "T.", None, "H", "O", "u", "de")),
        ('{"id": null, "text": "T.", "language": null}', Article(content_id("T."), "T.")),
        ('\ufeff {"id": "a", "text": "T."} \r\n', Article("a", "T.")),
        (b'\xef\xbb\xbf{"id": "a", "text": "\xc3\xa9"}', Article("a", "é")),
        ('{"id": "a", "text": "half \\ud83d"}', Article("a", "half \ud83d")),
    ],
)
def test_good_lines(line: str | bytes, article: Article) -> None:
    assert parse_line(line, "x:1") == article


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("this is not JSON", NotJson),
        ("", NotJson),
        ('{"id": "a", "text": "T."', NotJson),
        ('["a", "list"]', NotJson),
        ('"text"', NotJson),
        ("null", NotJson),
        ("[" * 100_000, NotJson),
        ('{"id": ' + "9" * 5000 + ', "text": "T."}', NotJson),
        (b'{"text": "\xff"}', NotJson),
        ('{"id": "a"}', NoText),
        ('{"id": "a", "text": null}', NoText),
        ('{"id": "a", "text": 7}', NoText),
        ('{"id": 7, "text": "T."}', BadField),
        ('{"id": true, "text": "T."}', BadField),
        ('{"id": "a", "text": "T.", "title": ["x"]}', BadField),
        ('{"id": "a", "text": "T.", "url": {}}', BadField),
        ('{"id": "a", "text": "T.", "date": 20310504}', BadField),
        ('{"id": "a", "text": "T.", "date": "28 July"}', BadDate),
        ('{"id": "a", "text": "T.", "date": "2031-02-30"}', BadDate),
        ('{"id": "a", "text": "T.", "date": "2031-05"}', BadDate),
        ('{"id": "a", "text": "T.", "date": "2031-05-04T10:00:00"}', BadDate),
        ('{"id": "a", "text": "T.", "date": ""}', BadDate),
    ],
)
def test_bad_lines(line: str | bytes, error: type[InputError]) -> None:
    with pytest.raises(error, match=r"news\.jsonl:12"):
        parse_line(line, "news.jsonl:12")


@pytest.mark.parametrize(("line", "found"), [('{"id": "a", "text": 7}', "a"), ('{"id": 7}', None), ("no", None), ("[1]", None), (b"\xff", None)])
def test_the_id_of_a_bad_line(line: str | bytes, found: str | None) -> None:
    assert line_id(line) == found


@pytest.mark.parametrize("value", ["2031-5-4", "20310504", "2031-05-04 ", "٢٠٣١-٠٥-٠٤", "2031-13-01", "0000-01-01", "2031-W01-1"])
def test_no_day(value: str) -> None:
    assert not is_day(value)


@given(st.dictionaries(st.sampled_from(["id", "text", "date", "title", "url"]), st.one_of(st.none(), st.text(), st.integers(), st.lists(st.text(max_size=2), max_size=2))))
def test_any_record_is_an_article_or_an_input_error(record: dict[str, object]) -> None:
    try:
        article = parse_line(json.dumps(record), "x")
    except InputError:
        return
    assert article.text == record["text"]


@given(st.binary(max_size=40))
def test_any_bytes(line: bytes) -> None:
    with pytest.raises(InputError):
        parse_line(line, "x")
