"""The security log (L8): who came in, and who was refused. Apart from clients' data: ids of accounts, and keyed hashes
of addresses and of names that are nobody's.

What is noted once gets its place in the chain with its transaction. What may repeat itself (wrong passwords, refusals)
is counted: the first is written at once, those of the next second together, and all of a window are one row. So a
thousand tries cost a write a second, and leave one row with a count.
"""

import hmac
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import NamedTuple

import orjson
from flask import Flask, Response, current_app, g, has_request_context, request
from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.orm import Session as Transaction
from uuid6 import uuid7

from server.auth import throttle
from server.config import LIMITS, Settings
from server.core import chain, timestamps
from server.core.models import SecurityEvent, db
from server.core.transaction import in_one_transaction

log = logging.getLogger("ovikello.security")

FLUSH_EVERY_S = 1.0
#: refusals that are noted, by their code in the catalogue, where somebody is signed in or tries to be
REFUSALS = {
    "sign_in_failed": "wrong_password",
    "second_factor_wrong": "second_factor_refused",
    "too_many_tries": "throttled",
    "csrf_failed": "csrf_refused",
    "not_allowed": "no_access",
    "not_found": "no_access",
    "device_revoked": "device_refused",
    "device_wiped": "device_refused",
    "data_token_refused": "data_token_refused",
    "provider_refused": "provider_refused",
    "provider_unreachable": "provider_refused",
    "provider_account_unknown": "provider_refused",
}
#: those that are noted of a stranger too, who does not try to sign in
OF_STRANGERS = frozenset({"csrf_refused", "data_token_refused"})


class CountedEvent(NamedTuple):
    """What repeats are told apart by."""

    org: str
    event: str
    account: str | None
    about: str | None
    place: str | None

    @property
    def key(self) -> str:
        return "\n".join(each or "" for each in self[1:])


class Whom(NamedTuple):
    """Who asks: organisation, account, and a keyed hash of what else they are known by (a name, a data token)."""

    org: str
    account: str | None
    about: str | None = None


class Count(NamedTuple):
    times: int
    first_at: str
    last_at: str


@dataclass
class Counting:
    """Repeats that are not in the database yet."""

    counts: dict[CountedEvent, Count] = field(default_factory=dict)
    #: on a clock that may begin at 0 with the machine
    written_at: float = -math.inf
    lock: Lock = field(default_factory=Lock)

    def add(self, told: CountedEvent) -> None:
        now = timestamps.now()
        with self.lock:
            if told not in self.counts and len(self.counts) >= LIMITS.security_told_apart_max:
                told = _without_whom(told)
            times, first_at, _ = self.counts.get(told, Count(0, now, now))
            self.counts[told] = Count(times + 1, first_at, now)

    def due(self) -> dict[CountedEvent, Count]:
        """What is to be written now: nothing within a second of the last time."""
        with self.lock:
            if not self.counts or monotonic() - self.written_at < FLUSH_EVERY_S:
                return {}
            self.written_at = monotonic()
            taken, self.counts = self.counts, {}
            return taken

    def put_back(self, taken: dict[CountedEvent, Count]) -> None:
        with self.lock:
            for told, (times, first_at, last_at) in taken.items():
                later = self.counts.get(told)
                more, end = (later.times, later.last_at) if later else (0, last_at)
                self.counts[told] = Count(times + more, first_at, end)


def install(app: Flask) -> None:
    app.extensions["ovikello-security"] = Counting()
    app.after_request(_note_refusal)


def note(transaction: Transaction, org: str, event: str, account: str | None, **detail: str) -> None:
    """In the transaction of what is noted: neither stands without the other. `detail` holds ids and codes."""
    now = timestamps.now()
    told = {"id": str(uuid7()), "org": org, "event": event, "first_at": now, "last_at": now, "count": 1}
    whose = {"account": account, "about": None, "place": _place(), "detail": orjson.dumps(detail).decode(), "key": ""}
    chain.enter(transaction, SecurityEvent, told | whose)


def tried(name: str, owner: tuple[str, str] | None) -> None:
    """As whom this request wants to sign in: what is refused to it from now on is noted so."""
    account, org = owner or (None, "")
    g.security_whom = Whom(org, account, None if owner else hashed("name", name))


def tried_by_provider(org: str, account: str | None, about: str | None = None) -> None:
    """The same of who comes by another provider: `about` is a keyed hash of who it is there."""
    g.security_whom = Whom(org, account, about)


def refused(event: str, org: str, account: str | None, about: str | None = None) -> None:
    _counting().add(CountedEvent(org, event, account, about, _place()))


