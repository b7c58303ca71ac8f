"""Changes and records in the database: the log, the state that follows from it, and their order.

Further SQL on them stands in the modules that ARCHITECTURE's table names, and nowhere else. Functions work on a
connection of the caller's transaction; `org` is always the organisation, from the session.

The log of a case file is a hash chain (L2): `hash = SHA-256(previous hash ‖ SHA-256(salt ‖ content))`.
The salt keeps a hash from telling what a short content was. A file that is erased by law loses its log with it (A13).
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Literal, NamedTuple, TypedDict

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute

from server.config import LIMITS
from server.core import bulk, timestamps
from server.core.bulk import among, listed
from server.core.models import CaseFile, Change, LineageToken, Organisation, Reading, Record, ReviewItem


class ChangeRow(NamedTuple):
    """An applied change, as the log has it."""

    id: str
    record: str
    kind: str
    case: str
    at: str
    content: str
    author: str
    seq: int


class ReviewRow(NamedTuple):
    """A change that waits, or waited, for the supervisor."""

    id: str
    author: str
    change: str
    problem: str | None


class RecordRow(NamedTuple):
    """A record as it is stored."""

    id: str
    case: str
    kind: str
    seq: int
    body: str
    awaited: str | None


class LogRow(TypedDict):
    """A row of the log as it is written; `seq` and `hash` follow."""

    org: str
    id: str
    case: str
    record: str
    kind: str
    author: str
    device: str
    at: str
    received: str
    content: str
    chain_index: int
    salt: str
    hash: str
    seq: int


class RecordValues(TypedDict):
    org: str
    id: str
    case: str
    kind: str
    seq: int
    due: str | None
    body: str
    awaited: str | None


class FileValues(TypedDict):
    """What a case file remembers of its last change."""

    last_seq: int
    chain_length: int
    chain_head: str
    digests: str


class ReviewValues(TypedDict):
    org: str
    id: str
    case: str
    author: str
    device: str
    received: str
    change: str
    problem: str | None


class ReadingValues(TypedDict):
    id: str
    org: str
    user: str
    device: str
    case: str
    at: str
    received: str


class Head(NamedTuple):
    """Where an organisation stands: the bound of a pull (P2), and what is safe in a backup (P10)."""

    epoch: str
    seq: int
    lineage: str
    backed_up_seq: int


def head(connection: Connection, org: str) -> Head:
    """Read first, in a statement of its own: every seq up to it is committed (P1, P2)."""
    epoch, seq, lineage, durable = connection.execute(_HEAD, {"org": org}).one()
    return Head(epoch, seq, lineage or "", _old_enough(connection, org) if durable is None else durable)


def _old_enough(connection: Connection, org: str) -> int:
    """Without a configured backup, what is 30 days old counts as safe (P10)."""
    at = timestamps.ago(days=LIMITS.durable_default_days)
    return connection.scalar(_OLD_ENOUGH, {"org": org, "at": at}) or 0


def lineage_at(connection: Connection, org: str, seq: int) -> str:
    """The lineage token of the transaction that ended with `seq`; empty where there was none (P5)."""
    return connection.scalar(_LINEAGE_AT, {"org": org, "seq": seq}) or ""


# Every request asks these: building a statement takes longer than running it.
_HEAD = (
    select(Organisation.epoch, Organisation.seq, LineageToken.mark, Organisation.durable_seq)
    .outerjoin(LineageToken, (LineageToken.org == Organisation.id) & (LineageToken.seq == Organisation.seq))
    .where(Organisation.id == bindparam("org"))
)
_OLD_ENOUGH = (
    select(LineageToken.seq)
    .where(LineageToken.org == bindparam("org"), LineageToken.at <= bindparam("at"))
    .order_by(LineageToken.at.desc(), LineageToken.seq.desc())
    .limit(1)
)
_LINEAGE_AT = select(LineageToken.mark).where(
    LineageToken.org == bindparam("org"), LineageToken.seq == bindparam("seq")
)


def take_seqs(connection: Connection, org: str, count: int) -> int:
    """The last of `count` fresh seqs, with its lineage token. As late as can be: others wait from here on (P1)."""
    bump = update(Organisation).where(Organisation.id == org)
    last: int = connection.execute(bump.values(seq=Organisation.seq + count).returning(Organisation.seq)).scalar_one()
    token = {"org": org, "seq": last, "mark": secrets.token_hex(8), "at": timestamps.now()}
    connection.execute(insert(LineageToken), [token])
    return last


Statement = Select[*tuple[object, ...]]


# --- what is there already --------------------------------------------------------------------------------------


def changes(connection: Connection, org: str, ids: Iterable[str]) -> dict[str, ChangeRow]:
    """The applied changes among `ids` (W3), by id."""
    return {row.id: ChangeRow._make(row) for row in _by_id(connection, _CHANGES, org, ids)}


def arrived(connection: Connection, org: str, ids: Iterable[str]) -> set[str]:
    """Those of `ids` whose changes were applied before (M2)."""
    return {row.id for row in _by_id(connection, _ARRIVED, org, ids)}


def review_items(connection: Connection, org: str, ids: Iterable[str]) -> dict[str, ReviewRow]:
    """The changes among `ids` that wait, or waited, for the supervisor (S4, S7), by id."""
    return {row.id: ReviewRow._make(row) for row in _by_id(connection, _HELD, org, ids)}


def held_openings(connection: Connection, org: str, author: str, cases: Iterable[str]) -> set[str]:
    """Those of `cases` that this person began to open, and on which nobody has decided yet (H5)."""
    given = {"org": org, "author": author, "cases": listed(sorted(cases))}
    return set(connection.scalars(_HELD_OPENINGS, given))


def held_waiting(connection: Connection, org: str, author: str) -> int:
    """How many changes of this person wait for the supervisor (S4, S7)."""
    count: int = connection.execute(_HELD_WAITING, {"org": org, "author": author}).scalar_one()
    return count


def records(connection: Connection, org: str, ids: Iterable[str]) -> dict[str, RecordRow]:
    return {row.id: RecordRow._make(row) for row in _by_id(connection, _RECORDS, org, ids)}


def _by_id(
    connection: Connection, wanted: Statement, org: str, ids: Iterable[str]
) -> Sequence[Row[*tuple[object, ...]]]:
    return connection.execute(wanted, {"org": org, "ids": listed(sorted(set(ids)))}).all()


ReadColumn = InstrumentedAttribute[str] | InstrumentedAttribute[str | None] | InstrumentedAttribute[int]


def _among(model: type[Change | ReviewItem | Record | Reading], *columns: ReadColumn) -> Statement:
    return select(*columns).where(model.org == bindparam("org"), among(model.id, bindparam("ids")))


_ARRIVED = _among(Change, Change.id)
_CHANGES = _among(
    Change,
    Change.id,
    Change.record,
    Change.kind,
    Change.case,
    Change.at,
    Change.content,
    Change.author,
    Change.seq,
)
_HELD = _among(ReviewItem, ReviewItem.id, ReviewItem.author, ReviewItem.change, ReviewItem.problem)
_HELD_OPENINGS = select(ReviewItem.case).where(
    ReviewItem.org == bindparam("org"),
    ReviewItem.author == bindparam("author"),
    ReviewItem.problem.contains("opening_not_granted"),
    ReviewItem.decision.is_(None),
    among(ReviewItem.case, bindparam("cases")),
)
_HELD_WAITING = select(func.count()).where(
    ReviewItem.org == bindparam("org"),
    ReviewItem.author == bindparam("author"),
    ReviewItem.decision.is_(None),
)
_RECORDS = _among(Record, Record.id, Record.case, Record.kind, Record.seq, Record.body, Record.awaited)
_READINGS = _among(Reading, Reading.id)


# --- writing ----------------------------------------------------------------------------------------------------


def append(connection: Connection, rows: Sequence[LogRow]) -> None:
    """Add applied changes to the log, chained already (L1)."""
    bulk.insert(connection, Change, rows)


def chain_hash(previous: str, row: Mapping[str, object]) -> str:
    """The hash of a log row upon the one before it (L2). Its place in the feed is not part of it."""
    said = "\n".join(str(row[name]) for name in CHAINED)
    inner = sha256(f"{row['salt']}\n{said}".encode()).digest()
    return sha256(bytes.fromhex(previous) + inner).hexdigest()


CHAINED = ("id", "case", "record", "kind", "author", "device", "at", "received", "content")


def add_records(connection: Connection, rows: Sequence[RecordValues]) -> None:
    bulk.insert(connection, Record, rows)


NEW_IN_A_RECORD: tuple[Literal["seq", "due", "body", "awaited"], ...] = ("seq", "due", "body", "awaited")
NEW_IN_A_FILE: tuple[Literal["last_seq", "chain_length", "chain_head", "digests"], ...] = (
    "last_seq",
    "chain_length",
    "chain_head",
    "digests",
)


def change_records(connection: Connection, rows: Sequence[RecordValues]) -> None:
    if not rows:
        return
    values: dict[str, ColumnElement[object]] = {name: bindparam(f"new_{name}") for name in NEW_IN_A_RECORD}
    row = update(Record).where(Record.org == bindparam("of_org"), Record.id == bindparam("of_id"))
    connection.execute(
        row.values(values),
        [
            {"of_org": new["org"], "of_id": new["id"], **{f"new_{name}": new[name] for name in NEW_IN_A_RECORD}}
            for new in rows
        ],
    )


def keep_files(connection: Connection, org: str, files: Mapping[str, FileValues]) -> None:
    """Store the new last seq, chain head and digests of case files."""
    row = update(CaseFile).where(CaseFile.org == org, CaseFile.id == bindparam("of_id"))
    values: dict[str, ColumnElement[object]] = {name: bindparam(f"new_{name}") for name in NEW_IN_A_FILE}
    connection.execute(
        row.values(values),
        [{"of_id": case, **{f"new_{name}": new[name] for name in NEW_IN_A_FILE}} for case, new in files.items()],
    )


def hold(connection: Connection, rows: Sequence[ReviewValues]) -> None:
    bulk.insert(connection, ReviewItem, rows)


def note_readings(connection: Connection, rows: Sequence[ReadingValues]) -> None:
    """Add readings by their own ids; those that came before are left as they are (L3)."""
    if not rows:
        return
    there = {row.id for row in _by_id(connection, _READINGS, rows[0]["org"], [row["id"] for row in rows])}
    new = {row["id"]: row for row in rows if row["id"] not in there}
    bulk.insert(connection, Reading, list(new.values()))
