"""PUT and GET /api/incidents: the record of a threat (K7)."""

from typing import Any

import orjson
import pytest
from flask import Flask
from sqlalchemy import func, select

from server.checkin.tables import Incident
from server.models import AuditEvent, Change, db
from tests.cast import ON_SQLITE, Cast, SignIn

SAID = {
    "incident_kind": "verbal_threat",
    "at": "2026-11-20T12:00:00Z",
    "text": "Huusi rapussa.",
    "measures": "Poistuttiin.",
}


def test_k7_it_works(app: Flask, sign_in: SignIn) -> None:
    """[K7] Sent twice it is one; corrected, the earlier version stays; and no client's record knows of it."""
    aino = sign_in("aino")
    for _ in range(2):
        reply = aino.put("/api/incidents/i-1", SAID)
        assert (reply.status_code, reply.get_json()["version"]) == (200, 1)
    assert aino.put("/api/incidents/i-1", SAID | {"injured": True}).get_json()["version"] == 2
    (kept,) = aino.get("/api/incidents").get_json()["incidents"]
    assert (kept["injured"], kept["version"], kept["id"]) == (True, 2, "i-1")
    versions = aino.get("/api/incidents/i-1").get_json()["versions"]
    assert [(each["version"], each["injured"], each["text"]) for each in versions] == [
        (2, True, "Huusi rapussa."),
        (1, False, "Huusi rapussa."),
    ]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Incident)) == 2
        assert db.session.scalar(select(func.count(Change.id)).where(Change.author == kept["author"])) == 0
        db.session.rollback()


def test_k7_who_may_read(sign_in: SignIn) -> None:
    """[K7] Her leader and the administrator; no colleague, no other team, no other organisation (security 6, 8)."""
    sign_in("aino").put("/api/incidents/i-1", SAID)
    people = {name: sign_in(name) for name in ("mikko", "satu", "liisa", "sanna", "olli")}
    for name, person in people.items():
        listed = person.get("/api/incidents").get_json()["incidents"]
        status = person.get("/api/incidents/i-1").status_code
        assert (len(listed), status) == ((1, 200) if name in {"mikko", "satu"} else (0, 404)), name
    for name in ("mikko", "liisa"):
        assert people[name].put("/api/incidents/i-1", SAID).status_code == 404
    assert people["olli"].put("/api/incidents/i-1", SAID).get_json()["version"] == 1


def test_k7_each_look_at_anothers_is_noted(app: Flask, sign_in: SignIn, cast: Cast) -> None:
    """[K7] The list does not say what happened, so that reading is a look; and the log does not say it either."""
    aino, mikko, sanna = (sign_in(name) for name in ("aino", "mikko", "sanna"))
    aino.put("/api/incidents/i-1", SAID)
    listed = mikko.get("/api/incidents").get_data(as_text=True)
    assert SAID["text"] not in listed
    assert SAID["measures"] not in listed
    for reader in (aino, sanna, mikko, mikko):
        reader.get("/api/incidents/i-1")
    with app.app_context():
        looks = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "incident_read")).all()
        assert [(look.actor, orjson.loads(look.detail)) for look in looks] == [
            (cast.mikko.id, {"incident": "i-1", "author": cast.aino.id})
        ] * 2
        db.session.rollback()


@ON_SQLITE
@pytest.mark.parametrize(
    "wrong",
    [{"incident_kind": "weather"}, {"incident_kind": None}, {"at": "x"}, {"client": "x"}, {"text": "x" * 20_001}],
)
def test_what_is_said_is_looked_at(sign_in: SignIn, wrong: dict[str, Any]) -> None:
    reply = sign_in("aino").put("/api/incidents/i-1", SAID | wrong)
    assert (reply.status_code, reply.get_json()["problem"]["code"]) == (422, "fields_invalid")
