"""People and teams in the office's hands: /api/admin/people and /api/admin/teams (SPEC A)."""

import gzip
from typing import Any

import orjson
import pytest
from flask import Flask
from sqlalchemy import delete, select

from server.auth import second_factor
from server.config import LIMITS, Settings
from server.core import journal, timestamps
from server.core.database import writing
from server.core.models import Access, AuditEvent, Device, SecurityEvent, Team, User, db
from server.directory import people as shared
from server.sync import scope
from tests.cast import PASSWORD, Cast, Person, Phone, SignIn
from tests.server.test_session import attempt, change, code_of

OWN = "lumi ja hiljainen ranta"


def invited(phone: Phone, /, **more: Any) -> dict[str, Any]:
    """A new person, as the office is told of them."""
    reply = phone.post("/api/admin/people", {"name": "uusi", "display_name": "Uusi", "role": "field_worker"} | more)
    assert reply.status_code == 200, reply.json
    told: dict[str, Any] = reply.get_json()
    return told


def refused(phone: Phone, method: str, path: str, body: dict[str, Any]) -> Any:
    reply = phone.client.open(path, method=method, json=body, headers=phone.headers)
    assert reply.status_code == 422, reply.json
    return reply.get_json()["problem"]["fields"]


def shape(role: str = "field_worker", team: str | None = None, **more: Any) -> dict[str, Any]:
    return {"display_name": "Aino", "role": role, "team": team, "phone": "", "language": "fi"} | more


def listed(phone: Phone) -> dict[str, dict[str, Any]]:
    return {person["name"]: person for person in phone.get("/api/admin/people").get_json()["people"]}


def test_somebody_new_chooses_their_own_password(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A3] What was told once opens nothing but the choice; then it is worth nothing."""
    told = invited(sign_in("satu"), team=cast.aino.team, phone="040 123 4567", language="sv")
    once = told["one_time_password"]
    assert (told["person"]["team"], told["person"]["language"]) == (cast.aino.team, "sv")
    assert told["person"]["invited_until"] == told["until"] > timestamps.now()
    client = app.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    assert code_of(attempt(client, "uusi", once)) == "password_change_needed"
    body = {"name": "uusi", "password": once, "device": {"id": "new", "name": "Phone"}}
    for weak in ("lyhyt", once, "salasana123"):
        assert client.post("/api/session", json=body | {"new_password": weak}).status_code == 422
    assert code_of(attempt(client, "uusi", "arvaus ja toinen")) == "sign_in_failed"
    assert client.post("/api/session", json=body | {"new_password": OWN}).status_code == 200
    assert attempt(client, "uusi", OWN).status_code == 200
    assert code_of(attempt(client, "uusi", once)) == "sign_in_failed"
    assert listed(sign_in("satu"))["uusi"]["invited_until"] is None


def test_a_password_that_is_not_one_time_is_not_changed_at_sign_in(app: Flask) -> None:
    """[A3]"""
    body = {"name": "aino", "password": PASSWORD, "device": {"id": "new", "name": "Phone"}, "new_password": OWN}
    client = app.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    assert client.post("/api/session", json=body).status_code == 200
    assert code_of(attempt(client, "aino", OWN)) == "sign_in_failed"


def test_a_one_time_password_runs_out(app: Flask, sign_in: SignIn) -> None:
    """[A3] Told to whoever has the right one only."""
    once = invited(sign_in("satu"))["one_time_password"]
    change(app, User, password_expires_at="2026-01-01T00:00:00Z")
    assert code_of(attempt(app.test_client(), "uusi", once)) == "password_expired"
    assert code_of(attempt(app.test_client(), "uusi", OWN)) == "sign_in_failed"


def test_a_forgotten_password_is_reset(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A3] [L5] Her sessions end; a restore brings the old password not back, nor makes the one-time one lasting."""
    aino = sign_in("aino")
    reply = sign_in("mikko").post(f"/api/admin/people/{cast.aino.id}/password")
    once = reply.get_json()["one_time_password"]
    assert code_of(aino.get("/api/session")) == "sign_in_needed"
    assert code_of(attempt(app.test_client(), "aino", PASSWORD)) == "sign_in_failed"
    with app.app_context():
        with writing() as transaction:
            transaction.execute(delete(AuditEvent).where(AuditEvent.event == "password"))
            transaction.get_one(User, cast.aino.key).password_expires_at = None
        journal.replay(app.extensions["ovikello-journal"])
    assert code_of(attempt(app.test_client(), "aino", once)) == "password_change_needed"


