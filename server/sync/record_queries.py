"""What reminders and calendars read of the records: by kind, by day, and no more than they need.

SQL on records, like `log.py` and `pull_queries.py`. Rows have `id`, `kind`, `case`, `seq` and `body`.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, tuple_

from server.config import LIMITS
from server.core.bulk import among, listed
from server.core.models import HEADER, Record

Rows = Sequence[Row[*tuple[Any, ...]]]


def headers(connection: Connection, org: str, cases: Iterable[str]) -> Rows:
    """The records that head these case files."""
    return connection.execute(_HEADERS, {"org": org, "cases": listed(sorted(cases))}).all()


def of_kinds(connection: Connection, org: str, cases: Iterable[str], kinds: Iterable[str]) -> Rows:
    """All records of these kinds in these case files."""
    given = {"org": org, "cases": listed(sorted(cases)), "kinds": listed(sorted(kinds))}
    return connection.execute(_OF_KINDS, given).all()


def latest_visits(connection: Connection, org: str, cases: Iterable[str]) -> list[Row[*tuple[Any, ...]]]:
    """Of each case file the `latest_visits_max` visits that were touched last."""
    given = {"org": org, "most": LIMITS.latest_visits_max}
    return [row for case in sorted(cases) for row in connection.execute(_LATEST_VISITS, given | {"case": case})]


def planned(
    connection: Connection, org: str, cases: Iterable[str], begin: str, end: str
) -> Iterator[Row[*tuple[Any, ...]]]:
    """The records of these case files that are planned to start between two moments, by their start; so many are in
    memory at a time."""
    given = {"org": org, "cases": listed(sorted(cases)), "end": end, "most": LIMITS.calendar_rows_max}
    due, record = begin, ""
    while rows := connection.execute(_PLANNED, given | {"due": due, "record": record}).all():
        yield from rows
        due, record = rows[-1].due, rows[-1].id


_ROWS_OF = select(Record.id, Record.kind, Record.case, Record.seq, Record.body).where(Record.org == bindparam("org"))
_IN_FILES = _ROWS_OF.where(among(Record.case, bindparam("cases")))
_HEADERS = _IN_FILES.where(HEADER)
_OF_KINDS = _IN_FILES.where(among(Record.kind, bindparam("kinds")))
_LATEST_VISITS = (
    _ROWS_OF.where(Record.case == bindparam("case"), Record.kind == "visit")
    .order_by(Record.seq.desc())
    .limit(bindparam("most"))
)
_PLANNED = (
    _IN_FILES.add_columns(Record.due)
    .where(Record.due >= bindparam("due"), Record.due < bindparam("end"))
    .where(tuple_(Record.due, Record.id) > tuple_(bindparam("due"), bindparam("record")))
    .order_by(Record.due, Record.id)
    .limit(bindparam("most"))
)
