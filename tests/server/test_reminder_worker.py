"""The worker: what is due is sent, once for the person, on a clock that can be turned."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.core import timestamps
from server.core.database import writing
from server.core.models import Access, User, db
from server.core.reminder_tables import PushSubscription, Reminder
from server.reminders import inbox, web_push
from server.reminders.preferences import Preferences
from server.worker import job_queue
from server.worker.worker import Worker
from tests.cast import Cast, Person, SignIn
from tests.push_service import PushService
from tests.reminding import CASE, Clock, Entries, open_case, plan, reminders, subscribe, told, work

VISIT = plan("2099-11-25T14:00", "2099-11-25T15:00")


@pytest.fixture
def clock() -> Clock:
    return Clock("2099-11-24T09:00")


@pytest.fixture
def enter(app: Flask, clock: Clock, cast: Cast) -> Entries:
    open_case(app, cast.aino, cast.mikko)
    return Entries(app, clock)


@pytest.fixture
def worker(app: Flask, pushes: PushService, clock: Clock) -> Worker:
    return Worker(app, pushes.wire(), clock)


def kinds(pushes: PushService) -> list[str]:
    return [message.payload["kind"] for message in pushes.messages]


def test_n6_it_works(
    app: Flask, enter: Entries, cast: Cast, sign_in: SignIn, pushes: PushService, worker: Worker, clock: Clock
) -> None:
    """[N6] From an entry on the laptop to two of her browsers, at its time and not before."""
    phone, laptop = sign_in("aino"), sign_in("aino", device="laptop")
    browsers = [subscribe(phone, pushes), subscribe(laptop, pushes)]
    enter(cast.aino, "visit-1", VISIT)
    assert work(app, worker) == 0
    clock.turn("2099-11-24T17:59")
    assert work(app, worker) == 0
    clock.turn("2099-11-24T18:00")
    assert work(app, worker) == 1
    assert {message.token for message in pushes.messages} == {browser.token for browser in browsers}
    (row,) = reminders(app, state="sent")
    word = web_push.word_of(row.id, worker.words)
    assert {str(message.payload) for message in pushes.messages} == {
        str({"kind": "visit_upcoming", "at": "2099-11-25T12:00:00Z", "id": row.id, "later": word})
    }
    assert pushes.messages[0].urgency == "high"
    clock.turn("2099-11-25T13:30")
    assert work(app, worker) == 1
    assert work(app, worker) == 0
    assert pushes.problems == []


def test_n2_what_moved_is_sent_at_its_new_time_only(
    app: Flask, enter: Entries, cast: Cast, sign_in: SignIn, pushes: PushService, worker: Worker, clock: Clock
) -> None:
    """[N2] And under its old Topic, so that it replaces what is shown already."""
    subscribe(sign_in("aino"), pushes)
    enter(cast.aino, "visit-1", VISIT)
    clock.turn("2099-11-24T18:00")
    work(app, worker)
    enter(cast.aino, "visit-1", plan("2099-11-26T10:00", "2099-11-26T11:00"))
    clock.turn("2099-11-25T13:30")
    work(app, worker)
    assert len(pushes.messages) == 1
    clock.turn("2099-11-25T18:00")
    work(app, worker)
    assert [message.payload["at"] for message in pushes.messages] == ["2099-11-25T12:00:00Z", "2099-11-26T08:00:00Z"]
    assert len(pushes.shown()) == 1
    enter(cast.aino, "visit-1", {"outcome": {"code": "cancelled_client"}})
    clock.turn("2099-11-27T10:00")
    assert work(app, worker) == 0


def test_n5_a_late_reminder_is_dropped_once_the_visit_has_begun(
    app: Flask, enter: Entries, cast: Cast, sign_in: SignIn, pushes: PushService, worker: Worker, clock: Clock
) -> None:
    """[N5] The server was off from one evening to the next afternoon, or to the week after."""
    subscribe(sign_in("aino"), pushes)
    enter(cast.aino, "visit-1", VISIT)
    clock.turn("2099-11-25T14:00")
    work(app, worker)
    assert kinds(pushes) == []
    assert {row.state for row in reminders(app, cause="visit_upcoming")} == {"dropped"}
    clock.turn("2099-12-02T15:29")
    work(app, worker)
    assert kinds(pushes) == ["visit_unlogged"]


@pytest.mark.parametrize("status", [404, 410])
def test_n7_a_subscription_that_is_gone_is_taken_away(
    app: Flask,
    enter: Entries,
    cast: Cast,
    sign_in: SignIn,
    pushes: PushService,
    worker: Worker,
    clock: Clock,
    status: int,
) -> None:
    """[N7] Security 29: and the other one hears of it all the same."""
    gone, other = (subscribe(sign_in("aino", device=each), pushes) for each in ("phone", "laptop"))
    pushes.answers[gone.token] = [status]
    enter(cast.aino, "visit-1", VISIT)
    clock.turn("2099-11-24T18:00")
    work(app, worker)
    with app.app_context():
        (left,) = db.session.scalars(select(PushSubscription.endpoint)).all()
        db.session.rollback()
    assert left == other.as_json()["endpoint"]
    assert {row.state for row in reminders(app, step="evening")} == {"sent"}


@pytest.mark.parametrize("how", ["sign out", "revoke", "close", "move"])
def test_n7_nothing_is_sent_to_a_session_that_is_over(
    app: Flask,
    enter: Entries,
    cast: Cast,
    sign_in: SignIn,
    pushes: PushService,
    worker: Worker,
    clock: Clock,
    how: str,
) -> None:
    """[N7] Security 29. The last: somebody else has signed in and subscribed in the same browser."""
    phone = sign_in("aino")
    browser = subscribe(phone, pushes)
    enter(cast.aino, "visit-1", VISIT)
    if how == "sign out":
        assert phone.sign_out().status_code == 204
    elif how == "revoke":
        assert sign_in("mikko").delete("/api/devices/phone-of-aino").status_code == 204
    elif how == "close":
        with app.app_context(), writing() as transaction:
            transaction.get_one(User, cast.aino.key).active = False
    else:
        liisa = sign_in("liisa")
        key = liisa.get("/api/push").get_json()["key"]
        assert liisa.put("/api/push/subscription", browser.as_json() | {"key": key}).status_code == 204
    clock.turn("2099-11-24T18:00")
    work(app, worker)
    assert pushes.messages == []


def test_n4_access_is_checked_again_at_sending(
    app: Flask, enter: Entries, cast: Cast, sign_in: SignIn, pushes: PushService, worker: Worker, clock: Clock
) -> None:
    """[N4] A stand-in's time runs out without anybody writing it down."""
    subscribe(sign_in("aino"), pushes)
    enter(cast.aino, "visit-1", VISIT)
    with app.app_context(), writing() as transaction:
        access = transaction.scalars(select(Access).where(Access.user == cast.aino.id)).one()
        access.expires_at = "2099-11-24T12:00:00Z"
    clock.turn("2099-11-24T18:00")
    work(app, worker)
    assert pushes.messages == []
    assert {row.state for row in reminders(app, step="evening")} == {"dropped"}


