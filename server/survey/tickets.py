"""One ticket for one answer (Y1). It names a team and the day of its making, and nobody: who fetched it is not kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from itsdangerous import BadSignature
from sqlalchemy import delete, select
from sqlalchemy.orm import Session as Transaction

from server.config import LIMITS
from server.core.models import SurveyTicket, SurveyTicketsMade
from server.core.signing import signer

PURPOSE = "survey ticket"


@dataclass(frozen=True)
class Ticket:
    org: str
    team: str
    made_on: date
    #: what the server remembers of a spent one
    fingerprint: str


def make(transaction: Transaction, org: str, user: str, team: str, today: date, wanted: int) -> list[str]:
    """So many new tickets of a team; fewer, down to none, where this person has had all of today's. Only their number
    is counted."""
    day = today.isoformat()
    transaction.execute(delete(SurveyTicketsMade).where(SurveyTicketsMade.day < day))
    had = select(SurveyTicketsMade).where(SurveyTicketsMade.user == user, SurveyTicketsMade.org == org)
    row = transaction.scalar(had.with_for_update()) or SurveyTicketsMade(user=user, org=org, day=day, made=0)
    count = max(0, min(wanted, LIMITS.survey_tickets_a_day_max - row.made))
    row.made += count
    transaction.add(row)
    return [signer(PURPOSE).sign(f"{secrets.token_hex(16)}.{org}.{team}.{day}").decode() for _ in range(count)]


def read(given: str, today: date) -> Ticket | None:
    """None for what this server did not make, or made too long ago."""
    try:
        _nonce, org, team, day = signer(PURPOSE).unsign(given).decode().split(".")
    except (BadSignature, ValueError):
        return None
    made_on = date.fromisoformat(day)
    if not timedelta(0) <= today - made_on <= timedelta(days=LIMITS.survey_ticket_days_max):
        return None
    return Ticket(org, team, made_on, hashlib.sha256(given.encode()).hexdigest())


def spend(transaction: Transaction, ticket: Ticket, sealed: str, today: date) -> bool | None:
    """True the first time, False for the same answer again, None for another answer. What was spent is kept while the
    ticket would still be taken."""
    kept_from = (today - timedelta(days=LIMITS.survey_ticket_days_max + 1)).isoformat()
    transaction.execute(delete(SurveyTicket).where(SurveyTicket.made_on < kept_from))
    answer = hashlib.sha256(sealed.encode()).hexdigest()
    known = transaction.get(SurveyTicket, (ticket.fingerprint, ticket.org))
    if known:
        return False if known.answer == answer else None
    transaction.add(
        SurveyTicket(id=ticket.fingerprint, org=ticket.org, made_on=ticket.made_on.isoformat(), answer=answer)
    )
    return True
