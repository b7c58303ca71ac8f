"""The work that is measured: realistic visits, always the same ones (about 500 bytes of JSON each)."""

import random
from collections.abc import Iterator
from typing import Any

from server.catalogue import codes_of
from server.rules.clock import Stamp, write

START_MS = 1_672_531_200_000
PROSE = """asiakas kertoi viikostaan siivottiin yhdessä keittiö vuokra maksettu ajallaan sovittiin
seuraava käynti puhelu isännöitsijälle haettiin lääkkeet apteekista kävely kauppaan jääkaappi tyhjä"""
WORDS = PROSE.split()


def note(rng: random.Random) -> str:
    """200 characters of prose."""
    text = ""
    while len(text) < 200:
        text += rng.choice(WORDS) + " "
    return text[:200]


def visits(cases: list[str], count: int, *, first: int) -> Iterator[dict[str, Any]]:
    """New records, one change each, a minute apart, spread over the case files.

    `first` is the number of the first: the same number is the same visit.
    """
    rng = random.Random(first)
    node = f"{rng.getrandbits(48):012x}"
    for number in range(first, first + count):
        at = START_MS + number * 60_000
        day = f"2026-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        yield {
            "id": _id(rng, at),
            "record": _id(rng, at),
            "kind": "visit",
            "case": cases[number % len(cases)],
            "at": write(Stamp(at, 0, node)),
            "set": {
                "visit_kind": rng.choice(codes_of("visit_kind")),
                "mode": rng.choice(codes_of("contact_mode")),
                "place": rng.choice(codes_of("place")),
                "worker": "0193b7c0-0000-7000-8000-000000000001",
                "plan": {"start": f"{day}T08:00:00Z", "end": f"{day}T09:10:00Z"},
                f"minutes/{codes_of('time_entry_kind')[0]}": rng.randint(20, 120),
                "areas": rng.sample(codes_of("guidance_area"), 2),
                "note": note(rng),
            },
            "seen": {},
        }


def _id(rng: random.Random, at: int) -> str:
    """A UUIDv7 of the moment and of chance."""
    chance = f"{rng.getrandbits(74):019x}"
    time = f"{at:012x}"
    return f"{time[:8]}-{time[8:]}-7{chance[:3]}-8{chance[3:6]}-{chance[6:18]}"
