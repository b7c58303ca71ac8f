"""What a record does not say although its kind asks for it: noted by the server, which refuses nothing for it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server.core.database import writing
from server.core.models import CaseFile, UnmetRule
from tests.cast import Cast
from tests.reminding import CASE, Clock, Entries, open_case

Write = Callable[..., None]


@pytest.fixture
def write(app: Flask, cast: Cast) -> Write:
    open_case(app, cast.aino)
    entries = Entries(app, Clock("2026-11-25T14:00"))

    def written(record: str, kind: str, **values: Any) -> None:
        answer = entries(cast.aino, record, values, kind)
        assert answer is not None

    return written


def noted(app: Flask) -> dict[str, list[str]]:
    with app.app_context(), writing() as connection:
        rows = connection.execute(select(UnmetRule.record, UnmetRule.rules)).all()
    return {row.record: json.loads(row.rules) for row in rows}


def digests(app: Flask) -> Any:
    with app.app_context(), writing() as connection:
        return connection.execute(select(CaseFile.digests, CaseFile.last_seq).where(CaseFile.id == CASE)).one()


def test_g9_what_is_missing_is_noted_until_it_is_there(app: Flask, write: Write) -> None:
    """[G9] Applied all the same; the note goes with what it lacked, and with the record."""
    write("r-1", "rent", amount_cents=51_240)
    assert noted(app)["r-1"][:2] == ["month", "due_on"]
    write("r-1", "rent", month="2026-11-01", due_on="2026-11-02", status="paid")
    assert "r-1" not in noted(app)
    write("r-2", "rent", amount_cents=1)
    write("r-2", "rent", removed={"saw": []})
    assert "r-2" not in noted(app)


def test_g9_a_stage_asks_for_its_own(app: Flask, write: Write) -> None:
    """[G9] By the stage as it is shown."""
    write("a-1", "application", status="viewing_arranged")
    assert noted(app) == {"a-1": ["viewing_at"]}
    write("a-1", "application", status="rejected")
    assert noted(app) == {}


def test_g9_what_another_record_decides_is_asked_again_with_it(app: Flask, write: Write) -> None:
    """[G9] The note of a stay goes when its agency account is there, and comes back when that is removed."""
    write("s-1", "stay", stay_kind="sublet", start="2026-11-01", why_last_resort="Muuta ei ollut")
    assert noted(app) == {"s-1": ["account"]}
    before = digests(app)
    write("account-1", "agency_account", status="active")
    assert "s-1" not in noted(app)
    write("account-1", "agency_account", removed={"saw": []})
    assert noted(app) == {"s-1": ["account"]}
    assert digests(app) != before


def test_g9_a_kind_that_asks_for_nothing(app: Flask, write: Write) -> None:
    """[G9] Nothing is looked up for it."""
    write("n-1", "note", text="Hei")
    assert noted(app) == {}
