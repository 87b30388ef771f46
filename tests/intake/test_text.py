from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import BinaryFile, EmptyText, InputError
from dragoman.intake.text import decode, mend

ACCENTS = "“Résumé”, said the envoy – née Müller – in Århus."


@pytest.mark.parametrize(
    ("data", "text", "read_as"),
    [
        (ACCENTS.encode(), ACCENTS, None),
        (b"\xef\xbb\xbf" + ACCENTS.encode(), ACCENTS, None),
        (ACCENTS.encode("utf-16"), ACCENTS, None),
        (ACCENTS.encode("cp1252"), ACCENTS, "Windows-1252"),
        (b"One broken \x81 byte", "One broken \ufffd byte", "UTF-8"),
        (ACCENTS.encode()[:3] + b"\xff" + ACCENTS.encode()[3:], "“\ufffd" + ACCENTS[1:], "UTF-8"),
        (b"line\r\nline\x0c\tend", "line\r\nline\x0c\tend", None),
    ],
)
def test_encodings(data: bytes, text: str, read_as: str | None) -> None:
    found, doubt = decode(data, "a.txt")
    assert found == text
    assert doubt is None if read_as is None else read_as in str(doubt)


def test_a_declared_encoding_is_believed_where_utf8_fails() -> None:
    assert decode("Путь".encode("koi8-r"), "a", "koi8-r") == ("Путь", None)
    assert decode(ACCENTS.encode(), "a", "koi8-r") == (ACCENTS, None)
    assert decode(b"caf\xe9", "a", "no-such-encoding")[0] == "café"


@pytest.mark.parametrize("data", [b"", b"\n \t\r\n", b"\xef\xbb\xbf", "\u00a0\n".encode(), "\ufeff ".encode("utf-16")])
def test_empty(data: bytes) -> None:
    with pytest.raises(EmptyText, match=r"D005 a\.txt"):
        decode(data, "a.txt")


@pytest.mark.parametrize("data", [b"text\0text", b"%PDF-1.7\nstream", b"PK\x03\x04...", b"\x89PNG\r\n", bytes(range(1, 32)) * 9, b"\xff\xfe\x00"])
def test_binary(data: bytes) -> None:
    with pytest.raises(BinaryFile, match="D006"):
        decode(data, "a.txt")


def test_a_stray_control_character_is_no_binary() -> None:
    assert decode(b"The minister\x01 resigned on Tuesday after a vote.", "a")[1] is None


def test_half_a_surrogate_pair() -> None:
    text, doubt = mend("é\ud83d!", "a:3")
    assert text == "é\ufffd!"
    assert "byte 2" in str(doubt)
    assert mend("whole 🕊", "a") == ("whole 🕊", None)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_an_input_error(data: bytes) -> None:
    try:
        text, _ = decode(data, "x")
    except InputError:
        return
    text.encode("utf-8")
    assert "\0" not in text or data[:2] in (b"\xff\xfe", b"\xfe\xff")
