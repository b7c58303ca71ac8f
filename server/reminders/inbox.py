"""What a person sees and does about reminders in the app (N12): the inbox, putting off, done; drafts; preferences."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Connection, delete, insert, select, update

from server import moments
from server.config import LIMITS
from server.kinds.due import HOUR_MINUTES, Deadline
from server.models import Access
from server.problems import Problem
from server.reminders import rows
from server.reminders.falling_due import due_of
from server.reminders.preferences import DEFAULTS, Preferences
from server.reminders.tables import Reminder, ReminderPreferences
from server.sync.actor import Actor

#: a sheet that a person began on a phone and left: the phone says that there is one, never what it says
DRAFT = Deadline("draft_unfinished", "since", (2 * HOUR_MINUTES,))
#: sets the rows of drafts apart from those of the record that the draft is about
DRAFT_PREFIX = "draft:"
#: a reminder that was put off is worth sending a little longer
PUT_OFF_USEFUL = timedelta(hours=1)


def entries(connection: Connection, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """What has been told lately and is not done, the latest first, and in order of time what was told at once.

    Of what was told more than once it is the latest.
    """
    since = moments.text(now - timedelta(days=LIMITS.inbox_days))
    wanted = (
        select(Reminder.__table__)
        .where(Reminder.user == actor.user, Reminder.state.in_(("sent", "waiting")), Reminder.due >= since)
        .where(Reminder.channel == "push", Reminder.sent_at.is_not(None))
        .order_by(Reminder.due.desc(), Reminder.about, Reminder.id)
        .limit(LIMITS.inbox_max)
    )
    latest: dict[tuple[str, str], Any] = {}
    for row in connection.execute(wanted):
        latest.setdefault((row.record, row.cause), row)
    return _readable(connection, actor, latest.values(), now)


def entry(connection: Connection, actor: Actor, id_: str, now: datetime) -> dict[str, Any]:
    """One of one's own reminders. `not_found` for anybody else's, and for one whose cause is gone."""
    wanted = select(Reminder.__table__).where(Reminder.id == id_, Reminder.user == actor.user)
    found = _readable(connection, actor, connection.execute(wanted).all(), now)
    if not found:
        raise Problem("not_found")
    return found[0]


def mark(connection: Connection, actor: Actor, id_: str, values: dict[str, Any]) -> None:
    own = update(Reminder).where(Reminder.id == id_, Reminder.user == actor.user)
    if not connection.execute(own.values(values)).rowcount:
        raise Problem("not_found")


def mark_done(connection: Connection, actor: Actor, id_: str, now: datetime) -> None:
    """It, and whatever was told of the same thing before; what is still to come stays."""
    values = {"state": "done", "seen_at": moments.text(now), "claim": None}
    mark(connection, actor, id_, values)
    of = select(Reminder.record, Reminder.cause).where(Reminder.id == id_)
    record, cause = connection.execute(of).one()
    same = update(Reminder).where(Reminder.user == actor.user, Reminder.record == record, Reminder.cause == cause)
    connection.execute(same.where(Reminder.sent_at.is_not(None)).values(values))


def put_off(connection: Connection, actor: Actor, id_: str, now: datetime) -> None:
    """Tell it again in ten minutes."""
    drop_at = connection.scalar(select(Reminder.drop_at).where(Reminder.id == id_))
    again = now + timedelta(minutes=LIMITS.snooze_minutes)
    useful = max(drop_at or "", moments.text(again + PUT_OFF_USEFUL))
    values = {"state": "waiting", "try_at": moments.text(again), "tries": 0, "taken_by": "[]", "claim": None}
    mark(connection, actor, id_, values | {"drop_at": useful, "seen_at": moments.text(now)})


def keep_drafts(connection: Connection, actor: Actor, drafts: Iterable[tuple[str, str]], now: datetime) -> None:
    """The drafts `(id, since)` that wait on this device now; those of before are forgotten."""
    own = select(Reminder.record).where(
        Reminder.user == actor.user, Reminder.cause == DRAFT.cause, Reminder.record.like(f"{DRAFT_PREFIX}%")
    )
    before = set(connection.scalars(own.where(Reminder.step == actor.device)))
    chosen = rows.preferences_of(connection, [actor.user]).get(actor.user, DEFAULTS)
    wanted = [
        rows.Wanted(actor.user, None, f"{DRAFT_PREFIX}{actor.user}:{id_}", due._replace(step=actor.device))
        for id_, since in drafts
        for due in due_of(DRAFT, {"since": since}, (), chosen)
    ]
    records = sorted(before | {row.record for row in wanted})
    rows.write(connection, actor.org, records, wanted, moments.text(now))


def choose(connection: Connection, actor: Actor, chosen: Preferences, now: datetime) -> None:
    """Keep what a person prefers, and bring their reminders up to date."""
    connection.execute(delete(ReminderPreferences).where(ReminderPreferences.user == actor.user))
    body = orjson.dumps(chosen.as_json()).decode()
    connection.execute(insert(ReminderPreferences).values(user=actor.user, body=body))
    own = select(Access.case).where(Access.org == actor.org, Access.user == actor.user, Access.reason != "supervision")
    told = select(Reminder.case).where(Reminder.user == actor.user, Reminder.case.is_not(None))
    cases = {*connection.scalars(own), *connection.scalars(told)}
    rows.follow_cases(connection, actor.org, [case for case in cases if case], moments.text(now))


def _readable(connection: Connection, actor: Actor, found: Iterable[Any], now: datetime) -> list[dict[str, Any]]:
    found = list(found)
    cases = {row.case for row in found if row.case is not None}
    readers = rows.readers_of(connection, actor.org, cases, moments.text(now))
    return [_shown(row) for row in found if row.case is None or actor.user in readers.get(row.case, {})]


def _shown(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.cause,
        "at": row.about,
        "due": row.due,
        "case": row.case,
        "record": row.record.rpartition(":")[2],
        "seen": row.seen_at is not None,
        "put_off_until": row.try_at if row.state == "waiting" else None,
        "drill": bool(row.drill),
    }
