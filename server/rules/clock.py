"""Stamps of a hybrid logical clock (SPEC C): fixed-width ASCII, so that comparing text orders them.

Twin of `pwa/src/rules/clock.ts`. Pure: whoever calls brings the time. A stamp is
`MMMMMMMMMMMMM-CCCC-NNNNNNNNNNNN`: milliseconds since 1970, counter, node.
"""

import re
from typing import NamedTuple

from server.config import LIMITS

#: earlier than every other stamp: where a clock starts
ZERO = "0000000000000-0000-000000000000"

TIME_MAX_MS = 10**13 - 1
COUNTER_MAX = 0xFFFF

_STAMP = re.compile(r"[0-9]{13}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)


class Stamp(NamedTuple):
    time_ms: int
    counter: int
    node: str


def is_stamp(text: object) -> bool:
    """Whether this is a stamp, to the letter (C6)."""
    return isinstance(text, str) and _STAMP.fullmatch(text) is not None


def parse(text: str) -> Stamp:
    """The parts of a stamp. `ValueError` for anything else (C6)."""
    if not is_stamp(text):
        raise ValueError("not a stamp")
    return Stamp(int(text[:13]), int(text[14:18], 16), text[19:])


def write(stamp: Stamp) -> str:
    """The text of a stamp. `ValueError` where its time does not fit into 13 digits (C6)."""
    if not 0 <= stamp.time_ms <= TIME_MAX_MS:
        raise ValueError("the calendar ends at 13 digits")
    return f"{stamp.time_ms:013d}-{stamp.counter:04x}-{stamp.node}"


def tick(last: str, now_ms: int, node: str) -> str:
    """The stamp of a change made now: later than `last` whatever `now_ms` says (C2)."""
    before = parse(last)
    if now_ms > before.time_ms:
        return write(Stamp(now_ms, 0, node))
    if before.counter < COUNTER_MAX:
        return write(Stamp(before.time_ms, before.counter + 1, node))
    return write(Stamp(before.time_ms + 1, 0, node))


def receive(last: str, other: str, now_ms: int, node: str) -> str:
    """The clock after another's stamp was read: later than both, unless `other` runs wild (C3)."""
    wild = parse(other).time_ms > now_ms + LIMITS.clock_drift_max_ms
    return tick(last if wild else max(last, other), now_ms, node)


def rank(at: str, received: str) -> str:
    """What orders a version: a stamp from the future counts as of its receipt (C5)."""
    return min(at, received)
