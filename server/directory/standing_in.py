"""A colleague stands in for a worker: their clients' files are open to both until a day is over (SPEC A11)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session as Transaction

from server.config import LIMITS
from server.core import timestamps
from server.core.actor import Actor
from server.core.models import LASTS, Access, User
from server.core.problems import Problem
from server.directory import OfficeMistake, changes, managing
from server.rules.dates import FINLAND
from server.sync import opening, scope


def stand_in(
    transaction: Transaction, actor: Actor, from_: User, to: str, cases: Sequence[str] | None, last_day: date
) -> int:
    """Opens a worker's clients, all or those that are named, to a colleague to the end of `last_day`, Finland's.

    A later day for the same colleague replaces the earlier. Returns how many files are open for it: who reads one
    anyway, and for longer, needs no stand-in.
    """
    receiver = managing.receiver_of_clients(transaction, actor, from_, to)
    today = datetime.now(FINLAND).date()
    if not today <= last_day <= today + timedelta(days=LIMITS.stand_in_days_max):
        raise OfficeMistake(f"A stand-in ends within {LIMITS.stand_in_days_max} days.", "last_day", "invalid")
    wanted = changes.chosen_cases(transaction, from_, cases)
    anyway = _read_by(transaction, receiver, Access.reason != opening.STAND_IN)
    opened = [case for case in wanted if case not in anyway]
    until = timestamps.text(datetime.combine(last_day + timedelta(days=1), time(), FINLAND))
    scope.grant(transaction, actor.org, receiver.id, opened, opening.STAND_IN, by=actor.user, expires_at=until)
    return len(opened)


def end(transaction: Transaction, actor: Actor, person: User, cases: Sequence[str] | None) -> int:
    """Ends what this person reads as a stand-in, all or the files that are named. Returns how many that was."""
    standing = _read_by(transaction, person, Access.reason == opening.STAND_IN)
    wanted = standing if cases is None else set(cases)
    if not wanted <= standing:
        raise Problem("not_found")
    return len(scope.revoke(transaction, actor.org, person.id, wanted, "stand_in_ended", by=actor.user))


def by_case(transaction: Transaction, org: str, cases: Sequence[str]) -> dict[str, list[dict[str, object]]]:
    """Who stands in where, and until when."""
    wanted = select(Access.case, Access.user, Access.expires_at).where(
        Access.org == org, Access.case.in_(cases), Access.reason == opening.STAND_IN, LASTS
    )
    found: dict[str, list[dict[str, object]]] = {}
    for case, user, until in transaction.execute(wanted.order_by(Access.user)):
        found.setdefault(case, []).append({"person": user, "until": until})
    return found


def _read_by(transaction: Transaction, user: User, why: ColumnElement[bool]) -> set[str]:
    wanted = select(Access.case).where(Access.org == user.org, Access.user == user.id, LASTS, why)
    return set(transaction.scalars(wanted))
