from __future__ import annotations

import hashlib
import io
import json
import os
from pathlib import Path

import pytest

from dragoman.errors import BadDate
from dragoman.intake.sources import read_sources
from dragoman.records import Article, Issue, content_id

LINE = '{"id": "a", "text": "Alvania met Borduria.", "date": "2031-05-04"}'
PAGE = "<html><title>Envoy recalled</title><article><p>Alvania recalled its envoy.</p></article></html>"


def found(*paths: object, **options: str | None) -> tuple[list[Article], list[Issue]]:
    items = list(read_sources(map(str, paths), **options))  # type: ignore[arg-type]
    return [item for item in items if isinstance(item, Article)], [item for item in items if isinstance(item, Issue)]


def codes(*paths: object) -> list[str]:
    return [issue.code for issue in found(*paths)[1]]


def test_a_text_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbfAlvania met Borduria.\r\n")
    (article,), issues = found(file, published="2031-05-04", outlet="Test Wire")
    text = "Alvania met Borduria.\r\n"
    assert article == Article(content_id(text), text, "2031-05-04", None, "Test Wire", date_source="option", date_confidence=1.0,
                              raw_sha256=hashlib.sha256(file.read_bytes()).hexdigest())  # fmt: skip
    assert issues == []


def test_what_an_article_states_comes_before_the_options(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(LINE[:-1] + ', "outlet": "Own"}\n')
    (article,), _ = found(file, published="2000-01-01", outlet="Test Wire")
    assert (article.date, article.outlet) == ("2031-05-04", "Own")


@pytest.mark.parametrize("published", ["yesterday", "2031-02-30", ""])
def test_a_bad_day_stops_at_once(published: str) -> None:
    with pytest.raises(BadDate, match="D004"):
        read_sources([], published=published)


def test_a_folder(tmp_path: Path) -> None:
    files = {"b.txt": "Two.", "a.txt": "One.", "sub/c.HTML": PAGE, "sub/d.jsonl": LINE, "sub/e.json": LINE, ".git/f.txt": "no", ".g.txt": "no"}
    files |= {"h.csv": "text\nSix.", "i.md": "# Seven\n\nEight.", "j.xml": "no", "k.docx": "no"}
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
    articles, issues = found(tmp_path)
    assert [article.text for article in articles] == ["One.", "Two.", "Six.", "Eight.", "Alvania recalled its envoy.", "Alvania met Borduria.", "Alvania met Borduria."]
    assert issues == []
    assert [article.title for article in articles[3:5]] == ["Seven", "Envoy recalled"]


def test_globs(tmp_path: Path) -> None:
    for name in ("a1.txt", "a2.txt", "b.txt", "[odd].txt"):
        (tmp_path / name).write_text(f"{name} text.")
    assert [article.text for article in found(tmp_path / "a*.txt")[0]] == ["a1.txt text.", "a2.txt text."]
    assert [article.text for article in found(tmp_path / "[odd].txt")[0]] == ["[odd].txt text."]
    assert codes(tmp_path / "z*.txt") == ["D009"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "D005"), (b" \n", "D005"), (b"a\0b", "D006"), (b"%PDF-1.4", "D006"), (b"caf\xe9", "D007")],
)
def test_texts_with_an_issue(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    articles, (issue,) = found(file)
    assert (issue.article, issue.stage, issue.code) == (str(file), "intake", code)
    assert [article.text for article in articles] == (["café"] if code == "D007" else [])


@pytest.mark.parametrize("name", ["x-klingon", "undefined", "idna", "hex", "rot13"])
def test_a_page_that_names_no_encoding_of_text(tmp_path: Path, name: str) -> None:
    file = tmp_path / "a.html"
    file.write_bytes(f"<html><meta charset={name}><article><p>Alvania recalled its envoy from the caf".encode() + b"\xe9.</p></article></html>")
    (article,), (issue,) = found(file)
    assert (article.text, issue.code) == ("Alvania recalled its envoy from the café.", "D007")


def test_missing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert codes(tmp_path / "no.txt", tmp_path / "file" / "below.txt", "nul\0.txt", "") == ["D009"] * 4


def test_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")

    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (issue,) = found(file)[1]
    assert (issue.code, "Permission denied" in issue.message) == ("D010", True)


def test_a_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "shut").mkdir()
    whole = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return whole(path)

    monkeypatch.setattr(os, "scandir", scandir)
    articles, (issue,) = found(tmp_path)
    assert [article.text for article in articles] == ["Text."]
    assert (issue.code, issue.article) == ("D010", str(tmp_path / "shut"))


def test_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "notes.docx").write_text("x")
    assert codes(tmp_path) == ["D005"]


