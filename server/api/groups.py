"""Groups of the own team, for experts by experience (SPEC Q8)."""

from marshmallow import Schema, fields

from server.api.contract import Blueprint
from server.auth import tokens
from server.core import timestamps
from server.core.transaction import in_one_transaction
from server.directory import groups

blueprint = Blueprint("groups", __name__, url_prefix="/api/groups", description="Groups, for experts by experience")

EXPERT = "expert_by_experience"


class Group(Schema):
    """`is_named`: this person is among its experts by experience."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    topic = fields.String(required=True, allow_none=True)
    place = fields.String(required=True, allow_none=True)
    start = fields.String(required=True)
    end = fields.String(required=True, allow_none=True)
    is_named = fields.Boolean(required=True)


class Groups(Schema):
    server_time = fields.String(required=True)
    groups = fields.List(fields.Nested(Group), required=True)


@blueprint.get("")
@blueprint.response(200, Groups)
@tokens.for_roles(EXPERT)
def of_team() -> dict[str, object]:
    """Who takes part is not among it, and nothing that was written of the group."""
    actor = tokens.identity().actor
    found = in_one_transaction(lambda transaction: groups.of_team(transaction, actor))
    return {"server_time": timestamps.now(), "groups": found}
