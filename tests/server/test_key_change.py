"""The key that signs is changed: what the one before signed is taken until it runs out, and nothing else is."""

from dataclasses import replace

import jwt
import pytest
from flask import Flask

from server import create_app
from server.auth import known, tokens
from server.config import LIMITS, Settings
from tests.cast import ON_SQLITE, PASSWORD, Phone, SignIn
from tests.server.test_session import attempt, cookie
from tests.server.test_throttle import guess_from_elsewhere

NEXT = "another key, as long as it has to be: fedcba9876543210fedcba98"


def moved(phone: Phone, app: Flask) -> Phone:
    """The same browser at the server with the next key."""
    client = app.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    for name in (tokens.ACCESS_COOKIE, tokens.REFRESH_COOKIE, known.COOKIE):
        client.set_cookie(name, cookie(phone, name), secure=True)
    return Phone(client, phone.session, phone.key)


@pytest.fixture
def changed(settings: Settings) -> Flask:
    """The app once its key was changed; the one before is still known."""
    return create_app(replace(settings, secret_key=NEXT, keys_before=(settings.secret_key,)))


@ON_SQLITE
def test_who_was_signed_in_stays_so_and_gets_tokens_of_the_new_key(sign_in: SignIn, changed: Flask) -> None:
    """Security 42."""
    aino = moved(sign_in("aino"), changed)
    assert aino.get("/api/devices").status_code == 200
    assert aino.refresh().status_code == 200
    for name in (tokens.ACCESS_COOKIE, tokens.REFRESH_COOKIE):
        assert jwt.decode(cookie(aino, name), NEXT, algorithms=["HS256"], audience=tokens.AUDIENCE)


@ON_SQLITE
def test_a_known_device_is_still_known(sign_in: SignIn, changed: Flask) -> None:
    """Security 42."""
    aino = moved(sign_in("aino"), changed)
    guess_from_elsewhere(changed)
    assert attempt(aino.client, "aino", PASSWORD, device="phone-of-aino").status_code == 200
    for _ in range(LIMITS.tries_free):
        assert attempt(aino.client, "aino", "wrong", device="phone-of-aino").status_code == 401


@ON_SQLITE
def test_a_key_that_is_no_longer_named_opens_nothing(sign_in: SignIn, settings: Settings) -> None:
    """Security 42."""
    later = create_app(replace(settings, secret_key=NEXT))
    aino = moved(sign_in("aino"), later)
    assert aino.get("/api/devices").status_code == 401
    assert aino.refresh().status_code == 401
    guess_from_elsewhere(later)
    assert attempt(aino.client, "aino", PASSWORD, device="phone-of-aino").status_code == 429