def test_bad_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\n".join([LINE.encode(), b"", b"no", b'{"text": 7}', b'{"id": 1, "text": "x"}', b'{"text": "x", "date": "May"}', b'{"text": " "}', b"\0\0",
                                 b'{"text": "caf\xe9"}', b'{"text": "half \\ud83d", "title": "\\udc00"}', LINE.encode().replace(b'"a"', b'"b"')]))
    articles, issues = found(file)
    assert [(issue.article.rpartition(":")[2], issue.code) for issue in issues] == [
        ("3", "D001"), ("4", "D002"), ("5", "D003"), ("6", "D004"), ("7", "D005"), ("8", "D001"), ("9", "D007"), ("10", "D007")]  # fmt: skip
    assert [article.text for article in articles] == ["Alvania met Borduria.", "café", "half \ufffd", "Alvania met Borduria."]
    assert articles[2].title == "\ufffd"
    assert all(issue.article.startswith(f"{file}:") for issue in issues)


@pytest.mark.parametrize(
    ("content", "count", "expected"),
    [
        (LINE, 1, []),
        (json.dumps(json.loads(LINE), indent=2), 1, []),
        (f"[{LINE}, {LINE}]", 2, []),
        (f"{LINE}\n{LINE}\n", 2, []),
        (f"[{LINE}, 7, {{}}]", 1, ["D001", "D002"]),
        ("[]", 0, ["D005"]),
        ("7", 0, ["D001"]),
        ('{\n"text": "x",\n', 0, ["D001"]),
        ("", 0, ["D005"]),
    ],
)
def test_json_documents(tmp_path: Path, content: str, count: int, expected: list[str]) -> None:
    file = tmp_path / "a.json"
    file.write_text(content)
    articles, issues = found(file)
    assert (len(articles), [issue.code for issue in issues]) == (count, expected)


def test_pages(tmp_path: Path) -> None:
    for name, content in [("a.html", PAGE.encode()), ("b.html", b"<nav>x</nav>"), ("c.txt", PAGE.encode()),
                          ("d.htm", '<meta charset="koi8-r"><article><p>Посол Альвании отозван домой.</p></article>'.encode("koi8-r")),
                          ("e.html", b"<meta name=date content=x><p>Alvania met Borduria.</p>"), ("f.html", b"")]:
        (tmp_path / name).write_bytes(content)
    articles, issues = found(tmp_path)
    assert [article.text for article in articles] == ["Alvania recalled its envoy.", "Alvania recalled its envoy.", "Посол Альвании отозван домой.", "Alvania met Borduria."]
    assert [(Path(issue.article).name, issue.code) for issue in issues] == [("b.html", "D008"), ("e.html", "D004"), ("f.html", "D005")]


@pytest.mark.parametrize(
    ("data", "texts", "expected"),
    [
        (f"{LINE}\n\nno\n{LINE}".encode(), ["Alvania met Borduria."] * 2, ["D001"]),
        (f"\ufeff\n{LINE}".encode(), ["Alvania met Borduria."], []),
        (json.dumps(json.loads(LINE), indent=1).encode(), ["Alvania met Borduria."], []),
        (b"Plain words.\nMore.", ["Plain words.\nMore."], []),
        (b"\n \nPlain words.", ["\n \nPlain words."], []),
        (b"<!DOCTYPE html>" + PAGE.encode(), ["Alvania recalled its envoy."], []),
        (b"", [], ["D005"]),
        (b"\n\n", [], ["D005"]),
        (b"\0\1\2", [], ["D006"]),
    ],
)
def test_standard_input(data: bytes, texts: list[str], expected: list[str]) -> None:
    items = list(read_sources(["-"], stdin=io.BytesIO(data)))
    assert [item.text for item in items if isinstance(item, Article)] == texts
    assert [item.code for item in items if isinstance(item, Issue)] == expected


def test_no_standard_input() -> None:
    assert codes("-") == ["D009"]


def test_a_stream_is_read_as_it_comes() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readline(self, _: int | None = -1) -> bytes:  # type: ignore[override]
            return LINE.encode() + b"\n"

        __next__ = readline

    items = read_sources(["-"], stdin=Endless())  # type: ignore[arg-type]
    assert [type(next(items)).__name__ for _ in range(3)] == ["Article"] * 3


def test_five_megabytes_in_one_line(tmp_path: Path) -> None:
    text = "The army shelled the town, " * 200_000
    for name, content in (("a.txt", text), ("b.jsonl", json.dumps({"text": text})), ("c.html", f"<p>{text}</p>")):
        (tmp_path / name).write_text(content)
    articles, issues = found(tmp_path)
    assert articles == []
    assert [(issue.code, issue.article) for issue in issues] == [("D012", str(tmp_path / name)) for name in ("a.txt", "b.jsonl:1", "c.html")]


def test_a_library_that_fails_on_a_page_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def fail(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(trafilatura, "bare_extraction", fail)
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.txt").write_text("Alvania met Borduria.")
    articles, (issue,) = found(tmp_path)
    assert ([article.text for article in articles], issue.code) == (["Alvania met Borduria."], "D011")
    assert "RecursionError" in issue.message
