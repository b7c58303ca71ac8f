"""Logs of an organisation as hash chains (L2, L7): what was noted cannot be edited, removed or cut off unnoticed.

    sealed = SHA-256(salt ‖ content)        hash = SHA-256(previous hash ‖ sealed)

Content and salt may be erased by law: `sealed` stays, tells nothing without the salt, and the chain holds.

Rows wait until their transaction commits and get their place last, so that whoever notes something makes others wait as
briefly as can be, and two never wait for each other.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

import orjson
from sqlalchemy import Connection, bindparam, event, select, text, update
from sqlalchemy.orm import Session as Transaction

from server.core import bulk
from server.core.models import AuditEvent, ChainHead, SecurityEvent, db

SALT_BYTES = 16

#: what the hash of a row stands for
CONTENT: Mapping[type[AuditEvent | SecurityEvent], Sequence[str]] = {
    AuditEvent: ("id", "org", "at", "actor", "event", "detail"),
    SecurityEvent: ("id", "org", "event", "first_at", "last_at", "count", "account", "about", "place", "detail"),
}
Log = type[AuditEvent | SecurityEvent]
Row = dict[str, object]
WAITING = "chain: rows of this transaction"


class Break(NamedTuple):
    """Where a chain does not hold: `edited`, `removed` or `cut_off`, and at which place."""

    what: str
    at: int


class Link(NamedTuple):
    """A row that has its place."""

    chain_index: int
    salt: str
    sealed: str
    hash: str


def enter(transaction: Transaction, log: Log, row: Mapping[str, object]) -> None:
    """A row of a log, written when the transaction commits."""
    transaction.info.setdefault(WAITING, []).append((log, dict(row)))


def waiting(transaction: Transaction, log: Log) -> list[Row]:
    return [row for its_log, row in transaction.info.get(WAITING, ()) if its_log is log]


@event.listens_for(db.session, "before_commit")
def _write(transaction: Transaction) -> None:
    entered: list[tuple[Log, Row]] = transaction.info.pop(WAITING, [])
    if entered:
        transaction.flush()
    for name, org in sorted({(log.__tablename__, str(row["org"])) for log, row in entered}):
        rows = [row for log, row in entered if (log.__tablename__, row["org"]) == (name, org)]
        log = next(log for log, _ in entered if log.__tablename__ == name)
        links = linked(transaction.connection(), log, org, rows)
        chained = [row | link._asdict() for row, link in zip(rows, links, strict=True)]
        bulk.insert(transaction.connection(), log, chained)


@event.listens_for(db.session, "after_rollback")
def _forget(transaction: Transaction) -> None:
    transaction.info.pop(WAITING, None)


def linked(connection: Connection, log: Log, org: str, rows: Iterable[Mapping[str, object]]) -> list[Link]:
    """The next links of a log for these rows, in order. It stays locked until the transaction ends: come here last."""
    length, head = lock(connection, log, org)
    links = []
    for row in rows:
        salt = secrets.token_hex(SALT_BYTES)
        sealed = sealed_of(log, salt, row)
        head = hash_of(head, sealed)
        links.append(Link(length, salt, sealed, head))
        length += 1
    grown = update(ChainHead).where(ChainHead.org == org, ChainHead.log == log.__tablename__)
    connection.execute(grown.values(length=length, head=head))
    return links


def sealed_of(log: Log, salt: str, row: Mapping[str, object]) -> str:
    content = orjson.dumps([row[name] for name in CONTENT[log]])
    return sha256(salt.encode() + b"\n" + content).hexdigest()


def hash_of(previous: str, sealed: str) -> str:
    return sha256(bytes.fromhex(previous) + bytes.fromhex(sealed)).hexdigest()


def breaks(connection: Connection, log: Log, org: str) -> list[Break]:
    """Every place where a log does not hold."""
    found: list[Break] = []
    length, previous = 0, ""
    names = (*CONTENT[log], "chain_index", "salt", "sealed", "hash")
    wanted = select(*(getattr(log, name) for name in names)).where(log.org == org, log.chain_index.is_not(None))
    for found_row in connection.execute(wanted.order_by(log.chain_index)):
        row = found_row._asdict()
        if row["chain_index"] != length:
            found.append(Break("removed", length))
        elif row["hash"] != hash_of(previous, row["sealed"]) or not _says_what_was_sealed(log, row):
            found.append(Break("edited", length))
        previous, length = row["hash"], row["chain_index"] + 1
    end = head_of(connection, log, org)
    if length < end[0]:
        found.append(Break("cut_off", length))
    elif (length, previous) != end and not found:
        found.append(Break("edited", max(length - 1, 0)))
    return found


def head_of(connection: Connection, log: Log, org: str) -> tuple[int, str]:
    """How long a log is, and the hash of its last row."""
    row = connection.execute(_HEAD, {"org": org, "log": log.__tablename__}).first()
    return (row.length, row.head) if row else (0, "")


def _says_what_was_sealed(log: Log, row: Mapping[str, object]) -> bool:
    """An erased row says nothing any more."""
    salt = row["salt"]
    return salt is None or row["sealed"] == sealed_of(log, str(salt), row)


def lock(connection: Connection, log: Log, org: str) -> tuple[int, str]:
    """Its length and last hash; nobody else adds to it until the transaction ends."""
    given = {"org": org, "log": log.__tablename__}
    row = connection.execute(_LOCKED, given).first()
    if row is None:
        connection.execute(_NEW, given)
        row = connection.execute(_LOCKED, given).one()
    return row.length, row.head


_HEAD = select(ChainHead.length, ChainHead.head).where(
    ChainHead.org == bindparam("org"), ChainHead.log == bindparam("log")
)
_LOCKED = _HEAD.with_for_update()
_NEW = text("INSERT INTO chain_head (org, log, length, head) VALUES (:org, :log, 0, '') ON CONFLICT DO NOTHING")
