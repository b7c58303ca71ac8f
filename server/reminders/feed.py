"""A person's visits as a calendar (SPEC I): when, and that there is a visit; never whose, where or why.

Moments are in UTC, so every calendar shows them right on both sides of a change of the clock.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from icalendar import Calendar, Event
from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.orm import Session as Transaction

from server import journal, moments
from server.config import LIMITS
from server.kinds.visit import VISITORS
from server.models import Access, User
from server.problems import Problem
from server.reminders.rows import shown
from server.reminders.tables import CalendarFeed
from server.sync import log, looks, merge, scope
from server.sync.actor import Actor

TITLE = {"fi": "Käynti", "sv": "Besök", "en": "Visit"}
SECRET_BYTES = 32
#: a visit that did not take place is no longer in anybody's day
CANCELLED = ("cancelled_client", "cancelled_worker", "moved")


# --- the address ----------------------------------------------------------------------------------------------------


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def made_at(connection: Connection, user: str) -> str | None:
    """When the address that holds now was made; None where there is none."""
    return connection.scalar(select(CalendarFeed.created_at).where(CalendarFeed.user == user))


def make(transaction: Transaction, actor: Actor) -> str:
    """A new secret, in place of the one before; only its hash is kept. A restore brings no older one back."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    _keep(transaction, actor.user, hash_of(secret))
    given = {"hash": hash_of(secret)}
    journal.record(transaction, actor.org, "calendar_feed", {"user": actor.user}, actor.user, given)
    return secret


def revoke(transaction: Transaction, actor: Actor) -> None:
    """Nobody reads the calendar at its address any more."""
    _keep(transaction, actor.user, None)
    journal.record(transaction, actor.org, "calendar_feed", {"user": actor.user}, actor.user, {"hash": None})


def _keep(transaction: Transaction, user: str, hashed: str | None) -> None:
    transaction.execute(delete(CalendarFeed).where(CalendarFeed.user == user))
    if hashed is not None:
        values = {"user": user, "secret_hash": hashed, "created_at": moments.now()}
        transaction.execute(insert(CalendarFeed).values(values))


def _replay(transaction: Transaction, _org: str, detail: dict[str, Any], _actor: str | None) -> None:
    if transaction.get(User, detail["user"]) is not None:
        _keep(transaction, detail["user"], detail.get("hash"))


journal.REPLAYS["calendar_feed"] = _replay


# --- what stands in it ----------------------------------------------------------------------------------------------


def feed(connection: Connection, secret: str, now: datetime) -> bytes:
    """The calendar at a secret address. `not_found` for an unknown or revoked one, or a closed account."""
    owner = connection.execute(
        select(User.id, User.org, User.language)
        .join(CalendarFeed, CalendarFeed.user == User.id)
        .where(CalendarFeed.secret_hash == hash_of(secret), User.active)
    ).first()
    if owner is None:
        raise Problem("not_found")
    cases = list(
        connection.scalars(
            select(Access.case).where(
                Access.org == owner.org,
                Access.user == owner.id,
                Access.expires_at.is_(None) | (Access.expires_at > moments.text(now)),
            )
        )
    )
    begin = moments.text(now - timedelta(days=LIMITS.calendar_back_days))
    end = moments.text(now + timedelta(days=LIMITS.calendar_ahead_days))
    rows = looks.planned(connection, owner.org, cases, begin, end)
    own_cases = _own_cases(connection, owner, {row.case for row in rows})
    found = [row for row in rows if _is_of(owner.id, _said(row), row.case in own_cases)]
    return written(found, owner.language)


def single(connection: Connection, actor: Actor, case: str, record: str) -> bytes:
    """One visit, for the person's own calendar. `not_found` where they may not read it, or it is no planned visit."""
    row = log.records(connection, actor.org, [record]).get(record)
    may_read = row is not None and row.case == case and scope.accessible(connection, actor, [case])
    if row is None or not may_read or row.kind != "visit" or _span(_said(row)) is None:
        raise Problem("not_found")
    language = connection.scalar(select(User.language).where(User.id == actor.user)) or "fi"
    return written([row], language)


def written(rows: Iterable[Any], language: str) -> bytes:
    """The visits as iCalendar, the same bytes as long as nothing about them changes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Ovikello//FI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for row in rows:
        said = _said(row)
        span = _span(said)
        if span is not None:
            calendar.add_component(_event(row, span, TITLE.get(language, TITLE["fi"])))
    return bytes(calendar.to_ical())


def _event(row: Any, span: tuple[datetime, datetime], title: str) -> Event:
    event = Event()
    # Our own ids stay ours: the calendar's holder is a company that need not tell two people's visits to be one.
    event.add("uid", f"{hashlib.sha256(f'calendar {row.id}'.encode()).hexdigest()[:32]}@ovikello")
    event.add("dtstamp", _changed_at(row))
    event.add("dtstart", span[0])
    event.add("dtend", span[1])
    event.add("summary", title)
    event.add("class", "PRIVATE")
    return event


def _said(row: Any) -> dict[str, Any]:
    return shown(merge.unpack(orjson.loads(row.body)))


def _span(said: dict[str, Any]) -> tuple[datetime, datetime] | None:
    """When a visit is planned; None where it is not, was cancelled or is removed."""
    outcome, planned = said.get("outcome") or {}, said.get("plan") or {}
    if said.get("removed") or outcome.get("code") in CANCELLED or not planned.get("start"):
        return None
    start = moments.moment(planned["start"])
    return start, max(start, moments.moment(planned.get("end") or planned["start"]))


def _is_of(user: str, said: dict[str, Any], is_own_case: bool) -> bool:
    people = {said.get(field) for field in VISITORS} - {None}
    return user in people if people else is_own_case


def _own_cases(connection: Connection, owner: Any, cases: set[str]) -> set[str]:
    headers = looks.headers(connection, owner.org, cases) if cases else []
    return {header.case for header in headers if _said(header).get("own_worker") == owner.id}


def _changed_at(row: Any) -> datetime:
    """When the latest of what is shown was written."""
    ranks = [author[1] for author in orjson.loads(row.body)["by"]]
    return datetime.fromtimestamp(int(max(ranks)[:13]) // 1000, UTC)
