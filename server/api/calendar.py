"""The calendar at a secret address, and a single visit for one's own calendar (SPEC I)."""

from datetime import UTC, datetime
from typing import Any

import flask
from flask import Response, request
from marshmallow import Schema, fields

from server.api.contract import Blueprint
from server.auth import tokens
from server.problems import Problem
from server.reminders import feed
from server.sync.exchange import reading
from server.sync.wire import is_id
from server.sync.writing import in_one_transaction

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
def state() -> dict[str, Any]:
    """When one's address was made; null where there is none."""
    with reading() as connection:
        return {"created_at": feed.made_at(connection, tokens.signed().actor.user)}


@blueprint.post("/calendar")
@blueprint.response(200, NewAddress)
def make() -> dict[str, Any]:
    """A new secret address. The one before leads nowhere from now on."""
    actor = tokens.signed().actor
    return {"path": f"/calendar/{in_one_transaction(lambda transaction: feed.make(transaction, actor))}.ics"}


@blueprint.delete("/calendar")
@blueprint.response(204)
def revoke() -> Response:
    actor = tokens.signed().actor
    in_one_transaction(lambda transaction: feed.revoke(transaction, actor))
    return Response(status=204)


@blueprint.get("/cases/<case>/visits/<record>.ics")
@blueprint.response(200, content_type="text/calendar")
def visit(case: str, record: str) -> Response:
    """One planned visit, without name or address."""
    if not (is_id(case) and is_id(record)):
        raise Problem("not_found")
    with reading() as connection:
        response = _answer(feed.single(connection, tokens.signed().actor, case, record))
    response.headers["Content-Disposition"] = 'attachment; filename="ovikello.ics"'
    return response


@address.get("/calendar/<secret>.ics")
@tokens.open_to_all
def calendar(secret: str) -> Response:
    """Whoever knows the address reads it, so it holds nothing but times."""
    with reading() as connection:
        response = _answer(feed.feed(connection, secret, datetime.now(UTC)))
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _answer(body: bytes) -> Response:
    return Response(body, content_type="text/calendar; charset=utf-8")
