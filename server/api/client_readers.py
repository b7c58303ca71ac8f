"""Who reads a client who was entered twice (SPEC H8)."""

from typing import TypedDict

from flask import Response
from marshmallow import Schema, fields, validate

from server.api.contract import Blueprint
from server.api.schemas import Body
from server.auth import tokens
from server.config import LIMITS
from server.core.problems import Problem
from server.core.roles import SUPERVISORS
from server.core.transaction import in_one_transaction
from server.rules.shape import ID_PATTERN, is_id
from server.sync import client_readers
from server.sync.exchange import reading

blueprint = Blueprint(
    "client_readers", __name__, url_prefix="/api/team/clients", description="Who reads a client who was entered twice"
)


class ReaderReply(Schema):
    """`files`: how many of the client's files this person reads."""

    person = fields.String(required=True)
    files = fields.Integer(required=True)


class ClientReadersReply(Schema):
    """`files`: the one that is kept, then its duplicates."""

    files = fields.List(fields.String(), required=True)
    readers = fields.List(fields.Nested(ReaderReply), required=True)


class WantedReaders(Body):
    """Those who read all of the client's files from now on; the others read none of them."""

    people = fields.List(
        fields.String(validate=validate.Regexp(ID_PATTERN)),
        required=True,
        validate=validate.Length(0, LIMITS.list_page_max),
    )


class ChosenReaders(TypedDict):
    people: list[str]


@blueprint.get("/<case>/readers")
@blueprint.response(200, ClientReadersReply)
@tokens.for_roles(*sorted(SUPERVISORS))
def shown(case: str) -> dict[str, object]:
    """Who reads how many of the files, by whoever supervises and reads all of them."""
    with reading() as connection:
        found = client_readers.who_reads(connection, tokens.identity().actor, _id(case))
    return {"files": found.files, "readers": [reader._asdict() for reader in found.readers]}


@blueprint.put("/<case>/readers")
@blueprint.arguments(WantedReaders)
@blueprint.response(204)
@tokens.for_roles(*sorted(SUPERVISORS))
def decided(given: ChosenReaders, case: str) -> Response:
    """Access to all files for these people, and to none for the others; whoever decides goes on."""
    actor = tokens.identity().actor
    in_one_transaction(lambda transaction: client_readers.decide(transaction, actor, _id(case), given["people"]))
    return Response(status=204)


def _id(case: str) -> str:
    if not is_id(case):
        raise Problem("not_found")
    return case
