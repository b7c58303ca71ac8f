"""How the database is opened: SQLite in WAL with one writer at a time, or PostgreSQL by its URL.

A read transaction on SQLite that turns into a write fails at once, whatever its time-out, when
another writer was faster. So a transaction says at its beginning that it will write: `writing()`,
or `engine.connect().execution_options(write=True)`, begins with BEGIN IMMEDIATE.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from server.config import LIMITS
from server.models import db

#: packed with the server, so that an installed one finds them
MIGRATIONS = Path(__file__).parent / "migrations"


def engine_options(url: str) -> dict[str, object]:
    """What Flask-SQLAlchemy hands to `create_engine`."""
    if url.startswith("sqlite"):
        return {"hide_parameters": True, "connect_args": {"check_same_thread": False}}
    return {
        "hide_parameters": True,  # an error in the log names no client
        "pool_pre_ping": True,
        "pool_timeout": LIMITS.database_wait_s,
        "connect_args": {"options": f"-c lock_timeout={LIMITS.database_wait_s}s -c timezone=UTC"},
    }


def prepare(engine: Engine) -> None:
    """Give a SQLite engine its pragmas and its BEGIN. PostgreSQL needs nothing."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def _open_sqlite(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # pysqlite begins nothing by itself; `_begin_sqlite` does
    connection.execute(f"PRAGMA busy_timeout = {LIMITS.database_wait_s * 1000}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing() -> Iterator[Session]:
    """One write transaction: committed at the end, rolled back by any exception."""
    session = db.session()
    session.rollback()  # what was read before belongs to an older state
    session.connection(execution_options={"write": True})
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