def test_a_leader_sees_and_changes_the_own_team(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A1] And makes nobody a leader, nor moves anybody elsewhere."""
    mikko = sign_in("mikko")
    assert listed(mikko).keys() == {"aino", "liisa", "mikko"}
    assert listed(sign_in("satu")).keys() == {"aino", "liisa", "mikko", "sanna", "satu"}
    assert [name for name, one in listed(mikko).items() if not one["may_change"]] == ["mikko"]
    for role in ("team_leader", "admin", "service_manager"):
        assert refused(mikko, "PUT", f"/api/admin/people/{cast.aino.id}", shape(role, cast.aino.team)) == {
            "role": ["not_yours"]
        }
        new = {"name": "uusi", "team": cast.mikko.team} | shape(role, cast.mikko.team)
        assert refused(mikko, "POST", "/api/admin/people", new) == {"role": ["not_yours"]}
    for team in (cast.sanna.team, cast.olli.team, None):
        body = shape(team=team)
        assert refused(mikko, "PUT", f"/api/admin/people/{cast.aino.id}", body) == {"team": ["unknown"]}
        assert refused(mikko, "POST", "/api/admin/people", {"name": "uusi"} | body) == {"team": ["unknown"]}
    assert invited(mikko, team=cast.mikko.team)["person"]["team"] == cast.mikko.team
    with app.app_context(), writing() as transaction:
        transaction.get_one(User, cast.liisa.key).role = "team_leader"
    assert mikko.post(f"/api/admin/people/{cast.liisa.id}/password").status_code == 403
    assert mikko.post(f"/api/admin/people/{cast.sanna.id}/password").status_code == 404
    assert mikko.post("/api/admin/teams", {"name": "Länsi"}).status_code == 403


def test_nobody_changes_or_ends_oneself(cast: Cast, sign_in: SignIn) -> None:
    """[A1] So there is always somebody who administers."""
    satu = sign_in("satu")
    assert satu.put(f"/api/admin/people/{cast.satu.id}", shape("field_worker")).status_code == 403
    assert satu.post(f"/api/admin/people/{cast.satu.id}/ending", {}).status_code == 403
    assert satu.post(f"/api/admin/people/{cast.satu.id}/password").status_code == 403


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"name": "AINO "}, {"name": ["taken"]}),
        ({"name": "\u200b"}, {"name": ["empty"]}),
        ({"display_name": "\u200b"}, {"display_name": ["empty"]}),
        ({"phone": "soita"}, {"phone": ["invalid"]}),
        ({"team": "0190aaaa-0000-7000-8000-000000000001"}, {"team": ["unknown"]}),
    ],
)
def test_what_cannot_be_is_told_at_its_field(sign_in: SignIn, given: dict[str, Any], fields: Any) -> None:
    body = {"name": "uusi", "display_name": "Uusi", "role": "field_worker"} | given
    assert refused(sign_in("satu"), "POST", "/api/admin/people", body) == fields


def access_of(app: Flask, person: Person) -> dict[str, str]:
    with app.app_context():
        rows = db.session.scalars(select(Access).where(Access.user == person.id, Access.org == person.org))
        return {row.case: row.reason for row in rows}


def test_role_and_team_take_access_with_them(app: Flask, cast: Cast, sign_in: SignIn, settings: Settings) -> None:
    """[A5] [H6] [L5] A leader gets what the team has, and loses it; a restore does not undo it."""
    north, south = "0190bbbb-0000-7000-8000-00000000000a", "0190bbbb-0000-7000-8000-00000000000b"
    with app.app_context(), writing() as transaction:
        for case, team in ((north, cast.aino.team), (south, cast.sanna.team)):
            scope.open_file(transaction, cast.aino.org, case, team)
        scope.open_file(transaction, cast.aino.org, cast.aino.team or "", cast.aino.team, home="team")
        scope.grant(transaction, cast.aino.org, cast.aino.id, [cast.aino.team or ""], "team")
    satu, path = sign_in("satu"), f"/api/admin/people/{cast.aino.id}"
    assert satu.put(path, shape("team_leader", cast.aino.team)).status_code == 200
    assert access_of(app, cast.aino) == {cast.aino.team: "team", north: "supervision"}
    assert satu.put(path, shape("team_leader", cast.sanna.team, phone="040 1234567")).status_code == 200
    assert access_of(app, cast.aino) == {south: "supervision"}
    with app.app_context():
        with writing() as transaction:
            transaction.execute(delete(AuditEvent).where(AuditEvent.event == "user_change"))
            user = transaction.get_one(User, cast.aino.key)
            user.role, user.team, user.phone = "field_worker", cast.aino.team, ""
        assert journal.replay(settings.journal_path) == 2
        user = db.session.get_one(User, cast.aino.key, populate_existing=True)
        assert (user.role, user.team, user.phone) == ("team_leader", cast.sanna.team, "040 1234567")
    assert satu.put(path, shape("field_worker", cast.aino.team)).status_code == 200
    assert access_of(app, cast.aino) == {cast.aino.team: "team"}


def test_who_stood_in_once_supervises_like_any_leader(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A5] [S6] A stand-in that has ended is no access, written down or not."""
    case = "0190bbbb-0000-7000-8000-00000000000a"
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, cast.aino.org, case, cast.aino.team)
        scope.grant(transaction, cast.aino.org, cast.aino.id, [case], "stand_in", expires_at=timestamps.ago(seconds=1))
    path = f"/api/admin/people/{cast.aino.id}"
    assert sign_in("satu").put(path, shape("team_leader", cast.aino.team)).status_code == 200
    assert access_of(app, cast.aino) == {case: "supervision"}


