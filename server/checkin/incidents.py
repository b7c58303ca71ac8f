"""Threats: kept apart from the client's record, for the author and those who answer for the author's safety (K7)."""

from typing import Any

import orjson
from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session as Transaction

from server import audit, moments
from server.auth.accounts import ADMINS, LEADER
from server.checkin.tables import Incident
from server.models import User
from server.problems import Problem
from server.sync.actor import Actor


def keep(transaction: Transaction, actor: Actor, id_: str, said: dict[str, Any]) -> dict[str, Any]:
    """Another version, or the first. What says the same again changes nothing; only its author corrects."""
    versions = _versions(transaction, actor, id_)
    if versions and versions[-1].author != actor.user:
        raise Problem("not_found")
    body = orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()
    if not versions or versions[-1].body != body:
        version = Incident(
            id=id_, org=actor.org, version=len(versions) + 1, author=actor.user, arrived=moments.now(), body=body
        )
        transaction.add(version)
        versions.append(version)
    return _shown(versions)


def readable(transaction: Transaction, actor: Actor) -> list[dict[str, Any]]:
    """One's own; a leader's team's; an administrator's organisation's. What happened last comes first."""
    wanted = select(Incident).join(User, User.id == Incident.author).where(Incident.org == actor.org)
    found = transaction.scalars(wanted.where(_may_read(transaction, actor)).order_by(Incident.id, Incident.version))
    by_id: dict[str, list[Incident]] = {}
    for each in found:
        by_id.setdefault(each.id, []).append(each)
    return sorted(map(_shown, by_id.values()), key=lambda incident: incident["at"], reverse=True)


def read(transaction: Transaction, actor: Actor, id_: str) -> list[dict[str, Any]]:
    """All its versions, the latest first. Who reads another's is noted."""
    wanted = select(Incident).join(User, User.id == Incident.author).where(Incident.org == actor.org)
    wanted = wanted.where(_may_read(transaction, actor), Incident.id == id_)
    versions = list(transaction.scalars(wanted.order_by(Incident.version)))
    if not versions:
        raise Problem("not_found")
    if versions[0].author != actor.user:
        audit.note(transaction.connection(), actor, "incident_read", {"incident": id_, "author": versions[0].author})
    return [_shown(versions[: each.version]) for each in reversed(versions)]


def _may_read(transaction: Transaction, actor: Actor) -> ColumnElement[bool]:
    """Of incidents joined with their authors (K7)."""
    if actor.role in ADMINS:
        return true()
    own = Incident.author == actor.user
    team = transaction.get_one(User, actor.user).team
    return own | (User.team == team) if actor.role == LEADER and team is not None else own


def _versions(transaction: Transaction, actor: Actor, id_: str) -> list[Incident]:
    own = select(Incident).where(Incident.id == id_, Incident.org == actor.org)
    return list(transaction.scalars(own.order_by(Incident.version).with_for_update()))


def _shown(versions: list[Incident]) -> dict[str, Any]:
    latest = versions[-1]
    said: dict[str, Any] = orjson.loads(latest.body)
    own = {"id": latest.id, "author": latest.author, "version": latest.version, "arrived": latest.arrived}
    return said | own
