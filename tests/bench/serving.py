"""A real server process on a database of its own, watched while it works."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

COMMAND = Path(sys.executable).parent / "ovikello"
START_WAIT_S = 20


@dataclass
class Server:
    port: int
    process: psutil.Process

    def cpu_s(self) -> float:
        """Processor seconds used so far."""
        return sum(sum(one.cpu_times()[:2]) for one in self._family())

    def peak_mb(self) -> float:
        """The most memory that any of its processes has held."""
        return max(_peak_kb(one.pid) for one in self._family()) / 1024

    def _family(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]


@contextmanager
def serving(data_dir: Path) -> Iterator[Server]:
    port = free_port()
    command = [str(COMMAND), "serve", "--port", str(port), "--data-dir", str(data_dir)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            yield Server(port, psutil.Process(process.pid))
        finally:
            process.terminate()


class Client:
    """A colleague without a browser: signed in, with the cookies and the header that the app sends."""

    def __init__(self, port: int, name: str, password: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = {"Content-Type": "application/json"}
        device = {"id": f"bench-{name}", "name": "bench"}
        reply = self.post("/api/session", {"name": name, "password": password, "device": device})
        self._headers["X-CSRF-TOKEN"] = reply["csrf"]

    def post(self, path: str, body: Any) -> Any:
        self._connection.request("POST", path, json.dumps(body), self._headers)
        answer = self._connection.getresponse()
        text = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{path}: {answer.status} {text.decode()}")
        cookies = [value.partition(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        if cookies:
            self._headers["Cookie"] = "; ".join(cookies)
        return json.loads(text)

    def sync(self, changes: list[dict[str, Any]]) -> Any:
        return self.post(
            "/api/sync",
            {"protocol": 2, "schema": 1, "device": "bench", "cursor": None, "changes": changes, "more_follow": True},
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_WAIT_S
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the server does not answer")


def _peak_kb(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1])
    return 0
