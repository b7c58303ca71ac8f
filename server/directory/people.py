"""People and teams as records of the shared file (W12): written here, read by every device.

Accounts are what holds; `publish` says of each account what the record does not say yet.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction
from uuid6 import uuid7

from server.core.models import Team, User
from server.core.roles import LEADER
from server.rules import merge
from server.sync import log, opening, scope
from server.sync.apply import ApplyResult, Arrival, apply_all
from server.sync.protocol import ChangeJson, change_in
from server.sync.push import received_stamp

#: what stands for a device where the server itself wrote
OFFICE = "office"

#: `(record, kind, {path: value})`
WantedRecord = tuple[str, str, Mapping[str, object]]


def publish(transaction: Transaction, org: str) -> int:
    """Bring the people and teams of the shared file up to date. Returns how many records changed."""
    transaction.flush()
    return write_records(transaction, org, org, _wanted(transaction, org))


def write_records(transaction: Transaction, org: str, case: str, wanted: Iterable[WantedRecord]) -> int:
    """Make records of a case file say what is wanted, in the organisation's own name. Returns how many changed."""
    return len(written_records(transaction, org, case, wanted))


def written_records(
    transaction: Transaction, org: str, case: str, wanted: Iterable[WantedRecord], author: str | None = None
) -> list[ChangeJson]:
    """`write`, and the changes that it took. Where an author is given, access follows what a header says (S9)."""
    by_id = {record: (kind, values) for record, kind, values in wanted}
    stored = log.records(transaction.connection(), org, by_id)
    stamp = received_stamp(time.time_ns() // 1_000_000, 0)
    changes = []
    for record, (kind, values) in by_id.items():
        state = merge.unpack(orjson.loads(stored[record].body)) if record in stored else merge.empty()
        fresh = {path: value for path, value in values.items() if _says_otherwise(state, path, value)}
        if fresh:
            changes.append(_change(case, record, kind, fresh, state, stamp))
    outcome = apply(transaction, org, case, changes, author)
    if author is not None:
        files = scope.lock_files(transaction.connection(), org, [case])
        opening.follow_headers(transaction, org, author, outcome, files)
    return changes


def apply(
    transaction: Transaction, org: str, case: str, changes: Sequence[ChangeJson], author: str | None = None
) -> ApplyResult:
    """Changes of one case file in somebody's name, or the organisation's own; a stored one is not applied again."""
    connection = transaction.connection()
    files = scope.lock_files(connection, org, [case])
    there = log.arrived(connection, org, [change["id"] for change in changes])
    new = [change for change in changes if change["id"] not in there]
    stored = log.records(connection, org, [change["record"] for change in new])
    arrivals = [Arrival(change_in(each), author or org, OFFICE, each["at"]) for each in new]
    return apply_all(connection, org, files, stored, arrivals)


def _wanted(transaction: Transaction, org: str) -> Iterator[WantedRecord]:
    people = list(transaction.scalars(select(User).where(User.org == org).order_by(User.id)))
    leaders = {user.team: user.id for user in people if user.role == LEADER and user.active}
    for team in transaction.scalars(select(Team).where(Team.org == org).order_by(Team.id)):
        values = {"name": team.name, "leader": leaders.get(team.id), "phone": team.phone or None}
        yield team.id, "team", values
    for user in people:
        values = {
            "name": user.display_name,
            "role": user.role if user.active else None,
            "team": user.team,
            "phone": user.phone or None,
        }
        yield user.id, "person", values


def _says_otherwise(state: merge.State, path: str, value: object) -> bool:
    held = state["fields"].get(path, [])
    return value is not None if not held else held[0][3] != value or len(held) > 1


def _change(
    case: str, record: str, kind: str, values: Mapping[str, object], state: merge.State, stamp: str
) -> ChangeJson:
    held = state["fields"]
    return {
        "id": str(uuid7()),
        "record": record,
        "kind": kind,
        "case": case,
        "at": stamp,
        "set": dict(values),
        "seen": {path: [version[0] for version in held[path]] for path in values if path in held},
    }
