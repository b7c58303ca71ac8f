"""Which rows a worker takes, and what becomes of them. Each function is one short write transaction.

A claim is a lease: it moves `try_at` past the lease and leaves a random token. Whoever dies with it loses nothing,
since the row falls due again; and what comes of a try is only written while the token is still there, so a row that was
moved, or taken by another worker meanwhile, is left as it is (N6).
"""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from uuid import uuid4

import orjson
from sqlalchemy import Connection, Row, bindparam, case, delete, select, update

from server import moments
from server.config import LIMITS
from server.models import Device, Session, User
from server.reminders.rows import readers_of
from server.reminders.tables import PushSubscription, Reminder
from server.sync.bulk import among, listed

Claimed = Row[*tuple[Any, ...]]

#: check-ins first, whatever else waits
_URGENT = case((Reminder.cause.like("checkin%"), 0), else_=1)
_DUE = (
    select(Reminder.id)
    .where(Reminder.state == "waiting", Reminder.try_at <= bindparam("now"))
    .order_by(_URGENT, Reminder.try_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIMED = select(Reminder.__table__).where(Reminder.claim == bindparam("claim"), among(Reminder.id, bindparam("ids")))


class Result(NamedTuple):
    """What came of a try: the state of the row, when it is tried again, and by whom it was taken so far."""

    id: str
    state: str
    try_at: str
    taken_by: tuple[str, ...]
    sent_at: str | None


def claim(connection: Connection, now: datetime, lease_s: int) -> Sequence[Claimed]:
    """Rows that are due, taken for `lease_s`; several workers get different ones."""
    given = {"now": moments.text(now), "most": LIMITS.batch_reminders_max}
    ids = listed(connection.scalars(_DUE, given))
    if ids == "[]":
        return ()
    token = uuid4().hex
    taken = {"claim": token, "try_at": moments.text(now + timedelta(seconds=lease_s)), "tries": Reminder.tries + 1}
    connection.execute(update(Reminder).where(among(Reminder.id, bindparam("ids"))).values(taken), {"ids": ids})
    return connection.execute(_CLAIMED, {"claim": token, "ids": ids}).all()


def is_any_due(connection: Connection, now: datetime) -> bool:
    return connection.execute(_ANY_DUE, {"now": moments.text(now)}).first() is not None


_ANY_DUE = select(Reminder.id).where(Reminder.state == "waiting", Reminder.try_at <= bindparam("now")).limit(1)


def may_hear(connection: Connection, rows: Iterable[Claimed], now: datetime) -> set[str]:
    """Of claimed rows those whose person may still hear of it: an open account, and access to the case file (N4)."""
    rows = list(rows)
    users = select(User.id).where(User.active, among(User.id, bindparam("users")))
    active = set(connection.scalars(users, {"users": listed({row.user for row in rows})}))
    readers: dict[tuple[str, str], Any] = {}
    for org in {row.org for row in rows}:
        cases = {row.case for row in rows if row.org == org and row.case is not None}
        for one, people in readers_of(connection, org, cases, moments.text(now)).items():
            readers[org, one] = people
    return {
        row.id
        for row in rows
        if (row.user in active or row.channel == "webhook")
        and (row.case is None or row.user in readers.get((row.org, row.case), {}))
    }


def subscriptions_of(connection: Connection, users: Iterable[str]) -> dict[str, list[Claimed]]:
    """Where each of these people takes pushes now: of living sessions on devices in use (N7)."""
    found: dict[str, list[Claimed]] = {}
    given = {
        "users": listed(set(users)),
        "idle": moments.ago(days=LIMITS.session_idle_days),
        "oldest": moments.ago(days=LIMITS.session_absolute_days),
    }
    for row in connection.execute(_SUBSCRIPTIONS, given):
        found.setdefault(row.user, []).append(row)
    return found


_SUBSCRIPTIONS = (
    select(PushSubscription.__table__)
    .join(Session, Session.id == PushSubscription.session)
    .join(Device, Device.id == Session.device)
    .where(
        among(PushSubscription.user, bindparam("users")),
        Session.user == PushSubscription.user,
        Session.ended_at.is_(None),
        Session.last_used_at > bindparam("idle"),
        Session.created_at > bindparam("oldest"),
        Device.revoked_at.is_(None),
    )
)


def settle(connection: Connection, claim_: str, results: Sequence[Result], gone: Iterable[str]) -> None:
    """Write what came of a batch, and drop the subscriptions that are gone."""
    row = update(Reminder).where(Reminder.id == bindparam("of_id"), Reminder.claim == claim_)
    names = ("state", "try_at", "taken_by", "sent_at")
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    told = [
        {
            "of_id": each.id,
            "new_state": each.state,
            "new_try_at": each.try_at,
            "new_taken_by": orjson.dumps(each.taken_by).decode(),
            "new_sent_at": each.sent_at,
        }
        for each in results
    ]
    connection.execute(row.values(values | {"claim": None}), told)
    ids = listed(gone)
    if ids != "[]":
        given = {"ids": ids}
        connection.execute(delete(PushSubscription).where(among(PushSubscription.id, bindparam("ids"))), given)


def forget_old(connection: Connection, now: datetime) -> None:
    """Take away what nobody will look at any more."""
    old = moments.text(now - timedelta(days=LIMITS.reminders_kept_days))
    connection.execute(delete(Reminder).where(Reminder.state.in_(("sent", "dropped", "done")), Reminder.try_at < old))


def next_try(row: Claimed, now: datetime, retry_after: str) -> str:
    """When to try again: as the push service says, else twice as long as the last time, and never all at once (N10)."""
    asked_s = _asked_s(retry_after, now)
    wait_s = min(LIMITS.backoff_s * 2 ** min(row.tries, 16), LIMITS.backoff_max_s)
    jittered_s = wait_s * random.uniform(0.5, 1)  # noqa: S311 - jitter, not a secret
    return moments.text(now + timedelta(seconds=max(jittered_s, asked_s)))


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
