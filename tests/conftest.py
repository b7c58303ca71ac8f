"""What every server test stands on: a migrated database with the cast, on SQLite and on PostgreSQL.

Migrating and hiring happen once for each kind of database; each test gets a copy.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask

from server import create_app, serve
from server.auth import passwords
from server.config import LIMITS, Settings
from server.core.models import db
from tests.cast import PASSWORD, Cast, Phone, SessionKey, SignIn, Template, hire, opened_session
from tests.contract_check import CheckedClient
from tests.pooler import Pooler, start_pooler
from tests.postgres import Postgres, start_postgres

COSTLY_HASHER, COSTLY_NOBODYS_HASH = passwords.HASHER, passwords.NOBODYS_HASH
SECRET = "only for tests, as long as HS512 wants it: 0123456789abcdef01234567"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    server = start_postgres()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def pooler(postgres: Postgres) -> Iterator[Pooler]:
    running = start_pooler(postgres)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def cheap_passwords() -> Iterator[None]:
    """Argon2id with as little of it as there can be. It costs 32 MiB and 90 ms on purpose, and nearly every test signs
    in: what is said of the cost itself asks for `costly_passwords`."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", hasher)
        patch.setattr(passwords, "NOBODYS_HASH", hasher.hash("nobody has this password"))
        yield


@pytest.fixture
def costly_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the server has them."""
    monkeypatch.setattr(passwords, "HASHER", COSTLY_HASHER)
    monkeypatch.setattr(passwords, "NOBODYS_HASH", COSTLY_NOBODYS_HASH)


@pytest.fixture(scope="session")
def sqlite_template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Template:
    request.getfixturevalue("cheap_passwords")
    folder = tmp_path_factory.mktemp("template")
    return _template(folder, f"sqlite:///{folder / 'ovikello.sqlite'}")


@pytest.fixture(scope="session")
def postgres_template(
    request: pytest.FixtureRequest, postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Template:
    request.getfixturevalue("cheap_passwords")
    return _template(tmp_path_factory.mktemp("template"), postgres.create_database())


def _template(folder: Path, url: str) -> Template:
    app = create_app(Settings(data_dir=folder, database_url=url, secret_key=SECRET))
    serve.bring_up_to_date(app)
    cast = hire(app)
    with app.app_context():
        db.engine.dispose()
    return Template(url, cast)


@pytest.fixture(params=["sqlite", "postgres"])
def template(request: pytest.FixtureRequest) -> Template:
    """Each test that asks for it runs on both databases, and through a pooler where it is marked `THROUGH_A_POOLER`."""
    kind = "postgres" if request.param == "pooler" else request.param
    found: Template = request.getfixturevalue(f"{kind}_template")
    return replace(found, pooler=request.getfixturevalue("pooler") if request.param == "pooler" else None)


@pytest.fixture
def settings(template: Template, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """An installation of its own, with a copy of the template's database."""
    plain = Settings(data_dir=tmp_path, database_url=template.url, secret_key=SECRET)
    if plain.sqlite_path:
        shutil.copy(plain.sqlite_path, tmp_path / "ovikello.sqlite")
        yield replace(plain, database_url=f"sqlite:///{tmp_path / 'ovikello.sqlite'}")
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    url = postgres.create_database(like=template.url)
    if template.pooler:
        yield replace(plain, database_url=template.pooler.url(url), database_pooler=True)
    else:
        yield replace(plain, database_url=url)
    postgres.drop_database(url)


@pytest.fixture
def short_database_waits() -> Iterator[None]:
    """A second for a lock instead of five; for `usefixtures`, since the app is made after it."""
    wait_s = LIMITS.database_wait_s
    object.__setattr__(LIMITS, "database_wait_s", 1)
    yield
    object.__setattr__(LIMITS, "database_wait_s", wait_s)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.test_client_class = CheckedClient
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def cast(template: Template) -> Cast:
    return template.cast


@pytest.fixture
def sign_in(app: Flask, cast: Cast) -> SignIn:
    """`sign_in("aino")` gives her phone; `sign_in("aino", device="laptop")` another of her devices."""

    def sign_in(name: str, device: str | None = None, password: str = PASSWORD) -> Phone:
        client = app.test_client()
        client.environ_base["wsgi.url_scheme"] = "https"  # the cookies are Secure
        key, credential = SessionKey(), secrets.token_urlsafe(32)
        given = {"id": device or f"phone-of-{name}", "name": "Phone", "credential": credential}
        body = {"name": name, "password": password, "device": given, "key": key.public}
        key_of = {each.name: each.key for each in vars(cast).values()}
        reply = opened_session(app, client, key_of.get(name, ("", "")), body)
        assert reply.status_code == 200, reply.json
        return Phone(client, reply.get_json(), key, credential)

    return sign_in
