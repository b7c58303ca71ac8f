"""Whom the people of the office may manage: an administrator the organisation, a leader the own team (A1)."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.orm import Session as Transaction

from server.core.actor import Actor
from server.core.models import Device, Team, User
from server.core.problems import Problem
from server.core.roles import ADMINS, LEADER
from server.directory import OfficeMistake
from server.kinds.readers import CASEWORKERS
from server.rules.shape import is_id

#: who has an office at all
MANAGERS = tuple(sorted(ADMINS | {LEADER}))


#: the data protection officer looks at logs, and changes nobody
SEES_ALL = ADMINS | {"data_protection"}


def own_team(transaction: Transaction, actor: Actor) -> str | None:
    """The team that a leader is bound to; None for who manages the organisation."""
    return None if actor.role in SEES_ALL else transaction.get_one(User, (actor.user, actor.org)).team or ""


def seen(
    transaction: Transaction,
    actor: Actor,
    team: InstrumentedAttribute[str | None] = User.team,
) -> Sequence[ColumnElement[bool]]:
    """What a row fulfils that is of the organisation, or of the leader's own team."""
    own = own_team(transaction, actor)
    return () if own is None else (team == own,)


def person_seen(transaction: Transaction, actor: Actor, person: str) -> User:
    """A person of the organisation, or of the leader's own team; `not_found` for any other."""
    user = transaction.get(User, (person, actor.org)) if is_id(person) else None
    own = own_team(transaction, actor)
    if user is None or own not in {None, user.team}:
        raise Problem("not_found")
    return user


def may_change(actor: Actor, user: User) -> bool:
    """Of somebody who is seen. A leader changes nobody who answers for others, and nobody ends or promotes oneself."""
    return user.id != actor.user and may_give(actor, user.role)


def may_give(actor: Actor, role: str) -> bool:
    """Whether this actor may make somebody this."""
    return actor.role in ADMINS or role not in MANAGERS


def managed(transaction: Transaction, actor: Actor, person: str) -> User:
    """A person whom this actor may change. `not_found` where they are not seen, `not_allowed` where they are."""
    user = person_seen(transaction, actor, person)
    if not may_change(actor, user):
        raise Problem("not_allowed")
    return user


def receiver_of_clients(transaction: Transaction, actor: Actor, from_: User, to: str) -> User:
    """The colleague who gets clients of `from_`, for good or for a time; told at `to` where they cannot."""
    receiver = person_seen(transaction, actor, to)
    if receiver.id == from_.id or not receiver.active or receiver.role not in CASEWORKERS:
        raise OfficeMistake("Clients go to a colleague who works with clients.", "to", "unknown")
    return receiver


def managed_team(transaction: Transaction, actor: Actor, team: str) -> Team:
    found = transaction.get(Team, (team, actor.org)) if is_id(team) else None
    if found is None or own_team(transaction, actor) not in {None, team}:
        raise Problem("not_found")
    return found


def managed_device(transaction: Transaction, actor: Actor, device: str) -> tuple[Device, User]:
    """A device whose person is seen; one's own too, since a lost phone may be one's own."""
    found = transaction.get(Device, (device, actor.org)) if is_id(device) else None
    if found is None:
        raise Problem("not_found")
    owner = person_seen(transaction, actor, found.user)
    if owner.id != actor.user and not may_change(actor, owner):
        raise Problem("not_allowed")
    return found, owner
