"""POST, GET, DELETE /api/session and POST /api/session/refresh."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from statistics import median
from time import thread_time
from typing import Any

import jwt
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from server import create_app
from server.auth import known, passwords, tokens
from server.config import LIMITS, Settings
from server.core import timestamps
from server.core.database import writing
from server.core.models import Device, User, db
from server.core.sign_in_tables import AuthSession, WrongTries
from tests.cast import ON_SQLITE, PASSWORD, Cast, Phone, SignIn

ACCESS, REFRESH = tokens.ACCESS_COOKIE, tokens.REFRESH_COOKIE


def attempt(client: FlaskClient, name: str, password: str, device: str = "new", **more: str) -> TestResponse:
    body = {"name": name, "password": password, "device": {"id": device, "name": "Phone"}, **more}
    return client.post("/api/session", json=body)


def code_of(reply: TestResponse) -> str:
    assert reply.json is not None
    code: str = reply.json["problem"]["code"]
    return code


def change(app: Flask, model: type[Any], **values: Any) -> None:
    """Set columns of every row of a table: how a test lets time pass."""
    with app.app_context(), writing() as transaction:
        transaction.execute(update(model).values(**values))


def put_cookie(phone: Phone, name: str, value: str) -> None:
    phone.client.set_cookie(name, value, secure=True)


def cookie(phone: Phone, name: str) -> str:
    found = phone.client.get_cookie(name)
    assert found is not None
    return found.value


def test_it_works(sign_in: SignIn, cast: Cast) -> None:
    aino = sign_in("aino")
    csrf, session = aino.session["csrf"], aino.session["session"]
    assert aino.session == {
        "session": session,
        "user": cast.aino.id,
        "organisation": cast.aino.org,
        "organisation_name": "Harjula",
        "name": "aino",
        "display_name": "Aino",
        "role": "field_worker",
        "team": cast.aino.team,
        "language": "fi",
        "production": False,
        "device": "phone-of-aino",
        "provider": None,
        "csrf": csrf,
    }
    assert len(csrf) >= 43
    assert aino.get("/api/session").json == aino.session


def test_the_name_is_found_in_any_case_and_between_spaces(app: Flask) -> None:
    assert attempt(app.test_client(), "  AINO ", PASSWORD).status_code == 200


@ON_SQLITE
def test_cookies_are_for_this_host_and_no_script_reads_them(app: Flask) -> None:
    """Security 17. [J1] And neither of them holds the value that every request repeats."""
    reply = attempt(app.test_client(), "aino", PASSWORD)
    cookies = {line.split("=")[0]: line for line in reply.headers.getlist("Set-Cookie")}
    assert cookies.keys() == {ACCESS, REFRESH, known.COOKIE}
    for name, line in cookies.items():
        assert name.startswith("__Host-")
        flags = {part.strip() for part in line.split(";")[1:]}
        assert {"Secure", "Path=/", "SameSite=Strict", "HttpOnly"} <= flags
        assert not any(flag.startswith("Domain") for flag in flags)
        if name != known.COOKIE:
            claims = jwt.decode(line.split("=")[1].split(";")[0], options={"verify_signature": False})
            assert (reply.json or {})["csrf"] not in str(claims)


@pytest.mark.parametrize("name", ["aino", "nobody"])
def test_a_wrong_password_and_an_unknown_name_sound_alike(app: Flask, name: str) -> None:
    """Security 26."""
    reply = attempt(app.test_client(), name, "not her password")
    assert (reply.status_code, reply.json) == (401, {"problem": {"code": "sign_in_failed"}})
    assert "Set-Cookie" not in reply.headers


@ON_SQLITE
@pytest.mark.usefixtures("costly_passwords")
def test_an_unknown_name_takes_as_long_as_a_known_one(app: Flask) -> None:
    """Security 26: without a hash to check, an answer comes some 40 ms sooner."""

    def cost_of(name: str) -> float:
        """CPU seconds, since other processes make the clock's worthless."""
        change(app, WrongTries, count=0, wait_until=timestamps.now())
        start = thread_time()
        assert attempt(app.test_client(), name, "not her password").status_code == 401
        return thread_time() - start

    change(app, User, password_hash=passwords.hash_of(PASSWORD))
    known, unknown = (median(cost_of(name) for _ in range(5)) for name in ("aino", "nobody"))
    assert 0.6 < unknown / known < 1.6


