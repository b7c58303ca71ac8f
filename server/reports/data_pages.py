"""Rows of the data API in pages (SPEC Z18, Z19). SQL on records.

A page goes by case file and then by seq, on an index that is there anyway. A record that changes meanwhile moves to the
end of its file: it may come twice, and none is missed.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeVarTuple

import orjson
from marshmallow import fields
from sqlalchemy import Connection, Row, Select, bindparam, not_, or_, select

from server.config import LIMITS
from server.core.bulk import among, listed
from server.core.models import HEADER, CaseFile, Organisation, Record
from server.core.pages import parts_of, place_in
from server.core.problems import Problem
from server.kinds import homes
from server.reports import columns
from server.reports.codes import SMALL_CELL
from server.reports.data_tables import RecordTable, TableRow, rows_of
from server.rules.shape import is_id
from server.sync.one_person import DUPLICATE_OF
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
    unlisted = _unlisted(connection, reader.org)
    given = {"org": reader.org, "team": reader.team, "kind": table.kind, "most": most + 1, "cases": listed(unlisted)}
    given |= {"since": begin.since, "case": begin.case, "seq": begin.seq}
    records = connection.execute(_of(_PAGE, reader), given).all()
    hidden = _unreadable(connection, reader, unlisted) if tells_of_cases(table) else frozenset()
    rows = [row for record in records[:most] for row in _rows(record, reader, table, begin, hidden)]
    last = records[most - 1] if len(records) > most else None
    return RowsPage(rows, begin._replace(case=last.case, seq=last.seq) if last else None)


def clients_left_out(connection: Connection, reader: RowsReader) -> int | None:
    """How many clients' files stand in no table, since nobody may be told of them; None for 1–4 (Z3)."""
    given = {"org": reader.org, "team": reader.team}
    count = len(set(connection.scalars(_of(_CLIENTS, reader), given)) & _unlisted(connection, reader.org))
    return None if 0 < count < SMALL_CELL else count


def tells_of_cases(table: RecordTable) -> bool:
    """Whether its records name clients' files beside their own, as a group does those who were there."""
    told: list[fields.Field[object] | None] = [column.field for column in table.columns]
    told += [columns.maps_of(table.kind)[table.of_map].key_field] if table.of_map else []
    return any(field is not None and field.metadata.get("kind") == "case" for field in told)


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


def _unlisted(connection: Connection, org: str) -> frozenset[str]:
    """The files of whom nobody must be told, by whatever entry of a header; all files of one person together (H7)."""
    found: set[str] = set()
    joined: list[set[str]] = []
    for case, body in connection.execute(_HEADERS, {"org": org}):
        found |= {case} if UNLISTED in body else set()
        joined += [{case, value} for _, value in orjson.loads(body)["fields"].get(DUPLICATE_OF, ()) if value]
    while more := [pair for pair in joined if pair & found and not pair <= found]:
        found.update(*more)
    return frozenset(found)


def _unreadable(connection: Connection, reader: RowsReader, unlisted: frozenset[str]) -> frozenset[str]:
    """The clients' files that stand in none of this reader's tables."""
    given = {"org": reader.org, "team": reader.team}
    readable = set(connection.scalars(_of(_CLIENTS, reader), given)) - unlisted
    return frozenset(connection.scalars(_CLIENTS, given)) - readable


def _of(wanted: Select[*Columns], reader: RowsReader) -> Select[*Columns]:
    """Narrowed to one team, whose registers and colleagues are everybody's."""
    if reader.team is None:
        return wanted
    return wanted.where(or_(CaseFile.team == bindparam("team"), CaseFile.home == homes.ORGANISATION))


_HEAD = select(Organisation.epoch, Organisation.seq).where(Organisation.id == bindparam("org"))
_CLIENTS = select(CaseFile.id).where(
    CaseFile.org == bindparam("org"), CaseFile.home.in_(homes.OF_A_CLIENT), CaseFile.erased_at.is_(None)
)
_HEADERS = select(Record.case, Record.body).where(
    Record.org == bindparam("org"),
    HEADER,
    or_(Record.body.contains(UNLISTED), Record.body.contains(f'"{DUPLICATE_OF}"')),
)
_PAGE = (
    select(Record.id, Record.kind, Record.case, Record.seq, Record.body)
    .join(CaseFile, (CaseFile.id == Record.case) & (CaseFile.org == Record.org))
    .where(Record.org == bindparam("org"), CaseFile.org == bindparam("org"), Record.kind == bindparam("kind"))
    .where(CaseFile.erased_at.is_(None), CaseFile.last_seq > bindparam("since"), Record.seq > bindparam("since"))
    .where(Record.case >= bindparam("case"), or_(Record.case > bindparam("case"), Record.seq > bindparam("seq")))
    .where(not_(among(Record.case, bindparam("cases"))))
    .order_by(Record.case, Record.seq)
    .limit(bindparam("most"))
)
