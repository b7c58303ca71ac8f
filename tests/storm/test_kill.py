"""Fault 10: kill −9 under load, again and again. What was acknowledged is there, once, and in order.

A real `ovikello serve` with real clients on real connections. Most kills take the process that
serves, in the middle of whatever it does; every tenth takes the whole server.
"""

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask import Flask
from sqlalchemy import select, text
from uuid6 import uuid7

from server import create_app
from server.config import PROTOCOL, SCHEMA, Settings
from server.core.database import writing
from server.core.models import CaseFile, Change, Record, db
from server.kinds.base import FILE
from server.rules.digest import digest
from server.rules.merge import unpack
from server.sync import scope
from server.sync.history import broken_link, rebuilt
from tests.cast import PASSWORD, Cast, Person
from tests.ports import free_port
from tests.whole import IS_WHOLE, sampled

CYCLES = int(os.environ.get("OVIKELLO_KILL_CYCLES") or sampled(50, whole=200))
CASE = "case-of-the-storm"
START_MAX_S = 30


class Server:
    """`ovikello serve` in a process group of its own."""

    def __init__(self, settings: Settings, port: int) -> None:
        self.port = port
        self.environment = os.environ | {
            "OVIKELLO_DATA_DIR": str(settings.data_dir),
            "OVIKELLO_DATABASE_URL": settings.database_url,
            "OVIKELLO_SECRET_KEY": settings.secret_key,
        }
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-c", "from server.cli import main; main()", "serve"]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill_worker(self) -> None:
        """The master starts another one at once."""
        master = self.process.pid
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        for child in children:
            os.kill(int(child), signal.SIGKILL)

    def kill_all(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Client(threading.Thread):
    """A device that writes without pause and sends again whatever got no answer."""

    def __init__(self, person: Person, port: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.person = person
        self.port = port
        self.stop = stop
        self.acknowledged: list[str] = []
        self.sent = 0
        self.refused: list[Any] = []
        self.cookies = ""
        self.csrf = ""
        self.rng = random.Random(person.name)

    def run(self) -> None:
        batch: list[dict[str, Any]] = []
        while not self.stop.is_set():
            batch = batch or [self._change() for _ in range(self.rng.choice((1, 5, 40)))]
            try:
                if not self.cookies:
                    self._sign_in()
                verdicts = self._push(batch)
            except (OSError, http.client.HTTPException):
                self.stop.wait(0.02)
                continue
            if verdicts is not None:
                self.refused += [v for v in verdicts if v["verdict"] not in ("applied", "duplicate")]
                self.acknowledged += [v["id"] for v in verdicts]
                batch = []

    def _change(self) -> dict[str, Any]:
        self.sent += 1
        return {
            "id": str(uuid7()),
            "record": str(uuid7()),
            "kind": "note",
            "case": CASE,
            "at": f"{time.time_ns() // 1_000_000:013}-0000-0123456789ab",
            "set": {"text": f"Huomio {self.sent}"},
            "seen": {},
        }

    def _push(self, batch: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
        head = {"protocol": PROTOCOL, "schema": SCHEMA, "device": self.person.device}
        status, _, reply = self._post("/api/sync", head | {"changes": batch, "more_follow": True})
        if status != 200:
            return None
        assert [v["id"] for v in reply["verdicts"]] == [change["id"] for change in batch]
        found: list[dict[str, Any]] = reply["verdicts"]
        return found

    def _sign_in(self) -> None:
        device = {"id": self.person.device, "name": "Phone"}
        body = {"name": self.person.name, "password": PASSWORD, "device": device}
        status, cookies, reply = self._post("/api/session", body)
        if status == 200:
            self.cookies = "; ".join(cookie.partition(";")[0] for cookie in cookies)
            self.csrf = reply["csrf"]

    def _post(self, path: str, body: dict[str, Any]) -> tuple[int, list[str], Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = {
                "Content-Type": "application/json",
                "Cookie": self.cookies,
                "X-CSRF-TOKEN": self.csrf,
            }
            connection.request("POST", path, orjson.dumps(body), headers)
            answer = connection.getresponse()
            raw = answer.read()
            return answer.status, answer.headers.get_all("Set-Cookie") or [], orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            raise http.client.HTTPException("a page that is not ours") from error
        finally:
            connection.close()


@pytest.mark.timeout(3600 if IS_WHOLE else 600)
def test_kill_9_under_load_loses_nothing_acknowledged(settings: Settings, cast: Cast) -> None:
    """[W3] [L1] [L2] [D2] Kill −9 under push load."""
    app = create_app(settings)
    with _using(app), writing() as transaction:
        scope.open_file(transaction, cast.aino.org, CASE, None)
        for person in (cast.aino, cast.liisa):
            scope.grant(transaction, cast.aino.org, person.id, [CASE], "own_client")
    stop = threading.Event()
    server = Server(settings, free_port())
    clients = [Client(person, server.port, stop) for person in (cast.aino, cast.liisa)]
    try:
        for client in clients:
            client.start()
        _kill_in_cycles(server, clients, random.Random(10))
    finally:
        stop.set()
        for client in clients:
            client.join(timeout=15)
        server.kill_all()
    assert not [refusal for client in clients for refusal in client.refused]
    acknowledged = [change for client in clients for change in client.acknowledged]
    assert len(acknowledged) == len(set(acknowledged)) >= CYCLES
    with _using(app):
        _check(cast.aino.org, set(acknowledged))


def _kill_in_cycles(server: Server, clients: list[Client], rng: random.Random) -> None:
    for cycle in range(CYCLES):
        _wait_for_news(clients)
        time.sleep(rng.uniform(0, 0.15))
        if cycle % 10 == 9:
            server.kill_all()
            server.start()
        else:
            server.kill_worker()
    _wait_for_news(clients)


def _wait_for_news(clients: list[Client]) -> None:
    """Until every client was answered since: the server is up and under load."""
    before = [len(client.acknowledged) for client in clients]
    last = time.monotonic() + START_MAX_S
    while any(len(c.acknowledged) <= b for c, b in zip(clients, before, strict=True)):
        assert time.monotonic() < last, "the server does not come back"
        time.sleep(0.01)


def _check(org: str, acknowledged: set[str]) -> None:
    """All there, once; the chain unbroken, the digest right, the file sound."""
    if db.engine.dialect.name == "sqlite":
        assert db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    ids = db.session.scalars(select(Change.id).where(Change.org == org, Change.case == CASE)).all()
    assert len(ids) == len(set(ids))
    assert acknowledged <= set(ids), "acknowledged and lost"
    stored = db.session.query(Record).filter(Record.org == org, Record.case == CASE)
    states = {record.id: unpack(orjson.loads(record.body)) for record in stored}
    connection = db.session.connection()
    assert broken_link(connection, org, CASE) is None
    assert rebuilt(connection, org, CASE) == states
    file = db.session.get_one(CaseFile, (CASE, org))
    assert (file.chain_length, orjson.loads(file.digests)) == (len(ids), {FILE: digest(states.items())})


@contextmanager
def _using(app: Flask) -> Iterator[None]:
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()
