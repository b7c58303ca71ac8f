"""What a person sees and does about reminders in the app (N12): the inbox, putting off, done; drafts; preferences."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypedDict, cast

import orjson
from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from server.config import LIMITS
from server.core import timestamps
from server.core.actor import Actor
from server.core.models import LASTS, Access
from server.core.problems import Problem
from server.core.reminder_tables import Reminder, ReminderPreferences, ReminderRow
from server.kinds.due import HOUR_MINUTES, Deadline
from server.reminders import schedule
from server.reminders.due_rules import due_of
from server.reminders.preferences import DEFAULTS, Preferences

#: a sheet that a person began on a phone and left: the phone says that there is one, never what it says
DRAFT = Deadline("draft_unfinished", "since", (2 * HOUR_MINUTES,))
#: sets the rows of drafts apart from those of the record that the draft is about
DRAFT_PREFIX = "draft:"
#: a reminder that was put off is worth sending a little longer
PUT_OFF_USEFUL = timedelta(hours=1)


class InboxEntry(TypedDict):
    id: str
    kind: str
    at: str
    due: str
    case: str | None
    record: str
    seen: bool
    put_off_until: str | None
    drill: bool


def entries(connection: Connection, actor: Actor, now: datetime) -> list[InboxEntry]:
    """What has been told lately and is not done, the latest first, and in order of time what was told at once.

    Of what was told more than once it is the latest.
    """
    since = timestamps.text(now - timedelta(days=LIMITS.inbox_days))
    wanted = (
        select(Reminder.__table__)
        .where(*_of(actor), Reminder.state.in_(("sent", "waiting", "failed")), Reminder.due >= since)
        .where(Reminder.channel == "push", Reminder.sent_at.is_not(None))
        .order_by(Reminder.due.desc(), Reminder.about, Reminder.id)
        .limit(LIMITS.inbox_max)
    )
    latest: dict[tuple[str, str], ReminderRow] = {}
    for row in cast("Iterable[ReminderRow]", connection.execute(wanted)):
        latest.setdefault((row.record, row.cause), row)
    return _readable(connection, actor, latest.values(), now)


def entry(connection: Connection, actor: Actor, id_: str, now: datetime) -> InboxEntry:
    """One of one's own reminders. `not_found` for anybody else's, and for one whose cause is gone."""
    wanted = select(Reminder.__table__).where(Reminder.id == id_, *_of(actor))
    rows = cast("Iterable[ReminderRow]", connection.execute(wanted))
    found = _readable(connection, actor, rows, now)
    if not found:
        raise Problem("not_found")
    return found[0]


def mark(connection: Connection, actor: Actor, id_: str, values: Mapping[str, object]) -> None:
    own = update(Reminder).where(Reminder.id == id_, *_of(actor))
    if not connection.execute(own.values(values)).rowcount:
        raise Problem("not_found")


def mark_done(connection: Connection, actor: Actor, id_: str, now: datetime) -> None:
    """It, and whatever was told of the same thing before; what is still to come stays."""
    values = {"state": "done", "seen_at": timestamps.text(now), "claim": None}
    mark(connection, actor, id_, values)
    of = select(Reminder.record, Reminder.cause).where(Reminder.id == id_, *_of(actor))
    record, cause = connection.execute(of).one()
    same = update(Reminder).where(*_of(actor), Reminder.record == record, Reminder.cause == cause)
    connection.execute(same.where(Reminder.sent_at.is_not(None)).values(values))


def put_off(connection: Connection, actor: Actor, id_: str, now: datetime) -> None:
    """Tell it again in ten minutes."""
    _put_off(connection, id_, _of(actor), now)


def put_off_by_word(connection: Connection, id_: str, now: datetime) -> None:
    """The same, of whoever's it is: the caller knows its word. What is done stays done."""
    _put_off(connection, id_, (Reminder.state.in_(("sent", "waiting")),), now)


def _put_off(connection: Connection, id_: str, whose: tuple[ColumnElement[bool], ...], now: datetime) -> None:
    drop_at = connection.scalar(select(Reminder.drop_at).where(Reminder.id == id_, *whose))
    again = now + timedelta(minutes=LIMITS.snooze_minutes)
    useful = max(drop_at or "", timestamps.text(again + PUT_OFF_USEFUL))
    values = {"state": "waiting", "try_at": timestamps.text(again), "tries": 0, "taken_by": "[]", "claim": None}
    values |= {"drop_at": useful, "seen_at": timestamps.text(now)}
    if not connection.execute(update(Reminder).where(Reminder.id == id_, *whose).values(values)).rowcount:
        raise Problem("not_found")


def keep_drafts(
    connection: Connection, actor: Actor, drafts: Iterable[tuple[str, str]], now: datetime, beside: bool = False
) -> None:
    """The drafts `(id, since)` that wait on this device now; those of before are forgotten, but where these come
    `beside` them. What is beyond `drafts_of_device_max` is not told of."""
    own = select(Reminder.record).where(
        *_of(actor), Reminder.cause == DRAFT.cause, Reminder.record.like(f"{DRAFT_PREFIX}%")
    )
    before = set(connection.scalars(own.where(Reminder.step == actor.device)))
    if beside:
        drafts = list(drafts)[: max(0, LIMITS.drafts_of_device_max - len(before))]
        before = set()
    chosen = schedule.preferences_of(connection, actor.org, [actor.user]).get(actor.user, DEFAULTS)
    wanted = [
        schedule.WantedReminder(actor.user, None, f"{DRAFT_PREFIX}{actor.user}:{id_}", due._replace(step=actor.device))
        for id_, since in drafts
        for due in due_of(DRAFT, {"since": since}, (), chosen)
    ]
    records = sorted(before | {row.record for row in wanted})
    schedule.write_reminders(connection, actor.org, records, wanted, timestamps.text(now))


def choose(connection: Connection, actor: Actor, chosen: Preferences, now: datetime) -> None:
    """Keep what a person prefers, and bring their reminders up to date."""
    before = (ReminderPreferences.user == actor.user, ReminderPreferences.org == actor.org)
    connection.execute(delete(ReminderPreferences).where(*before))
    body = orjson.dumps(chosen.as_json()).decode()
    connection.execute(insert(ReminderPreferences).values(user=actor.user, org=actor.org, body=body))
    own = select(Access.case).where(Access.org == actor.org, Access.user == actor.user, LASTS)
    own = own.where(Access.reason != "supervision")
    told = select(Reminder.case).where(*_of(actor), Reminder.case.is_not(None))
    cases = {*connection.scalars(own), *connection.scalars(told)}
    schedule.reschedule_cases(connection, actor.org, [case for case in cases if case], timestamps.text(now))


def _of(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (Reminder.user == actor.user, Reminder.org == actor.org)


def _readable(connection: Connection, actor: Actor, found: Iterable[ReminderRow], now: datetime) -> list[InboxEntry]:
    found = list(found)
    cases = {row.case for row in found if row.case is not None}
    readers = schedule.readers_of(connection, actor.org, cases, timestamps.text(now))
    return [_shown(row) for row in found if schedule.is_reader(row, readers)]


def _shown(row: ReminderRow) -> InboxEntry:
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
