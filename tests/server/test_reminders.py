"""GET /api/reminders and what a person does about one; preferences; drafts."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask
from itsdangerous import Signer

from server.config import LIMITS, Settings
from server.core import timestamps
from server.core.database import writing
from server.core.models import db
from server.core.outbound import Wire
from server.core.reminder_tables import Reminder
from server.reminders import schedule, web_push
from server.worker.worker import Worker
from tests.cast import ON_SQLITE, Cast, Phone, SignIn
from tests.reminding import CASE, MINUTE, QUIET_NEVER, Entries, Now, open_case, reminders, soon


@pytest.fixture
def enter(app: Flask, cast: Cast) -> Entries:
    open_case(app, cast.aino, cast.mikko)
    return Entries(app, Now())


def work(app: Flask) -> None:
    worker = Worker(app, Wire(resolve=lambda _host: []))
    with app.app_context():
        while worker.run_once():
            pass
        db.session.remove()


def listed(phone: Phone) -> list[dict[str, Any]]:
    reply = phone.get("/api/reminders")
    assert reply.status_code == 200
    found: list[dict[str, Any]] = reply.get_json()["reminders"]
    return found


def test_n12_it_works(app: Flask, enter: Entries, cast: Cast, sign_in: SignIn) -> None:
    """[N12] A visit in twenty minutes: told, opened, put off, done."""
    phone = sign_in("aino")
    assert phone.put("/api/reminders/preferences", QUIET_NEVER).status_code == 200
    visit = soon(20)
    enter(cast.aino, "visit-1", visit)
    assert listed(phone) == []
    work(app)
    (told,) = listed(phone)
    assert told.pop("due") <= timestamps.now()
    id_ = told.pop("id")
    assert told == {
        "kind": "visit_upcoming",
        "at": visit["plan"]["start"],
        "case": CASE,
        "record": "visit-1",
        "seen": False,
        "put_off_until": None,
        "drill": False,
    }
    assert phone.get(f"/api/reminders/{id_}").get_json()["record"] == "visit-1"
    assert phone.post(f"/api/reminders/{id_}/seen").status_code == 204
    assert listed(phone)[0]["seen"]
    assert phone.post(f"/api/reminders/{id_}/snooze").status_code == 204
    until = timestamps.moment(listed(phone)[0]["put_off_until"])
    assert 9 * MINUTE < until - datetime.now(UTC) <= 10 * MINUTE
    assert phone.post(f"/api/reminders/{id_}/done").status_code == 204
    assert listed(phone) == []
    enter(cast.aino, "visit-1", {"note": "Esimerkki"})
    assert [row.state for row in reminders(app, cause="visit_upcoming")] == ["done"]


def test_n12_a_notification_puts_itself_off(
    app: Flask, enter: Entries, cast: Cast, sign_in: SignIn, settings: Settings
) -> None:
    """[N8, N12, J1] By its own word, with no cookie; a guess, another reminder and what is done change nothing."""
    phone, stranger = sign_in("aino"), app.test_client()
    phone.put("/api/reminders/preferences", QUIET_NEVER)
    enter(cast.aino, "visit-1", soon(20))
    work(app)
    (told,) = listed(phone)
    words, others = (
        Signer(key, salt=web_push.PUT_OFF, digest_method=sha256) for key in (settings.secret_key, "another")
    )
    word = web_push.word_of(told["id"], words)
    path = f"/api/reminders/{told['id']}/put-off"
    wrong = ["A" * 43, "_" * 43, web_push.word_of("0" * 32, words), web_push.word_of(told["id"], others)]
    for later in wrong:
        assert stranger.post(path, json={"later": later}).status_code == 404
    assert phone.client.post(path, json={}, headers=phone.headers).status_code == 422
    assert listed(phone)[0]["put_off_until"] is None
    reply = stranger.post(path, json={"later": word})
    assert (reply.status_code, reply.data, "Set-Cookie" in reply.headers) == (204, b"", False)
    assert listed(phone)[0]["put_off_until"] is not None
    phone.post(f"/api/reminders/{told['id']}/done")
    assert stranger.post(path, json={"later": word}).status_code == 404
    assert listed(phone) == []


def test_n12_a_visit_told_of_twice_is_one_thing(app: Flask, enter: Entries, cast: Cast, sign_in: SignIn) -> None:
    """[N12] Of an hour and a quarter of an hour before the later is shown, and both are done; what is to come stays."""
    phone = sign_in("aino")
    phone.put("/api/reminders/preferences", QUIET_NEVER | {"leads_minutes": [60, 15, 5]})
    enter(cast.aino, "visit-1", soon(70))
    with app.app_context(), writing() as transaction:
        for row in transaction.query(Reminder).filter(Reminder.step.in_(["60", "15"])):
            row.due = row.try_at = timestamps.text(datetime.now(UTC) - int(row.step) * MINUTE)
    work(app)
    (told,) = listed(phone)
    step = {row.id: row.step for row in reminders(app)}
    assert step[told["id"]] == "15"
    assert phone.post(f"/api/reminders/{told['id']}/snooze").status_code == 204
    (put_off,) = listed(phone)
    assert (put_off["id"], bool(put_off["put_off_until"])) == (told["id"], True)
    assert phone.post(f"/api/reminders/{told['id']}/done").status_code == 204
    assert listed(phone) == []
    states = {row.step: row.state for row in reminders(app, cause="visit_upcoming")}
    assert states == {"60": "done", "15": "done", "5": "waiting"}


def test_n12_a_notification_of_a_plan_that_changed_says_so(
    app: Flask, enter: Entries, cast: Cast, sign_in: SignIn
) -> None:
    """[N12] [N2] Its id leads nowhere any more."""
    phone = sign_in("aino")
    phone.put("/api/reminders/preferences", QUIET_NEVER)
    enter(cast.aino, "visit-1", soon(20))
    (row,) = reminders(app, cause="visit_upcoming")
    enter(cast.aino, "visit-1", {"outcome": {"code": "cancelled_client"}})
    assert phone.get(f"/api/reminders/{row.id}").status_code == 404


@pytest.mark.parametrize("who", ["liisa", "mikko", "sanna", "olli"])
def test_n12_anybody_elses_cannot_be_told_from_none(
    app: Flask, enter: Entries, cast: Cast, sign_in: SignIn, who: str
) -> None:
    """[N12] Security 6, 8."""
    enter(cast.aino, "visit-1", soon(20) | {"worker": cast.aino.id})
    id_ = reminders(app)[0].id
    other = sign_in(who)
    for reminder in (id_, "none", "NOT AN ID"):
        assert other.get(f"/api/reminders/{reminder}").status_code == 404
        for action in ("seen", "snooze", "done"):
            assert other.post(f"/api/reminders/{reminder}/{action}").status_code == 404
    assert {row.state for row in reminders(app)} == {"waiting"}
    assert listed(other) == []


def test_n3_preferences_hold_at_once(app: Flask, enter: Entries, cast: Cast, sign_in: SignIn) -> None:
    """[N3] Also for what is planned already, and for nobody else."""
    phone = sign_in("aino")
    assert phone.get("/api/reminders/preferences").get_json()["leads_minutes"] == [30]
    both = {"worker": cast.aino.id, "partner": cast.mikko.id}
    enter(cast.aino, "visit-1", {"plan": {"start": "2099-11-25T12:00:00Z", "end": "2099-11-25T13:00:00Z"}} | both)
    chosen = QUIET_NEVER | {"leads_minutes": [15, 60]}
    assert phone.put("/api/reminders/preferences", chosen).get_json() == chosen
    assert phone.get("/api/reminders/preferences").get_json() == chosen
    steps = {(row.user, row.step) for row in reminders(app, cause="visit_upcoming")}
    aino, mikko = cast.aino.id, cast.mikko.id
    assert steps == {(aino, "15"), (aino, "60"), (mikko, "30"), (mikko, "evening")}


@ON_SQLITE
@pytest.mark.parametrize(
    "wrong",
    [
        {"leads_minutes": [0]},
        {"leads_minutes": [20_000]},
        {"leads_minutes": [1] * 6},
        {"leads_minutes": "30"},
        {"evening_before": "24:00"},
        {"quiet_from": "8"},
        {"quiet_to": None},
        {"free_days_quiet": "perhaps"},
        {"more": 1},
    ],
)
def test_preferences_are_looked_at(sign_in: SignIn, wrong: dict[str, Any]) -> None:
    reply = sign_in("aino").put("/api/reminders/preferences", QUIET_NEVER | wrong)
    assert (reply.status_code, reply.get_json()["problem"]["code"]) == (422, "fields_invalid")


def test_n12_a_draft_that_waits_is_told_without_a_word_of_it(app: Flask, sign_in: SignIn) -> None:
    """[N12] The phone says that there is one, under an id of its own; saving it takes the reminder away."""
    phone, laptop = sign_in("aino"), sign_in("aino", device="laptop")
    phone.put("/api/reminders/preferences", QUIET_NEVER)
    since = timestamps.text(datetime.now(UTC) - 3 * 60 * MINUTE)
    drafts = {"drafts": [{"id": "visit-1", "since": since}]}
    for each in (phone, phone, laptop):
        assert each.put("/api/reminders/drafts", drafts if each is phone else {"drafts": []}).json == {"refused": []}
    work(app)
    (told,) = listed(phone)
    assert (told["kind"], told["record"], told["case"]) == ("draft_unfinished", "visit-1", None)
    phone.put("/api/reminders/drafts", {"drafts": []})
    assert reminders(app) == []


def test_n12_more_drafts_than_a_request_holds_come_beside_each_other(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[N12] In batches; the first takes the place of those said before, and a device has an end."""
    monkeypatch.setattr("server.reminders.inbox.LIMITS", replace(LIMITS, drafts_of_device_max=70))
    phone, laptop = sign_in("aino"), sign_in("aino", device="laptop")
    since = timestamps.text(datetime.now(UTC))

    def say(who: Phone, first: int, until: int, **more: bool) -> int:
        said = [{"id": f"draft-{number}", "since": since} for number in range(first, until)]
        return who.put("/api/reminders/drafts", {"drafts": said} | more).status_code

    laptop_said = say(laptop, 200, 203)
    assert [laptop_said, say(phone, 0, 50), say(phone, 50, 60, beside=True)] == [200, 200, 200]
    assert len(reminders(app)) == 63
    assert say(phone, 60, 100, beside=True) == 200
    assert len(reminders(app)) == 73
    assert say(phone, 0, 2) == 200
    assert len(reminders(app)) == 5
    assert say(phone, 0, 51) == 422


