"""A push service on loopback: it decrypts what comes, checks who sent it, and answers as it is told.

Whatever a test proves with it is proven of the bytes that leave the server. `wire` is what a worker reaches it by: the
names resolve to a public address, and the connection goes to loopback instead.
"""

import base64
import json
import os
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from server.core.outbound import Wire
from tests.ports import serve_in_a_thread

HOST = "updates.push.services.mozilla.com"
PUBLIC_ADDRESS = "93.184.215.14"
TOKEN_HOURS_MAX = 24


def as_base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """One browser profile's subscription, and the keys that only it has."""

    token: str
    private: ec.EllipticCurvePrivateKey
    auth: bytes

    def as_json(self) -> dict[str, Any]:
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {
            "endpoint": f"https://{HOST}/wpush/v2/{self.token}",
            "keys": {"p256dh": as_base64(point), "auth": as_base64(self.auth)},
        }


@dataclass
class Message:
    """A push that was accepted."""

    token: str
    payload: dict[str, Any]
    ttl: int
    urgency: str
    topic: str
    key: str


@dataclass
class PushService:
    port: int = 0
    browsers: dict[str, Browser] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    #: every request line and head as it came, for looking for what must not be there
    seen: list[str] = field(default_factory=list)
    #: answers to give instead of 201, by token, the first first: a status, or (status, headers)
    answers: dict[str, list[Any]] = field(default_factory=dict)
    #: `slow`, `endless` or `redirect`: how the next answers misbehave
    mischief: str = ""
    problems: list[str] = field(default_factory=list)
    verified: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def subscribe(self) -> Browser:
        browser = Browser(as_base64(os.urandom(16)), ec.generate_private_key(ec.SECP256R1()), os.urandom(16))
        self.browsers[browser.token] = browser
        return browser

    def wire(self, limit_s: float = 10) -> Wire:
        return wire_to(self.port, limit_s)

    def shown(self) -> dict[tuple[str, str], dict[str, Any]]:
        """What each browser shows: a later message of a topic replaces the earlier."""
        return {(message.token, message.topic): message.payload for message in self.messages}

    def repeats(self) -> int:
        """How many messages only replaced one like it."""
        counted = Counter((message.token, message.topic, message.payload["at"]) for message in self.messages)
        return sum(count - 1 for count in counted.values())

    def receive(self, token: str, headers: Any, body: bytes) -> tuple[int, dict[str, str]]:
        """The answer to one push; what is wrong with it is noted and answered with 400."""
        with self.lock:
            waiting = self.answers.get(token, [])
            told = waiting.pop(0) if waiting else 201
        status, more = told if isinstance(told, tuple) else (told, {})
        if status != 201:
            return status, more
        browser = self.browsers.get(token)
        if browser is None:
            return 404, {}
        try:
            key = self._sender(headers)
            plain = http_ece.decrypt(body, private_key=browser.private, auth_secret=browser.auth, version="aes128gcm")
            payload = json.loads(plain)
            topic = headers.get("Topic", "")
            assert len(raw_of(topic)) <= 24 or len(topic) <= 32, "topic too long"
            assert headers["Content-Encoding"] == "aes128gcm"
            message = Message(token, payload, int(headers["TTL"]), headers.get("Urgency", ""), topic, key)
        except Exception as error:  # noqa: BLE001 - a test reads what it was
            self.problems.append(f"{type(error).__name__}: {error}")
            return 400, {}
        with self.lock:
            self.messages.append(message)
        return 201, {"Location": f"https://{HOST}/m/1"}

    def _sender(self, headers: Any) -> str:
        """The public key of who sent it, once the VAPID token is theirs, for us and still good."""
        scheme, _, rest = headers["Authorization"].partition(" ")
        assert scheme == "vapid", scheme
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        known = self.verified.get(rest)
        if known:
            return known
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw_of(parts["k"]))
        claims = jwt.decode(parts["t"], key, algorithms=["ES256"], audience=f"https://{headers['Host']}")
        assert claims["exp"] - time.time() <= TOKEN_HOURS_MAX * 3600, "token too long"
        assert claims["sub"].startswith(("mailto:", "https:")), "nobody to write to"
        self.verified[rest] = parts["k"]
        return str(parts["k"])


def wire_to(port: int, limit_s: float = 10, elsewhere: Mapping[str, int] | None = None) -> Wire:
    """By which a worker, perhaps in a process of its own, reaches the service on a port; some names lead elsewhere."""
    ports = elsewhere or {}

    def connect(host: str, _address: str, timeout_s: float) -> socket.socket:
        return socket.create_connection(("127.0.0.1", ports.get(host, port)), timeout_s)

    return Wire(resolve=lambda _host: [PUBLIC_ADDRESS], connect=connect, limit_s=limit_s)


def misbehave(how: str, port: int, write: Callable[[bytes], Any]) -> None:
    """An answer that no decent push service gives."""
    match how:
        case "redirect":
            write(f"HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:{port}/secret\r\n\r\n".encode())
        case "slow":
            for byte in b"HTTP/1.1 201 Created\r\nX-Slow: " + b"x" * 1000:
                write(bytes([byte]))
                time.sleep(0.2)
        case "endless":
            write(b"HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\n\r\n")
            for _ in range(100_000):
                write(b"x" * 10_000)
        case "endless head":
            write(b"HTTP/1.1 201 Created\r\n")
            for number in range(1_000_000):
                write(b"X-%d: y\r\n" % number)


@contextmanager
def push_service() -> Iterator[PushService]:
    service = PushService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            service.seen.append(f"{self.requestline}\n{self.headers}")
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            if len(body) < length:
                return  # whoever sent it was killed within it: this is no push, and is sent again
            if service.mischief:
                with suppress(OSError):
                    misbehave(service.mischief, service.port, self.wfile.write)
                return
            status, headers = service.receive(self.path.rpartition("/")[2], self.headers, body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 128
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    service.port = server.server_address[1]
    thread = serve_in_a_thread(server)
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
