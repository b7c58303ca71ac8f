"""The records that do not say yet what their kind asks for (G9), of the files that a supervisor may read."""

from typing import NamedTuple

import orjson
from sqlalchemy import Connection, tuple_

from server.board.board import supervised, unmet_rows
from server.config import LIMITS
from server.core.actor import Actor
from server.core.models import UnmetRule
from server.core.pages import page_of, parts_of


class UnmetRow(NamedTuple):
    """What one record does not say yet."""

    case: str
    record: str
    kind: str
    rules: str


def unmet_page(connection: Connection, actor: Actor, after: str) -> dict[str, object]:
    """`{records: [{case, record, kind, rules}…], next}`, file by file."""
    supervised(connection, actor)
    order = (UnmetRule.case, UnmetRule.record)
    wanted = unmet_rows(actor).where(tuple_(*order) > tuple_(*parts_of(after, len(order))))
    found = connection.execute(wanted.order_by(*order).limit(LIMITS.list_page_max + 1))
    rows = [UnmetRow._make(row) for row in found]
    page, following = page_of(rows, lambda row: (row.case, row.record))
    records = [
        {"case": row.case, "record": row.record, "kind": row.kind, "rules": orjson.loads(row.rules)} for row in page
    ]
    return {"records": records, "next": following}
