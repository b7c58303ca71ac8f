"""Facts follow records (SPEC Z9): before a report is read, what changed since is taken over. SQL on records.

A fact is a record narrowed to what formulas ask for, so that a year of visits is read in a blink. It holds no words.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import orjson
from marshmallow import fields
from sqlalchemy import Connection, Row, bindparam, delete, select
from sqlalchemy.orm import Session as Transaction

from server.core import bulk
from server.core.bulk import among, listed
from server.core.models import CaseFile, Record, ReportFact, ReportFile
from server.core.transaction import in_one_transaction
from server.kinds import KINDS
from server.kinds.base import Items, Part
from server.reports.facts import Fact, fact_of
from server.reports.hours import visit_day

FILES_AT_A_TIME = 200
VISIT = "visit"
#: lines that tell cases apart in a report, and no sentence of anybody's
LINES = frozenset({"municipality", "area", "funding_code", "client_id"})
#: a signature is as good as a name
WORD_SORTS = frozenset({"line", "text", "strokes"})


def update_facts(connection: Connection, org: str, kinds: Iterable[str]) -> None:
    """Take over what changed in any file of the organisation. The first time that is everything."""
    wanted = sorted(kinds)
    while stale := connection.execute(_STALE, {"org": org}).all():
        connection.rollback()  # SQLite: what is written now is to be seen
        in_one_transaction(lambda transaction, stale=stale: _take_over(transaction, org, stale, wanted))  # type: ignore[misc]


_STALE = (
    select(CaseFile.id, CaseFile.last_seq, ReportFile.seq)
    .outerjoin(ReportFile, (ReportFile.case == CaseFile.id) & (ReportFile.org == CaseFile.org))
    .where(CaseFile.org == bindparam("org"))
    .where(ReportFile.seq.is_(None) | (ReportFile.seq < CaseFile.last_seq))
    .order_by(CaseFile.id)
    .limit(FILES_AT_A_TIME)
)


def erase(connection: Connection, org: str, cases: Sequence[str]) -> None:
    """Of case files that are erased (A13)."""
    connection.execute(_OF_FILES, {"org": org, "cases": listed(cases)})


def _take_over(
    transaction: Transaction, org: str, stale: Sequence[Row[str, int, int | None]], kinds: Sequence[str]
) -> None:
    connection = transaction.connection()
    for reached in sorted({file.seq or 0 for file in stale}):
        files = [file.id for file in stale if (file.seq or 0) == reached]
        given = {"org": org, "cases": listed(files), "kinds": listed(kinds), "reached": reached}
        changed = connection.execute(_CHANGED, given).all()
        connection.execute(_GONE, {"org": org, "records": listed(row.id for row in changed)})
        facts = [fact for row in changed if (fact := fact_of(row.id, row.case, row.kind, row.body))]
        bulk.insert(connection, ReportFact, [_row(org, fact) for fact in facts])
    connection.execute(_FORGOTTEN, {"org": org, "cases": listed(file.id for file in stale)})
    bulk.insert(connection, ReportFile, [{"case": file.id, "org": org, "seq": file.last_seq} for file in stale])


_CHANGED = select(Record.id, Record.case, Record.kind, Record.body).where(
    Record.org == bindparam("org"),
    among(Record.case, bindparam("cases")),
    among(Record.kind, bindparam("kinds")),
    Record.seq > bindparam("reached"),
)
_GONE = delete(ReportFact).where(ReportFact.org == bindparam("org"), among(ReportFact.record, bindparam("records")))
_OF_FILES = delete(ReportFact).where(ReportFact.org == bindparam("org"), among(ReportFact.case, bindparam("cases")))
_FORGOTTEN = delete(ReportFile).where(ReportFile.org == bindparam("org"), among(ReportFile.case, bindparam("cases")))


def _row(org: str, fact: Fact) -> dict[str, object]:
    day = visit_day(fact) if fact.kind == VISIT else None
    values = {
        name: _narrow(value, parts_in_words(fact.kind, name))
        for name, value in fact.values.items()
        if name not in fields_in_words(fact.kind)
    }
    return {
        "record": fact.id,
        "org": org,
        "case": fact.case,
        "kind": fact.kind,
        "day": day.isoformat() if day else None,
        "content": orjson.dumps([fact.id, day, fact.begun_ms, fact.outcome_ms, values]).decode(),
    }


@cache
def fields_in_words(kind: str) -> frozenset[str]:
    """The fields of a kind that hold somebody's words."""
    declared = KINDS[kind].declared() if kind in KINDS else {}
    return frozenset(name for name, field in declared.items() if name not in LINES and _sort(field) in WORD_SORTS)


def _sort(field: fields.Field[object]) -> str | None:
    inner = field.value_field if isinstance(field, Items) else field
    found: str | None = inner.metadata.get("sort") if inner is not None else None
    return found


@cache
def parts_in_words(kind: str, name: str) -> frozenset[str]:
    """The parts of a field that hold somebody's words: the reason beside an outcome, the note of a phase."""
    field = KINDS[kind].declared().get(name) if kind in KINDS else None
    inner = field.value_field if isinstance(field, Items) else field
    part = inner.nested if isinstance(inner, fields.Nested) else None
    declared = part().fields if isinstance(part, type) and issubclass(part, Part) else {}
    return frozenset(name for name, one in declared.items() if one.metadata.get("sort") in WORD_SORTS)


def _narrow(value: object, words: frozenset[str]) -> object:
    """Without the words inside a value of several parts, or inside the items of a map."""
    if not isinstance(value, Mapping):
        return value
    return {name: _narrow(one, words) for name, one in value.items() if name not in words}
