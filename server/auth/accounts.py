"""Accounts: who answers for whom, new passwords, and accounts that are closed."""

from sqlalchemy.orm import Session as Transaction

from server.core import journal, timestamps
from server.core.actor import Actor
from server.core.models import SignInName, User
from server.core.roles import ADMINS, LEADER
from server.rules.names import normalized_name


def named(transaction: Transaction, typed: str) -> User | None:
    """Who signs in under this name, however it was typed (O2)."""
    found = transaction.get(SignInName, normalized_name(typed))
    return transaction.get(User, (found.account, found.org)) if found else None


def may_manage(transaction: Transaction, actor: Actor, owner: User) -> bool:
    """Oneself; a leader the own team; an administrator the organisation."""
    if owner.org != actor.org:
        return False
    if owner.id == actor.user or actor.role in ADMINS:
        return True
    own_team = transaction.get_one(User, (actor.user, actor.org)).team
    return actor.role == LEADER and own_team is not None and owner.team == own_team


def set_password(
    transaction: Transaction, user: User, password_hash: str, actor: str | None, until: str | None = None
) -> None:
    """`until`: it is a one-time password, and good for choosing another one until then (A3)."""
    user.password_hash = password_hash
    user.password_changed_at = timestamps.now()
    user.password_expires_at = until
    secret = {"hash": password_hash, "until": until}
    journal.record(transaction, user.org, "password", {"user": user.id}, actor, secret)


def set_active(transaction: Transaction, user: User, active: bool, actor: str | None) -> None:
    user.active = active
    journal.record(transaction, user.org, "user_active", {"user": user.id, "active": active}, actor)
