"""What the log says: a record's history (L4), whether the chain holds (L2), and the state again (L1)."""

from collections.abc import Iterator
from typing import Any

import orjson
from sqlalchemy import Connection, select

from server.config import LIMITS
from server.models import CaseFile, Change
from server.problems import Problem
from server.sync import merge, scope, visibility
from server.sync.actor import Actor
from server.sync.clock import rank
from server.sync.log import CHAINED, chain_hash


def history(connection: Connection, actor: Actor, case: str, record: str, after: int = -1) -> dict[str, Any]:
    """`{entries: [{change, at, received, author, set, seen}…], next}`, oldest first.

    `next` is the `after` of the next page, null on the last. `not_found` without access.
    """
    if case not in scope.accessible(connection, actor, [case]) and case != actor.org:
        raise Problem("not_found")
    page_max = LIMITS.history_page_entries_max
    wanted = (
        select(Change)
        .with_only_columns(Change.id, Change.at, Change.received, Change.author, Change.content, Change.chain_index)
        .where(Change.org == actor.org, Change.record == record, Change.case == case)
        .where(Change.chain_index > after, Change.kind.not_in(visibility.hidden_kinds(actor)))
        .order_by(Change.chain_index)
        .limit(page_max + 1)
    )
    rows = connection.execute(wanted).all()
    entries = [
        {
            "change": row.id,
            "at": row.at,
            "received": row.received,
            "author": row.author,
            **orjson.loads(row.content),
        }
        for row in rows[:page_max]
    ]
    return {"entries": entries, "next": rows[page_max - 1].chain_index if len(rows) > page_max else None}


def broken_link(connection: Connection, org: str, case: str) -> int | None:
    """The first index at which a case file's chain does not hold; None where it is whole (L2).

    An edited or missing row breaks the link there; a log cut short breaks the one after its end.
    """
    file = connection.execute(
        select(CaseFile.chain_length, CaseFile.chain_head).where(CaseFile.org == org, CaseFile.id == case)
    ).one()
    previous, length = "", 0
    for row in _rows(connection, org, case):
        linked = chain_hash(previous, {name: getattr(row, name) for name in (*CHAINED, "salt")})
        if row.chain_index != length or row.hash != linked:
            return length
        previous, length = row.hash, length + 1
    return None if (length, previous) == (file.chain_length, file.chain_head) else length


def rebuilt(connection: Connection, org: str, case: str) -> dict[str, merge.State]:
    """The state of every record of a case file, from its log alone (L1)."""
    entries: dict[str, list[merge.Entry]] = {}
    for row in _rows(connection, org, case):
        change = {"id": row.id, **orjson.loads(row.content)}
        entry: merge.Entry = {"change": change, "rank": rank(row.at, row.received), "author": row.author}
        entries.setdefault(row.record, []).append(entry)
    return {record: merge.replay(each) for record, each in entries.items()}


def _rows(connection: Connection, org: str, case: str) -> Iterator[Any]:
    wanted = select(Change).with_only_columns(
        *(getattr(Change, name) for name in (*CHAINED, "salt", "hash", "chain_index"))
    )
    in_file = wanted.where(Change.org == org, Change.case == case)
    return iter(connection.execute(in_file.order_by(Change.chain_index)))
