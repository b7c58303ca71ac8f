"""The calendar at its secret address, and a single visit: read by a parser that is not the one which writes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import vobject
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.config import LIMITS
from server.core import journal, timestamps
from server.core.database import writing
from server.core.models import Access, AuditEvent, User, db
from server.core.reminder_tables import CalendarFeed
from tests.cast import Cast, Phone, SignIn
from tests.reminding import CASE, Entries, Now, open_case, utc

#: one day for all of a test, also around midnight
TODAY = datetime.now(UTC)
SECRET_NOTE = "Salainen huomio Esimerkkikatu 7"


@pytest.fixture
def enter(app: Flask, cast: Cast) -> Entries:
    open_case(app, cast.aino, cast.mikko, client_name="Matti Esimerkki", address="Esimerkkikatu 7")
    return Entries(app, Now())


def day(ahead: int, hour: int = 12) -> str:
    at = TODAY.replace(hour=hour, minute=0, second=0) + timedelta(days=ahead)
    return timestamps.text(at)


def span(ahead: int) -> dict[str, Any]:
    return {"plan": {"start": day(ahead), "end": day(ahead, 13)}, "note": SECRET_NOTE}


def new_address(phone: Phone) -> str:
    reply = phone.post("/api/calendar")
    assert reply.status_code == 200
    path: str = reply.get_json()["path"]
    return path


def events(anybody: FlaskClient, path: str) -> list[Any]:
    reply = anybody.get(path)
    assert (reply.status_code, reply.mimetype) == (200, "text/calendar")
    return list(vobject.readOne(reply.text).contents.get("vevent", []))


@pytest.fixture
def anybody(app: Flask) -> FlaskClient:
    """A calendar program: no session, no cookies."""
    return app.test_client()


def test_i2_it_works(enter: Entries, cast: Cast, sign_in: SignIn, anybody: FlaskClient) -> None:
    """[I2] [I1]"""
    enter(cast.aino, "visit-1", span(1) | {"worker": cast.aino.id})
    enter(cast.aino, "visit-2", span(2) | {"worker": cast.mikko.id, "partner": cast.aino.id})
    enter(cast.aino, "visit-3", span(3) | {"worker": cast.mikko.id})
    enter(cast.aino, "visit-4", span(4) | {"outcome": {"code": "cancelled_client"}})
    enter(cast.aino, "visit-5", span(200))
    enter(cast.aino, "visit-6", span(5))
    path = new_address(sign_in("aino"))
    found = events(anybody, path)
    assert [timestamps.text(each.dtstart.value) for each in found] == [day(1), day(2), day(5)]
    assert timestamps.text(found[0].dtend.value) == day(1, 13)
    assert {each.summary.value for each in found} == {"Käynti"}
    assert [timestamps.text(each.dtstart.value) for each in events(anybody, new_address(sign_in("mikko")))] == [
        day(2),
        day(3),
    ]


def test_i2_a_calendar_has_an_end(
    enter: Entries, cast: Cast, sign_in: SignIn, anybody: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[I2] Read a few rows at a time, those at one moment too; what begins first stands in it, up to its limit."""
    monkeypatch.setattr("server.sync.record_queries.LIMITS", replace(LIMITS, calendar_rows_max=3))
    monkeypatch.setattr("server.calendar.ical.LIMITS", replace(LIMITS, calendar_events_max=6))
    for number, ahead in enumerate([5, 1, 1, 1, 1, 2, 3, 4]):
        enter(cast.aino, f"visit-{number}", span(ahead) | {"worker": cast.aino.id})
    enter(cast.aino, "others", span(1) | {"worker": cast.mikko.id})
    found = events(anybody, new_address(sign_in("aino")))
    assert [timestamps.text(each.dtstart.value) for each in found] == [day(ahead) for ahead in (1, 1, 1, 1, 2, 3)]


