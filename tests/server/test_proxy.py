"""What nginx with `deploy/nginx.conf` lets through to the server: whole requests, and no more than it may have."""

from __future__ import annotations

import http.client
import shutil
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.ports import free_port, serve_in_a_thread
from tests.proxy import nginx
from tests.server.test_slow_requests import HEAD, UNFINISHED

MEGABYTE = 2**20
#: more than the system's own buffers take
ANSWER = b"x" * (24 * MEGABYTE)


@dataclass
class Behind:
    """The server behind it: what came, as (method, path, headers, bytes of the body), and how many connections."""

    port: int = 0
    came: list[tuple[str, str, dict[str, str], int]] = field(default_factory=list)
    connections: int = 0
    #: when the last answer was written whole
    answered_at: float = 0


@pytest.fixture
def behind() -> Iterator[Behind]:
    told = Behind(free_port())

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            told.connections += 1
            super().setup()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told.came.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, len(body)))
            answer = ANSWER if self.path == "/large" else b"{}"
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
            told.answered_at = time.monotonic()

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *_arguments: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", told.port), Handler)
    server.daemon_threads = True
    serve_in_a_thread(server)
    yield told
    server.shutdown()
    server.server_close()


@pytest.fixture
def proxy(behind: Behind) -> Iterator[int]:
    folder = Path(tempfile.mkdtemp(prefix="ovikello-nginx-"))
    folder.chmod(0o755)
    with nginx(folder, behind.port) as port:
        yield port
    shutil.rmtree(folder, ignore_errors=True)


def ask(port: int, path: str, body: bytes = b"{}", headers: dict[str, str] | None = None) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", path, body, headers or {})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


@pytest.mark.parametrize("what", UNFINISHED)
def test_what_is_not_whole_does_not_reach_the_server(behind: Behind, proxy: int, what: str) -> None:
    """Twenty at once, and bytes one by one beside them: no connection to the server; a whole request is served."""
    held = [socket.create_connection(("127.0.0.1", proxy)) for _ in range(20)]
    for one in held:
        one.sendall(UNFINISHED[what].replace(b"/api/session", b"/api/sync"))
    trickling = socket.create_connection(("127.0.0.1", proxy))
    trickling.sendall(HEAD.replace(b"/api/session", b"/api/sync") + b"Content-Length: 400\r\n\r\n")
    for _ in range(3):
        trickling.sendall(b"x")
        time.sleep(0.2)
    assert (behind.connections, behind.came) == (0, [])
    assert ask(proxy, "/api/sync") == 200
    assert [path for _, path, _, _ in behind.came] == ["/api/sync"]
    for one in (*held, trickling):
        one.close()


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/api/sync", 8 * MEGABYTE, 200),
        ("/api/sync", 8 * MEGABYTE + 1, 413),
        ("/api/attachments/x", 9 * MEGABYTE, 413),
        ("/api/session", 512 * 1024, 200),
        ("/api/session", 512 * 1024 + 1, 413),
        ("/api/session/refresh", 600 * 1024, 200),
    ],
)
def test_a_body_has_its_bound_before_the_server_sees_it(
    behind: Behind, proxy: int, path: str, size: int, status: int
) -> None:
    assert ask(proxy, path, b"x" * size) == status
    assert [length for _, _, _, length in behind.came] == ([size] if status == 200 else [])


@pytest.mark.parametrize("path", ["/api/sync", "/api/session", "/", "/calendar/secret.ics"])
def test_the_address_is_the_one_that_it_saw(behind: Behind, proxy: int, path: str) -> None:
    """What a client says of itself is replaced, and a connection is not upgraded by its word."""
    forged = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Proto": "http", "Connection": "Upgrade"}
    assert ask(proxy, path, headers=forged) == 200
    ((_, _, headers, _),) = behind.came
    assert (headers["x-forwarded-for"], headers["x-forwarded-proto"]) == ("127.0.0.1", "https")
    assert "upgrade" not in headers.get("connection", "").lower()


def test_signing_in_has_a_limit_of_its_own(behind: Behind, proxy: int) -> None:
    """A burst of 60, then 429; the exchange of the same office goes on meanwhile."""
    said = Counter(ask(proxy, "/api/session") for _ in range(80))
    assert said[200] >= 60
    assert said[429] >= 5
    assert sum(said.values()) == 80
    assert Counter(ask(proxy, "/api/sync") for _ in range(80)) == {200: 80}
    assert len(behind.came) == said[200] + 80


def test_who_reads_slowly_holds_no_place_at_the_server(behind: Behind, proxy: int) -> None:
    """The answer is taken from the server at once, and handed on as slowly as it is read."""
    slow: Any = socket.create_connection(("127.0.0.1", proxy))
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    begun = time.monotonic()
    slow.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
    while not behind.answered_at and time.monotonic() < begun + 10:
        time.sleep(0.05)
    assert behind.answered_at, "the server waits for who reads"
    assert slow.recv(100).startswith(b"HTTP/1.1 200")
    slow.close()
