"""PUT and GET /api/incidents: the record of a threat (K7)."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest
from flask import Flask
from sqlalchemy import func, select

from server.config import LIMITS
from server.core.database import writing
from server.core.models import AuditEvent, Change, db
from server.safety.tables import Incident
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


def test_k7_the_list_comes_in_pages(app: Flask, sign_in: SignIn, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """[K7] What was recorded last first, each once and as corrected, also where that happens between two pages."""
    for where in ("core.pages", "safety.incidents"):
        monkeypatch.setattr(f"server.{where}.LIMITS", replace(LIMITS, list_page_max=3))
    aino, mikko = sign_in("aino"), sign_in("mikko")
    for number in range(8):
        aino.put(f"/api/incidents/i-{number}", SAID)
    with app.app_context(), writing() as transaction:
        for number in range(8):
            made = transaction.get_one(Incident, (f"i-{number}", cast.aino.org, 1))
            made.arrived = f"2026-11-20T12:00:0{number // 3}Z"
    seen: list[tuple[str, int]] = []
    after: str | None = ""
    while after is not None:
        reply = mikko.get(f"/api/incidents?{urlencode({'after': after})}").get_json()
        assert len(reply["incidents"]) <= 3
        seen += [(incident["id"], incident["version"]) for incident in reply["incidents"]]
        after = reply["next"]
        aino.put("/api/incidents/i-1", SAID | {"text": f"Korjattu {len(seen)}"})
    assert seen == [(f"i-{number}", 3 if number == 1 else 1) for number in (7, 6, 5, 4, 3, 2, 1, 0)]


def test_k7_a_revoked_device_hands_in_what_waits(sign_in: SignIn) -> None:
    """[K7] The record of a threat is taken from it, and nothing is told to it."""
    phone, laptop = sign_in("aino"), sign_in("aino", device="laptop")
    laptop.delete("/api/devices/phone-of-aino")
    assert phone.put("/api/incidents/i-1", SAID).status_code == 200
    for path in ("/api/incidents", "/api/incidents/i-1"):
        assert (phone.get(path).status_code, laptop.get(path).status_code) == (403, 200)


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
