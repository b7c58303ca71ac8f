"""What the office decides: organisations, teams, people and who works with whom.

People and teams are kept twice: here as accounts, and as records of the organisation's shared file,
so that phones know their colleagues. Both are written in one transaction.
"""

import secrets
import unicodedata
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction
from uuid6 import uuid7

from server.auth import accounts, passwords, security_log, sessions
from server.catalogue import codes_of
from server.config import LIMITS
from server.core import journal, timestamps
from server.core.journal_detail import Detail
from server.core.models import CaseFile, Device, Organisation, SignInName, Team, User
from server.core.roles import LEADER
from server.directory import people
from server.rules.names import normalized_name
from server.rules.phones import dialled
from server.rules.shape import is_id
from server.sync import opening, scope
from server.sync.protocol import ChangeJson

#: a code of the catalogue `role` that has an account of its own
ROLES = tuple(role for role in codes_of("role") if role != "client")


SHOWN_NAME = "The name that colleagues see"
ORGANISATION, TEAM, SIGN_IN_NAME = "The organisation's name", "The team's name", "The sign-in name"
CALLED = {"client_id": "The client's id", "client_name": "The client's name"}
PHONE_CHARS_MAX = 32
#: what an account is, and what it takes to make it again (L11)
ACCOUNT_COLUMNS = (
    "team",
    "display_name",
    "role",
    "phone",
    "language",
    "password_hash",
    "password_changed_at",
    "password_expires_at",
    "active",
)


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
    """What was asked for cannot be done. The text is for the person at the keyboard; where a form asked, `field` and
    `code` say the same."""

    def __init__(self, text: str, field: str = "", code: str = "invalid") -> None:
        super().__init__(text)
        self.field, self.code = field, code


def line(given: str, called: str, chars_max: int = LIMITS.line_chars_max, field: str = "name") -> str:
    """A line as it is kept: what a device may write and either database can hold. `OfficeMistake` for any other."""
    kept = unicodedata.normalize("NFC", given).strip()
    sorts = {unicodedata.category(character) for character in kept}
    if sorts & {"Cc", "Cs", "Zl", "Zp"}:
        raise OfficeMistake(f"{called} holds a character that no line of text has.", field)
    if not sorts - {"Cf", "Zs"}:
        raise OfficeMistake(f"{called} is empty.", field, "empty")
    if len(kept) > chars_max:
        raise OfficeMistake(f"{called} is too long ({len(kept)} characters, at most {chars_max}).", field)
    return kept


def organisation_named(transaction: Transaction, name: str | None) -> Organisation:
    """The organisation by its name, or the only one there is."""
    name = name if name is None else line(name, ORGANISATION)
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
    name = line(name, ORGANISATION)
    organisation = Organisation(id=str(uuid7()), name=name, epoch=new_epoch(), seq=0)
    transaction.add(organisation)
    transaction.flush()
    known = {"name": name, "epoch": organisation.epoch}
    journal.record(transaction, organisation.id, "organisation", {}, None, known)
    scope.open_file(transaction, organisation.id, organisation.id, None, home="organisation")
    return organisation


def team_named(transaction: Transaction, organisation: Organisation, name: str) -> Team | None:
    return transaction.scalar(select(Team).where(Team.org == organisation.id, Team.name == name))


def add_team(transaction: Transaction, organisation: Organisation, name: str, phone: str = "") -> Team:
    name = line(name, TEAM)
    if team_named(transaction, organisation, name):
        raise OfficeMistake(f"There is a team {name} already.", "name", "taken")
    team = Team(id=str(uuid7()), org=organisation.id, name=name, phone=phone_number(phone))
    transaction.add(team)
    journal.record(transaction, team.org, "team", {"team": team.id}, None, {"name": name, "phone": team.phone})
    people.publish(transaction, organisation.id)
    return team


def user_named(transaction: Transaction, name: str) -> User:
    user = accounts.named(transaction, line(name, SIGN_IN_NAME))
    if user is None:
        raise OfficeMistake(f"Nobody signs in as {name}. See: ovikello user list")
    return user


