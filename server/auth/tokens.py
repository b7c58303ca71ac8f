"""Tokens in cookies, and who stands behind a request (SPEC J).

The cookies are `__Host-`, Secure, HttpOnly and SameSite=Strict, and open nothing alone: every request, a reading one
too, repeats in the header `X-CSRF-TOKEN` a value that the device keeps sealed and of which the tokens hold the hash
only. Each request also looks up its session, device and person, so that a revocation works on the next request and not
when the token expires. A locked device has a credential of its own, for what `LOCKED_DEVICE_MAY` lists, and so has
whoever reads the data API (A19).
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from flask import Flask, Response, current_app, g, request
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    create_refresh_token,
    decode_token,
    set_access_cookies,
    set_refresh_cookies,
    unset_access_cookies,
    unset_jwt_cookies,
    verify_jwt_in_request,
)
from flask_jwt_extended.exceptions import JWTExtendedException
from jwt.exceptions import PyJWTError
from sqlalchemy import Connection, bindparam, select

from server.auth import data_tokens, second_factor, sessions
from server.auth.data_tokens import KnownToken
from server.config import LIMITS, Settings
from server.core import timestamps
from server.core.actor import Actor
from server.core.error_handlers import problem_response
from server.core.models import Device, User, db
from server.core.problems import Problem
from server.core.roles import ADMINS
from server.core.sign_in_tables import AuthSession, SecondFactor
from server.rules.shape import is_id

ACCESS_COOKIE = "__Host-access"
REFRESH_COOKIE = "__Host-refresh"
AUDIENCE = "ovikello"
CSRF_HEADER = "X-CSRF-TOKEN"
REQUIRED_CLAIMS = {"sub", "sid", "org", "jti", "csrf_hash", "aud", "iat", "nbf", "exp"}
#: by endpoint, all that a device's own credential opens, which lies unsealed: whether its person's check-in is on, its
#: own wiping and the report of it, and tries of its PIN (J5, J14)
LOCKED_DEVICE_MAY = frozenset({"device.state", "device.wiped", "pin.try_pin"})
#: all that a token of the data API opens, and that nothing else opens: it takes no cookie (A19)
DATA_TOKEN_MAY = frozenset({"data.tables", "data.rows"})

View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True)
class RequestIdentity:
    """Who stands behind this request, and whether the device may do more than hand in its outbox."""

    actor: Actor
    session: str
    device_revoked: bool
    #: when the password was last given in this session (A2)
    confirmed_at: str | None = None
    #: of the person's own, or by the provider that signed them in (J18)
    has_second_factor: bool = False


@dataclass(frozen=True)
class KnownDevice:
    """The device that its own credential names. `is_staff`: its person's account is not closed."""

    actor: Actor
    is_staff: bool
    is_to_be_wiped: bool


def open_to_all(view: View) -> View:
    """This view needs no session. All others do: see `guard`."""
    view.open_to_all = True  # type: ignore[attr-defined]  # a mark on a function
    return view


def by_refresh_token(view: View) -> View:
    """This view is asked with the refresh token, and with no other."""
    view.by_refresh_token = True  # type: ignore[attr-defined]  # a mark on a function
    return view


def revoked_device_may(view: View) -> View:
    """A revoked device may call this: to hand in its outbox and to sign out."""
    view.revoked_device_may = True  # type: ignore[attr-defined]  # a mark on a function
    return view


def for_roles(*roles: str) -> Callable[[View], View]:
    """This view is for these roles: any other is refused before anything of the request is read (A1)."""

    def marked(view: View) -> View:
        view.for_roles = frozenset(roles)  # type: ignore[attr-defined]  # a mark on a function
        return view

    return marked


def before_second_factor(view: View) -> View:
    """This view is also for an administrator who has no second factor yet (J10): to set it up, to come and go, and to
    say that one is safe or not."""
    view.before_second_factor = True  # type: ignore[attr-defined]  # a mark on a function
    return view


def with_fresh_password(view: View) -> View:
    """This view does what is dangerous: its person has given the password within the last minutes (A2)."""
    view.with_fresh_password = True  # type: ignore[attr-defined]  # a mark on a function
    return view


