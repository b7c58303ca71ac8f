"""What tests of reminders and check-ins share: entries pushed at a chosen time, and a clock that can be turned."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from uuid6 import uuid7

from server.core import timestamps
from server.core.database import writing
from server.core.models import db
from server.core.reminder_tables import Reminder
from server.directory import people
from server.rules.clock import Stamp, write
from server.rules.dates import FINLAND
from server.sync import scope
from server.sync.protocol import change_in
from server.sync.push import push
from server.worker.worker import Worker
from tests.cast import Person, Phone
from tests.push_service import Browser, PushService

NODE = "0123456789ab"
CASE = "case-1"
MINUTE = timedelta(minutes=1)
#: half an hour before, at any hour of any day
QUIET_NEVER = {
    "leads_minutes": [30],
    "evening_before": None,
    "quiet_from": "00:00",
    "quiet_to": "00:00",
    "free_days_quiet": False,
}


class Clock:
    """Now, in UTC. Turned by hand, to Finland's wall clock."""

    def __init__(self, here: str) -> None:
        self.turn(here)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, here: str) -> None:
        """To what a clock on a Finnish wall reads: `2026-11-25T14:00`."""
        self.now = datetime.fromisoformat(here).replace(tzinfo=FINLAND).astimezone(UTC)

    def pass_(self, **span: float) -> None:
        self.now += timedelta(**span)

    @property
    def ms(self) -> int:
        return int(self.now.timestamp() * 1000)


class Now(Clock):
    """The machine's own, since the API goes by it."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)


def soon(minutes: int, **more: Any) -> dict[str, Any]:
    """A visit of an hour that begins so many minutes from now."""
    start = datetime.now(UTC) + minutes * MINUTE
    return {"plan": {"start": timestamps.text(start), "end": timestamps.text(start + 60 * MINUTE)}, **more}


def utc(here: str) -> str:
    return timestamps.text(datetime.fromisoformat(here).replace(tzinfo=FINLAND))


def plan(start: str, end: str = "", worker: Person | None = None, **more: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"plan": {"start": utc(start), "end": utc(end or start)}, **more}
    return values | ({"worker": worker.id} if worker else {})


def open_case(app: Flask, own_worker: Person, *readers: Person, case: str = CASE, **header: Any) -> None:
    """A case file with a header, readable by its own worker and others."""
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, own_worker.org, case, own_worker.team)
        for person in (own_worker, *readers):
            scope.grant(transaction, person.org, person.id, [case], "own_client")
        values = {"own_worker": own_worker.id, **header}
        people.write_records(transaction, own_worker.org, case, [(f"header-{case}", "case", values)])


class Entries:
    """Writes entries into the exchange as a person's device would, all values seen."""

    def __init__(self, app: Flask, clock: Clock) -> None:
        self.app = app
        self.clock = clock
        self.seen: dict[tuple[str, str], str] = {}

    def __call__(
        self, person: Person, record: str, values: dict[str, Any], kind: str = "visit", case: str = CASE
    ) -> Any:
        id_ = str(uuid7())
        change = {
            "id": id_,
            "record": record,
            "kind": kind,
            "case": case,
            "at": write(Stamp(self.clock.ms, 0, NODE)),
            "set": values,
            "seen": {path: [self.seen[record, path]] for path in values if (record, path) in self.seen},
        }
        self.seen |= {(record, path): id_ for path in values}
        with self.app.app_context(), writing() as transaction:
            pushed = push(transaction, person.actor, [change_in(change)], self.clock.ms)
        (verdict,) = pushed.verdicts
        assert verdict["verdict"] in {"applied", "conflict"}, verdict
        return verdict


def subscribe(phone: Phone, pushes: PushService) -> Browser:
    """A browser of the phone's person takes pushes from now on."""
    browser = pushes.subscribe()
    key = phone.get("/api/push").get_json()["key"]
    reply = phone.put("/api/push/subscription", browser.as_json() | {"key": key})
    assert reply.status_code == 204, reply.json
    return browser


def work(app: Flask, worker: Worker) -> int:
    """Batch after batch until nothing is due; how many rows it was."""
    done = 0
    with app.app_context():
        while count := worker.run_once():
            done += count
        db.session.remove()
    return done


def reminders(app: Flask, **where: Any) -> Sequence[Reminder]:
    """The rows there are, by the time they fall due."""
    with app.app_context():
        found = db.session.scalars(select(Reminder).filter_by(**where).order_by(Reminder.due, Reminder.user)).all()
        db.session.expunge_all()
        db.session.rollback()
        return found


def told(rows: Sequence[Reminder], name_of: Callable[[str], str] = str) -> list[tuple[str, str, str]]:
    """`(who, cause, when on a Finnish wall clock)`."""
    return [
        (name_of(row.user), row.cause, f"{timestamps.moment(row.due).astimezone(FINLAND):%d.%m. %H.%M}") for row in rows
    ]
