"""What the office changes of people and teams who are there already (A3–A5): by command or in the app.

Each is an event of the audit log and of the journal, so that a restore does not take it back (L5).
"""

from collections.abc import Sequence
from typing import NamedTuple, TypedDict

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Transaction

from server import directory
from server.auth import accounts, passwords, sessions
from server.config import LIMITS
from server.core import journal, timestamps
from server.core.journal_detail import Detail
from server.core.models import LASTS, Access, CaseFile, Device, Organisation, Team, User
from server.core.problems import Problem
from server.core.roles import ADMINS
from server.directory import OfficeMistake, people
from server.kinds import homes
from server.kinds.readers import CASEWORKERS
from server.sync import opening

#: what of an account can be changed
CHANGEABLE = ("display_name", "role", "team", "phone", "language")


class OneTime(NamedTuple):
    """A password that is shown once, its hash, and until when it may be given for another one (A3)."""

    password: str
    hash: str
    until: str


def invite(transaction: Transaction, account: directory.Account, by: str | None, given: OneTime) -> User:
    """A person who chooses their own password at the first sign-in."""
    return directory.enter(transaction, account, given.hash, given.until, by)


def one_time() -> OneTime:
    """Outside the transaction that uses it: hashing takes long on purpose."""
    password = passwords.one_time()
    until = timestamps.ago(days=-LIMITS.one_time_password_days)
    return OneTime(password, passwords.hash_of(password), until)


def reset(transaction: Transaction, user: User, by: str | None, given: OneTime) -> None:
    """A one-time password for somebody who forgot theirs; every session ends, entries on phones stay there."""
    accounts.set_password(transaction, user, given.hash, by, given.until)
    sessions.end_all(transaction, user, "password_reset", by)


def reopen(transaction: Transaction, user: User, by: str | None, given: OneTime) -> None:
    """Somebody whose account had ended comes back, with a one-time password."""
    accounts.set_active(transaction, user, active=True, actor=by)
    reset(transaction, user, by, given)
    people.publish(transaction, user.org)


def end(transaction: Transaction, user: User, by: str | None, *, wipe_devices: bool) -> None:
    """The account ends; on request what lies on its devices is made unreadable at their next contact (A4)."""
    if user.role in ADMINS and not _other_admin(transaction, user):
        raise OfficeMistake("Nobody else administers this organisation.", "role", "last_admin")
    directory.close_account(transaction, user, by)
    if wipe_devices:
        asked = (Device.user == user.id, Device.org == user.org, Device.wipe_asked_at.is_(None))
        for device in transaction.scalars(select(Device).where(*asked)):
            sessions.wipe_device(transaction, device, by)


class WantedPerson(TypedDict):
    """What an account is to be."""

    display_name: str
    role: str
    team: str | None
    phone: str
    language: str


def change(transaction: Transaction, user: User, wanted: WantedPerson, by: str | None) -> None:
    """Name, role, team, phone and language, and the access that follows from role and team (A5)."""
    team, role = wanted["team"], wanted["role"]
    if role not in directory.ROLES:
        raise OfficeMistake(f"The role is one of: {', '.join(directory.ROLES)}", "role")
    if team is not None and transaction.get(Team, (team, user.org)) is None:
        raise OfficeMistake("There is no such team.", "team", "unknown")
    if user.role in ADMINS and role not in ADMINS and not _other_admin(transaction, user):
        raise OfficeMistake("Nobody else administers this organisation.", "role", "last_admin")
    if role not in CASEWORKERS and cases_worked_with(transaction, user):
        raise OfficeMistake("Hand over this person's clients first.", "role", "has_cases")
    user.display_name = directory.line(wanted["display_name"], directory.SHOWN_NAME, field="display_name")
    user.phone, user.language = directory.phone_number(wanted["phone"]), wanted["language"]
    if (user.team, user.role) != (team, role):
        opening.change_place(transaction, user, team, role, by)
    said = {"user": user.id, "role": role, "team": team}
    known = {column: getattr(user, column) for column in CHANGEABLE}
    journal.record(transaction, user.org, "user_change", said, by, {"account": known})
    people.publish(transaction, user.org)


def cases_worked_with(transaction: Transaction, user: User) -> list[str]:
    """The files of clients that this person works with for good."""
    own = select(Access.case).where(Access.org == user.org, Access.user == user.id, LASTS)
    of_clients = own.join(CaseFile, (CaseFile.id == Access.case) & (CaseFile.org == Access.org))
    wanted = of_clients.where(Access.reason.in_((opening.OWN_CLIENT, opening.OPENED)), CaseFile.home == homes.CASE)
    return sorted(transaction.scalars(wanted))


def chosen_cases(transaction: Transaction, user: User, cases: Sequence[str] | None) -> list[str]:
    """Those that are named, or all that this person works with for good; `not_found` where one is not theirs."""
    held = cases_worked_with(transaction, user)
    wanted = held if cases is None else sorted(set(cases))
    if not set(wanted) <= set(held):
        raise Problem("not_found")
    return wanted


def add_team(transaction: Transaction, org: str, name: str, phone: str) -> Team:
    return directory.add_team(transaction, transaction.get_one(Organisation, org), name, phone)


def change_team(transaction: Transaction, team: Team, name: str, phone: str, by: str | None) -> None:
    name = directory.line(name, directory.TEAM)
    other = directory.team_named(transaction, transaction.get_one(Organisation, team.org), name)
    if other is not None and other.id != team.id:
        raise OfficeMistake(f"There is a team {name} already.", "name", "taken")
    team.name, team.phone = name, directory.phone_number(phone)
    known = {"name": team.name, "phone": team.phone}
    journal.record(transaction, team.org, "team_change", {"team": team.id}, by, known)
    people.publish(transaction, team.org)


def _other_admin(transaction: Transaction, user: User) -> bool:
    others = (User.org == user.org, User.role.in_(ADMINS), User.active, User.id != user.id)
    return bool(transaction.scalar(select(func.count()).select_from(User).where(*others)))


# --- done again after a backup from before it (L5) ------------------------------------------------------------------


def _change_again(transaction: Transaction, org: str, detail: Detail, _by: str | None) -> None:
    """What access came and went with it has lines of its own."""
    account = detail.within("account")
    user, team = transaction.get(User, (detail.text("user"), org)), account.text_or_none("team")
    if user is None or (team is not None and transaction.get(Team, (team, org)) is None):
        return
    for column, value in account.items():
        setattr(user, column, value)
    people.publish(transaction, org)


def _team_change_again(transaction: Transaction, org: str, detail: Detail, _by: str | None) -> None:
    team = transaction.get(Team, (detail.text("team"), org))
    if team is not None:
        team.name, team.phone = detail.text("name"), detail.text("phone")
        people.publish(transaction, org)


journal.REPLAYS["user_change"] = journal.Replay(
    _change_again, lambda detail: [("account", detail.text("user"))], gives=lambda _: True
)
journal.REPLAYS["team_change"] = journal.Replay(_team_change_again, lambda detail: [("team", detail.text("team"))])
