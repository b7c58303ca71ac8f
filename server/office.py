"""What the office decides: organisations, teams, people and who works with whom.

People and teams are kept twice: here as accounts, and as records of the organisation's shared file,
so that phones know their colleagues. Both are written in one transaction.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction
from uuid6 import uuid7

from server import moments
from server.auth import accounts, passwords, sessions
from server.catalogue import codes_of
from server.models import Device, Organisation, Team, User
from server.sync import people, scope

#: a code of the catalogue `role` that has an account of its own
ROLES = tuple(role for role in codes_of("role") if role != "client")


@dataclass(frozen=True)
class Account:
    """A person to be added. `name` is the sign-in name, `display_name` what colleagues see."""

    organisation: Organisation
    name: str
    display_name: str
    role: str = "field_worker"
    team: Team | None = None
    phone: str = ""
    language: str = "fi"


class OfficeMistake(Exception):
    """What was asked for cannot be done. The text is for the person at the keyboard."""


def organisation_named(transaction: Transaction, name: str | None) -> Organisation:
    """The organisation by its name, or the only one there is."""
    found = list(transaction.scalars(select(Organisation).order_by(Organisation.name)))
    if name is not None:
        found = [organisation for organisation in found if organisation.name == name]
    if len(found) == 1:
        return found[0]
    if not found:
        raise OfficeMistake("There is no such organisation. Name a new one with --organisation.")
    names = ", ".join(organisation.name for organisation in found)
    raise OfficeMistake(f"Which organisation? Name one with --organisation: {names}")


def add_organisation(transaction: Transaction, name: str) -> Organisation:
    organisation = Organisation(id=str(uuid7()), name=name, epoch=new_epoch(), seq=0)
    transaction.add(organisation)
    transaction.flush()
    scope.open_file(transaction, organisation.id, organisation.id, None)
    return organisation


def team_named(transaction: Transaction, organisation: Organisation, name: str) -> Team | None:
    return transaction.scalar(select(Team).where(Team.org == organisation.id, Team.name == name))


def add_team(transaction: Transaction, organisation: Organisation, name: str, phone: str = "") -> Team:
    if team_named(transaction, organisation, name):
        raise OfficeMistake(f"There is a team {name} already.")
    team = Team(id=str(uuid7()), org=organisation.id, name=name, phone=phone)
    transaction.add(team)
    people.publish(transaction, organisation.id)
    return team


def user_named(transaction: Transaction, name: str) -> User:
    user = transaction.scalar(select(User).where(User.name == _sign_in_name(name)))
    if user is None:
        raise OfficeMistake(f"Nobody signs in as {name}. See: ovikello user list")
    return user


def find_or_add_organisation(transaction: Transaction, name: str) -> Organisation:
    found = transaction.scalar(select(Organisation).where(Organisation.name == name))
    return found or add_organisation(transaction, name)


def find_or_add_team(transaction: Transaction, organisation: Organisation, name: str) -> Team:
    found = team_named(transaction, organisation, name)
    return found or add_team(transaction, organisation, name)


def add_user(transaction: Transaction, account: Account, password: str) -> User:
    """A person who can sign in, and a record that colleagues see."""
    _refuse_weak(password, [account.name, account.display_name])
    return enter(transaction, account, passwords.hash_of(password))


def enter(transaction: Transaction, account: Account, password_hash: str) -> User:
    """`add_user` with a password that was judged and hashed before."""
    if account.role not in ROLES:
        raise OfficeMistake(f"The role is one of: {', '.join(ROLES)}")
    name = _sign_in_name(account.name)
    if transaction.scalar(select(User.id).where(User.name == name)):
        raise OfficeMistake(f"Somebody signs in as {name} already.")
    user = User(
        id=str(uuid7()),
        org=account.organisation.id,
        team=account.team.id if account.team else None,
        name=name,
        display_name=account.display_name,
        role=account.role,
        phone=account.phone,
        language=account.language,
        password_hash=password_hash,
        password_changed_at=moments.now(),
        active=True,
    )
    transaction.add(user)
    people.publish(transaction, account.organisation.id)
    return user


def reset_password(transaction: Transaction, user: User, password: str) -> None:
    """A new password, and every session of the person ends."""
    _refuse_weak(password, [user.name, user.display_name])
    accounts.set_password(transaction, user, passwords.hash_of(password), actor=None)
    sessions.end_all(transaction, user, "password_reset", actor=None)


def close_account(transaction: Transaction, user: User) -> None:
    """The person can sign in no more; what they wrote stays, and so does their name beside it."""
    accounts.set_active(transaction, user, active=False, actor=None)
    sessions.end_all(transaction, user, "closed", actor=None)
    people.publish(transaction, user.org)


def wipe_device(transaction: Transaction, device_id: str) -> None:
    """A stolen device is made unreadable at its next contact."""
    device = transaction.get(Device, device_id)
    if device is None:
        raise OfficeMistake("There is no such device. See: ovikello device list NAME")
    if device.wipe_asked_at is None:
        sessions.wipe_device(transaction, device, None)


def open_case(transaction: Transaction, worker: User, client_id: str, client_name: str) -> str:
    """A case file for the worker and the leaders of the team, with a header. Returns its id."""
    case = str(uuid7())
    scope.open_file(transaction, worker.org, case, worker.team)
    for person in transaction.scalars(select(User).where(User.org == worker.org, User.active)):
        leads = person.role == people.LEADER and person.team == worker.team
        if person.id == worker.id or leads:
            reason = "own_client" if person.id == worker.id else "supervision"
            scope.grant(transaction, worker.org, person.id, [case], reason)
    header = {
        "client_id": client_id,
        "client_name": client_name,
        "own_worker": worker.id,
        "team": worker.team,
    }
    given = {field: value for field, value in header.items() if value}
    people.write(transaction, worker.org, case, [(str(uuid7()), "case", given)])
    return case


def lend(transaction: Transaction, user: User, cases: list[str], until: str | None) -> None:
    """Access to case files, for good or until a moment (a stand-in)."""
    reason = "stand_in" if until else "own_client"
    try:
        scope.grant(transaction, user.org, user.id, cases, reason, expires_at=until)
    except LookupError as error:
        raise OfficeMistake(f"There is {error}.") from None


def take_away(transaction: Transaction, user: User, cases: list[str]) -> list[str]:
    """Ends access; returns the case files that were accessible until now."""
    return scope.revoke(transaction, user.org, user.id, cases, "office")


def new_epoch() -> str:
    return secrets.token_hex(8)


def _sign_in_name(name: str) -> str:
    return name.strip().lower()


def _refuse_weak(password: str, about: list[str]) -> None:
    if passwords.is_weak(password, about):
        raise OfficeMistake("That password is too short or too easily guessed.")
