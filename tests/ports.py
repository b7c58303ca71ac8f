"""Ports for the servers of the tests."""

import secrets
import socket
from contextlib import suppress

#: below those that the system hands out to whoever connects: where a server was closed, the next finds it free
PORTS = range(20_000, 32_000)


def free_port() -> int:
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
