"""Parsed YAML files, kept as JSON in the user's cache folder: reading ten thousand lines of YAML takes half a second, their JSON ten milliseconds.

A file is found by the hash of its bytes, so an edited codebook is never read from here. What cannot be kept is parsed again.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

import msgspec

# Raised when what `read_yaml` makes of a file changes.
_VERSION = "1"


def folder() -> Path:
    """Where parsed files are kept: `DRAGOMAN_CACHE`, else the user's cache folder."""
    given = os.environ.get("DRAGOMAN_CACHE") or os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(given or Path.home() / ".cache") / "dragoman"


def _place(data: bytes) -> Path:
    return folder() / f"{hashlib.sha256(data).hexdigest()[:32]}-{_VERSION}.json"


def load(data: bytes) -> Any:
    """What the file with these bytes parsed to; None where that is not known."""
    try:
        return msgspec.json.decode(_place(data).read_bytes())
    except (OSError, RuntimeError, msgspec.DecodeError):
        return None


def keep(data: bytes, value: Any) -> Any:
    """The value, kept for next time where JSON can hold it and the folder can be written."""
    try:
        encoded = msgspec.json.encode(value)
        if msgspec.json.decode(encoded) == value:
            _write(_place(data), encoded)
    except (OSError, RuntimeError, TypeError, msgspec.MsgspecError):
        pass
    return value


def _write(place: Path, encoded: bytes) -> None:
    """Whole or not at all: another process may read it at this moment."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as draft:
        draft.write(encoded)
    Path(draft.name).replace(place)
