"""Chance that can be repeated: the same seed and name give the same draws, and ids made of them."""

import random
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from server.rules.dates import FINLAND

SEED = "ovikello-demo-1"
MINUTE_MS = 60_000


def draws(*name: object) -> random.Random:
    """A generator of its own for each name, so that one more client does not change the others."""
    return random.Random("/".join(map(str, (SEED, *name))))


def uuid7(at_ms: int, rng: random.Random) -> str:
    """A UUIDv7 of a past moment: the libraries make them only of now."""
    head = (at_ms & (2**48 - 1)) << 80 | 7 << 76 | rng.getrandbits(12) << 64
    return str(UUID(int=head | 2 << 62 | rng.getrandbits(62)))


def at_clock(day: date, clock: str) -> int:
    """Milliseconds since 1970 of `8.15` on that day in Helsinki."""
    hour, minute = map(int, clock.split("."))
    return to_ms(datetime.combine(day, time(hour, minute), FINLAND))


def to_ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def helsinki(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, FINLAND)


def instant(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_instant(text: str) -> int:
    return to_ms(datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC))


def span(start_ms: int, minutes: int) -> dict[str, str]:
    """A plan's or a visit's start and end, which are one value (M6)."""
    end = instant(start_ms + minutes * MINUTE_MS)
    return {"start": instant(start_ms), "end": end, "zone": FINLAND.key}


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
