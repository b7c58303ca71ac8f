"""Who has read a client's file and why, and all that is kept of a client (SPEC A9, A10)."""

from marshmallow import Schema, fields, validate

from server.api.contract import Blueprint
from server.api.schemas import TextPage, next_
from server.auth import tokens
from server.config import LIMITS
from server.core.problems import Problem
from server.core.roles import ADMINS
from server.core.transaction import in_one_transaction
from server.directory import client_data, managing, who_read
from server.kinds.base import storable
from server.kinds.readers import CASEWORKERS
from server.rules.shape import ID_PATTERN, is_id

blueprint = Blueprint(
    "admin_access", __name__, url_prefix="/api/admin", description="The access log, and data requests"
)

LOG_READERS = (*managing.MANAGERS, "data_protection")


class AskedClient(TextPage):
    """`client`: the id of a client's file, or the client's code."""

    client = fields.String(required=True, validate=[validate.Length(1, LIMITS.line_chars_max), storable])


class AskedPerson(TextPage):
    person = fields.String(required=True, validate=validate.Regexp(ID_PATTERN))


class AccessEntry(Schema):
    """`what` was handed out or opened; `reason`: why this person had access then, null where nobody had given any;
    `why`: of a file that was opened for a time, the code of the reason that was given."""

    id = fields.String(required=True)
    at = fields.String(required=True)
    what = fields.String(required=True, validate=validate.OneOf([who_read.OPENED, *who_read.NOTED]))
    person = fields.String(required=True)
    display_name = fields.String(required=True)
    role = fields.String(required=True)
    case = fields.String(required=True)
    client_id = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)


class AccessLog(Schema):
    entries = fields.List(fields.Nested(AccessEntry), required=True)
    next = next_()


class HeldValue(Schema):
    value = fields.Raw(required=True, allow_none=True)
    by = fields.String(required=True)


class DataRecord(Schema):
    kind = fields.String(required=True)
    id = fields.String(required=True)
    fields_ = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.Nested(HeldValue)),
        required=True,
        data_key="fields",
        attribute="fields",
    )
    #: texts that may tell of another person: they stand in the record, and not here
    withheld = fields.List(fields.String(), required=True)


class ClientData(Schema):
    case = fields.String(required=True)
    made_at = fields.String(required=True)
    records = fields.List(fields.Nested(DataRecord), required=True)
    #: kinds of record that the file holds and who asks does not read
    left_out = fields.List(fields.String(), required=True)


@blueprint.get("/access-log/client")
@blueprint.arguments(AskedClient, location="query")
@blueprint.response(200, AccessLog)
@tokens.for_roles(*LOG_READERS)
def of_client(given: dict[str, str]) -> dict[str, object]:
    """Who has read this client's file, the latest first, in pages. Looking is noted."""
    actor, client, after = tokens.identity().actor, given["client"], given["after"]
    found, following = in_one_transaction(lambda transaction: who_read.of_client(transaction, actor, client, after))
    return {"entries": found, "next": following}


@blueprint.get("/access-log/person")
@blueprint.arguments(AskedPerson, location="query")
@blueprint.response(200, AccessLog)
@tokens.for_roles(*LOG_READERS)
def of_person(given: dict[str, str]) -> dict[str, object]:
    """Which clients' files this person has read, the latest first, in pages. Looking is noted."""
    actor, person, after = tokens.identity().actor, given["person"], given["after"]
    found, following = in_one_transaction(lambda transaction: who_read.of_person(transaction, actor, person, after))
    return {"entries": found, "next": following}


@blueprint.get("/clients/<case>/data")
@blueprint.response(200, ClientData)
@tokens.for_roles(*sorted(CASEWORKERS | ADMINS))
@tokens.with_fresh_password
def data(case: str) -> dict[str, object]:
    """All that is kept of a client, for the client, by somebody who reads the file."""
    actor = tokens.identity().actor
    if not is_id(case):
        raise Problem("not_found")
    return in_one_transaction(lambda transaction: client_data.document(transaction, actor, case))