def must_be_fresh() -> None:
    """For a view that is dangerous only sometimes."""
    given_at = identity().confirmed_at
    if given_at is None or given_at < timestamps.ago(minutes=LIMITS.password_fresh_minutes):
        raise Problem("confirm_password")


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
        JWT_COOKIE_CSRF_PROTECT=False,  # its claim would be the value itself; see `_refuse_without_header`
    )
    manager = JWTManager(app)
    keys = {_key_id(key): key for key in (*settings.keys_before, settings.secret_key)}
    manager.decode_key_loader(lambda header, _claims: keys.get(header.get("kid"), settings.secret_key))

    def refuse(*_reason: object) -> Response:
        return problem_response(Problem("sign_in_needed"))

    manager.unauthorized_loader(refuse)
    manager.invalid_token_loader(refuse)
    manager.expired_token_loader(refuse)
    manager.token_verification_failed_loader(refuse)
    manager.token_verification_loader(_is_complete)
    app.before_request(refuse_odd_csrf)
    app.before_request(guard)


def _key_id(key: str) -> str:
    """Which key signed a token, said without saying anything of the key."""
    return hashlib.sha256(f"key id\n{key}".encode()).hexdigest()[:16]


def refuse_odd_csrf() -> None:
    """flask-jwt-extended compares the value by a function that takes ASCII only."""
    if not request.headers.get("X-CSRF-TOKEN", "").isascii():
        raise Problem("csrf_failed")


def _is_complete(_header: dict[str, object], claims: dict[str, object]) -> bool:
    return all(claims.get(name) for name in REQUIRED_CLAIMS)


def guard() -> None:
    """No view of the API is reached without a living session, unless it is marked."""
    if not request.path.startswith("/api/") or request.url_rule is None:
        return
    view = current_app.view_functions[request.url_rule.endpoint]
    if getattr(view, "open_to_all", False) or request.method == "OPTIONS":
        return
    if request.url_rule.endpoint in LOCKED_DEVICE_MAY:
        g.device = _device_behind(request.authorization.token if request.authorization else None)
        return
    if request.url_rule.endpoint in DATA_TOKEN_MAY:
        g.data_token = data_tokens.behind(request.authorization.token if request.authorization else None)
        return
    found = verify_jwt_in_request(refresh=getattr(view, "by_refresh_token", False))
    g.claims = found[1] if found else {}
    _refuse_without_header(g.claims)
    identity = load_session(g.claims)
    if identity.device_revoked and not getattr(view, "revoked_device_may", False):
        raise Problem("device_revoked")
    g.identity = identity
    if not getattr(view, "before_second_factor", False):
        _must_have_second_factor(identity)
    roles = getattr(view, "for_roles", None)
    if roles is not None and identity.actor.role not in roles:
        raise Problem("not_allowed")
    if getattr(view, "with_fresh_password", False):
        must_be_fresh()


def _must_have_second_factor(identity: RequestIdentity) -> None:
    """[J10] Of whom it is required. What a revoked device hands in is taken all the same."""
    actor = identity.actor
    if identity.has_second_factor or identity.device_revoked or actor.role not in ADMINS:
        return
    if second_factor.is_required(db.session(), actor.role, actor.org):
        raise Problem("second_factor_set_up_needed")


def _refuse_without_header(claims: sessions.Claims) -> None:
    """A browser sends its cookies along with whatever it asks; only who opened the store knows the value (J1)."""
    if not hmac.compare_digest(csrf_hash(csrf_value()), claims["csrf_hash"]):
        raise Problem("csrf_failed")


def csrf_value() -> str:
    return request.headers.get(CSRF_HEADER, "")


def csrf_hash(value: str) -> str:
    return hashlib.sha256(value.encode(errors="surrogateescape")).hexdigest()


def credential_hash(credential: str) -> str:
    return hashlib.sha256(credential.encode()).hexdigest()


def _device_behind(given: str | None) -> KnownDevice:
    """The device of a credential `<device>.<secret>`; `sign_in_needed` where it is none."""
    id_, _dot, secret = (given or "").partition(".")
    wanted = (
        select(User.org, User.id, User.role, User.active, Device.id, Device.wipe_asked_at)
        .join(Device, (Device.user == User.id) & (Device.org == User.org))
        .where(Device.id == id_, Device.credential_hash == credential_hash(secret))
    )
    with db.engine.connect() as connection:
        row = connection.execute(wanted).first() if is_id(id_) else None
    if row is None:
        raise Problem("sign_in_needed")
    org, user, role, active, device, wipe_asked_at = row
    return KnownDevice(Actor(org, user, device, role), active, wipe_asked_at is not None)


def known_device() -> KnownDevice:
    """The device that asks; only for what `LOCKED_DEVICE_MAY` lists."""
    found: KnownDevice = g.device
    return found


def data_token() -> KnownToken:
    """The token that asks; only for what `DATA_TOKEN_MAY` lists."""
    found: KnownToken = g.data_token
    return found


def claims() -> sessions.Claims:
    """Of the token that this request was asked with."""
    found: sessions.Claims = g.claims
    return found


