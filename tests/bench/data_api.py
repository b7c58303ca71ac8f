"""What a BI tool waits for, of 200,000 records: `python -m tests.bench.data_api [--records N] [--database …]`.

Tables are read through the API as a tool reads them, without a network between. The median of three, the first one
discarded. The quota of a token is lifted here: a refresh that takes longer than it waits between its pages.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from server import create_app, serve
from server.auth import data_tokens
from server.auth.data_tokens import TokenScope
from server.config import LIMITS, Settings
from server.core import device_quota
from server.core.database import writing
from server.core.models import Organisation, db
from server.reports.data_tables import KINDS_OFFERED
from server.rules.dates import FINLAND
from tests.bench.reports import RECORDS, RUNS, SECRET, fill
from tests.cast import hire
from tests.postgres import start_postgres


class Tool:
    def __init__(self, app: Flask, secret: str) -> None:
        self.app, self.headers = app, {"Authorization": f"Bearer {secret}"}

    def whole(self, table: str) -> int:
        """As CSV; its bytes."""
        return len(self.app.test_client().get(f"/api/data/{table}?format=csv", headers=self.headers).data)

    def pages(self, table: str, changed_since: str = "") -> int:
        """As JSON; its rows."""
        after: str | None = ""
        rows = 0
        while after is not None:
            query = urlencode({"after": after, "changed_since": changed_since})
            page = self.app.test_client().get(f"/api/data/{table}?{query}", headers=self.headers).get_json()
            after, rows, self.as_of = page["next"], rows + len(page["rows"]), page["as_of"]
        return rows

    def news(self, table: str) -> int:
        return self.pages(table, self.as_of)


def measured(ask: Callable[[str], int], table: str) -> tuple[float, int]:
    taken, told = [], 0
    for _ in range(RUNS):
        began = time.perf_counter()
        told = ask(table)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken[1:]), told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    given = parser.parse_args()
    postgres = start_postgres() if given.database == "postgres" else None
    with tempfile.TemporaryDirectory() as folder:
        url = postgres.create_database() if postgres else f"sqlite:///{folder}/ovikello.sqlite"
        app = create_app(Settings(data_dir=Path(folder), database_url=url, secret_key=SECRET))
        serve.bring_up_to_date(app)
        cast = hire(app)
        made = fill(app, cast, given.records)
        device_quota.LIMITS = replace(LIMITS, device_work_s=1_000_000)  # type: ignore[attr-defined]  # a name of its own
        with app.app_context(), writing() as transaction:
            transaction.get_one(Organisation, cast.aino.org).seq = made
            scope = TokenScope(KINDS_OFFERED, None, with_codes=True)
            until = datetime.now(FINLAND).date() + timedelta(days=30)
            secret = data_tokens.make(transaction, cast.aino.org, "bench", scope, until, None).secret
        tool = Tool(app, secret)
        print(f"{made} records on {given.database}")
        for ask, what in ((tool.whole, "bytes of CSV"), (tool.pages, "rows of JSON"), (tool.news, "rows that are new")):
            for table in ("visit", "visit_minutes", "exit"):
                seconds, told = measured(ask, table)
                print(f"{seconds:7.2f} s  {table}: {told} {what}", flush=True)
        with app.app_context():
            db.engine.dispose()
    if postgres:
        postgres.stop()


if __name__ == "__main__":
    main()
