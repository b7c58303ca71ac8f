"""People of the organisation, for its administrators, and of the own team, for its leader (SPEC A)."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Response
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session as Transaction

from server import directory
from server.api.contract import Blueprint
from server.api.schemas import Body, TextPage, line, next_
from server.auth import second_factor, tokens
from server.catalogue import LANGUAGES, codes_of
from server.core.actor import Actor
from server.core.models import Organisation, Team, User
from server.core.problems import Problem
from server.core.roles import ADMINS
from server.core.transaction import in_one_transaction
from server.directory import OfficeMistake, caseloads, changes, listing, managing
from server.kinds.base import storable
from server.rules.shape import ID_PATTERN

blueprint = Blueprint("admin_people", __name__, url_prefix="/api/admin/people", description="People of the office")


class PersonShape(Body):
    """`team` is an id of the organisation's. `phone` is one number that can be dialled, or nothing."""

    display_name = line()
    role = fields.String(required=True, validate=validate.OneOf(directory.ROLES))
    team = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(ID_PATTERN))
    phone = fields.String(load_default="", validate=[validate.Length(max=directory.PHONE_CHARS_MAX), storable])
    language = fields.String(load_default="fi", validate=validate.OneOf(LANGUAGES))


class Invitation(PersonShape):
    """`name` is what the person signs in with."""

    name = line()


class PersonReply(Schema):
    """`invited_until`: the one-time password that nobody has used yet is good until then."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    display_name = fields.String(required=True)
    role = fields.String(required=True, validate=validate.OneOf(codes_of("role")))
    team = fields.String(required=True, allow_none=True)
    team_name = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True)
    language = fields.String(required=True)
    active = fields.Boolean(required=True)
    invited_until = fields.String(required=True, allow_none=True)
    devices = fields.Integer(required=True)
    last_sync_at = fields.String(required=True, allow_none=True)
    cases = fields.Integer(required=True)
    second_factor = fields.Boolean(required=True)
    may_change = fields.Boolean(required=True)


class PeopleReply(Schema):
    people = fields.List(fields.Nested(PersonReply), required=True)
    next = next_()


class OneTimePassword(Schema):
    """Told once: of the password only a hash is kept."""

    person = fields.Nested(PersonReply, required=True)
    one_time_password = fields.String(required=True)
    until = fields.String(required=True)


class LeftClient(Schema):
    case = fields.String(required=True)
    client_id = fields.String(required=True)


class EndEffects(Schema):
    """`cases`: clients with whom nobody else works. `visits`: planned for this person and not made yet."""

    cases = fields.List(fields.Nested(LeftClient), required=True)
    visits = fields.Integer(required=True)
    devices = fields.Integer(required=True)
    sessions = fields.Integer(required=True)
    held = fields.Integer(required=True)


class AccountEnding(Body):
    """`wipe_devices`: what lies on this person's devices is made unreadable at their next contact."""

    wipe_devices = fields.Boolean(load_default=False)


@contextmanager
def mistakes_told() -> Iterator[None]:
    """What the office got wrong, as a problem at its field."""
    try:
        yield
    except OfficeMistake as mistake:
        raise Problem("fields_invalid", {mistake.field or "name": [mistake.code]}) from None


@blueprint.get("")
@blueprint.arguments(TextPage, location="query")
@blueprint.response(200, PeopleReply)
@tokens.for_roles(*managing.MANAGERS)
def everybody(given: dict[str, str]) -> dict[str, object]:
    """Everybody of the organisation, or of the leader's own team, by name, in pages; ended accounts too."""
    actor, after = tokens.identity().actor, given["after"]
    found, following = in_one_transaction(lambda transaction: listing.people(transaction, actor, after))
    return {"people": found, "next": following}


class WantedAccount(changes.WantedPerson):
    """`name` is what the person signs in with."""

    name: str


@blueprint.post("")
@blueprint.arguments(Invitation)
@blueprint.response(200, OneTimePassword)
@tokens.for_roles(*managing.MANAGERS)
@tokens.with_fresh_password
def invite(given: WantedAccount) -> dict[str, object]:
    """Somebody new, with a one-time password. A leader invites into the own team, and nobody who leads."""
    actor, password = tokens.identity().actor, changes.one_time()

    def enter(transaction: Transaction) -> dict[str, object]:
        team = _team(transaction, actor, given)
        organisation = transaction.get_one(Organisation, actor.org)
        account = directory.Account(
            organisation,
            name=given["name"],
            display_name=given["display_name"],
            role=given["role"],
            team=team,
            phone=given["phone"],
            language=given["language"],
        )
        return _told(transaction, actor, changes.invite(transaction, account, actor.user, password), password)

    with mistakes_told():
        return in_one_transaction(enter)


