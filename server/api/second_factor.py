"""One's own second factor (SPEC J8–J12): set up with an authenticator app, recovery codes, and without it again."""

import segno
from flask import Response
from marshmallow import Schema, fields
from sqlalchemy.orm import Session as Transaction

from server.api.contract import Blueprint
from server.api.schemas import Body, second_factor_code
from server.auth import second_factor, throttle, tokens
from server.core.models import User
from server.core.transaction import in_one_transaction

blueprint = Blueprint("second_factor", __name__, url_prefix="/api/second-factor", description="One's own second factor")

#: how much of a picture may be smudged: a quarter of it
CORRECTION = "q"


class SecondFactorStatus(Schema):
    """`waived`: this person would need one, but in the demo nobody does."""

    since = fields.String(required=True, allow_none=True)
    recovery_codes_left = fields.Integer(required=True)
    required = fields.Boolean(required=True)
    waived = fields.Boolean(required=True)


class QrCode(Schema):
    """A square of `side` units, and the path of its dark ones, as SVG draws it. Four empty units belong around it."""

    side = fields.Integer(required=True)
    path = fields.String(required=True)


class SecondFactorOffer(Schema):
    """`secret`, in base32, and the address that says the same: an app takes it by the picture, by a tap or by hand."""

    secret = fields.String(required=True)
    uri = fields.String(required=True)
    qr = fields.Nested(QrCode, required=True)


class FirstCode(Body):
    code = second_factor_code(required=True)


class RecoveryCodes(Schema):
    """Told once: only hashes are kept."""

    recovery_codes = fields.List(fields.String(), required=True)


@blueprint.get("")
@tokens.before_second_factor
@blueprint.response(200, SecondFactorStatus)
def status() -> dict[str, object]:
    return in_one_transaction(lambda transaction: second_factor.status(transaction, _own(transaction)))._asdict()


@blueprint.post("")
@tokens.before_second_factor
@tokens.with_fresh_password
@blueprint.response(200, SecondFactorOffer)
def begin() -> dict[str, object]:
    """A secret for a new authenticator app. Nothing changes before its first right code."""
    offer = in_one_transaction(lambda transaction: second_factor.begin(transaction, _own(transaction)))
    return offer._asdict() | {"qr": _drawn(offer.uri)}


@blueprint.post("/confirm")
@tokens.before_second_factor
@tokens.with_fresh_password
@blueprint.arguments(FirstCode)
@blueprint.response(200, RecoveryCodes)
def confirm(given: dict[str, str]) -> dict[str, list[str]]:
    """The first right code of the new app: from now on one is asked for."""
    actor = tokens.identity().actor
    counters = throttle.code_counters_for(actor.user, "", actor.device, digits=True)
    throttle.must_wait(in_one_transaction(lambda transaction: throttle.admit(transaction, counters)))

    def confirmed(transaction: Transaction) -> list[str]:
        codes = second_factor.confirm(transaction, _own(transaction), given["code"])
        throttle.forgive(transaction, counters)
        return codes

    return {"recovery_codes": in_one_transaction(confirmed)}


@blueprint.post("/recovery-codes")
@tokens.with_fresh_password
@blueprint.response(200, RecoveryCodes)
def make_codes() -> dict[str, list[str]]:
    """Others; those before open nothing any more."""
    made = in_one_transaction(lambda transaction: second_factor.make_codes(transaction, _own(transaction)))
    return {"recovery_codes": made}


@blueprint.delete("")
@tokens.with_fresh_password
@blueprint.response(204)
def turn_off() -> Response:
    """For whom it is not required."""
    in_one_transaction(lambda transaction: second_factor.turn_off(transaction, _own(transaction)))
    return Response(status=204)


def _own(transaction: Transaction) -> User:
    actor = tokens.identity().actor
    return transaction.get_one(User, (actor.user, actor.org))


def _drawn(uri: str) -> dict[str, object]:
    rows = segno.make_qr(uri, error=CORRECTION).matrix
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, bit in enumerate(row) if bit)
    return {"side": len(rows), "path": "".join(dark)}