def test_n10_a_push_service_that_is_down_is_asked_again_ever_more_rarely(
    app: Flask, enter: Entries, cast: Cast, sign_in: SignIn, pushes: PushService, worker: Worker, clock: Clock
) -> None:
    """[N10]"""
    down, up = (subscribe(sign_in("aino", device=each), pushes) for each in ("phone", "laptop"))
    pushes.answers[down.token] = [500, 503, 502]
    enter(cast.aino, "visit-1", VISIT)
    clock.turn("2099-11-24T18:00")
    waits = []
    for _ in range(3):
        assert work(app, worker) == 1
        (row,) = reminders(app, step="evening")
        assert row.state == "waiting"
        waits.append(row.try_at)
        clock.now = timestamps.moment(row.try_at)
    work(app, worker)
    assert waits == sorted(set(waits))
    # one that has taken it is not told again
    assert [message.token for message in pushes.messages] == [up.token, down.token]
    (row,) = reminders(app, step="evening")
    assert (row.state, row.tries) == ("sent", 4)


@pytest.mark.parametrize(("asked", "wait_s"), [("90", 90), ("Tue, 24 Nov 2099 16:05:00 GMT", 300), ("999999999", 3600)])
def test_n10_too_many_requests_wait_as_long_as_asked(
    app: Flask,
    enter: Entries,
    cast: Cast,
    sign_in: SignIn,
    pushes: PushService,
    worker: Worker,
    clock: Clock,
    asked: str,
    wait_s: int,
) -> None:
    """[N10] In seconds or as a date, and never longer than an hour."""
    browser = subscribe(sign_in("aino"), pushes)
    pushes.answers[browser.token] = [(429, {"Retry-After": asked})]
    enter(cast.aino, "visit-1", VISIT)
    clock.turn("2099-11-24T18:00")
    work(app, worker)
    clock.pass_(seconds=wait_s - 1)
    assert work(app, worker) == 0
    clock.pass_(seconds=1)
    assert work(app, worker) == 1
    assert len(pushes.messages) == 1


