"""What the exchange tells the rest of the server, in the transaction that caused it. Nobody here knows who listens.

    records_applied(connection, organisation, records, stamp of receipt)
    access_changed(connection, organisation, case files)
    files_erased(connection, organisation, case files)

Whoever keeps something of a case file beside its records listens; `server.create_app` connects them.
"""

from collections.abc import Callable, Iterable, Sequence
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
FilesErased = Callable[[Connection, str, Sequence[str]], None]

_records_applied: list[RecordsApplied] = []
_access_changed: list[AccessChanged] = []
_files_erased: list[FilesErased] = []


def listen(records_applied: RecordsApplied, access_changed: AccessChanged | None = None) -> None:
    """Listening twice is listening once."""
    if records_applied not in _records_applied:
        _records_applied.append(records_applied)
    if access_changed is not None and access_changed not in _access_changed:
        _access_changed.append(access_changed)


def listen_to_erasing(*listeners: FilesErased) -> None:
    """What these keep of a case file goes with it (A13)."""
    _files_erased.extend(each for each in listeners if each not in _files_erased)


def records_applied(connection: Connection, org: str, records: Iterable[AppliedRecord], stamp: str) -> None:
    """They are stored."""
    for listener in _records_applied:
        listener(connection, org, records, stamp)


def access_changed(connection: Connection, org: str, cases: Iterable[str]) -> None:
    for listener in _access_changed:
        listener(connection, org, cases)


def files_erased(connection: Connection, org: str, cases: Sequence[str]) -> None:
    """Their records still stand: who listens may ask which they are."""
    for listener in _files_erased:
        listener(connection, org, cases)
