"""The office of the browser tests: a real `ovikello serve`, and a look into its database."""

from __future__ import annotations

import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import text

from server import create_app, serve
from server.config import Settings
from server.core.models import db
from server.demo.phone import Phone
from tests.browser.clients import Clients, answer, enter_clients, phone_of
from tests.browser.serving import Server
from tests.cast import Cast, Person, hire
from tests.independent_provider import IndependentProvider

COMMAND = Path(sys.executable).with_name("ovikello")
SECRET = "only for tests: 0123456789abcdef0123456789abcdef"
START_MAX_S = 60


@dataclass(frozen=True)
class Founded:
    """An installation with its cast and clients, for tests to copy."""

    data_dir: Path
    cast: Cast
    clients: Clients


def found(data_dir: Path, database_url: str = "") -> Founded:
    app = create_app(_settings(data_dir, database_url))
    serve.bring_up_to_date(app)
    cast = hire(app)
    founded = Founded(data_dir, cast, enter_clients(app, cast))
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return founded


@dataclass
class Office:
    """The server's process. `kill` is -9; `start` starts it again on the same port."""

    data_dir: Path
    cast: Cast
    clients: Clients
    port: int
    database_url: str = ""
    #: whether it tells devices of news at once (P11)
    live: bool = False
    #: what else the operator has set, and a sign-in provider on loopback
    environment: dict[str, str] = field(default_factory=dict)
    provider: IndependentProvider | None = None
    process: Server | None = None
    _app: Flask | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        arguments = ["--port", str(self.port), "--data-dir", str(self.data_dir)]
        # A device fetches when its test says so; test_live.py has it otherwise.
        environment = {"OVIKELLO_SECRET_KEY": SECRET, "OVIKELLO_LIVE": "1" if self.live else "0"}
        if self.database_url:
            environment["OVIKELLO_DATABASE_URL"] = self.database_url
        environment |= self.environment
        self.process = Server(arguments, environment, self.data_dir / "serve.log", self.provider)

    def wait(self) -> None:
        """Until it answers."""
        last = time.monotonic() + START_MAX_S
        while True:
            try:
                if self._is_up():
                    return
            except OSError:
                if time.monotonic() > last:
                    raise RuntimeError((self.data_dir / "serve.log").read_text()) from None
                time.sleep(0.05)

    def _is_up(self) -> bool:
        with closing(HTTPConnection("localhost", self.port, timeout=2)) as connection:
            connection.request("GET", "/api/health")
            return connection.getresponse().status == 200

    def kill(self) -> None:
        if self.process is None:
            return
        self.process.kill()
        self.process = None

    @contextmanager
    def open(self) -> Iterator[Office]:
        """Served from here to the end of the block."""
        try:
            self.start()
            self.wait()
            yield self
        finally:
            self.kill()
            self._close_database()

    def _close_database(self) -> None:
        if self._app:
            with self._app.app_context():
                db.session.remove()
                db.engine.dispose()

    @contextmanager
    def inside(self) -> Iterator[Flask]:
        """What the server's own functions need: they work on the same database beside the process."""
        self._app = self._app or create_app(_settings(self.data_dir, self.database_url))
        with self._app.app_context():
            yield self._app
            db.session.remove()

    @contextmanager
    def colleague(self, person: Person) -> Iterator[Phone]:
        """A phone without a screen that has fetched everything, and sends at the end."""
        with self.inside():
            phone = phone_of(person, answer)
            phone.receive()
            yield phone
            phone.send()

    def rows(self, sql: str, **values: Any) -> list[Any]:
        with self.inside(), db.engine.connect() as connection:
            return list(connection.execute(text(sql), values))

    def execute(self, sql: str, **values: Any) -> None:
        with self.inside(), db.engine.begin() as connection:
            connection.execute(text(sql), values)

    def log_of(self, person: Person) -> Counter[str]:
        """The kinds of what this person's browsers have written into the log: each change id stands there once."""
        wanted = "SELECT id, kind FROM change WHERE author = :author AND device <> :desk"
        logged = self.rows(wanted, author=person.id, desk=person.device)
        assert len({change for change, _ in logged}) == len(logged)
        return Counter(kind for _, kind in logged)


def copy_of(founded: Founded, data_dir: Path, port: int) -> Office:
    shutil.copytree(founded.data_dir, data_dir)
    return Office(data_dir, founded.cast, founded.clients, port)


def _settings(data_dir: Path, database_url: str) -> Settings:
    return Settings(
        data_dir=data_dir,
        database_url=database_url or f"sqlite:///{data_dir / 'ovikello.sqlite'}",
        secret_key=SECRET,
    )
