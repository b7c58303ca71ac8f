"""5,000 clients of a table come in, twice, and 500 people: `python -m tests.bench.importing`.

Through the WSGI application, as the screen asks: look, preview, and requests until all are in. How long a transaction
takes is how long somebody else's writing waits at most.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session as Transaction

from server import create_app, serve
from server.config import LIMITS, Settings
from server.core.transaction import in_one_transaction
from server.importing import bringing
from tests.bench.server import SECRET
from tests.cast import Phone, hire, opened_session
from tests.importing import COLUMNS, HEADS, asked, csv_of, xlsx_of
from tests.postgres import start_postgres

CLIENTS = LIMITS.import_rows_max
PEOPLE_COLUMNS = ["display_name", "name", "role", "team"]
WORKERS = ("aino", "liisa", "sanna")


def table(first: int) -> list[list[str]]:
    return [
        HEADS,
        *(
            [
                f"OV-{n:05}",
                f"Sukunimi{n}",
                "Etunimi Toinen",
                WORKERS[n % len(WORKERS)],
                f"{n % 28 + 1}.{n % 12 + 1}.2026",
                f"040 {n:07}",
                "suomi",
                "Harjula",
            ]
            for n in range(first, first + CLIENTS)
        ),
    ]


class Watch:
    """How long each transaction took."""

    def __init__(self) -> None:
        self.took: list[float] = []

    def __call__(self, work: Callable[[Transaction], Any]) -> Any:
        start = time.perf_counter()
        try:
            return in_one_transaction(work)
        finally:
            self.took.append(time.perf_counter() - start)


def measure(name: str, url: str, folder: Path) -> None:
    app = create_app(Settings(data_dir=folder, database_url=url, secret_key=SECRET))
    serve.bring_up_to_date(app)
    serve.calm_the_collector()
    cast = hire(app)
    client = app.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    given = {"name": "satu", "password": "kesäilta ja sauna", "device": {"id": "bench-of-satu", "name": "Laptop"}}
    phone = Phone(client, opened_session(app, client, cast.satu.key, given).get_json())
    for called, content in (("CSV", csv_of(*table(0))), ("XLSX", xlsx_of(*table(CLIENTS)))):
        told = [f"{len(content) / 1000:.0f} kB"]
        for step, body in (("columns", asked(content)), ("preview", asked(content, COLUMNS))):
            start = time.perf_counter()
            assert phone.post(f"/api/admin/import/clients/{step}", body).status_code == 200
            told.append(f"{step} {(time.perf_counter() - start) * 1000:.0f} ms")
        print(f"{name}: {called} {', '.join(told)}, {brought(phone, 'clients', content, COLUMNS)}", flush=True)
    print(f"{name}: people, {brought(phone, 'people', csv_of(*people()), PEOPLE_COLUMNS)}", flush=True)


def people() -> list[list[str]]:
    each = (["Etunimi Sukunimi", f"tunnus{n}", "Asumisohjaaja", "North"] for n in range(LIMITS.import_people_max))
    return [["Nimi", "Tunnus", "Rooli", "Tiimi"], *each]


def brought(phone: Phone, what: str, content: bytes, columns: list[str]) -> str:
    watch, requests, made = Watch(), list[float](), 0
    after: int | None = 0
    vars(bringing)["in_one_transaction"] = watch
    while after is not None:
        start = time.perf_counter()
        reply = phone.post(f"/api/admin/import/{what}", asked(content, columns, after=after)).get_json()
        requests.append(time.perf_counter() - start)
        made, after = made + reply["made"], reply["after"]
    assert made in {CLIENTS, LIMITS.import_people_max}
    each = f"median {statistics.median(watch.took) * 1000:.0f} ms, at most {max(watch.took) * 1000:.0f} ms"
    return (
        f"{made} in {sum(requests):.1f} s and {len(requests)} requests (at most {max(requests):.1f} s), "
        f"{len(watch.took)} transactions ({each})"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{folder}/ovikello.sqlite", Path(folder))
    postgres = start_postgres(durable=True)
    with tempfile.TemporaryDirectory() as folder:
        measure("PostgreSQL", postgres.create_database(), Path(folder))
    postgres.stop()


if __name__ == "__main__":
    main()