@ON_SQLITE
@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"name": ["required"], "password": ["required"], "device": ["required"]}),
        (
            {"name": "aino", "password": 7, "device": {"id": "A B", "name": ""}},
            {"password": ["invalid"], "device.id": ["invalid"], "device.name": ["invalid"]},
        ),
        (
            {"name": "aino", "password": "x", "device": {"id": "a", "name": "b"}, "role": "admin"},
            {"role": ["unknown"]},
        ),
    ],
)
def test_bad_input_names_its_fields(app: Flask, body: Any, fields: Any) -> None:
    reply = app.test_client().post("/api/session", json=body)
    assert reply.status_code == 422
    assert reply.json == {"problem": {"code": "fields_invalid", "fields": fields}}


@ON_SQLITE
@pytest.mark.parametrize("raw", [b"{", b"\xff", b'{"name": NaN}', b'{"name": "\\ud800"}', b"[" * 5000, b"[]", b"null"])
def test_a_broken_body_is_refused(app: Flask, raw: bytes) -> None:
    reply = app.test_client().post("/api/session", data=raw, content_type="application/json")
    assert code_of(reply) in {"body_malformed", "fields_invalid"}
    assert reply.status_code in {400, 422}


@ON_SQLITE
def test_a_huge_body_is_refused(app: Flask) -> None:
    body = b" " * (LIMITS.body_packed_bytes_max + 1)
    reply = app.test_client().post("/api/session", data=body, content_type="application/json")
    assert (reply.status_code, code_of(reply)) == (413, "body_too_large")


def test_one_device_signing_in_twice_at_once_gets_two_sessions(app: Flask) -> None:
    with ThreadPoolExecutor(2) as threads:
        both = [threads.submit(attempt, app.test_client(), "aino", PASSWORD) for _ in range(2)]
    assert [each.result().status_code for each in both] == [200, 200]


def test_a_token_refreshed_twice_at_once_has_one_successor(sign_in: SignIn) -> None:
    """Security 18: two tabs, or a request that the network doubled."""
    aino = sign_in("aino")
    token = cookie(aino, REFRESH)
    clients = [aino.client.application.test_client() for _ in range(4)]
    for client in clients:
        client.set_cookie(REFRESH, token, secure=True)
        client.environ_base["wsgi.url_scheme"] = "https"

    def refresh(client: FlaskClient, proof: dict[str, Any]) -> str:
        assert client.post("/api/session/refresh", headers=aino.headers, json=proof).status_code == 200
        found = client.get_cookie(REFRESH)
        assert found is not None
        return _jti(found.value)

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(refresh, clients, [aino.proof() for _ in clients]))) == 1


# --- devices --------------------------------------------------------------------------------------


def test_a_device_belongs_to_whoever_came_first(app: Flask, sign_in: SignIn) -> None:
    """Security 13."""
    sign_in("aino", device="shared")
    reply = attempt(app.test_client(), "liisa", PASSWORD, device="shared")
    assert reply.json == {"problem": {"code": "fields_invalid", "fields": {"device.id": ["taken"]}}}
    assert reply.status_code == 422


def test_a_revoked_device_cannot_sign_in(app: Flask, sign_in: SignIn) -> None:
    sign_in("aino")
    change(app, Device, revoked_at=timestamps.now())
    reply = attempt(app.test_client(), "aino", PASSWORD, device="phone-of-aino")
    assert (reply.status_code, code_of(reply)) == (403, "device_revoked")


# --- the life of a session ------------------------------------------------------------------------


