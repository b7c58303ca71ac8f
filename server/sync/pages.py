"""The records of a pull, a page at a time (SPEC P). Rows are `(seq, id, case, body)`.

Each query follows the indexes of what it asks for, so that a page costs what is on it and not what
lies in the database. All are scoped by access: what a person may not read never leaves here (S1).
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)

from server.models import Access, CaseFile, Record
from server.sync.actor import Actor

Rows = Sequence[Row[*tuple[Any, ...]]]
Query = Select[*tuple[Any, ...]]

#: a span of `due` that counts as the coming days: from, up to but without
Span = tuple[str, str]

_ROW = (Record.seq, Record.id, Record.case, Record.body)
_OF_ORG = Record.org == bindparam("org")
_OWN = (Access.org == bindparam("org")) & (Access.user == bindparam("user"))


def changed(connection: Connection, actor: Actor, after: int, bound: int, but: tuple[int, int], rows_max: int) -> Rows:
    """What is readable with `after < seq ≤ bound`, by seq. Files without anything new cost a look each.

    `but` are the first and last seq of what the device is told anyhow.
    """
    given = {"org": actor.org, "user": actor.user, "after": after, "bound": bound, "limit": rows_max}
    given |= {"but_from": but[0], "but_to": but[1]}
    return connection.execute(_CHANGED, given).all()


def _changed() -> Query:
    own = select(Access.case.label("id")).where(_OWN)
    shared = select(bindparam("org", type_=Record.org.type).label("id"))
    files = union_all(own, shared).subquery("files")
    seqs = (
        select(Record.seq)
        .select_from(files)
        .join(CaseFile, (CaseFile.org == bindparam("org")) & (CaseFile.id == files.c.id))
        .join(Record, _OF_ORG & (Record.case == CaseFile.id))
        .where(CaseFile.last_seq > bindparam("after"), Record.seq > bindparam("after"))
        .where(Record.seq <= bindparam("bound"))
        .where(~Record.seq.between(bindparam("but_from"), bindparam("but_to")))
        .order_by(Record.seq)
        .limit(bindparam("limit"))
    )
    return select(*_ROW).where(_OF_ORG, Record.seq.in_(seqs)).order_by(Record.seq)


_CHANGED = _changed()


def first(connection: Connection, actor: Actor, after: int, bound: int, days: Span, rows_max: int) -> Rows:
    """What *Tänään* needs (P8): the shared file, the heads of the case files, the coming days; by seq."""
    given = _given(actor, bound, days, limit=rows_max, after=after)
    return connection.execute(_FIRST, given).all()


def files(
    connection: Connection,
    actor: Actor,
    after: tuple[str, int],
    bound: int,
    days: Span,
    rows_max: int,
) -> Rows:
    """All the rest, file after file: by (case, seq), from beyond `after`."""
    given = _given(actor, bound, days, limit=rows_max, after_case=after[0], after_seq=after[1])
    return connection.execute(_FILES, given).all()


def one_file(connection: Connection, actor: Actor, case: str, after: int, bound: int, rows_max: int) -> Rows:
    """A whole case file, by seq."""
    wanted = select(*_ROW).where(*_in_file(actor, case, bound), Record.seq > after)
    return connection.execute(wanted.order_by(Record.seq).limit(rows_max)).all()


def count(connection: Connection, actor: Actor, bound: int) -> int:
    """How many records a fill of everything brings, up to `bound`."""
    given = {"org": actor.org, "user": actor.user, "bound": bound}
    total: int = connection.execute(_COUNT, given).scalar_one()
    return total


def count_file(connection: Connection, actor: Actor, case: str, bound: int) -> int:
    wanted = select(func.count()).select_from(Record).where(*_in_file(actor, case, bound))
    return connection.execute(wanted).scalar_one()


def _given(actor: Actor, bound: int, days: Span, **more: Any) -> dict[str, Any]:
    return {"org": actor.org, "user": actor.user, "bound": bound, "since": days[0], "until": days[1], **more}


def _in_file(actor: Actor, case: str, bound: int) -> tuple[ColumnElement[bool], ...]:
    access = (Access.org == actor.org) & (Access.user == actor.user) & (Access.case == case)
    readable = or_(literal(case == actor.org), select(Access.case).where(access).exists())
    return (Record.org == actor.org, Record.case == case, Record.seq <= bound, readable)


def _own_records() -> Query:
    of_case = _OF_ORG & (Record.case == Access.case)
    return select(*_ROW).select_from(Access).join(Record, of_case).where(_OWN, Record.seq <= bindparam("bound"))


_IS_HEAD = Record.kind == "case"
_IN_DAYS = (Record.due >= bindparam("since")) & (Record.due < bindparam("until"))


def _first() -> Query:
    shared = select(*_ROW).where(_OF_ORG, Record.case == bindparam("org"), Record.seq <= bindparam("bound"))
    heads = _own_records().where(_IS_HEAD)
    days = _own_records().where(_IN_DAYS, ~_IS_HEAD)
    rows = union_all(shared, heads, days).subquery()
    return select(rows).where(rows.c.seq > bindparam("after")).order_by(rows.c.seq).limit(bindparam("limit"))


def _files() -> Query:
    beyond = tuple_(Access.case, Record.seq) > tuple_(bindparam("after_case"), bindparam("after_seq"))
    return (
        _own_records()
        .where(Access.case >= bindparam("after_case"), beyond)
        .where(~_IS_HEAD, or_(Record.due.is_(None), ~_IN_DAYS))
        .order_by(Access.case, Record.seq)
        .limit(bindparam("limit"))
    )


def _count() -> Query:
    own = _own_records().with_only_columns(Record.seq)
    shared = select(Record.seq).where(_OF_ORG, Record.case == bindparam("org"), Record.seq <= bindparam("bound"))
    return select(func.count()).select_from(union_all(own, shared).subquery())


_FIRST, _FILES, _COUNT = _first(), _files(), _count()
