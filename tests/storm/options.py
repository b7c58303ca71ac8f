"""What a seed means: how long a schedule is, how bad the network, and how often each thing happens."""

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from server.config import LIMITS

HANDED_MAX = 2

#: how often each thing happens, in parts; a schedule makes each fault rarer, commoner or absent
DEEDS = {"write": 30, "open_form": 8, "save_form": 8, "settle": 5, "remove": 2, "sync": 34}
FAULTS = {
    "give_up": 4,
    "serve_twice": 4,
    "poison": 2,
    "read": 3,
    "poison_list": 2,
    "forge": 2,
    "restart": 1,
    "grant": 2,
    "revoke": 3,
    "lend": 1,
    "release": 2,
    "backup": 2,
    "restore": 1,
    "swap": 1,
    "keep_profile": 2,
    "roll_back": 1,
    "reopen": 2,
    "skew": 2,
    "hand_over": 4,
    "wipe": 1,
    "open": 2,
    "intake": 3,
    "take_in": 3,
    "team": 2,
    "join": 3,
    "take_apart": 1,
    "decide": 2,
    "crash": 2,
    "look": 3,
}


@dataclass(frozen=True)
class Options:
    """What a seed means. Printed in full when a schedule fails."""

    seed: int
    steps: int
    batch: int
    page_records: int
    #: shares of requests and replies
    lost: float
    late: float
    parts: dict[str, int]

    @classmethod
    def of(cls, seed: int) -> "Options":
        rng = random.Random(seed)
        faults = {name: parts * rng.choice((0, 1, 1, 3)) for name, parts in FAULTS.items()}
        return cls(
            seed=seed,
            steps=rng.randint(60, 160),
            batch=rng.choice((1, 2, 3, 50)),
            page_records=rng.choice((1, 2, 3, 5, 50)),
            lost=rng.choice((0, 0.1, 0.3)),
            late=rng.choice((0, 0.2, 0.5)),
            parts=DEEDS | faults,
        )


@contextmanager
def small_limits(page_records: int) -> Iterator[None]:
    """Pages of so few records that every file needs several, and little room for what is handed over."""
    small = {"page_records_max": page_records, "held_waiting_max": HANDED_MAX}
    before = {name: getattr(LIMITS, name) for name in small}
    _set_limits(small)
    try:
        yield
    finally:
        _set_limits(before)


def _set_limits(limits: Mapping[str, int]) -> None:
    for name, limit in limits.items():
        object.__setattr__(LIMITS, name, limit)
