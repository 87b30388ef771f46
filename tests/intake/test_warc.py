"""Web archives with all that goes wrong in them: what is sound is read, the rest is told."""

from __future__ import annotations

import gzip
import random
import tracemalloc
import zlib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.intake.html import LARGEST
from dragoman.intake.sources import read_sources
from dragoman.intake.warc import Response, read_warc
from dragoman.records import Article, Issue

PROSE = "Kenya accused Somalia of piracy, and its minister said on Friday that the navy would patrol the coast. " * 4


def record(url: str, body: bytes = PROSE.encode(), status: str = "200 OK", kind: str = "text/html", more: str = "", warc: str = "response") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}Content-Length: {len(body)}\r\n\r\n".encode() + body
    head = (f"WARC/1.0\r\nWARC-Type: {warc}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-03-04T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
            f"Content-Type: application/http; msgtype={warc}\r\nContent-Length: {len(http)}\r\n\r\n")  # fmt: skip
    return head.encode() + http + b"\r\n\r\n"


def packed(*records: bytes) -> bytes:
    return b"".join(map(gzip.compress, records))


def read(path: Path) -> tuple[list[str], list[str], Counter[str]]:
    """Addresses of the pages, codes of the errors, counts of what was passed over."""
    skipped: Counter[str] = Counter()
    found = list(read_warc(str(path), skipped))
    return [one.url for one in found if isinstance(one, Response)], [one.code for one in found if isinstance(one, InputError)], skipped


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pages_are_told_from_the_rest(name: str, tmp_path: Path) -> None:
    records = [record("http://e.org/a b"), record("http://e.org/b", status="404 Not Found"), record("http://e.org/c", kind="image/png"), record("http://e.org/d", warc="request"),
               record("<http://e.org/e>", kind="text/html; charset=koi8-r"), record("http://e.org/f", gzip.compress(b"words"), more="Content-Encoding: gzip\r\n"),
               record("http://e.org/g", b"5\r\nwords\r\n0\r\n\r\n", more="Transfer-Encoding: chunked\r\n")]  # fmt: skip
    (tmp_path / name).write_bytes(packed(*records) if name.endswith("gz") else b"".join(records))
    skipped: Counter[str] = Counter()
    found = [one for one in read_warc(str(tmp_path / name), skipped) if isinstance(one, Response)]
    assert [one.url for one in found] == [f"http://e.org/{rest}" for rest in ("a b", "e", "f", "g")]
    assert [one.body for one in found[2:]] == [b"words", b"words"]
    assert (found[0].seen, found[1].encoding) == (date(2031, 3, 4), "koi8-r")
    assert skipped == {"status 404": 1, "not a page": 1}


def broken_inside(member: bytes) -> bytes:
    return member[:60] + bytes(byte ^ 0x5A for byte in member[60:64]) + member[64:]


def test_what_is_broken_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    members = [gzip.compress(record(f"http://e.org/{n}", PROSE.encode() + bytes(str(n), "ascii"))) for n in range(9)]
    members[1] = broken_inside(members[1])
    members[3] = members[3][:150]
    members[5] = gzip.compress(record("http://e.org/5", b"0" * 200_000_000), 1)
    members[6] = gzip.compress(record("http://e.org/6", gzip.compress(b"0" * 300_000_000), more="Content-Encoding: gzip\r\n"))
    noise = random.Random(1).randbytes(3_000)  # noqa: S311 (no secret)
    last = gzip.compress(record("http://e.org/9", noise))
    (tmp_path / "a.warc.gz").write_bytes(b"".join(members) + last[:-500])
    tracemalloc.start()
    urls, codes, _ = read(tmp_path / "a.warc.gz")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [url[-1] for url in urls] == ["0", "2", "4", "7", "8"]
    assert codes == ["D018", "D018", "D017", "D017", "D018"]
    assert most < 5 * LARGEST


def test_an_archive_that_is_not_packed(tmp_path: Path) -> None:
    records = [record(f"http://e.org/{n}") for n in range(5)]
    records[1] = b"no record\r\n\r\n" + records[1][:60]
    records[3] = record("http://e.org/3", b"0" * 30_000_000)
    (tmp_path / "a.warc").write_bytes(b"".join(records) + records[0][:-100])
    urls, codes, _ = read(tmp_path / "a.warc")
    assert [url[-1] for url in urls] == ["0", "2", "4"]
    assert set(codes) == {"D017", "D018"}


def test_a_member_that_goes_on_with_nothing(tmp_path: Path) -> None:
    pack = zlib.compressobj(wbits=31)
    endless = pack.compress(record("http://e.org/1")) + b"".join(pack.compress(b"\0" * 1_000_000) for _ in range(100)) + pack.flush()
    (tmp_path / "a.warc.gz").write_bytes(packed(record("http://e.org/0")) + endless + packed(record("http://e.org/2")))
    urls, codes, _ = read(tmp_path / "a.warc.gz")
    assert ([url[-1] for url in urls], codes) == (["0", "1", "2"], ["D018"])


@settings(max_examples=60)
@given(st.integers(0, 1_000), st.binary(min_size=1, max_size=30), st.booleans())
def test_any_damage_ends(tmp_path_factory: pytest.TempPathFactory, at: int, noise: bytes, is_packed: bool) -> None:
    records = [record(f"http://e.org/{n}", b"<p>words</p>") for n in range(4)]
    data = packed(*records) if is_packed else b"".join(records)
    at %= len(data)
    path = tmp_path_factory.mktemp("any") / ("a.warc.gz" if is_packed else "a.warc")
    path.write_bytes(data[:at] + noise + data[at + len(noise) :])
    urls, codes, _ = read(path)
    assert len(urls) <= 4
    assert len(codes) <= 4


def test_articles_of_an_archive(tmp_path: Path) -> None:
    page = f"<html lang=en><head><title>Piracy</title><meta name=pubdate content=2031-03-03></head><body><article><p>{PROSE}</p></article></body></html>".encode()
    later = page.replace(b"2031-03-03", b"2031-09-09").replace(b"piracy", b"spying")
    german = page.replace(PROSE.encode(), b"Kenia warf Somalia am Freitag vor, Piraten zu dulden, wie die Ministerin am Abend in der Hauptstadt sagte. " * 5)
    records = [record("http://e.org/a", page), record("http://e.org/b", later), record("http://e.org/c", german), record("http://e.org/d", b"<html><nav>Home</nav></html>")]
    (tmp_path / "a.warc.gz").write_bytes(packed(*records))
    for fast in (False, True):
        found = list(read_sources([str(tmp_path / "a.warc.gz")], fast=fast))
        articles = [item for item in found if isinstance(item, Article)]
        assert [(article.url, article.date, article.language) for article in articles][:2] == [("http://e.org/a", "2031-03-03", "en"), ("http://e.org/b", None, "en")]
        assert ([article.language for article in articles[2:]], {item.code for item in found if isinstance(item, Issue)}) == (
            ([], {"D008", "D004", "D013"}) if fast else (["de"], {"D008", "D004"}))  # fmt: skip


def test_an_empty_archive(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(b"")
    assert read(tmp_path / "a.warc.gz") == ([], [], {})
