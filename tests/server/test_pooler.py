"""Behind PgBouncer in transaction mode (Debian's package): no start-up options, no prepared statements, and still no
lock is waited for longer than elsewhere."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, inspect, select, text

from server import create_app
from server.auth import tokens
from server.cli import main
from server.config import LIMITS, Settings
from server.core.database import writing
from server.core.models import Base, User, db
from server.core.sign_in_tables import AuthSession
from server.integrity import verify
from server.worker import job_queue
from tests.cast import THROUGH_A_POOLER, Cast, SignIn
from tests.pooler import SERVER_CONNECTIONS
from tests.reminding import Clock, Entries, open_case, plan

pytestmark = THROUGH_A_POOLER

PEOPLE_AT_ONCE = 8
ROUNDS = 12


def test_o3_a_day_through_the_pooler(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[O3] Signing in, entering, reading, being reminded, signing out; and the logs hold."""
    open_case(app, cast.aino, cast.liisa)
    clock = Clock("2099-11-24T09:00")
    Entries(app, clock)(cast.aino, "visit-1", plan("2099-11-25T14:00", "2099-11-25T15:00"))
    aino = sign_in("aino")
    body: dict[str, Any] = {"protocol": 2, "schema": 1, "cursor": None, "changes": [], "more_follow": False}
    first = aino.post("/api/sync", body).get_json()
    second = aino.post("/api/sync", body | {"cursor": first["cursor"]}).get_json()
    assert "visit-1" in {each["id"] for each in first["records"] + second["records"]}
    assert aino.refresh().status_code == 200
    clock.turn("2099-11-25T13:30")
    with app.app_context(), writing() as transaction:
        (org,) = job_queue.organisations_due(transaction.connection(), clock())
        assert {row.record for row in job_queue.claim(transaction.connection(), org, clock(), 120)} == {"visit-1"}
    assert aino.sign_out().status_code == 204
    with app.app_context(), db.engine.connect() as connection:
        assert list(verify.faults(connection)) == []


def test_o3_many_share_few_connections(app: Flask, cast: Cast, settings: Settings, sign_in: SignIn) -> None:
    """[O3] Each statement again and again, by two servers, on whichever connection is free: what one of them has
    prepared there is in the way of the other."""
    open_case(app, cast.aino, cast.liisa)
    phones = [sign_in("aino", device=f"phone-{number}") for number in range(PEOPLE_AT_ONCE)]
    another = create_app(settings)
    body: dict[str, Any] = {"protocol": 2, "schema": 1, "cursor": None, "changes": [], "more_follow": False}

    def use(number: int) -> set[int]:
        phone = phones[number]
        cookies = [phone.client.get_cookie(name) for name in (tokens.ACCESS_COOKIE,)]
        sent = {"Cookie": "; ".join(f"{each.key}={each.value}" for each in cookies if each), **phone.headers}
        other = another.test_client(use_cookies=False)
        asked = [other.post("/api/sync", json=body, headers=sent).status_code for _ in range(ROUNDS)]
        return {*asked, *(phone.post("/api/sync", body).status_code for _ in range(ROUNDS))}

    assert PEOPLE_AT_ONCE > SERVER_CONNECTIONS
    with ThreadPoolExecutor(PEOPLE_AT_ONCE) as people:
        assert set().union(*people.map(use, range(PEOPLE_AT_ONCE))) == {200}
    with another.app_context():
        db.engine.dispose()


def test_o3_the_limit_for_locks_is_in_force_in_each_transaction(app: Flask, cast: Cast) -> None:
    """[O3] Writing and reading, the session's and the engine's own, one after the other and again after a rollback."""
    wanted = text("SELECT current_setting('lock_timeout')")
    with app.app_context():
        for _ in range(SERVER_CONNECTIONS + 1):
            with writing() as transaction:
                assert transaction.scalar(wanted) == f"{LIMITS.database_wait_s}s"
            with db.engine.connect() as connection:
                assert connection.scalar(wanted) == f"{LIMITS.database_wait_s}s"
                connection.rollback()
                assert connection.scalar(wanted) == f"{LIMITS.database_wait_s}s"
            assert db.session.get_one(User, cast.aino.key).name == "aino"
            assert db.session.scalar(wanted) == f"{LIMITS.database_wait_s}s"
            db.session.remove()


@pytest.mark.usefixtures("short_database_waits")
def test_o3_what_somebody_else_holds_is_not_waited_for_for_ever(sign_in: SignIn, settings: Settings) -> None:
    """[O3] Fault 14: "come back later", within the time that holds everywhere."""
    aino = sign_in("aino")
    other = create_engine(settings.database_url, connect_args={"prepare_threshold": None})
    with other.connect() as holding:
        holding.execute(select(AuthSession).with_for_update())
        start = time.monotonic()
        reply = aino.refresh()
        assert time.monotonic() - start < 4 * LIMITS.database_wait_s  # and not until the other lets go
    other.dispose()
    assert (reply.status_code, reply.json) == (503, {"problem": {"code": "try_later"}})
    assert aino.refresh().status_code == 200


def test_o3_the_migrations_go_through_it(app: Flask) -> None:
    """[O3] There and back."""
    with app.app_context():
        downgrade(revision="base")
        upgrade()
        assert len(inspect(db.engine).get_table_names()) == len(Base.metadata.tables) + 1


def test_o3_a_pooler_that_nobody_named_is_noticed_at_once(settings: Settings) -> None:
    """[O3] In plain words, and not in the middle of a day when a statement was prepared on another connection."""
    environment = {
        "OVIKELLO_DATA_DIR": str(settings.data_dir),
        "OVIKELLO_DATABASE_URL": settings.database_url,
        "OVIKELLO_SECRET_KEY": settings.secret_key,
    }
    refused = CliRunner().invoke(main, ["migrate"], env=environment)
    assert (refused.exit_code, "OVIKELLO_DATABASE_POOLER=1" in refused.output) == (1, True)
    named = CliRunner().invoke(main, ["migrate"], env=environment | {"OVIKELLO_DATABASE_POOLER": "1"})
    assert (named.exit_code, named.output) == (0, "The database is up to date.\n")
