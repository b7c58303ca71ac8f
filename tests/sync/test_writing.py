"""Writers that get in each other's way: they wait, try again a few times, or are told to come later."""

import threading
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from server.config import LIMITS
from server.core.models import Record, db
from server.core.problems import Problem
from server.core.transaction import in_one_transaction
from tests.cast import Cast
from tests.sync.conftest import Phones
from tests.sync.device import Device

only_postgres = pytest.mark.parametrize("template", ["postgres"], indirect=True)
only_sqlite = pytest.mark.parametrize("template", ["sqlite"], indirect=True)


@only_sqlite
def test_p1_a_push_says_at_its_beginning_that_it_writes(aino: Device, liisa: Device) -> None:
    """[P1] Fault 12: on SQLite a read transaction that turns into a write fails at once, ours never is one."""
    with db.engine.connect() as reader:
        reader.execute(text("SELECT count(*) FROM record"))  # its view of the database is this old
        assert aino.verdicts(aino.change("r1", {"text": "x"})) == ["applied"]
        with pytest.raises(OperationalError, match="locked"):
            reader.execute(text("UPDATE organisation SET seq = seq"))
    assert liisa.verdicts(liisa.change("r2", {"text": "y"})) == ["applied"]


@only_postgres
@pytest.mark.parametrize("state", ["40001", "40P01", "23505"])
@pytest.mark.usefixtures("office")
def test_w3_a_collision_is_tried_again_and_then_told(state: str) -> None:
    """[W3] Fault 13: serialisation failure, deadlock, a race for an id: bounded retries, then `try_later`."""
    tries = 0

    def collide(times: int) -> Any:
        def work(transaction: Any) -> str:
            nonlocal tries
            tries += 1
            if tries <= times:
                transaction.execute(text(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{state}'; END $$"))
            return "done"

        return work

    assert in_one_transaction(collide(LIMITS.write_tries_max - 1)) == "done"
    tries = 0
    with pytest.raises(Problem, match="try_later") as caught:
        in_one_transaction(collide(LIMITS.write_tries_max))
    assert (tries, caught.value.status, caught.value.retry_after_s) == (
        LIMITS.write_tries_max,
        503,
        LIMITS.retry_after_s,
    )


@only_postgres
@pytest.mark.usefixtures("office")
def test_w3_another_error_is_not_tried_again() -> None:
    """[W3] Only what another try can mend."""
    tries = 0

    def work(transaction: Any) -> None:
        nonlocal tries
        tries += 1
        transaction.execute(text("SELECT 1 / 0"))

    with pytest.raises(DBAPIError):
        in_one_transaction(work)
    assert tries == 1


def test_p1_pushes_that_cross_each_other_all_land(phone: Phones, cast: Cast) -> None:
    """[P1] Fault 13: eight devices, two case files in either order, the same records: no error, nothing lost."""
    barrier, said = threading.Barrier(8), []

    def push(number: int) -> None:
        device = phone((cast.aino, cast.liisa)[number % 2], f"device-{number}")
        cases = ["north-1", "north-2"] if number % 2 else ["north-2", "north-1"]
        changes = [
            device.change(f"shared-{case}-{n}", {f"field_{number}": n}, kind="newer_kind", case=case)
            for n in range(4)
            for case in cases
        ]
        barrier.wait()
        said.extend(device.verdicts(*changes))

    threads = [threading.Thread(target=push, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == ["applied"] * 64
    reader = phone(cast.mikko)
    reader.sync()
    for case in ("north-1", "north-2"):
        for n in range(4):
            assert reader.values(f"shared-{case}-{n}") == {f"field_{number}": [n] for number in range(8)}


@only_postgres
def test_p2_an_unrelated_transaction_left_open_stalls_nobody(aino: Device, liisa: Device) -> None:
    """[P2] Fault 41: the feed does not wait for the oldest transaction."""
    liisa.sync()
    with db.engine.connect() as idle:
        idle.execute(text("SELECT txid_current()"))
        aino.ask(aino.change("r1", {"text": "x"}))
        assert [record["id"] for record in liisa.ask()["records"]] == ["r1"]


@pytest.mark.usefixtures("short_database_waits")
@only_postgres
def test_p1_a_lock_that_is_not_given_back_ends_in_a_refusal(aino: Device, cast: Cast) -> None:
    """[P1] Fault 14: the wait is bounded; nothing is applied, and the entry may come again."""
    change = aino.change("r1", {"text": "x"})
    with db.engine.connect() as other:
        other.execute(text("SELECT id FROM case_file WHERE id = 'north-1' FOR UPDATE"))
        db.session.remove()
        with pytest.raises(OperationalError, match="lock timeout"):
            aino.ask(change)
    db.session.rollback()
    assert db.session.get(Record, ("r1", cast.aino.org)) is None
    assert aino.verdicts(change) == ["applied"]
