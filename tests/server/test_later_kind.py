"""A later kind of record adds a line of `falls_due` and no machinery (N1): kinds that only this test declares."""

import pytest
from flask import Flask

from server.kinds import KINDS
from server.kinds.base import Kind, date, instant, text
from server.kinds.checker import checker_of
from server.kinds.due import HOUR_MINUTES, Deadline
from server.reminders import schedule
from server.rules.conditions import one_of, said
from server.worker.worker import Worker
from tests.cast import Cast, SignIn
from tests.push_service import PushService
from tests.reminding import Clock, Entries, open_case, reminders, subscribe, told, utc, work

HOURS = (12 * HOUR_MINUTES, 20 * HOUR_MINUTES, 24 * HOUR_MINUTES)


class Need(Kind):
    """Somebody without a home: the organisation has 24 hours."""

    falls_due = (Deadline("housing_24h", "notified_at", HOURS, at_night=True, unless=said("housed_at")),)

    notified_at = instant()
    housed_at = instant()


class Term(Kind):
    """A lease or a decision for a time."""

    falls_due = (Deadline("term_ending", "end", days=(-60, -30, -14), unless=one_of("status", "renewed")),)

    end = date()
    status = text()


@pytest.fixture(autouse=True)
def _declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both in the list of kinds, and what is derived from it."""
    for kind in (Need, Term):
        monkeypatch.setitem(KINDS, kind.kind_name(), kind)
    monkeypatch.setattr(schedule, "KINDS_DUE", schedule.KINDS_DUE | {"need", "term"})
    checker_of.cache_clear()


@pytest.fixture
def clock() -> Clock:
    return Clock("2099-11-27T10:00")


@pytest.fixture
def enter(app: Flask, clock: Clock, cast: Cast) -> Entries:
    open_case(app, cast.aino)
    return Entries(app, clock)


def test_n1_the_24_hours_of_a_need_for_housing(
    app: Flask, enter: Entries, cast: Cast, sign_in: SignIn, pushes: PushService, clock: Clock
) -> None:
    """[N1] Told at 12, 20 and 24 hours, in the night and on a free day too; corrected, and settled."""
    phone = sign_in("aino")
    subscribe(phone, pushes)
    worker = Worker(app, pushes.wire(), clock)
    enter(cast.aino, "need-1", {"notified_at": utc("2099-11-27T09:00")}, kind="need")
    enter(cast.aino, "need-1", {"notified_at": utc("2099-11-27T10:00")}, kind="need")
    at = []
    for _ in range(2 * 25):
        clock.pass_(minutes=30)
        at += [f"{clock():%a %H.%M}" for _ in range(work(app, worker))]
    assert at == ["Fri 20.00", "Sat 04.00", "Sat 08.00"]
    assert {message.payload["kind"] for message in pushes.messages} == {"housing_24h"}
    assert all(message.payload.keys() - {"later"} == {"kind", "at", "id"} for message in pushes.messages)
    enter(cast.aino, "need-2", {"notified_at": utc("2099-11-29T09:00")}, kind="need")
    assert len(reminders(app, record="need-2")) == 3
    enter(cast.aino, "need-2", {"housed_at": utc("2099-11-29T11:00")}, kind="need")
    assert reminders(app, record="need-2") == []


def test_n1_a_term_that_ends(app: Flask, enter: Entries, cast: Cast) -> None:
    """[N1, N3] 60, 30 and 14 days ahead, on working days: over New Year and a weekend."""
    enter(cast.aino, "term-1", {"end": "2100-01-31"}, kind="term")
    assert [when for _, _, when in told(reminders(app))] == ["02.12. 08.00", "31.12. 08.00", "15.01. 08.00"]
    enter(cast.aino, "term-1", {"status": "renewed"}, kind="term")
    assert reminders(app) == []