def test_i2_it_says_when_and_nothing_else(
    app: Flask, enter: Entries, cast: Cast, sign_in: SignIn, anybody: FlaskClient
) -> None:
    """[I2, U21] No name, address or note, and none of our ids."""
    enter(cast.aino, "visit-1", span(1))
    with app.app_context(), writing() as transaction:
        transaction.get_one(User, cast.aino.key).language = "sv"
    text = anybody.get(new_address(sign_in("aino"))).text
    names = {line.partition(":")[0] for line in text.splitlines()}
    calendar = {"BEGIN", "END", "PRODID", "VERSION", "METHOD"}
    assert names == calendar | {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS"}
    assert "SUMMARY:Besök" in text
    for secret in ("Matti", "Esimerkki", "Salainen", "visit-1", CASE, cast.aino.id, cast.aino.org):
        assert secret not in text


def test_i1_a_new_address_ends_the_one_before(sign_in: SignIn, anybody: FlaskClient, app: Flask) -> None:
    """[I1] And only a hash of it is kept."""
    phone = sign_in("aino")
    assert phone.get("/api/calendar").get_json() == {"created_at": None}
    first, second = new_address(phone), new_address(phone)
    assert phone.get("/api/calendar").get_json()["created_at"] <= timestamps.now()
    assert [anybody.get(path).status_code for path in (first, second)] == [404, 200]
    with app.app_context():
        kept = db.session.scalars(select(CalendarFeed.secret_hash)).all()
        assert len(kept) == 1
        assert kept[0] not in second
        db.session.rollback()
    assert phone.delete("/api/calendar").status_code == 204
    assert anybody.get(second).status_code == 404
    assert anybody.get("/calendar/.ics").status_code == 404


def test_i1_a_closed_account_has_none(app: Flask, cast: Cast, sign_in: SignIn, anybody: FlaskClient) -> None:
    """[I1]"""
    path = new_address(sign_in("aino"))
    with app.app_context(), writing() as transaction:
        transaction.get_one(User, cast.aino.key).active = False
    assert anybody.get(path).status_code == 404


def test_i1_a_restore_brings_no_address_back(app: Flask, cast: Cast, sign_in: SignIn, anybody: FlaskClient) -> None:
    """[I1] [L5] The journal knows better than a backup in which it still was."""
    phone = sign_in("aino")
    path = new_address(phone)
    with app.app_context():
        (hashed,) = db.session.scalars(select(CalendarFeed.secret_hash)).all()
        db.session.rollback()
    phone.delete("/api/calendar")
    with app.app_context():
        with writing() as transaction:  # as the older database was
            transaction.add(
                CalendarFeed(user=cast.aino.id, org=cast.aino.org, secret_hash=hashed, created_at=timestamps.now())
            )
            last = select(AuditEvent).where(AuditEvent.event == "calendar_feed").order_by(AuditEvent.id.desc())
            transaction.delete(transaction.scalars(last).first())
        assert anybody.get(path).status_code == 200
        assert journal.replay(journal.path_of(app)) == 1
    assert anybody.get(path).status_code == 404


def test_i2_access_that_is_over_takes_its_visits_along(
    app: Flask, enter: Entries, cast: Cast, sign_in: SignIn, anybody: FlaskClient
) -> None:
    """[I2] Also when a stand-in's time ran out and nobody has written it down yet."""
    enter(cast.aino, "visit-1", span(1) | {"worker": cast.aino.id})
    path = new_address(sign_in("aino"))
    assert len(events(anybody, path)) == 1
    with app.app_context(), writing() as transaction:
        transaction.scalars(select(Access).where(Access.user == cast.aino.id)).one().expires_at = timestamps.now()
    assert events(anybody, path) == []


def test_i3_nothing_new_is_not_sent_again(enter: Entries, cast: Cast, sign_in: SignIn, anybody: FlaskClient) -> None:
    """[I3]"""
    enter(cast.aino, "visit-1", span(1))
    path = new_address(sign_in("aino"))
    tag = anybody.get(path).headers["ETag"]
    assert anybody.get(path, headers={"If-None-Match": tag}).status_code == 304
    enter(cast.aino, "visit-1", span(2))
    assert anybody.get(path, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("here", "hour"),
    [("2027-03-27T09:00", 7), ("2027-03-29T09:00", 6), ("2027-10-30T09:00", 6), ("2027-11-01T09:00", 7)],
)
def test_i3_nine_is_nine_on_both_sides_of_a_change(
    enter: Entries, cast: Cast, sign_in: SignIn, here: str, hour: int
) -> None:
    """[I3] In Finland the clock goes forward on 28 March 2027 and back on 31 October."""
    enter(cast.aino, "visit-1", {"plan": {"start": utc(here), "end": utc(here)}})
    reply = sign_in("aino").get(f"/api/cases/{CASE}/visits/visit-1.ics")
    (event,) = vobject.readOne(reply.text).contents["vevent"]
    assert event.dtstart.value.astimezone(UTC).hour == hour


def test_i2_a_single_visit(enter: Entries, cast: Cast, sign_in: SignIn) -> None:
    """[I2] For whoever may read it; anybody else cannot tell it from none (security 6, 8)."""
    enter(cast.aino, "visit-1", span(1))
    enter(cast.aino, "goal-1", {"title": "Esimerkki"}, kind="goal")
    path = f"/api/cases/{CASE}/visits/visit-1.ics"
    reply = sign_in("mikko").get(path)
    assert (reply.status_code, reply.headers["Content-Disposition"]) == (200, 'attachment; filename="ovikello.ics"')
    assert SECRET_NOTE.split(maxsplit=1)[0] not in reply.text
    assert "Esimerkki" not in reply.text
    for who in ("liisa", "sanna", "olli"):
        assert sign_in(who).get(path).status_code == 404
    aino = sign_in("aino")
    for wrong in (
        f"/api/cases/{CASE}/visits/goal-1.ics",
        f"/api/cases/{CASE}/visits/none.ics",
        "/api/cases/x/visits/visit-1.ics",
    ):
        assert aino.get(wrong).status_code == 404
