"""The server's part of the team board: of one's own people and of the case files that one may read (SPEC Q4).

Ids, codes, counts and moments: no name, nothing of what a record says.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, cast

from sqlalchemy import Connection, Select, exists, func, literal, select

from server.config import LIMITS
from server.core import timestamps
from server.core.actor import Actor
from server.core.bulk import among, listed
from server.core.models import LASTS, Access, Device, UnmetRule, User
from server.core.problems import Problem
from server.core.reminder_tables import Reminder
from server.core.roles import LEADER, SUPERVISORS
from server.core.sign_in_tables import AuthSession
from server.likeness import telling
from server.openings import reviewing
from server.reminders.inbox import DRAFT, DRAFT_PREFIX
from server.safety import escalation, failed_alarms
from server.safety.tables import CheckIn, CheckInRow
from server.sync import client_readers, opening, review_queue, visibility

#: a check-in whose person nobody has heard: it has come to a colleague at least
LATE = ("colleague", "supervisor", "alert")
STAND_IN_ENDS_DAYS = 7
PHONE_SILENT = timedelta(hours=24)


def board(connection: Connection, actor: Actor, now: datetime) -> dict[str, object]:
    """`not_allowed` for whoever does not supervise."""
    people = supervised(connection, actor)
    return {
        **_check_ins(connection, actor, people, now),
        "waiting": review_queue.waiting_count(connection, actor),
        "unmet": _unmet(connection, actor),
        "drafts": _drafts(connection, actor, people),
        "phones": _phones(connection, actor, people, now),
        "stand_ins": _stand_ins(connection, actor, now),
        "openings": reviewing.waiting_count(connection, actor),
        "readers_differ": client_readers.undecided(connection, actor),
        "alike": [pair._asdict() for pair in telling.alike(connection, actor)],
    }


def supervised(connection: Connection, actor: Actor) -> list[str]:
    """The open accounts that this supervisor answers for, without their own: the team's, or the organisation's."""
    if actor.role not in SUPERVISORS:
        raise Problem("not_allowed")
    people = select(User.id).where(User.org == actor.org, User.active, User.id != actor.user)
    if actor.role == LEADER:
        own_team = select(User.team).where(User.id == actor.user, User.org == actor.org).scalar_subquery()
        people = people.where(User.team == own_team)
    return sorted(connection.scalars(people))


def cases_read_by(actor: Actor) -> Select[str]:
    """The case files that this supervisor may read."""
    return select(Access.case).where(Access.org == actor.org, Access.user == actor.user, LASTS)


def unmet_rows(actor: Actor) -> Select[str, str, str, str]:
    """What records of those files lack, of kinds that this supervisor may read."""
    return select(UnmetRule.case, UnmetRule.record, UnmetRule.kind, UnmetRule.rules).where(
        UnmetRule.org == actor.org,
        UnmetRule.case.in_(cases_read_by(actor)),
        UnmetRule.kind.not_in(visibility.hidden_kinds(actor)),
    )


def _check_ins(connection: Connection, actor: Actor, people: Sequence[str], now: datetime) -> dict[str, int]:
    """How many are out that nobody has heard of in time, and how many alarms nobody took (K3, K9)."""
    on = select(CheckIn.__table__).where(
        CheckIn.org == actor.org, CheckIn.ended_at.is_(None), among(CheckIn.user, literal(listed(people)))
    )
    found = cast("Sequence[CheckInRow]", connection.execute(on).all())
    refused = select(Reminder.record).where(
        Reminder.org == actor.org,
        among(Reminder.record, literal(listed(row.id for row in found))),
        Reminder.cause.in_(escalation.ALARMS),
        Reminder.reason.is_not(None),
    )
    suspects = set(connection.scalars(refused))
    return {
        "late": sum(escalation.stage(row, now) in LATE for row in found),
        "alarms_failed": sum(bool(row.id in suspects and failed_alarms.failed_for(connection, row)) for row in found),
    }


def _unmet(connection: Connection, actor: Actor) -> dict[str, int]:
    rows = unmet_rows(actor).subquery()
    records, cases = connection.execute(
        select(func.count(), func.count(rows.c.case.distinct())).select_from(rows)
    ).one()
    return {"records": records, "cases": cases}


def _drafts(connection: Connection, actor: Actor, people: Sequence[str]) -> list[dict[str, object]]:
    """Sheets that were begun and left, as the phones said (N12): by person, in no order of theirs."""
    rows = (
        select(Reminder.user, func.count(Reminder.record.distinct()).label("count"), func.min(Reminder.about))
        .where(Reminder.org == actor.org, among(Reminder.user, literal(listed(people))))
        .where(Reminder.cause == DRAFT.cause, Reminder.record.like(f"{DRAFT_PREFIX}%"))
        .group_by(Reminder.user)
        .order_by(Reminder.user)
    )
    return [{"user": user, "count": count, "since": since} for user, count, since in connection.execute(rows)]


class HeardRow(NamedTuple):
    """A device, and when it was heard last."""

    id: str
    user: str
    name: str
    heard: str
    living: bool
    left: bool


Silence = Literal["session_ended", "elsewhere", "silent"]


def _phones(connection: Connection, actor: Actor, people: Sequence[str], now: datetime) -> list[dict[str, object]]:
    """Devices in use that have not been heard for a day, the longest first, and why as far as the server can tell.

    `elsewhere`: their person is heard from another one; `session_ended`: somebody has to sign in there again;
    `silent`: no network, or not opened.
    """
    living = exists().where(
        AuthSession.device == Device.id, AuthSession.org == Device.org, AuthSession.ended_at.is_(None)
    )
    left = exists().where(
        AuthSession.device == Device.id, AuthSession.org == Device.org, AuthSession.end_reason == "sign_out"
    )
    heard = func.coalesce(Device.last_sync_at, Device.created_at).label("heard")
    known = (
        select(Device.id, Device.user, Device.name, heard, living.label("living"), left.label("left"))
        .where(Device.org == actor.org, among(Device.user, literal(listed(people))))
        .where(Device.revoked_at.is_(None), heard > timestamps.text(now - timedelta(days=LIMITS.session_idle_days)))
        .order_by(heard, Device.id)
    )
    rows = [HeardRow._make(row) for row in connection.execute(known)]
    since = timestamps.text(now - PHONE_SILENT)
    heard_of = {row.user for row in rows if row.heard > since}

    def why(row: HeardRow) -> Silence:
        if not row.living:
            return "session_ended"
        return "elsewhere" if row.user in heard_of else "silent"

    return [
        {"id": row.id, "user": row.user, "name": row.name, "heard": row.heard, "why": why(row)}
        for row in rows
        if row.heard <= since and (row.living or not row.left)
    ]


def standing_in(connection: Connection, actor: Actor) -> list[dict[str, object]]:
    """Who stands in where and until when, in the files that this supervisor may read, by person and end (A11)."""
    if actor.role not in SUPERVISORS:
        raise Problem("not_allowed")
    rows = (
        select(Access.user, Access.expires_at, Access.case)
        .where(Access.org == actor.org, Access.reason == opening.STAND_IN, LASTS)
        .where(Access.case.in_(cases_read_by(actor)))
        .order_by(Access.user, Access.expires_at, Access.case)
    )
    found: dict[tuple[str, str | None], list[str]] = {}
    for user, until, case in connection.execute(rows):
        found.setdefault((user, until), []).append(case)
    return [{"user": user, "until": until, "cases": cases} for (user, until), cases in found.items()]


def _stand_ins(connection: Connection, actor: Actor, now: datetime) -> list[dict[str, object]]:
    """Whose access to these files is over within a week, the nearest end first."""
    until = timestamps.text(now + timedelta(days=STAND_IN_ENDS_DAYS))
    rows = (
        select(Access.user, Access.expires_at, func.count())
        .where(Access.org == actor.org, LASTS, Access.expires_at <= until, Access.case.in_(cases_read_by(actor)))
        .group_by(Access.user, Access.expires_at)
        .order_by(Access.expires_at, Access.user)
    )
    return [{"user": user, "until": end, "cases": cases} for user, end, cases in connection.execute(rows)]
