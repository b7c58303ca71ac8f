"""Signing in, staying signed in, locking, signing out (SPEC J)."""

import secrets
from functools import partial
from typing import TypedDict

from flask import Response, current_app, jsonify, request
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session as Transaction

from server.api.contract import Blueprint
from server.api.schemas import Body, chosen_password, id_, line, password, second_factor_code
from server.auth import accounts, known, passwords, proofs, second_factor, security_log, sessions, throttle, tokens
from server.config import Settings
from server.core import timestamps
from server.core.models import Device, Organisation, User, db
from server.core.problems import Problem
from server.core.sign_in_tables import AuthSession
from server.core.transaction import in_one_transaction
from server.rules.names import normalized_name

blueprint = Blueprint("session", __name__, url_prefix="/api/session", description="Signing in and out")


def _signature() -> fields.String:
    return fields.String(required=True, validate=validate.Regexp(proofs.SIGNATURE_PATTERN))


class DeviceSchema(Body):
    """`credential`: 256 random bits of the device's own, base64url, for what it may ask while it is locked."""

    id = id_()
    name = line()
    credential = fields.String(load_default=None, validate=validate.Regexp(r"^[A-Za-z0-9_-]{43}\Z"))


class SignIn(Body):
    """`key`: the public half of an ECDSA key on P-256, base64url of the uncompressed point. Without one the session
    cannot be renewed. `new_password`: whoever signs in with a one-time password chooses another one with it. `code`: of
    the second factor, digits of the app or a recovery code, where `second_factor_needed` has asked for it."""

    name = line()
    password = password()
    device = fields.Nested(DeviceSchema, required=True)
    key = fields.String(load_default=None, validate=validate.Regexp(proofs.KEY_PATTERN))
    new_password = chosen_password()
    code = second_factor_code()


class Refreshing(Body):
    """`n` grows with every refresh of the session. `signature`, by its key, of `ovikello refresh`, the session and `n`
    in three lines: r and s side by side, base64url."""

    n = fields.Integer(required=True, strict=True, validate=validate.Range(1, 2**53 - 1))
    signature = _signature()


class Ending(Body):
    """`signature`, by the session's key, of `ovikello end` and the session in two lines."""

    session = id_()
    signature = _signature()


class SessionReply(Schema):
    """Who is signed in. `csrf` goes into the header `X-CSRF-TOKEN` of every request, and is kept sealed."""

    session = fields.String(required=True)
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
    provider = fields.String(
        required=True, allow_none=True, metadata={"description": "by which it began, if not by password"}
    )
    csrf = fields.String(required=True)


class GivenDevice(TypedDict):
    id: str
    name: str
    credential: str | None


class GivenSignIn(TypedDict):
    name: str
    password: str
    device: GivenDevice
    key: str | None
    new_password: str | None
    code: str | None


class GivenProof(TypedDict):
    n: int
    signature: str


@blueprint.post("")
@tokens.open_to_all
@blueprint.arguments(SignIn)
@blueprint.response(200, SessionReply)
def sign_in(given: GivenSignIn) -> Response:
    if given["key"] is not None and not proofs.is_key(given["key"]):
        raise Problem("fields_invalid", {"key": ["invalid"]})
    name = normalized_name(given["name"])
    device_id = given["device"]["id"]
    found, known_hash, counters, left_s = in_one_transaction(partial(_count_try, name, device_id, _address()))
    security_log.tried(name, found)
    throttle.must_wait(left_s)
    # Outside the transaction: hashing takes long on purpose, and nobody else waits for it. It comes
    # first in the line below, so that an unknown name takes as long as a known one.
    if not passwords.fits(known_hash, given["password"]) or found is None:
        raise Problem("sign_in_failed")
    chosen_hash = _chosen(found, given["new_password"], counters)
    known_device = device_id if known.is_known(found[0], device_id) else None
    tried = second_factor.Try(name, given["code"], _address(), known_device)
    code_counters = second_factor.count_code(found, tried, counters)

    def start(transaction: Transaction) -> AuthSession:
        user = transaction.get_one(User, found)
        second_factor.take(transaction, user, given["code"])
        throttle.forgive(transaction, counters)
        if code_counters:
            throttle.forgive(transaction, code_counters)
        if chosen_hash:
            accounts.set_password(transaction, user, chosen_hash, actor=user.id)
        elif passwords.is_outdated(user.password_hash):
            user.password_hash = passwords.hash_of(given["password"])
        return sessions.start(transaction, user, device_for(transaction, user, given["device"]), given["key"])

    return first_answer(in_one_transaction(start))


