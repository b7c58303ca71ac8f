"""Ports for the servers of the tests, and threads that serve."""

import secrets
import socket
import threading
from contextlib import suppress
from socketserver import BaseServer

#: below those that the system hands out to whoever connects: where a server was closed, the next finds it free
PORTS = range(20_000, 32_000)
LOOKS_EVERY_S = 0.02


def free_port() -> int:
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def serve_in_a_thread(server: BaseServer) -> threading.Thread:
    """It looks often whether it is to end: by itself twice a second, for which every test's end would wait."""
    thread = threading.Thread(target=server.serve_forever, args=(LOOKS_EVERY_S,), daemon=True)
    thread.start()
    return thread
