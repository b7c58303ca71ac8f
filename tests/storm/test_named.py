"""Schedules and scenes that once failed, by name."""

from flask import Flask

from tests.storm.checking import check
from tests.storm.options import Options
from tests.storm.storm import Storm
from tests.storm.world import World


def test_p5_acknowledged_between_two_batches_and_a_swapped_database(storm_app: Flask) -> None:
    """[P5] [W7] A first batch is acknowledged, and the database is swapped behind everybody's back.
    The last batch carries the mark of the first: it gets a reset, and the phone offers all again.
    """
    storm = Storm(Options.of(0), World(storm_app))
    storm._first_records()
    mikko = storm.phones[4]
    storm._backup()
    form = mikko.open_form(*min(r for r in mikko.known_records() if r[1] == "case"))
    for text in ("first", "second"):
        storm._save(mikko, form, {"safety_note": text})
    first = mikko.request(batch=1)
    assert first["more_follow"]
    storm._take(mikko, first, storm._ask(mikko, first))
    assert storm._swap() is not None
    last = mikko.request(batch=1)
    assert storm._ask(mikko, last)["reset"]
    storm._calm_down()
    check(storm.world, storm.phones, storm.ledger)


def test_r7_held_and_purged_by_a_reply_that_was_on_its_way_during_a_restore(storm_app: Flask) -> None:
    """[R7] [L5] Seed 63. The phone erases what the server has just forgotten: that alone is lost."""
    storm = Storm(Options.of(63), World(storm_app))
    storm._first_records()
    aino = storm.phones[0]
    storm._sync_fully(aino)
    storm._backup()
    form = aino.open_form(*min(r for r in aino.known_records() if r[1] == "case"))
    storm.world.revoke("aino", form.case)
    storm._save(aino, form, {"safety_note": "too late"})
    request = aino.request(batch=50)
    reply = storm._ask(aino, request)
    assert [verdict["verdict"] for verdict in reply["verdicts"]] == ["in_review"]
    storm._restore()
    storm._take(aino, request, reply)
    storm._calm_down()
    check(storm.world, storm.phones, storm.ledger)
    assert len(storm.ledger.excused) == 1


def test_p5_held_before_the_database_was_swapped(storm_app: Flask) -> None:
    """[P5] [S4] Seed 30. What is held takes a mark too: a phone hears that an older database has lost it."""
    storm = Storm(Options.of(30), World(storm_app))
    storm._first_records()
    aino = storm.phones[0]
    storm._sync_fully(aino)
    form = aino.open_form(*min(r for r in aino.known_records() if r[1] == "case"))
    storm.world.revoke("aino", form.case)
    storm._backup()
    storm._save(aino, form, {"safety_note": "too late"})
    storm._save(aino, form, {"safety_note": "and later"})
    first = aino.request(batch=1)
    assert first["more_follow"]
    reply = storm._ask(aino, first)
    assert [verdict["verdict"] for verdict in reply["verdicts"]] == ["in_review"]
    storm._take(aino, first, reply)
    assert storm._swap() is not None
    assert storm._ask(aino, aino.request(batch=1))["reset"]
    storm._calm_down()
    check(storm.world, storm.phones, storm.ledger)
