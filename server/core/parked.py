"""Requests that wait for something and hold no thread meanwhile (SPEC P11).

An endpoint hands a `Waiter` to the function `PARK` of its environ; the server then keeps the connection and sends
nothing until the waiter answers. What the endpoint returned is sent if it never does: at the end of the server.
"""

from collections.abc import Callable
from typing import Protocol

#: in the environ, where a connection can be kept: takes the waiter
PARK = "ovikello.park"

#: sends this body, of the type that the endpoint's own had
Answer = Callable[[bytes], None]


class Waiter(Protocol):
    """Whom a request waits for. Both are called by the server's loop, and have to return at once."""

    def enter(self, answer: Answer) -> None: ...

    def leave(self) -> None:
        """The other side has hung up."""


class Parked(Exception):
    """The request is answered later. Not an error: it carries the answer's head out of the WSGI call."""

    def __init__(self, waiter: Waiter, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        super().__init__(status)
        self.waiter = waiter
        self.status = status
        self.headers = headers
        self.body = body

    def message(self, body: bytes, date: str) -> bytes:
        """The whole answer, as HTTP/1.1 writes it."""
        kept = [(name, value) for name, value in self.headers if name.lower() != "content-length"]
        head = [("Date", date), ("Connection", "keep-alive"), *kept, ("Content-Length", str(len(body)))]
        lines = [f"HTTP/1.1 {self.status}", *(f"{name}: {value}" for name, value in head)]
        return "\r\n".join((*lines, "", "")).encode("latin-1") + body
