"""An alarm that nobody took is an alarm (K9): kept with its reason, shown red, and on to the next step at once.

What fails: a channel that refuses, or that does not answer twice; and a step of the escalation that reached nobody.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypedDict, cast

from sqlalchemy import Connection, select, tuple_, update

from server.core import timestamps
from server.core.models import User
from server.core.reminder_tables import Reminder, ReminderRow
from server.core.roles import ADMINS
from server.reminders import schedule
from server.reminders.due_rules import Due
from server.safety import escalation
from server.safety.tables import CheckIn, CheckInRow, OutboundChannel

log = logging.getLogger("ovikello.worker")

#: nobody is there to take it; a failure where nobody else of the step has taken it either
UNREACHED = ("no_address", "no_account", "too_late")
#: a gateway may be busy once
TRIES_BEFORE_CLIMBING = 2


class FailedAlarm(TypedDict):
    user: str | None
    channel: str
    reason: str


def failed_for(connection: Connection, check_in: CheckInRow) -> list[FailedAlarm]:
    """The alarms of a check-in that did not arrive."""
    found = _alarms(connection, check_in.org, check_in.id)
    reached = {row.cause for row in found if _is_taken(row)}
    return [
        {"user": None if row.channel == "webhook" else row.user, "channel": row.channel, "reason": row.reason}
        for row in found
        if row.reason is not None and not (row.reason in UNREACHED and row.cause in reached)
    ]


def keep_waiting(connection: Connection, tried: Iterable[ReminderRow]) -> None:
    """Takes the check-ins of alarms before their rows, as whoever answers one does: neither waits for the other."""
    keys = sorted({(row.record, row.org) for row in tried if row.cause in escalation.ALARMS})
    if keys:
        wanted = select(CheckIn.id).where(tuple_(CheckIn.id, CheckIn.org).in_(keys)).order_by(CheckIn.id, CheckIn.org)
        connection.execute(wanted.with_for_update()).all()


def escalate(connection: Connection, tried: Iterable[ReminderRow], now: datetime) -> None:
    """After a batch, whose `tried` rows are settled: on to the next step wherever an alarm did not arrive."""
    steps = {(row.org, row.record, row.cause) for row in tried if row.cause in escalation.ALARMS}
    for org, record, cause in sorted(steps):
        of_step = [row for row in _alarms(connection, org, record) if row.cause == cause]
        if _has_failed(of_step):
            _escalate_check_in(connection, org, record, cause, now)


def _alarms(connection: Connection, org: str, record: str) -> Sequence[ReminderRow]:
    wanted = select(Reminder.__table__).where(
        Reminder.record == record, Reminder.org == org, Reminder.cause.in_(escalation.ALARMS)
    )
    return cast("Sequence[ReminderRow]", connection.execute(wanted.order_by(Reminder.due, Reminder.id)).all())


def _is_taken(row: ReminderRow) -> bool:
    return bool(row.taken_by != "[]")


def _has_failed(of_step: Sequence[ReminderRow]) -> bool:
    if any(row.state == "failed" and row.reason not in UNREACHED for row in of_step):
        return True
    if any(row.state == "waiting" and row.reason and row.tries >= TRIES_BEFORE_CLIMBING for row in of_step):
        return True
    return all(row.state == "failed" for row in of_step)


def _escalate_check_in(connection: Connection, org: str, record: str, cause: str, now: datetime) -> None:
    here = (CheckIn.id == record, CheckIn.org == org)
    check_in = cast("CheckInRow | None", connection.execute(select(CheckIn.__table__).where(*here)).first())
    if check_in is None or check_in.ended_at is not None or check_in.confirmed_at is not None:
        return
    at = timestamps.text(now)
    if check_in.climbed_at is None:
        connection.execute(update(CheckIn).where(*here).values(climbed_at=at))
    if cause == escalation.COLLEAGUE and _hasten(connection, org, record, at):
        return
    last = escalation.SUPERVISOR if cause == escalation.COLLEAGUE else cause
    due = Due(last, "", now, timestamps.moment(check_in.deadline), now + escalation.USEFUL)
    wanted = [
        schedule.WantedReminder(user, None, record, due, channel, check_in.drill)
        for user, channels in _administrators(connection, check_in).items()
        for channel in channels
    ]
    schedule.add(connection, org, wanted)


def _hasten(connection: Connection, org: str, record: str, at: str) -> bool:
    """The supervisors' turn has come; false where nobody is one."""
    of_supervisors = (Reminder.record == record, Reminder.org == org, Reminder.cause == escalation.SUPERVISOR)
    sooner = (*of_supervisors, Reminder.state == "waiting", Reminder.due > at)
    connection.execute(update(Reminder).where(*sooner).values(due=at, try_at=at))
    return connection.execute(select(Reminder.id).where(*of_supervisors).limit(1)).first() is not None


def _administrators(connection: Connection, check_in: CheckInRow) -> escalation.Reached:
    admins = select(User.id, User.phone).where(
        User.org == check_in.org, User.active, User.role.in_(ADMINS), User.id != check_in.user
    )
    has_sms = select(OutboundChannel.channel).where(
        OutboundChannel.org == check_in.org, OutboundChannel.channel == "sms"
    )
    by_sms = connection.execute(has_sms).first() is not None
    return {one.id: ("push", "sms") if by_sms and one.phone else ("push",) for one in connection.execute(admins)}
