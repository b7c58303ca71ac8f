"""How soon those who wait hear of what a phone sent (P11), and what waiting costs: `python -m tests.bench.live`.

A real server process; a colleague's notes through the exchange, and waiting requests over sockets of their own. For
each number of those who wait: from sending a note to the first and to the last answer, and from sending it to the
records being there by an exchange, as a laptop does it. Medians of all rounds. Then the server's processor time while
nothing happens.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import selectors
import socket
import statistics
import subprocess
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from flask import Flask
from uuid6 import uuid7

from server import create_app, directory, serve
from server.auth import passwords
from server.config import Settings
from server.core.database import writing
from server.core.models import Organisation
from server.live.waiting_room import OF_A_PERSON_MAX
from server.sync import scope
from tests.bench.serving import COMMAND, free_port
from tests.cast import PASSWORD, hire
from tests.postgres import start_postgres

SECRET = "only for measuring, as long as it has to be: 0123456789abcdef"
CASE = "case-0001"
#: of few who wait, and of many
ROUNDS, ROUNDS_OF_MANY, IDLE_S = 20, 5, 10
PEOPLE = 1000 // OF_A_PERSON_MAX
#: between two who come from one address, of which so many requests may be unfinished
PAUSE_S = 0.004


@dataclass
class Colleague:
    """Signed in, with the headers and the cookies that the app sends."""

    port: int
    headers: dict[str, str]

    def sync(self, changes: list[dict[str, Any]], cursor: str | None) -> dict[str, Any]:
        body = {"protocol": 2, "schema": 1, "cursor": cursor, "changes": changes, "more_follow": False}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("POST", "/api/sync", json.dumps(body), self.headers)
            told: dict[str, Any] = json.loads(connection.getresponse().read())
        return told

    def catch_up(self, cursor: str | None = None) -> str:
        more = True
        while more:
            reply = self.sync([], cursor)
            cursor, more = reply["cursor"], reply["more"]
        return str(cursor)

    def wait(self, cursor: str) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        head = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        connection.sendall(f"GET /api/news?cursor={cursor} HTTP/1.1\r\nHost: x\r\n{head}\r\n".encode())
        time.sleep(PAUSE_S)
        return connection


def found(url: str, folder: Path) -> tuple[Flask, list[str]]:
    """An organisation with so many workers, all of whom read the one file."""
    app = create_app(Settings(data_dir=folder, database_url=url, secret_key=SECRET))
    serve.bring_up_to_date(app)
    cast = hire(app)
    names = [f"worker-{number}" for number in range(PEOPLE)]
    hashed = passwords.hash_of(PASSWORD)
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, cast.aino.org, CASE, cast.aino.team)
        org = transaction.get_one(Organisation, cast.aino.org)
        for name in names:
            account = directory.enter(transaction, directory.Account(org, name, name, "field_worker"), hashed)
            transaction.flush()
            scope.grant(transaction, cast.aino.org, account.id, [CASE], "own_client")
        scope.grant(transaction, cast.aino.org, cast.aino.id, [CASE], "own_client")
    return app, names


def signed_in(app: Flask, port: int, name: str) -> Colleague:
    client = app.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    given = {"id": f"bench-of-{name}", "name": "Laptop"}
    reply = client.post("/api/session", json={"name": name, "password": PASSWORD, "device": given}).get_json()
    cookies = "; ".join(f"{each.key}={each.value}" for each in (client._cookies or {}).values())
    headers = {"Content-Type": "application/json", "X-CSRF-TOKEN": reply["csrf"], "Cookie": cookies}
    return Colleague(port, headers)


def note(number: int) -> dict[str, Any]:
    at = f"{time.time_ns() // 1_000_000:013}-0000-0123456789ab"
    values = {"record": f"note-{number}", "kind": "note", "case": CASE, "set": {"text": "Soitettu."}, "seen": {}}
    return {"id": str(uuid7()), "at": at, **values}


def answered_s(waiting: list[socket.socket], begun: float) -> list[float]:
    """When each of them was answered."""
    with selectors.DefaultSelector() as looking:
        for each in waiting:
            looking.register(each, selectors.EVENT_READ, each)
        answered: list[float] = []
        while len(answered) < len(waiting):
            ready = looking.select(30)
            assert ready, f"{len(answered)} of {len(waiting)} were told"
            for key, _ in ready:
                told = key.data.recv(4096)
                assert b'"news":true' in told, told
                looking.unregister(key.fileobj)
                answered.append(time.perf_counter() - begun)
    return answered


def measure(writer: Colleague, colleagues: list[Colleague], waiters: int) -> str:
    first, last, shown = [], [], []
    cursor = writer.catch_up()
    for number in range((ROUNDS if waiters < 1000 else ROUNDS_OF_MANY) + 1):
        cursor = writer.catch_up(cursor)
        at_laptop = colleagues[0].catch_up(cursor)
        waiting = [colleagues[each % PEOPLE].wait(cursor) for each in range(waiters)]
        time.sleep(1)
        begun = time.perf_counter()
        writer.sync([note(waiters * 1000 + number)], cursor)
        answered = answered_s(waiting, begun)
        reply = colleagues[0].sync([], at_laptop)
        assert reply["records"] or reply["touched"]
        first.append(answered[0])
        last.append(answered[-1])
        shown.append(answered[0] + time.perf_counter() - begun - answered[-1])
        for each in waiting:
            each.close()
    told = [f"{statistics.median(each[1:]) * 1000:.0f}" for each in (first, last, shown)]
    return f"| {waiters} | {' | '.join(told)} |"


def idle(server: psutil.Process, colleague: list[Colleague], waiters: int) -> str:
    cursor = colleague[0].catch_up()
    waiting = [colleague[each % PEOPLE].wait(cursor) for each in range(waiters)]
    time.sleep(2)
    family = [server, *server.children(recursive=True)]
    before = sum(sum(one.cpu_times()[:2]) for one in family)
    time.sleep(IDLE_S)
    used = sum(sum(one.cpu_times()[:2]) for one in family) - before
    memory_mb = sum(one.memory_info().rss for one in family) / 2**20
    for each in waiting:
        each.close()
    return f"{waiters} waiting, nothing happens: {used / IDLE_S:.1%} of a processor, {memory_mb:.0f} MB"


def run(name: str, url: str, folder: Path) -> None:
    app, names = found(url, folder)
    port = free_port()
    environment = os.environ | {"OVIKELLO_SECRET_KEY": SECRET, "OVIKELLO_DATABASE_URL": url}
    command = [str(COMMAND), "serve", "--port", str(port), "--data-dir", str(folder), "--workers", "1"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            time.sleep(3)
            writer, colleagues = signed_in(app, port, "aino"), [signed_in(app, port, each) for each in names]
            print(f"\n{name}\n\n| waiting | first told, ms | last told, ms | records there, ms |\n|---|---|---|---|")
            for waiters in (1, 100, 1000):
                print(measure(writer, colleagues, waiters), flush=True)
            for waiters in (0, 1, 1000):
                print(idle(psutil.Process(process.pid), colleagues, waiters), flush=True)
        finally:
            process.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres"))
    asked = parser.parse_args().database
    if asked != "postgres":
        with tempfile.TemporaryDirectory() as folder:
            run("SQLite", f"sqlite:///{folder}/ovikello.sqlite", Path(folder))
    if asked != "sqlite":
        postgres = start_postgres()
        with tempfile.TemporaryDirectory() as folder:
            run("PostgreSQL", postgres.create_database(), Path(folder))
        postgres.stop()


if __name__ == "__main__":
    main()