@pytest.mark.parametrize("written", ["", "soon", "-5", "Tue, 24 Nov 2099 99:00:00 GMT", "٣"])
def test_n10_a_header_that_says_nothing_is_none(clock: Clock, written: str) -> None:
    """[N10]"""
    assert job_queue._asked_s(written, clock()) == 0


def test_n6_two_workers_never_take_the_same(app: Flask, enter: Entries, cast: Cast, clock: Clock) -> None:
    """[N6] The second finds nothing until the lease of the first is over."""
    enter(cast.aino, "visit-1", VISIT)
    clock.turn("2099-11-24T18:00")
    with app.app_context():
        with writing() as transaction:
            first = job_queue.claim(transaction.connection(), cast.aino.org, clock(), 120)
        with writing() as transaction:
            assert job_queue.claim(transaction.connection(), cast.aino.org, clock(), 120) == ()
        clock.pass_(seconds=120)
        with writing() as transaction:
            again = job_queue.claim(transaction.connection(), cast.aino.org, clock(), 120)
        assert [row.id for row in first] == [row.id for row in again]
        assert first[0].claim != again[0].claim


def test_n6_what_was_moved_while_it_was_sent_is_not_marked_as_sent(
    app: Flask, enter: Entries, cast: Cast, clock: Clock
) -> None:
    """[N6] The token is gone with the move."""
    enter(cast.aino, "visit-1", VISIT)
    clock.turn("2099-11-24T18:00")
    with app.app_context(), writing() as transaction:
        (row,) = job_queue.claim(transaction.connection(), cast.aino.org, clock(), 120)
    enter(cast.aino, "visit-1", plan("2099-11-26T10:00", "2099-11-26T11:00"))
    with app.app_context(), writing() as transaction:
        result = job_queue.Result(row.id, "sent", row.try_at, (), row.try_at)
        job_queue.settle(transaction.connection(), row.org, row.claim, [result], [])
    assert {each.state for each in reminders(app)} == {"waiting"}


def test_n6_a_mistake_of_ours_stops_nobody_elses_reminders(
    app: Flask,
    enter: Entries,
    cast: Cast,
    sign_in: SignIn,
    pushes: PushService,
    worker: Worker,
    clock: Clock,
) -> None:
    """[N6] Keys that no browser could have made, put into the database by hand."""
    subscribe(sign_in("aino"), pushes)
    subscribe(sign_in("mikko"), pushes)
    with app.app_context(), writing() as transaction:
        own = transaction.scalars(select(PushSubscription).where(PushSubscription.user == cast.aino.id)).one()
        own.p256dh = "rubbish"
    enter(cast.aino, "visit-1", VISIT | {"worker": cast.aino.id, "partner": cast.mikko.id})
    clock.turn("2099-11-24T18:00")
    assert work(app, worker) == 2
    assert len(pushes.messages) == 1
    assert sorted(row.state for row in reminders(app, step="evening")) == ["sent", "waiting"]


def test_n12_without_an_address_it_stands_in_the_inbox(
    app: Flask, enter: Entries, cast: Cast, worker: Worker, clock: Clock
) -> None:
    """[N12]"""
    enter(cast.aino, "visit-1", VISIT)
    clock.turn("2099-11-24T18:00")
    work(app, worker)
    assert {row.state for row in reminders(app, step="evening")} == {"sent"}


