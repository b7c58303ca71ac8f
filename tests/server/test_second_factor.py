"""The second factor: six digits of an app, recovery codes, who has to have it, and who takes it away (J8–J12)."""

import time
from dataclasses import replace
from typing import Any

import orjson
import pyotp
import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import delete, select, update

from server import create_app, serve
from server.auth import second_factor, security_log_reading, throttle, tokens
from server.cli import main
from server.config import DEMO_ORGANISATION, LIMITS, Settings
from server.core import journal, timestamps
from server.core.database import writing
from server.core.models import AuditEvent, Organisation, User, db
from server.core.problems import Problem
from server.core.sign_in_tables import AuthSession, SecondFactor, WrongTries
from tests.cast import APP_SECRET, ON_SQLITE, PASSWORD, Cast, Person, Phone, SignIn, code_of_app
from tests.server.test_contract import OPEN
from tests.server.test_gate import addresses
from tests.server.test_session import attempt, change, code_of

STEP_S = second_factor.STEP_S
LONG_AGO = "2026-01-01T00:00:00Z"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time by which codes are judged; a test moves it on."""
    now = [float(int(time.time()) // STEP_S * STEP_S + 1)]
    monkeypatch.setattr(second_factor, "clock", lambda: now[0])
    return now


def set_up(phone: Phone, clock: list[float]) -> tuple[pyotp.TOTP, list[str]]:
    """The app that the phone's person reads the picture with, and the recovery codes. A step has passed since."""
    offer = phone.post("/api/second-factor").json
    assert offer is not None
    app = pyotp.TOTP(offer["secret"])
    reply = phone.post("/api/second-factor/confirm", {"code": app.at(int(clock[0]))})
    assert reply.status_code == 200, reply.json
    clock[0] += STEP_S
    assert reply.json is not None
    return app, reply.json["recovery_codes"]


def try_with(app: Flask, code: str | None, name: str = "aino", device: str = "laptop", **more: Any) -> str:
    """A sign-in elsewhere; empty where it was taken."""
    given = {} if code is None else {"code": code}
    reply = attempt(app.test_client(), name, more.pop("password", PASSWORD), device=device, **given, **more)
    return "" if reply.status_code == 200 else code_of(reply)


def events(app: Flask, person: Person) -> list[str]:
    with app.app_context(), db.engine.connect() as connection:
        return [each.event for each in security_log_reading.entries(connection, account=person.key)]


def test_j8_it_works(app: Flask, cast: Cast, sign_in: SignIn, clock: list[float]) -> None:
    """[J8] [J9] Security 24: set up by one right code, asked for at the next sign-in, and each code taken once."""
    aino = sign_in("aino")
    assert aino.get("/api/second-factor").json == {
        "since": None, "recovery_codes_left": 0, "required": False, "waived": False,
    }  # fmt: skip
    offer = aino.post("/api/second-factor").json
    assert offer is not None
    assert offer["uri"].startswith("otpauth://totp/Ovikello:aino?secret=" + offer["secret"])
    assert offer["qr"]["path"].startswith("M0 0h1v1h-1z")
    assert try_with(app, None) == ""  # nothing is asked for before the first right code
    device = pyotp.TOTP(offer["secret"])
    wrong = aino.post("/api/second-factor/confirm", {"code": f"{(int(device.at(int(clock[0]))) + 1) % 10**6:06}"})
    assert (wrong.status_code, code_of(wrong)) == (401, "second_factor_wrong")
    code = device.at(int(clock[0]))
    codes = aino.post("/api/second-factor/confirm", {"code": f"{code[:3]} {code[3:]}"}).json
    assert codes is not None
    assert len(set(codes["recovery_codes"])) == LIMITS.recovery_codes
    assert try_with(app, None) == "second_factor_needed"
    assert try_with(app, code) == "second_factor_wrong"  # it was used to set it up
    clock[0] += STEP_S
    code = device.at(int(clock[0]))
    assert try_with(app, code) == ""
    assert try_with(app, code) == "second_factor_wrong"
    told = events(app, cast.aino)
    assert {"second_factor_set", "second_factor_used", "second_factor_refused"} <= set(told)
    status = aino.get("/api/second-factor").json
    assert status is not None
    assert status["since"]
    assert status["recovery_codes_left"] == LIMITS.recovery_codes


