"""The rows of reminders follow the entries, in the same transaction."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.core import timestamps
from server.core.database import writing
from server.core.models import db
from server.core.reminder_tables import Reminder
from server.reminders import schedule as following
from server.sync import scope
from server.sync.protocol import change_in
from server.sync.push import push
from tests.cast import Cast, Person
from tests.reminding import CASE, Clock, Entries, open_case, plan, reminders, told, utc

TUESDAY = "2099-11-24T09:00"
VISIT = plan("2099-11-25T14:00", "2099-11-25T15:00")


@pytest.fixture
def clock() -> Clock:
    """Far ahead, since access ends by the machine's own clock."""
    return Clock(TUESDAY)


@pytest.fixture
def enter(app: Flask, clock: Clock, cast: Cast) -> Entries:
    """Aino's case, which Mikko reads too."""
    open_case(app, cast.aino, cast.mikko)
    return Entries(app, clock)


def who(cast: Cast) -> Callable[[str], str]:
    names = {person.id: person.name for person in vars(cast).values()}
    return names.__getitem__


def test_n2_it_works(app: Flask, enter: Entries, cast: Cast) -> None:
    """[N2]"""
    enter(cast.aino, "visit-1", VISIT | {"worker": cast.aino.id})
    assert told(reminders(app), who(cast)) == [
        ("aino", "visit_upcoming", "24.11. 18.00"),
        ("aino", "visit_upcoming", "25.11. 13.30"),
        ("aino", "visit_unlogged", "25.11. 15.30"),
    ]
    assert {(row.state, row.case, row.record) for row in reminders(app)} == {("waiting", CASE, "visit-1")}
    assert len({row.id for row in reminders(app)}) == 3


def test_n2_a_change_of_plan_leaves_nothing_stale(app: Flask, enter: Entries, cast: Cast, clock: Clock) -> None:
    """[N2] A visit that was moved on a phone moves its reminders when it arrives; they keep their ids."""
    enter(cast.aino, "visit-1", VISIT | {"worker": cast.aino.id})
    before = {row.step + row.cause: row.id for row in reminders(app)}
    clock.pass_(hours=1)
    enter(cast.aino, "visit-1", plan("2099-11-26T10:00", "2099-11-26T11:00"))
    assert told(reminders(app), who(cast)) == [
        ("aino", "visit_upcoming", "25.11. 18.00"),
        ("aino", "visit_upcoming", "26.11. 09.30"),
        ("aino", "visit_unlogged", "26.11. 11.30"),
    ]
    assert {row.step + row.cause: row.id for row in reminders(app)} == before


@pytest.mark.parametrize(
    "settled", [{"outcome": {"code": "cancelled_client"}}, {"outcome": {"code": "done"}}, {"removed": {"saw": []}}]
)
def test_n2_a_settled_visit_has_none(app: Flask, enter: Entries, cast: Cast, settled: dict[str, object]) -> None:
    """[N2] And a visit that is brought back has its own again."""
    enter(cast.aino, "visit-1", VISIT)
    enter(cast.aino, "visit-1", settled)
    assert reminders(app) == []
    enter(cast.aino, "visit-1", dict.fromkeys(settled))
    assert len(reminders(app)) == 3


def test_n2_a_refused_batch_writes_none(app: Flask, enter: Entries, cast: Cast) -> None:
    """[N2] One transaction for the entry and its reminders."""
    change = {"id": "c-1", "record": "v", "kind": "visit", "case": CASE, "at": "4099507200000-0000-0123456789ab"}
    with app.app_context(), writing() as transaction:
        connection = transaction.connection()
        push(transaction, cast.aino.actor, [change_in(change | {"set": VISIT, "seen": {}})], enter.clock.ms)
        assert connection.scalar(select(func.count(Reminder.id))) == 3
        transaction.rollback()
    assert reminders(app) == []


def test_n2_another_worker_takes_over(app: Flask, enter: Entries, cast: Cast) -> None:
    """[N2] The visit is Mikko's now: Aino hears nothing more of it."""
    enter(cast.aino, "visit-1", VISIT | {"worker": cast.aino.id})
    enter(cast.aino, "visit-1", {"worker": cast.mikko.id})
    assert {who(cast)(row.user) for row in reminders(app)} == {"mikko"}
    enter(cast.aino, "visit-1", {"partner": cast.aino.id})
    assert {who(cast)(row.user) for row in reminders(app)} == {"mikko", "aino"}


def test_n2_the_header_says_whose_case_it_is(app: Flask, enter: Entries, cast: Cast) -> None:
    """[N2] Goals and visits that name nobody follow the case to another worker."""
    enter(cast.aino, "goal-1", {"review_on": "2099-12-01"}, kind="goal")
    enter(cast.aino, "visit-1", VISIT)
    assert {who(cast)(row.user) for row in reminders(app)} == {"aino"}
    enter(cast.aino, "header-case-1", {"own_worker": cast.mikko.id}, kind="case")
    assert {who(cast)(row.user) for row in reminders(app)} == {"mikko"}
    assert len(reminders(app)) == 4


