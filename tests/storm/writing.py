"""What people of the storm write: good values, values that can never be taken, and newer kinds."""

import random
from typing import Any

AREAS = ("home_care", "wellbeing", "errands_network")
STATUSES = ("agreed", "in_progress", "reached", "paused")
#: `lantern` is a kind of a newer client: it is kept as it came (W11)
KINDS = ("goal", "goal", "visit", "note", "checklist", "lantern")
RECORDS = 40


def a_new_record(seed: int, cases: list[str], rng: random.Random) -> tuple[str, str, str]:
    """`(record, kind, case)` out of a few, so that two phones now and then make the same one."""
    number = rng.randrange(RECORDS)
    return f"record-{seed}-{number}", KINDS[number % len(KINDS)], cases[number % len(cases)]


def some_values(kind: str, rng: random.Random) -> dict[str, Any]:
    """One to three paths of a kind, and now and then a field that only newer clients know."""
    number = rng.randrange(100)
    choices: dict[str, dict[str, Any]] = {
        "case": {"phone": f"040 000 {number:04}", "safety": ["dog"], "client_name": "Matti V."},
        "goal": {
            "title": f"Tavoite {number % 5}",
            "status": rng.choice(STATUSES),
            "area": rng.choice(AREAS),
            f"steps/step{number % 3}": {"text": f"Askel {number}", "order": number % 3},
            "client_words": f"Ääkkösiä ja 🏠 {number}",
        },
        "visit": {
            "note": f"Käynti {number}",
            "minutes/travel": number,
            "outcome": {"code": "done", "reason": str(number)},
            "areas": [rng.choice(AREAS)],
        },
        "note": {"text": f"Huomio {number}", "areas": [rng.choice(AREAS)]},
        "checklist": {
            f"ticks/strong.item{number % 4}": {"done": number % 2 == 0, "on": "2026-01-05"},
        },
        "lantern": {"glow": number, "colours/red": {"deep": [1, True, None]}},
    }
    values = choices.get(kind, {}) | {"newer_field": number % 3}
    paths = rng.sample(sorted(values), min(len(values), rng.choice((1, 1, 2, 3))))
    return {path: values[path] for path in paths}


#: what stands in lists where an id should, out of addresses and damaged stores
NO_IDS = ("case-a.", "case-a,", "CASE-A", "case a", "../case-a", "case-ä", "", "x" * 65)


def poisoned(rng: random.Random) -> dict[str, Any]:
    """What turns a good change into one that is refused for good."""
    return rng.choice(
        (
            {"kind": "goal", "set": {"status": "nonsense"}, "seen": {}},
            {"kind": "visit", "set": {"minutes/travel": -5}, "seen": {}},
            {"set": {"title": "x"}, "seen": {"area": ["somebody"]}},
            {"kind": "person", "set": {"name": "Aino"}, "seen": {}},
            {"kind": "note", "set": {"text": "x" * 20_001}, "seen": {}},
            {"set": {}, "seen": {}},
        )
    )