def test_signing_out_ends_both_tokens_and_survives_a_restart(sign_in: SignIn, settings: Settings) -> None:
    """Security 19."""
    aino = sign_in("aino")
    access, refresh = cookie(aino, ACCESS), cookie(aino, REFRESH)
    assert aino.sign_out().status_code == 204
    assert aino.client.get_cookie(ACCESS) is None
    restarted = create_app(settings)
    phone = Phone(restarted.test_client(), aino.session, aino.key)
    put_cookie(phone, ACCESS, access)
    put_cookie(phone, REFRESH, refresh)
    assert code_of(phone.get("/api/session")) == "sign_in_needed"
    assert code_of(phone.refresh()) == "sign_in_needed"
    with restarted.app_context():
        db.engine.dispose()


def test_ending_a_session_works_on_the_next_request(app: Flask, sign_in: SignIn) -> None:
    """Security 11."""
    aino = sign_in("aino")
    change(app, AuthSession, ended_at=timestamps.now())
    assert code_of(aino.get("/api/devices")) == "sign_in_needed"


def test_closing_an_account_works_on_the_next_request(app: Flask, sign_in: SignIn) -> None:
    """Security 11."""
    aino = sign_in("aino")
    change(app, User, active=False)
    assert code_of(aino.get("/api/devices")) == "sign_in_needed"


def test_an_idle_session_ends(app: Flask, sign_in: SignIn) -> None:
    """Security 21."""
    aino = sign_in("aino")
    change(app, AuthSession, last_used_at=timestamps.ago(days=LIMITS.session_idle_days, seconds=5))
    assert code_of(aino.get("/api/devices")) == "sign_in_needed"
    assert code_of(aino.refresh()) == "sign_in_needed"


def test_no_session_lasts_for_ever(app: Flask, sign_in: SignIn) -> None:
    """Security 21."""
    aino = sign_in("aino")
    change(app, AuthSession, created_at=timestamps.ago(days=LIMITS.session_absolute_days, seconds=5))
    assert code_of(aino.get("/api/devices")) == "sign_in_needed"
    assert code_of(aino.refresh()) == "sign_in_needed"


def test_a_session_one_day_before_its_end_still_works(app: Flask, sign_in: SignIn) -> None:
    aino = sign_in("aino")
    change(
        app,
        AuthSession,
        created_at=timestamps.ago(days=LIMITS.session_absolute_days - 1),
        last_used_at=timestamps.ago(days=LIMITS.session_idle_days - 1),
    )
    assert aino.get("/api/devices").status_code == 200


# --- refresh --------------------------------------------------------------------------------------


def test_refresh_hands_out_a_successor(sign_in: SignIn) -> None:
    aino = sign_in("aino")
    first = cookie(aino, REFRESH)
    assert aino.refresh().json == aino.session
    assert cookie(aino, REFRESH) != first
    assert aino.refresh().status_code == 200
    assert aino.get("/api/devices").status_code == 200


def test_a_lost_reply_gets_the_same_successor_within_the_grace(sign_in: SignIn) -> None:
    """Security 18, fault 35."""
    aino = sign_in("aino")
    first = cookie(aino, REFRESH)
    aino.refresh()
    successor = _jti(cookie(aino, REFRESH))
    put_cookie(aino, REFRESH, first)
    assert aino.refresh().status_code == 200
    assert _jti(cookie(aino, REFRESH)) == successor


def test_a_token_used_again_after_the_grace_ends_the_family(app: Flask, sign_in: SignIn) -> None:
    """Security 18: and the person is told why."""
    aino = sign_in("aino")
    first = cookie(aino, REFRESH)
    aino.refresh()
    successor = cookie(aino, REFRESH)
    change(app, AuthSession, rotated_at=timestamps.ago(minutes=LIMITS.refresh_grace_minutes, seconds=5))
    with app.app_context():
        rotated_at = db.session.scalars(select(AuthSession.rotated_at)).one()
    put_cookie(aino, REFRESH, _issued_at(app, first, rotated_at))
    reply = aino.refresh()
    assert (reply.status_code, code_of(reply)) == (401, "session_ended_for_safety")
    put_cookie(aino, REFRESH, successor)
    assert code_of(aino.refresh()) == "session_ended_for_safety"
    assert code_of(aino.get("/api/devices")) == "session_ended_for_safety"