@ON_SQLITE
@pytest.mark.parametrize(("steps", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_j8_a_clock_may_be_off_by_one_step(
    app: Flask, sign_in: SignIn, clock: list[float], steps: int, *, is_taken: bool
) -> None:
    """[J8] And a later code closes those before it."""
    device, _ = set_up(sign_in("aino"), clock)
    clock[0] += 10 * STEP_S
    shown = device.at(int(clock[0]) + steps * STEP_S)
    assert (try_with(app, shown) == "") is is_taken
    if is_taken:
        assert try_with(app, device.at(int(clock[0]) - STEP_S)) == "second_factor_wrong"


@ON_SQLITE
def test_j8_a_recovery_code_opens_once(app: Flask, cast: Cast, sign_in: SignIn, clock: list[float]) -> None:
    """[J8] In whatever letters it is typed; hashes are all that is kept, and others replace them."""
    aino = sign_in("aino")
    _, codes = set_up(aino, clock)
    assert try_with(app, codes[0].lower().replace("-", " ")) == ""
    assert try_with(app, codes[0]) == "second_factor_wrong"
    status = aino.get("/api/second-factor").json
    assert status is not None
    assert status["recovery_codes_left"] == LIMITS.recovery_codes - 1
    with app.app_context():
        row = db.session.get_one(SecondFactor, cast.aino.key)
        assert not any(code.replace("-", "") in f"{row.recovery}{row.secret}" for code in codes)
    others = aino.post("/api/second-factor/recovery-codes").json
    assert others is not None
    assert try_with(app, codes[1]) == "second_factor_wrong"
    assert try_with(app, others["recovery_codes"][1]) == ""
    assert {"recovery_code_used", "recovery_codes_made"} <= set(events(app, cast.aino))


@ON_SQLITE
def test_j8_a_new_app_replaces_the_one_before(app: Flask, sign_in: SignIn, clock: list[float]) -> None:
    """[J8] Which goes on until the new one's first code."""
    aino = sign_in("aino")
    before, _ = set_up(aino, clock)
    offer = aino.post("/api/second-factor").json
    assert offer is not None
    assert try_with(app, before.at(int(clock[0]))) == ""
    clock[0] += STEP_S
    after = pyotp.TOTP(offer["secret"])
    assert aino.post("/api/second-factor/confirm", {"code": after.at(int(clock[0]))}).status_code == 200
    clock[0] += STEP_S
    assert try_with(app, before.at(int(clock[0]))) == "second_factor_wrong"
    assert try_with(app, after.at(int(clock[0]))) == ""


@ON_SQLITE
def test_j8_what_is_stored_makes_no_codes(
    app: Flask, cast: Cast, settings: Settings, sign_in: SignIn, clock: list[float]
) -> None:
    """[J8] Security 42: it opens with the server's key, for its own person, and is sealed anew when the key changes."""
    device, codes = set_up(sign_in("aino"), clock)
    with app.app_context(), writing() as transaction:
        row = transaction.get_one(SecondFactor, cast.aino.key)
        assert row.secret
        assert device.secret not in row.secret
        kept = row.secret
        transaction.get_one(SecondFactor, cast.satu.key).secret = kept
    assert try_with(app, device.at(int(clock[0])), "satu") == "second_factor_wrong"
    later = replace(settings, secret_key="another key: fedcba9876543210fedcba98765", keys_before=(settings.secret_key,))
    changed = create_app(later)
    serve.bring_up_to_date(changed)
    forgotten = create_app(replace(later, keys_before=()))
    assert try_with(forgotten, device.at(int(clock[0]))) == ""
    assert try_with(app, device.at(int(clock[0]) + STEP_S)) == "second_factor_wrong"  # the key of before opens nothing
    assert try_with(app, codes[0]) == ""


@ON_SQLITE
def test_j9_nobody_hears_of_it_without_the_password(app: Flask, sign_in: SignIn, clock: list[float]) -> None:
    """[J9] Security 26: a wrong password, an unknown name and a wrong password with a right code are answered alike."""
    device, _ = set_up(sign_in("aino"), clock)
    for name, code in (("aino", None), ("aino", device.at(int(clock[0]))), ("nobody", "123456"), ("liisa", "123456")):
        given = {} if code is None else {"code": code}
        reply = attempt(app.test_client(), name, "arvaus ja toinen", **given)
        assert (reply.status_code, code_of(reply)) == (401, "sign_in_failed")
    assert try_with(app, device.at(int(clock[0]))) == ""  # no code was used up
    assert try_with(app, "123456", "liisa", "tablet") == ""  # who has none is asked for none


@ON_SQLITE
def test_j9_guesses_cost_waits_and_never_lock_the_person_out(app: Flask, sign_in: SignIn, clock: list[float]) -> None:
    """[J9] Security 25: strangers who know the password wait together, from however many addresses, and no right
    password forgives them; the person's own device and a recovery code go on."""
    aino = sign_in("aino")
    device, codes = set_up(aino, clock)

    def forgive_passwords() -> None:
        """As if their counters were over: here it is about those of codes."""
        with app.app_context(), writing() as transaction:
            by_code = throttle.code_counters_for("aino", "", None, digits=True).all()
            transaction.execute(delete(WrongTries).where(WrongTries.key.not_in([each.key for each in by_code])))

    def guess(place: int) -> str:
        forgive_passwords()
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = f"203.0.113.{place}"
        assert code_of(attempt(client, "aino", PASSWORD, device=f"d-{place}")) == "second_factor_needed"
        forgive_passwords()
        return code_of(attempt(client, "aino", PASSWORD, device=f"d-{place}", code="000000"))

    heard = [guess(place) for place in range(1, LIMITS.tries_free_for_name + 6)]
    assert heard[: LIMITS.tries_free_for_name] == ["second_factor_wrong"] * LIMITS.tries_free_for_name
    assert set(heard[LIMITS.tries_free_for_name :]) == {"too_many_tries"}
    own = {"name": "aino", "password": PASSWORD, "device": {"id": aino.session["device"], "name": "Phone"}}
    reply = aino.client.post("/api/session", json=own | {"code": device.at(int(clock[0]))})
    assert reply.status_code == 200, reply.json
    assert try_with(app, codes[0], device="new") == ""
    change(app, WrongTries, wait_until=WrongTries.last_at)
    with app.app_context(), writing() as transaction:
        transaction.execute(update(WrongTries).values(count=10_000))
    guess(200)
    with app.app_context():
        spans = db.session.scalars(select(WrongTries)).all()
        assert max(each.wait_until for each in spans) <= timestamps.ago(seconds=-LIMITS.try_wait_max_s)


@ON_SQLITE
def test_j9_a_one_time_password_is_replaced_first(app: Flask, sign_in: SignIn, clock: list[float], cast: Cast) -> None:
    """[J9] [A3] Whoever forgot the password still has the app; no code is used up on the way."""
    device, _ = set_up(sign_in("aino"), clock)
    once = sign_in("satu").post(f"/api/admin/people/{cast.aino.id}/password").json
    assert once is not None
    given: dict[str, Any] = {"password": once["one_time_password"]}
    code = device.at(int(clock[0]))
    assert try_with(app, code, **given) == "password_change_needed"
    given["new_password"] = "lumi ja hiljainen ranta"
    assert try_with(app, None, **given) == "second_factor_needed"
    assert try_with(app, code, **given) == ""
    assert try_with(app, None, password="lumi ja hiljainen ranta") == "second_factor_needed"


@ON_SQLITE
def test_j10_an_administrator_without_it_sets_it_up_and_does_nothing_else(
    app: Flask, cast: Cast, sign_in: SignIn, clock: list[float]
) -> None:
    """[J10] Security 24: at every address of the contract but those that set it up, come and go, or say one is safe."""
    forget(app, cast.satu)
    satu = sign_in("satu")
    allowed = {
        "second_factor.status", "second_factor.begin", "second_factor.confirm", "session.who_am_i", "session.refresh",
        "session.lock", "people.confirm", "providers.confirm", "check_in.safe", "check_in.alert", "incidents.keep",
    }  # fmt: skip
    met = set()
    for method, path, endpoint in addresses(app):
        if endpoint in OPEN | tokens.DATA_TOKEN_MAY | tokens.LOCKED_DEVICE_MAY or endpoint in {
            "session.refresh",
            "session.lock",
        }:
            continue
        reply = satu.client.open(path, method=method, headers=satu.headers, json={}, buffered=True)
        if reply.status_code == 403 and (method == "HEAD" or code_of(reply) == "second_factor_set_up_needed"):
            met.add(endpoint)
        else:
            assert endpoint in allowed, (method, path, reply.status_code)
    assert len(met) > 50
    assert met & allowed == set()
    status = satu.get("/api/second-factor").json
    assert status is not None
    assert status["required"]
    set_up(satu, clock)
    assert satu.get("/api/admin/people").status_code == 200
    assert satu.client.delete("/api/second-factor", headers=satu.headers).status_code == 403


@ON_SQLITE
def test_j10_who_becomes_an_administrator_needs_one_from_then_on(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[J10] On the next request."""
    liisa = sign_in("liisa")
    with app.app_context(), writing() as transaction:
        transaction.get_one(User, cast.liisa.key).role = "service_manager"
    assert code_of(liisa.get("/api/devices")) == "second_factor_set_up_needed"
    assert code_of(liisa.post("/api/sync", {})) == "second_factor_set_up_needed"


@ON_SQLITE
def test_j10_the_demo_asks_nobody_and_says_so(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[J10] Its passwords are known to everybody, and a production installation does not start on it."""
    forget(app, cast.satu)
    with app.app_context(), writing() as transaction:
        transaction.get_one(Organisation, cast.satu.org).name = DEMO_ORGANISATION
    satu = sign_in("satu")
    assert satu.get("/api/admin/people").status_code == 200
    status = satu.get("/api/second-factor").json
    assert status is not None
    assert (status["required"], status["waived"]) == (False, True)


@ON_SQLITE
def test_j11_what_is_dangerous_asks_for_both(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[J11] Security 22: the password alone does not open it again."""
    satu = sign_in("satu")
    change(app, AuthSession, confirmed_at=LONG_AGO)
    for path in ("/api/second-factor", "/api/second-factor/confirm", "/api/second-factor/recovery-codes"):
        assert code_of(satu.post(path, {"code": "123456"})) == "confirm_password", path
    assert code_of(satu.delete("/api/second-factor")) == "confirm_password"
    for code, problem in ((None, "second_factor_needed"), ("000000", "second_factor_wrong")):
        given = {"password": PASSWORD} | ({"code": code} if code else {})
        reply = satu.post("/api/session/confirm", given)
        assert code_of(reply) == problem
    assert code_of(satu.post("/api/admin/teams", {"name": "Länsi"})) == "confirm_password"
    code = code_of_app(app, cast.satu.key)
    assert satu.post("/api/session/confirm", {"password": PASSWORD, "code": code}).status_code == 204
    assert code_of(satu.post("/api/session/confirm", {"password": PASSWORD, "code": code})) == "second_factor_wrong"
    assert satu.post("/api/admin/teams", {"name": "Länsi"}).status_code == 200


@ON_SQLITE
def test_j12_an_administrator_takes_it_from_somebody_who_lost_it(
    app: Flask, cast: Cast, sign_in: SignIn, clock: list[float]
) -> None:
    """[J12] A leader does not, nobody does it for oneself, and all sessions of that person end."""
    aino = sign_in("aino")
    set_up(aino, clock)
    path = f"/api/admin/people/{cast.aino.id}/second-factor/reset"
    assert code_of(sign_in("mikko").post(path)) == "not_allowed"
    satu = sign_in("satu")
    assert code_of(satu.post(f"/api/admin/people/{cast.satu.id}/second-factor/reset")) == "not_allowed"
    assert code_of(satu.post(f"/api/admin/people/{cast.olli.id}/second-factor/reset")) == "not_found"
    assert [one["second_factor"] for one in people(satu) if one["name"] in {"aino", "liisa"}] == [True, False]
    reply = satu.post(path)
    assert (reply.status_code, (reply.json or {})["second_factor"]) == (200, False)
    assert code_of(satu.post(path)) == "not_found"
    assert code_of(aino.get("/api/devices")) == "sign_in_needed"
    assert try_with(app, None) == ""
    assert "second_factor_reset" in events(app, cast.aino)


@ON_SQLITE
def test_j12_the_command_takes_it_from_the_last_administrator(app: Flask, cast: Cast, settings: Settings) -> None:
    """[J12] Who lost phone and codes, and has nobody to ask."""
    run = ["user", "reset-second-factor", "satu", "--data-dir", str(settings.data_dir)]
    environment = {"OVIKELLO_SECRET_KEY": settings.secret_key, "OVIKELLO_DATABASE_URL": settings.database_url}
    assert try_with(app, None, "satu") == "second_factor_needed"
    assert CliRunner().invoke(main, run, env=environment).exit_code == 0
    assert try_with(app, None, "satu") == ""
    again = CliRunner().invoke(main, run, env=environment)
    assert (again.exit_code, "has no second factor" in again.output) == (1, True)
    assert "second_factor_reset" in events(app, cast.satu)


@ON_SQLITE
def test_j12_who_needs_none_turns_it_off(app: Flask, cast: Cast, sign_in: SignIn, clock: list[float]) -> None:
    """[J12] By a fresh sign-in, and it is noted."""
    aino = sign_in("aino")
    assert aino.delete("/api/second-factor").status_code == 404
    set_up(aino, clock)
    assert aino.delete("/api/second-factor").status_code == 204
    assert try_with(app, None) == ""
    assert "second_factor_off" in events(app, cast.aino)


@ON_SQLITE
def test_l5_a_restore_brings_back_no_code_and_loses_no_second_factor(
    app: Flask, cast: Cast, sign_in: SignIn, clock: list[float]
) -> None:
    """[L5] [J8] Set up, and a recovery code used, after the backup: both stand after the replay."""
    device, codes = set_up(sign_in("aino"), clock)
    assert try_with(app, codes[0]) == ""
    with app.app_context():
        with writing() as transaction:
            mine = AuditEvent.event.in_([second_factor.SET, second_factor.CODE_USED])
            transaction.execute(delete(AuditEvent).where(mine, AuditEvent.actor == cast.aino.id))
            transaction.execute(delete(SecondFactor).where(SecondFactor.user == cast.aino.id))
        journal.replay(journal.path_of(app))
    assert try_with(app, None) == "second_factor_needed"
    assert try_with(app, codes[0]) == "second_factor_wrong"
    assert try_with(app, device.at(int(clock[0]))) == ""


def test_two_at_once_with_one_code_are_one(app: Flask, cast: Cast) -> None:
    """[J8] On either database: the row is locked while a code is taken."""
    from concurrent.futures import ThreadPoolExecutor

    code = code_of_app(app, cast.satu.key)

    def one(number: int) -> str:
        return try_with(app, code, "satu", f"laptop-{number}")

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(one, range(4)))
    assert answers.count("") == 1, answers
    assert set(answers) <= {"", "second_factor_wrong", "too_many_tries", "try_later"}


def test_an_odd_code_is_a_wrong_one(app: Flask, cast: Cast) -> None:
    """[J8] Whatever is typed: no letter, other scripts' digits, what only looks like six digits."""
    with app.app_context(), writing() as transaction:
        user = transaction.get_one(User, cast.satu.key)
        for code in ("١٢٣٤٥٦", "12345", " ", "------", "ä" * 40, "1234567", "\u0000"):
            with pytest.raises(Problem, match="second_factor_wrong"):
                second_factor.take(transaction, user, code)


def people(phone: Phone) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = orjson.loads(phone.get("/api/admin/people").data)["people"]
    return sorted(found, key=lambda one: str(one["name"]))


def forget(app: Flask, person: Person) -> None:
    with app.app_context(), writing() as transaction:
        transaction.execute(delete(SecondFactor).where(SecondFactor.user == person.id))


assert len(APP_SECRET) == len(pyotp.random_base32())
