"""The devices that hold a person's case files, and taking one out of use."""

from flask import Response, jsonify
from marshmallow import Schema, fields
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session as Transaction

from server.api.contract import Blueprint
from server.api.schemas import TextPage, next_
from server.auth import accounts, sessions, tokens
from server.config import LIMITS
from server.core.actor import Actor
from server.core.database import writing
from server.core.models import Device, User, db
from server.core.pages import page_of, parts_of
from server.core.problems import Problem
from server.rules.shape import is_id

blueprint = Blueprint("devices", __name__, url_prefix="/api/devices", description="Devices")


class DeviceReply(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    created_at = fields.String(required=True)
    last_sync_at = fields.String(required=True, allow_none=True)
    current = fields.Boolean(required=True)
    revoked = fields.Boolean(required=True)
    wipe_asked_at = fields.String(required=True, allow_none=True)
    wiped_at = fields.String(required=True, allow_none=True)


class DevicesReply(Schema):
    devices = fields.List(fields.Nested(DeviceReply), required=True)
    next = next_()


@blueprint.get("")
@blueprint.arguments(TextPage, location="query")
@blueprint.response(200, DevicesReply)
def devices(given: dict[str, str]) -> Response:
    """One's own, the newest first, in pages."""
    actor = tokens.identity().actor
    own = select(Device).where(Device.user == actor.user, Device.org == actor.org)
    if given["after"]:
        own = own.where(tuple_(Device.created_at, Device.id) < tuple_(*parts_of(given["after"], 2)))
    own = own.order_by(Device.created_at.desc(), Device.id.desc()).limit(LIMITS.list_page_max + 1)
    page, following = page_of(db.session.scalars(own).all(), lambda device: (device.created_at, device.id))
    return jsonify(devices=[_shown(device, actor) for device in page], next=following)


@blueprint.delete("/<device_id>")
@blueprint.response(204)
def revoke(device_id: str) -> Response:
    """One's own, or for whom one answers. A foreign id cannot be told from an absent one."""
    actor = tokens.identity().actor
    with writing() as transaction:
        device = _managed(transaction, actor, device_id)
        if device.revoked_at is None:
            sessions.revoke_device(transaction, device, actor.user)
    return Response(status=204)


@blueprint.post("/<device_id>/wipe")
@blueprint.response(204)
def wipe(device_id: str) -> Response:
    """A stolen one is made unreadable at its next contact. Whose, as above; another's asks for the password (A2)."""
    actor = tokens.identity().actor
    with writing() as transaction:
        device = _managed(transaction, actor, device_id)
        if device.user != actor.user:
            tokens.must_be_fresh()
        if device.wipe_asked_at is None:
            sessions.wipe_device(transaction, device, actor.user)
    return Response(status=204)


def _managed(transaction: Transaction, actor: Actor, device_id: str) -> Device:
    """The device, if it is this person's to take out of use; `not_found` otherwise."""
    device = transaction.get(Device, (device_id, actor.org)) if is_id(device_id) else None
    owner = transaction.get_one(User, (device.user, device.org)) if device else None
    if device is None or owner is None or not accounts.may_manage(transaction, actor, owner):
        raise Problem("not_found")
    return device


def _shown(device: Device, actor: Actor) -> dict[str, object]:
    shown: dict[str, object] = DeviceReply().dump(
        {
            "id": device.id,
            "name": device.name,
            "created_at": device.created_at,
            "last_sync_at": device.last_sync_at,
            "current": device.id == actor.device,
            "revoked": device.revoked_at is not None,
            "wipe_asked_at": device.wipe_asked_at,
            "wiped_at": device.wiped_at,
        }
    )
    return shown