def test_a_successor_that_a_restore_forgot_is_taken(app: Flask, sign_in: SignIn) -> None:
    """[L5] A restored server knows an older token of the family; nobody is signed out for it."""
    aino = sign_in("aino")
    change(app, AuthSession, refresh_id="older", previous_refresh_id=None, rotated_at=timestamps.ago(days=1))
    assert aino.refresh().status_code == 200


def _jti(token: str) -> str:
    claims: dict[str, str] = jwt.decode(token, options={"verify_signature": False})
    return claims["jti"]


def _issued_at(app: Flask, token: str, moment: str) -> str:
    """The same token, as if it had been issued then."""
    claims = jwt.decode(token, options={"verify_signature": False})
    claims["iat"] = timestamps.moment(moment)
    return _signed(app, claims)


# --- tokens ---------------------------------------------------------------------------------------


def _signed(app: Flask, claims: dict[str, Any], algorithm: str = "HS256", **headers: Any) -> str:
    return jwt.encode(claims, app.config["JWT_SECRET_KEY"], algorithm, headers=headers)


def _claims(phone: Phone) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(cookie(phone, ACCESS), options={"verify_signature": False})
    return claims


def test_a_token_signed_like_ours_is_taken(app: Flask, sign_in: SignIn) -> None:
    """What the refusals below are measured against."""
    aino = sign_in("aino")
    put_cookie(aino, ACCESS, _signed(app, _claims(aino)))
    assert aino.get("/api/devices").status_code == 200


@ON_SQLITE
def test_another_algorithm_is_refused(app: Flask, sign_in: SignIn) -> None:
    """Security 14."""
    aino = sign_in("aino")
    claims = _claims(aino)
    for forged in (
        jwt.encode(claims, "", algorithm="none"),
        _signed(app, claims, "HS512"),
        jwt.encode(claims, "another key, as long as needed 1234567890", algorithm="HS256"),
        _signed(app, claims, crit=["exp"]),
    ):
        put_cookie(aino, ACCESS, forged)
        assert code_of(aino.get("/api/devices")) == "sign_in_needed"


@ON_SQLITE
@pytest.mark.parametrize(
    "claims",
    [
        {"exp": datetime.now(UTC) - timedelta(seconds=5)},
        {"nbf": datetime.now(UTC) + timedelta(hours=1)},
        {"aud": "somebody else"},
        {"type": "refresh"},
        {"sub": "somebody else"},
        {"sid": "another session"},
    ],
    ids=lambda claims: next(iter(claims)),
)
def test_a_token_with_a_wrong_claim_is_refused(app: Flask, sign_in: SignIn, claims: dict[str, Any]) -> None:
    """Security 15."""
    aino = sign_in("aino")
    put_cookie(aino, ACCESS, _signed(app, _claims(aino) | claims))
    assert code_of(aino.get("/api/devices")) == "sign_in_needed"


@ON_SQLITE
@pytest.mark.parametrize("claim", ["exp", "nbf", "aud", "sub", "sid", "csrf_hash", "jti"])
def test_a_token_that_lacks_a_claim_is_refused(app: Flask, sign_in: SignIn, claim: str) -> None:
    """Security 15."""
    aino = sign_in("aino")
    claims = _claims(aino)
    del claims[claim]
    put_cookie(aino, ACCESS, _signed(app, claims))
    assert code_of(aino.get("/api/devices")) == "sign_in_needed"


@ON_SQLITE
def test_a_refresh_token_is_no_access_token(sign_in: SignIn) -> None:
    aino = sign_in("aino")
    put_cookie(aino, ACCESS, cookie(aino, REFRESH))
    assert code_of(aino.get("/api/devices")) == "sign_in_needed"


@ON_SQLITE
def test_tokens_are_read_from_cookies_only(app: Flask, sign_in: SignIn) -> None:
    token = cookie(sign_in("aino"), ACCESS)
    reply = app.test_client().get("/api/devices", headers={"Authorization": f"Bearer {token}"})
    assert code_of(reply) == "sign_in_needed"
