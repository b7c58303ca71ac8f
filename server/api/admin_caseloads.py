"""A worker's clients, handing them over (SPEC A6) and standing in for a time (A11). By the code of each client: no name
leaves the case file."""

from datetime import date
from typing import TypedDict

from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session as Transaction

from server.api.admin_people import mistakes_told
from server.api.contract import Blueprint
from server.api.schemas import Body, id_
from server.auth import tokens
from server.config import LIMITS
from server.core.transaction import in_one_transaction
from server.directory import caseloads, managing, standing_in
from server.rules.shape import ID_PATTERN

blueprint = Blueprint(
    "admin_caseloads", __name__, url_prefix="/api/admin/people", description="Caseloads of the office's people"
)


class StandIn(Schema):
    person = fields.String(required=True)
    until = fields.String(required=True)


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
    stand_ins = fields.List(fields.Nested(StandIn), required=True)


class Caseload(Schema):
    cases = fields.List(fields.Nested(CaseloadEntry), required=True)


class Cases(Body):
    """Without `cases` it is all of them."""

    cases = fields.List(
        fields.String(validate=validate.Regexp(ID_PATTERN)),
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, LIMITS.people_page_max),
    )


class Transfer(Cases):
    """`to` is a person."""

    to = id_()


class StandInAsked(Transfer):
    #: a day in Finland, to the end of which it lasts
    last_day = fields.Date(required=True)


class StoodIn(Schema):
    cases = fields.Integer(required=True)


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


class WantedCases(TypedDict):
    cases: list[str] | None


class WantedTransfer(WantedCases):
    to: str


class WantedStandIn(WantedTransfer):
    last_day: date


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


@blueprint.post("/<person>/cases/stand-in")
@blueprint.arguments(StandInAsked)
@blueprint.response(200, StoodIn)
@tokens.for_roles(*managing.MANAGERS)
@tokens.with_fresh_password
def stand_in(given: WantedStandIn, person: str) -> dict[str, object]:
    """A colleague reads and writes this person's clients too, until a day is over; the own worker stays."""
    actor, to, cases, last_day = tokens.identity().actor, given["to"], given["cases"], given["last_day"]

    def opened(transaction: Transaction) -> dict[str, object]:
        from_ = managing.person_seen(transaction, actor, person)
        return {"cases": standing_in.stand_in(transaction, actor, from_, to, cases, last_day)}

    with mistakes_told():
        return in_one_transaction(opened)


@blueprint.post("/<person>/cases/stand-in/end")
@blueprint.arguments(Cases)
@blueprint.response(200, StoodIn)
@tokens.for_roles(*managing.MANAGERS)
@tokens.with_fresh_password
def end_stand_in(given: WantedCases, person: str) -> dict[str, object]:
    """What this person reads as a stand-in is closed to them before its day."""
    actor, cases = tokens.identity().actor, given["cases"]

    def ended(transaction: Transaction) -> dict[str, object]:
        return {"cases": standing_in.end(transaction, actor, managing.person_seen(transaction, actor, person), cases)}

    return in_one_transaction(ended)
