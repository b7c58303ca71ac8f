"""A worker's clients, and handing them over (SPEC A6). By the code of each client: no name leaves the case file."""

from typing import TypedDict

from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session as Transaction

from server.api.admin_people import mistakes_told
from server.api.contract import Blueprint
from server.api.schemas import Body, id_
from server.auth import tokens
from server.config import LIMITS
from server.core.transaction import in_one_transaction
from server.directory import caseloads, managing
from server.rules.shape import ID_PATTERN

blueprint = Blueprint(
    "admin_caseloads", __name__, url_prefix="/api/admin/people", description="Caseloads of the office's people"
)


class CaseloadEntry(Schema):
    """`reason`: why this person reads the file; `until`, of a stand-in, the end."""

    case = fields.String(required=True)
    client_id = fields.String(required=True)
    reason = fields.String(required=True)
    until = fields.String(required=True, allow_none=True)
    is_intake = fields.Boolean(required=True)
    is_own = fields.Boolean(required=True)
    team = fields.String(required=True, allow_none=True)
    opened_at = fields.String(required=True)


class Caseload(Schema):
    cases = fields.List(fields.Nested(CaseloadEntry), required=True)


class Transfer(Body):
    """`to` is a person. Without `cases` it is all of this person's own clients."""

    to = id_()
    cases = fields.List(
        fields.String(validate=validate.Regexp(ID_PATTERN)),
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, LIMITS.people_page_max),
    )


class Transferred(Schema):
    cases = fields.Integer(required=True)
    visits = fields.Integer(required=True)


@blueprint.get("/<person>/cases")
@blueprint.response(200, Caseload)
@tokens.for_roles(*managing.MANAGERS)
def caseload(person: str) -> dict[str, object]:
    """The clients' files that this person reads, the own clients first."""
    actor = tokens.identity().actor
    return in_one_transaction(
        lambda transaction: {"cases": caseloads.caseload(transaction, managing.person_seen(transaction, actor, person))}
    )


class WantedTransfer(TypedDict):
    to: str
    cases: list[str] | None


@blueprint.post("/<person>/cases/transfer")
@blueprint.arguments(Transfer)
@blueprint.response(200, Transferred)
@tokens.for_roles(*managing.MANAGERS)
@tokens.with_fresh_password
def transfer(given: WantedTransfer, person: str) -> dict[str, object]:
    """Own clients go to a colleague, with the visits that are planned; access follows at once."""
    actor, to, cases = tokens.identity().actor, given["to"], given["cases"]

    def transferred(transaction: Transaction) -> dict[str, object]:
        from_ = managing.person_seen(transaction, actor, person)
        return caseloads.transfer(transaction, actor, from_, to, cases)._asdict()

    with mistakes_told():
        return in_one_transaction(transferred)