def test_w14_one_bad_draft_does_not_hide_the_others(app: Flask, sign_in: SignIn) -> None:
    """[W14] [N12] An id out of an address, a day that is in no calendar, what is no map at all."""
    phone = sign_in("aino")
    phone.put("/api/reminders/preferences", QUIET_NEVER)
    good = {"id": "visit-1", "since": timestamps.text(datetime.now(UTC) - 3 * 60 * MINUTE)}
    bad = [good | {"id": "visit-1."}, good | {"since": "2026-02-31T10:00:00Z"}, "visit-1", None, good | {"more": 1}]
    reply = phone.put("/api/reminders/drafts", {"drafts": [*bad[:2], good, *bad[2:]]}).json
    assert reply is not None
    assert [item["index"] for item in reply["refused"]] == [0, 1, 3, 4, 5]
    work(app)
    assert [told["record"] for told in listed(phone)] == ["visit-1"]


def test_n12_access_that_is_gone_takes_reminders_along(app: Flask, enter: Entries, cast: Cast, sign_in: SignIn) -> None:
    """[N12] [N4]"""
    from server.sync import scope

    phone = sign_in("aino")
    phone.put("/api/reminders/preferences", QUIET_NEVER)
    enter(cast.aino, "visit-1", soon(20))
    work(app)
    assert len(listed(phone)) == 1
    with app.app_context(), writing() as transaction:
        scope.revoke(transaction, cast.aino.org, cast.aino.id, [CASE], "moved")
    assert listed(phone) == []


def test_every_row_belongs_to_somebody_who_may_read(app: Flask, enter: Entries, cast: Cast) -> None:
    """[N4]"""
    enter(cast.aino, "visit-1", soon(20))
    with app.app_context(), writing() as transaction:
        connection = transaction.connection()
        readers = schedule.readers_of(connection, cast.aino.org, [CASE], timestamps.now())
        assert {row.user for row in transaction.query(Reminder)} <= readers[CASE].keys()
