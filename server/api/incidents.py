"""The record of a threat, apart from the client's record (K7)."""

from marshmallow import Schema, fields, validate

from server.api.contract import Blueprint
from server.api.schemas import Body, TextPage, next_
from server.auth import tokens
from server.catalogue import codes_of
from server.core.problems import Problem
from server.core.transaction import in_one_transaction
from server.kinds.base import in_the_calendar, long_text
from server.rules.dates import INSTANT_PATTERN
from server.rules.shape import ID_PATTERN, is_id
from server.safety import incidents

blueprint = Blueprint("incidents", __name__, url_prefix="/api/incidents", description="Threat incidents")


class IncidentShape(Body):
    """`at` is when it happened. It names no client: `check_in` is all that ties it to a visit."""

    incident_kind = fields.String(required=True, validate=validate.OneOf(codes_of("incident_kind")))
    at = fields.String(required=True, validate=[validate.Regexp(INSTANT_PATTERN), in_the_calendar])
    text = long_text()
    measures = long_text()
    injured = fields.Boolean(load_default=False)
    check_in = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(ID_PATTERN))
    drill = fields.Boolean(load_default=False)


class IncidentReply(IncidentShape):
    """`version` counts its corrections, the first is 1; `arrived` is when the server had this one."""

    id = fields.String(required=True)
    author = fields.String(required=True)
    version = fields.Integer(required=True)
    arrived = fields.String(required=True)


class IncidentLine(Schema):
    """That there is one, and not what it says: reading is a request of its own, which is noted."""

    id = fields.String(required=True)
    author = fields.String(required=True)
    incident_kind = fields.String(required=True)
    at = fields.String(required=True)
    injured = fields.Boolean(required=True)
    drill = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class Incidents(Schema):
    incidents = fields.List(fields.Nested(IncidentLine), required=True)
    next = next_()


class IncidentVersions(Schema):
    """The latest first."""

    versions = fields.List(fields.Nested(IncidentReply), required=True)


@blueprint.put("/<incident>")
@blueprint.arguments(IncidentShape)
@blueprint.response(200, IncidentReply)
@tokens.revoked_device_may
@tokens.before_second_factor
def keep(given: dict[str, object], incident: str) -> dict[str, object]:
    """Under an id of the phone's own, so that it can be sent again; said otherwise it is a correction. Taken from a
    revoked device too: what waits on it is handed in."""
    if not is_id(incident):
        raise Problem("not_found")
    actor = tokens.identity().actor
    return in_one_transaction(lambda transaction: incidents.keep(transaction, actor, incident, given))


@blueprint.get("")
@blueprint.arguments(TextPage, location="query")
@blueprint.response(200, Incidents)
def readable(given: dict[str, str]) -> dict[str, object]:
    """One's own, and those of whose safety one answers for, in pages; what was recorded last comes first."""
    actor = tokens.identity().actor
    after = given["after"]
    found, following = in_one_transaction(lambda transaction: incidents.readable(transaction, actor, after))
    return {"incidents": found, "next": following}


@blueprint.get("/<incident>")
@blueprint.response(200, IncidentVersions)
def read(incident: str) -> dict[str, object]:
    """What it says, and what it said before it was corrected. Who reads another's is noted."""
    if not is_id(incident):
        raise Problem("not_found")
    actor = tokens.identity().actor
    return {"versions": in_one_transaction(lambda transaction: incidents.read(transaction, actor, incident))}
