"""Who has looked at a client's file and why, for the client's own worker (SPEC A21)."""

from marshmallow import Schema, fields, validate

from server.api.contract import Blueprint
from server.auth import tokens
from server.core.problems import Problem
from server.core.transaction import in_one_transaction
from server.directory import told_to_client, who_read
from server.kinds.readers import CASEWORKERS
from server.rules.shape import is_id

blueprint = Blueprint(
    "client_log", __name__, url_prefix="/api/cases", description="Who has looked at a client's file, for the client"
)


class ToldReader(Schema):
    """Somebody who looked, once for each reason. `days`: the latest, the latest first; `day_count`: of how many."""

    person = fields.String(required=True)
    display_name = fields.String(required=True)
    role = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    what = fields.List(
        fields.String(validate=validate.OneOf([who_read.OPENED, *who_read.NOTED])),
        required=True,
    )
    days = fields.List(fields.String(), required=True)
    day_count = fields.Integer(required=True)


class ToldToClient(Schema):
    made_at = fields.String(required=True)
    #: the first day that is told
    since = fields.String(required=True)
    readers = fields.List(fields.Nested(ToldReader), required=True)


@blueprint.get("/<case>/access-log")
@blueprint.response(200, ToldToClient)
@tokens.for_roles(*sorted(CASEWORKERS))
def of_own_client(case: str) -> told_to_client.ToldToClient:
    """Who has looked at this client's file in two years, by whoever has it for good. Looking is noted."""
    actor = tokens.identity().actor
    if not is_id(case):
        raise Problem("not_found")
    return in_one_transaction(lambda transaction: told_to_client.answer(transaction, actor, case))
