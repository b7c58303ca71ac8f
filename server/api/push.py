"""Where this browser takes pushes: bound to the session, and gone with it (N7)."""

from typing import Any
from uuid import uuid4

from flask import Response, current_app
from marshmallow import Schema, fields, validate
from sqlalchemy import delete, select
from sqlalchemy.orm import Session as Transaction

from server import moments
from server.api.contract import Blueprint
from server.api.schemas import Body
from server.auth import tokens
from server.auth.tokens import Signed
from server.config import LIMITS, Settings
from server.models import db
from server.problems import Problem
from server.reminders import push, vapid
from server.reminders.outbound import AddressRefused
from server.reminders.tables import PushSubscription
from server.sync.writing import in_one_transaction

blueprint = Blueprint("push", __name__, url_prefix="/api/push", description="Web push")


def _base64() -> fields.String:
    return fields.String(required=True, validate=validate.Regexp(r"^[A-Za-z0-9_-]{1,200}={0,2}\Z"))


class Keys(Body):
    p256dh = _base64()
    auth = _base64()


class Subscription(Body):
    """What `PushSubscription.toJSON()` says, and the key that it was made with."""

    endpoint = fields.String(required=True, validate=validate.Length(1, LIMITS.address_chars_max))
    keys = fields.Nested(Keys, required=True)
    key = _base64()
    expirationTime = fields.Raw(load_default=None, allow_none=True)  # noqa: N815 - the browser's name


class PushReply(Schema):
    """`key` is what to subscribe with now. Where `subscribed_with` is another one, subscribe anew."""

    key = fields.String(required=True)
    subscribed_with = fields.String(required=True, allow_none=True)


@blueprint.get("")
@blueprint.response(200, PushReply)
def state() -> dict[str, Any]:
    """The key for new subscriptions, and the one that this session's was made with, if it has one."""
    own = select(PushSubscription.key).where(PushSubscription.session == tokens.signed().session)
    return {"key": _keys()[0].public, "subscribed_with": db.session.scalar(own)}


@blueprint.put("/subscription")
@blueprint.arguments(Subscription)
@blueprint.response(204)
def subscribe(given: dict[str, Any]) -> Response:
    """In place of what this session had. Whoever had this browser's subscription before has it no more."""
    signed = tokens.signed()
    if given["key"].rstrip("=") not in {key.public for key in _keys()}:
        raise Problem("fields_invalid", {"key": ["outdated"]})
    try:
        push.origin_of(given["endpoint"])
    except AddressRefused:
        raise Problem("push_service_unknown", {"endpoint": ["invalid"]}) from None
    if not push.are_keys(given["keys"]["p256dh"], given["keys"]["auth"]):
        raise Problem("fields_invalid", {"keys": ["invalid"]})
    in_one_transaction(lambda transaction: _subscribe(transaction, signed, given))
    return Response(status=204)


@blueprint.delete("/subscription")
@blueprint.response(204)
def unsubscribe() -> Response:
    session = tokens.signed().session
    own = delete(PushSubscription).where(PushSubscription.session == session)
    in_one_transaction(lambda transaction: transaction.execute(own))
    return Response(status=204)


def _subscribe(transaction: Transaction, signed: Signed, given: dict[str, Any]) -> None:
    replaced = (PushSubscription.session == signed.session) | (PushSubscription.endpoint == given["endpoint"])
    transaction.execute(delete(PushSubscription).where(replaced))
    own = select(PushSubscription.id).where(PushSubscription.user == signed.actor.user)
    newest_first = own.order_by(PushSubscription.created_at.desc(), PushSubscription.id)
    surplus = list(transaction.scalars(newest_first.offset(LIMITS.subscriptions_max - 1)))
    transaction.execute(delete(PushSubscription).where(PushSubscription.id.in_(surplus)))
    transaction.add(
        PushSubscription(
            id=uuid4().hex,
            session=signed.session,
            user=signed.actor.user,
            endpoint=given["endpoint"],
            p256dh=given["keys"]["p256dh"],
            auth=given["keys"]["auth"],
            key=given["key"].rstrip("="),
            created_at=moments.now(),
        )
    )


def _keys() -> list[vapid.Key]:
    settings: Settings = current_app.extensions["ovikello-settings"]
    return vapid.keys_in(settings.vapid_path)
