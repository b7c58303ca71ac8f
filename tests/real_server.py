"""The server in a process of its own on a test's database, to be killed with −9 and started again."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from server.config import Settings
from tests.browser.serving import Server
from tests.cast import Phone
from tests.ports import free_port

START_MAX_S = 30


class RealServer:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.port = free_port()
        self._server: Server | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = {
            "OVIKELLO_DATA_DIR": str(self.settings.data_dir),
            "OVIKELLO_DATABASE_URL": self.settings.database_url,
            "OVIKELLO_SECRET_KEY": self.settings.secret_key,
        }
        arguments = ["--port", str(self.port), "--no-reminders"]
        self._server = Server(arguments, environment, self.settings.data_dir / "server.log")
        self._wait()

    def kill(self) -> None:
        if self._server:
            self._server.kill()
            self._server = None

    def headers_of(self, phone: Phone) -> dict[str, str]:
        """Those of a phone that signed in to the same database in this process."""
        cookies = [phone.client.get_cookie(name) for name in ("__Host-access", "__Host-refresh", "__Host-known")]
        said = "; ".join(f"{cookie.key}={cookie.value}" for cookie in cookies if cookie)
        return {**phone.headers, "Cookie": said}

    def _wait(self) -> None:
        last = time.monotonic() + START_MAX_S
        while time.monotonic() < last:
            # Its answer: one that was killed may still take connections for a moment.
            with suppress(OSError), urllib.request.urlopen(f"{self.address}/api/health", timeout=5):  # noqa: S310
                return
            time.sleep(0.05)
        raise TimeoutError("the server does not answer")


@contextmanager
def real_server(settings: Settings) -> Iterator[RealServer]:
    server = RealServer(settings)
    server.start()
    try:
        yield server
    finally:
        server.kill()
