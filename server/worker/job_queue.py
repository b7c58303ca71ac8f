"""Which rows a worker takes, and what becomes of them. Each function is one short write transaction.

A claim is a lease: it moves `try_at` past the lease and leaves a random token. Whoever dies with it loses nothing,
since the row falls due again; and what comes of a try is only written while the token is still there, so a row that was
moved, or taken by another worker meanwhile, is left as it is (N6).
"""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple, cast
from uuid import uuid4

import orjson
from sqlalchemy import ColumnElement, Connection, bindparam, case, delete, func, select, update

from server.config import LIMITS
from server.core import timestamps
from server.core.bulk import among, listed
from server.core.models import Device, User
from server.core.reminder_tables import PushSubscription, Reminder, ReminderRow, SubscriptionRow
from server.core.sign_in_tables import AuthSession
from server.reminders.schedule import is_reader, readers_of

Claimed = ReminderRow

#: check-ins first, whatever else waits
_URGENT = case((Reminder.cause.like("checkin%"), 0), else_=1)
_WAITS = (Reminder.state == "waiting", Reminder.try_at <= bindparam("now"))
_WHERE_DUE = (
    select(Reminder.org).where(*_WAITS).group_by(Reminder.org).order_by(func.min(_URGENT), func.min(Reminder.try_at))
)
_DUE = (
    select(Reminder.id)
    .where(Reminder.org == bindparam("org"), *_WAITS)
    .order_by(_URGENT, Reminder.try_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_THESE = (Reminder.org == bindparam("of_org"), among(Reminder.id, bindparam("ids")))
_CLAIMED = select(Reminder.__table__).where(Reminder.claim == bindparam("of_claim"), *_THESE)


class Result(NamedTuple):
    """What came of a try: the row's state, when it is tried again, by whom it was taken so far, and why not."""

    id: str
    state: str
    try_at: str
    taken_by: tuple[str, ...]
    sent_at: str | None
    reason: str | None = None


def organisations_due(connection: Connection, now: datetime) -> list[str]:
    """The organisations that something waits for: first who waits for a check-in, then who has waited longest."""
    return list(connection.scalars(_WHERE_DUE, {"now": timestamps.text(now)}))


def claim(connection: Connection, org: str, now: datetime, lease_s: int) -> Sequence[Claimed]:
    """Rows of an organisation that are due, taken for `lease_s`; several workers get different ones."""
    given = {"org": org, "now": timestamps.text(now), "most": LIMITS.batch_reminders_max}
    ids = listed(connection.scalars(_DUE, given))
    if ids == "[]":
        return ()
    token = uuid4().hex
    taken = {"claim": token, "try_at": timestamps.text(now + timedelta(seconds=lease_s)), "tries": Reminder.tries + 1}
    these = {"of_org": org, "ids": ids}
    connection.execute(update(Reminder).where(*_THESE).values(taken), these)
    return cast("Sequence[Claimed]", connection.execute(_CLAIMED, these | {"of_claim": token}).all())


def may_hear(connection: Connection, org: str, rows: Sequence[Claimed], now: datetime) -> set[str]:
    """Of claimed rows those whose person may still hear of it: an open account, and access to the case file (N4)."""
    users = select(User.id).where(User.org == org, User.active, among(User.id, bindparam("users")))
    active = set(connection.scalars(users, {"users": listed({row.user for row in rows})}))
    cases = {row.case for row in rows if row.case is not None}
    readers = readers_of(connection, org, cases, timestamps.text(now))
    return {row.id for row in rows if (row.user in active or row.channel == "webhook") and is_reader(row, readers)}


def subscriptions_of(connection: Connection, org: str, users: Iterable[str]) -> dict[str, list[SubscriptionRow]]:
    """Where each of these people takes pushes now: of living sessions on devices in use (N7)."""
    found: dict[str, list[SubscriptionRow]] = {}
    given = {
        "org": org,
        "users": listed(set(users)),
        "idle": timestamps.ago(days=LIMITS.session_idle_days),
        "oldest": timestamps.ago(days=LIMITS.session_absolute_days),
    }
    for row in cast("Iterable[SubscriptionRow]", connection.execute(_SUBSCRIPTIONS, given)):
        found.setdefault(row.user, []).append(row)
    return found


_SUBSCRIPTIONS = (
    select(PushSubscription.__table__)
    .join(AuthSession, (AuthSession.id == PushSubscription.session) & (AuthSession.org == PushSubscription.org))
    .join(Device, (Device.id == AuthSession.device) & (Device.org == AuthSession.org))
    .where(
        PushSubscription.org == bindparam("org"),
        among(PushSubscription.user, bindparam("users")),
        AuthSession.user == PushSubscription.user,
        AuthSession.ended_at.is_(None),
        AuthSession.last_used_at > bindparam("idle"),
        AuthSession.created_at > bindparam("oldest"),
        Device.revoked_at.is_(None),
    )
)


def settle(
    connection: Connection, org: str, claim_: str | None, results: Sequence[Result], gone: Iterable[str]
) -> None:
    """Write what came of a batch, and drop the subscriptions that are gone."""
    row = update(Reminder).where(Reminder.id == bindparam("of_id"), Reminder.org == org, Reminder.claim == claim_)
    names = ("state", "try_at", "taken_by", "sent_at", "reason")
    values: dict[str, ColumnElement[object]] = {name: bindparam(f"new_{name}") for name in names}
    told = [
        {
            "of_id": each.id,
            "new_state": each.state,
            "new_try_at": each.try_at,
            "new_taken_by": orjson.dumps(each.taken_by).decode(),
            "new_sent_at": each.sent_at,
            "new_reason": each.reason,
        }
        for each in results
    ]
    connection.execute(row.values(values | {"claim": None}), told)
    ids = listed(gone)
    if ids != "[]":
        these = (PushSubscription.org == org, among(PushSubscription.id, bindparam("ids")))
        connection.execute(delete(PushSubscription).where(*these), {"ids": ids})


def forget_old(connection: Connection, now: datetime) -> None:
    """Take away what nobody will look at any more."""
    old = timestamps.text(now - timedelta(days=LIMITS.reminders_kept_days))
    connection.execute(
        delete(Reminder).where(Reminder.state.in_(("sent", "failed", "dropped", "done")), Reminder.try_at < old)
    )


def next_try(row: Claimed, now: datetime, retry_after: str) -> str:
    """When to try again: as the push service says, else twice as long as the last time, and never all at once (N10)."""
    asked_s = _asked_s(retry_after, now)
    wait_s = min(LIMITS.backoff_s * 2 ** min(row.tries, 16), LIMITS.backoff_max_s)
    jittered_s = wait_s * random.uniform(0.5, 1)  # noqa: S311 - jitter, not a secret
    return timestamps.text(now + timedelta(seconds=max(jittered_s, asked_s)))


def _asked_s(retry_after: str, now: datetime) -> float:
    """The header Retry-After, in seconds or as a date; 0 for none, and no longer than an hour."""
    given = retry_after.strip()
    if given.isascii() and given.isdigit():
        return min(int(given[:9]), LIMITS.retry_after_max_s)
    try:
        asked_s = (parsedate_to_datetime(given) - now).total_seconds()
    except (ValueError, TypeError):  # no date, or one without a zone
        return 0
    return min(max(asked_s, 0), LIMITS.retry_after_max_s)
