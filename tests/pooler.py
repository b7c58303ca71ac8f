"""A private PgBouncer in transaction mode before a private PostgreSQL: its own folder, its own socket, no port."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.postgres import START_MAX_S, Postgres, die_with_parent, nobody, owner

PORT = 6432
#: few, so that transactions of one client really meet several connections, and the other way round
SERVER_CONNECTIONS = 3
MISSING = "The tests need PgBouncer. Run: make pgbouncer (or sudo apt-get install -y --no-install-recommends pgbouncer)"

SETTINGS = """\
[databases]
* = host={postgres}

[pgbouncer]
pool_mode = transaction
default_pool_size = {connections}
max_client_conn = 200
unix_socket_dir = {folder}
listen_port = {port}
auth_type = trust
auth_file = {folder}/users
logfile = {folder}/log
pidfile = {folder}/pid
"""


@dataclass
class Pooler:
    folder: Path
    process: subprocess.Popen[bytes]

    def url(self, direct: str) -> str:
        """The SQLAlchemy URL of the same database, by way of the pooler."""
        return f"{direct.partition('?')[0]}?host={self.folder}&port={PORT}"

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(timeout=START_MAX_S)
        shutil.rmtree(self.folder, ignore_errors=True)


def start_pooler(postgres: Postgres) -> Pooler:
    program = os.environ.get("PGBOUNCER", "/usr/sbin/pgbouncer")
    if not Path(program).is_file():
        raise RuntimeError(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="ovikello-pool-"))
    (folder / "users").write_text('"postgres" ""\n')
    given = {"postgres": postgres.folder, "folder": folder, "port": PORT, "connections": SERVER_CONNECTIONS}
    (folder / "settings.ini").write_text(SETTINGS.format(**given))
    if os.geteuid() == 0:  # it refuses to run as root
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, nobody().pw_uid, nobody().pw_gid)
    process = subprocess.Popen(
        [program, "-q", folder / "settings.ini"],
        cwd="/",
        stderr=subprocess.DEVNULL,
        preexec_fn=die_with_parent,  # noqa: PLW1509 - runs before exec, in a process of its own
        **owner(),
    )
    pooler = Pooler(folder, process)
    atexit.register(pooler.stop)
    _wait_until_ready(pooler)
    return pooler


def _wait_until_ready(pooler: Pooler) -> None:
    last = time.monotonic() + START_MAX_S
    while True:
        try:
            psycopg.connect(host=str(pooler.folder), port=PORT, user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            if pooler.process.poll() is not None or time.monotonic() > last:
                log = pooler.folder / "log"
                raise RuntimeError(f"PgBouncer did not start:\n{log.read_text() if log.exists() else ''}") from None
            time.sleep(0.05)
        else:
            return
