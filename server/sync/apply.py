"""Changes that may be applied become log, state, digest and order, in the caller's transaction.

Merge and chain first, everything that needs a seq last, so that other writers wait as briefly as
can be (P1). Each touched record gets one seq, however many changes touched it.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import orjson
from sqlalchemy import Connection

from server.config import LIMITS
from server.kinds import KINDS
from server.rules import digest, merge
from server.rules.clock import rank
from server.sync import events, log, visibility
from server.sync.log import FileValues, LogRow, RecordRow, RecordValues
from server.sync.protocol import Incoming
from server.sync.scope import FileRow

SALT_BYTES = 16


class Arrival(NamedTuple):
    """A change that may be applied: who made it, on which device, and its stamp of receipt."""

    change: Incoming
    author: str
    device: str
    received: str


@dataclass(slots=True)
class Touched:
    """A record on its way from one state to the next. `before` is what was held of it, in which class (D4)."""

    id: str
    case: str
    kind: str
    is_new: bool
    before: dict[str, list[merge.Version]]
    class_before: str
    state: merge.State
    #: about as many as its body has by now
    bytes: int = 0
    seq: int = 0
    body: str = ""

    def row(self, org: str) -> RecordValues:
        return {
            "org": org,
            "id": self.id,
            "case": self.case,
            "kind": self.kind,
            "seq": self.seq,
            "due": planned_start(self.kind, self.state),
            "body": self.body,
            "awaited": orjson.dumps(self.state["awaited"]).decode() if self.state["awaited"] else None,
        }


@dataclass(frozen=True, slots=True)
class ApplyResult:
    """The touched records by id, the changes beside which another value stands (W2), and those not applied, since
    their record is full (W16)."""

    records: dict[str, Touched] = field(default_factory=dict)
    differing: set[str] = field(default_factory=set)
    full: set[str] = field(default_factory=set)


def apply_all(
    connection: Connection,
    org: str,
    files: Mapping[str, FileRow],
    stored: Mapping[str, RecordRow],
    arrivals: Sequence[Arrival],
) -> ApplyResult:
    """Apply arrivals in their order. `files` are their locked case files, `stored` their records' rows.

    None of them was applied before, and each belongs where it claims to.
    """
    if not arrivals:
        return ApplyResult()
    outcome = _merged(connection, org, stored, arrivals)
    arrivals = [arrival for arrival in arrivals if arrival.change.id not in outcome.full]
    if not arrivals:
        return outcome
    touched = outcome.records.values()
    rows = _chained(org, files, arrivals)
    digests = _digests(files, touched)
    for record in touched:
        named = {"id": record.id, "kind": record.kind, "case": record.case}
        packed = visibility.marked(record.kind) | named | merge.pack(record.state)
        record.body = orjson.dumps(packed).decode()
    last = log.take_seqs(connection, org, len(touched))
    for seq, record in enumerate(touched, last - len(touched) + 1):
        record.seq = seq
    for row in rows:
        row["seq"] = outcome.records[row["record"]].seq
    log.append(connection, rows)
    log.add_records(connection, [record.row(org) for record in touched if record.is_new])
    log.change_records(connection, [record.row(org) for record in touched if not record.is_new])
    log.keep_files(connection, org, _file_values(rows, digests))
    events.records_applied(connection, org, touched, arrivals[-1].received)
    return outcome


def planned_start(kind: str, state: merge.State) -> str | None:
    """The moment that puts a record among those of the coming days (P8)."""
    declared = KINDS.get(kind)
    versions = state["fields"].get(declared.planned_at, []) if declared and declared.planned_at else []
    match versions:
        case [(_, _, _, {"start": str(start)}), *_]:
            return start
    return None


def _merged(
    connection: Connection, org: str, stored: Mapping[str, RecordRow], arrivals: Sequence[Arrival]
) -> ApplyResult:
    outcome = ApplyResult()
    for arrival in arrivals:
        change = arrival.change
        if change.record not in outcome.records:
            outcome.records[change.record] = _before(change, stored.get(change.record))
    arrived = _arrived(connection, org, outcome.records, arrivals)
    for arrival in arrivals:
        change = arrival.change
        record = outcome.records[change.record]
        ranked = rank(change.at, arrival.received)
        state = merge.apply(record.state, change.as_json(), ranked, arrival.author, arrived)
        if not _has_room(record, state, change):
            outcome.full.add(change.id)
            continue
        record.state = state
        arrived.add(change.id)
        if any(merge.differs(record.state["fields"].get(path, ())) for path in change.set):
            outcome.differing.add(change.id)
    applied = {arrival.change.record for arrival in arrivals if arrival.change.id not in outcome.full}
    for record_id in outcome.records.keys() - applied:
        del outcome.records[record_id]
    return outcome


def _has_room(record: Touched, state: merge.State, change: Incoming) -> bool:
    """Whether a record may become this (W16). What replaces as much as it adds always may."""
    if not (record.state["fields"] or state["awaited"]):  # its first change, which is smaller than a record may be
        record.bytes += len(change.content)
        return True
    versions, before = (sum(map(len, each["fields"].values())) for each in (state, record.state))
    awaited, waiting = (sum(map(len, each["awaited"].values())) for each in (state, record.state))
    if versions > before:
        record.bytes += len(change.content)
        if versions > LIMITS.record_versions_max or record.bytes > LIMITS.record_bytes_max:
            return False
    return awaited <= max(waiting, LIMITS.record_awaited_max)


def _before(change: Incoming, row: RecordRow | None) -> Touched:
    if row is None:
        its_class = visibility.class_of(change.kind)
        return Touched(change.record, change.case, change.kind, True, {}, its_class, merge.empty())
    stored = orjson.loads(row.body)
    state = merge.unpack(stored)
    state["awaited"] = orjson.loads(row.awaited) if row.awaited else {}
    its_class = visibility.class_in(stored)
    return Touched(row.id, row.case, row.kind, False, state["fields"], its_class, state, bytes=len(row.body))


def _arrived(connection: Connection, org: str, records: Mapping[str, Touched], arrivals: Sequence[Arrival]) -> set[str]:
    """Of the ids that were seen, those applied before. What is still held needs no look."""
    named = {seen for arrival in arrivals for ids in arrival.change.seen.values() for seen in ids}
    if not named:
        return set()
    there = set().union(*(merge.change_ids(record.state) for record in records.values()))
    return (named & there) | log.arrived(connection, org, named - there)


def _chained(org: str, files: Mapping[str, FileRow], arrivals: Sequence[Arrival]) -> list[LogRow]:
    """The rows of the log, each hashed upon the one before it in its case file (L2)."""
    ends = {case: (row.chain_length, row.chain_head) for case, row in files.items()}
    salts = secrets.token_hex(SALT_BYTES * len(arrivals))
    rows = []
    for number, arrival in enumerate(arrivals):
        change = arrival.change
        index, previous = ends[change.case]
        row: LogRow = {
            "org": org,
            "id": change.id,
            "case": change.case,
            "record": change.record,
            "kind": change.kind,
            "author": arrival.author,
            "device": arrival.device,
            "at": change.at,
            "received": arrival.received,
            "content": change.content,
            "chain_index": index,
            "salt": salts[2 * SALT_BYTES * number : 2 * SALT_BYTES * (number + 1)],
            "hash": "",
            "seq": 0,
        }
        row["hash"] = log.chain_hash(previous, row)
        ends[change.case] = (index + 1, row["hash"])
        rows.append(row)
    return rows


def _digests(files: Mapping[str, FileRow], touched: Iterable[Touched]) -> dict[str, str]:
    """The new digests of the case files, by class (D2), as JSON."""
    totals: dict[str, dict[str, int]] = {}
    for record in touched:
        if record.case not in totals:
            kept = orjson.loads(files[record.case].digests)
            totals[record.case] = {name: int(each, 16) for name, each in kept.items()}
        of_file = totals[record.case]
        now = visibility.class_of(record.kind)
        is_moved = now != record.class_before
        if is_moved:  # the kind's declaration has changed since
            gone = digest.digest_changed(record.id, record.before, {})
            of_file[record.class_before] = of_file.get(record.class_before, 0) ^ gone
        before = {} if is_moved else record.before
        changed = digest.digest_changed(record.id, before, record.state["fields"])
        of_file[now] = of_file.get(now, 0) ^ changed
    return {
        case: orjson.dumps({name: digest.written(total) for name, total in of_file.items()}).decode()
        for case, of_file in totals.items()
    }


def _file_values(rows: Sequence[LogRow], digests: Mapping[str, str]) -> dict[str, FileValues]:
    """What a case file remembers of its last change."""
    values: dict[str, FileValues] = {}
    for row in rows:
        before = values.get(row["case"])
        values[row["case"]] = {
            "last_seq": max(before["last_seq"] if before else 0, row["seq"]),
            "chain_length": row["chain_index"] + 1,
            "chain_head": row["hash"],
            "digests": digests[row["case"]],
        }
    return values
