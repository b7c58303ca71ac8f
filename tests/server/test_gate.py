"""[J1–J6] What opens the API: never a cookie alone, and for a locked device its own credential, for what is listed."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from server.auth import proofs, tokens
from server.config import LIMITS
from server.core import timestamps
from server.core.database import writing
from server.core.models import Device, User, db
from server.core.sign_in_tables import AuthSession
from tests.cast import ON_SQLITE, PASSWORD, Cast, Phone, SessionKey, SignIn
from tests.server.test_contract import OPEN
from tests.server.test_session import ACCESS, REFRESH, attempt, change, code_of, cookie, put_cookie

CHECK_IN = "01890000-0000-7000-8000-00000000c4ec"


def addresses(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Method, path and endpoint of all that the server answers, as the server itself lists them."""
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for argument in rule.arguments:
            path = path.replace(f"<{argument}>", "x").replace(f"<path:{argument}>", "x")
        for method in sorted((rule.methods or set()) - {"OPTIONS"}):
            yield method, path, rule.endpoint


@ON_SQLITE
@pytest.mark.parametrize("header", [{}, {"X-CSRF-TOKEN": "guessed"}, {"X-CSRF-TOKEN": ""}, {"X-CSRF-TOKEN": "ä€"}])
def test_j1_every_address_that_takes_a_cookie_asks_for_the_header(
    app: Flask, sign_in: SignIn, header: dict[str, str]
) -> None:
    """[J1] Security 17: reading and writing, by whatever method; none is guessed."""
    aino = sign_in("aino")
    answers = {}
    for method, path, endpoint in addresses(app):
        if endpoint not in OPEN | tokens.LOCKED_DEVICE_MAY | tokens.DATA_TOKEN_MAY:
            reply = aino.client.open(path, method=method, headers=header, json={}, buffered=True)
            answers[method, path] = (reply.status_code, "" if method == "HEAD" else code_of(reply))
    assert len(answers) > 40
    assert {method for method, _ in answers} == {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}
    failed = (401, "csrf_failed")
    assert {where: answer for where, answer in answers.items() if answer not in {failed, (401, "")}} == {}


@ON_SQLITE
@pytest.mark.parametrize("taken_from", [ACCESS, REFRESH])
def test_j1_nothing_in_a_token_is_the_header(sign_in: SignIn, taken_from: str) -> None:
    """[J1] Whoever reads the cookies out of a profile reads all claims."""
    import jwt

    aino = sign_in("aino")
    claims = jwt.decode(cookie(aino, taken_from), options={"verify_signature": False})
    for value in claims.values():
        reply = aino.client.get("/api/devices", headers={"X-CSRF-TOKEN": str(value)})
        assert code_of(reply) == "csrf_failed"


def test_j2_nobody_refreshes_without_the_key(sign_in: SignIn) -> None:
    """[J2] Cookies and header are not enough: not another's key, not another session's proof, not a worn one."""
    aino, other = sign_in("aino"), sign_in("aino", device="laptop")
    good = aino.proof()
    forged = [
        good | {"n": good["n"] + 1},
        good | {"signature": SessionKey().sign(proofs.refresh_statement(aino.session["session"], good["n"]))},
        good | {"signature": other.key.sign(proofs.refresh_statement(aino.session["session"], good["n"]))},
        good | {"signature": aino.key.sign(proofs.refresh_statement(other.session["session"], good["n"]))},
        good | {"signature": aino.key.sign(proofs.end_statement(aino.session["session"]))},
        good | {"signature": "A" * 86},
        good | {"signature": "_" * 86},
    ]
    for proof in forged:
        reply = aino.refresh(proof)
        assert (reply.status_code, code_of(reply)) == (401, "sign_in_needed")
    odd: list[dict[str, Any]] = [{"signature": "short"}, {"n": 0}, {"n": "1"}, {"n": 2**53}, {"more": 1}]
    for malformed in ({}, {"n": 1}, *(good | one for one in odd)):
        assert aino.post("/api/session/refresh", malformed).status_code == 422
    assert aino.refresh(good).status_code == 200


@ON_SQLITE
@pytest.mark.parametrize("key", ["", "A" * 87, "x", "B" + "A" * 86, "Ä" * 87])
def test_j2_a_key_is_a_point_of_the_curve(app: Flask, key: str) -> None:
    body = {"name": "aino", "password": PASSWORD, "device": {"id": "one", "name": "Phone"}, "key": key}
    reply = app.test_client().post("/api/session", json=body)
    assert (reply.status_code, (reply.json or {})["problem"]["fields"]) == (422, {"key": ["invalid"]})


