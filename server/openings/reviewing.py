"""A leader looks at what was opened in the own team's files, and says whether it was right (S12)."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, case, func, select, tuple_
from sqlalchemy.orm import Session as Transaction

from server.config import LIMITS
from server.core.actor import Actor
from server.core.models import LASTS, Access, CaseFile, User
from server.core.pages import page_of, parts_of
from server.core.problems import Problem
from server.core.roles import LEADER, SUPERVISORS
from server.openings import noting
from server.openings.noting import Review
from server.openings.tables import FileOpening
from server.sync import one_person, record_queries, scope
from server.sync.opening import OPENING_WAYS
from server.sync.shown import shown_record

NOT_RIGHT = "opening_not_right"
#: what nobody has looked at stands first
RANK = case((FileOpening.reviewed_at.is_(None), "1"), else_="0")


class OpeningsPage(NamedTuple):
    openings: list[dict[str, object]]
    following: str | None


def waiting_count(connection: Connection, actor: Actor) -> int:
    """How many openings wait for this supervisor's word."""
    wanted = select(func.count()).select_from(FileOpening).join(CaseFile, _ITS_FILE)
    return connection.scalar(wanted.where(*_for_review(actor), FileOpening.reviewed_at.is_(None))) or 0


def to_review(connection: Connection, actor: Actor, after: str) -> OpeningsPage:
    """What waits first, then what was reviewed; each the latest first. `not_allowed` for whoever does not supervise."""
    if actor.role not in SUPERVISORS:
        raise Problem("not_allowed")
    order = (RANK, FileOpening.at, FileOpening.id)
    wanted = select(FileOpening.__table__, RANK.label("rank")).join(CaseFile, _ITS_FILE).where(*_for_review(actor))
    if after:
        wanted = wanted.where(tuple_(*order) < tuple_(*parts_of(after, len(order))))
    latest_first = wanted.order_by(*(each.desc() for each in order)).limit(LIMITS.list_page_max + 1)
    rows = connection.execute(latest_first).mappings().all()
    page, following = page_of(rows, lambda row: (row["rank"], row["at"], row["id"]))
    return OpeningsPage(_told(connection, actor.org, page), following)


def of_client(connection: Connection, actor: Actor, file: str) -> list[dict[str, object]]:
    """The openings of a client's files, the latest first, for whoever reads this one."""
    files = one_person.readable_files_of(connection, actor, file)
    if not files:
        raise Problem("not_found")
    wanted = select(FileOpening.__table__).where(FileOpening.org == actor.org, FileOpening.case.in_(files))
    latest_first = wanted.order_by(FileOpening.at.desc(), FileOpening.id.desc()).limit(LIMITS.list_page_max)
    return _told(connection, actor.org, connection.execute(latest_first).mappings().all())


def review(transaction: Transaction, actor: Actor, id_: str, said: Review) -> None:
    """Once. What was not right ends at once; `not_found` for an opening that is another's to review, or one's own."""
    own = select(FileOpening).join(CaseFile, _ITS_FILE).where(FileOpening.id == id_, *_for_review(actor))
    opening = transaction.scalar(own.with_for_update(of=FileOpening)) if actor.role in SUPERVISORS else None
    if opening is None:
        raise Problem("not_found")
    if opening.reviewed_at is not None:
        raise Problem("opening_reviewed")
    noting.note_review(transaction, actor, opening, said)
    if not said.was_right:
        files = one_person.files_of(transaction.connection(), actor.org, opening.case)
        opened = select(Access.case).where(Access.org == actor.org, Access.user == opening.user, LASTS)
        ending = transaction.scalars(opened.where(Access.case.in_(files), Access.reason.in_(OPENING_WAYS))).all()
        scope.revoke(transaction, actor.org, opening.user, ending, NOT_RIGHT, by=actor.user)


_ITS_FILE = (CaseFile.id == FileOpening.case) & (CaseFile.org == FileOpening.org)


def _for_review(actor: Actor) -> Sequence[ColumnElement[bool]]:
    """Of the own team's files, or of the organisation's; nobody reviews oneself."""
    team = select(User.team).where(User.id == actor.user, User.org == actor.org).scalar_subquery()
    own_team = (CaseFile.team == team,) if actor.role == LEADER else ()
    return (FileOpening.org == actor.org, FileOpening.user != actor.user, *own_team)


def _told(connection: Connection, org: str, rows: Sequence[RowMapping]) -> list[dict[str, object]]:
    """With the client's code: a leader of the team may not have the file on the device yet."""
    headers = map(shown_record, record_queries.headers(connection, org, {row["case"] for row in rows}))
    codes = {header.case: header.text("client_id") for header in headers}
    return [{**row, "client_id": codes.get(row["case"]) or ""} for row in rows]
