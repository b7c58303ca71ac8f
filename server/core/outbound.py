"""One request out, and nowhere but where it may go (N9).

    https, port 443 → every resolved address public → connected to that very address → no redirect, one answer in
    10 s, of which status and Retry-After are read and the body is not (but of a sign-in provider, up to a length)

A push service's address comes from a browser, so it is checked when it is stored and again whenever it is used. Tests
give another `Wire` (resolver and connection); the rules themselves cannot be switched off. For an alarm's channel
and a sign-in provider only may the operator name hosts inside the organisation's own network
(`OVIKELLO_INSIDE_GATEWAYS`).
"""

import logging
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv6Address, IPv6Network, ip_address, ip_network
from threading import Timer
from typing import Literal, NamedTuple
from urllib.parse import SplitResult, urlsplit

from server.config import LIMITS
from server.core.reminder_tables import ReminderRow

log = logging.getLogger("ovikello.worker")

HTTPS_PORT = 443
TAKEN = range(200, 300)
BUSY = (408, 425, 429)
#: IPv6 addresses that stand for an IPv4 address which we would not see
NAT64 = IPv6Network("64:ff9b::/96")
#: an organisation's own network: neither this machine nor what answers on every link
INSIDE = [ip_network(each) for each in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")]


class AddressRefused(Exception):
    """The address is none that we send to. The text says which rule, never the address."""


class NoAnswer(Exception):
    """Nobody answered in time. The text is the sort of failure."""


@dataclass(frozen=True)
class OutboundReply:
    """What came back. `retry_after` is the header as it came."""

    status: int
    retry_after: str = ""


class OutboundRequest(NamedTuple):
    method: Literal["GET", "POST"]
    url: str
    headers: Mapping[str, str]
    body: bytes | None = None


class FetchedReply(NamedTuple):
    """An answer that is read."""

    status: int
    body: bytes


TryOutcome = Literal["taken", "gone", "later", "refused"]


class Delivery(NamedTuple):
    """What came of a try. `address` is a subscription's id, or the channel's name; `reason` why it was not taken."""

    address: str
    outcome: TryOutcome
    retry_after: str = ""
    reason: str | None = None


#: sends a claimed row through a channel that is not push
Channel = Callable[[ReminderRow], Delivery]


def outcome_of(answer: OutboundReply) -> TryOutcome:
    """What the status of an answer means: taken, later, or refused for good."""
    if answer.status in TAKEN:
        return "taken"
    is_busy = answer.status in BUSY or answer.status >= 500
    log.warning("answered %s", answer.status)
    return "later" if is_busy else "refused"


def reason_of(answer: OutboundReply) -> str | None:
    return None if answer.status in TAKEN else f"answered_{answer.status}"


def reason_for(error: AddressRefused | NoAnswer) -> str:
    """A code for the screen; nothing of an address."""
    return "address_refused" if isinstance(error, AddressRefused) else "no_answer"


def system_addresses(host: str) -> list[str]:
    found = socket.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def tls_connection(host: str, address: str, timeout_s: float) -> socket.socket:
    """A connection to the address that was checked, whose certificate is that of the host."""
    plain = socket.create_connection((address, HTTPS_PORT), timeout_s)
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


@dataclass(frozen=True)
class Wire:
    """How names become addresses, and addresses connections."""

    resolve: Callable[[str], Sequence[str]] = system_addresses
    connect: Callable[[str, str, float], socket.socket] = tls_connection
    limit_s: float = LIMITS.send_s_max


#: what an app takes, unless a test gives it another
WIRE = Wire()


def checked(url: str) -> SplitResult:
    """The parts of an address that may be sent to, as far as its text tells. `AddressRefused` for any other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefused("malformed") from None
    if parts.scheme != "https" or port not in {None, HTTPS_PORT}:
        raise AddressRefused("not https")
    if not parts.hostname or parts.username is not None or parts.password is not None or parts.fragment:
        raise AddressRefused("malformed")
    if len(url) > LIMITS.address_chars_max or not url.isascii() or any(character <= " " for character in url):
        raise AddressRefused("malformed")
    return parts


def is_public(address: str) -> bool:
    """Whether it lies in the open internet, whatever it is wrapped in."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if found.sixtofour is not None or found.teredo is not None or found in NAT64:
            return False
    return found.is_global and not found.is_multicast


def is_inside(address: str) -> bool:
    """Whether it lies in an organisation's own network."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        return is_inside(str(found.ipv4_mapped))
    return any(found in network for network in INSIDE if network.version == found.version)


def post(
    wire: Wire, url: str, headers: Mapping[str, str], body: bytes, inside: frozenset[str] = frozenset()
) -> OutboundReply:
    """Send a body. `AddressRefused` before anything leaves, `NoAnswer` where none came in `limit_s`.

    `inside`: hosts of the operator's that may lie at a private address.
    """
    with _asked(wire, OutboundRequest("POST", url, headers, body), inside) as reply:
        return OutboundReply(reply.status, reply.headers.get("Retry-After", ""))  # its head: the body is never read


def fetch(wire: Wire, request: OutboundRequest, bytes_max: int, inside: frozenset[str] = frozenset()) -> FetchedReply:
    """The same, of an address that the operator has named: its answer is read, up to `bytes_max`."""
    with _asked(wire, request, inside) as reply:
        body = reply.read(bytes_max + 1)
    if len(body) > bytes_max:
        raise NoAnswer("too long")
    return FetchedReply(reply.status, body)


@contextmanager
def _asked(wire: Wire, request: OutboundRequest, inside: frozenset[str]) -> Iterator[HTTPResponse]:
    parts = checked(request.url)
    host = str(parts.hostname)
    last = time.monotonic() + wire.limit_s
    try:
        addresses = wire.resolve(host)
    except OSError:
        raise NoAnswer("no such host") from None
    if not addresses or not all(is_public(each) or (host in inside and is_inside(each)) for each in addresses):
        raise AddressRefused("not public")
    try:
        opened = wire.connect(host, addresses[0], max(last - time.monotonic(), 0.1))
    except OSError as error:
        raise NoAnswer(type(error).__name__) from None
    # A limit on each read would let a drop every nine seconds go on for ever: this one is on the whole.
    timer = Timer(max(last - time.monotonic(), 0.1), _cut, [opened])
    timer.daemon = True
    timer.start()
    try:
        connection = HTTPConnection(host)
        connection.sock = opened
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(request.method, path, request.body, {**request.headers, "Connection": "close"})
        reply = connection.getresponse()
        yield reply
        reply.close()
    except (OSError, HTTPException) as error:
        raise NoAnswer(type(error).__name__) from None
    finally:
        timer.cancel()
        opened.close()


def _cut(opened: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(opened, socket.SHUT_RDWR)  # also beneath TLS