def find_or_add_organisation(transaction: Transaction, name: str) -> Organisation:
    wanted = select(Organisation).where(Organisation.name == line(name, ORGANISATION))
    found = transaction.scalar(wanted)
    return found or add_organisation(transaction, name)


def find_or_add_team(transaction: Transaction, organisation: Organisation, name: str) -> Team:
    found = team_named(transaction, organisation, line(name, TEAM))
    return found or add_team(transaction, organisation, name)


def add_user(transaction: Transaction, account: Account, password: str) -> User:
    """A person who can sign in, and a record that colleagues see."""
    _refuse_weak(password, [account.name, account.display_name])
    return enter(transaction, account, passwords.hash_of(password))


def enter(
    transaction: Transaction, account: Account, password_hash: str, until: str | None = None, by: str | None = None
) -> User:
    """`add_user` with a password that was judged and hashed before; until a moment, where it is a one-time one (A3)."""
    if account.role not in ROLES:
        raise OfficeMistake(f"The role is one of: {', '.join(ROLES)}", "role")
    name = normalized_name(line(account.name, SIGN_IN_NAME))
    if not name:
        raise OfficeMistake("Nobody can sign in without a name.", "name", "empty")
    if transaction.get(SignInName, name):
        raise OfficeMistake(f"Somebody signs in as {name} already.", "name", "taken")
    user = User(
        id=str(uuid7()),
        org=account.organisation.id,
        team=account.team.id if account.team else None,
        display_name=line(account.display_name, SHOWN_NAME, field="display_name"),
        role=account.role,
        phone=phone_number(account.phone),
        language=account.language,
        password_hash=password_hash,
        password_changed_at=timestamps.now(),
        password_expires_at=until,
        active=True,
    )
    transaction.add(user)
    transaction.add(SignInName(name=name, org=user.org, account=user.id))
    security_log.note(transaction, user.org, "account_added", user.id, role=user.role)
    known = {column: getattr(user, column) for column in ACCOUNT_COLUMNS}
    journal.record(transaction, user.org, "user", {"user": user.id}, by, {"sign_in_name": name, "account": known})
    people.publish(transaction, account.organisation.id)
    opening.join_team(transaction, user)
    return user


def reset_password(transaction: Transaction, user: User, password: str) -> None:
    """A new password, and every session of the person ends."""
    _refuse_weak(password, [user.name, user.display_name])
    accounts.set_password(transaction, user, passwords.hash_of(password), actor=None)
    sessions.end_all(transaction, user, "password_reset", actor=None)


def close_account(transaction: Transaction, user: User, by: str | None = None) -> None:
    """The person can sign in no more; what they wrote stays, and so does their name beside it."""
    accounts.set_active(transaction, user, active=False, actor=by)
    sessions.end_all(transaction, user, "closed", actor=by)
    people.publish(transaction, user.org)


def wipe_device(transaction: Transaction, device_id: str) -> None:
    """A stolen device is made unreadable at its next contact."""
    known = select(Device).where(Device.id == device_id)
    found = transaction.scalars(known).all() if is_id(device_id) else []
    if not found:
        raise OfficeMistake("There is no such device. See: ovikello device list NAME")
    for device in found:  # a browser's id is its own, and it may hold stores of two organisations
        if device.wipe_asked_at is None:
            sessions.wipe_device(transaction, device, None)


def open_case(transaction: Transaction, worker: User, client_id: str, client_name: str, case: str | None = None) -> str:
    """A case file for the worker and the leaders of the team, with a header. Returns its id.

    `case` is the id of one that was lost with database and journal: what waits for it can be let in then (L11).
    """
    case = case or str(uuid7())
    if not is_id(case) or transaction.get(CaseFile, (case, worker.org)) is not None:
        raise OfficeMistake(f"There is a case file {case} already, or it is no id.")
    scope.open_file(transaction, worker.org, case, worker.team)
    for person in transaction.scalars(select(User).where(User.org == worker.org, User.active)):
        leads = person.role == LEADER and person.team == worker.team
        if person.id == worker.id or leads:
            reason = "own_client" if person.id == worker.id else "supervision"
            scope.grant(transaction, worker.org, person.id, [case], reason)
    header = {
        "client_id": client_id,
        "client_name": client_name,
        "own_worker": worker.id,
        "team": worker.team,
    }
    given = {field: line(value, CALLED.get(field, field)) for field, value in header.items() if value}
    (header_change,) = people.written_records(transaction, worker.org, case, [(case, "case", given)])
    journal.record(transaction, worker.org, "case_header", {"case": case}, None, {"change": header_change})
    return case


