"""The PIN of one's own device (SPEC J14): set, given up, and tried while the device is locked."""

from flask import Response
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session as Transaction

from server.api.contract import Blueprint
from server.api.schemas import Body
from server.auth import pins, tokens
from server.config import LIMITS
from server.core.problems import Problem
from server.core.transaction import in_one_transaction

blueprint = Blueprint("pin", __name__, url_prefix="/api/pin", description="The PIN of one's own device")


class PinProof(Body):
    """`proof`: 32 bytes that follow from the PIN and what lies on the device, base64url."""

    proof = fields.String(required=True, validate=validate.Regexp(pins.PROOF_PATTERN))


class PinOffer(Schema):
    """`share`, base64url: what the slot of the PIN needs beside it. Null where the organisation lets a PIN open without
    a network: then the device counts."""

    share = fields.String(required=True, allow_none=True)


class PinTried(Schema):
    """`share` for the right PIN, null for a wrong one. No `tries_left`: there is no PIN (any more)."""

    share = fields.String(required=True, allow_none=True)
    tries_left = fields.Integer(required=True, validate=validate.Range(0, LIMITS.pin_tries_max))


class OfflinePin(Schema):
    may_be_offline = fields.Boolean(required=True)


@blueprint.get("")
@blueprint.response(200, OfflinePin)
def allowed() -> dict[str, bool]:
    """Whether the organisation lets a PIN open without a network: a device that has one asks once it has opened."""
    org = tokens.identity().actor.org
    return {"may_be_offline": in_one_transaction(lambda transaction: pins.may_be_offline(transaction, org))}


@blueprint.put("")
@tokens.with_fresh_password
@blueprint.arguments(PinProof)
@blueprint.response(200, PinOffer)
def set_pin(given: dict[str, str]) -> dict[str, str | None]:
    """For the device that asks. One that it had before opens nothing any more."""
    actor = tokens.identity().actor

    def offered(transaction: Transaction) -> str | None:
        if pins.may_be_offline(transaction, actor.org):
            pins.forget(transaction, actor.device, actor.org)
            return None
        return pins.new_share(transaction, actor, given["proof"])

    return {"share": in_one_transaction(offered)}


@blueprint.post("")
@blueprint.arguments(PinProof)
@blueprint.response(200, PinTried)
def try_pin(given: dict[str, str]) -> dict[str, object]:
    """By the credential of a locked device. The last wrong try allowed deletes the PIN."""
    device = tokens.known_device()
    if device.is_to_be_wiped:
        raise Problem("device_wiped")
    if not device.is_staff:
        raise Problem("sign_in_needed")
    return in_one_transaction(lambda transaction: pins.tried(transaction, device.actor, given["proof"]))._asdict()


@blueprint.delete("")
@blueprint.response(204)
def give_up() -> Response:
    actor = tokens.identity().actor
    in_one_transaction(lambda transaction: pins.forget(transaction, actor.device, actor.org))
    return Response(status=204)
