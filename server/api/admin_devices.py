"""The devices and sessions of the organisation, and the lost phone (SPEC A7)."""

from flask import Response
from marshmallow import Schema, fields
from sqlalchemy.orm import Session as Transaction

from server.api.contract import Blueprint
from server.api.schemas import TextPage, next_
from server.auth import sessions, tokens
from server.core.transaction import in_one_transaction
from server.directory import listing, managing

blueprint = Blueprint("admin_devices", __name__, url_prefix="/api/admin/devices", description="Devices of the office")


class OfficeDevice(Schema):
    """`sessions`: how many are living; `last_used_at` is when one of them was refreshed last."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    person = fields.String(required=True)
    display_name = fields.String(required=True)
    created_at = fields.String(required=True)
    last_sync_at = fields.String(required=True, allow_none=True)
    last_used_at = fields.String(required=True, allow_none=True)
    sessions = fields.Integer(required=True)
    current = fields.Boolean(required=True)
    revoked = fields.Boolean(required=True)
    wipe_asked_at = fields.String(required=True, allow_none=True)
    wiped_at = fields.String(required=True, allow_none=True)
    may_change = fields.Boolean(required=True)


class OfficeDevices(Schema):
    devices = fields.List(fields.Nested(OfficeDevice), required=True)
    next = next_()


@blueprint.get("")
@blueprint.arguments(TextPage, location="query")
@blueprint.response(200, OfficeDevices)
@tokens.for_roles(*managing.MANAGERS)
def devices(given: dict[str, str]) -> dict[str, object]:
    """The organisation's, or the own team's, the newest first, in pages."""
    actor, after = tokens.identity().actor, given["after"]
    found, following = in_one_transaction(lambda transaction: listing.devices(transaction, actor, after))
    return {"devices": found, "next": following}


@blueprint.post("/<device>/sign-out")
@blueprint.response(204)
@tokens.for_roles(*managing.MANAGERS)
@tokens.with_fresh_password
def sign_out(device: str) -> Response:
    """Every session of the device ends. What waits on it stays there, and is sent after the next sign-in."""
    actor = tokens.identity().actor

    def done(transaction: Transaction) -> None:
        found, _ = managing.managed_device(transaction, actor, device)
        sessions.end_of_device(transaction, found, "office", actor.user)

    in_one_transaction(done)
    return Response(status=204)


@blueprint.post("/<device>/lost")
@blueprint.response(204)
@tokens.for_roles(*managing.MANAGERS)
@tokens.with_fresh_password
def lost(device: str) -> Response:
    """A lost or stolen one opens nothing from now on and is made unreadable at its next contact: nothing is rescued."""
    actor = tokens.identity().actor

    def done(transaction: Transaction) -> None:
        found, _ = managing.managed_device(transaction, actor, device)
        if found.wipe_asked_at is None:
            sessions.wipe_device(transaction, found, actor.user)

    in_one_transaction(done)
    return Response(status=204)
