"""A record that would grow without end: what is refused then, and that nobody is kept from settling it (W16)."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server.config import LIMITS
from server.core.database import writing
from server.core.models import Record, db
from server.sync import review_queue
from tests.cast import Cast
from tests.sync.device import Device


def test_w16_ids_that_never_arrive_do_not_pile_up(aino: Device) -> None:
    """[W16] [M2] 150 changes of one record that have each seen 500 unknown ids; a good one after them is taken."""
    aino.ask(aino.change("n1", {"text": "first"}))
    hostile = [
        aino.change("n1", {"text": f"x{number}"}, seen={"text": [f"{number}-{each}" for each in range(500)]})
        for number in range(150)
    ]
    verdicts = aino.ask(*hostile, aino.change("n2", {"text": "fine"}), more_follow=True)["verdicts"]
    assert [verdict["verdict"] for verdict in verdicts] == ["conflict"] * 2 + ["refused"] * 148 + ["applied"]
    assert {verdict["problem"]["code"] for verdict in verdicts[2:-1]} == {"record_full"}
    assert aino.verdicts(*hostile[:3]) == ["duplicate", "duplicate", "refused"]
    awaited = db.session.scalars(select(Record.awaited).where(Record.id == "n1")).one()
    assert awaited is not None
    assert len(json.loads(awaited)["text"]) == LIMITS.record_awaited_max


@pytest.mark.parametrize("paths", ["one", "many"])
def test_w16_values_that_nobody_replaces_do_not_pile_up(aino: Device, paths: str) -> None:
    """[W16] At one path and at many of a kind that the server does not know; whoever settles them is never refused."""

    def path(number: int) -> str:
        return "text" if paths == "one" else f"a{number}"

    seen: list[str] = []
    said: list[dict[str, Any]] = []
    for start in range(0, LIMITS.record_versions_max + 100, 700):
        changes = [aino.change("n1", {path(number): number}, kind="later") for number in range(start, start + 700)]
        said += aino.ask(*changes, more_follow=True)["verdicts"]
        seen += [change["id"] for change in changes]
    taken = [verdict["verdict"] != "refused" for verdict in said]
    assert taken == [True] * LIMITS.record_versions_max + [False] * (len(said) - LIMITS.record_versions_max)
    assert said[-1]["problem"] == {"code": "record_full"}
    named = {path(0): seen[:500] if paths == "one" else seen[:1]}
    settled = aino.change("n1", {path(0): "settled"}, kind="later", seen=named)
    assert aino.verdicts(settled) == ["conflict" if paths == "one" else "applied"]


def test_w16_long_values_that_nobody_replaces_do_not_pile_up(aino: Device) -> None:
    """[W16] Bytes are counted, too; what replaces another text is no growth."""
    long = "x" * 19_000
    said = [aino.verdicts(*(aino.change("n1", {"text": f"{n}{m}{long}"}) for m in range(40))) for n in range(4)]
    verdicts = [verdict for batch in said for verdict in batch]
    most = LIMITS.record_bytes_max // 19_000
    assert most - 2 < verdicts.index("refused") <= most
    aino.sync()
    shown = aino.records["n1"]["fields"]["text"][0][1]
    replacing = aino.edit("n1", {"text": f"instead of {shown}"})
    assert aino.verdicts(replacing) == ["conflict"]


def test_w16_s7_what_is_full_can_be_handed_over(aino: Device, cast: Cast, office: Flask) -> None:
    """[W16] [S7] Held with its problem; released, it goes on waiting while there is no room."""
    ids = [f"never-{each}" for each in range(500)]
    full = [aino.change("n1", {"text": f"x{n}"}, seen={"text": [f"{n}{each}" for each in ids]}) for n in range(4)]
    verdicts = aino.ask(*full, more_follow=True, escalated=[change["id"] for change in full])["verdicts"]
    assert [verdict["verdict"] for verdict in verdicts] == ["applied", "conflict", "in_review", "in_review"]
    assert verdicts[2]["problem"] == {"code": "record_full"}
    with office.app_context(), writing() as transaction:
        released = review_queue.release(transaction, cast.mikko.actor, full[2]["id"])
    assert released["problem"] == {"code": "record_full"}
    assert aino.verdicts(full[2]) == ["in_review"]
