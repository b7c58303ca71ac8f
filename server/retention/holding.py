"""A file is held although its time is over, until somebody lifts that (A14)."""

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session as Transaction

from server.core import journal, timestamps
from server.core.journal_detail import Detail
from server.core.models import CaseFile
from server.core.problems import Problem
from server.retention.tables import LegalHold
from server.sync import one_person, scope

HELD, LIFTED = "legal_hold", "legal_hold_end"


def hold(transaction: Transaction, org: str, case: str, reason: str, by: str | None) -> None:
    """From now on it is not erased. A file that is held already gets the new reason; `not_found` for an erased one."""
    files = scope.lock_files(transaction.connection(), org, [case])
    if case not in files or files[case].erased_at is not None:
        raise Problem("not_found")
    _put(transaction, org, case, {"reason": reason, "by": by, "at": timestamps.now()})
    journal.record(transaction, org, HELD, {"case": case}, by, {"reason": reason})


def lift(transaction: Transaction, org: str, case: str, by: str | None) -> None:
    """Of all the client's files (H7); `not_found` where none is held."""
    held = [
        file
        for file in one_person.files_of(transaction.connection(), org, case)
        if transaction.get(LegalHold, (file, org)) is not None
    ]
    if not held:
        raise Problem("not_found")
    for file in held:
        transaction.execute(delete(LegalHold).where(LegalHold.org == org, LegalHold.case == file))
        journal.record(transaction, org, LIFTED, {"case": file}, by)


def _put(transaction: Transaction, org: str, case: str, held: dict[str, str | None]) -> None:
    transaction.execute(delete(LegalHold).where(LegalHold.org == org, LegalHold.case == case))
    transaction.execute(insert(LegalHold).values(org=org, case=case, **held))


def _held_again(transaction: Transaction, org: str, detail: Detail, by: str | None) -> None:
    file = transaction.get(CaseFile, (detail.text("case"), org))
    if file is not None and file.erased_at is None:
        held: dict[str, str | None] = {"reason": detail.text_or_none("reason") or "", "by": by, "at": timestamps.now()}
        _put(transaction, org, file.id, held)


def _lifted_again(transaction: Transaction, org: str, detail: Detail, _by: str | None) -> None:
    transaction.execute(delete(LegalHold).where(LegalHold.org == org, LegalHold.case == detail.text("case")))


def _about(detail: Detail) -> list[journal.Subject]:
    return [("legal_hold", detail.text("case"))]


journal.REPLAYS[HELD] = journal.Replay(_held_again, _about)
journal.REPLAYS[LIFTED] = journal.Replay(_lifted_again, _about, gives=lambda _: True)
