"""How a place's name is looked up: without case, accents and points, and with *St.* and *Mt.* written out."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Latin letters that no decomposition takes apart.
_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE",
                          "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th"})
_DROPPED = re.compile(r"[.'’‘ʻʼ`´\"]")
_SPACES = re.compile(r"[\s\-‐‑–—/_,]+")
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "pt": "point"}
_LATIN = 0x250


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The key of a name: *St. Étienne-du-Bois* gives `saint etienne du bois`."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name.translate(_LETTERS))
        name = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = _SPACES.sub(" ", _DROPPED.sub("", name)).strip().casefold().split(" ")
    if len(words) > 1 and words[0] in _SHORT:
        words[0] = _SHORT[words[0]]
    return " ".join(words)


def is_latin(name: str) -> bool:
    """Whether an English text could write the name so."""
    return name.isascii() or all(ord(letter) < _LATIN or letter in "’‘ʻʼ–—" for letter in name)
