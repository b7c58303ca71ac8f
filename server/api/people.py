"""One's own account: the password. Colleagues are records of the shared file, not an endpoint."""

from typing import Any

from flask import Response

from server.api.contract import Blueprint
from server.api.schemas import Body, password
from server.auth import accounts, passwords, sessions, throttle, tokens
from server.database import writing
from server.models import User, db
from server.problems import Problem

blueprint = Blueprint("people", __name__, url_prefix="/api", description="One's own account")


class PasswordChange(Body):
    current = password()
    next = password()


@blueprint.post("/password")
@blueprint.arguments(PasswordChange)
@blueprint.response(204)
def change_password(given: dict[str, Any]) -> Response:
    """The current password is asked for again; every other session of the person ends."""
    signed = tokens.signed()
    user = db.session.get_one(User, signed.actor.user)
    counters = throttle.counters_for(user.name, "", signed.actor.device)
    known_hash, about = user.password_hash, [user.name, user.display_name]
    with writing() as transaction:
        throttle.refuse_if_waiting(transaction, counters)
        throttle.count_try(transaction, counters)
    if not passwords.fits(known_hash, given["current"]):
        raise Problem("sign_in_failed")
    if passwords.is_weak(given["next"], about):
        raise Problem("password_weak", {"next": ["weak"]})
    next_hash = passwords.hash_of(given["next"])
    with writing() as transaction:
        throttle.forgive(transaction, counters)
        user = transaction.get_one(User, signed.actor.user)
        accounts.set_password(transaction, user, next_hash, actor=user.id)
        sessions.end_all(transaction, user, "password", actor=user.id, but=signed.session)
    return Response(status=204)