def test_who_has_clients_goes_on_working_with_clients(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A5] They are handed over first."""
    case = "0190bbbb-0000-7000-8000-00000000000a"
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, cast.aino.org, case, cast.aino.team)
        scope.grant(transaction, cast.aino.org, cast.aino.id, [case], "own_client")
    path, body = f"/api/admin/people/{cast.aino.id}", shape("commissioner_viewer", cast.aino.team)
    assert refused(sign_in("satu"), "PUT", path, body) == {"role": ["has_cases"]}


def test_an_account_ends_after_its_effects_were_told(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A4] Clients with whom nobody else works, planned visits, devices; then all of it at once, and back again."""
    alone, shared_one = "0190bbbb-0000-7000-8000-00000000000a", "0190bbbb-0000-7000-8000-00000000000b"
    aino, satu = sign_in("aino"), sign_in("satu")
    with app.app_context(), writing() as transaction:
        org = cast.aino.org
        for number, case in enumerate((alone, shared_one)):
            scope.open_file(transaction, org, case, cast.aino.team)
            scope.grant(transaction, org, cast.aino.id, [case], "own_client")
            scope.grant(transaction, org, cast.mikko.id, [case], "supervision")
            header = {"client_id": f"OV-000{number}", "client_name": "Paavo", "own_worker": cast.aino.id}
            shared.written_records(transaction, org, case, [(case, "case", header)])
        scope.grant(transaction, org, cast.liisa.id, [shared_one], "own_client")
        plan = {"start": "2099-01-01T10:00:00Z", "end": "2099-01-01T11:00:00Z"}
        visit = ("0190bbbb-0000-7000-8000-00000000000c", "visit", {"worker": cast.aino.id, "plan": plan})
        shared.written_records(transaction, org, alone, [visit])
    path = f"/api/admin/people/{cast.aino.id}/ending"
    assert satu.get(path).get_json() == {
        "cases": [{"case": alone, "client_id": "OV-0000"}],
        "visits": 1,
        "devices": 1,
        "sessions": 1,
        "held": 0,
    }
    assert satu.post(path, {"wipe_devices": True}).status_code == 204
    assert code_of(aino.get("/api/session")) == "device_wiped"
    assert code_of(attempt(app.test_client(), "aino", PASSWORD)) == "sign_in_failed"
    assert listed(satu)["aino"]["active"] is False
    once = satu.post(f"/api/admin/people/{cast.aino.id}/password").get_json()["one_time_password"]
    assert listed(satu)["aino"]["active"] is True
    assert code_of(attempt(app.test_client(), "aino", once)) == "password_change_needed"


