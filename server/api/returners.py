"""A recognised returner's earlier case, opened for a time (SPEC S10)."""

from marshmallow import Schema, fields, validate

from server.api.contract import Blueprint
from server.api.schemas import Body, id_
from server.auth import tokens
from server.core.transaction import in_one_transaction
from server.kinds.readers import CASEWORKERS
from server.openings import returners

blueprint = Blueprint("returners", __name__, url_prefix="/api/returners", description="Earlier cases of returners")


class WantedEarlier(Body):
    """`case` is the file whose referral names the earlier one."""

    case = id_()
    why = fields.String(required=True, validate=validate.OneOf(returners.REASONS))


class OpenedEarlier(Schema):
    """`until` is null where this person reads the earlier file anyway."""

    case = fields.String(required=True)
    until = fields.String(required=True, allow_none=True)


@blueprint.post("")
@blueprint.arguments(WantedEarlier)
@blueprint.response(200, OpenedEarlier)
@tokens.for_roles(*sorted(CASEWORKERS))
def open_earlier(given: dict[str, str]) -> dict[str, object]:
    """Logged with the reason; the device fetches the file with its next exchange."""
    actor = tokens.identity().actor
    return in_one_transaction(
        lambda transaction: returners.open_earlier(transaction, actor, given["case"], given["why"])._asdict()
    )
