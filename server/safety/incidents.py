"""Threats: kept apart from the client's record, for the author and those who answer for the author's safety (K7)."""

from collections.abc import Mapping

import orjson
from sqlalchemy import ColumnElement, func, select, true, tuple_
from sqlalchemy.orm import Session as Transaction

from server.config import LIMITS
from server.core import audit, timestamps
from server.core.actor import Actor
from server.core.models import User
from server.core.pages import page_of, parts_of
from server.core.problems import Problem
from server.core.roles import ADMINS, LEADER
from server.safety.tables import Incident

_AUTHOR = (User.id == Incident.author) & (User.org == Incident.org)


def keep(transaction: Transaction, actor: Actor, id_: str, said: Mapping[str, object]) -> dict[str, object]:
    """Another version, or the first. What says the same again changes nothing; only its author corrects."""
    versions = _versions(transaction, actor, id_)
    if versions and versions[-1].author != actor.user:
        raise Problem("not_found")
    body = orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()
    if not versions or versions[-1].body != body:
        version = Incident(
            id=id_, org=actor.org, version=len(versions) + 1, author=actor.user, arrived=timestamps.now(), body=body
        )
        transaction.add(version)
        versions.append(version)
    return _shown(versions)


def readable(transaction: Transaction, actor: Actor, after: str = "") -> tuple[list[dict[str, object]], str | None]:
    """A page of one's own; a leader's team's; an administrator's organisation's. What was recorded last comes first:
    when it arrived never changes, so that a correction between two pages moves nothing."""
    first = select(Incident.id, Incident.arrived).join(User, _AUTHOR).where(Incident.org == actor.org)
    first = first.where(_may_read(transaction, actor), Incident.version == 1)
    if after:
        first = first.where(tuple_(Incident.arrived, Incident.id) < tuple_(*parts_of(after, 2)))
    first = first.order_by(Incident.arrived.desc(), Incident.id.desc()).limit(LIMITS.list_page_max + 1)
    page, following = page_of(transaction.execute(first).all(), lambda row: (row.arrived, row.id))
    latest = _latest(transaction, actor, [row.id for row in page])
    return [_shown([latest[row.id]]) for row in page], following


def _latest(transaction: Transaction, actor: Actor, ids: list[str]) -> dict[str, Incident]:
    """The newest version of each."""
    newest = select(Incident.id, func.max(Incident.version)).where(Incident.org == actor.org, Incident.id.in_(ids))
    is_newest = tuple_(Incident.id, Incident.version).in_(newest.group_by(Incident.id))
    found = transaction.scalars(select(Incident).where(Incident.org == actor.org, is_newest))
    return {each.id: each for each in found}


def read(transaction: Transaction, actor: Actor, id_: str) -> list[dict[str, object]]:
    """All its versions, the latest first. Who reads another's is noted."""
    wanted = select(Incident).join(User, _AUTHOR).where(Incident.org == actor.org)
    wanted = wanted.where(_may_read(transaction, actor), Incident.id == id_)
    versions = list(transaction.scalars(wanted.order_by(Incident.version)))
    if not versions:
        raise Problem("not_found")
    if versions[0].author != actor.user:
        audit.note(transaction, actor, "incident_read", {"incident": id_, "author": versions[0].author})
    return [_shown(versions[: each.version]) for each in reversed(versions)]


def _may_read(transaction: Transaction, actor: Actor) -> ColumnElement[bool]:
    """Of incidents joined with their authors (K7)."""
    if actor.role in ADMINS:
        return true()
    own = Incident.author == actor.user
    team = transaction.get_one(User, (actor.user, actor.org)).team
    return own | (User.team == team) if actor.role == LEADER and team is not None else own


def _versions(transaction: Transaction, actor: Actor, id_: str) -> list[Incident]:
    own = select(Incident).where(Incident.id == id_, Incident.org == actor.org)
    return list(transaction.scalars(own.order_by(Incident.version).with_for_update()))


def _shown(versions: list[Incident]) -> dict[str, object]:
    latest = versions[-1]
    said: dict[str, object] = orjson.loads(latest.body)
    own = {"id": latest.id, "author": latest.author, "version": latest.version, "arrived": latest.arrived}
    return said | own
