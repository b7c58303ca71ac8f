"""The team board: what a supervisor has to look at that only the server knows (SPEC Q4)."""

from datetime import UTC, datetime

from flask import Response
from marshmallow import Schema, fields, validate

from server.api.contract import Blueprint
from server.api.schemas import Body, TextPage, next_
from server.auth import tokens
from server.board import board, unmet_page
from server.core import timestamps
from server.core.roles import SUPERVISORS
from server.core.transaction import in_one_transaction
from server.likeness import telling
from server.rules.shape import ID_PATTERN
from server.sync.exchange import reading

blueprint = Blueprint("board", __name__, url_prefix="/api/team", description="The team board")

WHY = ("elsewhere", "session_ended", "silent")


class UnmetCount(Schema):
    records = fields.Integer(required=True)
    cases = fields.Integer(required=True)


class DraftsOf(Schema):
    user = fields.String(required=True)
    count = fields.Integer(required=True)
    since = fields.String(required=True)


class SilentPhone(Schema):
    """A device that has not been heard for a day, and why as far as the server can tell."""

    id = fields.String(required=True)
    user = fields.String(required=True)
    name = fields.String(required=True)
    heard = fields.String(required=True)
    why = fields.String(required=True, validate=validate.OneOf(WHY))


class StandInEnding(Schema):
    user = fields.String(required=True)
    until = fields.String(required=True)
    cases = fields.Integer(required=True)


class StandingIn(Schema):
    """A colleague who reads these files in somebody's stead, until then."""

    user = fields.String(required=True)
    until = fields.String(required=True)
    cases = fields.List(fields.String(), required=True)


class StandingInReply(Schema):
    stand_ins = fields.List(fields.Nested(StandingIn), required=True)


class AlikePair(Schema):
    """Two case files whose clients look alike."""

    one = fields.String(required=True)
    other = fields.String(required=True)


class ToldApart(Body):
    """Two clients who look alike and are two people."""

    case = fields.String(required=True, validate=validate.Regexp(ID_PATTERN))
    other = fields.String(required=True, validate=validate.Regexp(ID_PATTERN))


class Board(Schema):
    server_time = fields.String(required=True)
    late = fields.Integer(required=True, metadata={"description": "check-ins that nobody has answered in time"})
    alarms_failed = fields.Integer(required=True, metadata={"description": "check-ins with an alarm that nobody took"})
    waiting = fields.Integer(
        required=True, metadata={"description": "entries that wait for this supervisor's decision"}
    )
    unmet = fields.Nested(UnmetCount, required=True)
    drafts = fields.List(fields.Nested(DraftsOf), required=True)
    phones = fields.List(fields.Nested(SilentPhone), required=True)
    stand_ins = fields.List(fields.Nested(StandInEnding), required=True)
    openings = fields.Integer(
        required=True, metadata={"description": "files opened for a time whose reason nobody has reviewed (S12)"}
    )
    readers_differ = fields.List(
        fields.String(),
        required=True,
        metadata={
            "description": "clients who were entered twice, and whose files are not read by the same people (H8)"
        },
    )
    alike = fields.List(
        fields.Nested(AlikePair),
        required=True,
        metadata={"description": "clients who look alike, of the files that this supervisor reads (H9)"},
    )


class UnmetRecord(Schema):
    case = fields.String(required=True)
    record = fields.String(required=True)
    kind = fields.String(required=True)
    rules = fields.List(fields.String(), required=True)


class UnmetReply(Schema):
    records = fields.List(fields.Nested(UnmetRecord), required=True)
    next = next_()


@blueprint.get("/board")
@blueprint.response(200, Board)
def shown() -> dict[str, object]:
    """Ids, codes and counts: what the device holds already it counts itself."""
    actor = tokens.identity().actor
    with reading() as connection:
        return board.board(connection, actor, datetime.now(UTC)) | {"server_time": timestamps.now()}


@blueprint.get("/stand-ins")
@blueprint.response(200, StandingInReply)
def stand_ins() -> dict[str, object]:
    """For the week of a team: whose clients somebody else looks after, and for how long."""
    with reading() as connection:
        return {"stand_ins": board.standing_in(connection, tokens.identity().actor)}


@blueprint.post("/told-apart")
@blueprint.arguments(ToldApart)
@blueprint.response(204)
@tokens.for_roles(*sorted(SUPERVISORS))
def told_apart(given: dict[str, str]) -> Response:
    """They are two people: nobody is told of them again."""
    actor = tokens.identity().actor
    in_one_transaction(lambda transaction: telling.tell_apart(transaction, actor, given["case"], given["other"]))
    return Response(status=204)


@blueprint.get("/unmet")
@blueprint.arguments(TextPage, location="query")
@blueprint.response(200, UnmetReply)
def unmet_rules(given: dict[str, str]) -> dict[str, object]:
    """The records that do not say yet what their kind asks for, in pages."""
    with reading() as connection:
        return unmet_page.unmet_page(connection, tokens.identity().actor, given["after"])
