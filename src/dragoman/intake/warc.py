"""Web archives (WARC, plain or gzip by record) by fastwarc: the pages in them, and a word on all that is none or cannot be read.

Nothing in an archive ends the reading of it: after a broken record it goes on at the next one that begins as a record does, a record
larger than any page is passed over unread, and what a page unpacks to is limited.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from dragoman.errors import BrokenRecord, InputError, TooLarge
from dragoman.intake.html import LARGEST

SUFFIXES = (".warc", ".warc.gz")
_MEMBER, _RECORD = b"\x1f\x8b\x08", b"WARC/"
_HTML = ("text/html", "application/xhtml+xml")
# What HTTP and WARC headers may add to a page.
_HEADERS = 100_000
_LOOK = 4096
_HEAD = re.compile(rb"WARC/\d\.\d\r?\n[\w-]+:")
_LENGTH = re.compile(rb"\r\nContent-Length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Response:
    """A page of an archive: its address as recorded (it may hold blanks), the day it was fetched, the encoding its header names."""

    where: str
    url: str
    seen: date | None
    encoding: str | None
    body: bytes


def read_warc(path: str, skipped: Counter[str]) -> Iterator[Response | InputError]:
    """The pages of an archive in order; what cannot be read as an error, what is no page as a count.

    Raises:
        OSError: the file cannot be opened.
    """
    with open(path, "rb") as file:
        packed = file.read(2) == _MEMBER[:2]
        begin: int | None = 0
        told = False
        while begin is not None:
            place = _Place(begin)
            try:
                yield from _from(file, place, path, packed, skipped)
                return
            except _Jump:
                told = False
            except (OSError, RuntimeError, ValueError) as error:
                if place.read or not told:  # one word on a broken stretch, however many false starts it takes to get out of it
                    yield BrokenRecord(path, byte=place.last, detail=str(error) or type(error).__name__)
                told = True
            begin = _next(file, place.last + 1, packed)


@dataclass(slots=True)
class _Place:
    """The byte where the last record begins, and whether one was read at all."""

    last: int
    read: bool = False


class _Jump(Exception):
    """The rest of a record is not worth unpacking."""


def _from(file: BinaryIO, place: _Place, path: str, packed: bool, skipped: Counter[str]) -> Iterator[Response | InputError]:
    """Responses from a byte on; each is handed on when the next begins, for only the last can be cut short unnoticed."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    file.seek(place.last)
    held: Response | InputError | None = None
    try:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=False):
            if held:
                yield held
                held = None
            place.last, place.read = record.stream_pos, True
            held = _page(record, f"{path}:{place.last}", skipped)
            if isinstance(held, TooLarge):
                raise _Jump
    except (OSError, RuntimeError, ValueError, _Jump):
        if held and (isinstance(held, InputError) or _is_whole(file, place.last, packed)):
            yield held
        raise
    if held:
        yield held if _is_whole(file, place.last, packed) else BrokenRecord(path, byte=place.last, detail="cut short")


def _page(record: Any, where: str, skipped: Counter[str]) -> Response | InputError | None:
    """The page in a response; None (counted) where it is none."""
    if record.content_length > LARGEST + _HEADERS:
        return TooLarge(where, largest=LARGEST, how="")
    record.parse_http(auto_decode="all")
    headers = record.http_headers
    if headers is None or headers.status_code is None:
        return BrokenRecord(where.rpartition(":")[0], byte=where.rpartition(":")[2], detail="no answer in it")
    if headers.status_code != 200:
        skipped[f"status {headers.status_code}"] += 1
        return None
    if (record.http_content_type or _HTML[0]) not in _HTML:
        skipped["not a page"] += 1
        return None
    body = record.reader.read(LARGEST + 1)
    if len(body) > LARGEST:
        return TooLarge(where, largest=LARGEST, how=" when unpacked")
    seen = record.record_date.date() if record.record_date else None
    return Response(where, (record.headers.get("WARC-Target-URI") or "").strip("<> "), seen, record.http_charset, body)


def _is_whole(file: BinaryIO, begin: int, packed: bool) -> bool:
    """Whether a record is neither cut short nor, where it is packed, otherwise than its checksum says."""
    file.seek(begin)
    if not packed:
        head = file.read(_LOOK)
        stated = _LENGTH.search(head)
        return stated is None or begin + head.find(b"\r\n\r\n") + int(stated[1]) <= file.seek(0, 2)
    unpacker = zlib.decompressobj(wbits=31)
    try:
        while not unpacker.eof and (data := unpacker.unconsumed_tail or file.read(_LOOK)):
            unpacker.decompress(data, LARGEST)
    except zlib.error:
        return False
    return unpacker.eof


def _next(file: BinaryIO, start: int, packed: bool) -> int | None:
    """Where the next record begins; None if there is no further one."""
    sign = _MEMBER if packed else _RECORD
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = data.find(sign, start)
        while at >= 0:
            if _unpacks_to_record(data[at : at + _LOOK]) if packed else _HEAD.match(data, at):
                return at
            at = data.find(sign, at + 1)
    return None


def _unpacks_to_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(wbits=31).decompress(data, 64).startswith(_RECORD)
    except zlib.error:
        return False