def test_n12_what_falls_due_together_stands_in_order_of_time(
    app: Flask, enter: Entries, cast: Cast, worker: Worker, clock: Clock
) -> None:
    """[N12] Of the visits of one day all are told in the same evening."""
    hours = [14, 10, 16, 8, 12]
    for hour in hours:
        enter(cast.aino, f"visit-{hour}", plan(f"2099-11-25T{hour:02}:00", f"2099-11-25T{hour:02}:45"))
    clock.turn("2099-11-24T18:00")
    work(app, worker)
    with app.app_context(), writing() as transaction:
        shown = inbox.entries(transaction.connection(), cast.aino.actor, clock())
    assert [one["record"] for one in shown] == [f"visit-{hour}" for hour in sorted(hours)]


@pytest.mark.parametrize(
    ("night", "sent"),
    [
        # from three to four, and back from four to three: on both nights that is at one in the morning in UTC
        ("2099-03-29", ["03-27 16:00", "03-28 23:30", "03-29 01:00", "03-30 04:00"]),
        ("2099-10-25", ["10-23 15:00", "10-24 23:30", "10-25 01:00", "10-26 05:00"]),
    ],
)
def test_n3_both_nights_in_which_the_clock_changes(
    app: Flask,
    enter: Entries,
    cast: Cast,
    sign_in: SignIn,
    pushes: PushService,
    worker: Worker,
    clock: Clock,
    night: str,
    sent: list[str],
) -> None:
    """[N3] On call at 1.30 UTC: told on Friday at six, two hours and half an hour before, and on Monday at seven."""
    subscribe(sign_in("aino"), pushes)
    with app.app_context(), writing() as transaction:
        chosen = Preferences(leads_minutes=(30, 120))
        inbox.choose(transaction.connection(), cast.aino.actor, chosen, clock())
    clock.now = timestamps.moment(f"{night}T01:30:00Z")
    clock.pass_(days=-3)
    start = f"{night}T01:30:00Z"
    enter(cast.aino, "visit-1", {"plan": {"start": start, "end": f"{night}T02:30:00Z"}})
    told = []
    for _ in range(2 * 24 * 6):
        told += [f"{clock():%m-%d %H:%M}" for _ in range(work(app, worker))]
        clock.pass_(minutes=30)
    assert told == sent
    assert kinds(pushes) == ["visit_upcoming"] * 3 + ["visit_unlogged"]


def test_n12_put_off_while_the_clock_goes_back(
    app: Flask, enter: Entries, cast: Cast, sign_in: SignIn, pushes: PushService, worker: Worker, clock: Clock
) -> None:
    """[N12, N3] At five to four, ten minutes before five past three: ten minutes all the same, and in its old place."""
    subscribe(sign_in("aino"), pushes)
    clock.now = timestamps.moment("2099-10-25T00:30:00Z")
    enter(cast.aino, "visit-1", {"plan": {"start": "2099-10-25T01:00:00Z", "end": "2099-10-25T02:00:00Z"}})
    assert work(app, worker) == 1
    (row,) = reminders(app, state="sent")
    clock.pass_(minutes=25)
    with app.app_context(), writing() as transaction:
        inbox.put_off(transaction.connection(), cast.aino.actor, row.id, clock())
    clock.pass_(minutes=9)
    assert work(app, worker) == 0
    clock.pass_(minutes=1)
    assert work(app, worker) == 1
    assert [message.topic for message in pushes.messages] == [row.id, row.id]
    assert len(pushes.shown()) == 1