def lend(transaction: Transaction, user: User, cases: list[str], until: str | None) -> None:
    """Access to case files, for good or until a moment (a stand-in)."""
    reason = opening.STAND_IN if until else opening.OWN_CLIENT
    _must_be_ids(cases)
    try:
        scope.grant(transaction, user.org, user.id, cases, reason, expires_at=until)
    except LookupError as error:
        raise OfficeMistake(f"There is {error}.") from None


def take_away(transaction: Transaction, user: User, cases: list[str]) -> list[str]:
    """Ends access; returns the case files that were accessible until now."""
    _must_be_ids(cases)
    return scope.revoke(transaction, user.org, user.id, cases, "office")


def _must_be_ids(cases: list[str]) -> None:
    odd = [case for case in cases if not is_id(case)]
    if odd:
        raise OfficeMistake(f"There is no such case file: {odd[0]!a}.")


def new_epoch() -> str:
    return secrets.token_hex(8)


def phone_number(given: str) -> str:
    """As it was written, where it is one number that can be dialled (U31)."""
    if given.strip() and dialled(line(given, "The phone number", PHONE_CHARS_MAX, "phone")) is None:
        text = f"{given!r} is not one phone number. For example: 040 123 4567, or +358 40 123 4567"
        raise OfficeMistake(text, "phone")
    return given.strip()


def _refuse_weak(password: str, about: list[str]) -> None:
    if any(unicodedata.category(character) == "Cs" for character in password):
        raise OfficeMistake("That password holds a character that no keyboard writes.")
    if passwords.is_weak(password, about):
        raise OfficeMistake("That password is too short or too easily guessed.")


# --- made again after a backup from before it (L11) ------------------------------------------------------------------


def _organisation_again(transaction: Transaction, org: str, detail: dict[str, object], _by: str | None) -> None:
    if transaction.get(Organisation, org) is None:
        transaction.add(Organisation(id=org, name=detail["name"], epoch=detail["epoch"], seq=0))


def _team_again(transaction: Transaction, org: str, detail: dict[str, object], _by: str | None) -> None:
    if transaction.get(Team, (detail["team"], org)) is None:
        transaction.add(Team(id=detail["team"], org=org, name=detail["name"], phone=detail["phone"]))
        _publish(transaction, org)


def _user_again(transaction: Transaction, org: str, detail: Detail, _by: str | None) -> None:
    """Not where somebody else signs in under the name by now."""
    user, name = detail.text("user"), detail.text("sign_in_name")
    is_taken = transaction.get(SignInName, name) is not None
    if transaction.get(User, (user, org)) is None and not is_taken:
        transaction.add(User(id=user, org=org, **detail.within("account")))
        transaction.add(SignInName(name=name, org=org, account=user))
        _publish(transaction, org)


def _publish(transaction: Transaction, org: str) -> None:
    """Unless the shared file is still to come: an organisation's line is followed by that of its file."""
    if transaction.get(CaseFile, (org, org)) is not None:
        people.publish(transaction, org)


def _header_again(transaction: Transaction, org: str, detail: Detail, _by: str | None) -> None:
    """The same change, so that what phones have seen of it still counts."""
    case = detail.text("case")
    # of one that was erased since, the line says no more than that it was there
    if "change" in detail and transaction.get(CaseFile, (case, org)) is not None:
        people.apply(
            transaction, org, case, [cast("ChangeJson", detail.within("change"))], detail.text_or_none("author")
        )


for _name, _again in {
    "organisation": _organisation_again,
    "team": _team_again,
    "user": _user_again,
    "case_header": _header_again,
}.items():
    journal.REPLAYS[_name] = journal.Replay(_again, gives=lambda _: True)