def test_without_asking_for_it_nothing_on_a_device_is_wiped(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A4]"""
    sign_in("aino")
    assert sign_in("mikko").post(f"/api/admin/people/{cast.aino.id}/ending", {}).status_code == 204
    with app.app_context():
        assert db.session.scalars(select(Device.wipe_asked_at).where(Device.user == cast.aino.id)).all() == [None]


def test_teams_are_added_and_renamed(app: Flask, cast: Cast, sign_in: SignIn, settings: Settings) -> None:
    """[A5] [L5] Phones read of it, and a restore does not take it back."""
    satu = sign_in("satu")
    added = satu.post("/api/admin/teams", {"name": "Länsi", "phone": "09 123 456"}).get_json()["teams"]
    assert [(team["name"], team["people"]) for team in added] == [("Länsi", 0), ("North", 3), ("South", 1)]
    assert refused(satu, "POST", "/api/admin/teams", {"name": "North"}) == {"name": ["taken"]}
    path = f"/api/admin/teams/{cast.aino.team}"
    assert refused(satu, "PUT", path, {"name": "South"}) == {"name": ["taken"]}
    assert sign_in("mikko").put(path, {"name": "Pohjoinen", "phone": "040 1234567"}).status_code == 200
    assert sign_in("mikko").put(f"/api/admin/teams/{cast.sanna.team}", {"name": "Meidän"}).status_code == 404
    with app.app_context():
        with writing() as transaction:
            transaction.execute(delete(AuditEvent).where(AuditEvent.event == "team_change"))
            transaction.get_one(Team, (cast.aino.team, cast.aino.org)).name = "North"
        journal.replay(settings.journal_path)
        assert db.session.get_one(Team, (cast.aino.team, cast.aino.org)).name == "Pohjoinen"


def test_whatever_the_office_does_is_in_the_log(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A8] Who did what to whom; the security log shows it, and no name stands in it."""
    satu = sign_in("satu")
    told = invited(satu, team=cast.aino.team)
    person = f"/api/admin/people/{told['person']['id']}"
    satu.put(person, shape(team=cast.sanna.team))
    satu.post(f"{person}/password")
    satu.post(f"{person}/ending", {})
    with app.app_context():
        of_office = (AuditEvent.actor == cast.satu.id, AuditEvent.event != second_factor.SET)  # her own was before
        by_satu = db.session.scalars(select(AuditEvent).where(*of_office)).all()
        assert [each.event for each in sorted(by_satu, key=lambda each: each.chain_index)] == [
            *("user", "user_change", "password", "user_active"),
        ]
        assert all("usi" not in each.detail and told["person"]["id"] in each.detail for each in by_satu)
        added = select(SecurityEvent.account).where(SecurityEvent.event == "account_added")
        assert told["person"]["id"] in db.session.scalars(added).all()


def test_a_form_comes_packed(sign_in: SignIn) -> None:
    """[W10] As the app sends whatever has more than a thousand characters; inflated within the bounds of a form."""
    satu = sign_in("satu")

    def sent(body: bytes) -> str | int:
        packed = {"Content-Type": "application/json", "Content-Encoding": "gzip", **satu.headers}
        reply = satu.client.post("/api/admin/people", data=body, headers=packed)
        return code_of(reply) if reply.status_code >= 400 else reply.status_code

    form = gzip.compress(orjson.dumps({"name": "uusi", "display_name": "Uusi", "role": "field_worker"}))
    assert sent(form) == 200
    assert sent(form[:-9]) == "body_malformed"
    assert sent(gzip.compress(b"{")) == "body_malformed"
    assert sent(gzip.compress(b" " * (LIMITS.form_bytes_max + 1))) == "body_too_large"
    assert sent(gzip.compress(b"[" + b"1," * LIMITS.body_values_max + b"1]")) == "body_too_large"
