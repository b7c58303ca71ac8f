"""Slow and unfinished requests block nobody.

A connection takes a thread once something has come, and has so long to finish its request: `READ_S`, and a second more
for each `BYTES_PER_S_MIN` that came. The body is read before the application is asked, to the disk where it is large;
only whole requests take one of the places in which work is done. A proxy in front (`deploy/`) does the same with
less: it hands over whole requests only. A request that waits (`parked.py`) keeps its connection and takes no thread.
"""

import errno
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from email.utils import formatdate
from functools import partial
from io import BytesIO
from selectors import EVENT_READ
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from gunicorn.http.errors import ParseException
from gunicorn.workers.gthread import TConn, ThreadWorker

from server.config import LIMITS
from server.core.device_quota import PROBLEM
from server.core.parked import PARK, Parked, Waiter

#: places in which work is done at once
WORKING = 8
#: threads that read requests or wait for a place
REQUEST_THREADS = 64
#: of them, for the unfinished requests of one address
READING_FROM_ONE_ADDRESS_MAX = 24
CONNECTIONS_MAX = 4000
READ_S = 10
BYTES_PER_S_MIN = 4096
SEND_S = 30
PLACE_WAIT_S = 20
#: where a table comes in
IMPORTS = "/api/admin/import/"
SPOOLED_BYTES = 256 * 2**10

if TYPE_CHECKING:
    from _typeshed import OptExcInfo, ReadableBuffer


class PatientSocket(socket.socket):
    """A client's socket that gives up on who sends or takes too slowly."""

    begun: float
    received = 0

    def begin(self) -> None:
        """Another request is expected."""
        self.begun, self.received = time.monotonic(), 0

    def recv(self, *given: int) -> bytes:
        left_s = self.begun + READ_S + self.received / BYTES_PER_S_MIN - time.monotonic()
        if left_s <= 0:
            raise ConnectionResetError(errno.ECONNRESET, "too slow")
        self.settimeout(left_s)
        try:
            data = super().recv(*given)
        except TimeoutError:
            raise ConnectionResetError(errno.ECONNRESET, "too slow") from None
        self.received += len(data)
        return data

    def sendall(self, data: "ReadableBuffer", *given: int) -> None:
        self.settimeout(SEND_S + memoryview(data).nbytes / BYTES_PER_S_MIN)
        try:
            super().sendall(data, *given)
        except TimeoutError:
            raise ConnectionResetError(errno.ECONNRESET, "too slow") from None


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's threads, with connections that have to say something before they take one."""

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        self.reading: Counter[str] = Counter()
        self.lock = threading.Lock()
        self.parked: dict[TConn, Parked] = {}

    def accept(self, listener: socket.socket) -> None:
        try:
            accepted, client = listener.accept()
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                return
            raise
        sock = PatientSocket(accepted.family, accepted.type, accepted.proto, fileno=accepted.detach())
        self.nr_conns += 1
        conn = TConn(self.cfg, sock, client, listener.getsockname())
        conn.timeout = time.monotonic() + READ_S
        self.pending_conns.append(conn)
        self.poller.register(sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def handle(self, conn: TConn) -> object:
        address = conn.client[0] if isinstance(conn.client, tuple) else ""
        with self.lock:
            is_refused = self.reading[address] >= self.reading_max
            self.reading[address] += not is_refused
        if is_refused:
            return False  # closed: whoever is behind it tries again
        conn.sock.begin()
        conn.has_arrived = partial(self._arrived, conn, address)
        conn.is_reading = True
        try:
            return super().handle(conn)
        finally:
            conn.has_arrived()

    def handle_request(self, req: object, conn: TConn) -> object:
        self.wsgi.on_arrival(conn.has_arrived)
        try:
            return super().handle_request(req, conn)
        except Parked as parked:
            conn.parked = parked
            return False

    def finish_request(self, conn: TConn, fs: "Future[object]") -> None:
        """In the worker's loop. A request that waits is looked at again once it is answered, or hung up on."""
        parked: Parked | None = getattr(conn, "parked", None)
        conn.parked = None
        if parked is None:
            super().finish_request(conn, fs)
            return
        conn.sock.setblocking(False)
        self.parked[conn] = parked
        self.poller.register(conn.sock, EVENT_READ, partial(self._hung_up, conn))
        parked.waiter.enter(lambda body: self.method_queue.defer(self._answer, conn, body))
        if not self.alive:
            self._answer(conn, parked.body)

    def _hung_up(self, conn: TConn, sock: socket.socket) -> None:
        self.poller.unregister(sock)
        self.parked.pop(conn).waiter.leave()
        self.nr_conns -= 1
        conn.close()

    def _answer(self, conn: TConn, body: bytes) -> None:
        parked = self.parked.pop(conn, None)
        if parked is None:
            return
        self.poller.unregister(conn.sock)
        parked.waiter.leave()
        message = parked.message(body, formatdate(usegmt=True))
        try:  # the loop waits for nobody: who has not read what was sent before is hung up on
            is_sent = conn.sock.send(message) == len(message)
        except OSError:
            is_sent = False
        if not is_sent:
            self.nr_conns -= 1
            conn.close()
            return
        conn.set_timeout()
        self.keepalived_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_client_socket_readable, conn))

    def _cap_keepalive(self, deadline: float) -> None:
        """At the end of the server: who waits is answered first, so that nobody is waited for."""
        for conn, parked in list(self.parked.items()):
            self._answer(conn, parked.body)
        super()._cap_keepalive(deadline)

    @property
    def reading_max(self) -> int:
        """Behind proxies all come from one address."""
        is_direct = not self.wsgi.trusted_proxies
        return READING_FROM_ONE_ADDRESS_MAX if is_direct else REQUEST_THREADS

    def _arrived(self, conn: TConn, address: str) -> None:
        with self.lock:
            if conn.is_reading:
                conn.is_reading = False
                self.reading[address] -= 1
                if not self.reading[address]:
                    del self.reading[address]


