"""A small web site on this machine, for tests of fetching."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOST = "127.0.0.1"
REPORTS = {
    "border": ("Kenya reopens a crossing", "Kenya reopened its border crossing with Somalia on Monday. Somali President Hassan Sheikh Mohamud welcomed the step in a statement."),
    "strike": ("Sudan accuses Chad", "Sudan accused Chad of arming rebels in the west of the country. Chad did not attack Sudan, its foreign ministry said on Friday."),
    "talks": ("Eritrea rejects a demand", "Eritrea must withdraw its troops by 15 March, Ethiopia said. Eritrea rejected the demand on Wednesday after a week of talks."),
}


@dataclass
class Reply:
    """What a path answers. `drip` sends the body byte by byte, so many seconds apart."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drip: float = 0.0


Answer = Reply | Callable[[Mapping[str, str]], Reply]


@dataclass
class Site:
    """The paths of a site, and the requests it got."""

    port: int = 0
    paths: dict[str, Answer] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str = "/", host: str = HOST) -> str:
        """The address of a path."""
        return f"http://{host}:{self.port}{path}"

    def asked(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(found == path for found, _ in self.requests)


def page(title: str, text: str, head: str = "") -> Reply:
    """A page with an article."""
    return Reply(f"<html><head><title>{title}</title>{head}</head><body><nav>Home</nav><article><h1>{title}</h1><p>{text}</p></article></body></html>".encode(),
                 headers={"Content-Type": "text/html; charset=utf-8"})


def rss(*urls: str, day: str = "Mon, 03 Mar 2031 10:00:00 GMT") -> bytes:
    """A feed that points to addresses."""
    items = "".join(f"<item><title>Report {n}</title><link>{url}</link><pubDate>{day}</pubDate></item>" for n, url in enumerate(urls))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Meridian Wire</title>{items}</channel></rss>'.encode()


@contextmanager
def served() -> Iterator[Site]:
    """A site, up until the block ends."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            given = {name.lower(): value for name, value in self.headers.items()}
            site.requests.append((self.path, given))
            found = site.paths.get(self.path, Reply(b"nothing here", 404))
            reply = found if isinstance(found, Reply) else found(given)
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self._send(reply)

        def _send(self, reply: Reply) -> None:
            try:
                for part in [reply.body[i : i + 1] for i in range(len(reply.body))] if reply.drip else [reply.body]:
                    self.wfile.write(part)
                    self.wfile.flush()
                    time.sleep(reply.drip)
            except OSError:
                return  # who asked went away

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
