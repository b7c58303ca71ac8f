"""Changes that wait for a supervisor: access was lost before they arrived (S4), or they were handed over (S7)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple, TypedDict

import orjson
from sqlalchemy import ColumnElement, Connection, literal, or_, select, tuple_, update
from sqlalchemy.orm import Session as Transaction

from server.config import LIMITS
from server.core import audit, timestamps
from server.core.actor import Actor
from server.core.bulk import among, listed
from server.core.models import ReviewItem, User
from server.core.problems import Problem, ProblemJson
from server.core.roles import LEADER, SUPERVISORS
from server.rules.shape import is_id
from server.sync import log, opening, protocol, scope, visibility
from server.sync.apply import Arrival, apply_all
from server.sync.protocol import ChangeJson
from server.sync.push import Verdict, VerdictName, misplaced, refused

#: in the place of a page: when it was received, and its id
BETWEEN = "/"


Decision = Literal["released", "rejected"]


class WaitingEntry(TypedDict):
    author: str
    received: str
    change: ChangeJson
    problem: ProblemJson | None


class WaitingPage(TypedDict):
    entries: list[WaitingEntry]
    next: str | None


class WaitingRow(NamedTuple):
    id: str
    author: str
    received: str
    change: str
    problem: str | None


class HeldRow(NamedTuple):
    """A change to decide on."""

    id: str
    case: str
    author: str
    device: str
    received: str
    change: str
    problem: str | None


def waiting(connection: Connection, actor: Actor, after: str = "") -> WaitingPage:
    """A page of the held changes that wait for this supervisor, the oldest first.

    `{entries: [{author, received, change, problem}…], next}`: `next` is the `after` of the next page, null on the last.
    Those of the case files that the supervisor may read, and what the own people handed over, but for kinds that the
    supervisor may not read (D4). `problem` is what these were refused with, null for the others.
    """
    received, _, last = after.partition(BETWEEN)
    wanted = (
        select(ReviewItem.id, ReviewItem.author, ReviewItem.received, ReviewItem.change, ReviewItem.problem)
        .where(*_waits_for(connection, actor))
        .where(tuple_(ReviewItem.received, ReviewItem.id) > tuple_(received, last))
        .order_by(ReviewItem.received, ReviewItem.id)
        .limit(LIMITS.held_page_entries_max + 1)
    )
    rows, following = _fitting([WaitingRow._make(row) for row in connection.execute(wanted)])
    entries: list[WaitingEntry] = [
        {
            "author": row.author,
            "received": row.received,
            "change": orjson.loads(row.change),
            "problem": orjson.loads(row.problem) if row.problem else None,
        }
        for row in rows
    ]
    return {
        "entries": [entry for entry in entries if visibility.role_reads(actor.role, entry["change"]["kind"])],
        "next": following,
    }


def waiting_count(connection: Connection, actor: Actor) -> int:
    """How many changes wait for this supervisor: those that `waiting` lists, on all its pages."""
    return sum(
        visibility.role_reads(actor.role, orjson.loads(change)["kind"])
        for change in connection.scalars(select(ReviewItem.change).where(*_waits_for(connection, actor)))
    )


def _waits_for(connection: Connection, actor: Actor) -> list[ColumnElement[bool]]:
    """Of the case files that the supervisor may read, and what the own people handed over."""
    _must_supervise(actor)
    cases = scope.readable_cases(connection, actor)
    own = or_(among(ReviewItem.case, literal(listed(cases))), _handed_by_own_people(actor))
    return [ReviewItem.org == actor.org, ReviewItem.decision.is_(None), own]


def _fitting(rows: Sequence[WaitingRow]) -> tuple[Sequence[WaitingRow], str | None]:
    """As many as a page holds, one at least; and after which the next one begins."""
    size, count = 0, 0
    for row in rows[: LIMITS.held_page_entries_max]:
        size += len(row.change)
        if count and size > LIMITS.held_page_bytes_max:
            break
        count += 1
    last = rows[count - 1] if count < len(rows) else None
    return rows[:count], f"{last.received}{BETWEEN}{last.id}" if last else None


def _handed_by_own_people(actor: Actor) -> ColumnElement[bool]:
    """What was handed over by whom this supervisor answers for: the own team, or the organisation."""
    people = select(User.id).where(User.org == actor.org)
    if actor.role == LEADER:
        own_team = select(User.team).where(User.id == actor.user, User.org == actor.org).scalar_subquery()
        people = people.where(User.team == own_team)
    return ReviewItem.problem.is_not(None) & ReviewItem.author.in_(people)


def release(transaction: Transaction, actor: Actor, change: str) -> Verdict:
    """Apply a held change as its author made it, and return its verdict.

    A *refused* one (its record moved, say) goes on waiting. `not_found` for what is not in this
    supervisor's list or was decided before; `not_allowed` for whoever does not supervise.
    """
    connection = transaction.connection()
    row = _held(connection, actor, change)
    incoming = protocol.change_in(orjson.loads(row.change))
    if _is_opening(row):
        opening.open_files(transaction, actor, [incoming])
    if row.case not in scope.readable(connection, actor, [row.case]):
        return {"id": change, **refused("case_unknown")}
    files = scope.lock_files(connection, actor.org, [row.case])
    stored = log.records(connection, actor.org, [incoming.record])
    if not _may_write(connection, actor, row, incoming.kind, stored.values()):
        return {"id": change, **refused("not_allowed")}
    places = {record: (each.case, each.kind) for record, each in stored.items()}
    refusal = misplaced(incoming, files[row.case].home, places)
    if incoming.problem:
        refusal = {"verdict": "refused", "problem": incoming.problem.as_json()}
    if refusal:
        return {"id": change, **refusal}
    arrival = Arrival(incoming, row.author, row.device, row.received)
    outcome = apply_all(connection, actor.org, files, stored, [arrival])
    if outcome.full:
        return {"id": change, **refused("record_full")}
    opening.follow_headers(transaction, actor.org, actor.user, outcome, files)
    _decide(transaction, actor, row, "released")
    verdict: VerdictName = "conflict" if change in outcome.differing else "applied"
    return {"id": change, "verdict": verdict, "seq": outcome.records[incoming.record].seq}


def _may_write(connection: Connection, actor: Actor, held: HeldRow, kind: str, stored: Iterable[log.RecordRow]) -> bool:
    """Whether supervisor and author may both read what the change is upon (D4): it is applied in the author's name.

    Of an opening that was not granted (H5) the author writes what nobody has written before.
    """
    role = connection.scalar(select(User.role).where(User.org == actor.org, User.id == held.author)) or ""
    author = replace(actor, user=held.author, role=role)
    if not visibility.role_reads(role, kind) and not _is_opening(held):
        return False
    return all(visibility.may_read(who, each) for each in stored for who in (actor, author))


def _is_opening(held: HeldRow) -> bool:
    return held.problem is not None and orjson.loads(held.problem)["code"] == "opening_not_granted"


def reject(transaction: Transaction, actor: Actor, change: str) -> None:
    """Leave a held change unapplied. It is kept, with who decided and when."""
    _decide(transaction, actor, _held(transaction.connection(), actor, change), "rejected")


def _must_supervise(actor: Actor) -> None:
    if actor.role not in SUPERVISORS:
        raise Problem("not_allowed")


def _held(connection: Connection, actor: Actor, change: str) -> HeldRow:
    """The held change, locked until the transaction ends: two supervisors decide once."""
    _must_supervise(actor)
    if not is_id(change):
        raise Problem("not_found")
    wanted = (
        select(ReviewItem)
        .with_only_columns(
            ReviewItem.id,
            ReviewItem.case,
            ReviewItem.author,
            ReviewItem.device,
            ReviewItem.received,
            ReviewItem.change,
            ReviewItem.problem,
        )
        .where(ReviewItem.org == actor.org, ReviewItem.id == change, ReviewItem.decision.is_(None))
    )
    found = connection.execute(wanted.with_for_update()).first()
    row = HeldRow._make(found) if found else None
    if row is None or not _is_listed(connection, actor, row):
        raise Problem("not_found")
    return row


def _is_listed(connection: Connection, actor: Actor, row: HeldRow) -> bool:
    if not visibility.role_reads(actor.role, orjson.loads(row.change)["kind"]):
        return False
    if row.case in scope.accessible(connection, actor, [row.case]):
        return True
    handed = select(ReviewItem.id).where(ReviewItem.org == actor.org, ReviewItem.id == row.id)
    return connection.execute(handed.where(_handed_by_own_people(actor))).first() is not None


def _decide(transaction: Transaction, actor: Actor, row: HeldRow, decision: Decision) -> None:
    now = timestamps.now()
    decided = {"decision": decision, "decided_by": actor.user, "decided_at": now}
    where = (ReviewItem.org == actor.org, ReviewItem.id == row.id)
    transaction.connection().execute(update(ReviewItem).where(*where).values(decided))
    detail = {"change": row.id, "case": row.case, "author": row.author}
    audit.note(transaction, actor, f"held_{decision}", detail)
