"""What waits for the supervisor, who lets it in, or leaves it out: late entries (S4) and refused ones (S7)."""

from typing import Any

from flask import Response
from marshmallow import Schema, fields

from server.api.contract import Blueprint
from server.api.schemas import ProblemShape
from server.api.sync_shapes import SyncChange, SyncVerdict
from server.auth import tokens
from server.sync import holding
from server.sync.exchange import reading
from server.sync.writing import in_one_transaction

blueprint = Blueprint("held", __name__, url_prefix="/api/held", description="Held entries")


class HeldEntry(Schema):
    author = fields.String(required=True)
    received = fields.String(required=True)
    change = fields.Nested(SyncChange, required=True)
    problem = fields.Nested(
        ProblemShape, required=True, allow_none=True, metadata={"description": "with which it was refused (S7)"}
    )


class HeldReply(Schema):
    held = fields.List(fields.Nested(HeldEntry), required=True)


@blueprint.get("")
@blueprint.response(200, HeldReply)
def waiting() -> dict[str, Any]:
    """Those of the case files that this supervisor has access to, and what the own people handed over; oldest first."""
    with reading() as connection:
        return {"held": holding.waiting(connection, tokens.signed().actor)}


@blueprint.post("/<change>/release")
@blueprint.response(200, SyncVerdict)
def release(change: str) -> dict[str, Any]:
    """Apply it as its author made it."""
    actor = tokens.signed().actor
    return in_one_transaction(lambda transaction: holding.release(transaction, actor, change))


@blueprint.post("/<change>/reject")
@blueprint.response(204)
def reject(change: str) -> Response:
    """Leave it unapplied. It is kept, with who decided and when."""
    actor = tokens.signed().actor
    in_one_transaction(lambda transaction: holding.reject(transaction, actor, change))
    return Response(status=204)
