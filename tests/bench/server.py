"""The server alone, on one core, at durable settings: `python -m tests.bench.server`.

Through the WSGI application with gzip bodies, signed in as a phone is; median of five runs, the
first one discarded. The floor is the same bytes through a plain `executemany` of the same database.
"""

import argparse
import cProfile
import gzip
import json
import os
import platform
import pstats
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask

from server import create_app, serve
from server.config import LIMITS, Settings
from server.core.database import writing
from server.core.models import db
from server.sync import scope
from tests.bench.work import visits
from tests.cast import PASSWORD, Cast, Phone, hire
from tests.postgres import start_postgres

RUNS = 5
CHANGES = 1000
RECORDS = 20_000
DELTA = 10
SECRET = "only for measuring, as long as it has to be: 0123456789abcdef"


@dataclass
class Counted:
    """What went over the wire in one run, and the seconds that the server took over it."""

    wall_s: float = 0
    cpu_s: float = 0
    requests: int = 0
    up: int = 0
    down: int = 0
    down_plain: int = 0
    records: int = 0


@dataclass
class Device:
    """A phone that speaks gzip and counts its bytes."""

    phone: Phone
    cursor: str | None = None
    counted: Counted = field(default_factory=Counted)

    def send(self, changes: list[dict[str, Any]]) -> dict[str, Any]:
        body = {
            "protocol": 2,
            "schema": 1,
            "device": "bench",
            "cursor": self.cursor,
            "changes": changes,
            "more_follow": False,
        }
        return self.post(gzip.compress(json.dumps(body, separators=(",", ":")).encode(), 1))

    def post(self, packed: bytes) -> dict[str, Any]:
        headers = {
            **self.phone.headers,
            "Content-Type": "application/json",
            "Content-Encoding": "gzip",
            "Accept-Encoding": "gzip",
        }
        wall, cpu = time.perf_counter(), time.process_time()
        response = self.phone.client.post("/api/sync", data=packed, headers=headers)
        raw = response.get_data()
        self.counted.wall_s += time.perf_counter() - wall
        self.counted.cpu_s += time.process_time() - cpu
        assert response.status_code == 200, raw
        plain = gzip.decompress(raw) if response.headers.get("Content-Encoding") == "gzip" else raw
        reply: dict[str, Any] = json.loads(plain)
        self.counted.requests += 1
        self.counted.up += len(packed)
        self.counted.down += len(raw)
        self.counted.down_plain += len(plain)
        self.counted.records += len(reply.get("records", ())) + len(reply["touched"])
        return reply

    def catch_up(self) -> None:
        more = True
        while more:
            reply = self.send([])
            self.cursor, more = reply["cursor"], reply["more"]


@dataclass(frozen=True)
class Bench:
    """An installation with one organisation, its case files, and two phones of two people."""

    app: Flask
    url: str
    cast: Cast
    cases: list[str]

    def device(self, name: str = "aino") -> Device:
        client = self.app.test_client()
        client.environ_base["wsgi.url_scheme"] = "https"
        given = {"id": f"bench-of-{name}", "name": "Phone"}
        reply = client.post("/api/session", json={"name": name, "password": PASSWORD, "device": given})
        assert reply.status_code == 200
        return Device(Phone(client, reply.get_json()))


def set_up(url: str, folder: Path, files: int) -> Bench:
    app = create_app(Settings(data_dir=folder, database_url=url, secret_key=SECRET))
    serve.bring_up_to_date(app)
    serve.calm_the_collector()
    cast = hire(app)
    cases = [f"case-{number:04d}" for number in range(files)]
    with app.app_context(), writing() as transaction:
        for case in cases:
            scope.open_file(transaction, cast.aino.org, case, cast.aino.team)
        for person in (cast.aino, cast.liisa):
            scope.grant(transaction, cast.aino.org, person.id, cases, "own")
    return Bench(app, url, cast, cases)


def median(run: Callable[[int], Counted]) -> Counted:
    """The last run's counts, with the median seconds of all but the first."""
    counts = [run(number) for number in range(RUNS + 1)]
    wall_s = statistics.median(each.wall_s for each in counts[1:])
    cpu_s = statistics.median(each.cpu_s for each in counts[1:])
    return replace(counts[-1], wall_s=wall_s, cpu_s=cpu_s)