def write_counts() -> None:
    """Bring the counts into the database. What cannot be written now is kept for the next time."""
    taken = _counting().due()
    try:
        for org in sorted({told.org for told in taken}):
            of_org = {told: count for told, count in taken.items() if told.org == org}
            in_one_transaction(lambda transaction, org=org, of_org=of_org: _write(transaction, org, of_org))  # type: ignore[misc]
            taken = {told: count for told, count in taken.items() if told.org != org}
    except Exception as error:  # noqa: BLE001 - whoever is refused gets that answer, whatever becomes of the note
        log.warning("refusals are noted later (%s)", type(error).__name__)
        _counting().put_back(taken)


def close_windows() -> None:
    """Give a place in the chain to what has not repeated itself lately."""
    with db.engine.connect() as connection:
        over = select(SecurityEvent.org).where(SecurityEvent.chain_index.is_(None), SecurityEvent.first_at < _begin())
        orgs = sorted(set(connection.scalars(over)))
    for org in orgs:
        in_one_transaction(lambda transaction, org=org: _write(transaction, org, {}))  # type: ignore[misc]


def hashed(what: str, text: str, key: str | None = None) -> str:
    """Tells nobody without the installation's key what it was, and two of the same apart from two others."""
    settings: Settings = current_app.extensions["ovikello-settings"]
    said = f"security log\n{what}\n{text}".encode()
    return hmac.new((key or settings.secret_key).encode(), said, "sha256").hexdigest()[:32]


def _counting() -> Counting:
    counting: Counting = current_app.extensions["ovikello-security"]
    return counting


def _place() -> str | None:
    if not has_request_context() or not request.remote_addr:
        return None
    return hashed("address", throttle.place_of(request.remote_addr))


def _note_refusal(response: Response) -> Response:
    event = REFUSALS.get(g.pop("refused_with", ""))
    whom = _whom()
    if event and (whom or event in OF_STRANGERS):
        refused(event, *(whom or Whom("", None)))
    write_counts()
    return response


def _whom() -> Whom | None:
    """Who asks, as far as known; None for a stranger who does not try to sign in."""
    if "identity" in g:
        return Whom(g.identity.actor.org, g.identity.actor.user)
    if "data_token" in g:
        return Whom(g.data_token.org, None, hashed("data token", g.data_token.id))
    if "claims" in g and "org" in g.claims:  # of a token that opened nothing
        return Whom(g.claims["org"], g.claims["sub"])
    found: Whom | None = g.get("security_whom")
    return found


def _write(transaction: Transaction, org: str, counted: dict[CountedEvent, Count]) -> None:
    """Counts of one organisation, and the end of its windows. Its log is locked first: nobody waits in a circle."""
    connection = transaction.connection()
    chain.lock(connection, SecurityEvent, org)
    there = select(SecurityEvent.__table__).where(SecurityEvent.org == org, SecurityEvent.chain_index.is_(None))
    open_rows = connection.execute(there.order_by(SecurityEvent.first_at, SecurityEvent.id)).all()
    over = [row for row in open_rows if row.first_at < _begin()]
    _close(connection, org, over)
    going_on = {row.key: row for row in open_rows if row not in over}
    for told, (times, first_at, last_at) in counted.items():
        if told.key not in going_on and len(going_on) >= LIMITS.security_told_apart_max:
            told = _without_whom(told)  # noqa: PLW2901 - too many to tell apart
        row = going_on.get(told.key)
        if row is None:
            whose = {"account": told.account, "about": told.about, "place": told.place, "detail": "{}", "key": told.key}
            new = {"id": str(uuid7()), "org": org, "event": told.event, "count": times}
            values = new | {"first_at": first_at, "last_at": last_at} | whose
            going_on[told.key] = connection.execute(
                insert(SecurityEvent).values(values).returning(SecurityEvent.__table__)
            ).one()
        else:
            same = update(SecurityEvent).where(SecurityEvent.id == row.id, SecurityEvent.org == org)
            connection.execute(same.values(count=SecurityEvent.count + times, last_at=last_at))


def _without_whom(told: CountedEvent) -> CountedEvent:
    return CountedEvent(told.org, told.event, None, None, None)


def _close(connection: Connection, org: str, rows: Sequence[Row[tuple[object, ...]]]) -> None:
    links = chain.linked(connection, SecurityEvent, org, [row._asdict() for row in rows]) if rows else []
    for row, link in zip(rows, links, strict=True):
        this = update(SecurityEvent).where(SecurityEvent.id == row.id, SecurityEvent.org == org)
        connection.execute(this.values(link._asdict()))


def _begin() -> str:
    """When the windows began that are still open."""
    return timestamps.ago(minutes=LIMITS.security_window_minutes)
