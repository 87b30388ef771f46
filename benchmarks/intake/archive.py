"""Reads a web archive of 5,000 responses, sound and with damage, and says how fast and what became of each record.

Usage: archive.py CORPUS.jsonl FOLDER [RECORDS]

The archive is made of the saved pages of CORPUS (see pages.py), repeated, each with a request record. In the damaged one are a record
with broken bytes, a record that is cut off, one of 200 MB, a page that unpacks to 1 GB, and a cut end.
"""

from __future__ import annotations

import gzip
import json
import resource
import sys
import time
from collections import Counter
from pathlib import Path

from dragoman.errors import InputError
from dragoman.intake.warc import Response, read_warc


def record(url: str, body: bytes, kind: str = "response", more: str = "") -> bytes:
    """A WARC record."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{more}Content-Length: {len(body)}\r\n\r\n" if kind == "response" else f"GET {url} HTTP/1.1\r\n\r\n"
    http = head.encode() + (body if kind == "response" else b"")
    warc = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
            f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(http)}\r\n\r\n")  # fmt: skip
    return warc.encode() + http + b"\r\n\r\n"


def write(path: Path, pages: list[bytes], count: int, damaged: bool) -> None:
    """An archive of so many responses."""
    packed = [gzip.compress(record("http://example.org/page", page), 6) for page in pages]
    with open(path, "wb") as file:
        for number in range(count):
            url = f"http://example.org/{number}"
            member = packed[number % len(pages)]
            if damaged and number in _DAMAGE:
                member = _DAMAGE[number](url, pages[number % len(pages)])
            file.write(gzip.compress(record(url, b"", "request"), 1))
            file.write(member[: len(member) // 2] if damaged and number == count - 1 else member)


def _broken(url: str, page: bytes) -> bytes:
    member = gzip.compress(record(url, page))
    middle = len(member) // 2
    return member[:middle] + bytes(byte ^ 0x5A for byte in member[middle : middle + 64]) + member[middle + 64 :]


def _cut(url: str, page: bytes) -> bytes:
    member = gzip.compress(record(url, page))
    return member[: len(member) // 3]


def _huge(url: str, _: bytes) -> bytes:
    return gzip.compress(record(url, b"<p>word " * 25_000_000), 1)


def _bomb(url: str, _: bytes) -> bytes:
    return gzip.compress(record(url, gzip.compress(b"\0" * 1_000_000_000), more="Content-Encoding: gzip\r\n"), 1)


_DAMAGE = {700: _broken, 1_400: _cut, 2_100: _huge, 2_800: _bomb}


def read(path: Path, count: int) -> None:
    """Read it and say how it went."""
    begun, skipped, codes = time.process_time(), Counter[str](), Counter[str]()
    pages = size = 0
    for found in read_warc(str(path), skipped):
        if isinstance(found, Response):
            pages, size = pages + 1, size + len(found.body)
        elif isinstance(found, InputError):
            codes[found.code] += 1
    seconds = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{path.name:24} {pages}/{count} responses, {size / 1e6:.0f} MB, {pages / seconds:.0f} a CPU-second, errors {dict(codes)}, skipped {dict(skipped)}, peak {memory} MB")


def main() -> None:
    """Make the archives where they are not there, and read them."""
    corpus, folder = Path(sys.argv[1]), Path(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 5_000
    names = {folder / f"sound-{count}.warc.gz": False, folder / f"damaged-{count}.warc.gz": True}
    if missing := {path: damaged for path, damaged in names.items() if not path.exists()}:
        pages = [gzip.decompress((corpus.parent / json.loads(line)["file"]).read_bytes()) for line in corpus.read_text(encoding="utf-8").splitlines()]
        for path, damaged in missing.items():
            write(path, pages, count, damaged)
        print("made; run again to measure memory without the making", file=sys.stderr)
    for path in names:
        read(path, count)


if __name__ == "__main__":
    main()
