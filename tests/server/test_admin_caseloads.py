"""A worker's clients go to a colleague: /api/admin/people/<id>/cases (SPEC A6), and lost phones (A7)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest
from flask import Flask
from sqlalchemy import select

from server.config import LIMITS
from server.core import timestamps
from server.core.database import writing
from server.core.models import Access, AuditEvent, Change, Device, Record, User, db
from server.directory import people
from server.rules.dates import FINLAND
from server.sync import scope
from tests.cast import Cast, Person, Phone, SignIn
from tests.server.test_session import code_of

CASES = [f"0190cccc-0000-7000-8000-00000000000{number}" for number in range(3)]
#: as a device makes them, and as an older file has one
HEADERS = [CASES[0], CASES[1], "0190cccc-0000-7000-8000-0000000000ff"]
PLANNED, MADE = "0190cccc-0000-7000-8000-0000000000a1", "0190cccc-0000-7000-8000-0000000000a2"
PLAN = {"start": "2099-01-01T10:00:00Z", "end": "2099-01-01T11:00:00Z"}


@pytest.fixture
def caseload(app: Flask, cast: Cast) -> list[str]:
    """Three clients of Aino's; the first has a planned visit and one that was made."""
    with app.app_context(), writing() as transaction:
        org = cast.aino.org
        for number, case in enumerate(CASES):
            scope.open_file(transaction, org, case, cast.aino.team)
            scope.grant(transaction, org, cast.aino.id, [case], "own_client")
            scope.grant(transaction, org, cast.mikko.id, [case], "supervision")
            header = {"client_id": f"OV-000{number}", "client_name": "Paavo K.", "own_worker": cast.aino.id}
            people.written_records(
                transaction, org, case, [(HEADERS[number], "case", header | {"team": cast.aino.team})]
            )
        visits: list[people.WantedRecord] = [
            (PLANNED, "visit", {"worker": cast.aino.id, "plan": PLAN}),
            (MADE, "visit", {"worker": cast.aino.id, "plan": PLAN, "outcome": {"code": "done"}}),
        ]
        people.written_records(transaction, org, CASES[0], visits)
    return CASES


def readers(app: Flask, case: str) -> dict[str, str]:
    with app.app_context():
        rows = db.session.execute(
            select(User.display_name, Access.reason)
            .join(Access, (Access.user == User.id) & (Access.org == User.org))
            .where(Access.case == case)
        )
        return {name.lower(): reason for name, reason in rows}


def held(app: Flask, record: str, path: str) -> list[str]:
    with app.app_context():
        body = orjson.loads(db.session.scalars(select(Record.body).where(Record.id == record)).one())
        return [value for _, value in body["fields"].get(path, [])]


def hand_over(phone: Phone, from_: Person, to: Person, cases: list[str] | None = None) -> Any:
    body = {"to": to.id} | ({"cases": cases} if cases is not None else {})
    return phone.post(f"/api/admin/people/{from_.id}/cases/transfer", body)


@pytest.mark.usefixtures("caseload")
def test_all_clients_of_a_worker_go_to_a_colleague(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A6] [S9] With what is planned; what was made stays as it was; each is a change in the leader's name."""
    mikko = sign_in("mikko")
    assert hand_over(mikko, cast.aino, cast.liisa).get_json() == {"cases": 3, "visits": 1}
    for case, header in zip(CASES, HEADERS, strict=True):
        assert readers(app, case) == {"liisa": "own_client", "mikko": "supervision"}
        assert held(app, header, "own_worker") == [cast.liisa.id]
    assert held(app, PLANNED, "worker") == [cast.liisa.id]
    assert held(app, MADE, "worker") == [cast.aino.id]
    with app.app_context():
        authors = select(Change.author).where(Change.case == CASES[0]).order_by(Change.chain_index)
        assert db.session.scalars(authors).all()[-2:] == [cast.mikko.id] * 2
        noted = db.session.scalars(select(AuditEvent.detail).where(AuditEvent.event == "case_header")).all()
        assert [orjson.loads(each)["to"] for each in noted] == [cast.liisa.id] * 3
    assert hand_over(mikko, cast.aino, cast.liisa).get_json() == {"cases": 0, "visits": 0}


