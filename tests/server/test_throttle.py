"""What a wrong password costs, and whom it does not keep waiting (security 25, 38)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import select

from server import create_app
from server.auth import known, throttle
from server.config import LIMITS, Settings
from server.core import timestamps
from server.core.database import writing
from server.core.models import db
from server.core.sign_in_tables import WrongTries
from tests.cast import ON_SQLITE, PASSWORD, SignIn
from tests.server.test_session import attempt, change, code_of
from tests.whole import sampled


def waits_s(app: Flask) -> list[float]:
    """How long each counter makes its next try wait, from its last one."""
    with app.app_context():
        rows = db.session.scalars(select(WrongTries))
        spans = (timestamps.moment(row.wait_until) - timestamps.moment(row.last_at) for row in rows)
        # One that was over before the last try, in another second, is none.
        return sorted(max(0, span.total_seconds()) for span in spans)


def test_wrong_passwords_cost_waits_that_grow(app: Flask) -> None:
    """Security 25."""
    longest = []
    for _ in range(LIMITS.tries_free + 3):
        attempt(app.test_client(), "aino", "wrong")
        longest.append(waits_s(app)[-1])
        change(app, WrongTries, wait_until=WrongTries.last_at)
    assert longest[: LIMITS.tries_free - 1] == [0] * (LIMITS.tries_free - 1)
    first = LIMITS.try_wait_s
    assert longest[LIMITS.tries_free - 1 :] == [first, 2 * first, 4 * first, 8 * first]


def test_no_wait_grows_beyond_its_limit(app: Flask) -> None:
    """Security 25: nobody is locked out for good."""
    attempt(app.test_client(), "aino", "wrong")
    change(app, WrongTries, count=10_000)
    attempt(app.test_client(), "aino", "wrong")
    assert waits_s(app) == [0, LIMITS.try_wait_for_many_max_s, LIMITS.try_wait_max_s]


def test_while_waiting_the_right_password_is_refused_too(app: Flask) -> None:
    """Security 25: and a refused try costs nothing."""
    attempt(app.test_client(), "aino", "wrong")
    soon = timestamps.text(datetime.now(UTC) + timedelta(seconds=100))
    change(app, WrongTries, wait_until=soon)
    for _ in range(3):
        reply = attempt(app.test_client(), "aino", PASSWORD)
        assert (reply.status_code, code_of(reply)) == (429, "too_many_tries")
        assert 0 < int(reply.headers["Retry-After"]) <= 100
    change(app, WrongTries, wait_until=WrongTries.last_at)
    assert attempt(app.test_client(), "aino", PASSWORD).status_code == 200


def guess_from_elsewhere(app: Flask, name: str = "aino", times: int = LIMITS.tries_free_for_name + 1) -> None:
    for number in range(times):
        attempt(at(app, f"192.0.2.{number}"), name, "wrong", device=f"stranger-{number}")


def at(app: Flask, address: str) -> FlaskClient:
    client = app.test_client()
    client.environ_base |= {"REMOTE_ADDR": address, "wsgi.url_scheme": "https"}
    return client


def let_pass(app: Flask, seconds: int) -> None:
    """Moments are text, so each row is written anew."""
    with app.app_context(), writing() as transaction:
        for row in transaction.scalars(select(WrongTries)):
            for name in ("last_at", "wait_until"):
                moment = timestamps.moment(getattr(row, name)) - timedelta(seconds=seconds)
                setattr(row, name, timestamps.text(moment))


def test_the_owners_phone_is_not_locked_out_by_strangers(app: Flask, sign_in: SignIn) -> None:
    """Security 25: strangers wait, from any address; a phone on which she has signed in before does not."""
    aino = sign_in("aino")
    guess_from_elsewhere(app)
    assert attempt(app.test_client(), "aino", PASSWORD, device="another-new-one").status_code == 429
    for _ in range(3):
        assert attempt(aino.client, "aino", PASSWORD, device="phone-of-aino").status_code == 200


def test_who_knows_a_devices_id_is_a_stranger_all_the_same(app: Flask, sign_in: SignIn) -> None:
    """Security 25: the proof is a cookie, which nobody else has; what is tried without it does not hold it up."""
    aino = sign_in("aino")
    for _ in range(LIMITS.tries_free + 1):
        attempt(at(app, "192.0.2.1"), "aino", "wrong", device="phone-of-aino")
    assert attempt(at(app, "192.0.2.1"), "aino", PASSWORD, device="phone-of-aino").status_code == 429
    assert attempt(aino.client, "aino", PASSWORD, device="phone-of-aino").status_code == 200


@ON_SQLITE
def test_a_known_device_is_known_to_its_own_people_only(app: Flask, sign_in: SignIn) -> None:
    """Security 25: neither a colleague's proof nor an invented one lets anybody past the waits of a name."""
    liisa = sign_in("liisa")
    guess_from_elsewhere(app)
    proof = liisa.client.get_cookie(known.COOKIE)
    assert proof is not None
    assert attempt(liisa.client, "aino", PASSWORD, device="phone-of-liisa").status_code == 429
    for forged in ("", "~", "x" * 43, "ä", "~".join(["x" * 43] * 10_000)[:3900]):
        stranger = at(app, "192.0.2.77")
        stranger.set_cookie(known.COOKIE, forged, secure=True)
        assert attempt(stranger, "aino", PASSWORD, device="phone-of-liisa").status_code == 429, forged[:50]


