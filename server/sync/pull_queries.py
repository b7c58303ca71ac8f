"""The records of a pull, a page at a time (SPEC P). Rows are `(seq, id, case, body)`.

Scope first: each function asks which case files this person may read and then for records of those,
so that what may not be read never leaves here (S1). Each query names the case files it means, and
so follows their index on either database, whatever its statistics say: a page costs what is on it.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
)

from server.core.actor import Actor
from server.core.bulk import among, listed
from server.core.models import LASTS, Access, CaseFile, Record
from server.kinds.base import FILE
from server.sync import scope, visibility


class PulledRow(NamedTuple):
    """A record as it goes to a device."""

    seq: int
    id: str
    case: str
    body: str


class FileLength(NamedTuple):
    id: str
    chain_length: int


Query = Select[*tuple[object, ...]]

#: a span of `due` that counts as the coming days: from, up to but without
Span = tuple[str, str]


def changed(
    connection: Connection, actor: Actor, after: int, bound: int, but: tuple[int, int], rows_max: int
) -> list[PulledRow]:
    """What is readable with `after < seq ≤ bound`, by seq. Files without anything new cost a look each.

    `but` are the first and last seq of what the device is told anyhow.
    """
    given = {"org": actor.org, "user": actor.user, "after": after}
    cases = connection.scalars(_CHANGED_FILES, given).all()
    if not cases:
        return []
    given |= {"cases": listed(cases), "bound": bound, "limit": rows_max}
    given |= {"but_from": but[0], "but_to": but[1]}
    return [PulledRow._make(row) for row in connection.execute(_CHANGED, given)]


def first(connection: Connection, actor: Actor, after: int, bound: int, days: Span, rows_max: int) -> list[PulledRow]:
    """What *Tänään* needs (P8): the shared file, the heads of the case files, the coming days; by seq."""
    cases = scope.readable_cases(connection, actor)[1:]
    given = _given(actor, cases, bound, days) | {"after": after, "limit": rows_max}
    return [PulledRow._make(row) for row in connection.execute(_FIRST, given)]


def files(
    connection: Connection,
    actor: Actor,
    after: tuple[str, int],
    bound: int,
    days: Span,
    rows_max: int,
) -> list[PulledRow]:
    """All the rest, file after file: by (case, seq), from beyond `after`."""
    rows: list[PulledRow] = []
    given = {"org": actor.org, "user": actor.user, "from": after[0]}
    lengths = map(FileLength._make, connection.execute(_FILES_FROM, given).all())
    while len(rows) < rows_max and (cases := list(_filling(lengths, rows_max - len(rows)))):
        given_page = _given(actor, cases, bound, days)
        given_page |= {"after_case": after[0], "after_seq": after[1], "limit": rows_max - len(rows)}
        rows += map(PulledRow._make, connection.execute(_FILES, given_page))
    return rows


def _filling(lengths: Iterator[FileLength], rows: int) -> Iterator[str]:
    """The next case files that together may hold `rows` records: none has more records than changes."""
    while rows > 0 and (file := next(lengths, None)):
        yield file.id
        rows -= file.chain_length


def one_file(connection: Connection, actor: Actor, case: str, after: int, bound: int, rows_max: int) -> list[PulledRow]:
    """A whole case file, by seq."""
    if case not in scope.readable(connection, actor, [case]):
        return []
    given = {"org": actor.org, "case": case, "after": after, "bound": bound, "limit": rows_max}
    return [PulledRow._make(row) for row in connection.execute(_ONE_FILE, given)]


def records_to_fill(connection: Connection, actor: Actor, cases: Iterable[str], bound: int) -> int:
    """How many records a fill of these case files brings, up to `bound`; those that are not to be read do not count."""
    readable = scope.readable(connection, actor, cases)
    given = {"org": actor.org, "cases": listed(readable), "bound": bound}
    wanted = _COUNT if visibility.reads_all(actor) else _COUNT.where(_in_classes_of(actor))
    total: int = connection.execute(wanted, given).scalar_one()
    return total


def _in_classes_of(actor: Actor) -> ColumnElement[bool]:
    """D4, told by the file and by how the stored body begins."""

    def begins(mark: str) -> ColumnElement[bool]:
        return func.substr(Record.body, 1, len(mark)) == mark

    of_file = [~begins(visibility.MARKED)] if FILE in visibility.classes(actor) else []
    marked = [begins(mark) for mark in visibility.readable_marks(actor)]
    return or_(and_(Record.case == actor.org, ~begins(visibility.MARKED)), *of_file, *marked)


def _given(actor: Actor, cases: Iterable[str], bound: int, days: Span) -> dict[str, str | int]:
    return {"org": actor.org, "cases": listed(cases), "bound": bound, "since": days[0], "until": days[1]}


# --- the statements, built once -----------------------------------------------------------------------------------

_ROWS = select(Record.seq, Record.id, Record.case, Record.body)
_IN_CASES = (Record.org == bindparam("org")) & among(Record.case, bindparam("cases"))
_UP_TO_BOUND = Record.seq <= bindparam("bound")
_AFTER = Record.seq > bindparam("after")
#: written out, not a parameter: only so is the index of the heads found
_IS_HEAD = Record.kind == literal_column("'case'")
_IN_DAYS = (Record.due >= bindparam("since")) & (Record.due < bindparam("until"))


def _changed_files() -> Select[str]:
    is_changed = (CaseFile.org == bindparam("org")) & (CaseFile.last_seq > bindparam("after"))
    own = (
        select(CaseFile.id)
        .join(Access, (Access.org == CaseFile.org) & (Access.case == CaseFile.id))
        .where(is_changed, Access.user == bindparam("user"), LASTS)
    )
    shared = select(CaseFile.id).where(is_changed, CaseFile.id == bindparam("org"))
    return select(union_all(own, shared).subquery())


def _changed() -> Query:
    page = (
        select(Record.case, Record.seq)
        .where(_IN_CASES, _AFTER, _UP_TO_BOUND)
        .where(~Record.seq.between(bindparam("but_from"), bindparam("but_to")))
        .order_by(Record.seq)
        .limit(bindparam("limit"))
        .subquery()
    )
    of_page = (Record.org == bindparam("org")) & (Record.case == page.c.case) & (Record.seq == page.c.seq)
    return _ROWS.select_from(page).join(Record, of_page).order_by(Record.seq)


def _first() -> Query:
    shared = _ROWS.where(Record.org == bindparam("org"), Record.case == bindparam("org"), _UP_TO_BOUND, _AFTER)
    heads = _ROWS.where(_IN_CASES, _IS_HEAD, _UP_TO_BOUND, _AFTER)
    days = _ROWS.where(_IN_CASES, _IN_DAYS, ~_IS_HEAD, _UP_TO_BOUND, _AFTER)
    rows = union_all(shared, heads, days).subquery()
    return select(rows).order_by(rows.c.seq).limit(bindparam("limit"))


def _files_from() -> Query:
    of_file = (CaseFile.org == Access.org) & (CaseFile.id == Access.case)
    return (
        select(CaseFile.id, CaseFile.chain_length)
        .select_from(Access)
        .join(CaseFile, of_file)
        .where(Access.org == bindparam("org"), Access.user == bindparam("user"), LASTS)
        .where(Access.case >= bindparam("from"))
        .order_by(Access.case)
    )


def _files() -> Query:
    beyond = tuple_(Record.case, Record.seq) > tuple_(bindparam("after_case"), bindparam("after_seq"))
    return (
        _ROWS.where(_IN_CASES, _UP_TO_BOUND, beyond, ~_IS_HEAD, or_(Record.due.is_(None), ~_IN_DAYS))
        .order_by(Record.case, Record.seq)
        .limit(bindparam("limit"))
    )


def _one_file() -> Query:
    in_file = (Record.org == bindparam("org")) & (Record.case == bindparam("case"))
    return _ROWS.where(in_file, _AFTER, _UP_TO_BOUND).order_by(Record.seq).limit(bindparam("limit"))


_CHANGED_FILES, _CHANGED = _changed_files(), _changed()
_FIRST, _FILES_FROM, _FILES, _ONE_FILE = _first(), _files_from(), _files(), _one_file()
_COUNT = select(func.count()).select_from(Record).where(_IN_CASES, _UP_TO_BOUND)
