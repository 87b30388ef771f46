"""Which addresses may be asked, and connecting to exactly the one that was checked.

A name is resolved once; every address it stands for must be public, and the connection goes to one of these and no other, so that a name
that answers otherwise the second time gains nothing. TLS still checks the certificate against the name.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from dragoman.errors import RefusedAddress

_SCHEMES = ("http", "https")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(text: str) -> bool:
    """Whether an IP address is one of the public internet, also where IPv6 wraps an IPv4 address."""
    address = _inner(ipaddress.ip_address(text.partition("%")[0]))
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for, if it stands for one."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None) or address


def check_url(url: str) -> httpcore.URL:
    """The address as httpcore takes it.

    Raises:
        RefusedAddress: it is no http(s) address, names no host, or holds a password.
    """
    import httpx

    try:
        found = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise RefusedAddress(url, detail=f"no address: {error}") from error
    if found.scheme not in _SCHEMES or not found.host:
        raise RefusedAddress(url, detail="only http and https addresses are fetched")
    if found.userinfo:
        raise RefusedAddress(url, detail="it holds a user name")
    return httpcore.URL(scheme=found.raw_scheme, host=found.raw_host, port=found.port, target=found.raw_path)


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to public addresses only, within a deadline.

    Args:
        allowed: hosts that may have other addresses.
        deadline: the moment (`time.monotonic`) at which every wait ends.
    """

    def __init__(self, allowed: Iterable[str], deadline: float) -> None:
        self._allowed, self._deadline = frozenset(allowed), deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Any = None) -> httpcore.NetworkStream:
        """A connection to an address that the host's name stands for, checked."""
        refused: Exception = httpcore.ConnectError("no address")
        for address in self._addresses(host, port):
            try:
                stream = self._plain.connect_tcp(address, port, left(self._deadline, timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
            else:
                return _Stream(stream, self._deadline)
        raise refused

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = [str(info[4][0]) for info in socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)]
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} is not known") from error
        if host not in self._allowed and (closed := next((address for address in found if not is_public(address)), None)):
            raise RefusedAddress(host, detail=f"{closed} is no public address; allow it with --allow-host {host}")
        return list(dict.fromkeys(found))

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Any = None) -> httpcore.NetworkStream:
        """Never."""
        raise RefusedAddress(path, detail="no network address")

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


def left(deadline: float, timeout: float | None) -> float:
    """Seconds that a wait may take.

    Raises:
        ReadTimeout: none are left.
    """
    rest = deadline - time.monotonic()
    if rest <= 0:
        raise httpcore.ReadTimeout("it took too long")
    return rest if timeout is None else min(rest, timeout)


class _Stream(httpcore.NetworkStream):
    """A connection on which no wait goes beyond the deadline, however slowly bytes drip."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left(self._deadline, timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