def test_j2_a_session_without_a_key_is_not_renewed(app: Flask, sign_in: SignIn) -> None:
    """[J2] As those of before this rule: they end with their access token, and their person signs in once."""
    aino = sign_in("aino")
    change(app, AuthSession, key=None)
    assert aino.get("/api/devices").status_code == 200
    assert code_of(aino.refresh()) == "sign_in_needed"
    assert attempt(app.test_client(), "aino", PASSWORD, "phone-of-aino").status_code == 200


@pytest.mark.parametrize("ahead", [0, 1, 3, 1_000])
def test_j2_two_copies_of_one_store_are_noticed(app: Flask, sign_in: SignIn, ahead: int) -> None:
    """[J2] Refreshing in step within the grace, or ahead by any number: soon both are out, and the person hears why."""
    owner = sign_in("aino")
    assert owner.refresh().status_code == 200
    thief = copy_of(owner)
    thief.refreshes += ahead
    told = []
    for _ in range(12):
        for one in (thief, owner):
            told.append(one.refresh())
            if told[-1].status_code != 200:
                break
    assert code_of(told[-1]) == code_of(told[-2]) == "session_ended_for_safety"
    assert code_of(owner.get("/api/devices")) == code_of(thief.get("/api/devices")) == "session_ended_for_safety"
    if ahead == 0:
        assert [reply.status_code for reply in told[:2]] == [200, 401], "at the first step"
    with app.app_context():
        assert db.session.scalars(select(AuthSession.end_reason)).all() == ["reuse"]


def copy_of(phone: Phone) -> Phone:
    """Cookies, sealed store and password: everything."""
    client = phone.client.application.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    for name in (ACCESS, REFRESH):
        client.set_cookie(name, cookie(phone, name), secure=True)
    copy = Phone(client, phone.session, phone.key)
    copy.refreshes = phone.refreshes
    return copy


def test_j2_a_doubled_and_an_overtaken_refresh_are_the_owners(sign_in: SignIn) -> None:
    """[J2] Bad networks double a request, or lose its reply, or bring it after the next one."""
    aino = sign_in("aino")
    before = copy_of(aino)
    doubled, overtaken, next_one = aino.proof(1), aino.proof(2), aino.proof(3)
    assert aino.refresh(doubled).status_code == 200
    assert before.refresh(doubled).status_code == 200
    assert before.refresh(next_one).status_code == 200
    assert before.refresh(overtaken).status_code == 200
    assert aino.refresh(aino.proof(4)).status_code == 200
    assert aino.get("/api/devices").status_code == 200


def test_j2_a_captured_refresh_is_worth_nothing_later(app: Flask, sign_in: SignIn) -> None:
    """[J2] With the cookies of then: after the grace it ends the session, and brings no token."""
    aino = sign_in("aino")
    captured, proof = copy_of(aino), aino.proof()
    assert aino.refresh(proof).status_code == 200
    change(app, AuthSession, rotated_at=timestamps.ago(minutes=LIMITS.refresh_grace_minutes + 1))
    reply = captured.refresh(proof)
    assert code_of(reply) == "session_ended_for_safety"
    assert "Set-Cookie" not in reply.headers


def test_j2_a_spent_refresh_token_answers_nobody_who_it_is(sign_in: SignIn) -> None:
    """[J2] Nor does the living one: who somebody is, is told to an access token and the header."""
    aino = sign_in("aino")
    spent = copy_of(aino)
    aino.refresh()
    for phone in (spent, aino):
        phone.client.delete_cookie(ACCESS)
        assert code_of(phone.get("/api/session")) == "sign_in_needed"


def test_j3_the_lock_gives_up_the_access_token(sign_in: SignIn) -> None:
    """[J3] The cookie goes, a copy of it opens nothing with the header, and the unlocked store goes on by a refresh."""
    aino = sign_in("aino")
    copied = cookie(aino, ACCESS)
    assert aino.post("/api/session/lock").status_code == 204
    assert aino.client.get_cookie(ACCESS) is None
    put_cookie(aino, ACCESS, copied)
    assert code_of(aino.get("/api/devices")) == "sign_in_needed"
    assert aino.refresh().status_code == 200
    assert aino.get("/api/devices").status_code == 200
    assert aino.post("/api/session/lock").status_code == 204


