"""What waits for the supervisor, who lets it in, or leaves it out: late entries (S4) and refused ones (S7)."""

from flask import Response
from marshmallow import Schema, fields

from server.api.contract import Blueprint
from server.api.schemas import ProblemShape, TextPage, next_
from server.api.sync_shapes import SyncVerdict
from server.auth import tokens
from server.core import audit
from server.core.transaction import in_one_transaction
from server.sync import review_queue
from server.sync.exchange import reading
from server.sync.push import Verdict

blueprint = Blueprint(
    "review_queue",
    __name__,
    url_prefix="/api/review-queue",
    description="The review queue: entries that wait for a supervisor",
)


class ReviewItemShape(Schema):
    """As it came. Of one that was handed over though it was malformed (S7) what could not be read is empty text."""

    id = fields.String(required=True)
    record = fields.String(required=True)
    kind = fields.String(required=True)
    case = fields.String(required=True)
    at = fields.String(required=True)
    set = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True), required=True)
    seen = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)


class ReviewEntry(Schema):
    author = fields.String(required=True)
    received = fields.String(required=True)
    change = fields.Nested(ReviewItemShape, required=True)
    problem = fields.Nested(
        ProblemShape, required=True, allow_none=True, metadata={"description": "with which it was refused (S7)"}
    )


class HeldReply(Schema):
    entries = fields.List(fields.Nested(ReviewEntry), required=True)
    next = next_()


@blueprint.get("")
@blueprint.arguments(TextPage, location="query")
@blueprint.response(200, HeldReply)
def waiting(given: dict[str, str]) -> review_queue.WaitingPage:
    """Those of the case files that this supervisor has access to, and what the own people handed over; oldest first,
    in pages."""
    actor = tokens.identity().actor
    with reading() as connection:
        page = review_queue.waiting(connection, actor, given["after"])
    if page["entries"]:
        changes = [entry["change"] for entry in page["entries"]]
        cases = sorted({change["case"] for change in changes})
        audit.note_reading(actor, "held_read", {"changes": [change["id"] for change in changes], "cases": cases})
    return page


@blueprint.post("/<change>/release")
@blueprint.response(200, SyncVerdict)
def release(change: str) -> Verdict:
    """Apply it as its author made it."""
    actor = tokens.identity().actor
    return in_one_transaction(lambda transaction: review_queue.release(transaction, actor, change))


@blueprint.post("/<change>/reject")
@blueprint.response(204)
def reject(change: str) -> Response:
    """Leave it unapplied. It is kept, with who decided and when."""
    actor = tokens.identity().actor
    in_one_transaction(lambda transaction: review_queue.reject(transaction, actor, change))
    return Response(status=204)
