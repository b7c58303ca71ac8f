"""Who has looked at a client's file, on which days and why, for the worker whom the client asks (A21).

A reader of one reason stands once, with the days: a client's own workers open the file many times a day."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypedDict

import orjson
from sqlalchemy import or_, select
from sqlalchemy.orm import Session as Transaction

from server.config import LIMITS
from server.core import audit, timestamps
from server.core.actor import Actor
from server.core.models import AuditEvent, Reading, User
from server.core.problems import Problem
from server.directory.who_read import NOTED, OPENED, Reasons, moment_of
from server.rules.dates import FINLAND
from server.sync import one_person, scope


class ToldReader(TypedDict):
    """`days`: the latest of them, the latest first; `day_count`: of how many."""

    person: str
    display_name: str
    role: str
    reason: str | None
    what: list[str]
    days: list[str]
    day_count: int


class ToldToClient(TypedDict):
    made_at: str
    since: str
    readers: list[ToldReader]


class Look(NamedTuple):
    at: str
    user: str
    case: str
    what: str


def answer(transaction: Transaction, actor: Actor, case: str) -> ToldToClient:
    """What has been read of the client's files (H7) that are this person's for good; looking is noted first."""
    connection = transaction.connection()
    files = scope.lasting(connection, actor, one_person.readable_files_of(connection, actor, case))
    if case not in files:
        raise Problem("not_found")
    since = datetime.now(UTC) - timedelta(days=LIMITS.told_to_client_days)
    audit.note(transaction, actor, "access_log_read", {"cases": sorted(files), "device": actor.device})
    return {
        "made_at": timestamps.now(),
        "since": _day(timestamps.text(since)),
        "readers": _readers(transaction, actor.org, _looks(transaction, actor.org, files, since)),
    }


def _looks(transaction: Transaction, org: str, files: Collection[str], since: datetime) -> list[Look]:
    """The latest first; what the server noted of several files is one look at each."""
    opened = select(Reading.at, Reading.user, Reading.case).where(Reading.org == org, Reading.case.in_(files))
    opened = opened.where(Reading.at >= f"{int(since.timestamp() * 1000):013}")
    found = [Look(moment_of(at), user, case, OPENED) for at, user, case in transaction.execute(opened)]
    of_files = or_(*(AuditEvent.detail.contains(f'"{case}"', autoescape=True) for case in files))
    noted = select(AuditEvent.at, AuditEvent.actor, AuditEvent.event, AuditEvent.detail).where(
        AuditEvent.org == org, AuditEvent.event.in_(NOTED), AuditEvent.at >= timestamps.text(since), of_files
    )
    for at, user, event, detail in transaction.execute(noted):
        said = orjson.loads(detail)
        named = said.get("cases") or [said.get("case")]
        found += [Look(at, user or "", case, event) for case in named if case in files]
    return sorted(found, reverse=True)


def _readers(transaction: Transaction, org: str, looks: list[Look]) -> list[ToldReader]:
    people = {look.user for look in looks}
    of_org = select(User).where(User.org == org, User.id.in_(people))
    accounts = {user.id: user for user in transaction.scalars(of_org)}
    reasons = Reasons(transaction, org, people, {look.case for look in looks})
    told: dict[tuple[str, str | None], ToldReader] = {}
    for look in looks:
        reason = reasons.at(look.user, look.case, look.at)
        account = accounts.get(look.user)
        reader = told.setdefault(
            (look.user, reason),
            {
                "person": look.user,
                "display_name": account.display_name if account else "",
                "role": account.role if account else "",
                "reason": reason,
                "what": [],
                "days": [],
                "day_count": 0,
            },
        )
        if look.what not in reader["what"]:
            reader["what"].append(look.what)
        if (day := _day(look.at)) not in reader["days"][-1:]:
            reader["days"].append(day)
    for reader in told.values():
        reader["day_count"] = len(reader["days"])
        del reader["days"][LIMITS.list_page_max :]
    return list(told.values())


def _day(moment: str) -> str:
    return timestamps.moment(moment).astimezone(FINLAND).date().isoformat()
