"""Fetching over http(s), safely and politely.

Only public addresses (see `address`); redirects are followed one by one and checked like the first address; size, time and what a body
unpacks to are limited; no cookies, no proxies from the environment, no credentials; a stated User-Agent. robots.txt is kept (RFC 9309:
one that is not there allows all, one that cannot be had forbids all), and a host is asked at most once in `delay` seconds, or as seldom
as its Crawl-delay says.
"""

from __future__ import annotations

import email.utils
import gzip
import io
import time
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import urljoin

import httpcore

from dragoman import __version__
from dragoman.errors import InputError, NotFetched, RefusedAddress, RobotsForbid, TooLarge
from dragoman.intake.address import CheckedBackend, check_url

AGENT = "dragoman"
LARGEST = 10_000_000
_ROBOTS_LARGEST = 500_000
_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 5
_LONGEST_WAIT = 60.0
_ROBOTS_KEPT = 24 * 3600.0
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Limits:
    """How to ask: seconds for a whole answer, seconds for one wait, bytes of an answer, seconds between two requests to a host, what hosts may be private, who asks."""

    seconds: float = 30.0
    wait: float = 10.0
    largest: int = LARGEST
    delay: float = 1.0
    allowed: Collection[str] = ()
    contact: str = ""

    @property
    def agent(self) -> str:
        """The User-Agent that is stated."""
        return f"{AGENT}/{__version__}" + (f" (+{self.contact})" if self.contact else " (news reader)")


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave. `url` is where it was found in the end; a 304 has no body."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """The media type, lower case, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def encoding(self) -> str | None:
        """The encoding that the media type names."""
        _, _, named = self.headers.get("content-type", "").lower().partition("charset=")
        return named.partition(";")[0].strip(" \"'") or None


@dataclass
class _Host:
    robots: Any = None
    robots_at: float = 0.0
    next_at: float = 0.0


@dataclass
class Fetcher:
    """Asks hosts, keeping what is known of each."""

    limits: Limits = Limits()
    _hosts: dict[str, _Host] = field(default_factory=dict)

    def get(self, url: str, conditions: Mapping[str, str] | None = None) -> Answer:
        """What stands at an address.

        Args:
            url: where.
            conditions: headers such as If-None-Match; a 304 is then an answer.

        Raises:
            RefusedAddress, RobotsForbid: it must not be asked.
            NotFetched: no answer, or none with a body; `status` and `wait` say more.
            TooLarge: the body is larger than any article.
        """
        for _ in range(_MOST_REDIRECTS + 1):
            self._expect_allowed(url)
            answer = self._polite(url, conditions or {})
            if answer.status not in _REDIRECTS:
                return _expect_body(answer)
            url = _target(answer)
        raise NotFetched(url, detail="too many redirects", status=310)

    def _polite(self, url: str, conditions: Mapping[str, str], largest: int = 0) -> Answer:
        """One request, not before its time."""
        host = self._host(url)
        if (wait := host.next_at - time.monotonic()) > 0:
            time.sleep(min(wait, _LONGEST_WAIT))
        try:
            return _request(url, self.limits, conditions, largest or self.limits.largest)
        finally:
            host.next_at = time.monotonic() + self._delay(host)

    def _delay(self, host: _Host) -> float:
        stated = host.robots.crawl_delay(AGENT) if host.robots else None
        return max(self.limits.delay, float(stated or 0))

    def _host(self, url: str) -> _Host:
        return self._hosts.setdefault(_origin(url), _Host())

    def _expect_allowed(self, url: str) -> None:
        """Refuse what robots.txt forbids."""
        host = self._host(url)
        if host.robots is None or time.monotonic() - host.robots_at > _ROBOTS_KEPT:
            host.robots, host.robots_at = self._robots(_origin(url)), time.monotonic()
        if not host.robots.can_fetch(url, AGENT):
            raise RobotsForbid(url)

    def _robots(self, origin: str) -> Any:
        """The rules of a host; one redirect is followed, as far as it stays there."""
        from protego import Protego

        url = f"{origin}/robots.txt"
        try:
            answer = self._polite(url, {}, _ROBOTS_LARGEST)
            if answer.status in _REDIRECTS and _origin(target := _target(answer)) == origin:
                answer = self._polite(target, {}, _ROBOTS_LARGEST)
        except RefusedAddress:
            raise
        except InputError:
            return Protego.parse("User-agent: *\nDisallow: /")
        if answer.status >= 500 or answer.status == 429:
            return Protego.parse("User-agent: *\nDisallow: /")
        return Protego.parse(answer.body.decode("utf-8", "replace") if answer.status == 200 else "")


def _origin(url: str) -> str:
    origin = check_url(url).origin
    return f"{origin.scheme.decode()}://{origin.host.decode()}:{origin.port}"


def _target(answer: Answer) -> str:
    if not (target := answer.headers.get("location", "")):
        raise NotFetched(answer.url, detail="a redirect to nowhere", status=answer.status)
    return urljoin(answer.url, target)


def _expect_body(answer: Answer) -> Answer:
    if answer.status in (200, 203, 304):
        return answer
    raise NotFetched(answer.url, detail=f"status {answer.status}", status=answer.status, wait=_retry_after(answer.headers.get("retry-after")))


def _retry_after(value: str | None) -> float | None:
    """Seconds that a host asks to be left alone: a number, or until a date."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, (email.utils.parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


@cache
def _trust() -> Any:
    import httpx

    return httpx.create_ssl_context(trust_env=False)


def _request(url: str, limits: Limits, conditions: Mapping[str, str], largest: int) -> Answer:
    """One request without redirects, on a connection of its own."""
    target = check_url(url)
    deadline = time.monotonic() + limits.seconds
    host = target.host.decode("ascii")
    shown = f"[{host}]" if ":" in host else host
    headers = [("Host", shown if target.port is None else f"{shown}:{target.port}"), ("User-Agent", limits.agent), ("Accept-Encoding", "gzip"),
               ("Accept", "*/*"), ("Connection", "close"), *conditions.items()]
    waits = {"connect": limits.wait, "read": limits.wait, "write": limits.wait, "pool": limits.wait}
    try:
        with (httpcore.ConnectionPool(ssl_context=_trust(), network_backend=CheckedBackend(limits.allowed, deadline)) as pool,
              pool.stream("GET", target, headers=headers, extensions={"timeout": waits}) as response):  # fmt: skip
            named = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            return Answer(url, response.status, named, _body(response, url, named, largest))
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
        raise NotFetched(url, detail=_said(error)) from error


def _said(error: Exception) -> str:
    return "it took too long" if isinstance(error, httpcore.TimeoutException) else str(error) or type(error).__name__


def _body(response: httpcore.Response, url: str, headers: Mapping[str, str], largest: int) -> bytes:
    """The body, unpacked, no more than allowed of either."""
    received = bytearray()
    for chunk in response.iter_stream():
        received += chunk
        if len(received) > largest:
            raise TooLarge(url, largest=largest, how="")
    return unpacked(bytes(received), headers.get("content-encoding", ""), url, largest)


def unpacked(data: bytes, encoding: str, subject: str, largest: int = LARGEST) -> bytes:
    """The bytes that a body stands for.

    Raises:
        TooLarge: there are more than allowed.
        NotFetched: they cannot be unpacked.
    """
    if encoding.strip().lower() not in ("gzip", "x-gzip"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            found = stream.read(largest + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise NotFetched(subject, detail=f"a broken body: {error}") from error
    if len(found) > largest:
        raise TooLarge(subject, largest=largest, how=" when unpacked")
    return found
