"""Rows of the data API in pages (SPEC Z18, Z19). SQL on records.

A page goes by case file and then by seq, on an index that is there anyway. A record that changes meanwhile moves to the
end of its file: it may come twice, and none is missed.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeVarTuple

from sqlalchemy import Connection, Row, Select, bindparam, func, literal_column, or_, select
from sqlalchemy.orm import aliased

from server.config import LIMITS
from server.core.models import CaseFile, Organisation, Record
from server.core.pages import parts_of, place_in
from server.core.problems import Problem
from server.kinds import homes
from server.reports.codes import SMALL_CELL
from server.reports.data_tables import RecordTable, TableRow, rows_of
from server.rules.shape import is_id
from server.sync.shown import shown_record

Columns = TypeVarTuple("Columns")

#: no counter of an organisation has more digits
DIGITS_MAX = 15
#: in whatever entry of a header, the latest or not: whoever says that it is not so any more settles it
UNLISTED = '"non_disclosure"'


class RowsReader(NamedTuple):
    """Whose rows: an organisation's, or one team's of it."""

    org: str
    team: str | None
    with_codes: bool


class ReadingPlace(NamedTuple):
    """From where a reading goes: what changed after `since`, as of the organisation's counter `now`."""

    epoch: str
    now: int
    since: int
    case: str = ""
    seq: int = 0

    @property
    def as_of(self) -> str:
        """What `changed_since` asks for the next time."""
        return f"{self.epoch}.{self.now}"

    @property
    def after(self) -> str:
        return place_in(self)


class RowsPage(NamedTuple):
    """`following` is None on the last page."""

    rows: list[TableRow]
    following: ReadingPlace | None


def start(connection: Connection, org: str, after: str, changed_since: str) -> ReadingPlace:
    """Where a reading begins or goes on. `fields_invalid` for a place or a moment that this database never gave: its
    reader begins anew, as after a restored backup."""
    epoch, seq = connection.execute(_HEAD, {"org": org}).one()
    if after:
        of_epoch, now, since, case, reached = parts_of(after, len(ReadingPlace._fields))
        if of_epoch != epoch or not is_id(case) or not all(map(_is_count, (now, since, reached))):
            raise Problem("fields_invalid", {"after": ["unknown"]})
        return ReadingPlace(epoch, int(now), int(since), case, int(reached))
    if not changed_since:
        return ReadingPlace(epoch, seq, 0)
    of_epoch, _dot, since = changed_since.partition(".")
    if of_epoch != epoch or not _is_count(since) or int(since) > seq:
        raise Problem("fields_invalid", {"changed_since": ["unknown"]})
    return ReadingPlace(epoch, seq, int(since))


def page(connection: Connection, reader: RowsReader, table: RecordTable, begin: ReadingPlace) -> RowsPage:
    """The rows of the next records, `data_page_records_max` at most. Records that were removed come with what changed
    since, and not with everything."""
    most = LIMITS.data_page_records_max
    given = {"org": reader.org, "team": reader.team, "kind": table.kind, "most": most + 1}
    found = connection.execute(_of(_PAGE, reader), given | {"since": begin.since, "case": begin.case, "seq": begin.seq})
    records = found.all()
    hidden = _unreadable_cases(connection, reader) if tells_of_cases(table) else frozenset()
    rows = [row for record in records[:most] for row in _rows(record, reader, table, begin, hidden)]
    last = records[most - 1] if len(records) > most else None
    return RowsPage(rows, begin._replace(case=last.case, seq=last.seq) if last else None)


def clients_left_out(connection: Connection, reader: RowsReader) -> int | None:
    """How many clients stand in no table, since nobody may be told of them; None for 1–4 (Z3)."""
    count: int = connection.execute(_of(_LEFT_OUT, reader), {"org": reader.org, "team": reader.team}).scalar_one()
    return None if 0 < count < SMALL_CELL else count


def tells_of_cases(table: RecordTable) -> bool:
    """Whether its records name clients' files beside their own: whom a group or a first contact led to."""
    return table.kind in {"outreach", "session"}


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= DIGITS_MAX


def _rows(
    record: Row[str, str, str, int, str],
    reader: RowsReader,
    table: RecordTable,
    begin: ReadingPlace,
    hidden: frozenset[str],
) -> Sequence[TableRow]:
    values = shown_record(record).values
    rows = rows_of(table, record.case, record.id, values, with_codes=reader.with_codes, hidden=hidden)
    return [row for row in rows if begin.since or not row["removed"]]


def _unreadable_cases(connection: Connection, reader: RowsReader) -> frozenset[str]:
    """The clients' files that stand in none of this reader's tables."""
    everyone = select(CaseFile.id).where(CaseFile.org == bindparam("org"), CaseFile.home.in_(homes.OF_A_CLIENT))
    given = {"org": reader.org, "team": reader.team}
    readable = set(connection.scalars(_of(everyone.where(CaseFile.id.not_in(_UNLISTED)), reader), given))
    return frozenset(connection.scalars(everyone, given)) - readable


def _of(wanted: Select[*Columns], reader: RowsReader) -> Select[*Columns]:
    """Narrowed to one team, whose registers and colleagues are everybody's."""
    if reader.team is None:
        return wanted
    return wanted.where(or_(CaseFile.team == bindparam("team"), CaseFile.home == homes.ORGANISATION))


_HEAD = select(Organisation.epoch, Organisation.seq).where(Organisation.id == bindparam("org"))
_headers = aliased(Record)
_UNLISTED = select(_headers.case).where(
    _headers.org == bindparam("org"), _headers.kind == literal_column("'case'"), _headers.body.contains(UNLISTED)
)
_PAGE = (
    select(Record.id, Record.kind, Record.case, Record.seq, Record.body)
    .join(CaseFile, (CaseFile.id == Record.case) & (CaseFile.org == Record.org))
    .where(Record.org == bindparam("org"), CaseFile.org == bindparam("org"), Record.kind == bindparam("kind"))
    .where(CaseFile.erased_at.is_(None), CaseFile.last_seq > bindparam("since"), Record.seq > bindparam("since"))
    .where(Record.case >= bindparam("case"), or_(Record.case > bindparam("case"), Record.seq > bindparam("seq")))
    .where(Record.case.not_in(_UNLISTED))
    .order_by(Record.case, Record.seq)
    .limit(bindparam("most"))
)
_LEFT_OUT = (
    select(func.count())
    .select_from(CaseFile)
    .where(CaseFile.org == bindparam("org"), CaseFile.home.in_(homes.OF_A_CLIENT), CaseFile.id.in_(_UNLISTED))
)
