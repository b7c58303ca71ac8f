"""The network's edge between browsers and the office: it loses replies, plays the captive portal, and is slow.

A proxy rather than Playwright's routes: a lost reply must not leave its cookies in the browser, and the developer
protocol slows down pages only, not the worker that talks to the server.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.ports import serve_in_a_thread

PORTAL = b"<!doctype html><title>Wi-Fi</title><h1>Welcome on board. Accept our terms!</h1>"
BUSY = b'{"problem": {"code": "try_later"}}'
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}
WAIT_MAX_S = 30
LATE_S = 2
Headers = list[tuple[str, str]]


def late(body: bytes) -> bytes:
    """For `altered`: the same answer, after so long that much can be tapped meanwhile."""
    time.sleep(LATE_S)
    return body


@dataclass
class Edge:
    """`asked` counts what arrived, as `POST /api/sync`; each method changes what happens from now on."""

    port: int
    office_port: int
    asked: Counter[str] = field(default_factory=Counter)
    portal: bool = False
    #: so many replies of an address are lost after the office has given them
    losses: Counter[str] = field(default_factory=Counter)
    #: so many requests of an address find the office too busy for them
    busy: Counter[str] = field(default_factory=Counter)
    #: every so many replies of an address are lost
    lossy: dict[str, int] = field(default_factory=dict)
    delay_s: float = 0
    bytes_per_s: float = float("inf")
    #: changes what the office answers to an address
    altered: dict[str, Callable[[bytes], bytes]] = field(default_factory=dict)
    #: the same, where it depends on the body of the request: a phone that gave up asks again
    answered: dict[str, Callable[[bytes, bytes], bytes]] = field(default_factory=dict)
    _server: ThreadingHTTPServer | None = None

    def open(self) -> None:
        edge = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                edge.answer(self)

            def do_POST(self) -> None:
                edge.answer(self)

            def do_PUT(self) -> None:
                edge.answer(self)

            def do_DELETE(self) -> None:
                edge.answer(self)

            def do_PATCH(self) -> None:
                edge.answer(self)

            def do_HEAD(self) -> None:
                edge.answer(self)

            def log_message(self, *_arguments: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        serve_in_a_thread(self._server)

    def close(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    def answer(self, asked: BaseHTTPRequestHandler) -> None:
        body = asked.rfile.read(int(asked.headers.get("content-length") or 0))
        name = f"{asked.command} {asked.path.partition('?')[0]}"
        self.asked[name] += 1
        asked.close_connection = True
        self._linger()
        if self.portal:
            self._reply(asked, 200, [("Content-Type", "text/html")], PORTAL)
            return
        if self.busy[name] > 0:
            self.busy[name] -= 1
            self._reply(asked, 503, [("Content-Type", "application/json")], BUSY)
            return
        try:
            with closing(HTTPConnection("127.0.0.1", self.office_port, timeout=WAIT_MAX_S)) as office:
                office.request(asked.command, asked.path, body, self._headers(asked))
                reply = office.getresponse()
                content = reply.read()
        except (OSError, HTTPException):
            return  # the office is down: the connection ends without a reply
        if self._is_lost(name):
            return
        content = self.altered.get(asked.path, bytes)(content)
        if asked.path in self.answered:
            content = self.answered[asked.path](body, content)
        kept = [(key, value) for key, value in reply.getheaders() if key.lower() not in HOP_BY_HOP]
        self._reply(asked, reply.status, kept, content)

    def _linger(self) -> None:
        """For as long as it is slow: what is being waited for when it gets quicker comes at once."""
        begun = time.monotonic()
        while time.monotonic() - begun < self.delay_s:
            time.sleep(0.02)

    def _headers(self, asked: BaseHTTPRequestHandler) -> dict[str, str]:
        """What is altered is asked for whole, plain and anew."""
        headers = {name.lower(): value for name, value in asked.headers.items()}
        if asked.path in self.altered or asked.path in self.answered:
            for name in ("if-none-match", "if-modified-since", "accept-encoding"):
                headers.pop(name, None)
        return headers

    def _is_lost(self, name: str) -> bool:
        if self.losses[name] > 0:
            self.losses[name] -= 1
            return True
        return name in self.lossy and self.asked[name] % self.lossy[name] == 0

    def _reply(
        self, asked: BaseHTTPRequestHandler, status: int, headers: list[tuple[str, str]], content: bytes
    ) -> None:
        asked.send_response_only(status)
        for key, value in headers:
            asked.send_header(key, value)
        if status != 204:
            asked.send_header("Content-Length", str(len(content)))
        asked.end_headers()
        step = 4096
        for start in range(0, len(content), step):
            asked.wfile.write(content[start : start + step])
            time.sleep(step / self.bytes_per_s)