@pytest.mark.parametrize("worn", ["fresh", "access gone", "both gone", "renewed since"])
def test_j4_signing_out_ends_the_session_however_old_its_tokens_are(
    app: Flask, sign_in: SignIn, cast: Cast, worn: str
) -> None:
    """[J4] By the signature alone; again is once, and it is the device's every session."""
    aino, liisa = sign_in("aino"), sign_in("liisa")
    sign_in("aino", device="phone-of-aino")
    copied = copy_of(aino)
    if worn == "renewed since":
        aino.refresh()
    if worn != "fresh":
        aino.client.delete_cookie(ACCESS)
    if worn == "both gone":
        aino.client.delete_cookie(REFRESH)
    assert aino.sign_out().status_code == 204
    assert aino.client.get_cookie(REFRESH) is None
    assert aino.sign_out().status_code == 204
    assert code_of(copied.get("/api/devices")) == "sign_in_needed"
    assert code_of(copied.refresh()) == "sign_in_needed"
    assert code_of(aino.locked()) == "sign_in_needed"
    assert liisa.get("/api/devices").status_code == 200
    with app.app_context():
        ended = select(AuthSession.end_reason).where(AuthSession.user == cast.aino.id)
        assert db.session.scalars(ended).all() == ["sign_out", "sign_out"]


def test_j4_only_the_device_signs_itself_out(sign_in: SignIn) -> None:
    """[J4] The note of an ended session that waits for a network opens nothing else; others' end nothing."""
    aino, liisa = sign_in("aino"), sign_in("liisa")
    session = aino.session["session"]
    note = {"session": session, "signature": aino.key.sign(proofs.end_statement(session))}
    foreign = {"session": session, "signature": liisa.key.sign(proofs.end_statement(session))}
    refused = liisa.client.post("/api/session/end", json=foreign)
    assert (refused.status_code, code_of(refused)) == (403, "not_allowed")
    assert aino.get("/api/devices").status_code == 200
    assert liisa.client.post("/api/session/end", json=note).status_code == 204
    assert code_of(aino.get("/api/devices")) == "sign_in_needed"
    assert liisa.get("/api/devices").status_code == 200, "another's cookies stay in the browser"
    unknown = {"session": CHECK_IN, "signature": note["signature"]}
    assert liisa.client.post("/api/session/end", json=unknown).status_code == 204


@ON_SQLITE
def test_j5_the_device_credential_opens_what_is_listed(app: Flask, sign_in: SignIn) -> None:
    """[J5] Alone, and with the browser's cookies beside it: of all addresses those that are declared."""
    aino = sign_in("aino")
    stranger = app.test_client()
    for client in (stranger, aino.client):
        opened = set()
        for method, path, endpoint in addresses(app):
            if endpoint not in OPEN and method != "HEAD":
                body = {"proof": "A" * 43} if endpoint == "pin.try_pin" else {}
                reply = client.open(path, method=method, headers=aino.credential, json=body, buffered=True)
                if reply.status_code < 400:
                    opened.add(endpoint)
        assert opened == tokens.LOCKED_DEVICE_MAY


def test_j5_a_locked_device_hears_of_its_own_check_in(app: Flask, sign_in: SignIn) -> None:
    """[J5, K8] Its deadline and nothing more, after its session too; for nobody else, nor a closed account."""
    aino, laptop, liisa = sign_in("aino"), sign_in("aino", device="laptop"), sign_in("liisa")
    assert aino.locked().get_json()["check_in"] is None
    at = timestamps.now()
    body = {"minutes": 30, "at": at, "place": "Esimerkkikatu 7", "visit": CHECK_IN, "colleague": None, "drill": False}
    armed = laptop.put(f"/api/checkins/{CHECK_IN}", body).get_json()
    assert armed["deadline"]
    change(app, AuthSession, ended_at=at)
    told = aino.locked()
    assert told.get_json().keys() == {"check_in", "server_time"}
    assert told.get_json()["check_in"] == {"deadline": armed["deadline"]}
    assert "Set-Cookie" not in told.headers
    assert liisa.locked().get_json()["check_in"] is None
    change(app, User, active=False)
    assert code_of(aino.locked()) == "sign_in_needed"


