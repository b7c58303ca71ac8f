"""Signing in, staying signed in, signing out."""

import secrets
from functools import partial
from typing import Any

from flask import Response, current_app, jsonify, request
from flask_jwt_extended import verify_jwt_in_request
from flask_jwt_extended.exceptions import NoAuthorizationError
from jwt.exceptions import ExpiredSignatureError
from marshmallow import Schema, fields
from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from server.api.contract import Blueprint
from server.api.schemas import Body, id_, line, password
from server.auth import passwords, sessions, throttle, tokens
from server.config import Settings
from server.database import writing
from server.models import Device, Organisation, Session, User, db
from server.problems import Problem
from server.sync.writing import in_one_transaction

blueprint = Blueprint("session", __name__, url_prefix="/api/session", description="Signing in and out")


class DeviceSchema(Body):
    id = id_()
    name = line()


class SignIn(Body):
    name = line()
    password = password()
    device = fields.Nested(DeviceSchema, required=True)


class SessionReply(Schema):
    """Who is signed in. `csrf` goes into the header `X-CSRF-TOKEN` of every writing request: a
    worker cannot read the cookie that holds it too."""

    user = fields.String(required=True)
    organisation = fields.String(required=True)
    organisation_name = fields.String(required=True)
    name = fields.String(required=True)
    display_name = fields.String(required=True)
    role = fields.String(required=True)
    team = fields.String(required=True, allow_none=True)
    language = fields.String(required=True)
    production = fields.Boolean(required=True)
    device = fields.String(required=True)
    csrf = fields.String(required=True)


@blueprint.post("")
@tokens.open_to_all
@blueprint.arguments(SignIn)
@blueprint.response(200, SessionReply)
def sign_in(given: dict[str, Any]) -> Response:
    name = given["name"].strip().lower()
    device_id, device_name = given["device"]["id"], given["device"]["name"]
    user_id, known_hash, counters = in_one_transaction(partial(_count_try, name, device_id, _address()))
    # Outside the transaction: hashing takes long on purpose, and nobody else waits for it. It comes
    # first in the line below, so that an unknown name takes as long as a known one.
    if not passwords.fits(known_hash, given["password"]) or user_id is None:
        raise Problem("sign_in_failed")

    def start(transaction: Transaction) -> Session:
        throttle.forgive(transaction, counters)
        user = transaction.get_one(User, user_id)
        if passwords.is_outdated(user.password_hash):
            user.password_hash = passwords.hash_of(given["password"])
        device = sessions.device_of(transaction, user, device_id, device_name)
        return sessions.start(transaction, user, device)

    return _answer(in_one_transaction(start), csrf=secrets.token_urlsafe())


@blueprint.get("")
@tokens.open_to_all
@blueprint.response(200, SessionReply)
def who_am_i() -> Response:
    """Either token will do: the access token may have expired while the phone was in a pocket."""
    try:
        found = verify_jwt_in_request()
    except (NoAuthorizationError, ExpiredSignatureError):
        found = verify_jwt_in_request(refresh=True)
    claims = found[1] if found else {}
    signed = tokens.behind(claims)
    return jsonify(_reply(db.session.get_one(Session, signed.session), claims["csrf"]))


@blueprint.post("/refresh")
@tokens.open_to_all
@blueprint.response(200, SessionReply)
def refresh() -> Response:
    found = verify_jwt_in_request(refresh=True)
    claims = found[1] if found else {}
    tokens.behind(claims)  # says why, where the session is over
    session, reused = in_one_transaction(lambda transaction: sessions.rotate(transaction, claims))
    if reused:
        raise Problem("session_ended_for_safety")
    return _answer(session, claims["csrf"])


@blueprint.delete("")
@tokens.revoked_device_may
@blueprint.response(204)
def sign_out() -> Response:
    signed = tokens.signed()
    with writing() as transaction:
        session = transaction.get_one(Session, signed.session)
        sessions.end(transaction, session, "sign_out", signed.actor.user)
    return tokens.take_back(Response(status=204))


def _count_try(
    name: str, device_id: str, address: str, transaction: Transaction
) -> tuple[str | None, str | None, list[throttle.Counter]]:
    """Id and hash of the person, if there is one, and what the try counts against."""
    user = transaction.scalar(select(User).where(User.name == name, User.active))
    device = transaction.get(Device, device_id) if user else None
    is_known = device is not None and user is not None and device.user == user.id
    counters = throttle.counters_for(name, address, device_id if is_known else None)
    throttle.refuse_if_waiting(transaction, counters)
    throttle.count_try(transaction, counters)
    return (user.id, user.password_hash, counters) if user else (None, None, counters)


def _address() -> str:
    return request.remote_addr or ""


def _answer(session: Session, csrf: str) -> Response:
    return tokens.hand_out(jsonify(_reply(session, csrf)), session, csrf)


def _reply(session: Session, csrf: str) -> dict[str, Any]:
    user = db.session.get_one(User, session.user)
    settings: Settings = current_app.extensions["ovikello-settings"]
    reply = {
        "user": user.id,
        "organisation": user.org,
        "organisation_name": db.session.get_one(Organisation, user.org).name,
        "name": user.name,
        "display_name": user.display_name,
        "role": user.role,
        "team": user.team,
        "language": user.language,
        "production": settings.production,
        "device": session.device,
        "csrf": csrf,
    }
    dumped: dict[str, Any] = SessionReply().dump(reply)
    return dumped
