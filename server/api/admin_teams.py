"""The organisation's teams (SPEC A)."""

from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session as Transaction

from server import directory
from server.api.admin_people import mistakes_told
from server.api.contract import Blueprint
from server.api.schemas import Body, line
from server.auth import tokens
from server.core.roles import ADMINS
from server.core.transaction import in_one_transaction
from server.directory import changes, listing, managing
from server.kinds.base import storable

blueprint = Blueprint("admin_teams", __name__, url_prefix="/api/admin/teams", description="Teams of the office")


class TeamShape(Body):
    """`phone`: one number that can be dialled, or nothing."""

    name = line()
    phone = fields.String(load_default="", validate=[validate.Length(max=directory.PHONE_CHARS_MAX), storable])


class TeamReply(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    phone = fields.String(required=True)
    people = fields.Integer(required=True)


class TeamsReply(Schema):
    teams = fields.List(fields.Nested(TeamReply), required=True)


@blueprint.get("")
@blueprint.response(200, TeamsReply)
@tokens.for_roles(*managing.MANAGERS)
def teams() -> dict[str, object]:
    """The organisation's, or the leader's own."""
    actor = tokens.identity().actor
    return in_one_transaction(lambda transaction: {"teams": listing.teams(transaction, actor)})


@blueprint.post("")
@blueprint.arguments(TeamShape)
@blueprint.response(200, TeamsReply)
@tokens.for_roles(*sorted(ADMINS))
@tokens.with_fresh_password
def add(given: dict[str, str]) -> dict[str, object]:
    actor = tokens.identity().actor

    def added(transaction: Transaction) -> dict[str, object]:
        changes.add_team(transaction, actor.org, **given)
        transaction.flush()
        return {"teams": listing.teams(transaction, actor)}

    with mistakes_told():
        return in_one_transaction(added)


@blueprint.put("/<team>")
@blueprint.arguments(TeamShape)
@blueprint.response(200, TeamsReply)
@tokens.for_roles(*managing.MANAGERS)
@tokens.with_fresh_password
def change(given: dict[str, str], team: str) -> dict[str, object]:
    """Its name and its number: whom the phones call when somebody needs help."""
    actor = tokens.identity().actor

    def changed(transaction: Transaction) -> dict[str, object]:
        found = managing.managed_team(transaction, actor, team)
        changes.change_team(transaction, found, by=actor.user, **given)
        transaction.flush()
        return {"teams": listing.teams(transaction, actor)}

    with mistakes_told():
        return in_one_transaction(changed)