def test_e6_a_rhythm_of_the_light_phase_that_an_older_release_wrote_is_not_told(
    app: Flask, enter: Entries, cast: Cast, worker: Worker
) -> None:
    """[E6] [N1] Its row goes when the worker begins, although nobody touches the case file; another client's stays."""
    light = {"visit_rhythm_days": 7, "phases/p1": {"phase": "light", "since": "2026-01-12"}}
    enter(cast.aino, CASE, light, kind="case")
    with app.app_context(), writing() as transaction:
        for record, case in ((CASE, CASE), ("case-without-header", "case-2")):
            row = {"id": f"r-{case}", "org": cast.aino.org, "user": cast.aino.id, "case": case, "record": record}
            times = {"about": "2099-12-24T08:00:00Z", "due": "2099-12-24T08:00:00Z", "try_at": "2099-12-24T08:00:00Z"}
            what = {"cause": "rhythm_missed", "step": "0", "drop_at": "2099-12-31T08:00:00Z", "state": "waiting"}
            transaction.add(Reminder(**row, **times, **what))
    with app.app_context():
        worker.begin()
        assert db.session.scalars(select(Reminder.id).where(Reminder.cause == "rhythm_missed")).all() == ["r-case-2"]
        db.session.rollback()


def test_h7_a_missed_rhythm_goes_by_the_visits_of_all_files_that_its_person_reads(
    app: Flask, enter: Entries, cast: Cast, sign_in: SignIn, pushes: PushService, worker: Worker, clock: Clock
) -> None:
    """[H7] Met under the other file last week: nobody is told that the rhythm is missed. Mikko, who does not read that
    file, is told by what he reads."""
    subscribe(sign_in("aino"), pushes)
    open_case(app, cast.aino, case="twin", duplicate_of=CASE)
    enter(cast.aino, f"header-{CASE}", {"visit_rhythm_days": 7}, kind="case")

    def missed(person: Person) -> list[str]:
        rows = reminders(app, cause="rhythm_missed", user=person.id)
        return [here for _, _, here in told(rows)]

    done = {"outcome": {"code": "done"}}
    enter(cast.aino, "visit-2", plan("2099-12-01T10:00") | done, case="twin")
    assert missed(cast.aino) == ["09.12. 08.00"]
    enter(cast.aino, "visit-1", plan("2099-11-23T10:00") | done)
    clock.turn("2099-12-01T12:00")
    assert work(app, worker) == 0
    assert missed(cast.aino) == ["09.12. 08.00"]
    enter(cast.aino, f"header-{CASE}", {"own_worker": cast.mikko.id}, kind="case")
    work(app, worker)
    assert (missed(cast.aino), missed(cast.mikko)) == ([], ["01.12. 08.00"])


def test_old_ones_are_forgotten(app: Flask, enter: Entries, cast: Cast, worker: Worker, clock: Clock) -> None:
    enter(cast.aino, "visit-1", VISIT)
    clock.turn("2099-12-24T09:00")
    work(app, worker)
    clock.turn("2100-01-24T10:00")
    with app.app_context():
        worker.tidy_up()
        assert db.session.scalar(select(func.count(Reminder.id))) == 0
        db.session.rollback()


def test_a_week_of_a_busy_worker(
    app: Flask, enter: Entries, cast: Cast, sign_in: SignIn, pushes: PushService, worker: Worker, clock: Clock
) -> None:
    """[N6] Sixteen visits, the clock going back on the Sunday before: each is told of twice, at its time."""
    subscribe(sign_in("aino"), pushes)
    clock.turn("2099-10-23T12:00")
    starts = [f"2099-10-{26 + day:02}T{hour:02}:00" for day in range(4) for hour in (9, 11, 13, 15)]
    for number, start in enumerate(starts):
        enter(cast.aino, f"visit-{number}", plan(start, start))
    sent: dict[str, int] = {}
    while clock() < timestamps.moment("2099-10-30T12:00:00Z"):
        clock.pass_(minutes=30)
        before = len(pushes.messages)
        work(app, worker)
        for message in pushes.messages[before:]:
            if message.payload["kind"] == "visit_upcoming":
                at = timestamps.moment(message.payload["at"])
                sent[message.payload["at"]] = sent.get(message.payload["at"], 0) + 1
                assert at > clock()
        for number, start in enumerate(starts):
            if plan(start)["plan"]["start"] == timestamps.text(clock()):
                enter(cast.aino, f"visit-{number}", {"outcome": {"code": "done"}})
    assert sent == {plan(start)["plan"]["start"]: 2 for start in starts}
    assert (pushes.repeats(), len(pushes.shown())) == (0, 32)
