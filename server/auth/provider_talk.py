"""What is said to an OpenID Connect provider, and what of its answers is believed (SPEC J15, J16).

Authlib makes the requests and judges the claims; they leave by the rules of N9, and nothing but an ID token whose
signature, issuer, audience, nonce and times are right tells who somebody is.
"""

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import urlencode

import orjson
from flask import current_app

from server.config import LIMITS, Provider, Settings
from server.core import timestamps
from server.core.outbound import AddressRefused, FetchedReply, NoAnswer, OutboundRequest, Wire, fetch
from server.core.problems import Problem

log = logging.getLogger("ovikello.providers")

#: signatures by a key of the provider's alone: never "none", never one that our secret could make
ALGORITHMS = [f"{family}{bits}" for family in ("RS", "PS", "ES") for bits in (256, 384, 512)] + ["EdDSA", "Ed25519"]
SCOPE = "openid profile email"
SUBJECT_CHARS_MAX = 255
#: at once in a process: a provider that does not answer keeps so many threads and no more
TALKING = BoundedSemaphore(4)


@dataclass(frozen=True)
class Secrets:
    """Of one way there and back: what nobody else can know. `verifier` is that of PKCE."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class ProviderIdentity:
    """Whom the provider has signed in."""

    subject: str
    #: what its claim for the sign-in name says; None where there is none, or an address that it has not verified
    name: str | None
    #: when the person was last asked for anything there, as far as it tells
    signed_in_at: str | None
    second_factor: bool


class _Reply:
    """As Authlib reads one."""

    def __init__(self, fetched: FetchedReply) -> None:
        self.status_code, self._body = fetched

    def json(self) -> Any:
        return orjson.loads(self._body)

    def raise_for_status(self) -> None:
        if self.status_code >= 400:
            raise NoAnswer(f"answered {self.status_code}")


class _Line:
    """What Authlib speaks through in place of a session of `requests`."""

    def post(self, url: str, data: Mapping[str, str], headers: Mapping[str, str], auth: Any) -> _Reply:
        where, head, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        return _Reply(_fetched(OutboundRequest("POST", where, head, body.encode())))


def address(provider: Provider, secrets: Secrets, *, again: bool) -> str:
    """Where the person signs in. `again`: the provider is to ask for it anew, whoever is signed in there."""
    with _talking(provider):
        known = _metadata(provider)
        asked: dict[str, Any] = {"prompt": "login", "max_age": 0} if again else {}
        client = _client(provider, known)
        url, _ = client.create_authorization_url(
            known["authorization_endpoint"], secrets.state, secrets.verifier, nonce=secrets.nonce, **asked
        )
        return str(url)


def identity_behind(provider: Provider, secrets: Secrets, code: str, issuer: str | None) -> ProviderIdentity:
    """Who came back with this code. `provider_refused` for whatever does not fit, `provider_unreachable` for silence.

    `issuer`: as the return says it (RFC 9207), so that no provider passes for another.
    """
    with _talking(provider):
        known = _metadata(provider)
        says_issuer = known.get("authorization_response_iss_parameter_supported") is True
        if issuer != provider.issuer and (issuer is not None or says_issuer):
            raise ValueError("another issuer")
        token = _client(provider, known).fetch_token(
            known["token_endpoint"], grant_type="authorization_code", code=code, code_verifier=secrets.verifier
        )
        keys = _json(known["jwks_uri"])
        return believed(provider, secrets.nonce, token, keys)


def believed(provider: Provider, nonce: str, token: Mapping[str, Any], keys: dict[str, Any]) -> ProviderIdentity:
    """What the ID token of an answer says, once it is the provider's, for us, of this sign-in, and of now."""
    from authlib.oidc.core import CodeIDToken  # with what it needs 0.2 s, for what most installations do not do
    from joserfc import jwt
    from joserfc.jwk import KeySet
    from joserfc.jws import JWSRegistry

    registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    opened = jwt.decode(token["id_token"], KeySet.import_key_set(keys), registry=registry)  # type: ignore[arg-type]
    wanted = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
        "sub": {"essential": True},
    }
    of_this = {"nonce": nonce, "client_id": provider.client_id, "access_token": token.get("access_token")}
    claims = CodeIDToken(opened.claims, opened.header, wanted, of_this)
    claims.validate(leeway=LIMITS.provider_leeway_s)
    subject = claims["sub"]
    if not 0 < len(subject) <= SUBJECT_CHARS_MAX or not subject.isprintable():
        raise ValueError("no subject")
    proofs = {claims.get("acr"), *(claims.get("amr") or [])}
    has_factor = not provider.second_factor.isdisjoint(proofs)
    return ProviderIdentity(subject, _name_in(claims, provider), _signed_in_at(claims), has_factor)


