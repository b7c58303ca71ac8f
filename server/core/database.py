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
from server.core.models import db

#: packed with the server, so that an installed one finds them
MIGRATIONS = Path(__file__).parent.parent / "migrations"


def engine_options(url: str, *, pooler: bool = False) -> dict[str, object]:
    """What Flask-SQLAlchemy hands to `create_engine`.

    A pooler refuses options at the start of a connection and knows no prepared statement: see `prepare`.
    """
    if url.startswith("sqlite"):
        return {"hide_parameters": True, "connect_args": {"check_same_thread": False}}
    return {
        "hide_parameters": True,  # an error in the log names no client
        "pool_pre_ping": True,
        "pool_timeout": LIMITS.database_wait_s,
        "connect_args": {"prepare_threshold": None} if pooler else {"options": f"-c {_lock_timeout()}"},
    }


def _lock_timeout() -> str:
    """In milliseconds, as PostgreSQL counts where no unit is said."""
    return f"lock_timeout={LIMITS.database_wait_s * 1000}"


def prepare(engine: Engine, *, pooler: bool = False) -> None:
    """Give a SQLite engine its pragmas and its BEGIN, and each transaction behind a pooler its time limit for locks."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    elif pooler:
        event.listen(engine, "begin", _begin_pooled)


def _open_sqlite(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # pysqlite begins nothing by itself; `_begin_sqlite` does
    connection.execute(f"PRAGMA busy_timeout = {LIMITS.database_wait_s * 1000}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_pooled(connection: Connection) -> None:
    """The server's connection is another one in each transaction: what it is to know is said in each."""
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":  # single reads wait for no lock
        connection.exec_driver_sql(f"SET LOCAL {_lock_timeout()}")


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
