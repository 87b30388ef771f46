"""`feeds.toml`: which feeds and news sitemaps are followed, how often, and how hosts are treated."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import RefusedAddress, SettingError
from dragoman.intake.address import check_url

_KINDS = {"contact": str, "delay": (int, float), "every": (int, float), "days": int, "allow_hosts": list, "feed": list}
_FEED_KINDS = {"url": str, "outlet": str, "every": (int, float), "days": int}


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed or sitemap: its address, the outlet its articles are of (None: as it says itself), seconds between two looks, days that an article may be old."""

    url: str
    outlet: str | None = None
    every: float = 900.0
    days: int = 30


@dataclass(frozen=True, slots=True)
class Watch:
    """What is followed, and how hosts are asked."""

    feeds: tuple[Feed, ...]
    contact: str = ""
    delay: float = 2.0
    allow_hosts: tuple[str, ...] = ()


def load_watch(path: Path) -> Watch:
    """The settings of a file.

    Raises:
        SettingError: it cannot be read, or says something that makes no sense.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingError(path, detail=f"cannot be opened ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(path, detail=f"no valid TOML: {error}.") from error
    _expect(found, _KINDS, str(path))
    feeds = tuple(_feed(feed, found, f"{path}: feed {number}") for number, feed in enumerate(found.get("feed", []), 1))
    if not feeds:
        raise SettingError(path, detail="no feed. Name at least one: [[feed]] and url = \"https://...\".")
    return Watch(feeds, found.get("contact", ""), float(found.get("delay", 2.0)), tuple(found.get("allow_hosts", ())))


def _feed(feed: Any, general: Mapping[str, Any], where: str) -> Feed:
    if not isinstance(feed, dict) or "url" not in feed:
        raise SettingError(where, detail="it needs a `url`.")
    _expect(feed, _FEED_KINDS, where)
    try:
        check_url(feed["url"])
    except RefusedAddress as error:
        raise SettingError(where, detail=str(error)) from error
    shared = {name: general[name] for name in ("every", "days") if name in general}
    return Feed(**{**shared, **feed})


def _expect(found: Mapping[str, Any], kinds: Mapping[str, Any], where: str) -> None:
    for name, value in found.items():
        if name not in kinds:
            raise SettingError(where, detail=f"unknown setting `{name}`. There are {', '.join(kinds)}.")
        if not isinstance(value, kinds[name]) or isinstance(value, bool) or (isinstance(value, int | float) and value < 0):
            raise SettingError(where, detail=f"`{name}` cannot be {value!r}.")