class WholeRequests:
    """What gunicorn calls: the application, once a request has come whole and there is a place for it."""

    def __init__(self, app: WSGIApplication, trusted_proxies: int) -> None:
        self.app = app
        self.trusted_proxies = trusted_proxies
        self.places = threading.BoundedSemaphore(WORKING)
        self.here = threading.local()

    def on_arrival(self, say: Callable[[], None]) -> None:
        """Whom this thread tells that its request has come whole."""
        self.here.say = say

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            environ["wsgi.input"] = _body_of(environ)
        except (OSError, ParseException):
            environ[PROBLEM] = "body_malformed"
        self.here.say()
        if not self.places.acquire(timeout=PLACE_WAIT_S):
            environ[PROBLEM] = "try_later"
            return self.app(environ, start_response)
        try:
            return self._answered(environ, start_response)
        finally:
            self.places.release()

    def _answered(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The application's answer. `Parked` where it is to be sent later, and the other side takes that."""
        waiters: list[Waiter] = []
        if environ.get("SERVER_PROTOCOL") == "HTTP/1.1":
            environ[PARK] = waiters.append
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def start(
            status: str, headers: list[tuple[str, str]], exc_info: "OptExcInfo | None" = None, /
        ) -> Callable[[bytes], object]:
            begun.append((status, headers))
            return start_response(status, headers, exc_info)

        answer = self.app(environ, start)
        if not waiters:
            return answer
        parked = Parked(waiters[0], *begun[-1], b"".join(answer))
        close: Callable[[], None] = getattr(answer, "close", lambda: None)
        close()
        raise parked


def _bytes_max(path: str) -> int:
    if path == "/api/sync":
        return LIMITS.body_packed_bytes_max
    return LIMITS.import_body_bytes_max if path.startswith(IMPORTS) else LIMITS.form_bytes_max


def _body_of(environ: WSGIEnvironment) -> object:
    """The body, read. One that announces more than any may have is left for the application to refuse."""
    most = _bytes_max(environ["PATH_INFO"])
    announced = environ.get("CONTENT_LENGTH") or ("0" if "HTTP_TRANSFER_ENCODING" not in environ else "")
    source = environ["wsgi.input"]
    if announced.isdigit() and int(announced) > most:
        return source
    if announced == "0":
        return BytesIO()
    body = SpooledTemporaryFile(max_size=SPOOLED_BYTES)  # noqa: SIM115 - it goes with the request
    left = int(announced) if announced.isdigit() else most + 1
    while left > 0 and (piece := source.read(min(left, 64 * 2**10))):
        body.write(piece)
        left -= len(piece)
    if announced.isdigit() and left:
        raise ConnectionResetError(errno.ECONNRESET, "cut short")
    body.seek(0)
    return body
