"""What a seed means: how long a schedule is, how bad the network, and how often each thing happens."""

import random
from dataclasses import dataclass

#: how often each thing happens, in parts; a schedule makes each fault rarer, commoner or absent
DEEDS = {"write": 30, "open_form": 8, "save_form": 8, "settle": 5, "remove": 2, "sync": 34}
FAULTS = {
    "give_up": 4,
    "serve_twice": 4,
    "poison": 2,
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