@pytest.mark.usefixtures("caseload")
def test_chosen_clients_go_to_another_team(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A6] Its leaders supervise from then on, and no longer those of the team before."""
    with app.app_context(), writing() as transaction:
        transaction.get_one(User, cast.liisa.key).role = "team_leader"
        transaction.get_one(User, cast.liisa.key).team = cast.sanna.team
    assert hand_over(sign_in("satu"), cast.aino, cast.sanna, CASES[:1]).get_json() == {"cases": 1, "visits": 1}
    assert readers(app, CASES[0]) == {"sanna": "own_client", "liisa": "supervision"}
    assert readers(app, CASES[1]) == {"aino": "own_client", "mikko": "supervision"}
    assert held(app, CASES[0], "team") == [cast.sanna.team]


@pytest.mark.usefixtures("caseload")
def test_who_may_get_clients(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A6] Somebody who is seen, works with clients and has not left; whatever else is asked, nothing moves."""
    mikko, satu = sign_in("mikko"), sign_in("satu")
    assert hand_over(mikko, cast.aino, cast.sanna).status_code == 404
    assert hand_over(mikko, cast.sanna, cast.aino).status_code == 404
    assert hand_over(satu, cast.aino, cast.olli).status_code == 404
    for to in (cast.satu, cast.aino):
        assert hand_over(satu, cast.aino, to).get_json()["problem"]["fields"] == {"to": ["unknown"]}
    with app.app_context(), writing() as transaction:
        transaction.get_one(User, cast.liisa.key).active = False
    assert hand_over(satu, cast.aino, cast.liisa).status_code == 422
    assert hand_over(satu, cast.aino, cast.mikko, [CASES[0], cast.aino.org]).status_code == 404
    assert all(readers(app, case) == {"aino": "own_client", "mikko": "supervision"} for case in CASES)


@pytest.mark.usefixtures("caseload")
def test_a_caseload_is_listed_without_names(sign_in: SignIn, cast: Cast) -> None:
    """[A6] The administrator reads codes, never what stands in a file."""
    reply = sign_in("satu").get(f"/api/admin/people/{cast.aino.id}/cases")
    assert [each["client_id"] for each in reply.get_json()["cases"]] == ["OV-0000", "OV-0001", "OV-0002"]
    assert {(each["reason"], each["is_own"]) for each in reply.get_json()["cases"]} == {("own_client", True)}
    assert b"Paavo" not in reply.data


def lend(phone: Phone, from_: Person, to: Person, last_day: date, cases: list[str] | None = None) -> Any:
    body = {"to": to.id, "last_day": last_day.isoformat()} | ({"cases": cases} if cases is not None else {})
    return phone.post(f"/api/admin/people/{from_.id}/cases/stand-in", body)


def finland_today() -> date:
    return datetime.now(FINLAND).date()


@pytest.mark.usefixtures("caseload")
def test_a11_a_colleague_stands_in_until_a_day_is_over(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A11] [S6] A later day replaces the earlier; nobody's own access is cut short; ended by hand, it is over."""
    mikko, today = sign_in("mikko"), finland_today()
    for days, cases in ((3, None), (7, CASES[:2])):
        last_day = today + timedelta(days=days)
        wanted = {"cases": 3 if cases is None else 2}
        assert lend(mikko, cast.aino, cast.liisa, last_day, cases).get_json() == wanted
    assert lend(mikko, cast.aino, cast.mikko, today).get_json() == {"cases": 0}
    for case in CASES:
        assert readers(app, case) == {"aino": "own_client", "liisa": "stand_in", "mikko": "supervision"}
    own = mikko.get(f"/api/admin/people/{cast.aino.id}/cases").get_json()["cases"]
    midnight = datetime.combine(today + timedelta(days=8), time(), FINLAND).astimezone(UTC)
    assert own[0]["stand_ins"] == [{"person": cast.liisa.id, "until": timestamps.text(midnight)}]
    end = f"/api/admin/people/{cast.liisa.id}/cases/stand-in/end"
    assert mikko.post(end, {"cases": CASES[:1]}).get_json() == {"cases": 1}
    assert mikko.post(end, {"cases": CASES[:1]}).status_code == 404
    assert "liisa" not in readers(app, CASES[0])
    assert mikko.post(end, {}).get_json() == {"cases": 2}
    with app.app_context():
        noted = select(AuditEvent.actor).where(AuditEvent.event.in_(("access_grant", "access_revoke")))
        assert db.session.scalars(noted).all().count(cast.mikko.id) >= 4


