"""Nothing that leaves the app, or stays in a log, names anybody: markers are planted everywhere and looked for (N8)."""

import logging
import subprocess
import time

import pytest
from flask import Flask
from sqlalchemy import select

from server.config import Settings
from server.core import timestamps
from server.core.database import writing
from server.core.models import AuditEvent, Organisation, User, db
from server.core.reminder_tables import PushSubscription, Reminder
from server.safety import alarm_channels, check_ins
from server.worker.worker import Worker
from tests import killing
from tests.cast import ON_SQLITE, Cast, SignIn
from tests.gateway import HOOK_HOST, SMS_HOST, gateway
from tests.push_service import PushService
from tests.reminding import CASE, QUIET_NEVER, Clock, Entries, Now, open_case, plan, reminders, soon, subscribe, work
from tests.server.test_checkin import TOKEN

NAMES = ("Matti Merkkinen", "Merkkikatu 7", "merkki-huomio", "Aino Merkkitaho", "merkki-tavoite", "merkki-syy")
CLIENT, ADDRESS, NOTE, WORKER, GOAL, REASON = NAMES


def assert_neutral(text: str) -> None:
    assert text
    assert [name for name in NAMES if name.lower() in text.lower()] == []
    assert "erkki" not in text


def test_n8_no_payload_title_log_line_or_calendar_entry_names_anybody(
    app: Flask, cast: Cast, sign_in: SignIn, pushes: PushService, caplog: pytest.LogCaptureFixture
) -> None:
    """[N8] [N9] [I2] [K6] A visit, a goal, an alarm; sent, refused, and read from the calendar."""
    caplog.set_level(logging.DEBUG)
    clock = Clock("2099-11-24T09:00")
    open_case(app, cast.aino, cast.mikko, client_name=CLIENT, address=ADDRESS, visit_rhythm_days=7)
    with app.app_context(), writing() as transaction:
        transaction.get_one(User, cast.aino.key).display_name = WORKER
        transaction.get_one(User, cast.mikko.key).phone = "+358 50 000"
        organisation = transaction.get_one(Organisation, cast.aino.org)
        for channel, host in (("sms", SMS_HOST), ("webhook", HOOK_HOST)):
            alarm_channels.keep(transaction, organisation, channel, f"https://{host}/", TOKEN)
    enter = Entries(app, clock)
    browsers = [subscribe(sign_in(name), pushes) for name in ("aino", "mikko", "liisa")]
    pushes.answers = {browsers[0].token: [500, (429, {"Retry-After": "1"}), 413]}
    enter(cast.aino, "visit-1", plan("2099-11-25T14:00", "2099-11-25T15:00", cast.aino, note=NOTE))
    enter(cast.aino, "visit-2", plan("2099-11-23T14:00", note=NOTE) | {"outcome": {"code": "done", "reason": REASON}})
    enter(cast.aino, "goal-1", {"title": GOAL, "review_on": "2099-11-25", "client_words": NOTE}, kind="goal")
    arming: check_ins.Arming = {
        "minutes": 60,
        "at": timestamps.text(clock()),
        "place": ADDRESS,
        "visit": "visit-1",
        "colleague": None,
        "drill": False,
    }
    with gateway() as alarms:
        worker = Worker(app, alarms.wire(pushes), clock)
        with app.app_context(), writing() as transaction:
            check_ins.arm(transaction, cast.aino.actor, "c-1", arming, clock())
        for _ in range(2 * 24 * 10):
            clock.pass_(minutes=30)
            work(app, worker)
        left = "".join(f"{host} {headers} {body}" for host, headers, body, _ in alarms.received)
        assert len(alarms.at(SMS_HOST)) == 1
    kinds = {message.payload["kind"] for message in pushes.messages}
    assert {"visit_upcoming", "visit_unlogged", "goal_review", "rhythm_missed", "checkin_supervisor"} <= kinds
    assert all(message.payload.keys() - {"later"} == {"kind", "at", "id"} for message in pushes.messages)
    left += "".join(str(message.payload) for message in pushes.messages) + "".join(pushes.seen)
    assert "answered 429" in caplog.text
    phone = sign_in("aino")
    calendar = app.test_client().get(phone.post("/api/calendar").get_json()["path"])
    single = phone.get(f"/api/cases/{CASE}/visits/visit-1.ics")
    assert "SUMMARY" in single.text
    inbox = phone.get("/api/reminders").text
    assert "visit_unlogged" in inbox
    with app.app_context():
        rows = [str(vars(row)) for row in db.session.scalars(select(Reminder))]
        events = [event.detail for event in db.session.scalars(select(AuditEvent))]
        db.session.rollback()
    for text in (left, caplog.text, calendar.text, single.text, inbox, "".join(rows), "".join(events)):
        assert_neutral(text)
    # no id of a person, case or record leaves either
    for ours in (cast.aino.id, cast.aino.org, CASE, "visit-1", "goal-1"):
        assert ours not in left + calendar.text + single.text


@ON_SQLITE
def test_n8_no_refusal_repeats_what_was_said(sign_in: SignIn) -> None:
    """[N8] Whatever a phone sends where it does not belong stays out of the answer."""
    phone = sign_in("aino")
    key = phone.get("/api/push").get_json()["key"]
    replies = [
        phone.get(f"/api/reminders/{NOTE}"),
        phone.post(f"/api/reminders/{CLIENT}/done"),
        phone.put("/api/reminders/drafts", {"drafts": [{"id": CLIENT, "since": ADDRESS}]}),
        phone.put("/api/reminders/preferences", QUIET_NEVER | {"quiet_from": ADDRESS}),
        phone.put("/api/push/subscription", {"endpoint": ADDRESS, "keys": {"p256dh": NOTE, "auth": NOTE}, "key": key}),
        phone.get(f"/api/cases/{CASE}/visits/{NOTE}.ics"),
    ]
    for reply in replies:
        assert reply.status_code in {404, 422} or reply.get_json()["refused"], reply.text
        assert_neutral(reply.text)


@ON_SQLITE
def test_n8_nor_does_the_workers_own_process(
    app: Flask, settings: Settings, cast: Cast, sign_in: SignIn, pushes: PushService
) -> None:
    """[N8, N9] Its standard error: a push service that fails, keys that are rubbish."""
    open_case(app, cast.aino, cast.mikko, client_name=CLIENT, address=ADDRESS)
    browsers = []
    for name in ("aino", "mikko"):
        phone = sign_in(name)
        phone.put("/api/reminders/preferences", QUIET_NEVER)
        browsers.append(subscribe(phone, pushes))
    with app.app_context(), writing() as transaction:
        broken = transaction.scalars(select(PushSubscription).where(PushSubscription.user == cast.mikko.id)).one()
        broken.p256dh = NOTE
    pushes.answers = {browsers[0].token: [500, 413]}
    both = {"worker": cast.aino.id, "partner": cast.mikko.id}
    Entries(app, Now())(cast.aino, "visit-1", soon(20, note=NOTE) | both)
    program = killing.command(settings, pushes)
    with subprocess.Popen(program, cwd=killing.ROOT, stderr=subprocess.PIPE, text=True) as process:
        for _ in range(300):
            tried = reminders(app, cause="visit_upcoming")
            if all(row.tries and row.claim is None for row in tried):
                break
            time.sleep(0.1)
        process.kill()
        said = process.communicate()[1]
    assert {"answered 500", "not sent (Error)"} <= set(said.splitlines())
    assert_neutral(said)
    for ours in (cast.aino.id, cast.mikko.id, CASE, "visit-1", browsers[0].token, browsers[1].token):
        assert ours not in said
