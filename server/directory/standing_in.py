"""A colleague stands in for a worker: their clients' files are open to both until a day is over (SPEC A11)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from server.core import timestamps
from server.core.actor import Actor
from server.core.models import LASTS, Access, User
from server.core.problems import Problem
from server.directory import OfficeMistake, changes, managing
from server.kinds.readers import CASEWORKERS
from server.rules.dates import FINLAND
from server.sync import scope

STAND_IN = "stand_in"
DAYS_MAX = 366


def stand_in(
    transaction: Transaction, actor: Actor, from_: User, to: str, cases: Sequence[str] | None, last_day: date
) -> int:
    """Opens a worker's clients, all or those that are named, to a colleague to the end of `last_day`, Finland's.

    A later day for the same colleague replaces the earlier. Returns how many files are open for it: who reads one
    anyway, and for longer, needs no stand-in.
    """
    receiver = managing.person_seen(transaction, actor, to)
    if receiver.id == from_.id or not receiver.active or receiver.role not in CASEWORKERS:
        raise OfficeMistake("A colleague who works with clients stands in.", "to", "unknown")
    today = datetime.now(UTC).astimezone(FINLAND).date()
    if not today <= last_day <= today + timedelta(days=DAYS_MAX):
        raise OfficeMistake(f"A stand-in ends within {DAYS_MAX} days.", "last_day", "invalid")
    held = changes.cases_worked_with(transaction, from_)
    wanted = sorted(set(held if cases is None else cases))
    if not set(wanted) <= set(held):
        raise Problem("not_found")
    anyway = _read_by(transaction, receiver, but_for=STAND_IN)
    opened = [case for case in wanted if case not in anyway]
    end = datetime.combine(last_day + timedelta(days=1), time(), FINLAND).astimezone(UTC)
    scope.grant(transaction, actor.org, receiver.id, opened, STAND_IN, by=actor.user, expires_at=timestamps.text(end))
    return len(opened)


def end(transaction: Transaction, actor: Actor, person: User, cases: Sequence[str] | None) -> int:
    """Ends what this person reads as a stand-in, all or the files that are named. Returns how many that was."""
    standing = _read_by(transaction, person) - _read_by(transaction, person, but_for=STAND_IN)
    wanted = standing if cases is None else set(cases)
    if not wanted <= standing:
        raise Problem("not_found")
    return len(scope.revoke(transaction, actor.org, person.id, wanted, "stand_in_ended", by=actor.user))


def by_case(transaction: Transaction, org: str, cases: Sequence[str]) -> dict[str, list[dict[str, object]]]:
    """Who stands in where, and until when."""
    wanted = select(Access.case, Access.user, Access.expires_at).where(
        Access.org == org, Access.case.in_(cases), Access.reason == STAND_IN, LASTS
    )
    found: dict[str, list[dict[str, object]]] = {}
    for case, user, until in transaction.execute(wanted.order_by(Access.user)):
        found.setdefault(case, []).append({"person": user, "until": until})
    return found


def _read_by(transaction: Transaction, user: User, but_for: str = "") -> set[str]:
    wanted = select(Access.case).where(Access.org == user.org, Access.user == user.id, LASTS)
    return set(transaction.scalars(wanted.where(Access.reason != but_for)))
