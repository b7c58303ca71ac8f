"""By what each client is recognised (H9): one small row a file, written with its header. Nothing is compared here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, exists, or_, select
from sqlalchemy.orm import Session as Transaction
from uuid6 import uuid7

from server.core import bulk
from server.core.bulk import among, listed
from server.core.models import CaseFile, LikenessKey, LikenessPair, db
from server.core.transaction import in_one_transaction
from server.kinds import homes
from server.rules.alike import Likeness, likeness_of
from server.sync import record_queries
from server.sync.events import AppliedRecord
from server.sync.shown import ShownRecord, shown_record, shown_state

BATCH = 200


def note(connection: Connection, org: str, touched: Iterable[AppliedRecord], _stamp: str) -> None:
    """Of headers that have just been applied, in their transaction; a file whose key is new waits to be compared."""
    headers = {each.case: shown_state(each) for each in touched if each.kind == "case"}
    if headers:
        _write(connection, org, {case: _recognised_by(header) for case, header in headers.items()})


def erase(connection: Connection, org: str, cases: Sequence[str]) -> None:
    """Of case files that are erased (A13), and whom they were like."""
    given = {"org": org, "cases": listed(cases)}
    connection.execute(_KEYS_GONE, given)
    connection.execute(_PAIRS_GONE, given)


def note_missing() -> int:
    """Of files that an older release wrote, so many at a time; returns how many that was."""
    lacking = (
        select(CaseFile.org, CaseFile.id)
        .where(CaseFile.home.in_(homes.OF_A_CLIENT), CaseFile.erased_at.is_(None))
        .where(~exists().where(LikenessKey.case == CaseFile.id, LikenessKey.org == CaseFile.org))
        .limit(BATCH)
    )
    with db.engine.connect() as connection:
        found = [(org, case) for org, case in connection.execute(lacking)]
    by_org: dict[str, list[str]] = defaultdict(list)
    for org, case in found:
        by_org[org].append(case)
    for org, cases in by_org.items():
        _note_files(org, cases)
    return len(found)


def _note_files(org: str, cases: Sequence[str]) -> None:
    def noted(transaction: Transaction) -> None:
        connection = transaction.connection()
        headers = {row.case: shown_record(row) for row in record_queries.headers(connection, org, cases)}
        nothing = likeness_of("", None, "")
        keys = {case: _recognised_by(headers[case]) if case in headers else nothing for case in cases}
        _write(connection, org, keys)

    in_one_transaction(noted)


def _recognised_by(header: ShownRecord) -> Likeness:
    if header.values.get("removed"):
        return likeness_of("", None, "")
    year = header.values.get("birth_year")
    name, phone = header.text("client_name"), header.text("phone")
    # PostgreSQL keeps no NUL, which an old phone may still have written.
    name, phone = ((said or "").replace("\0", "") for said in (name, phone))
    return likeness_of(name, year if isinstance(year, int) else None, phone)


def _write(connection: Connection, org: str, keys: Mapping[str, Likeness]) -> None:
    given = {"org": org, "cases": listed(sorted(keys))}
    stored = {row.case: (row.name, row.birth_year, row.phone) for row in connection.execute(_STORED, given)}
    changed = {case: key for case, key in keys.items() if stored.get(case) != _values(key)}
    if changed:
        connection.execute(_KEYS_GONE, {"org": org, "cases": listed(sorted(changed))})
        rows = [{"org": org, "case": case, "waits": str(uuid7()), **key} for case, key in sorted(changed.items())]
        bulk.insert(connection, LikenessKey, rows)


def _values(key: Likeness) -> tuple[str, int | None, str | None]:
    return key["name"], key["birth_year"], key["phone"]


_STORED = select(LikenessKey.case, LikenessKey.name, LikenessKey.birth_year, LikenessKey.phone).where(
    LikenessKey.org == bindparam("org"), among(LikenessKey.case, bindparam("cases"))
)
_KEYS_GONE = delete(LikenessKey).where(LikenessKey.org == bindparam("org"), among(LikenessKey.case, bindparam("cases")))
_PAIRS_GONE = delete(LikenessPair).where(
    LikenessPair.org == bindparam("org"),
    or_(among(LikenessPair.one, bindparam("cases")), among(LikenessPair.other, bindparam("cases"))),
)
