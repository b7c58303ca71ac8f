"""A front between browser and server: it delays both ways, counts requests and bytes, and can be cut off.

Chromium's own emulation of slow networks does not reach workers, and the exchange runs in one.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

CHUNK_BYTES = 2**16


@dataclass
class Tally:
    """Requests to `/api/`, and what their bodies and heads weighed."""

    paths: list[str] = field(default_factory=list)
    up_bytes: int = 0
    down_bytes: int = 0
    head_bytes: int = 0

    @property
    def requests(self) -> int:
        return len(self.paths)


class Front:
    """Listens on a port of its own in front of `back_port`. `round_trip_ms` may change at any time."""

    def __init__(self, back_port: int) -> None:
        self.back_port = back_port
        self.port = 0
        self.round_trip_ms = 0.0
        self.tally = Tally()
        self._loop = asyncio.new_event_loop()
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self.restore()

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def restore(self) -> None:
        """Let connections through (again, at the same port)."""
        self._do(self._listen())

    def cut(self) -> None:
        """No network: open connections break, new ones are refused."""
        self._do(self._close())

    def stop(self) -> None:
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)

    def counted(self) -> Tally:
        """What came through since the last call."""
        told, self.tally = self.tally, Tally()
        return told

    def _do(self, work: object) -> None:
        assert asyncio.iscoroutine(work)
        asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._server:
            self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            back_reader, back_writer = await asyncio.open_connection("127.0.0.1", self.back_port)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, back_writer}
        talk = _Talk(lambda: self.tally)
        await asyncio.gather(
            self._pump(reader, back_writer, talk.asked),
            self._pump(back_reader, writer, talk.answered),
        )
        self._writers -= {writer, back_writer}

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, told: Callable[[bytes], None]
    ) -> None:
        """Bytes on, each after half a round trip, in their order."""
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        delivering = asyncio.create_task(self._deliver(on_the_way, writer))
        try:
            while data := await reader.read(CHUNK_BYTES):
                told(data)
                on_the_way.put_nowait((self._loop.time() + self.round_trip_ms / 2000, data))
        except OSError:
            pass
        on_the_way.put_nowait((0, b""))
        await delivering

    async def _deliver(self, on_the_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                due, data = await on_the_way.get()
                if not data:
                    break
                if (wait := due - self._loop.time()) > 0:
                    await asyncio.sleep(wait)
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        writer.close()


class _Talk:
    """One connection, read as HTTP/1.1: whose bytes are which."""

    def __init__(self, tally: Callable[[], Tally]) -> None:
        self._tally = tally
        self._counts: list[bool] = []
        self.asked = _Side(self._on_request, self._on_asked_bytes).feed
        self.answered = _Side(self._on_reply, self._on_answered_bytes).feed
        self._is_api = False
        self._is_api_reply = False

    def _on_request(self, head: bytes) -> None:
        path = head.split(b" ", 2)[1].decode()
        self._is_api = path.startswith("/api/")
        self._counts.append(self._is_api)
        if self._is_api:
            self._tally().paths.append(path)
            self._tally().head_bytes += len(head)

    def _on_asked_bytes(self, size: int) -> None:
        if self._is_api:
            self._tally().up_bytes += size

    def _on_reply(self, head: bytes) -> None:
        self._is_api_reply = self._counts.pop(0) if self._counts else False
        if self._is_api_reply:
            self._tally().head_bytes += len(head)

    def _on_answered_bytes(self, size: int) -> None:
        if self._is_api_reply:
            self._tally().down_bytes += size


class _Side:
    """One direction of a connection: heads, and the bodies that their lengths announce."""

    def __init__(self, on_head: Callable[[bytes], None], on_body: Callable[[int], None]) -> None:
        self._on_head = on_head
        self._on_body = on_body
        self._head = b""
        self._body_left = 0

    def feed(self, data: bytes) -> None:
        while data:
            if self._body_left:
                taken = min(self._body_left, len(data))
                self._on_body(taken)
                self._body_left -= taken
                data = data[taken:]
                continue
            head, end, data = (self._head + data).partition(b"\r\n\r\n")
            if not end:
                self._head = head
                return
            self._head = b""
            self._on_head(head + end)
            self._body_left = _length(head)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
        if name.lower() == b"transfer-encoding":
            raise ValueError("our server announces its lengths")
    return 0