@blueprint.get("/<person>")
@blueprint.response(200, PersonReply)
@tokens.for_roles(*managing.MANAGERS)
def one(person: str) -> dict[str, object]:
    actor = tokens.identity().actor
    return in_one_transaction(
        lambda transaction: _shown(transaction, actor, managing.person_seen(transaction, actor, person))
    )


@blueprint.put("/<person>")
@blueprint.arguments(PersonShape)
@blueprint.response(200, PersonReply)
@tokens.for_roles(*managing.MANAGERS)
@tokens.with_fresh_password
def change(given: changes.WantedPerson, person: str) -> dict[str, object]:
    """Name, role, team, phone and language. Role and team take access with them (A5)."""
    actor = tokens.identity().actor

    def changed(transaction: Transaction) -> dict[str, object]:
        user = managing.managed(transaction, actor, person)
        _team(transaction, actor, given)
        changes.change(transaction, user, given, actor.user)
        return _shown(transaction, actor, user)

    with mistakes_told():
        return in_one_transaction(changed)


@blueprint.post("/<person>/password")
@blueprint.response(200, OneTimePassword)
@tokens.for_roles(*managing.MANAGERS)
@tokens.with_fresh_password
def reset(person: str) -> dict[str, object]:
    """A one-time password for somebody who forgot theirs, or whose account had ended; their sessions end."""
    actor, password = tokens.identity().actor, changes.one_time()

    def done(transaction: Transaction) -> dict[str, object]:
        user = managing.managed(transaction, actor, person)
        again = changes.reset if user.active else changes.reopen
        again(transaction, user, actor.user, password)
        return _told(transaction, actor, user, password)

    return in_one_transaction(done)


@blueprint.post("/<person>/second-factor/reset")
@blueprint.response(200, PersonReply)
@tokens.for_roles(*sorted(ADMINS))
@tokens.with_fresh_password
def reset_second_factor(person: str) -> dict[str, object]:
    """Of somebody who lost phone and recovery codes: the password alone opens again, and every session ends (J12)."""
    actor = tokens.identity().actor

    def done(transaction: Transaction) -> dict[str, object]:
        user = managing.managed(transaction, actor, person)
        second_factor.reset(transaction, user, actor.user)
        return _shown(transaction, actor, user)

    return in_one_transaction(done)


@blueprint.get("/<person>/ending")
@blueprint.response(200, EndEffects)
@tokens.for_roles(*managing.MANAGERS)
def effects(person: str) -> dict[str, object]:
    """What ending this account would leave behind (A4)."""
    actor = tokens.identity().actor
    return in_one_transaction(
        lambda transaction: caseloads.effects_of_ending(transaction, managing.managed(transaction, actor, person))
    )


@blueprint.post("/<person>/ending")
@blueprint.arguments(AccountEnding)
@blueprint.response(204)
@tokens.for_roles(*managing.MANAGERS)
@tokens.with_fresh_password
def end(given: dict[str, bool], person: str) -> Response:
    """The account ends at once. What the person wrote stays."""
    actor, wipe = tokens.identity().actor, given["wipe_devices"]
    with mistakes_told():
        in_one_transaction(
            lambda transaction: changes.end(
                transaction, managing.managed(transaction, actor, person), actor.user, wipe_devices=wipe
            )
        )
    return Response(status=204)


def _team(transaction: Transaction, actor: Actor, given: changes.WantedPerson) -> Team | None:
    """The team that was named, where this actor may put somebody into it, in that role."""
    if not managing.may_give(actor, given["role"]):
        raise OfficeMistake("A leader makes nobody a leader.", "role", "not_yours")
    own = managing.own_team(transaction, actor)
    team = transaction.get(Team, (given["team"], actor.org)) if given["team"] else None
    if (team is None and given["team"]) or (own is not None and given["team"] != own):
        raise OfficeMistake("There is no such team.", "team", "unknown")
    return team


def _shown(transaction: Transaction, actor: Actor, user: User) -> dict[str, object]:
    transaction.flush()
    return listing.shown(transaction, actor, [user])[0]


def _told(transaction: Transaction, actor: Actor, user: User, password: changes.OneTime) -> dict[str, object]:
    person = _shown(transaction, actor, user)
    return {"person": person, "one_time_password": password.password, "until": password.until}
