"""What the exchange tells the rest of the server, in the transaction that caused it. Nobody here knows who listens.

    records_applied(connection, organisation, records, stamp of receipt)
    access_changed(connection, organisation, case files)

Reminders and the notes of unmet rules listen; `server.create_app` connects them.
"""

from collections.abc import Callable, Iterable
from typing import Protocol

from sqlalchemy import Connection

from server.rules.merge import State


class AppliedRecord(Protocol):
    """A record as a transaction leaves it."""

    id: str
    kind: str
    case: str
    state: State


RecordsApplied = Callable[[Connection, str, Iterable[AppliedRecord], str], None]
AccessChanged = Callable[[Connection, str, Iterable[str]], None]

_records_applied: list[RecordsApplied] = []
_access_changed: list[AccessChanged] = []


def listen(records_applied: RecordsApplied, access_changed: AccessChanged | None = None) -> None:
    """Listening twice is listening once."""
    if records_applied not in _records_applied:
        _records_applied.append(records_applied)
    if access_changed is not None and access_changed not in _access_changed:
        _access_changed.append(access_changed)


def records_applied(connection: Connection, org: str, records: Iterable[AppliedRecord], stamp: str) -> None:
    """They are stored."""
    for listener in _records_applied:
        listener(connection, org, records, stamp)


def access_changed(connection: Connection, org: str, cases: Iterable[str]) -> None:
    for listener in _access_changed:
        listener(connection, org, cases)
