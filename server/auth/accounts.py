"""Accounts: who answers for whom, new passwords, and accounts that are closed."""

from sqlalchemy.orm import Session as Transaction

from server import journal, moments
from server.models import User
from server.sync.actor import Actor

LEADER = "team_leader"
ADMINS = frozenset({"admin", "service_manager"})


def may_manage(transaction: Transaction, actor: Actor, owner: User) -> bool:
    """Oneself; a leader the own team; an administrator the organisation."""
    if owner.org != actor.org:
        return False
    if owner.id == actor.user or actor.role in ADMINS:
        return True
    own_team = transaction.get_one(User, actor.user).team
    return actor.role == LEADER and own_team is not None and owner.team == own_team


def set_password(transaction: Transaction, user: User, password_hash: str, actor: str | None) -> None:
    user.password_hash = password_hash
    user.password_changed_at = moments.now()
    secret = {"hash": password_hash}
    journal.record(transaction, user.org, "password", {"user": user.id}, actor, secret)


def set_active(transaction: Transaction, user: User, active: bool, actor: str | None) -> None:
    user.active = active
    journal.record(transaction, user.org, "user_active", {"user": user.id, "active": active}, actor)