@ON_SQLITE
def test_people_who_share_a_browser_are_both_known(app: Flask) -> None:
    client = at(app, "192.0.2.200")
    for name in ("aino", "liisa", "aino"):
        assert attempt(client, name, PASSWORD, device=f"phone-of-{name}").status_code == 200
    for name in ("aino", "liisa"):
        guess_from_elsewhere(app, name)
        assert attempt(client, name, PASSWORD, device=f"phone-of-{name}").status_code == 200


@pytest.mark.parametrize("tried", sampled([21, 60], whole=[21, 60, 200]))
def test_the_owner_waits_once_on_a_new_device_whatever_strangers_do_meanwhile(app: Flask, tried: int) -> None:
    """Security 25: a minute at most, told in the answer, and nobody elsewhere can make it longer."""
    guess_from_elsewhere(app, times=tried)
    owner = at(app, "198.51.100.7")
    first = attempt(owner, "aino", PASSWORD)
    assert (first.status_code, code_of(first)) == (429, "too_many_tries")
    wait = int(first.headers["Retry-After"])
    assert 0 < wait <= LIMITS.try_wait_for_many_max_s
    guess_from_elsewhere(app, times=tried)
    assert int(attempt(owner, "aino", PASSWORD).headers.get("Retry-After", "0")) <= wait
    let_pass(app, wait)
    guess_from_elsewhere(app, times=tried)
    assert attempt(owner, "aino", PASSWORD).status_code == 200


def test_one_address_meets_a_limit_whatever_names_it_tries(app: Flask, sign_in: SignIn) -> None:
    """Security 25: 88 tries over 22 names. Whoever is known at that address passes; nobody elsewhere notices."""
    aino = sign_in("aino")
    client = at(app, "127.0.0.1")
    statuses = [attempt(client, f"name-{number % 22}", "wrong").status_code for number in range(88)]
    assert statuses.count(401) == LIMITS.tries_free_for_address
    assert attempt(client, "liisa", PASSWORD).status_code == 429
    assert attempt(aino.client, "aino", PASSWORD, device="phone-of-aino").status_code == 200
    assert attempt(at(app, "198.51.100.7"), "liisa", PASSWORD).status_code == 200
    let_pass(app, LIMITS.try_wait_for_many_max_s)
    assert attempt(client, "liisa", PASSWORD, device="laptop").status_code == 200


@ON_SQLITE
def test_an_address_of_the_sixth_version_counts_with_its_neighbours(app: Flask) -> None:
    """Security 25: who has one of them has 2^64."""
    statuses = [attempt(at(app, f"2001:db8:1:2::{n:x}"), f"name-{n}", "wrong").status_code for n in range(60)]
    assert statuses.count(401) == LIMITS.tries_free_for_address
    assert attempt(at(app, "2001:db8:1:3::1"), "aino", PASSWORD).status_code == 200


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:DB8:0:0:1::5", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_places_are_told_apart_as_far_as_an_address_does(address: str, place: str) -> None:
    assert throttle.place_of(address) == place


@ON_SQLITE
@pytest.mark.parametrize(("proxies", "taken"), [(0, "127.0.0.1"), (1, "198.51.100.9"), (2, "203.0.113.5")])
def test_a_header_cannot_forge_the_address(settings: Settings, proxies: int, taken: str) -> None:
    """Security 38: what stands before what our own proxies wrote is not looked at."""
    app = create_app(replace(settings, trusted_proxies=proxies))
    seen = []
    app.before_request(lambda: seen.append(request.remote_addr))
    forged = {"X-Forwarded-For": "10.0.0.1, 203.0.113.5, 198.51.100.9", "Forwarded": "for=10.9.9.9"}
    forged |= {"X-Real-IP": "10.8.8.8", "True-Client-IP": "10.7.7.7", "X-Forwarded-Host": "evil.example"}
    app.test_client().get("/api/health", headers=forged)
    assert seen == [taken]


@ON_SQLITE
def test_signing_in_rightly_gives_an_office_behind_one_address_its_tries_back(app: Flask) -> None:
    for number in range(2 * LIMITS.tries_free_for_address):
        assert attempt(at(app, "192.0.2.9"), "aino", PASSWORD, device=f"desk-{number}").status_code == 200


def test_wrong_passwords_are_forgotten_after_an_hour(app: Flask) -> None:
    for _ in range(LIMITS.tries_free):
        attempt(app.test_client(), "aino", "wrong")
    long_ago = timestamps.ago(minutes=LIMITS.tries_forgotten_minutes + 1)
    change(app, WrongTries, last_at=long_ago, wait_until=long_ago)
    attempt(app.test_client(), "aino", "wrong")
    assert attempt(app.test_client(), "aino", PASSWORD).status_code == 200


def test_the_right_password_clears_the_place(app: Flask) -> None:
    client = app.test_client()
    for _ in range(3):
        for _ in range(LIMITS.tries_free - 1):
            assert attempt(client, "aino", "wrong", device="one").status_code == 401
        assert attempt(client, "aino", PASSWORD, device="one").status_code == 200


def test_many_tries_at_once_are_all_counted_and_none_breaks(app: Flask) -> None:
    """Security 25: guessing in parallel gains nothing."""
    with ThreadPoolExecutor(LIMITS.tries_free - 1) as threads:
        tries = [threads.submit(attempt, app.test_client(), "aino", "wrong") for _ in range(LIMITS.tries_free - 1)]
    assert [each.result().status_code for each in tries] == [401] * len(tries)
    with app.app_context():
        assert set(db.session.scalars(select(WrongTries.count))) == {len(tries)}
