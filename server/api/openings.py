"""Break-glass, and the review of what was opened for a time (SPEC S11, S12)."""

from typing import TypedDict

from flask import Response
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from server.api.contract import Blueprint
from server.api.schemas import Body, TextPage, line, next_
from server.auth import throttle, tokens
from server.config import LIMITS
from server.core.problems import Problem
from server.core.roles import SUPERVISORS
from server.core.transaction import in_one_transaction
from server.kinds.base import storable
from server.kinds.readers import CASEWORKERS
from server.openings import break_glass, returners, reviewing
from server.openings.noting import Reason, Review
from server.rules.shape import is_id
from server.sync.exchange import reading
from server.sync.opening import OPENING_WAYS

blueprint = Blueprint("openings", __name__, url_prefix="/api", description="Files opened for a time, and their review")


def _known() -> fields.String:
    return fields.String(load_default=None, validate=[validate.Length(1, LIMITS.line_chars_max), storable])


class WantedBreakGlass(Body):
    """Whom somebody knows already, by code or by whole name and year of birth, and why the file is needed now."""

    client_id = _known()
    name = _known()
    birth_year = fields.Integer(load_default=None, strict=True, validate=validate.Range(1900, 2100))
    why = fields.String(required=True, validate=validate.OneOf(break_glass.REASONS))
    words = line()

    @validates_schema
    def _is_known(self, data: "WantedOpening", **_: object) -> None:
        if data.get("client_id") is None and (data.get("name") is None or data.get("birth_year") is None):
            raise ValidationError({"client_id": ["Missing."]})


class WantedOpening(TypedDict):
    client_id: str | None
    name: str | None
    birth_year: int | None
    why: str
    words: str


class OpenedFile(Schema):
    """`until` is null where this person reads the file anyway."""

    case = fields.String(required=True)
    until = fields.String(required=True, allow_none=True)


class Opening(Schema):
    """A file that was opened for a time: to whom, why, until when, and what a supervisor said of it."""

    id = fields.String(required=True)
    case = fields.String(required=True)
    client_id = fields.String(required=True)
    user = fields.String(required=True)
    way = fields.String(required=True, validate=validate.OneOf(OPENING_WAYS))
    why = fields.String(required=True, validate=validate.OneOf([*break_glass.REASONS, *returners.REASONS]))
    words = fields.String(required=True)
    at = fields.String(required=True)
    until = fields.String(required=True)
    reviewed_at = fields.String(required=True, allow_none=True)
    reviewed_by = fields.String(required=True, allow_none=True)
    was_right = fields.Boolean(required=True, allow_none=True)
    review_words = fields.String(required=True)


class OpeningsReply(Schema):
    openings = fields.List(fields.Nested(Opening), required=True)
    next = next_()


class ClientOpenings(Schema):
    openings = fields.List(fields.Nested(Opening), required=True)


class WantedReview(Body):
    """What was not right says why."""

    was_right = fields.Boolean(required=True)
    words = fields.String(load_default="", validate=[validate.Length(max=LIMITS.line_chars_max), storable])

    @validates_schema
    def _says_why(self, data: "GivenReview", **_: object) -> None:
        if data.get("was_right") is False and not data.get("words", "").strip():
            raise ValidationError({"words": ["Missing."]})


class GivenReview(TypedDict):
    was_right: bool
    words: str


@blueprint.post("/break-glass")
@blueprint.arguments(WantedBreakGlass)
@blueprint.response(200, OpenedFile)
@tokens.for_roles(*sorted(CASEWORKERS))
def open_file(given: WantedOpening) -> dict[str, object]:
    """Opens a client's file for a day; noted, told to the own worker, and reviewed. Finding and opening are one."""
    actor = tokens.identity().actor
    counters = throttle.break_glass_counters_for(actor.org, actor.user)
    throttle.must_wait(in_one_transaction(lambda transaction: throttle.admit(transaction, counters)))
    known = break_glass.Known(given["client_id"], given["name"], given["birth_year"])
    reason = Reason(given["why"], given["words"].strip())
    return in_one_transaction(lambda transaction: break_glass.open_file(transaction, actor, known, reason)._asdict())


@blueprint.get("/team/openings")
@blueprint.arguments(TextPage, location="query")
@blueprint.response(200, OpeningsReply)
@tokens.for_roles(*sorted(SUPERVISORS))
def to_review(given: dict[str, str]) -> dict[str, object]:
    """What was opened in the files of the own team, what nobody has reviewed first, in pages."""
    with reading() as connection:
        found, following = reviewing.to_review(connection, tokens.identity().actor, given["after"])
    return {"openings": found, "next": following}


@blueprint.put("/team/openings/<opening>/review")
@blueprint.arguments(WantedReview)
@blueprint.response(204)
@tokens.for_roles(*sorted(SUPERVISORS))
def review(given: GivenReview, opening: str) -> Response:
    """Whether it was right. What was not ends at once."""
    actor, said = tokens.identity().actor, Review(given["was_right"], given["words"].strip())
    if not is_id(opening):
        raise Problem("not_found")
    in_one_transaction(lambda transaction: reviewing.review(transaction, actor, opening, said))
    return Response(status=204)


@blueprint.get("/cases/<case>/openings")
@blueprint.response(200, ClientOpenings)
def of_client(case: str) -> dict[str, object]:
    """To whom this client's files were opened for a time, and why: for whoever reads this one."""
    if not is_id(case):
        raise Problem("not_found")
    with reading() as connection:
        return {"openings": reviewing.of_client(connection, tokens.identity().actor, case)}
