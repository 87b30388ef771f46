"""Fetching: what may be asked, how much is taken, how politely."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Callable

import pytest

from dragoman import __version__
from dragoman.errors import InputError, NotFetched, RefusedAddress, RobotsForbid, TooLarge
from dragoman.intake.address import is_public
from dragoman.intake.fetch import Fetcher, Limits
from site_server import HOST, Reply, Site

QUICK = Limits(seconds=2, wait=1, largest=100_000, delay=0, allowed=(HOST,))
PAGE = Reply(b"<p>Kenya</p>", headers={"Content-Type": "text/html; charset=ISO-8859-1"})


@pytest.mark.parametrize(
    ("address", "public"),
    [("93.184.216.34", True), ("2606:2800:220:1:248:1893:25c8:1946", True), ("127.0.0.1", False), ("127.9.9.9", False), ("10.0.0.1", False), ("172.16.0.1", False),
     ("172.32.0.1", True), ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.1", False), ("224.0.0.1", False), ("255.255.255.255", False),
     ("::1", False), ("::", False), ("fe80::1", False), ("fe80::1%eth0", False), ("fc00::1", False), ("ff02::1", False), ("::ffff:127.0.0.1", False), ("::ffff:10.1.1.1", False),
     ("64:ff9b::7f00:1", False), ("64:ff9b::5db8:d822", True), ("2002:7f00:1::", False), ("2001:db8::1", False)],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/a", "gopher://example.org", "http://", "//example.org/a", "http://u:p@example.org/", "data:text/html,x", "http://[::1", "x"],
)
def test_only_plain_web_addresses_are_asked(url: str) -> None:
    with pytest.raises(RefusedAddress, match="D015"):
        Fetcher(QUICK).get(url)


@pytest.mark.parametrize("host", [HOST, "localhost", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]"])
def test_a_private_address_is_refused_however_it_is_written(host: str, site: Site) -> None:
    site.paths["/"] = PAGE
    with pytest.raises(InputError) as refused:
        Fetcher(Limits(delay=0)).get(site.url("/", host))
    assert refused.value.code in ("D014", "D015")  # where the system takes no such name, there is no answer at all
    assert site.requests == []


def test_an_allowed_host_is_asked(site: Site) -> None:
    site.paths["/a"] = PAGE
    answer = Fetcher(QUICK).get(site.url("/a"))
    assert (answer.body, answer.content_type, answer.encoding) == (PAGE.body, "text/html", "iso-8859-1")


def test_a_name_that_answers_otherwise_the_second_time_gains_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["93.184.216.34", "127.0.0.1"])
    asked: list[str] = []

    def resolve(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        asked.append(address[0])
        raise ConnectionRefusedError(111, "refused")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(InputError):
        Fetcher(Limits(delay=0)).get("http://rebinding.example/")
    assert asked == ["93.184.216.34"]  # for robots.txt; as that gave nothing, the page is not asked for


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.7")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(RefusedAddress, match=r"10\.0\.0\.7"):
        Fetcher(Limits(delay=0)).get("http://mixed.example/")


@pytest.mark.parametrize("target", ["http://localhost:{port}/secret", "http://127.0.0.2:{port}/secret", "http://169.254.169.254/latest/meta-data", "file:///etc/passwd", "ftp://{host}/x"])
def test_a_redirect_is_checked_like_the_first_address(target: str, site: Site) -> None:
    site.paths |= {"/secret": Reply(b"secret"), "/go": Reply(status=302, headers={"Location": target.format(port=site.port, host=HOST)})}
    with pytest.raises(RefusedAddress):
        Fetcher(QUICK).get(site.url("/go"))
    assert site.asked("/secret") == 0


def test_redirects_are_followed_and_end(site: Site) -> None:
    site.paths |= {"/a": Reply(status=301, headers={"Location": "b"}), "/b": Reply(status=307, headers={"Location": "/c?x=1"}), "/c?x=1": PAGE,
                   "/loop": Reply(status=302, headers={"Location": "/loop"}), "/lost": Reply(status=302)}
    fetcher = Fetcher(QUICK)
    assert fetcher.get(site.url("/a")).url == site.url("/c?x=1")
    for path in ("/loop", "/lost"):
        with pytest.raises(NotFetched, match="D014"):
            fetcher.get(site.url(path))


def bomb(size: int) -> bytes:
    return gzip.compress(b"0" * size)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(b"x" * 100_001), TooLarge),
        (Reply(bomb(50_000_000), headers={"Content-Encoding": "gzip"}), TooLarge),
        (Reply(bomb(5_000)[:-9], headers={"Content-Encoding": "gzip"}), NotFetched),
        (Reply(b"x" * 1_000, drip=0.01), NotFetched),
        (Reply(b"x", headers={"Content-Length": "5000"}), NotFetched),
        (Reply(b"no", 404), NotFetched),
        (Reply(b"", 204), NotFetched),
    ],
    ids=["large", "bomb", "torn", "drip", "short", "404", "204"],
)
def test_an_answer_that_is_none(reply: Reply, error: type[InputError], site: Site) -> None:
    site.paths["/a"] = reply
    begun = time.monotonic()
    with pytest.raises(error):
        Fetcher(QUICK).get(site.url("/a"))
    assert time.monotonic() - begun < 8


def test_a_body_that_was_packed(site: Site) -> None:
    site.paths["/a"] = Reply(gzip.compress(b"words"), headers={"Content-Encoding": "gzip"})
    assert Fetcher(QUICK).get(site.url("/a")).body == b"words"


def test_an_address_where_nobody_answers() -> None:
    with socket.socket() as nobody:
        nobody.bind((HOST, 0))
        with pytest.raises(InputError):
            Fetcher(QUICK).get(f"http://{HOST}:{nobody.getsockname()[1]}/")


def test_who_asks_is_told_and_no_cookie_comes_back(site: Site) -> None:
    site.paths |= {"/a": Reply(b"x", headers={"Set-Cookie": "spy=1"})}
    fetcher = Fetcher(Limits(delay=0, allowed=(HOST,), contact="https://example.org/us"))
    fetcher.get(site.url("/a"))
    fetcher.get(site.url("/a"))
    assert {given["user-agent"] for _, given in site.requests} == {f"dragoman/{__version__} (+https://example.org/us)"}
    assert not any("cookie" in given for _, given in site.requests)


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (Reply(b"User-agent: *\nDisallow: /private"), False),
        (Reply(b"User-agent: dragoman\nDisallow: /\n"), False),
        (Reply(b"User-agent: other\nDisallow: /\n"), True),
        (Reply(b"", 404), True),
        (Reply(b"", 403), True),
        (Reply(b"", 503), False),
        (Reply(b"", 429), False),
        (Reply(b"x" * 100, drip=0.1), False),
    ],
)
def test_robots(robots: Reply, allowed: bool, site: Site) -> None:
    site.paths |= {"/robots.txt": robots, "/private/a": PAGE}
    fetcher = Fetcher(QUICK)
    if allowed:
        fetcher.get(site.url("/private/a"))
    else:
        with pytest.raises(RobotsForbid, match="D016"):
            fetcher.get(site.url("/private/a"))
    assert site.asked("/private/a") == allowed
    assert site.asked("/robots.txt") == 1


@pytest.mark.parametrize(("delay", "robots", "least"), [(0.2, "", 0.4), (0.0, "User-agent: *\nCrawl-delay: 0.3", 0.6)])
def test_a_host_is_not_pressed(delay: float, robots: str, least: float, site: Site) -> None:
    moments: list[float] = []

    def answer(_: object) -> Reply:
        moments.append(time.monotonic())
        return PAGE

    site.paths |= {"/robots.txt": Reply(robots.encode()), "/a": answer}
    fetcher = Fetcher(Limits(delay=delay, allowed=(HOST,)))
    for _ in range(3):
        fetcher.get(site.url("/a"))
    assert moments[-1] - moments[0] >= least


@pytest.mark.parametrize(("value", "wait"), [("120", 120.0), ("soon", None), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0)])
def test_when_to_come_back(value: str, wait: float | None, site: Site) -> None:
    site.paths["/a"] = Reply(status=429, headers={"Retry-After": value})
    with pytest.raises(NotFetched) as refused:
        Fetcher(QUICK).get(site.url("/a"))
    assert (refused.value.status, refused.value.wait) == (429, wait)


def test_nothing_new(site: Site) -> None:
    def answer(given: object) -> Reply:
        return Reply(status=304) if isinstance(given, dict) and given.get("if-none-match") == '"1"' else Reply(b"feed", headers={"ETag": '"1"'})

    site.paths["/feed"] = answer
    fetcher: Callable[..., object] = Fetcher(QUICK).get
    assert getattr(fetcher(site.url("/feed")), "status", 0) == 200
    assert getattr(fetcher(site.url("/feed"), {"If-None-Match": '"1"'}), "status", 0) == 304
