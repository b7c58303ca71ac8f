"""/api/pin: what a device's PIN needs of the server, and how often it may be guessed (J14)."""

import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import delete, func, select, update
from werkzeug.test import TestResponse

from server.auth import pins
from server.backup import begin_new_epoch
from server.cli import main
from server.config import Settings
from server.core import journal
from server.core.database import writing
from server.core.models import AuditEvent, Organisation, SecurityEvent, db
from server.core.sign_in_tables import AuthSession, PinShare
from tests.cast import ON_SQLITE, PASSWORD, Cast, Phone, SignIn

RIGHT, WRONG = secrets.token_urlsafe(32), secrets.token_urlsafe(32)


def set_on(phone: Phone, proof: str = RIGHT) -> str | None:
    reply = phone.put("/api/pin", {"proof": proof})
    assert reply.status_code == 200, reply.json
    share: str | None = reply.get_json()["share"]
    return share


def tried(phone: Phone, proof: str) -> TestResponse:
    """By the locked device: its credential, without a cookie."""
    return phone.client.application.test_client().post("/api/pin", json={"proof": proof}, headers=phone.credential)


def left_after(phone: Phone, proof: str) -> int:
    left: int = tried(phone, proof).get_json()["tries_left"]
    return left


def shares(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(PinShare)) or 0


def test_j14_the_right_pin_gets_the_share_and_a_wrong_one_is_counted(app: Flask, sign_in: SignIn) -> None:
    """[J14] The fifth wrong one deletes it, for the right one too; a right one in between begins anew."""
    aino, liisa = sign_in("aino"), sign_in("liisa")
    share = set_on(aino)
    assert tried(aino, RIGHT).get_json() == {"share": share, "tries_left": 5}
    assert [left_after(aino, WRONG) for _ in range(4)] == [4, 3, 2, 1]
    assert tried(aino, RIGHT).get_json()["share"] == share
    assert tried(liisa, RIGHT).get_json() == {"share": None, "tries_left": 0}, "another device has none"
    assert [left_after(aino, WRONG) for _ in range(5)] == [4, 3, 2, 1, 0]
    assert tried(aino, RIGHT).get_json() == {"share": None, "tries_left": 0}
    assert shares(app) == 0
    with app.app_context():
        noted = db.session.scalars(select(SecurityEvent.event).where(SecurityEvent.event.like("pin%"))).all()
    assert sorted(noted) == ["pin_refused"] * 8 + ["pin_set", "pin_spent"]


def test_j14_guesses_between_right_ones_are_counted_too(app: Flask, sign_in: SignIn) -> None:
    """[J14] Somebody with a copy of the files tries four after each right one: twenty in all are the end."""
    aino = sign_in("aino")
    set_on(aino)
    for _ in range(4):
        assert [left_after(aino, WRONG) for _ in range(4)] == [4, 3, 2, 1]
        assert tried(aino, RIGHT).get_json()["share"]
    assert [left_after(aino, WRONG) for _ in range(4)] == [3, 2, 1, 0]
    assert shares(app) == 0


def test_j14_guesses_at_once_are_counted_one_by_one(app: Flask, sign_in: SignIn) -> None:
    """[J14] Two tabs, or a copy of the phone's files beside it: together they have five."""
    aino = sign_in("aino")
    set_on(aino)
    with ThreadPoolExecutor(4) as pool:
        left = sorted(pool.map(lambda _: left_after(aino, WRONG), range(8)), reverse=True)
    assert left == [4, 3, 2, 1, 0, 0, 0, 0]
    assert shares(app) == 0


