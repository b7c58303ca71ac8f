"""Every refusal is an entry of the catalogue, in three languages, and leaves in one shape."""

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import create_engine, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted

import server
from server.auth import tokens
from server.core.problems import CATALOGUE, Problem
from server.core.sign_in_tables import AuthSession
from tests.cast import ON_SQLITE, SignIn

SOURCES = sorted(Path(server.__file__).parent.rglob("*.py"))


def test_it_works(app: Flask) -> None:
    reply = app.test_client().get("/api/devices")
    assert (reply.status_code, reply.json) == (401, {"problem": {"code": "sign_in_needed"}})


@pytest.mark.parametrize("code", CATALOGUE)
def test_each_entry_has_a_status_and_three_languages(code: str) -> None:
    entry = CATALOGUE[code]
    assert entry.keys() == {"status", "fi", "sv", "en"}
    assert 400 <= entry["status"] <= 599
    sentences = [entry[language] for language in ("fi", "sv", "en")]
    assert all(sentence.endswith(".") for sentence in sentences)
    assert len(set(sentences)) == 3


def test_every_code_in_the_source_stands_in_the_catalogue() -> None:
    used = {
        code
        for source in SOURCES
        for code in re.findall(r'Problem\(\s*"([a-z_]+)"', source.read_text(encoding="utf-8"))
    }
    assert len(used) > 10
    assert used <= CATALOGUE.keys()


def test_every_entry_is_used() -> None:
    text = "\n".join(source.read_text(encoding="utf-8") for source in SOURCES)
    unused = [code for code in CATALOGUE if f'"{code}"' not in text]
    assert unused == []


@ON_SQLITE
@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/nothing", 404, "not_found"),
        ("GET", "/missing.js", 404, "not_found"),
        ("GET", "/assets/../../pyproject.toml", 404, "not_found"),
        ("GET", "/assets/..%2f..%2fmodels.py", 404, "not_found"),
        ("PUT", "/api/session", 405, "method_not_allowed"),
        ("POST", "/", 405, "method_not_allowed"),
    ],
)
def test_what_the_framework_refuses_has_our_shape(app: Flask, method: str, path: str, status: int, code: str) -> None:
    reply = app.test_client().open(path, method=method)
    assert (reply.status_code, reply.json) == (status, {"problem": {"code": code}})


@ON_SQLITE
@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OperationalError("", {}, sqlite3.OperationalError("database is locked")), "try_later"),
        (OperationalError("", {}, psycopg.errors.LockNotAvailable("waited")), "try_later"),
        (OperationalError("", {}, psycopg.errors.DeadlockDetected("deadlock")), "try_later"),
        (OperationalError("", {}, psycopg.errors.SerializationFailure("again")), "try_later"),
        (IntegrityError("", {}, psycopg.errors.UniqueViolation("twice")), "try_later"),
        (PoolExhausted(), "try_later"),
        (
            OperationalError("", {}, sqlite3.OperationalError("database or disk is full")),
            "storage_full",
        ),
        (OperationalError("", {}, psycopg.errors.DiskFull("no space")), "storage_full"),
        (OSError(errno.ENOSPC, "No space left on device"), "storage_full"),
        (OSError(errno.EIO, "broken disk"), "internal"),
        (OperationalError("", {}, sqlite3.OperationalError("no such table: x")), "internal"),
        (RuntimeError("a bug with Matti Meikäläinen in it"), "internal"),
    ],
)
def test_what_breaks_inside_tells_no_details(
    app: Flask, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    """Security 41; faults 11, 13 and 14."""

    def broken() -> None:
        raise error

    monkeypatch.setitem(app.view_functions, "health.health", tokens.open_to_all(broken))
    reply = app.test_client().get("/api/health")
    assert (reply.status_code, reply.json) == (CATALOGUE[code]["status"], {"problem": {"code": code}})
    assert ("Retry-After" in reply.headers) is (code == "try_later")


@contextmanager
def somebody_else_writes(app: Flask) -> Iterator[None]:
    """Holds what a writing request needs: the database on SQLite, the session's row on PostgreSQL."""
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(select(AuthSession).with_for_update())
        yield
    engine.dispose()


@pytest.mark.usefixtures("short_database_waits")
def test_a_write_that_waits_too_long_is_told_to_come_back(app: Flask, sign_in: SignIn) -> None:
    """Fault 14."""
    aino = sign_in("aino")
    with somebody_else_writes(app):
        reply = aino.refresh()
    assert (reply.status_code, reply.json) == (503, {"problem": {"code": "try_later"}})
    assert reply.headers["Retry-After"] == "5"
    assert aino.refresh().status_code == 200


def test_a_problem_carries_its_fields() -> None:
    assert Problem("fields_invalid", {"a": ["b"]}).as_json() == {
        "code": "fields_invalid",
        "fields": {"a": ["b"]},
    }
