"""Bytes to text: UTF-8 first, a byte order mark tolerated, anything doubtful reported and never dropped."""

from __future__ import annotations

import codecs

from dragoman.errors import BadEncoding, BinaryFile, EmptyText, InputError

# Files that begin so are no text even where they hold no NUL byte.
_SIGNATURES = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"BZh", b"{\\rtf")
_CONTROLS = bytes(code for code in (*range(32), 127) if code not in b"\t\n\v\f\r\x1b")
# Prose has no control characters; a stray one comes from a converter, a twentieth of the file does not.
_CONTROL_SHARE = 0.05
_SAMPLE = 1 << 16
# Readers compare what stands in one article with each other, so time grows faster than length; a long magazine piece has 60,000 characters.
LONGEST = 200_000


def decode(data: bytes, subject: str, declared: str | None = None) -> tuple[str, InputError | None]:
    """The text of a file, and what was wrong with its encoding (None: nothing).

    Args:
        data: the whole content.
        subject: what messages name.
        declared: an encoding that the document itself names; tried where the bytes are no UTF-8.

    Raises:
        BinaryFile: the bytes are no text.
        EmptyText: there is nothing but white space.
    """
    text, doubt = _utf16(data) or _decoded(data, subject, declared)
    if not text.strip("\ufeff \t\r\n\f\v\u00a0\u200b"):
        raise EmptyText(subject)
    return text, doubt


def _utf16(data: bytes) -> tuple[str, None] | None:
    """The text of a file that its byte order mark shows to be UTF-16."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    try:
        return data.decode("utf-16"), None
    except UnicodeDecodeError:
        return None


def _decoded(data: bytes, subject: str, declared: str | None) -> tuple[str, InputError | None]:
    if is_binary(data):
        raise BinaryFile(subject)
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        broken = error.start
    if declared and (text := _as(data, declared)) is not None:
        return text, None
    replaced = data.decode("utf-8-sig", "replace")
    damaged = replaced.count("\ufffd")
    # Where most characters beyond ASCII are sound UTF-8 the file is damaged UTF-8, not another encoding.
    sound = sum(character > "\x7f" for character in replaced) - damaged
    latin = _as(data, "cp1252") if sound <= damaged else None
    read_as = "Windows-1252" if latin is not None else "UTF-8 with U+FFFD for what is broken"
    return latin if latin is not None else replaced, BadEncoding(subject, byte=broken, read_as=read_as)


def _as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):  # a codec may refuse in its own way: `undefined`, `idna`
        return None


def is_binary(data: bytes) -> bool:
    """Whether the bytes are no text: a NUL, a known signature, or many control characters."""
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return data.startswith(_SIGNATURES) or b"\0" in data or controls > _CONTROL_SHARE * len(sample)


def mend(text: str, subject: str) -> tuple[str, InputError | None]:
    """The text with U+FFFD for each lone surrogate, which no store can hold; the length stays, so offsets do too."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        byte = len(text[: error.start].encode("utf-8"))
        mended = "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
        return mended, BadEncoding(subject, byte=byte, read_as="U+FFFD (half of a surrogate pair)")
    return text, None
