"""What a wrong password costs: waits that grow, by place, by name and by address, and never a lock for good.

An attacker who knows a name could keep its owner waiting. So a device on which the person has signed in before proves
that (`known.py`) and counts by itself. A stranger's tries make other strangers wait once each, at their own place,
which nobody can lengthen from elsewhere.
"""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from server.config import LIMITS
from server.core import timestamps
from server.core.problems import Problem
from server.core.sign_in_tables import WrongTries

#: who is given one IPv6 address is given all that share these bits
IPV6_BITS = 64


@dataclass(frozen=True)
class Counter:
    """One thing that tries are counted by, and how it waits."""

    key: str
    free: int
    wait_max_s: int


@dataclass(frozen=True)
class Counters:
    """What one try counts against. Whoever tries waits at the `own` counter, and with everybody at the `address`."""

    own: Counter
    address: Counter | None = None
    name: Counter | None = None

    def all(self) -> list[Counter]:
        return [each for each in (self.own, self.address, self.name) if each]


def counters_for(name: str, address: str, known_device: str | None) -> Counters:
    """A known device counts alone; a stranger by name and address, by address, and by name."""
    if known_device:
        return Counters(Counter(_key("device", name, known_device), LIMITS.tries_free, LIMITS.try_wait_max_s))
    place = place_of(address)
    return Counters(
        own=Counter(_key("place", name, place), LIMITS.tries_free, LIMITS.try_wait_max_s),
        address=Counter(_key("address", place), LIMITS.tries_free_for_address, LIMITS.try_wait_for_many_max_s),
        name=Counter(_key("name", name), LIMITS.tries_free_for_name, LIMITS.try_wait_for_many_max_s),
    )


def code_counters_for(name: str, address: str, known_device: str | None, *, digits: bool) -> Counters:
    """Of codes of the second factor, apart from passwords: the right password forgives no wrong code.

    Six digits are guessed sooner than a password, from however many addresses. So strangers who know the password of
    one account wait together; its known devices do not, nor does a recovery code, which nobody guesses.
    """
    counters = counters_for(f"second factor\n{name}", address, known_device)
    if known_device or not digits:
        return Counters(counters.own, name=counters.name)
    together = Counter(_key("codes", name), LIMITS.tries_free_for_name, LIMITS.try_wait_max_s)
    return Counters(counters.own, address=together)


def provider_counters_for(address: str) -> Counters:
    """Of ways to another provider and back (J15): by place alone, so that nobody keeps anybody else waiting."""
    key = _key("provider", place_of(address))
    return Counters(Counter(key, LIMITS.tries_free_for_address, LIMITS.try_wait_for_many_max_s))


def break_glass_counters_for(org: str, user: str) -> Counters:
    """Of break-glass (S11), right or wrong: by person, so that nobody finds out by trying who is served here."""
    return Counters(Counter(_key("break glass", org, user), LIMITS.tries_free, LIMITS.try_wait_max_s))


def place_of(address: str) -> str:
    """The address as far as it tells people apart."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return str(ipaddress.ip_network((int(found), IPV6_BITS), strict=False))
        return str(found.ipv4_mapped)
    return str(found)


def admit(session: Session, counters: Counters) -> int:
    """Count the try and return 0; or return the seconds that are left to wait, and count nothing.

    It counts before the password is checked, or many tries at once would count as one. The caller commits either way
    and then raises what `must_wait` makes of the seconds.
    """
    now = timestamps.now()
    forgotten = timestamps.ago(minutes=LIMITS.tries_forgotten_minutes)
    session.execute(delete(WrongTries).where(WrongTries.last_at < forgotten, WrongTries.wait_until <= now))
    is_new = session.get(WrongTries, counters.own.key) is None
    rows = [(counter, _row(session, counter, now)) for counter in counters.all()]
    waits = {counter: wait_s(row.count, counter) for counter, row in rows}
    own = rows[0][1]
    if is_new and counters.name and waits[counters.name]:
        own.wait_until = _later(now, waits[counters.name])  # its turn comes then, whatever others try meanwhile
    left_s = max(_left_s(row.wait_until, now) for _, row in rows)
    if left_s:
        return left_s
    for counter, row in rows:
        row.count += 1
        row.last_at = now
        if counter is not counters.name:
            row.wait_until = _later(now, wait_s(row.count, counter))
    if counters.name:
        own.wait_until = max(own.wait_until, _later(now, wait_s(rows[-1][1].count, counters.name)))
    return 0


def must_wait(seconds: int) -> None:
    if seconds:
        raise Problem("too_many_tries", retry_after_s=seconds)


def forgive(session: Session, counters: Counters) -> None:
    """The right password was given: this place starts afresh; the others only get their try back."""
    now = timestamps.now()
    for counter in counters.all():
        row = session.get(WrongTries, counter.key, with_for_update=True)
        if row is None:
            continue
        row.count -= 1
        row.wait_until = now  # it was admitted, so nothing was waited for
        if counter is counters.own or row.count <= 0:
            session.delete(row)


def wait_s(count: int, counter: Counter) -> int:
    """How long the next try waits after so many."""
    beyond = count - counter.free
    if beyond < 0:
        return 0
    return min(LIMITS.try_wait_s << min(beyond, 20), counter.wait_max_s)


def _row(session: Session, counter: Counter, now: str) -> WrongTries:
    row = session.get(WrongTries, counter.key, with_for_update=True)
    if row is None:
        row = WrongTries(key=counter.key, count=0, last_at=now, wait_until=now)
        session.add(row)
    return row


def _later(now: str, seconds: int) -> str:
    return timestamps.text(timestamps.moment(now) + timedelta(seconds=seconds))


def _left_s(until: str, now: str) -> int:
    return max(0, int((timestamps.moment(until) - timestamps.moment(now)).total_seconds()))


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
