"""What a locked device may ask and say of itself, by its own credential (SPEC J5, J6): `tokens.LOCKED_DEVICE_MAY`."""

from flask import Response
from marshmallow import Schema, fields
from sqlalchemy.orm import Session as Transaction

from server.api.contract import Blueprint
from server.auth import sessions, tokens
from server.core import timestamps
from server.core.problems import Problem
from server.core.transaction import in_one_transaction
from server.safety import check_ins

blueprint = Blueprint("device", __name__, url_prefix="/api/device", description="A locked device, of itself")


class LockedCheckIn(Schema):
    deadline = fields.String(required=True)


class DeviceState(Schema):
    """`check_in` is that of the device's person, null where none is on: no id, name, place or trace of an alert."""

    check_in = fields.Nested(LockedCheckIn, required=True, allow_none=True)
    server_time = fields.String(required=True)


@blueprint.get("")
@blueprint.response(200, DeviceState)
def state() -> dict[str, object]:
    """Whether the check-in is still on. `device_wiped` where the device is to make its store unreadable."""
    device = tokens.known_device()
    if device.is_to_be_wiped:
        raise Problem("device_wiped")
    if not device.is_staff:
        raise Problem("sign_in_needed")

    def look(transaction: Transaction) -> dict[str, str] | None:
        on = check_ins.mine(transaction, device.actor)
        return {"deadline": on.deadline} if on else None

    return {"check_in": in_one_transaction(look), "server_time": timestamps.now()}


@blueprint.post("/wiped")
@blueprint.response(204)
def wiped() -> Response:
    """Its store is unreadable. Nothing happens where nobody asked for that."""
    actor = tokens.known_device().actor
    in_one_transaction(lambda transaction: sessions.note_wiped(transaction, actor.device, actor.org))
    return Response(status=204)
