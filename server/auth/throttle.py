"""What a wrong password costs: waits that grow, by place and by name, and never a lock for good.

An attacker who knows a name could keep its owner waiting. So a device that the person has used
before counts by itself, and only strangers share the waits of the name, which stay short.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from server import moments
from server.config import LIMITS
from server.models import WrongTries
from server.problems import Problem


@dataclass(frozen=True)
class Counter:
    """One thing that tries are counted by, and how it waits."""

    key: str
    free: int
    wait_max_s: int


def counters_for(name: str, address: str, known_device: str | None) -> list[Counter]:
    """A known device counts alone; a stranger counts by name and address, and by name."""
    if known_device:
        return [Counter(_key("device", name, known_device), LIMITS.tries_free, LIMITS.try_wait_max_s)]
    return [
        Counter(_key("place", name, address), LIMITS.tries_free, LIMITS.try_wait_max_s),
        Counter(_key("name", name), LIMITS.tries_free_for_name, LIMITS.try_wait_for_name_max_s),
    ]


def refuse_if_waiting(session: Session, counters: list[Counter]) -> None:
    """Raise `too_many_tries` with the seconds that are left. A refused try counts for nothing."""
    now = moments.now()
    waits = [row.wait_until for row in _rows(session, counters) if row.wait_until > now]
    if waits:
        left = moments.moment(max(waits)) - moments.moment(now)
        raise Problem("too_many_tries", retry_after_s=int(left.total_seconds()))


def count_try(session: Session, counters: list[Counter]) -> None:
    """Count before the password is checked, or many tries at once would count as one."""
    now = moments.now()
    forgotten = moments.ago(minutes=LIMITS.tries_forgotten_minutes)
    session.execute(delete(WrongTries).where(WrongTries.last_at < forgotten, WrongTries.wait_until <= now))
    for counter in counters:
        row = session.get(WrongTries, counter.key, with_for_update=True)
        if row is None:
            row = WrongTries(key=counter.key, count=0, last_at=now, wait_until=now)
            session.add(row)
        row.count += 1
        row.last_at = now
        row.wait_until = moments.text(moments.moment(now) + timedelta(seconds=_wait_s(row, counter)))


def forgive(session: Session, counters: list[Counter]) -> None:
    """The right password was given: this place starts afresh; the name only gets its try back."""
    for row in _rows(session, counters):
        row.count -= 1
        if row.key == counters[0].key or row.count == 0:
            session.delete(row)


def _wait_s(row: WrongTries, counter: Counter) -> int:
    beyond = row.count - counter.free
    if beyond < 0:
        return 0
    return min(LIMITS.try_wait_s << min(beyond, 20), counter.wait_max_s)


def _rows(session: Session, counters: list[Counter]) -> list[WrongTries]:
    found = (session.get(WrongTries, counter.key, with_for_update=True) for counter in counters)
    return [row for row in found if row is not None]


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
