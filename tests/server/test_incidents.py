"""PUT and GET /api/incidents: the record of a threat (K7)."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.checkin.tables import Incident
from server.models import Change, db
from tests.cast import ON_SQLITE, SignIn

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
    assert (kept["injured"], kept["text"], kept["id"]) == (True, "Huusi rapussa.", "i-1")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Incident)) == 2
        assert db.session.scalar(select(func.count(Change.id)).where(Change.author == kept["author"])) == 0
        db.session.rollback()


def test_k7_who_may_read(sign_in: SignIn) -> None:
    """[K7] Her leader and the administrator; no colleague, no other team, no other organisation (security 6, 8)."""
    sign_in("aino").put("/api/incidents/i-1", SAID)
    seen = {name: sign_in(name).get("/api/incidents").get_json()["incidents"] for name in ("mikko", "satu")}
    assert all(len(found) == 1 for found in seen.values())
    for name in ("liisa", "sanna", "olli"):
        assert sign_in(name).get("/api/incidents").get_json()["incidents"] == []
    for name in ("mikko", "liisa"):
        assert sign_in(name).put("/api/incidents/i-1", SAID).status_code == 404
    assert sign_in("olli").put("/api/incidents/i-1", SAID).get_json()["version"] == 1


@ON_SQLITE
@pytest.mark.parametrize("wrong", [{"incident_kind": "weather"}, {"at": "x"}, {"client": "x"}, {"text": "x" * 20_001}])
def test_what_is_said_is_looked_at(sign_in: SignIn, wrong: dict[str, Any]) -> None:
    reply = sign_in("aino").put("/api/incidents/i-1", SAID | wrong)
    assert (reply.status_code, reply.get_json()["problem"]["code"]) == (422, "fields_invalid")
