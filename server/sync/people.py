"""People and teams as records of the shared file (W12): written here, read by every device.

Accounts are what holds; `publish` says of each account what the record does not say yet.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction
from uuid6 import uuid7

from server.models import Team, User
from server.sync import log, merge, scope
from server.sync.applying import Arrival, apply_all
from server.sync.push import received_stamp
from server.sync.wire import change_in

LEADER = "team_leader"
#: what stands for a device where the server itself wrote
OFFICE = "office"

#: `(record, kind, {path: value})`
Wanted = tuple[str, str, dict[str, Any]]


def publish(transaction: Transaction, org: str) -> int:
    """Bring the people and teams of the shared file up to date. Returns how many records changed."""
    transaction.flush()
    return write(transaction, org, org, _wanted(transaction, org))


def write(transaction: Transaction, org: str, case: str, wanted: Iterable[Wanted]) -> int:
    """Make records of a case file say what is wanted, in the organisation's own name. Returns how many changed."""
    by_id = {record: (kind, values) for record, kind, values in wanted}
    connection = transaction.connection()
    files = scope.lock_files(connection, org, [case])
    stored = log.records(connection, org, by_id)
    stamp = received_stamp(time.time_ns() // 1_000_000, 0)
    arrivals = []
    for record, (kind, values) in by_id.items():
        state = merge.unpack(orjson.loads(stored[record].body)) if record in stored else merge.empty()
        fresh = {path: value for path, value in values.items() if _says_otherwise(state, path, value)}
        if fresh:
            change = _change(case, record, kind, fresh, state, stamp)
            arrivals.append(Arrival(change_in(change), org, OFFICE, stamp))
    apply_all(connection, org, files, stored, arrivals)
    return len(arrivals)


def _wanted(transaction: Transaction, org: str) -> Iterator[Wanted]:
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


def _says_otherwise(state: merge.State, path: str, value: Any) -> bool:
    held = state["fields"].get(path, [])
    return value is not None if not held else held[0][3] != value or len(held) > 1


def _change(
    case: str, record: str, kind: str, values: Mapping[str, Any], state: merge.State, stamp: str
) -> dict[str, Any]:
    held = state["fields"]
    return {
        "id": str(uuid7()),
        "record": record,
        "kind": kind,
        "case": case,
        "at": stamp,
        "set": values,
        "seen": {path: [version[0] for version in held[path]] for path in values if path in held},
    }
