"""Ten thousand reminders due in one minute, two workers killed at random: `python -m tests.bench.reminders`."""

import tempfile
from pathlib import Path

from server import create_app, serve
from server.auth import sessions
from server.config import Settings
from server.core.database import writing
from server.core.models import User
from tests import killing
from tests.cast import hire
from tests.conftest import SECRET
from tests.postgres import start_postgres
from tests.push_service import push_service

DUE = 10_000
KILLS = 10


def measure(name: str, url: str, folder: Path) -> None:
    app = create_app(Settings(data_dir=folder, database_url=url, secret_key=SECRET))
    serve.bring_up_to_date(app)
    aino = hire(app).aino
    with app.app_context(), writing() as transaction:
        user = transaction.get_one(User, aino.key)
        sessions.start(transaction, user, sessions.device_of(transaction, user, "phone", "Phone"), key=None)
    with push_service() as service:
        killing.fill(app, aino, service, DUE)
        found = killing.run(app, service, workers=2, kills=KILLS, seed=1, limit_s=600, pause_s=6)
    rate = found.due / found.seconds
    print(f"{name}: {found.due} due, {found.kills} kills, {found.seconds:.0f} s, {rate:.0f} a second", end=", ")
    print(f"{found.lost} lost, {found.repeats} sent twice, {len(found.problems)} refused", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{folder}/ovikello.sqlite", Path(folder))
    postgres = start_postgres(durable=True)
    with tempfile.TemporaryDirectory() as folder:
        measure("PostgreSQL", postgres.create_database(), Path(folder))
    postgres.stop()


if __name__ == "__main__":
    main()
