"""A request costs what it brings, not what lies in the database: every statement follows an index."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Select, create_engine
from sqlalchemy.dialects import postgresql

from server.core.models import Base
from server.sync import log, pull_queries, record_queries, scope

LARGE = ("record", "change", "case_file", "held_change", "reading", "access", "access_event", "mark")
ENGINE = create_engine("sqlite://")
Base.metadata.create_all(ENGINE)


def statements() -> Iterator[Any]:
    """Those that are built once and asked by every request."""
    for module in (log, record_queries, pull_queries, scope):
        for name, found in vars(module).items():
            if isinstance(found, Select) and not name.startswith(("_ROWS", "_OWN")):
                yield pytest.param(found, id=f"{module.__name__.rsplit('.', 1)[1]}.{name}")


@pytest.mark.parametrize("statement", list(statements()))
def test_p3_no_statement_reads_a_whole_table(statement: Select[Any]) -> None:
    """[P3] On SQLite, which plans without statistics; nor all that one organisation has."""
    compiled = statement.compile(dialect=ENGINE.dialect)
    given = tuple(0 for _ in compiled.positiontup or ())
    with ENGINE.connect() as connection:
        plan = [str(row[-1]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", given)]
    steps = [step for step in plan if re.search(rf"\b({'|'.join(LARGE)})\b", step)]
    assert steps
    for step in steps:
        assert step.startswith("SEARCH"), plan
        assert "(org=?)" not in step, plan


def test_p3_a_list_is_one_parameter_that_finds_its_index() -> None:
    """[P3] A Boolean function would become `… = 1` on SQLite, and a sub-select a join on PostgreSQL."""
    assert re.search(r"IN \(SELECT value FROM json_each\(\?\)\)$", str(log._ARRIVED.compile(ENGINE)))
    found = str(log._ARRIVED.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]  # SQLAlchemy's
    assert re.search(r"= ANY \(ARRAY \(SELECT json_array_elements_text", found)
