"""The organisation's own entries of the catalogue: read by everybody's device, kept by an administrator (SPEC A20)."""

from typing import TypedDict

from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session as Transaction

from server.api.admin_people import mistakes_told
from server.api.contract import Blueprint
from server.api.schemas import Body, line
from server.auth import tokens
from server.catalogue import OPEN_LISTS
from server.config import LIMITS
from server.core.roles import ADMINS
from server.core.transaction import in_one_transaction
from server.directory import own_entries
from server.kinds.base import storable

blueprint = Blueprint("catalogue", __name__, url_prefix="/api/catalogue", description="Own entries of the catalogue")

CODE_CHARS_MAX = 64


class WantedLabels(Body):
    fi = line()
    sv = line()
    en = line()


class WantedEntry(WantedLabels):
    catalogue = fields.String(required=True, validate=validate.OneOf(OPEN_LISTS))


class ChangedEntry(WantedLabels):
    retired = fields.Boolean(required=True)


class WantedOrder(Body):
    catalogue = fields.String(required=True, validate=validate.OneOf(OPEN_LISTS))
    codes = fields.List(
        fields.String(validate=[validate.Length(1, CODE_CHARS_MAX), storable]),
        required=True,
        validate=validate.Length(1, LIMITS.own_entries_max),
    )


class OwnEntryShape(Schema):
    """`retired`: it stays readable and is offered no more."""

    code = fields.String(required=True)
    catalogue = fields.String(required=True)
    fi = fields.String(required=True)
    sv = fields.String(required=True)
    en = fields.String(required=True)
    retired = fields.Boolean(required=True)


class OwnEntriesReply(Schema):
    #: the lists that an organisation adds to
    lists = fields.List(fields.String(), required=True)
    entries = fields.List(fields.Nested(OwnEntryShape), required=True)


class GivenLabels(own_entries.Labels):
    pass


class GivenEntry(GivenLabels):
    catalogue: str


class GivenChange(GivenLabels):
    retired: bool


class GivenOrder(TypedDict):
    catalogue: str
    codes: list[str]


def _told(transaction: Transaction) -> dict[str, object]:
    org = tokens.identity().actor.org
    return {"lists": list(OPEN_LISTS), "entries": own_entries.entries(transaction, org)}


@blueprint.get("")
@blueprint.response(200, OwnEntriesReply)
def shown() -> dict[str, object]:
    """For everybody who is signed in: what a code of the organisation's own is called."""
    return in_one_transaction(_told)


@blueprint.post("")
@blueprint.arguments(WantedEntry)
@blueprint.response(200, OwnEntriesReply)
@tokens.for_roles(*sorted(ADMINS))
def add(given: GivenEntry) -> dict[str, object]:
    actor = tokens.identity().actor

    def added(transaction: Transaction) -> dict[str, object]:
        own_entries.add(transaction, actor, given["catalogue"], given)
        return _told(transaction)

    with mistakes_told():
        return in_one_transaction(added)


@blueprint.put("/order")
@blueprint.arguments(WantedOrder)
@blueprint.response(200, OwnEntriesReply)
@tokens.for_roles(*sorted(ADMINS))
def order(given: GivenOrder) -> dict[str, object]:
    """All own entries of one list, in the order in which they are offered."""
    actor = tokens.identity().actor

    def ordered(transaction: Transaction) -> dict[str, object]:
        own_entries.put_in_order(transaction, actor, given["catalogue"], given["codes"])
        return _told(transaction)

    with mistakes_told():
        return in_one_transaction(ordered)


@blueprint.put("/entries/<code>")
@blueprint.arguments(ChangedEntry)
@blueprint.response(200, OwnEntriesReply)
@tokens.for_roles(*sorted(ADMINS))
def change(given: GivenChange, code: str) -> dict[str, object]:
    """Its words, and whether it is offered. Nothing removes an entry: records say its code."""
    actor = tokens.identity().actor

    def changed(transaction: Transaction) -> dict[str, object]:
        own_entries.change(transaction, actor, code, given, retired=given["retired"])
        return _told(transaction)

    with mistakes_told():
        return in_one_transaction(changed)
