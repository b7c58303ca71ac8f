"""The file of an earlier case, opened for a time to whoever takes a returner's new referral, or supervises it (S10)."""

from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.orm import Session as Transaction

from server.config import LIMITS
from server.core import timestamps
from server.core.actor import Actor
from server.core.problems import Problem
from server.core.roles import SUPERVISORS
from server.kinds import homes
from server.kinds.readers import CASEWORKERS
from server.openings import noting
from server.openings.noting import Reason
from server.sync import opening, record_queries, scope
from server.sync.opening import RETURNER
from server.sync.shown import ShownRecord, shown_record

#: why it is opened, as codes: the audit log holds nothing that somebody wrote of a client
REASONS = ("old_plan", "safety", "client_asks")
OVER = frozenset({"ended", "refused"})


class Opened(NamedTuple):
    case: str
    #: None where this person reads it anyway
    until: str | None


def open_earlier(transaction: Transaction, actor: Actor, referred: str, why: str) -> Opened:
    """`referred` is the file with the referral that names the earlier one. `Problem` where it stays closed."""
    connection = transaction.connection()
    if actor.role not in CASEWORKERS or not scope.accessible(connection, actor, [referred]):
        raise Problem("not_found")
    rows = record_queries.of_kinds(connection, actor.org, [referred], ["referral"])
    referrals = [shown_record(row).values for row in rows]
    named = [said for said in referrals if said.get("returner_of") and not said.get("removed")]
    if not named:
        raise Problem("not_found")
    earlier = str(named[-1]["returner_of"])
    file = scope.lock_files(connection, actor.org, [earlier]).get(earlier)
    if earlier == referred or file is None or file.home != homes.CASE:
        raise Problem("not_found")
    for_a_time = scope.readers_for(transaction, actor.org, earlier, RETURNER)
    if scope.accessible(connection, actor, [earlier]) and actor.user not in for_a_time:
        return Opened(earlier, None)
    if not noting.may_open(connection, actor.org, actor.user, [earlier]):
        raise Problem("not_allowed")
    if not _takes(transaction, actor, referred, named[-1]):
        raise Problem("returner_not_yours")
    if not _is_over(connection, actor.org, earlier):
        raise Problem("returner_goes_on")
    until = timestamps.ago(days=-LIMITS.returner_access_days)
    scope.grant(transaction, actor.org, actor.user, [earlier], RETURNER, by=actor.user, expires_at=until)
    noting.note(transaction, actor, RETURNER, earlier, Reason(why), until, referred)
    return Opened(earlier, until)


def _takes(transaction: Transaction, actor: Actor, referred: str, referral: dict[str, object]) -> bool:
    """Who has answered the referral, or works with the client that it has become; and whoever supervises it."""
    answer = referral.get("first_response")
    if actor.role in SUPERVISORS or (isinstance(answer, dict) and answer.get("by") == actor.user):
        return True
    working = (opening.OWN_CLIENT, opening.OPENED)
    return any(actor.user in scope.readers_for(transaction, actor.org, referred, reason) for reason in working)


def _is_over(connection: Connection, org: str, case: str) -> bool:
    """A case that goes on is its own worker's to tell of."""
    return any(is_over(shown_record(row)) for row in record_queries.headers(connection, org, [case]))


def is_over(header: ShownRecord) -> bool:
    service = header.values.get("service")
    end = service.get("end") if isinstance(service, dict) else None
    is_past = isinstance(end, str) and end < timestamps.now()[:10]
    return header.values.get("status") in OVER or is_past