def test_j14_only_the_unlocked_device_sets_its_pin_and_with_a_fresh_password(app: Flask, sign_in: SignIn) -> None:
    """[J14] A try is by the credential of the locked device; setting one is its person's, with a fresh password."""
    aino = sign_in("aino")
    stranger = app.test_client()
    assert stranger.post("/api/pin", json={"proof": RIGHT}).status_code == 401
    assert stranger.put("/api/pin", json={"proof": RIGHT}, headers=aino.credential).status_code == 401
    assert aino.put("/api/pin", {"proof": "123456"}).status_code == 422, "never the PIN itself"
    with app.app_context(), writing() as transaction:
        transaction.execute(update(AuthSession).values(confirmed_at="2026-01-01T00:00:00Z"))
    assert aino.put("/api/pin", {"proof": RIGHT}).get_json() == {"problem": {"code": "confirm_password"}}


@pytest.mark.parametrize("how", ["give_up", "sign_out", "revoke", "wipe", "password", "again"])
def test_j14_what_takes_a_pin_away(how: str, app: Flask, sign_in: SignIn) -> None:
    """[J14] Of this device; the password is changed on another one."""
    aino, laptop = sign_in("aino"), sign_in("aino", device="laptop")
    set_on(aino)
    kept = set_on(laptop)
    if how == "give_up":
        assert aino.delete("/api/pin").status_code == 204
    elif how == "sign_out":
        assert aino.sign_out().status_code == 204
    elif how == "revoke":
        assert laptop.delete("/api/devices/phone-of-aino").status_code == 204
    elif how == "wipe":
        assert laptop.post("/api/devices/phone-of-aino/wipe").status_code == 204
    elif how == "password":
        body = {"current": PASSWORD, "next": "lumihanki maaliskuussa"}
        assert laptop.post("/api/password", body).status_code == 204
    else:
        set_on(aino, WRONG)
    reply = tried(aino, RIGHT)
    assert reply.status_code == {"sign_out": 401, "wipe": 403}.get(how, 200)
    assert reply.get_json().get("share") is None
    assert shares(app) == (2 if how == "again" else 1)
    assert tried(laptop, RIGHT).get_json()["share"] == kept


def test_j14_a_restore_leaves_no_pin(app: Flask, sign_in: SignIn) -> None:
    """[J14, L11] A backup does not know the tries since: what they destroyed would be back."""
    aino = sign_in("aino")
    set_on(aino)
    begin_new_epoch(app)
    assert tried(aino, RIGHT).get_json() == {"share": None, "tries_left": 0}


@ON_SQLITE  # a command is a process of its own; here it would leave its connections behind
def test_j14_the_operator_lets_pins_open_without_a_network(
    app: Flask, cast: Cast, settings: Settings, sign_in: SignIn
) -> None:
    """[J14] Then the server keeps no share, and a device that has such a PIN hears when that is over."""
    aino = sign_in("aino")
    assert aino.get("/api/pin").get_json() == {"may_be_offline": False}
    set_on(aino)
    for word, allowed in (("yes", True), ("no", False)):
        with app.app_context():
            org = db.session.get_one(Organisation, cast.aino.org).name
        command = ["organisation", "offline-pin", word, "--organisation", org]
        env = {"OVIKELLO_DATA_DIR": str(settings.data_dir), "OVIKELLO_DATABASE_URL": settings.database_url}
        run = CliRunner().invoke(main, command, env=env)
        assert run.exit_code == 0, run.output
        assert aino.get("/api/pin").get_json() == {"may_be_offline": allowed}
        if allowed:
            assert set_on(aino) is None
            assert shares(app) == 0
    assert set_on(aino) is not None


def test_j14_a_permission_that_was_taken_back_stays_so(app: Flask, settings: Settings, cast: Cast) -> None:
    """[J14, L5] A backup from when PINs opened without a network does not let them again."""
    with app.app_context(), writing() as transaction:
        pins.allow_offline(transaction, cast.aino.org, True, None)
        pins.allow_offline(transaction, cast.aino.org, False, None)
    with app.app_context(), writing() as transaction:
        transaction.execute(delete(AuditEvent))
        transaction.execute(update(Organisation).values(offline_pin=True))
    with app.app_context():
        assert journal.replay(settings.journal_path) == 2
        assert not db.session.get_one(Organisation, cast.aino.org).offline_pin
