"""The devices that hold a person's case files, and taking one out of use."""

from typing import Any

from flask import Response, jsonify
from marshmallow import Schema, fields
from sqlalchemy import select

from server.api.contract import Blueprint
from server.auth import accounts, sessions, tokens
from server.database import writing
from server.models import Device, User, db
from server.problems import Problem
from server.sync.actor import Actor

blueprint = Blueprint("devices", __name__, url_prefix="/api/devices", description="Devices")


class DeviceReply(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    created_at = fields.String(required=True)
    last_sync_at = fields.String(required=True, allow_none=True)
    current = fields.Boolean(required=True)
    revoked = fields.Boolean(required=True)


class DevicesReply(Schema):
    devices = fields.List(fields.Nested(DeviceReply), required=True)


@blueprint.get("")
@blueprint.response(200, DevicesReply)
def devices() -> Response:
    """One's own, the newest first."""
    actor = tokens.signed().actor
    own = select(Device).where(Device.user == actor.user).order_by(Device.created_at.desc(), Device.id)
    return jsonify(devices=[_shown(device, actor) for device in db.session.scalars(own)])


@blueprint.delete("/<device_id>")
@blueprint.response(204)
def revoke(device_id: str) -> Response:
    """One's own, or for whom one answers. A foreign id cannot be told from an absent one."""
    actor = tokens.signed().actor
    with writing() as transaction:
        device = transaction.get(Device, device_id)
        owner = transaction.get_one(User, device.user) if device else None
        if device is None or owner is None or not accounts.may_manage(transaction, actor, owner):
            raise Problem("not_found")
        if device.revoked_at is None:
            sessions.revoke_device(transaction, device, actor.user)
    return Response(status=204)


def _shown(device: Device, actor: Actor) -> dict[str, Any]:
    shown: dict[str, Any] = DeviceReply().dump(
        {
            "id": device.id,
            "name": device.name,
            "created_at": device.created_at,
            "last_sync_at": device.last_sync_at,
            "current": device.id == actor.device,
            "revoked": device.revoked_at is not None,
        }
    )
    return shown