def identity() -> RequestIdentity:
    """Who stands behind this request; only for views that are not open to all."""
    found: RequestIdentity = g.identity
    return found


def load_session(claims: sessions.Claims) -> RequestIdentity:
    """The living session that a token names; `sign_in_needed` when it or its person is gone.

    A device that is to be wiped hears that and nothing else (`device_wiped`), whatever it asks.
    """
    given: dict[str, str | int | None] = {name: claims[name] for name in ("sid", "sub", "org")}
    given["round"] = claims.get("round")
    given["used_after"] = timestamps.ago(days=LIMITS.session_idle_days)
    given["made_after"] = timestamps.ago(days=LIMITS.session_absolute_days)
    given["provider_made_after"] = timestamps.ago(days=LIMITS.provider_session_days)
    with db.engine.connect() as connection:
        row = connection.execute(_BY_ACCESS if claims["type"] == "access" else _BY_REFRESH, given).first()
        if row is None:
            raise Problem(_why_gone(connection, claims))
    org, user, role, device, revoked_at, wipe_asked_at, confirmed_at, by_provider, set_at = row
    if wipe_asked_at is not None:
        raise Problem("device_wiped")
    actor = Actor(org, user, device, role)
    has_factor = bool(by_provider) or set_at is not None
    return RequestIdentity(actor, claims["sid"], revoked_at is not None, confirmed_at, has_factor)


#: put together once: every request asks it
_BY_REFRESH = (
    select(User.org, User.id, User.role, Device.id, Device.revoked_at, Device.wipe_asked_at)
    .add_columns(AuthSession.confirmed_at, AuthSession.provider_factor, SecondFactor.set_at)
    .join(AuthSession, (AuthSession.user == User.id) & (AuthSession.org == User.org))
    .join(Device, (Device.id == AuthSession.device) & (Device.org == AuthSession.org))
    .outerjoin(SecondFactor, (SecondFactor.user == User.id) & (SecondFactor.org == User.org))
    .where(
        AuthSession.id == bindparam("sid"),
        AuthSession.user == bindparam("sub"),
        AuthSession.org == bindparam("org"),
        AuthSession.ended_at.is_(None),
        AuthSession.last_used_at > bindparam("used_after"),
        AuthSession.created_at > bindparam("made_after"),
        AuthSession.provider.is_(None) | (AuthSession.created_at > bindparam("provider_made_after")),
        User.active,
    )
)
_BY_ACCESS = _BY_REFRESH.where(AuthSession.access_round == bindparam("round"))


def _why_gone(connection: Connection, claims: sessions.Claims) -> str:
    """The person is told when a copied token was the reason, and a stolen device hears its wipe after its session."""
    of_session = (Device.id == AuthSession.device) & (Device.org == AuthSession.org)
    wanted = select(AuthSession.end_reason, Device.wipe_asked_at, Device.wiped_at).join(Device, of_session)
    found = connection.execute(wanted.where(*sessions.named_in(claims))).first()
    if found and found.wipe_asked_at and not found.wiped_at:
        return "device_wiped"
    return "session_ended_for_safety" if found and found.end_reason == "reuse" else "sign_in_needed"


def hand_out(response: Response, session: AuthSession, csrf: str) -> Response:
    """Put a fresh access token and the session's current refresh token into the answer's cookies."""
    claims = {"sid": session.id, "org": session.org, "csrf_hash": csrf_hash(csrf)}
    signed_by = {"kid": _key_id(current_app.config["JWT_SECRET_KEY"])}
    access_claims = claims | {"round": session.access_round}
    access = create_access_token(session.user, additional_claims=access_claims, additional_headers=signed_by)
    claims |= {"jti": session.refresh_id}
    refresh = create_refresh_token(session.user, additional_claims=claims, additional_headers=signed_by)
    set_access_cookies(response, access, max_age=LIMITS.access_token_minutes * 60)
    kept_s = LIMITS.session_idle_days * 24 * 60 * 60
    set_refresh_cookies(response, refresh, max_age=kept_s)
    return response


def take_back(response: Response) -> Response:
    unset_jwt_cookies(response)
    return response


def give_up_access(response: Response) -> Response:
    unset_access_cookies(response)
    return response


def session_in_cookies() -> str | None:
    """Whose refresh token this browser holds, lived out or not: for taking back the cookies of a session that ends."""
    token = request.cookies.get(REFRESH_COOKIE)
    try:
        sid: str | None = decode_token(token, allow_expired=True)["sid"] if token else None
    except (PyJWTError, JWTExtendedException, KeyError):
        return None
    return sid
