"""Schedules and scenes that once failed, by name."""

from typing import Any

from flask import Flask

from tests.storm.storm import Options, Storm
from tests.storm.world import World


def test_p5_acknowledged_between_two_batches_and_a_swapped_database(storm_app: Flask) -> None:
    """[P5] [D3] A first batch is acknowledged, the database is swapped behind everybody's back, and
    the last batch still carries a cursor from before: the mark tells nothing. The digests do, and
    the phone offers again what it was told was safe."""
    storm = Storm(Options.of(0), World(storm_app))
    storm._first_records()
    mikko = storm.phones[4]
    storm._backup()
    form = mikko.open_form(*min(r for r in mikko.known_records() if r[1] == "case"))
    for text in ("first", "second"):
        storm._save(mikko, form, {"safety_note": text})
    first = mikko.request(batch=1)
    assert first["rest"]
    storm._take(mikko, first, storm._ask(mikko, first))
    assert storm._swap() is not None
    last = mikko.request(batch=1)
    reply: dict[str, Any] = storm._ask(mikko, last)
    assert "reset" not in reply, "the cursor of before the backup is good on both sides"
    storm._take(mikko, last, reply)
    storm._calm_down()
    storm._check()