@pytest.mark.parametrize(
    "given",
    [
        "",
        "Bearer",
        "Bearer x",
        "Bearer phone-of-aino",
        "Bearer phone-of-aino.",
        "Bearer .",
        "Basic YTpi",
        "Bearer %00.ä",
    ],
)
def test_j5_what_is_no_credential_opens_nothing(app: Flask, sign_in: SignIn, given: str) -> None:
    aino = sign_in("aino")
    stranger = app.test_client()
    for method, path in (("GET", "/api/device"), ("POST", "/api/device/wiped")):
        for client in (stranger, aino.client):
            reply = client.open(path, method=method, headers={"Authorization": given} | aino.headers)
            assert (reply.status_code, code_of(reply)) == (401, "sign_in_needed")
    change(app, Device, credential_hash=None)
    assert code_of(aino.locked()) == "sign_in_needed"


@pytest.mark.parametrize("ending", ["password", "sign-out elsewhere", "idle", "reuse"])
def test_j6_a_wipe_reaches_a_device_whose_session_has_ended(app: Flask, sign_in: SignIn, ending: str) -> None:
    """[J6] The password is changed first: what people do. Cookies of then hear it as well."""
    phone, laptop = sign_in("aino"), sign_in("aino", device="laptop")
    if ending == "password":
        given = {"current": PASSWORD, "next": "uusi kesäilta ja sauna"}
        assert laptop.post("/api/password", given).status_code == 204
    else:
        values = {"last_used_at": timestamps.ago(days=99)} if ending == "idle" else {"ended_at": timestamps.now()}
        with app.app_context(), writing() as transaction:
            transaction.execute(update(AuthSession).where(AuthSession.device == "phone-of-aino").values(**values))
    assert phone.get("/api/session").status_code == 401
    assert phone.locked().status_code == 200
    assert laptop.post("/api/devices/phone-of-aino/wipe").status_code == 204
    assert (phone.locked().status_code, code_of(phone.locked())) == (403, "device_wiped")
    assert code_of(phone.refresh()) == "device_wiped"
    assert phone.locked("/wiped", "POST").status_code == 204
    assert reported(laptop)
    assert phone.locked("/wiped", "POST").status_code == 204


def test_j6_only_the_device_reports_that_it_is_wiped(app: Flask, sign_in: SignIn) -> None:
    """[J6] Not whoever knows its id, signed in or not; and a report that nobody asked for changes nothing."""
    phone, laptop, mikko = sign_in("aino"), sign_in("aino", device="laptop"), sign_in("mikko")
    assert phone.locked("/wiped", "POST").status_code == 204
    assert phone.get("/api/session").status_code == 200
    assert mikko.post("/api/devices/phone-of-aino/wipe").status_code == 204
    for claimed in ("", "phone-of-aino", "wrong"):
        header = {"Authorization": f"Bearer phone-of-aino.{claimed}"}
        for client in (app.test_client(), laptop.client, mikko.client):
            assert client.post("/api/device/wiped", headers=header).status_code == 401
            assert client.post("/api/devices/phone-of-aino/wiped", headers=header).status_code == 405
    assert laptop.locked("/wiped", "POST").status_code == 204
    assert not reported(laptop)
    assert phone.locked("/wiped", "POST").status_code == 204
    assert reported(laptop)


def reported(laptop: Phone) -> bool:
    told: list[dict[str, Any]] = laptop.get("/api/devices").get_json()["devices"]
    return [device["wiped_at"] is not None for device in told if device["id"] == "phone-of-aino"] == [True]


def test_j2_numbers_that_a_network_shuffles_are_taken_and_a_second_hand_is_not() -> None:
    """[J2] As many as may overtake each other, in any order, once each; no number by another hand."""
    remembered = "[]"
    for number in (3, 1, 2, 8, 4, 7, 5, 6, 9):
        judgement, remembered = proofs.judged(remembered, number, f"signature {number}")
        assert judgement in {"new", "late"}
    assert proofs.judged(remembered, 9, "signature 9")[0] == "same"
    for number in (9, 5, 1, 0):
        assert proofs.judged(remembered, number, "another hand")[0] == "copied"
    judgement, remembered = proofs.judged(remembered, 2**53 - 1, "far ahead")
    assert judgement == "new"
    assert len(remembered) < 1_000
    assert proofs.judged(remembered, 10, "signature 10")[0] == "copied"
