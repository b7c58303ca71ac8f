"""A push service that is not ours: the npm package `web-push-testing`, in a process of its own.

It decrypts and checks signatures with other people's code, so that a misreading of the standards which our sender and
`tests/push_service.py` have in common would show. Its other checks are weaker than those of ours: of the token it asks
nothing but the signature of the key that was subscribed with, and that it has not run out (no `aud`, no `sub`, no
longest time), and it looks neither at Topic nor at Urgency. What is wrong with a push is answered with 400, where push
services say 401 or 403. It listens on every interface while a test runs.
"""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from server.core.outbound import Wire
from tests import node
from tests.ports import free_port
from tests.push_service import wire_to

FOLDER = Path(__file__).resolve().parent / "push_testing"
SERVER = FOLDER / "node_modules" / "web-push-testing" / "src" / "bin" / "server.js"
#: a push service that we know, and whose name leads to this one
HOST = "fcm.googleapis.com"
START_MAX_S = 30


@dataclass(frozen=True)
class IndependentPush:
    port: int

    def subscribe(self, key: str) -> dict[str, Any]:
        """What a browser's `pushManager.subscribe` would give for a public VAPID key, at an address that we know."""
        given = self._asked("/subscribe", {"userVisibleOnly": "true", "applicationServerKey": key})
        return {"endpoint": f"https://{HOST}/notify/{given['clientHash']}", "keys": given["keys"]}

    def messages(self, subscription: dict[str, Any]) -> list[dict[str, Any]]:
        """What it took for a subscription, decrypted."""
        given = self._asked("/get-notifications", {"clientHash": _client_of(subscription)})
        return [json.loads(message) for message in given["messages"]]

    def expire(self, subscription: dict[str, Any]) -> None:
        """From now on it answers 410."""
        self._post(f"/expire-subscription/{_client_of(subscription)}", {})

    def wire(self) -> Wire:
        return wire_to(self.port)

    def _asked(self, path: str, body: dict[str, Any]) -> Any:
        return json.loads(self._post(path, body))["data"]

    def _post(self, path: str, body: dict[str, Any]) -> bytes:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
            reply = connection.getresponse()
            said = reply.read()
            assert reply.status == 200, said
            return said


@contextmanager
def independent_push() -> Iterator[IndependentPush]:
    node.install(FOLDER)
    service = IndependentPush(free_port())
    command: list[str | Path] = [node.PROGRAM, SERVER, str(service.port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(service, process)
        yield service
    finally:
        process.kill()
        process.wait()


def _wait_for(service: IndependentPush, process: subprocess.Popen[bytes]) -> None:
    last = time.monotonic() + START_MAX_S
    while True:
        try:
            service._post("/status", {})
            return
        except OSError:
            assert process.poll() is None, "it ended"
            assert time.monotonic() < last, "it does not answer"
            time.sleep(0.05)


def _client_of(subscription: dict[str, Any]) -> str:
    return str(subscription["endpoint"].rpartition("/")[2])
