"""Fifty phones at work, and then one hostile phone and eight connections that never finish their request beside them.

    python -m tests.bench.hostile [--nginx]

Prints how long an exchange of the fifty takes before and during it. A real server process on SQLite with durable
settings; with `--nginx` behind Debian's nginx, set up by the lines of `deploy/nginx.conf` but for TLS. The hostile
phone is a process of its own, and has its bodies ready.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import http.client
import json
import multiprocessing
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import psutil
from uuid6 import uuid7

from server import create_app, directory, serve
from server.auth import passwords
from server.config import Settings
from server.core.database import writing
from server.core.models import db
from server.sync import scope
from tests.bench.figures import percentile, table
from tests.bench.serving import free_port
from tests.proxy import answering, nginx

GOOD, SILENT, HOSTILE_THREADS = 50, 8, 8
PILES = 60
SECONDS, PAUSE_S = 20, 1.0
PASSWORD = "kesäilta ja sauna"
SECRET = "only for benches: 0123456789abcdef0123456789abcdef"
JSON = {"Content-Type": "application/json"}
HALF = b'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{"na'


class Phone:
    def __init__(self, port: int, number: int) -> None:
        self.port, self.case = port, f"case-{number}"
        self.headers = dict(JSON)
        device = {"id": f"bench-{number}", "name": "bench"}
        answer, body = self.ask("/api/session", {"name": f"p{number}", "password": PASSWORD, "device": device})
        cookies = [value.partition(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        self.headers |= {"X-CSRF-TOKEN": json.loads(body)["csrf"], "Cookie": "; ".join(cookies)}
        self.cursor: str | None = None

    def ask(self, path: str, body: Any, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        connection.request("POST", path, sent, self.headers | headers)
        answer = connection.getresponse()
        read = answer.read()
        connection.close()
        return answer, read

    def exchange(self) -> int:
        answer, body = self.ask("/api/sync", request(self.cursor, [change(self.case, {"text": "Käynti sujui."})]))
        if answer.status == 200:
            self.cursor = json.loads(body).get("cursor", self.cursor)
        return answer.status


def request(cursor: str | None, changes: list[Any]) -> dict[str, Any]:
    return {"protocol": 2, "schema": 1, "device": "x", "cursor": cursor, "changes": changes, "more_follow": False}


def change(case: str, values: dict[str, Any], record: str | None = None, seen: Any = None) -> dict[str, Any]:
    at = f"{time.time_ns() // 1_000_000:013d}-0000-0123456789ab"
    own = {"id": str(uuid7()), "record": record or str(uuid7()), "kind": "note", "case": case, "at": at}
    return own | {"set": values, "seen": seen or {}}


def attacks(phone: Phone) -> list[Callable[[], int]]:
    """What one phone with a session can send in a few kilobytes, as it was found in November 2026."""
    items = b"{}," * 2_500_000
    bomb = gzip.compress(b'{"protocol":2,"schema":1,"cursor":null,"more_follow":false,"changes":[' + items + b"{}]}")
    fills = [["*", 1, "", 0, "", "", False]] * 150_000
    forged = base64.urlsafe_b64encode(json.dumps({"e": "x", "m": [0, "x"], "a": 0, "s": 0, "f": fills}).encode())
    far = gzip.compress(json.dumps(request(forged.decode(), [])).encode())

    def pile() -> bytes:
        record = str(uuid7())
        unknown = [{"text": [f"{n}-{each}" for each in range(500)]} for n in range(200)]
        changes = [change(phone.case, {"text": "x"}, record, seen) for seen in unknown]
        return gzip.compress(json.dumps(request(None, changes)).encode(), 1)

    def send(body: Callable[[], bytes]) -> Callable[[], int]:
        def sent() -> int:
            return phone.ask("/api/sync", body(), **{"Content-Encoding": "gzip"})[0].status

        return sent

    piles = [pile() for _ in range(PILES)]
    return [send(lambda: bomb), send(lambda: piles.pop() if piles else bomb), send(lambda: far)]


def measured(phones: list[Phone]) -> tuple[list[float], Counter[str]]:
    """How long each exchange took, in ms, and what came of them."""
    told: list[float] = []
    came: Counter[str] = Counter()
    end = time.monotonic() + SECONDS

    def work(phone: Phone, number: int) -> None:
        time.sleep(PAUSE_S * number / len(phones))
        while time.monotonic() < end:
            begun = time.monotonic()
            try:
                came[str(phone.exchange())] += 1
            except OSError:
                came["no answer"] += 1
            told.append((time.monotonic() - begun) * 1000)
            time.sleep(max(0.0, PAUSE_S - (time.monotonic() - begun)))

    together([partial(work, phone, number) for number, phone in enumerate(phones)])
    return told, came


@contextmanager
def hostility(port: int, phone: Phone) -> Iterator[Counter[str]]:
    """Eight unfinished requests, opened anew as they are closed, and one phone on eight connections."""
    context = multiprocessing.get_context("spawn")
    ready, over, heard = context.Event(), context.Event(), context.Queue()
    process = context.Process(target=attack, args=(port, phone, ready, over, heard))
    process.start()
    ready.wait(120)
    time.sleep(1)
    came: Counter[str] = Counter()
    yield came
    over.set()
    came.update(heard.get(timeout=120))
    process.join()


def attack(port: int, phone: Phone, ready: Any, over: Any, heard: Any) -> None:
    came: Counter[str] = Counter()
    ways = attacks(phone)
    ready.set()

    def silent() -> None:
        while not over.is_set():
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=2) as client:
                    client.sendall(HALF)
                    stay(client, over)
            except OSError:
                over.wait(0.1)

    def hostile(number: int) -> None:
        while not over.is_set():
            number += 1
            try:
                came[str(ways[number % len(ways)]())] += 1
            except OSError:
                came["no answer"] += 1

    numbers = range(HOSTILE_THREADS)
    together([*[silent] * SILENT, *(partial(hostile, number) for number in numbers)])
    heard.put(came)


def stay(client: socket.socket, over: Any) -> None:
    """Until it is closed or this is over."""
    while not over.is_set():
        try:
            if not client.recv(1):
                return
        except TimeoutError:
            continue


def together(works: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=work, daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def founded(folder: Path, proxies: int) -> Settings:
    """Fifty-one people with a client each."""
    url = f"sqlite:///{folder / 'ovikello.sqlite'}"
    settings = Settings(data_dir=folder, database_url=url, secret_key=SECRET, trusted_proxies=proxies)
    app = create_app(settings)
    serve.bring_up_to_date(app)
    one_hash = passwords.hash_of(PASSWORD)
    with app.app_context():
        with writing() as transaction:
            org = directory.find_or_add_organisation(transaction, "Bench")
            for number in range(GOOD + 1):
                user = directory.enter(transaction, directory.Account(org, f"p{number}", f"P {number}"), one_hash)
                scope.open_file(transaction, org.id, f"case-{number}", None)
                scope.grant(transaction, org.id, user.id, [f"case-{number}"], "own_client")
        db.session.remove()
        db.engine.dispose()
    return settings


@contextmanager
def served(folder: Path, proxies: int) -> Iterator[tuple[int, psutil.Process]]:
    port = free_port()
    code = "from server.cli import main; main()"
    given = {"OVIKELLO_DATA_DIR": str(folder), "OVIKELLO_TRUSTED_PROXIES": str(proxies), "OVIKELLO_SECRET_KEY": SECRET}
    command = [sys.executable, "-c", code, "serve", "--port", str(port)]
    with subprocess.Popen(command, env=os.environ | given, stdout=subprocess.DEVNULL) as process:
        answering(port)
        yield port, psutil.Process(process.pid)
        process.kill()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nginx", action="store_true", help="Behind Debian's nginx.")
    proxies = int(parser.parse_args().nginx)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "data").mkdir()
        founded(folder / "data", proxies)
        with (
            served(folder / "data", proxies) as (own_port, process),
            nginx(folder, own_port) if proxies else nullcontext(own_port) as port,
        ):
            phones = [Phone(port, number) for number in range(GOOD)]
            attacker = Phone(port, GOOD)
            measured(phones)  # warms up, and is not counted
            rows = [("load at the start", f"{os.getloadavg()[0]:.1f}"), said("before", *measured(phones))]
            with hostility(port, attacker) as came:
                rows.append(said("during", *measured(phones)))
            rows.append(("what the hostile phone heard", str(dict(came))))
            peak = max(one.memory_info().rss for one in [process, *process.children(recursive=True)]) / 2**20
            rows.append(("memory of the server's process", f"{peak:.0f} MB"))
            table(f"{GOOD} phones, one exchange a second each, {SECONDS} s", rows)


def said(when: str, told: list[float], came: Counter[str]) -> tuple[str, str]:
    figures = ", ".join(f"p{percent} {percentile(told, percent):,.0f} ms" for percent in (50, 95, 100))
    return when, f"{figures} ({len(told)} exchanges, {dict(came)})"


if __name__ == "__main__":
    main()