@pytest.mark.usefixtures("caseload")
def test_a11_who_may_stand_in_and_until_when(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A11] Whatever else is asked is told at its field, and opens nothing."""
    mikko, satu, today = sign_in("mikko"), sign_in("satu"), finland_today()
    assert lend(mikko, cast.aino, cast.sanna, today).status_code == 404
    assert lend(mikko, cast.sanna, cast.aino, today).status_code == 404
    for to in (cast.satu, cast.aino):
        assert lend(satu, cast.aino, to, today).get_json()["problem"]["fields"] == {"to": ["unknown"]}
    for last_day in (today - timedelta(days=1), today + timedelta(days=367)):
        told = lend(satu, cast.aino, cast.liisa, last_day).get_json()["problem"]["fields"]
        assert told == {"last_day": ["invalid"]}
    assert lend(satu, cast.aino, cast.liisa, today, [CASES[0], cast.aino.org]).status_code == 404
    assert sign_in("aino").post(f"/api/admin/people/{cast.aino.id}/cases/stand-in/end", {}).status_code == 403
    assert all(readers(app, case) == {"aino": "own_client", "mikko": "supervision"} for case in CASES)


def test_a7_a_lost_phone(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A7] [V10] From the list of the organisation's devices; a leader's is the own team's."""
    aino, sanna, mikko, satu = (sign_in(name) for name in ("aino", "sanna", "mikko", "satu"))
    assert {each["display_name"] for each in satu.get("/api/admin/devices").get_json()["devices"]} == {
        *("Aino", "Sanna", "Mikko", "Satu"),
    }
    mine = {each["person"]: each for each in mikko.get("/api/admin/devices").get_json()["devices"]}
    assert mine.keys() == {cast.aino.id, cast.mikko.id}
    assert (mine[cast.aino.id]["sessions"], mine[cast.mikko.id]["current"]) == (1, True)
    assert mikko.post("/api/admin/devices/phone-of-sanna/lost").status_code == 404
    assert mikko.post("/api/admin/devices/phone-of-aino/lost").status_code == 204
    assert code_of(aino.get("/api/session")) == "device_wiped"
    assert sanna.get("/api/session").status_code == 200
    assert satu.post("/api/admin/devices/phone-of-sanna/sign-out").status_code == 204
    assert code_of(sanna.get("/api/session")) == "sign_in_needed"
    with app.app_context():
        asked = dict(db.session.execute(select(Device.id, Device.wipe_asked_at)).all())
        assert [id_ for id_, at in asked.items() if at] == ["phone-of-aino"]


def test_people_and_devices_come_in_pages(sign_in: SignIn, monkeypatch: Any) -> None:
    monkeypatch.setattr("server.directory.listing.LIMITS", replace(LIMITS, list_page_max=2, people_page_max=2))
    satu = sign_in("satu")
    for name in ("aino", "liisa", "sanna", "mikko"):
        sign_in(name)
    for path, list_ in (("/api/admin/devices", "devices"), ("/api/admin/people", "people")):
        seen: list[str] = []
        after: str | None = ""
        while after is not None:
            reply = satu.get(f"{path}?{urlencode({'after': after})}").get_json()
            seen += [each["display_name"] for each in reply[list_]]
            after = reply["next"]
        assert sorted(seen) == ["Aino", "Liisa", "Mikko", "Sanna", "Satu"]
