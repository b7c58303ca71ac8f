"""What the log says: history of a record (L4) or case file (L6), whether its chain holds (L2), the state again (L1)."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypedDict

import orjson
from sqlalchemy import ColumnElement, Connection, select

from server.config import LIMITS
from server.core.actor import Actor
from server.core.models import CaseFile, Change
from server.core.problems import Problem
from server.kinds.base import FILE
from server.rules import merge
from server.rules.clock import parse, rank
from server.sync import scope, visibility
from server.sync.log import CHAINED, chain_hash


class HistoryEntry(TypedDict):
    change: str
    at: str
    received: str
    author: str
    set: dict[str, object]
    seen: dict[str, list[str]]


class HistoryPage(TypedDict):
    entries: list[HistoryEntry]
    next: int | None


class FileHistoryEntry(TypedDict):
    change: str
    record: str
    at_ms: int
    received_ms: int
    author: str
    set: dict[str, object]


class FileHistoryPage(TypedDict):
    entries: list[FileHistoryEntry]
    last: int
    next: int | None


class LoggedRow(NamedTuple):
    """A change as its history tells it."""

    id: str
    record: str
    at: str
    received: str
    author: str
    content: str
    chain_index: int


class ChainedRow(NamedTuple):
    """A row of the log with all that its hash covers, in the order of `CHAINED`."""

    id: str
    case: str
    record: str
    kind: str
    author: str
    device: str
    at: str
    received: str
    content: str
    salt: str
    hash: str
    chain_index: int


def history(connection: Connection, actor: Actor, case: str, record: str, after: int = -1) -> HistoryPage:
    """`{entries: [{change, at, received, author, set, seen}…], next}`, oldest first.

    `next` is the `after` of the next page, null on the last. `not_found` without access.
    """
    rows, following = _page(connection, actor, case, after, Change.record == record)
    entries: list[HistoryEntry] = [
        {
            "change": row.id,
            "at": row.at,
            "received": row.received,
            "author": row.author,
            "set": (content := orjson.loads(row.content))["set"],
            "seen": content["seen"],
        }
        for row in rows
    ]
    return {"entries": entries, "next": following}


def file_history(connection: Connection, actor: Actor, case: str, after: int = -1) -> FileHistoryPage:
    """`{entries: [{change, record, at_ms, received_ms, author, set}…], last, next}` of a whole case file (L6).

    As above; without `seen` and the clocks' nodes, since nobody looks at them and they are most of
    the bytes. `last` is the `after` from which later entries follow.
    """
    rows, following = _page(connection, actor, case, after)
    entries: list[FileHistoryEntry] = [
        {
            "change": row.id,
            "record": row.record,
            "at_ms": parse(row.at).time_ms,
            "received_ms": parse(row.received).time_ms,
            "author": row.author,
            "set": orjson.loads(row.content)["set"],
        }
        for row in rows
    ]
    return {"entries": entries, "last": rows[-1].chain_index if rows else after, "next": following}


def _page(
    connection: Connection, actor: Actor, case: str, after: int, *where: ColumnElement[bool]
) -> tuple[Sequence[LoggedRow], int | None]:
    """A page of a case file's log, and the `after` of the next; `not_found` without access (D4 too)."""
    if case not in scope.readable(connection, actor, [case]):
        raise Problem("not_found")
    page_max = LIMITS.history_page_entries_max
    wanted = (
        select(Change)
        .with_only_columns(
            Change.id,
            Change.record,
            Change.at,
            Change.received,
            Change.author,
            Change.content,
            Change.chain_index,
        )
        .where(Change.org == actor.org, Change.case == case, *where)
        .where(Change.chain_index > after, *_of_readable_kinds(actor, case))
        .order_by(Change.chain_index)
        .limit(page_max + 1)
    )
    rows = [LoggedRow._make(row) for row in connection.execute(wanted)]
    return rows[:page_max], rows[page_max - 1].chain_index if len(rows) > page_max else None


def _of_readable_kinds(actor: Actor, case: str) -> list[ColumnElement[bool]]:
    """D4. Kinds of newer clients go with the file."""
    if visibility.reads_all(actor):
        return []
    if case == actor.org or FILE in visibility.classes(actor):
        return [Change.kind.not_in(visibility.hidden_kinds(actor))]
    return [Change.kind.in_(visibility.readable_kinds(actor))]


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
    entries: dict[str, list[merge.LogEntry]] = {}
    for row in _rows(connection, org, case):
        entries.setdefault(row.record, []).append(_entry(row))
    return {record: merge.replay(each) for record, each in entries.items()}


def head_at(connection: Connection, org: str, case: str, length: int) -> str | None:
    """The hash with which a case file's log ended when it was so long; None where it never was."""
    row = select(Change.hash).where(Change.org == org, Change.case == case, Change.chain_index == length - 1)
    return connection.scalar(row)


def state_at(connection: Connection, org: str, case: str, length: int) -> dict[str, tuple[str, merge.State]]:
    """Kind and state of every record of a case file, from the first `length` rows of its log."""
    kinds: dict[str, str] = {}
    entries: dict[str, list[merge.LogEntry]] = {}
    for row in _rows(connection, org, case):
        if row.chain_index < length:
            kinds[row.record] = row.kind
            entries.setdefault(row.record, []).append(_entry(row))
    return {record: (kinds[record], merge.replay(each)) for record, each in entries.items()}


def _entry(row: ChainedRow) -> merge.LogEntry:
    content = orjson.loads(row.content)
    change: merge.ChangeData = {"id": row.id, "set": content["set"], "seen": content["seen"]}
    return {"change": change, "rank": rank(row.at, row.received), "author": row.author}


def _rows(connection: Connection, org: str, case: str) -> Iterator[ChainedRow]:
    wanted = select(Change).with_only_columns(
        *(getattr(Change, name) for name in (*CHAINED, "salt", "hash", "chain_index"))
    )
    in_file = wanted.where(Change.org == org, Change.case == case)
    return map(ChainedRow._make, connection.execute(in_file.order_by(Change.chain_index)))
