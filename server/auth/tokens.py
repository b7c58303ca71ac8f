"""Tokens in cookies, and who stands behind a request.

The cookies are `__Host-`, Secure, HttpOnly and SameSite=Strict; a third one, readable, holds the
value that every writing request repeats in the header `X-CSRF-TOKEN`. A token alone proves
nothing: each request also looks up its session, device and person, so that a revocation works on
the next request and not when the token expires.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    create_refresh_token,
    set_access_cookies,
    set_refresh_cookies,
    unset_jwt_cookies,
    verify_jwt_in_request,
)
from sqlalchemy import Connection, select

from server import moments
from server.config import LIMITS, Settings
from server.models import Device, Session, User, db
from server.problems import Problem
from server.refusals import answer
from server.sync.actor import Actor

ACCESS_COOKIE = "__Host-access"
REFRESH_COOKIE = "__Host-refresh"
CSRF_COOKIE = "__Host-csrf"
AUDIENCE = "ovikello"
REQUIRED_CLAIMS = {"sub", "sid", "jti", "csrf", "aud", "iat", "nbf", "exp"}

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Signed:
    """Who stands behind this request, and whether the device may do more than hand in its outbox."""

    actor: Actor
    session: str
    device_revoked: bool


def open_to_all(view: View) -> View:
    """This view needs no session. All others do: see `guard`."""
    view.open_to_all = True  # type: ignore[attr-defined]  # a mark on a function
    return view


def revoked_device_may(view: View) -> View:
    """A revoked device may call this: to hand in its outbox and to sign out."""
    view.revoked_device_may = True  # type: ignore[attr-defined]  # a mark on a function
    return view


def install(app: Flask, settings: Settings) -> None:
    app.config.update(
        JWT_SECRET_KEY=settings.secret_key,
        JWT_ALGORITHM="HS256",
        JWT_DECODE_ALGORITHMS=["HS256"],
        JWT_ENCODE_AUDIENCE=AUDIENCE,
        JWT_DECODE_AUDIENCE=AUDIENCE,
        JWT_TOKEN_LOCATION=["cookies"],
        JWT_ACCESS_TOKEN_EXPIRES=timedelta(minutes=LIMITS.access_token_minutes),
        JWT_REFRESH_TOKEN_EXPIRES=timedelta(days=LIMITS.session_idle_days),
        JWT_ACCESS_COOKIE_NAME=ACCESS_COOKIE,
        JWT_REFRESH_COOKIE_NAME=REFRESH_COOKIE,
        JWT_COOKIE_SECURE=True,
        JWT_COOKIE_SAMESITE="Strict",
        JWT_COOKIE_CSRF_PROTECT=True,
        JWT_CSRF_METHODS=["POST", "PUT", "PATCH", "DELETE"],
        JWT_CSRF_IN_COOKIES=False,  # one value for both tokens, set below
    )
    manager = JWTManager(app)

    def refuse(*_reason: object) -> Response:
        return answer(Problem("sign_in_needed"))

    manager.unauthorized_loader(refuse)
    manager.invalid_token_loader(refuse)
    manager.expired_token_loader(refuse)
    manager.token_verification_failed_loader(refuse)
    manager.token_verification_loader(_is_complete)
    app.before_request(guard)


def _is_complete(_header: dict[str, Any], claims: dict[str, Any]) -> bool:
    return all(claims.get(name) for name in REQUIRED_CLAIMS)


def guard() -> None:
    """No view of the API is reached without a living session, unless it is marked."""
    if not request.path.startswith("/api/") or request.url_rule is None:
        return
    view = current_app.view_functions[request.url_rule.endpoint]
    if getattr(view, "open_to_all", False) or request.method == "OPTIONS":
        return
    found = verify_jwt_in_request()
    signed = behind(found[1] if found else {})
    if signed.device_revoked and not getattr(view, "revoked_device_may", False):
        raise Problem("device_revoked")
    g.signed = signed


def signed() -> Signed:
    """Who stands behind this request; only for views that are not open to all."""
    found: Signed = g.signed
    return found


def behind(claims: dict[str, Any]) -> Signed:
    """The living session that a token names; `sign_in_needed` when it or its person is gone.

    A device that is to be wiped hears that and nothing else (`device_wiped`), whatever it asks.
    """
    wanted = (
        select(User.org, User.id, User.role, Device.id, Device.revoked_at, Device.wipe_asked_at)
        .join(Session, Session.user == User.id)
        .join(Device, Device.id == Session.device)
        .where(
            Session.id == claims["sid"],
            Session.user == claims["sub"],
            Session.ended_at.is_(None),
            Session.last_used_at > moments.ago(days=LIMITS.session_idle_days),
            Session.created_at > moments.ago(days=LIMITS.session_absolute_days),
            User.active,
        )
    )
    with db.engine.connect() as connection:
        row = connection.execute(wanted).first()
        if row is None:
            raise Problem(_why_gone(connection, claims["sid"]))
    org, user, role, device, revoked_at, wipe_asked_at = row
    if wipe_asked_at is not None:
        raise Problem("device_wiped")
    return Signed(Actor(org, user, device, role), claims["sid"], revoked_at is not None)


def _why_gone(connection: Connection, session: str) -> str:
    """The person is told when a copied token was the reason."""
    reason = connection.scalar(select(Session.end_reason).where(Session.id == session))
    return "session_ended_for_safety" if reason == "reuse" else "sign_in_needed"


def hand_out(response: Response, session: Session, csrf: str) -> Response:
    """Put a fresh access token and the session's current refresh token into the answer's cookies."""
    claims = {"sid": session.id, "csrf": csrf}
    access = create_access_token(session.user, additional_claims=claims)
    refresh = create_refresh_token(session.user, additional_claims=claims | {"jti": session.refresh_id})
    set_access_cookies(response, access, max_age=LIMITS.access_token_minutes * 60)
    kept_s = LIMITS.session_idle_days * 24 * 60 * 60
    set_refresh_cookies(response, refresh, max_age=kept_s)
    response.set_cookie(CSRF_COOKIE, csrf, max_age=kept_s, secure=True, samesite="Strict", path="/")
    return response


def take_back(response: Response) -> Response:
    unset_jwt_cookies(response)
    response.delete_cookie(CSRF_COOKIE, secure=True, samesite="Strict", path="/")
    return response
