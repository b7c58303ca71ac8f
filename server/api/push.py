"""Where this browser takes pushes: bound to the session, and gone with it (N7)."""

from typing import TypedDict
from uuid import uuid4

from flask import Response, current_app
from marshmallow import Schema, fields, validate
from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session as Transaction

from server.api.contract import Blueprint
from server.api.schemas import Body
from server.auth import tokens
from server.auth.tokens import RequestIdentity
from server.config import LIMITS, Settings
from server.core import journal, timestamps
from server.core.journal_detail import Detail
from server.core.models import db
from server.core.outbound import AddressRefused
from server.core.problems import Problem
from server.core.reminder_tables import PushSubscription
from server.core.transaction import in_one_transaction
from server.reminders import vapid, web_push

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
def state() -> dict[str, object]:
    """The key for new subscriptions, and the one that this session's was made with, if it has one."""
    own = select(PushSubscription.key).where(*_of_session(tokens.identity()))
    return {"key": _keys()[0].public, "subscribed_with": db.session.scalar(own)}


class GivenKeys(TypedDict):
    p256dh: str
    auth: str


class GivenSubscription(TypedDict):
    """As the browser says it."""

    endpoint: str
    keys: GivenKeys
    key: str


@blueprint.put("/subscription")
@blueprint.arguments(Subscription)
@blueprint.response(204)
def subscribe(given: GivenSubscription) -> Response:
    """In place of what this session had. Whoever had this browser's subscription before has it no more."""
    identity = tokens.identity()
    if given["key"].rstrip("=") not in {key.public for key in _keys()}:
        raise Problem("fields_invalid", {"key": ["outdated"]})
    try:
        web_push.origin_of(given["endpoint"])
    except AddressRefused:
        raise Problem("push_service_unknown", {"endpoint": ["invalid"]}) from None
    if not web_push.are_keys(given["keys"]["p256dh"], given["keys"]["auth"]):
        raise Problem("fields_invalid", {"keys": ["invalid"]})
    in_one_transaction(lambda transaction: _subscribe(transaction, identity, given))
    return Response(status=204)


@blueprint.delete("/subscription")
@blueprint.response(204)
def unsubscribe() -> Response:
    identity = tokens.identity()
    in_one_transaction(lambda transaction: _end(transaction, identity, *_of_session(identity)))
    return Response(status=204)


def _subscribe(transaction: Transaction, identity: RequestIdentity, given: GivenSubscription) -> None:
    org = identity.actor.org
    _end(transaction, identity, *_of_session(identity))
    # Whose browser it was before may belong to another organisation.
    _end(transaction, identity, PushSubscription.endpoint == given["endpoint"])
    own = select(PushSubscription.id).where(PushSubscription.user == identity.actor.user, PushSubscription.org == org)
    newest_first = own.order_by(PushSubscription.created_at.desc(), PushSubscription.id)
    surplus = list(transaction.scalars(newest_first.offset(LIMITS.subscriptions_max - 1)))
    _end(transaction, identity, PushSubscription.id.in_(surplus), PushSubscription.org == org)
    transaction.add(
        PushSubscription(
            id=uuid4().hex,
            org=org,
            session=identity.session,
            user=identity.actor.user,
            endpoint=given["endpoint"],
            p256dh=given["keys"]["p256dh"],
            auth=given["keys"]["auth"],
            key=given["key"].rstrip("="),
            created_at=timestamps.now(),
        )
    )


def _end(transaction: Transaction, identity: RequestIdentity, *where: ColumnElement[bool]) -> None:
    """They get no more pushes, after a restore neither (L11)."""
    found = transaction.execute(select(PushSubscription.org, PushSubscription.id).where(*where)).all()
    for org, id_ in found:
        _drop(transaction, org, Detail(subscription=id_), None)
        journal.record(transaction, org, "push_end", {"subscription": id_}, identity.actor.user)


def _drop(transaction: Transaction, org: str, detail: Detail, _by: str | None) -> None:
    this = (PushSubscription.id == detail.text("subscription"), PushSubscription.org == org)
    transaction.execute(delete(PushSubscription).where(*this))


journal.REPLAYS["push_end"] = journal.Replay(_drop)


def _of_session(identity: RequestIdentity) -> tuple[ColumnElement[bool], ...]:
    return (PushSubscription.session == identity.session, PushSubscription.org == identity.actor.org)


def _keys() -> list[vapid.Key]:
    settings: Settings = current_app.extensions["ovikello-settings"]
    return vapid.keys_in(settings.vapid_path)
