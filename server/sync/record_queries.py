"""What reminders and calendars read of the records: by kind, by day, and no more than they need.

SQL on records, like `log.py` and `pull_queries.py`.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select, tuple_

from server.config import LIMITS
from server.core.bulk import among, listed
from server.core.models import HEADER, Record


class KindRow(NamedTuple):
    """A record by its kind, as it is stored."""

    id: str
    kind: str
    case: str
    seq: int
    body: str


class PlannedRow(NamedTuple):
    """The same of what is planned, with when it begins."""

    id: str
    kind: str
    case: str
    seq: int
    body: str
    due: str


def headers(connection: Connection, org: str, cases: Iterable[str]) -> list[KindRow]:
    """The records that head these case files."""
    found = connection.execute(_HEADERS, {"org": org, "cases": listed(sorted(cases))})
    return [KindRow._make(row) for row in found]


def headers_that_hold(connection: Connection, org: str, path: str) -> list[KindRow]:
    """The records that head a case file and hold or held something at `path`, of the whole organisation."""
    with_path = _ROWS_OF.where(HEADER, Record.body.contains(f'"{path}":', autoescape=True))
    return [KindRow._make(row) for row in connection.execute(with_path, {"org": org})]


def of_kinds(connection: Connection, org: str, cases: Iterable[str], kinds: Iterable[str]) -> list[KindRow]:
    """All records of these kinds in these case files."""
    given = {"org": org, "cases": listed(sorted(cases)), "kinds": listed(sorted(kinds))}
    return [KindRow._make(row) for row in connection.execute(_OF_KINDS, given)]


def counts(connection: Connection, org: str, cases: Iterable[str]) -> dict[str, int]:
    """How many records each of these case files has; none where it has none."""
    return dict(connection.execute(_COUNTS, {"org": org, "cases": listed(sorted(cases))}).all())


def latest_visits(connection: Connection, org: str, cases: Iterable[str]) -> list[KindRow]:
    """Of each case file the `latest_visits_max` visits that were touched last."""
    given = {"org": org, "most": LIMITS.latest_visits_max}
    found = (row for case in sorted(cases) for row in connection.execute(_LATEST_VISITS, given | {"case": case}))
    return [KindRow._make(row) for row in found]


def planned(connection: Connection, org: str, cases: Iterable[str], begin: str, end: str) -> Iterator[PlannedRow]:
    """The records of these case files that are planned to start between two moments, by their start; so many are in
    memory at a time."""
    given = {"org": org, "cases": listed(sorted(cases)), "end": end, "most": LIMITS.calendar_rows_max}
    due, record = begin, ""
    while rows := connection.execute(_PLANNED, given | {"due": due, "record": record}).all():
        yield from map(PlannedRow._make, rows)
        due, record = rows[-1].due, rows[-1].id


_ROWS_OF = select(Record.id, Record.kind, Record.case, Record.seq, Record.body).where(Record.org == bindparam("org"))
_IN_FILES = _ROWS_OF.where(among(Record.case, bindparam("cases")))
_HEADERS = _IN_FILES.where(HEADER)
_OF_KINDS = _IN_FILES.where(among(Record.kind, bindparam("kinds")))
_COUNTS = (
    select(Record.case, func.count())
    .where(Record.org == bindparam("org"), among(Record.case, bindparam("cases")))
    .group_by(Record.case)
)
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
