"""How long clients' files are kept, what holds them longer, and erasing what is due (SPEC A12–A14)."""

from typing import TypedDict, get_args

from flask import Response
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session as Transaction

from server.api.contract import Blueprint
from server.api.schemas import Body, line
from server.auth import tokens
from server.catalogue import codes_of
from server.config import LIMITS
from server.core.actor import Actor
from server.core.problems import Problem
from server.core.roles import ADMINS
from server.core.transaction import in_one_transaction
from server.directory import who_read
from server.kinds.base import storable
from server.retention import due, holding
from server.rules.shape import ID_PATTERN, is_id

blueprint = Blueprint(
    "admin_retention", __name__, url_prefix="/api/admin/retention", description="How long clients' files are kept"
)

READERS = (*sorted(ADMINS), "data_protection")


class HoldReply(Schema):
    """`by` is a person; null where a command did it."""

    reason = fields.String(required=True)
    by = fields.String(required=True, allow_none=True)
    at = fields.String(required=True)


class ClosedFile(Schema):
    """A closed client's file by code. `task`: the county's duty, by which `kept_until` is counted from `closed_on`."""

    case = fields.String(required=True)
    client_id = fields.String(required=True)
    team = fields.String(required=True, allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(get_args(due.RetentionState)))
    task = fields.String(required=True, validate=validate.OneOf(codes_of("service_task_thl")))
    closed_on = fields.Date(required=True, allow_none=True)
    kept_until = fields.Date(required=True, allow_none=True)
    hold = fields.Nested(HoldReply, required=True, allow_none=True)
    records = fields.Integer(required=True)


class StateCounts(Schema):
    due = fields.Integer(required=True)
    held = fields.Integer(required=True)
    undecided = fields.Integer(required=True)
    kept = fields.Integer(required=True)


class RetentionReply(Schema):
    """`states` counts all; `files` are the first: due, then held and undecided, then those kept the shortest."""

    states = fields.Nested(StateCounts, required=True)
    files = fields.List(fields.Nested(ClosedFile), required=True)


class Erasing(Body):
    cases = fields.List(
        fields.String(validate=validate.Regexp(ID_PATTERN)),
        required=True,
        validate=validate.Length(1, LIMITS.erased_at_once_max),
    )


class Erased(Schema):
    records = fields.Integer(required=True)


class HoldAsked(Body):
    """`client`: the id of a client's file, or the client's code. `reason` says why, without the client's affairs."""

    client = fields.String(required=True, validate=[validate.Length(1, LIMITS.line_chars_max), storable])
    reason = line()


class HoldDone(Schema):
    case = fields.String(required=True)


class WantedErasing(TypedDict):
    cases: list[str]


class WantedHold(TypedDict):
    client: str
    reason: str


@blueprint.get("")
@blueprint.response(200, RetentionReply)
@tokens.for_roles(*READERS)
def closed() -> dict[str, object]:
    """The files that somebody closed, until when each is kept and which are due; no client's name."""
    actor = tokens.identity().actor
    rows = in_one_transaction(lambda transaction: due.closed_files(transaction.connection(), actor.org))
    order = ("due", "held", "undecided", "kept")
    first = sorted(rows, key=lambda row: order.index(row.state))[: LIMITS.list_page_max]
    return {
        "states": {state: sum(row.state == state for row in rows) for state in order},
        "files": [row._asdict() | {"hold": row.hold._asdict() if row.hold else None} for row in first],
    }


@blueprint.post("/erase")
@blueprint.arguments(Erasing)
@blueprint.response(200, Erased)
@tokens.for_roles(*sorted(ADMINS))
@tokens.with_fresh_password
def erase(given: WantedErasing) -> dict[str, object]:
    """All that these files hold, for good. They are due, all of them, or nothing is erased."""
    actor = tokens.identity().actor
    return {
        "records": in_one_transaction(
            lambda transaction: due.erase_due(transaction, actor.org, given["cases"], actor.user)
        )
    }


@blueprint.post("/holds")
@blueprint.arguments(HoldAsked)
@blueprint.response(200, HoldDone)
@tokens.for_roles(*sorted(ADMINS))
@tokens.with_fresh_password
def hold(given: WantedHold) -> dict[str, object]:
    """A file is held, closed or not: it is not erased until that is lifted."""
    actor = tokens.identity().actor
    return {"case": in_one_transaction(lambda transaction: _hold(transaction, actor, given))}


@blueprint.post("/holds/<held>/end")
@blueprint.response(204)
@tokens.for_roles(*sorted(ADMINS))
@tokens.with_fresh_password
def lift(held: str) -> Response:
    """`held` is the id of a file. Whoever administers need not read it."""
    actor = tokens.identity().actor
    if not is_id(held):
        raise Problem("not_found")
    in_one_transaction(lambda transaction: holding.lift(transaction, actor.org, held, actor.user))
    return Response(status=204)


def _hold(transaction: Transaction, actor: Actor, given: WantedHold) -> str:
    try:
        case = who_read.file_seen(transaction, actor, given["client"])
    except Problem:
        raise Problem("fields_invalid", {"client": ["unknown"]}) from None
    holding.hold(transaction, actor.org, case, given["reason"].strip(), actor.user)
    return case
