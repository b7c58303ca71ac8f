"""POST /api/password."""

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type
from flask import Flask
from sqlalchemy import select
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from server.auth import passwords
from server.config import LIMITS
from server.core.database import writing
from server.core.models import User, db
from server.core.sign_in_tables import WrongTries
from tests.cast import ON_SQLITE, PASSWORD, SignIn

NEXT = "lumihanki maaliskuussa"


def test_it_works(sign_in: SignIn) -> None:
    aino = sign_in("aino")
    reply = aino.post("/api/password", {"current": PASSWORD, "next": NEXT})
    assert reply.status_code == 204
    assert aino.get("/api/devices").status_code == 200
    sign_in("aino", password=NEXT)


def test_the_other_sessions_end_and_others_stay(sign_in: SignIn) -> None:
    aino, laptop, liisa = sign_in("aino"), sign_in("aino", device="laptop"), sign_in("liisa")
    aino.post("/api/password", {"current": PASSWORD, "next": NEXT})
    assert laptop.get("/api/devices").status_code == 401
    assert liisa.get("/api/devices").status_code == 200


def test_the_current_password_is_asked_for(sign_in: SignIn) -> None:
    aino = sign_in("aino")
    reply = aino.post("/api/password", {"current": "not mine", "next": NEXT})
    assert (reply.status_code, reply.json) == (401, {"problem": {"code": "sign_in_failed"}})
    sign_in("aino")


def test_guessing_the_current_password_costs_waits(app: Flask, sign_in: SignIn) -> None:
    """Security 25."""
    aino = sign_in("aino")
    for _ in range(LIMITS.tries_free):
        assert aino.post("/api/password", {"current": "x", "next": NEXT}).status_code == 401
    with app.app_context(), writing() as transaction:
        (row,) = transaction.scalars(select(WrongTries))
        assert row.count == LIMITS.tries_free
        row.wait_until = "2099-01-01T00:00:00Z"
    assert aino.post("/api/password", {"current": PASSWORD, "next": NEXT}).status_code == 429


@ON_SQLITE
@pytest.mark.parametrize(
    "weak",
    ["", "short", "a" * 9, "aaaaaaaaaaaaaaa", "qwertyuiop", "password123", "aino.aino.aino", "x" * 201],
)
def test_weak_ones_are_refused(sign_in: SignIn, weak: str) -> None:
    aino = sign_in("aino")
    reply = aino.post("/api/password", {"current": PASSWORD, "next": weak})
    assert reply.status_code == 422
    sign_in("aino")


def test_the_most_used_passwords_are_refused() -> None:
    """Security 27: those long enough to be thought of; zxcvbn's list stands in order of use."""
    most_used = FREQUENCY_LISTS["passwords"][:3000]
    long_enough = [word for word in most_used if len(word) >= LIMITS.password_chars_min]
    assert len(long_enough) > 20
    assert [word for word in long_enough if not passwords.is_weak(word, [])] == []


def test_long_ones_are_allowed() -> None:
    """Security 27."""
    long = " ".join(f"hanki{number} kantaa" for number in range(13))
    assert 64 < len(long) <= LIMITS.password_chars_max
    assert not passwords.is_weak(long, [])


def test_the_same_letters_typed_otherwise_are_the_same_password() -> None:
    composed, decomposed = "kes\u00e4ilta", "kesa\u0308ilta"
    assert passwords.fits(passwords.hash_of(composed), decomposed)
    assert not passwords.fits(passwords.hash_of(composed), "kesailta")


@pytest.mark.usefixtures("costly_passwords")
def test_hashes_are_argon2id() -> None:
    """Security 23."""
    parameters = extract_parameters(passwords.hash_of(PASSWORD))
    assert parameters.type is Type.ID
    assert parameters.memory_cost >= 19 * 2**10
    assert parameters.time_cost >= 2


@pytest.mark.usefixtures("costly_passwords")
def test_an_older_hash_is_made_anew_at_sign_in(app: Flask, sign_in: SignIn) -> None:
    weaker = PasswordHasher(time_cost=2, memory_cost=19 * 2**10, parallelism=1).hash(PASSWORD)
    with app.app_context(), writing() as transaction:
        transaction.scalars(select(User).where(User.name == "aino")).one().password_hash = weaker
    sign_in("aino")
    with app.app_context():
        stored = db.session.scalars(select(User.password_hash).where(User.name == "aino")).one()
    assert not passwords.is_outdated(stored)
