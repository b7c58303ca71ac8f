"""A line between a browser and the office that stops at any byte of an upload, and says so, until it is let go on."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from socketserver import BaseRequestHandler, ThreadingTCPServer

from tests.ports import serve_in_a_thread

UPLOAD = b"PATCH /api/attachments"
OTHERS = (b"GET ", b"HEAD ", b"POST ", b"PUT ")
CHUNK_BYTES = 2**16


class Server(ThreadingTCPServer):
    #: where an office stood a moment ago
    allow_reuse_address = True
    daemon_threads = True


@dataclass
class CuttingLine:
    port: int
    office_port: int
    #: what it has carried of pieces since `watch`, heads and all
    carried: bytearray = field(default_factory=bytearray)
    #: the line stands: everything up to the cut has reached the office
    stands: threading.Event = field(default_factory=threading.Event)
    _cut_at: int | None = None
    _goes_on: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _server: Server | None = None

    def open(self) -> None:
        line = self

        class Handler(BaseRequestHandler):
            def handle(self) -> None:
                line.join(self.request)

        self._server = Server(("127.0.0.1", self.port), Handler)
        serve_in_a_thread(self._server)

    def close(self) -> None:
        self.let_go()
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    def watch(self, cut_at: int | None = None) -> None:
        """From now on: pieces are counted from their first byte, and nothing passes after byte `cut_at` of them."""
        with self._lock:
            self.carried.clear()
            self.stands.clear()
            self._goes_on.clear()
            self._cut_at = cut_at

    def let_go(self) -> None:
        """What stood is cut off; what comes is carried."""
        with self._lock:
            self._cut_at = None
        self._goes_on.set()

    def join(self, browser: socket.socket) -> None:
        try:
            office = socket.create_connection(("127.0.0.1", self.office_port))
        except OSError:
            return  # the office is down
        threading.Thread(target=_pump, args=(office, browser), daemon=True).start()
        is_upload = False
        with suppress(OSError), office:
            while data := browser.recv(CHUNK_BYTES):
                is_upload = data.startswith(UPLOAD) or (is_upload and not data.startswith(OTHERS))
                passes = self._passes(data) if is_upload else data
                office.sendall(passes)
                if len(passes) < len(data):
                    self.stands.set()
                    self._goes_on.wait()
                    break

    def _passes(self, data: bytes) -> bytes:
        with self._lock:
            passes = data if self._cut_at is None else data[: max(0, self._cut_at - len(self.carried))]
            self.carried += passes
        return passes


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(CHUNK_BYTES):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)