@blueprint.get("")
@tokens.before_second_factor
@blueprint.response(200, SessionReply)
def who_am_i() -> Response:
    identity = tokens.identity()
    session = db.session.get_one(AuthSession, (identity.session, identity.actor.org))
    return jsonify(_reply(session, tokens.csrf_value()))


@blueprint.post("/refresh")
@tokens.by_refresh_token
@tokens.revoked_device_may
@tokens.before_second_factor
@blueprint.arguments(Refreshing)
@blueprint.response(200, SessionReply)
def refresh(given: GivenProof) -> Response:
    claims, proof = tokens.claims(), (given["n"], given["signature"])
    session, reused = in_one_transaction(lambda transaction: sessions.rotate(transaction, claims, *proof))
    if reused:
        raise Problem("session_ended_for_safety")
    return _answer(session, tokens.csrf_value())


@blueprint.post("/lock")
@tokens.revoked_device_may
@tokens.before_second_factor
@blueprint.response(204)
def lock() -> Response:
    """The device was locked: its access tokens are given up. The next unlocking begins with a refresh."""
    identity = tokens.identity()
    in_one_transaction(lambda transaction: sessions.give_up_access(transaction, identity.session, identity.actor.org))
    return tokens.give_up_access(Response(status=204))


@blueprint.post("/end")
@tokens.open_to_all
@blueprint.arguments(Ending)
@blueprint.response(204)
def end(given: dict[str, str]) -> Response:
    """Signs out, by the device's signature alone: it stays good when the tokens have run out, and for nothing else.

    The cookies are taken back where they are this session's.
    """
    session, signature = given["session"], given["signature"]
    in_one_transaction(lambda transaction: sessions.end_signed(transaction, session, signature))
    response = Response(status=204)
    return tokens.take_back(response) if tokens.session_in_cookies() == session else response


def device_for(transaction: Transaction, user: User, given: GivenDevice) -> Device:
    """On which a session begins. It may bring another credential."""
    device = sessions.device_of(transaction, user, given["id"], given["name"])
    if given["credential"]:
        device.credential_hash = tokens.credential_hash(given["credential"])
    return device


def first_answer(session: AuthSession) -> Response:
    """Of a session that has just begun: with the value for the header."""
    return _answer(session, csrf=secrets.token_urlsafe())


def _chosen(key: tuple[str, str], new: str | None, counters: throttle.Counters) -> str | None:
    """The hash of the password that replaces a one-time one (A3), whose right password has just been given."""
    user = db.session.get_one(User, key)
    if user.password_expires_at is None:
        return None
    in_one_transaction(lambda transaction: throttle.forgive(transaction, counters))
    if user.password_expires_at < timestamps.now():
        raise Problem("password_expired")
    if new is None:
        raise Problem("password_change_needed")
    if passwords.is_weak(new, [user.name, user.display_name]) or passwords.fits(user.password_hash, new):
        raise Problem("password_weak", {"new_password": ["weak"]})
    return passwords.hash_of(new)


def _count_try(
    name: str, device_id: str, address: str, transaction: Transaction
) -> tuple[tuple[str, str] | None, str | None, throttle.Counters, int]:
    """Key and hash of the person, if there is one, what the try counts against, and how long it has to wait."""
    owner = accounts.named(transaction, name)
    user = owner if owner is not None and owner.active else None
    is_known = user is not None and known.is_known(user.id, device_id)
    counters = throttle.counters_for(name, address, device_id if is_known else None)
    left_s = throttle.admit(transaction, counters)
    return ((user.id, user.org), user.password_hash, counters, left_s) if user else (None, None, counters, left_s)


def _address() -> str:
    return request.remote_addr or ""


def _answer(session: AuthSession, csrf: str) -> Response:
    response = tokens.hand_out(jsonify(_reply(session, csrf)), session, csrf)
    return known.hand_out(response, session.user, session.device)


def _reply(session: AuthSession, csrf: str) -> dict[str, object]:
    user = db.session.get_one(User, (session.user, session.org))
    settings: Settings = current_app.extensions["ovikello-settings"]
    reply = {
        "session": session.id,
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
        "provider": session.provider,
        "csrf": csrf,
    }
    dumped: dict[str, object] = SessionReply().dump(reply)
    return dumped