def measure(bench: Bench) -> list[tuple[str, ...]]:
    pusher, puller = bench.device("aino"), bench.device("liisa")

    def push(number: int) -> Counted:
        pusher.catch_up()
        pusher.counted = Counted()
        reply = pusher.send(list(visits(bench.cases[:14], CHANGES, first=number * CHANGES)))
        assert {verdict["verdict"] for verdict in reply["verdicts"]} == {"applied"}
        return pusher.counted

    def pull(_number: int) -> Counted:
        puller.cursor, puller.counted = None, Counted()
        puller.catch_up()
        return puller.counted

    def delta(number: int) -> Counted:
        pusher.send(list(visits(bench.cases, DELTA, first=RECORDS + number * DELTA)))
        return nothing(number)

    def nothing(_number: int) -> Counted:
        puller.counted = Counted()
        puller.catch_up()
        return puller.counted

    for start in range((RUNS + 1) * CHANGES, RECORDS, CHANGES):
        pusher.cursor = pusher.send(list(visits(bench.cases, CHANGES, first=start)))["cursor"]
    pushed = median(push)
    pulled = median(pull)
    return [
        row("push of 1,000 changes", f"{CHANGES / pushed.wall_s:,.0f} changes/s", pushed),
        row("first pull of 20,000", f"{pulled.records / pulled.wall_s:,.0f} records/s", pulled),
        row(f"{DELTA} of 20,000 changed", "", median(delta)),
        row("nothing new", "", median(nothing)),
        floor(bench),
    ]


def row(name: str, rate: str, counted: Counted) -> tuple[str, ...]:
    return (
        name,
        rate,
        f"{counted.wall_s * 1000:.1f}",
        f"{counted.cpu_s * 1000:.1f}",
        f"{counted.requests}",
        f"{counted.up:,}",
        f"{counted.down:,}",
        f"{counted.down_plain:,}",
    )


def floor(bench: Bench) -> tuple[str, ...]:
    """The changes' JSON through one `executemany`, committed as durably."""
    if bench.url.startswith("sqlite"):
        connection: Any = sqlite3.connect(bench.url.removeprefix("sqlite:///"), isolation_level=None)
        connection.execute("PRAGMA synchronous = FULL")
        insert = "INSERT INTO floor VALUES (?, ?)"
    else:
        connection = psycopg.connect(bench.url.replace("+psycopg", ""), autocommit=True)
        insert = "INSERT INTO floor VALUES (%s, %s)"
    connection.execute("CREATE TABLE floor (id text PRIMARY KEY, body text)")
    cursor = connection.cursor()

    def run(number: int) -> Counted:
        changes = visits(bench.cases, CHANGES, first=number * CHANGES)
        rows = [(each["id"], json.dumps(each)) for each in changes]
        wall, cpu = time.perf_counter(), time.process_time()
        cursor.execute("BEGIN")
        cursor.executemany(insert, rows)
        cursor.execute("COMMIT")
        return Counted(time.perf_counter() - wall, time.process_time() - cpu)

    counted = median(run)
    connection.close()
    return row("floor: plain executemany of 1,000", f"{CHANGES / counted.wall_s:,.0f} rows/s", counted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("databases", nargs="*", default=["sqlite", "postgresql"])
    parser.add_argument("--files", type=int, default=168, help="case files of the caseload")
    parser.add_argument("--profile", action="store_true", help="print where the time goes instead")
    given = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # PostgreSQL inherits it
    print(f"Python {platform.python_version()}, {platform.machine()}, one core, page of {LIMITS.page_records_max}")
    for database in given.databases:
        folder = Path(tempfile.mkdtemp(prefix="ovikello-bench-"))
        postgres = start_postgres(durable=True) if database == "postgresql" else None
        try:
            url = postgres.create_database() if postgres else f"sqlite:///{folder / 'bench.sqlite'}"
            bench = set_up(url, folder, given.files)
            if given.profile:
                profile(bench)
            else:
                table(database, measure(bench))
            with bench.app.app_context():
                db.engine.dispose()
        finally:
            if postgres:
                postgres.stop()
            shutil.rmtree(folder)


def table(database: str, rows: list[tuple[str, ...]]) -> None:
    print(f"\n| {database} | rate | wall ms | CPU ms | requests | bytes up | bytes down | unpacked |")
    print("|---|---|---|---|---|---|---|---|")
    for each in rows:
        print(f"| {' | '.join(each)} |")


def profile(bench: Bench) -> None:
    """Where the time goes, by function."""
    device = bench.device()
    device.catch_up()
    for name, work in (("push", _push_much), ("pull", _pull_much)):
        watch = cProfile.Profile()
        watch.runcall(work, bench, device)
        print(f"\n{name}")
        pstats.Stats(watch).sort_stats("tottime").print_stats(32)


def _push_much(bench: Bench, device: Device) -> None:
    for number in range(20):
        device.cursor = device.send(list(visits(bench.cases[:14], CHANGES, first=number * CHANGES)))["cursor"]


def _pull_much(bench: Bench, _device: Device) -> None:
    for _ in range(3):
        bench.device("liisa").catch_up()


if __name__ == "__main__":
    main()
