"""The own part of agreed plans, for whoever pays for the service (SPEC Q11)."""

from marshmallow import Schema, fields

from server.api.contract import Blueprint
from server.auth import tokens
from server.core import audit, timestamps
from server.core.transaction import in_one_transaction
from server.directory import commissioned

blueprint = Blueprint(
    "commissioned", __name__, url_prefix="/api/commissioned", description="Plans, for whoever pays for the service"
)

COMMISSIONER = "commissioner_viewer"


class PlanPart(Schema):
    """`client` is the client's code; days are `YYYY-MM-DD`."""

    client = fields.String(required=True)
    part = fields.String(required=True)
    agreed_on = fields.String(required=True)
    review_on = fields.String(required=True, allow_none=True)


class PlanParts(Schema):
    server_time = fields.String(required=True)
    parts = fields.List(fields.Nested(PlanPart), required=True)


@blueprint.get("/plans")
@blueprint.response(200, PlanParts)
@tokens.for_roles(COMMISSIONER)
def plans() -> dict[str, object]:
    """Nothing else of the plan, and no name. Noted before it is handed out."""
    actor = tokens.identity().actor
    found = in_one_transaction(lambda transaction: commissioned.parts(transaction, actor))
    audit.note_reading(actor, "plan_parts_read", {"clients": [one["client"] for one in found]})
    return {"server_time": timestamps.now(), "parts": found}