def test_n2_a_visit_moves_its_case_s_rhythm(app: Flask, enter: Entries, cast: Cast, clock: Clock) -> None:
    """[N2]"""
    enter(cast.aino, "header-case-1", {"visit_rhythm_days": 7}, kind="case")
    assert reminders(app) == []
    enter(cast.aino, "visit-1", plan("2099-11-23T10:00") | {"outcome": {"code": "done"}})
    assert told(reminders(app), who(cast)) == [("aino", "rhythm_missed", "01.12. 08.00")]
    enter(cast.aino, "goal-1", {"title": "Esimerkki"}, kind="goal")
    assert len(reminders(app)) == 1
    clock.pass_(days=3)
    enter(cast.aino, "visit-2", plan("2099-11-27T10:00") | {"outcome": {"code": "done"}})
    assert told(reminders(app), who(cast)) == [("aino", "rhythm_missed", "07.12. 08.00")]


def lend(app: Flask, person: Person, until: str | None, reason: str = "stand_in") -> None:
    with app.app_context(), writing() as transaction:
        scope.grant(transaction, person.org, person.id, [CASE], reason, expires_at=until)


def test_n4_a_stand_in_is_told_while_access_lasts(app: Flask, enter: Entries, cast: Cast) -> None:
    """[N4]"""
    enter(cast.aino, "visit-1", VISIT | {"worker": cast.aino.id})
    lend(app, cast.liisa, utc("2099-12-01T00:00"))
    assert {who(cast)(row.user) for row in reminders(app)} == {"aino", "liisa"}
    enter(cast.aino, "visit-2", VISIT | {"worker": cast.mikko.id})
    assert {who(cast)(row.user) for row in reminders(app, record="visit-2")} == {"mikko"}
    with app.app_context(), writing() as transaction:
        scope.revoke(transaction, cast.liisa.org, cast.liisa.id, [CASE], "over")
    assert {who(cast)(row.user) for row in reminders(app, record="visit-1")} == {"aino"}


def test_n4_who_lost_access_hears_no_more(app: Flask, enter: Entries, cast: Cast) -> None:
    """[N4] The stand-in is all there is then."""
    enter(cast.aino, "visit-1", VISIT | {"worker": cast.aino.id})
    lend(app, cast.liisa, utc("2099-12-01T00:00"))
    with app.app_context(), writing() as transaction:
        scope.revoke(transaction, cast.aino.org, cast.aino.id, [CASE], "leave")
    assert {who(cast)(row.user) for row in reminders(app)} == {"liisa"}


@pytest.mark.parametrize("stranger", ["sanna", "olli"])
def test_n4_a_stranger_is_never_told(app: Flask, enter: Entries, cast: Cast, stranger: str) -> None:
    """[N4] Whatever a visit says whose it is."""
    enter(cast.aino, "visit-1", VISIT | {"worker": getattr(cast, stranger).id, "partner": "nobody"})
    assert reminders(app) == []


def test_n5_what_had_passed_before_it_was_written(app: Flask, enter: Entries, cast: Cast, clock: Clock) -> None:
    """[N5] A visit planned for this very day is told of once, and one of last month not at all."""
    clock.turn("2099-11-25T13:45")
    enter(cast.aino, "visit-1", VISIT)
    assert [(row.cause, row.step) for row in reminders(app)] == [("visit_upcoming", "30"), ("visit_unlogged", "30m")]
    enter(cast.aino, "visit-2", plan("2099-10-01T14:00", "2099-10-01T15:00"))
    assert reminders(app, record="visit-2") == []
    clock.turn("2099-11-26T09:00")
    enter(cast.aino, "visit-3", VISIT)
    assert [row.cause for row in reminders(app, record="visit-3")] == ["visit_unlogged"]


def test_n2_an_entry_that_changes_nothing_due_touches_no_row(app: Flask, enter: Entries, cast: Cast) -> None:
    """[N2] What was sent, put off or done stays so."""
    enter(cast.aino, "visit-1", VISIT)
    with app.app_context(), writing() as transaction:
        for row in transaction.scalars(select(Reminder)):
            row.state, row.try_at = "done", timestamps.now()
    enter(cast.aino, "visit-1", {"note": "Esimerkki"})
    with app.app_context(), writing() as transaction:
        following.reschedule_cases(transaction.connection(), cast.aino.org, [CASE], timestamps.text(enter.clock()))
        assert {row.state for row in transaction.scalars(select(Reminder))} == {"done"}
        db.session.rollback()
