"""What screen and command ask for: a file looked at, tried, and brought in, some rows at a time."""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.orm import Session as Transaction
from uuid6 import uuid7

from server.config import LIMITS
from server.core import audit, timestamps
from server.core.problems import Problem
from server.core.transaction import in_one_transaction
from server.directory import OfficeMistake, changes
from server.importing import clients, guessing, people
from server.importing.clients import Importer
from server.importing.people import Invited
from server.importing.rows import Columns, Judged, chosen
from server.importing.table import Table, table_of
from server.importing.targets import ImportSort
from server.rules.dates import FINLAND


class Looked(NamedTuple):
    """The table, and for each of its columns what it may stand for."""

    table: Table
    guesses: list[str | None]


class Tried(NamedTuple):
    """What would become of the rows."""

    table: Table
    columns: Columns
    rows: list[Judged]

    def count(self, outcome: str) -> int:
        return sum(one.outcome == outcome for one in self.rows)


class Brought(NamedTuple):
    """The rows that were gone through, how many of them were made, and after which row to go on; None at the end."""

    rows: list[Judged]
    made: int
    invited: Mapping[int, Invited]
    after: int | None


def look(sort: ImportSort, content: bytes) -> Looked:
    table = table_of(content)
    return Looked(table, guessing.guessed(sort, table.heads))


def try_(connection: Connection, org: str, sort: ImportSort, content: bytes, wanted: Mapping[int, str]) -> Tried:
    table = table_of(content)
    if sort == "people" and len(table.rows) > LIMITS.import_people_max:
        raise Problem("import_too_many_rows")
    columns = chosen(sort, table, wanted)
    if sort == "clients":
        today = datetime.now(FINLAND).date()
        return Tried(table, columns, clients.judged(connection, org, table, columns, today))
    return Tried(table, columns, people.judged(connection, org, table, columns))


def note_trying(importer: Importer, sort: ImportSort, tried: Tried) -> None:
    """Whoever tries a file hears of whom it names who is there: that is noted before it is told (L3)."""
    detail = {"what": sort, "file": tried.table.digest, "rows": len(tried.rows), "there": tried.count("there")}
    in_one_transaction(lambda transaction: _note(transaction, importer, "import_tried", detail))


def bring(importer: Importer, sort: ImportSort, tried: Tried, *, leave_out: bool, after: int) -> Brought:
    """The rows behind `after` that can be taken, for `import_s` seconds: so many in a transaction of their own, that
    nobody waits long and nothing is half. `import_rows_faulty` where there are others, unless they are left out."""
    if not leave_out and tried.count("faulty"):
        raise Problem("import_rows_faulty")
    left = [one for one in tried.rows if one.number > after]
    size = LIMITS.import_batch_clients if sort == "clients" else LIMITS.import_batch_people
    end = time.monotonic() + LIMITS.import_s
    gone: list[Judged] = []
    made = 0
    invited: dict[int, Invited] = {}
    while len(gone) < len(left) and (not gone or time.monotonic() < end):
        batch = left[len(gone) : len(gone) + size]
        new = [one for one in batch if one.outcome == "new"]
        try:
            told = _enter(importer, sort, tried.table, new) if new else {}
        except Problem:
            if not gone:
                raise
            break  # what is in is told first, since a password is shown once
        made += len(new)
        invited |= told
        gone += batch
    return Brought(gone, made, invited, gone[-1].number if len(gone) < len(left) else None)


def _enter(importer: Importer, sort: ImportSort, table: Table, new: Sequence[Judged]) -> dict[int, Invited]:
    if sort == "people":
        return _enter_people(importer, table, new)
    in_one_transaction(lambda transaction: _enter_clients(transaction, importer, table, new))
    return {}


def _enter_clients(transaction: Transaction, importer: Importer, table: Table, new: Sequence[Judged]) -> None:
    if count := clients.enter(transaction, importer, table, new):
        _note(transaction, importer, "clients_imported", {"count": count, "file": table.digest})


def _enter_people(importer: Importer, table: Table, new: Sequence[Judged]) -> dict[int, Invited]:
    passwords = [changes.one_time() for _ in new]

    def enter(transaction: Transaction) -> list[Invited]:
        told = people.enter(transaction, importer.org, importer.user, new, passwords)
        _note(transaction, importer, "people_imported", {"count": len(told), "file": table.digest})
        return told

    try:
        told = in_one_transaction(enter)
    except OfficeMistake:  # somebody took a name meanwhile: what is there by now is told when it is tried again
        raise Problem("try_later", retry_after_s=LIMITS.retry_after_s) from None
    return {one.number: invited for one, invited in zip(new, told, strict=True)}


def _note(transaction: Transaction, importer: Importer, event: str, detail: Mapping[str, object]) -> None:
    audit.add(transaction, str(uuid7()), importer.org, timestamps.now(), importer.user, event, detail)
