"""Reading an address that somebody typed in, without being sent to places that only this server can reach.

The name is resolved once. All that it resolves to must be public, and the connection goes to the very address that was
checked, so that a second answer of the name server changes nothing. The certificate is still checked for the name.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit

MOST_BYTES = 2 * 1024 * 1024
MOST_REDIRECTS = 3
LIMIT_S = 10.0
REDIRECTS = (301, 302, 303, 307, 308)
_REAL_IPV6 = ipaddress.ip_network("2000::/3")
_NEVER = tuple(ipaddress.ip_network(net) for net in ("192.0.0.0/24", "2001::/23", "2002::/16"))
"""For protocols, some with an IPv4 address inside; how Python sees them differs from version to version."""


class NotFetched(Exception):
    """`code` is one of: address, private, unreachable, certificate, slow, redirects, refused, gone, large."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Fetched:
    """`content` is None where the other side says that nothing has changed since `etag`."""

    content: bytes | None
    etag: str


def addresses_of(host: str, port: int) -> list[str]:
    """What a name resolves to, in the order in which to try."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def connected(address: str, port: int, timeout: float) -> socket.socket:
    return socket.create_connection((address, port), timeout)


@dataclass(frozen=True, slots=True)
class Net:
    """How names are resolved, connections opened and certificates trusted: a test has a net of its own."""

    resolve: Callable[[str, int], list[str]] = addresses_of
    connect: Callable[[str, int, float], socket.socket] = connected
    trust: Callable[[], ssl.SSLContext] = field(default=ssl.create_default_context)


def is_public(address: str) -> bool:
    """Whether everybody on the internet means the same machine by this address."""
    found = ipaddress.ip_address(address)
    if any(found in net for net in _NEVER) or (found.version == 6 and found not in _REAL_IPV6):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def fetch(address: str, *, etag: str = "", net: Net | None = None, limit_s: float = LIMIT_S) -> Fetched:
    """GET an https address, follow at most three redirects, each checked like the first, and read at most 2 MB.

    All of it takes `limit_s` at most, but for what the name server takes.

    Raises:
        NotFetched: with the reason.
    """
    net, deadline = net or Net(), time.monotonic() + limit_s
    for _hop in range(MOST_REDIRECTS + 1):
        answer = _ask(checked_address(address), etag, net, max(deadline - time.monotonic(), 0.1))
        if isinstance(answer, Fetched):
            return answer
        address = urljoin(address, answer)
    raise NotFetched("redirects")


def checked_address(address: str) -> SplitResult:
    """The parts of an address that may be fetched.

    Raises:
        NotFetched: `address` for anything but https, or with a name and password in it.
    """
    try:
        there = urlsplit(address)
        port = there.port
    except ValueError as error:
        raise NotFetched("address") from error
    is_plain = address.isascii() and address.isprintable() and " " not in address
    if not is_plain or there.scheme != "https" or not there.hostname or "@" in there.netloc or port == 0:
        raise NotFetched("address")
    return there


class _Pinned(http.client.HTTPSConnection):
    """Connects to an address that was checked, and asks it for the certificate of the name."""

    def __init__(self, host: str, port: int, address: str, net: Net, limit_s: float) -> None:
        self._trust = net.trust()
        super().__init__(host, port, timeout=limit_s, context=self._trust)
        self._address, self._net = address, net
        self._held: socket.socket | None = None

    def connect(self) -> None:
        raw = self._net.connect(self._address, self.port, float(self.timeout or LIMIT_S))
        self.sock = self._held = self._trust.wrap_socket(raw, server_hostname=self.host)

    def cut(self) -> None:
        """End what another thread waits for. The response may have taken the socket over: it is held here, too."""
        if self._held is not None:
            with contextlib.suppress(OSError):
                self._held.shutdown(socket.SHUT_RDWR)


def _ask(there: SplitResult, etag: str, net: Net, limit_s: float) -> Fetched | str:
    """One request: what came, or where it sends us."""
    host, port = str(there.hostname), there.port or 443
    connection = _Pinned(host, port, _checked(host, port, net), net, limit_s)
    late = threading.Event()

    def cut() -> None:
        late.set()
        connection.cut()

    # A time limit on the socket starts anew with each byte; this one does not.
    watch = threading.Timer(limit_s, cut)
    watch.start()
    try:
        connection.request("GET", _target(there), headers=_headers(etag))
        answer = _answered(connection.getresponse(), etag)
        if late.is_set():
            # What was cut can look as if it had ended.
            raise NotFetched("slow")
        return answer
    except ssl.SSLCertVerificationError as error:
        raise NotFetched("certificate") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotFetched("slow" if late.is_set() or isinstance(error, TimeoutError) else "unreachable") from error
    finally:
        watch.cancel()
        connection.close()


def _checked(host: str, port: int, net: Net) -> str:
    try:
        found = net.resolve(host, port)
        is_all_public = all(is_public(address) for address in found)
    except (OSError, ValueError) as error:
        raise NotFetched("unreachable") from error
    if not found:
        raise NotFetched("unreachable")
    if not is_all_public:
        raise NotFetched("private")
    return found[0]


def _answered(response: http.client.HTTPResponse, etag: str) -> Fetched | str:
    if response.status in REDIRECTS and (target := response.getheader("Location")):
        return target
    if response.status == 304 and etag:
        return Fetched(None, etag)
    if response.status in (404, 410):
        raise NotFetched("gone")
    if response.status != 200 or response.getheader("Content-Encoding", "identity") != "identity":
        raise NotFetched("refused")
    content = response.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise NotFetched("large")
    if response.length:
        raise NotFetched("unreachable")
    return Fetched(content, (response.getheader("ETag") or "")[:200])


def _target(there: SplitResult) -> str:
    return (there.path or "/") + (f"?{there.query}" if there.query else "")


def _headers(etag: str) -> dict[str, str]:
    given = {"Accept": "text/calendar, text/plain;q=0.5", "Accept-Encoding": "identity", "User-Agent": "Bothways"}
    return {**given, "If-None-Match": etag} if etag else given
