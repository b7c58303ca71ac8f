"""The server's part of the team board over 200,000 records of 1,000 case files: `python -m tests.bench.board`.

What the board asks after is filled by rows, not through the exchange: it reads no record. Median of eleven requests.
"""

import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from server.core import bulk, timestamps
from server.core.database import writing
from server.core.models import Record, ReviewItem, UnmetRule
from server.sync import scope
from tests.bench.server import Bench, set_up
from tests.postgres import start_postgres

FILES = 1_000
RECORDS = 200_000
LACKING = 20_000
WAITING = 500
RUNS = 11


def fill(bench: Bench) -> None:
    org, mikko = bench.cast.mikko.org, bench.cast.mikko.id
    of = [bench.cases[number % FILES] for number in range(RECORDS)]
    records = [
        {
            "id": f"r-{n}",
            "org": org,
            "case": case,
            "kind": "visit",
            "seq": n,
            "due": None,
            "body": "{}",
            "awaited": None,
        }
        for n, case in enumerate(of)
    ]
    lacking = [
        {"record": f"r-{n}", "org": org, "case": of[n], "kind": "rent", "rules": '["month"]'} for n in range(LACKING)
    ]
    with bench.app.app_context(), writing() as transaction:
        scope.grant(transaction, org, mikko, bench.cases, "supervision")
        bulk.insert(transaction.connection(), Record, records)
        bulk.insert(transaction.connection(), UnmetRule, lacking)
        bulk.insert(transaction.connection(), ReviewItem, [waiting(bench, n) for n in range(WAITING)])


def waiting(bench: Bench, number: int) -> dict[str, Any]:
    aino = bench.cast.aino
    change = '{"kind": "note", "set": {"text": "' + "x" * 500 + '"}}'
    known = {"org": aino.org, "author": aino.id, "device": aino.device, "received": timestamps.now()}
    undecided = {"problem": None, "decision": None, "decided_by": None, "decided_at": None}
    return {"id": f"h-{number}", "case": bench.cases[number], "change": change, **known, **undecided}


def measure(name: str, url: str, folder: Path) -> None:
    bench = set_up(url, folder, FILES)
    fill(bench)
    phone = bench.device("mikko").phone
    for path in ("/api/team/board", "/api/team/unmet"):
        took = []
        for _ in range(RUNS):
            start = time.perf_counter()
            answer = phone.client.get(path, headers=phone.headers)
            took.append(time.perf_counter() - start)
            assert answer.status_code == 200, answer.json
        print(f"{name}: {path} {statistics.median(took) * 1000:.0f} ms, at most {max(took) * 1000:.0f} ms", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{folder}/ovikello.sqlite", Path(folder))
    postgres = start_postgres(durable=True)
    with tempfile.TemporaryDirectory() as folder:
        measure("PostgreSQL", postgres.create_database(), Path(folder))
    postgres.stop()


if __name__ == "__main__":
    main()
