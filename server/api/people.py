"""One's own account: the password. Colleagues are records of the shared file, not an endpoint."""

from typing import TypedDict

from flask import Response

from server.api.contract import Blueprint
from server.api.schemas import Body, password, second_factor_code
from server.auth import accounts, passwords, second_factor, sessions, throttle, tokens
from server.auth.tokens import RequestIdentity
from server.core.database import writing
from server.core.models import User, db
from server.core.problems import Problem
from server.core.transaction import in_one_transaction

blueprint = Blueprint("people", __name__, url_prefix="/api", description="One's own account")


class PasswordChange(Body):
    current = password()
    next = password()


@blueprint.post("/password")
@blueprint.arguments(PasswordChange)
@blueprint.response(204)
def change_password(given: dict[str, str]) -> Response:
    """The current password is asked for again; every other session of the person ends."""
    identity = tokens.identity()
    counters, about = _must_fit(identity, given["current"])
    if passwords.is_weak(given["next"], about):
        raise Problem("password_weak", {"next": ["weak"]})
    next_hash = passwords.hash_of(given["next"])
    with writing() as transaction:
        throttle.forgive(transaction, counters)
        user = transaction.get_one(User, (identity.actor.user, identity.actor.org))
        accounts.set_password(transaction, user, next_hash, actor=user.id)
        sessions.end_all(transaction, user, "password", actor=user.id, but=identity.session)
    return Response(status=204)


class Confirmation(Body):
    """`code`: of the second factor, where `second_factor_needed` has asked for it."""

    password = password()
    code = second_factor_code()


class GivenConfirmation(TypedDict):
    password: str
    code: str | None


@blueprint.post("/session/confirm")
@tokens.before_second_factor
@blueprint.arguments(Confirmation)
@blueprint.response(204)
def confirm(given: GivenConfirmation) -> Response:
    """The password, given again in a session: what is dangerous is open to it for some minutes (A2). Whoever has a
    second factor gives a code of it too (J11)."""
    identity = tokens.identity()
    actor = identity.actor
    counters, (name, _) = _must_fit(identity, given["password"])
    tried = second_factor.Try(name, given["code"], "", actor.device)
    code_counters = second_factor.count_code((actor.user, actor.org), tried, counters)
    with writing() as transaction:
        second_factor.take(transaction, transaction.get_one(User, (actor.user, actor.org)), given["code"])
        throttle.forgive(transaction, counters)
        if code_counters:
            throttle.forgive(transaction, code_counters)
        sessions.note_confirmed(transaction, identity.session, identity.actor.org)
    return Response(status=204)


def _must_fit(identity: RequestIdentity, password: str) -> tuple[throttle.Counters, list[str]]:
    """`sign_in_failed` unless it is this person's; what the try counted against, and what is known of the person."""
    user = db.session.get_one(User, (identity.actor.user, identity.actor.org))
    counters = throttle.counters_for(user.name, "", identity.actor.device)
    known_hash, about = user.password_hash, [user.name, user.display_name]
    throttle.must_wait(in_one_transaction(lambda transaction: throttle.admit(transaction, counters)))
    if not passwords.fits(known_hash, password):
        raise Problem("sign_in_failed")
    return counters, about
