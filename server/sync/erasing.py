"""A client's file goes for good, because the law has it go (SPEC A13). Who decides on that is `server/retention`.

What stays is an empty row: with it a phone that comes back with entries is told, and brings nothing back.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, update
from sqlalchemy.orm import Session as Transaction

from server.core import journal, timestamps
from server.core.bulk import among, listed
from server.core.journal_detail import Detail
from server.core.models import CaseFile, Change, Record, ReviewItem
from server.sync import events, log, record_queries, scope

ERASED = "case_erased"


def erase(transaction: Transaction, org: str, cases: Iterable[str], by: str | None) -> int:
    """Erases all that these files hold and everybody's access to them; returns how many records that was.

    A file that is erased already, or that the organisation does not have, is passed over.
    """
    connection = transaction.connection()
    there = _still_there(connection, org, cases)
    named = [file.id for file in there]
    scope.revoke_everybodys(transaction, org, named, "erased", by)
    records = sum(record_queries.counts(connection, org, named).values())
    _empty(transaction, org, named)
    for file in there:
        said = {"case": file.id, "length": file.chain_length, "head": file.chain_head}
        journal.record(transaction, org, ERASED, said, by)
    return records


def _still_there(connection: Connection, org: str, cases: Iterable[str]) -> list[scope.FileRow]:
    return [file for _, file in sorted(scope.lock_files(connection, org, cases).items()) if file.erased_at is None]


def _empty(transaction: Transaction, org: str, cases: Sequence[str]) -> None:
    connection = transaction.connection()
    _overwrite_what_is_deleted(connection)
    events.files_erased(connection, org, cases)
    for emptied in _EMPTIED:
        connection.execute(emptied, _of(org, cases))
    connection.execute(_LEFT, {"of_org": org, "cases": listed(cases), "at": timestamps.now()})
    journal.erase_secrets_of(transaction, cases)
    log.take_seqs(connection, org, 1)  # a lineage token of its own: an older database lacks it (P5)


def _of(org: str, cases: Iterable[str]) -> dict[str, str]:
    return {"org": org, "cases": listed(cases)}


def _overwrite_what_is_deleted(connection: Connection) -> None:
    """SQLite leaves what is deleted in its pages until they are used again; PostgreSQL's vacuum clears its own."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")


def _erased_again(transaction: Transaction, org: str, detail: Detail, _by: str | None) -> None:
    """Access that was taken with it has lines of its own."""
    _empty(transaction, org, [file.id for file in _still_there(transaction.connection(), org, [detail.text("case")])])


journal.REPLAYS[ERASED] = journal.Replay(_erased_again)

_EMPTIED = [
    delete(model).where(model.org == bindparam("org"), among(model.case, bindparam("cases")))
    for model in (Record, Change, ReviewItem)
]
_LEFT = (
    update(CaseFile)
    .where(CaseFile.org == bindparam("of_org"), among(CaseFile.id, bindparam("cases")))
    .values(erased_at=bindparam("at"), team=None, chain_length=0, chain_head="", digests="{}")
)
