"""The server process: gunicorn inside, one process for SQLite, several for PostgreSQL."""

import fcntl
import gc
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from flask import Flask
from flask_migrate import upgrade
from gunicorn.app.base import BaseApplication
from sqlalchemy import inspect, select

from server import create_app
from server.auth import second_factor
from server.config import DEMO_ORGANISATION, LIMITS, Settings
from server.core import journal
from server.core.models import Organisation, db
from server.core.slow_requests import CONNECTIONS_MAX, REQUEST_THREADS, PatientWorker, WholeRequests
from server.core.transaction import in_one_transaction
from server.worker.worker import Worker

LOCK_NAME = "serving.lock"


class DemoInProduction(Exception):
    """The demo's people, whose password everybody can read, would sign in to a real installation."""


class InUse(Exception):
    """Another Ovikello already serves this data folder."""


class Gunicorn(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn, set up by us and not by its own command line."""

    def __init__(self, settings: Settings, options: dict[str, Any], *, sends_reminders: bool) -> None:
        self.settings = settings
        self.options = options
        self.sends_reminders = sends_reminders
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> WholeRequests:
        app = create_app(self.settings)
        if self.sends_reminders:
            threading.Thread(target=Worker(app).run, args=(threading.Event(),), daemon=True).start()
        calm_the_collector()
        return WholeRequests(app, self.settings.trusted_proxies)


def calm_the_collector() -> None:
    """Python's search for reference cycles took a fifth of a large request: look less often, and
    never again at what was there from the start."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def bring_up_to_date(app: Flask) -> bool:
    """Create or migrate the database and replay the journal. True where it was created.

    `DemoInProduction` where production is declared on a database that holds the demo.
    """
    with app.app_context():
        is_new = not inspect(db.engine).has_table("alembic_version")
        upgrade()
        journal.replay(journal.path_of(app))
        in_one_transaction(second_factor.seal_anew)
        db.session.remove()
        db.engine.dispose()  # what is open here must not be shared with the workers
    refuse_the_demo(app)
    return is_new


def refuse_the_demo(app: Flask) -> None:
    """`DemoInProduction` where production is declared on a database that holds the demo."""
    settings: Settings = app.extensions["ovikello-settings"]
    if not settings.production:
        return
    with app.app_context():
        holds_demo = inspect(db.engine).has_table(Organisation.__tablename__) and _holds_demo()
        db.session.remove()
        db.engine.dispose()
    if holds_demo:
        raise DemoInProduction


def _holds_demo() -> bool:
    """Whether the fictional organisation stands in this database, by itself or beside others."""
    return db.session.scalar(select(Organisation.id).where(Organisation.name == DEMO_ORGANISATION)) is not None


def run(settings: Settings, host: str, port: int, workers: int, *, sends_reminders: bool = True) -> None:
    """Serve until stopped. The caller holds the lock of the data folder.

    Without `sends_reminders` an `ovikello worker` has to.
    """
    options = {
        "bind": f"{host}:{port}",
        "worker_class": PatientWorker,
        "workers": workers,
        "threads": REQUEST_THREADS,
        "worker_connections": CONNECTIONS_MAX,
        "timeout": 60,
        "graceful_timeout": 20,
        "keepalive": 30,
        "accesslog": None,
        "loglevel": "warning",
        "proc_name": "ovikello",
        "control_socket_disable": True,
    }
    Gunicorn(settings, options, sends_reminders=sends_reminders).run()


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """Hold the lock that says this folder is being served. `InUse` where somebody else does.

    It is waited for a moment: of a server that was killed the last process may still be on its way out.
    """
    last = time.monotonic() + LIMITS.folder_lock_wait_s
    with (data_dir / LOCK_NAME).open("a") as file:
        while not _has_locked(file):
            if time.monotonic() > last:
                raise InUse
            time.sleep(0.05)
        yield


def _has_locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
