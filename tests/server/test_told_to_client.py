"""Who has looked at a client's file, for the worker whom the client asks: /api/cases/…/access-log (SPEC A21)."""

import time

import orjson
import pytest
from flask import Flask
from sqlalchemy import select

from server.config import LIMITS
from server.core.database import writing
from server.core.models import AuditEvent, Reading, db
from server.sync import scope
from tests.cast import Cast, Person, SignIn
from tests.server.test_admin_caseloads import CASES, PLANNED, caseload

__all__ = ["caseload"]

DAY_MS = 24 * 3600 * 1000


def looks(app: Flask, person: Person, days_ago: list[int], case: str = CASES[0]) -> None:
    now = time.time_ns() // 1_000_000
    with app.app_context(), writing() as transaction:
        for number, days in enumerate(days_ago):
            at = f"{now - days * DAY_MS - number:013}-0000-a1b2c3d4e5f6"
            row = {"user": person.id, "device": person.device, "case": case, "at": at, "received": at}
            transaction.add(Reading(id=f"{person.id}-{days}-{number}", org=person.org, **row))


@pytest.mark.usefixtures("caseload")
def test_a21_a_client_asks_their_own_worker_who_has_looked(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A21] Each reader once, with days and reason, two years back; what was handed out too. Looking is noted."""
    with app.app_context(), writing() as transaction:
        scope.grant(
            transaction, cast.aino.org, cast.liisa.id, [CASES[0]], "stand_in", expires_at="2099-01-01T00:00:00Z"
        )
    looks(app, cast.liisa, [0, 0])
    looks(app, cast.sanna, [3, LIMITS.told_to_client_days + 1])
    looks(app, cast.mikko, [1], CASES[1])
    aino = sign_in("aino")
    aino.get(f"/api/cases/{CASES[0]}/records/{PLANNED}/history")
    reply = aino.get(f"/api/cases/{CASES[0]}/access-log")
    assert reply.status_code == 200, reply.json
    told = reply.get_json()
    found = {
        (one["display_name"], one["reason"], tuple(one["what"]), one["day_count"], len(one["days"]))
        for one in told["readers"]
    }
    assert found == {
        ("Liisa", "stand_in", ("file_read",), 1, 1),
        ("Sanna", None, ("file_read",), 1, 1),
        ("Aino", "own_client", ("history_read",), 1, 1),
    }
    assert b"Paavo" not in reply.data
    with app.app_context():
        noted = db.session.execute(
            select(AuditEvent.actor, AuditEvent.detail).where(AuditEvent.event == "access_log_read")
        ).all()
        assert [(actor, orjson.loads(detail)["cases"]) for actor, detail in noted] == [(cast.aino.id, [CASES[0]])]


@pytest.mark.usefixtures("caseload")
def test_a21_a_stand_in_and_a_stranger_are_not_told(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A21] Who has the file for a time answers as one who has none; nor does the reader of an intake."""
    absent = sign_in("sanna").get("/api/cases/0190aaaa-0000-7000-8000-000000000001/access-log")
    assert absent.status_code == 404
    assert sign_in("sanna").get(f"/api/cases/{CASES[0]}/access-log").data == absent.data
    for reason, until in (("stand_in", "2099-01-01T00:00:00Z"), ("intake", None)):
        with app.app_context(), writing() as transaction:
            scope.grant(transaction, cast.aino.org, cast.liisa.id, [CASES[0]], reason, expires_at=until)
        assert sign_in("liisa").get(f"/api/cases/{CASES[0]}/access-log").data == absent.data
    assert sign_in("satu").get(f"/api/cases/{CASES[0]}/access-log").status_code == 403
    assert sign_in("aino").get("/api/cases/%00/access-log").status_code == 404
