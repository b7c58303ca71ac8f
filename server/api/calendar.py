"""The calendar at a secret address, and a single visit for one's own calendar (SPEC I)."""

from datetime import UTC, datetime
from http import HTTPStatus

import flask
from flask import Response, request
from marshmallow import Schema, fields

from server.api.contract import Blueprint
from server.auth import tokens
from server.calendar import ical
from server.core import audit
from server.core.problems import Problem
from server.core.transaction import in_one_transaction
from server.rules.shape import is_id
from server.sync import stand_ins
from server.sync.exchange import reading

blueprint = Blueprint("calendar", __name__, url_prefix="/api", description="Calendar")
#: outside /api, since a calendar program follows it without a session
address = flask.Blueprint("calendar_address", __name__)


class CalendarReply(Schema):
    created_at = fields.String(required=True, allow_none=True)


class NewAddress(Schema):
    """`path` is told this once: only its hash is kept."""

    path = fields.String(required=True)


@blueprint.get("/calendar")
@blueprint.response(200, CalendarReply)
def state() -> dict[str, object]:
    """When one's address was made; null where there is none."""
    with reading() as connection:
        return {"created_at": ical.made_at(connection, tokens.identity().actor)}


@blueprint.post("/calendar")
@blueprint.response(200, NewAddress)
def make() -> dict[str, object]:
    """A new secret address. The one before leads nowhere from now on."""
    actor = tokens.identity().actor
    return {"path": f"/calendar/{in_one_transaction(lambda transaction: ical.make(transaction, actor))}.ics"}


@blueprint.delete("/calendar")
@blueprint.response(204)
def revoke() -> Response:
    actor = tokens.identity().actor
    in_one_transaction(lambda transaction: ical.revoke(transaction, actor))
    return Response(status=204)


@blueprint.get("/cases/<case>/visits/<record>.ics")
@blueprint.response(200, content_type="text/calendar")
def visit(case: str, record: str) -> Response:
    """One planned visit, without name or address."""
    if not (is_id(case) and is_id(record)):
        raise Problem("not_found")
    actor = tokens.identity().actor
    with reading() as connection:
        response = _answer(ical.single(connection, actor, case, record))
    audit.note_reading(actor, "visit_read", {"case": case, "record": record})
    response.headers["Content-Disposition"] = 'attachment; filename="ovikello.ics"'
    return response


@address.get("/calendar/<secret>.ics")
@tokens.open_to_all
def calendar(secret: str) -> Response:
    """Whoever knows the address reads it, so it holds nothing but times."""
    with reading() as connection:
        owner = ical.owner_of(connection, secret)
    stand_ins.end_if_over(owner)
    with reading() as connection:
        body, cases = ical.feed(connection, owner, datetime.now(UTC))
    response = _answer(body)
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    if cases and response.status_code == HTTPStatus.OK:
        audit.note_reading(owner, "calendar_read", {"cases": cases})
    return response


def _answer(body: bytes) -> Response:
    return Response(body, content_type="text/calendar; charset=utf-8")
