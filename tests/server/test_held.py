"""GET /api/held and POST /api/held/<id>/release|reject: what the supervisor decides (S4)."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server.database import writing
from server.models import HeldChange, User, db
from server.sync import scope
from tests.cast import Cast, Phone, SignIn

CASE = "case-1"
STAMP = "1790000000000-0000-0123456789ab"


def change(number: int = 1) -> dict[str, Any]:
    return {
        "id": f"change-{number}",
        "record": f"note-{number}",
        "kind": "note",
        "case": CASE,
        "at": STAMP,
        "set": {"text": f"Entry {number}"},
        "seen": {},
    }


def push(phone: Phone, *changes: dict[str, Any], cursor: str | None = None) -> dict[str, Any]:
    body = {"protocol": 1, "schema": 1, "cursor": cursor, "changes": list(changes), "rest": False}
    reply: dict[str, Any] | None = phone.post("/api/sync", body).json
    assert reply is not None
    return reply


def held(phone: Phone) -> list[str]:
    reply = phone.get("/api/held").json
    assert reply is not None
    return [entry["change"]["id"] for entry in reply["held"]]


def texts(phone: Phone) -> list[str]:
    """The notes that a fresh device of this person gets."""
    pages = [push(phone)]
    while pages[-1]["more"]:
        pages.append(push(phone, cursor=pages[-1]["cursor"]))
    records = [record for page in pages for record in page["records"]]
    return [record["fields"]["text"][0][1] for record in records if record["kind"] == "note"]


@pytest.fixture
def late(app: Flask, cast: Cast, sign_in: SignIn) -> Phone:
    """Aino's phone, which sent an entry after she had lost access. Liisa and Mikko have it."""
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, cast.aino.org, CASE, cast.aino.team)
        for person in (cast.aino, cast.liisa, cast.mikko):
            scope.grant(transaction, person.org, person.id, [CASE], "own_client")
        scope.revoke(transaction, cast.aino.org, cast.aino.id, [CASE], "moved")
    phone = sign_in("aino")
    assert push(phone, change())["verdicts"] == [
        {"id": "change-1", "verdict": "held", "problem": {"code": "case_access_lost"}}
    ]
    return phone


def test_it_works(late: Phone, sign_in: SignIn, cast: Cast) -> None:
    """[S4] Released, it is applied in its author's name, and colleagues read it."""
    mikko = sign_in("mikko")
    reply = mikko.get("/api/held").json
    assert reply is not None
    (entry,) = reply["held"]
    assert entry["author"] == cast.aino.id
    assert entry["change"] == change()
    released = mikko.post("/api/held/change-1/release")
    assert released.status_code == 200
    assert released.json is not None
    assert released.json["verdict"] == "applied"
    assert held(mikko) == []
    assert texts(sign_in("liisa")) == ["Entry 1"]
    assert texts(late) == []


@pytest.mark.usefixtures("late")
def test_a_rejected_entry_is_kept(app: Flask, sign_in: SignIn, cast: Cast) -> None:
    """[S4] With its text, and with who decided."""
    mikko = sign_in("mikko")
    assert mikko.post("/api/held/change-1/reject").status_code == 204
    assert held(mikko) == []
    assert texts(sign_in("liisa")) == []
    with app.app_context():
        (row,) = db.session.scalars(select(HeldChange))
        assert (row.decision, row.decided_by) == ("rejected", cast.mikko.id)
        assert "Entry 1" in row.change


@pytest.mark.parametrize("first", ["release", "reject"])
@pytest.mark.parametrize("second", ["release", "reject"])
@pytest.mark.usefixtures("late")
def test_it_is_decided_once(sign_in: SignIn, first: str, second: str) -> None:
    mikko = sign_in("mikko")
    assert mikko.post(f"/api/held/change-1/{first}").status_code in {200, 204}
    assert mikko.post(f"/api/held/change-1/{second}").status_code == 404


@pytest.mark.parametrize("who", ["aino", "liisa", "sanna", "satu"])
@pytest.mark.usefixtures("late")
def test_only_a_supervisor_decides(sign_in: SignIn, who: str) -> None:
    """Security 6."""
    phone = sign_in(who)
    for reply in (
        phone.get("/api/held"),
        phone.post("/api/held/change-1/release"),
        phone.post("/api/held/change-1/reject"),
    ):
        assert (reply.status_code, reply.json) == (403, {"problem": {"code": "not_allowed"}})
    assert held(sign_in("mikko")) == ["change-1"]


@pytest.mark.parametrize("who", ["sanna", "olli"])
@pytest.mark.usefixtures("late")
def test_a_leader_without_the_case_learns_nothing(app: Flask, sign_in: SignIn, cast: Cast, who: str) -> None:
    """Security 6 and 8: another team's leader, and another organisation's."""
    with app.app_context(), writing() as transaction:
        transaction.get_one(User, getattr(cast, who).id).role = "team_leader"
    phone = sign_in(who)
    assert held(phone) == []
    for action in ("release", "reject"):
        foreign, absent = (phone.post(f"/api/held/{id_}/{action}") for id_ in ("change-1", "nothing"))
        assert foreign.status_code == absent.status_code == 404
        assert foreign.data == absent.data


@pytest.mark.usefixtures("late")
def test_an_entry_whose_record_moved_goes_on_waiting(app: Flask, sign_in: SignIn, cast: Cast) -> None:
    """[S2] It is refused with its reason and stays held."""
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, cast.liisa.org, "case-2", None)
        scope.grant(transaction, cast.liisa.org, cast.liisa.id, ["case-2"], "own_client")
    push(sign_in("liisa"), change() | {"id": "change-2", "case": "case-2"})
    mikko = sign_in("mikko")
    reply = mikko.post("/api/held/change-1/release").json
    assert reply == {"id": "change-1", "verdict": "refused", "problem": {"code": "record_elsewhere"}}
    assert held(mikko) == ["change-1"]


def test_a_revoked_device_hands_in_its_outbox_and_gets_nothing(app: Flask, sign_in: SignIn, cast: Cast) -> None:
    """Security, three endings: verdicts, and no record, cursor or file."""
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, cast.aino.org, CASE, cast.aino.team)
        scope.grant(transaction, cast.aino.org, cast.aino.id, [CASE], "own_client")
    phone, laptop = sign_in("aino"), sign_in("aino", device="laptop")
    laptop.delete("/api/devices/phone-of-aino")
    reply = push(phone, change())
    assert [verdict["verdict"] for verdict in reply["verdicts"]] == ["applied"]
    assert reply.keys() <= {"protocol", "epoch", "server_time", "durable", "verdicts", "touched"}
    assert reply["touched"] == []
    assert texts(laptop) == ["Entry 1"]
