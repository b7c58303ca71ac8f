"""Changes that wait for a supervisor: access was lost before they arrived (S4), or they were handed over (S7)."""

from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Row, literal, or_, select, update
from sqlalchemy.orm import Session as Transaction

from server import audit, moments
from server.auth.accounts import LEADER
from server.models import HeldChange, User
from server.problems import Problem
from server.sync import log, scope, visibility, wire
from server.sync.actor import Actor
from server.sync.applying import Arrival, apply_all
from server.sync.bulk import among, listed
from server.sync.push import misplaced, refused

SUPERVISORS = frozenset({"team_leader", "service_manager"})


def waiting(connection: Connection, actor: Actor) -> list[dict[str, Any]]:
    """The held changes that wait for this supervisor: `{author, received, change, problem}` each.

    Those of the case files that the supervisor may read, and what the own people handed over, but for kinds that the
    supervisor may not read (D4). `problem` is what these were refused with, null for the others.
    """
    _must_supervise(actor)
    cases = scope.readable_cases(connection, actor)
    wanted = (
        select(HeldChange.author, HeldChange.received, HeldChange.change, HeldChange.problem)
        .where(HeldChange.org == actor.org, HeldChange.decision.is_(None))
        .where(or_(among(HeldChange.case, literal(listed(cases))), _handed_by_own_people(actor)))
        .order_by(HeldChange.received, HeldChange.id)
    )
    entries = [
        {
            "author": row.author,
            "received": row.received,
            "change": orjson.loads(row.change),
            "problem": orjson.loads(row.problem) if row.problem else None,
        }
        for row in connection.execute(wanted)
    ]
    hidden = visibility.hidden_kinds(actor)
    return [entry for entry in entries if entry["change"]["kind"] not in hidden]


def _handed_by_own_people(actor: Actor) -> ColumnElement[bool]:
    """What was handed over by whom this supervisor answers for: the own team, or the organisation."""
    people = select(User.id).where(User.org == actor.org)
    if actor.role == LEADER:
        own_team = select(User.team).where(User.id == actor.user).scalar_subquery()
        people = people.where(User.team == own_team)
    return HeldChange.problem.is_not(None) & HeldChange.author.in_(people)


def release(transaction: Transaction, actor: Actor, change: str) -> dict[str, Any]:
    """Apply a held change as its author made it, and return its verdict.

    A *refused* one (its record moved, say) goes on waiting. `not_found` for what is not in this
    supervisor's list or was decided before; `not_allowed` for whoever does not supervise.
    """
    connection = transaction.connection()
    row = _held(connection, actor, change)
    if row.case not in scope.accessible(connection, actor, [row.case]):
        return {"id": change, **refused("case_unknown")}
    incoming = wire.change_in(orjson.loads(row.change))
    files = scope.lock_files(connection, actor.org, [row.case])
    stored = log.records(connection, actor.org, [incoming.record])
    if any(not visibility.may_read(actor, each.body) for each in stored.values()):
        return {"id": change, **refused("not_allowed")}
    places = {record: (each.case, each.kind) for record, each in stored.items()}
    refusal = misplaced(incoming, places)
    if incoming.problem:
        refusal = {"verdict": "refused", "problem": incoming.problem.as_json()}
    if refusal:
        return {"id": change, **refusal}
    arrival = Arrival(incoming, row.author, row.device, row.received)
    outcome = apply_all(connection, actor.org, files, stored, [arrival])
    _decide(connection, actor, row, "released")
    verdict = "differs" if change in outcome.differing else "applied"
    return {"id": change, "verdict": verdict, "seq": outcome.records[incoming.record].seq}


def reject(transaction: Transaction, actor: Actor, change: str) -> None:
    """Leave a held change unapplied. It is kept, with who decided and when."""
    connection = transaction.connection()
    _decide(connection, actor, _held(connection, actor, change), "rejected")


def _must_supervise(actor: Actor) -> None:
    if actor.role not in SUPERVISORS:
        raise Problem("not_allowed")


def _held(connection: Connection, actor: Actor, change: str) -> Row[*tuple[Any, ...]]:
    """The held change, locked until the transaction ends: two supervisors decide once."""
    _must_supervise(actor)
    if not wire.is_id(change):
        raise Problem("not_found")
    wanted = (
        select(HeldChange)
        .with_only_columns(
            HeldChange.id,
            HeldChange.case,
            HeldChange.author,
            HeldChange.device,
            HeldChange.received,
            HeldChange.change,
        )
        .where(HeldChange.org == actor.org, HeldChange.id == change, HeldChange.decision.is_(None))
    )
    row = connection.execute(wanted.with_for_update()).first()
    if row is None or not _is_listed(connection, actor, row):
        raise Problem("not_found")
    return row


def _is_listed(connection: Connection, actor: Actor, row: Row[*tuple[Any, ...]]) -> bool:
    if orjson.loads(row.change)["kind"] in visibility.hidden_kinds(actor):
        return False
    if row.case in scope.accessible(connection, actor, [row.case]):
        return True
    handed = select(HeldChange.id).where(HeldChange.org == actor.org, HeldChange.id == row.id)
    return connection.execute(handed.where(_handed_by_own_people(actor))).first() is not None


def _decide(connection: Connection, actor: Actor, row: Any, decision: str) -> None:
    now = moments.now()
    decided = {"decision": decision, "decided_by": actor.user, "decided_at": now}
    where = (HeldChange.org == actor.org, HeldChange.id == row.id)
    connection.execute(update(HeldChange).where(*where).values(decided))
    detail = {"change": row.id, "case": row.case, "author": row.author}
    audit.note(connection, actor, f"held_{decision}", detail)
