"""A person's visits as a calendar (SPEC I): when, and that there is a visit; never whose, where or why.

Moments are in UTC, so every calendar shows them right on both sides of a change of the clock.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import islice

import orjson
from icalendar import Calendar, Event
from sqlalchemy import ColumnElement, Connection, delete, insert, select
from sqlalchemy.orm import Session as Transaction

from server.config import LIMITS
from server.core import journal, timestamps
from server.core.actor import Actor
from server.core.journal_detail import Detail
from server.core.models import User
from server.core.problems import Problem
from server.core.reminder_tables import CalendarFeed
from server.kinds.visit import VISITORS
from server.rules.conditions import Values, value_at
from server.rules.dates import is_instant
from server.sync import log, record_queries, scope, visibility
from server.sync.shown import StoredRecord, shown_record

TITLE = {"fi": "Käynti", "sv": "Besök", "en": "Visit"}
SECRET_BYTES = 32
#: a visit that did not take place is no longer in anybody's day
CANCELLED = ("cancelled_client", "cancelled_worker", "moved")


# --- the address ----------------------------------------------------------------------------------------------------


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def made_at(connection: Connection, actor: Actor) -> str | None:
    """When the address that holds now was made; None where there is none."""
    return connection.scalar(select(CalendarFeed.created_at).where(*_of(actor.org, actor.user)))


def make(transaction: Transaction, actor: Actor) -> str:
    """A new secret, in place of the one before; only its hash is kept. A restore brings no older one back."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    _keep(transaction, actor.org, actor.user, hash_of(secret))
    given = {"hash": hash_of(secret)}
    journal.record(transaction, actor.org, "calendar_feed", {"user": actor.user}, actor.user, given)
    return secret


def revoke(transaction: Transaction, actor: Actor) -> None:
    """Nobody reads the calendar at its address any more."""
    _keep(transaction, actor.org, actor.user, None)
    journal.record(transaction, actor.org, "calendar_feed", {"user": actor.user}, actor.user, {"hash": None})


def _keep(transaction: Transaction, org: str, user: str, hashed: str | None) -> None:
    transaction.execute(delete(CalendarFeed).where(*_of(org, user)))
    if hashed is not None:
        values = {"user": user, "org": org, "secret_hash": hashed, "created_at": timestamps.now()}
        transaction.execute(insert(CalendarFeed).values(values))


def _of(org: str, user: str) -> tuple[ColumnElement[bool], ...]:
    return (CalendarFeed.user == user, CalendarFeed.org == org)


def _replay(transaction: Transaction, org: str, detail: Detail, _actor: str | None) -> None:
    if transaction.get(User, (detail.text("user"), org)) is not None:
        _keep(transaction, org, detail.text("user"), detail.text_or_none("hash"))


journal.REPLAYS["calendar_feed"] = journal.Replay(
    _replay, lambda detail: [("calendar", detail.text("user"))], gives=lambda detail: detail.get("hash") is not None
)


# --- what stands in it ----------------------------------------------------------------------------------------------


def owner_of(connection: Connection, secret: str) -> Actor:
    """Whose calendar is at a secret address. `not_found` for an unknown or revoked one, or a closed account."""
    owner = connection.execute(
        select(User.org, User.id, User.role)
        .join(CalendarFeed, (CalendarFeed.user == User.id) & (CalendarFeed.org == User.org))
        .where(CalendarFeed.secret_hash == hash_of(secret), User.active)
    ).first()
    if owner is None:
        raise Problem("not_found")
    return Actor(owner.org, owner.id, "", owner.role)


def feed(connection: Connection, owner: Actor, now: datetime) -> tuple[bytes, list[str]]:
    """The calendar, and the case files of whose visits it speaks."""
    cases = scope.readable_cases(connection, owner)[1:]
    begin = timestamps.text(now - timedelta(days=LIMITS.calendar_back_days))
    end = timestamps.text(now + timedelta(days=LIMITS.calendar_ahead_days))
    own_cases = _cases_of_own_worker(connection, owner, set(cases))
    planned = record_queries.planned(connection, owner.org, cases, begin, end)
    own = (
        row
        for row in planned
        if visibility.may_read(owner, row) and _is_of(owner.user, shown_record(row).values, row.case in own_cases)
    )
    found = list(islice(own, LIMITS.calendar_events_max))
    return written(found, _language(connection, owner)), sorted({row.case for row in found})


def single(connection: Connection, actor: Actor, case: str, record: str) -> bytes:
    """One visit, for the person's own calendar. `not_found` where they may not read it, or it is no planned visit."""
    row = log.records(connection, actor.org, [record]).get(record)
    has_access = row is not None and row.case == case and scope.accessible(connection, actor, [case])
    if (
        row is None
        or not has_access
        or not visibility.may_read(actor, row)
        or row.kind != "visit"
        or _span(shown_record(row).values) is None
    ):
        raise Problem("not_found")
    return written([row], _language(connection, actor))


def written(rows: Iterable[StoredRecord], language: str) -> bytes:
    """The visits as iCalendar, the same bytes as long as nothing about them changes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Ovikello//FI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for row in rows:
        said = shown_record(row).values
        span = _span(said)
        if span is not None:
            calendar.add_component(_event(row, span, TITLE.get(language, TITLE["fi"])))
    return bytes(calendar.to_ical())


def _language(connection: Connection, actor: Actor) -> str:
    return connection.scalar(select(User.language).where(User.id == actor.user, User.org == actor.org)) or "fi"


def _event(row: StoredRecord, span: tuple[datetime, datetime], title: str) -> Event:
    event = Event()
    # Our own ids stay ours: the calendar's holder is a company that need not tell two people's visits to be one.
    event.add("uid", f"{hashlib.sha256(f'calendar {row.id}'.encode()).hexdigest()[:32]}@ovikello")
    event.add("dtstamp", _changed_at(row))
    event.add("dtstart", span[0])
    event.add("dtend", span[1])
    event.add("summary", title)
    event.add("class", "PRIVATE")
    return event


def _span(said: Values) -> tuple[datetime, datetime] | None:
    """When a visit is planned; None where it is not, was cancelled or is removed."""
    start, end = value_at(said, "plan.start"), value_at(said, "plan.end")
    if said.get("removed") or value_at(said, "outcome.code") in CANCELLED or not is_instant(start):
        return None
    begins = timestamps.moment(start)
    return begins, max(begins, timestamps.moment(end) if is_instant(end) else begins)


def _is_of(user: str, said: dict[str, object], is_own_case: bool) -> bool:
    people = {said.get(field) for field in VISITORS} - {None}
    return user in people if people else is_own_case


def _cases_of_own_worker(connection: Connection, owner: Actor, cases: set[str]) -> set[str]:
    headers = record_queries.headers(connection, owner.org, cases) if cases else []
    return {header.case for header in headers if shown_record(header).values.get("own_worker") == owner.user}


def _changed_at(row: StoredRecord) -> datetime:
    """When the latest of what is shown was written."""
    ranks = [author[1] for author in orjson.loads(row.body)["by"]]
    return datetime.fromtimestamp(int(max(ranks)[:13]) // 1000, UTC)