def _name_in(claims: Mapping[str, Any], provider: Provider) -> str | None:
    name = claims.get(provider.name_claim)
    if not isinstance(name, str) or len(name) > LIMITS.line_chars_max:
        return None
    if provider.name_claim == "email" and claims.get("email_verified") is not True:
        return None
    return name


def _signed_in_at(claims: Mapping[str, Any]) -> str | None:
    said, now = claims.get("auth_time"), int(time.time())
    if not isinstance(said, int | float) or isinstance(said, bool) or said <= 0:
        return None
    if said > now + LIMITS.provider_leeway_s:
        raise ValueError("signed in later than now")
    return timestamps.text(datetime.fromtimestamp(min(said, now), UTC))


def _client(provider: Provider, known: Mapping[str, Any]) -> Any:
    from authlib.oauth2.client import OAuth2Client

    # In the body a secret stands as it is; the header wants it escaped, which providers read differently.
    methods = known.get("token_endpoint_auth_methods_supported") or []
    by = "client_secret_post" if "client_secret_post" in methods else "client_secret_basic"
    return OAuth2Client(
        _Line(),
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        token_endpoint_auth_method=by,
        scope=SCOPE,
        redirect_uri=redirect_uri(),
        code_challenge_method="S256",
    )


def redirect_uri() -> str:
    """Of the app, which takes it up: a cookie of ours does not come with a return from another site."""
    return f"{_settings().address}/sign-in"


def _metadata(provider: Provider) -> dict[str, Any]:
    """What the provider says of itself, kept for some minutes."""
    kept: dict[str, tuple[float, dict[str, Any]]] = current_app.extensions.setdefault("ovikello-providers", {})
    since, known = kept.get(provider.id, (0.0, {}))
    if not known or time.monotonic() - since > LIMITS.provider_known_minutes * 60:
        known = _json(provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
        if known.get("issuer") != provider.issuer or not str(known["authorization_endpoint"]).startswith("https://"):
            raise NoAnswer("it says that it is another one")
        kept[provider.id] = (time.monotonic(), known)
    return known


def _json(url: str) -> dict[str, Any]:
    reply = _fetched(OutboundRequest("GET", url, {"Accept": "application/json"}))
    if reply.status != 200:
        raise NoAnswer(f"answered {reply.status}")
    found = orjson.loads(reply.body)
    if not isinstance(found, dict):
        raise NoAnswer("no object")
    return found


def _fetched(request: OutboundRequest) -> FetchedReply:
    wire: Wire = current_app.extensions["ovikello-wire"]
    return fetch(wire, request, LIMITS.provider_answer_bytes_max, _settings().inside_gateways)


@contextmanager
def _talking(provider: Provider) -> Iterator[None]:
    """Whatever goes wrong with what others have written leaves as a sentence."""
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError

    if not TALKING.acquire(blocking=False):
        raise Problem("try_later", retry_after_s=LIMITS.retry_after_s)
    try:
        yield
    except (NoAnswer, AddressRefused) as error:
        log.warning("the provider %s: %s", provider.id, error)
        raise Problem("provider_unreachable", retry_after_s=LIMITS.retry_after_s) from None
    except (AuthlibBaseError, JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        log.warning("the provider %s: refused (%s)", provider.id, type(error).__name__)
        raise Problem("provider_refused") from None
    finally:
        TALKING.release()


def _settings() -> Settings:
    settings: Settings = current_app.extensions["ovikello-settings"]
    return settings
