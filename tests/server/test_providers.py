"""Signing in by an organisation's own OpenID Connect provider, which others wrote (SPEC J15–J20)."""

import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey, RSAKey
from sqlalchemy import update
from werkzeug.test import TestResponse

from server import create_app
from server.auth import accounts, provider_talk, providers, security_log, security_log_reading
from server.cli import main
from server.config import LIMITS, Provider, Settings, SettingsInvalid, settings_from
from server.core import timestamps
from server.core.database import writing
from server.core.models import SignInName, User, db
from server.core.outbound import Wire
from server.core.sign_in_tables import AuthSession, SecondFactor
from tests.cast import ON_SQLITE, Cast, Person, Phone, SessionKey, code_of_app
from tests.independent_provider import SECRET, IndependentProvider, Visitor, independent_provider
from tests.server.test_session import code_of

ADDRESS = "https://ovikello.example"
BASE = "/api/session/providers"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndependentProvider]:
    with independent_provider(tmp_path_factory.mktemp("provider"), ADDRESS) as running:
        yield running


@pytest.fixture
def settings(settings: Settings, provider: IndependentProvider) -> Settings:
    """Whom the provider calls something is sought by their sign-in name, and `mfa` is a second factor there."""
    configured = provider.configured("Harjula", second_factor=frozenset({"mfa"}))
    return replace(settings, address=ADDRESS, providers=(configured,))


@pytest.fixture
def app(app: Flask, provider: IndependentProvider) -> Flask:
    app.extensions["ovikello-wire"] = provider.wire()
    return app


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return browser_of(app)


def browser_of(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"  # the cookies are Secure
    return client


def leave(browser: FlaskClient, *, again: bool = False) -> str:
    reply = browser.post(BASE, json={"provider": "county", "again": again})
    assert reply.status_code == 200, reply.json
    assert reply.json
    return str(reply.json["address"])


def come_back(browser: FlaskClient, carried: dict[str, str]) -> TestResponse:
    return browser.post(f"{BASE}/return", json=carried)


def ticket_of(browser: FlaskClient, visitor: Visitor, name: str, amr: str = "", *, again: bool = False) -> str:
    reply = come_back(browser, visitor.sign_in(leave(browser, again=again), name, amr))
    assert reply.status_code == 200, reply.json
    assert reply.json
    return str(reply.json["ticket"])


def begin(browser: FlaskClient, ticket: str, device: str = "phone", **more: Any) -> TestResponse:
    given = {"id": device, "name": "Phone", "credential": secrets.token_urlsafe(32)}
    return browser.post(f"{BASE}/session", json={"ticket": ticket, "device": given, **more})


def events(app: Flask, person: Person | None) -> list[str]:
    with app.app_context(), db.engine.connect() as connection:
        found = security_log_reading.entries(connection, account=person.key if person else None)
        return [each.event for each in found]


def test_j15_it_works(app: Flask, cast: Cast, browser: FlaskClient, provider: IndependentProvider) -> None:
    """[J15] [J17] Through the provider's own pages to a session like any other: refreshed, confirmed, signed out."""
    assert browser.get(BASE).json == {"providers": [{"id": "county", "label": "Harjulan tunnus"}]}
    asked = parse_qs(urlsplit(leave(browser)).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"{ADDRESS}/sign-in"]
    assert asked["response_type"] == ["code"]
    visitor = Visitor(provider)
    carried = visitor.sign_in(leave(browser), "aino")
    reply = come_back(browser, carried)
    assert reply.json
    assert reply.json["name"] == "aino"
    key = SessionKey()
    session = begin(browser, reply.json["ticket"], key=key.public)
    assert session.status_code == 200, session.json
    assert session.json
    assert (session.json["user"], session.json["provider"]) == (cast.aino.id, "county")
    assert "SameSite=Strict" in str(session.headers.getlist("Set-Cookie"))
    aino = Phone(browser, session.json, key)
    assert aino.refresh().status_code == 200
    assert aino.get("/api/devices").status_code == 200
    assert {"sign_in", "provider_link"} <= set(events(app, cast.aino))
    assert aino.sign_out().status_code == 204
    assert code_of(aino.get("/api/devices")) == "sign_in_needed"


@ON_SQLITE
def test_j15_a_ticket_begins_one_session(browser: FlaskClient, provider: IndependentProvider) -> None:
    """[J15] And one that is too old, altered, or of the state's signature none."""
    ticket = ticket_of(browser, Visitor(provider), "aino")
    assert begin(browser, ticket).status_code == 200
    assert code_of(begin(browser, ticket, "another")) == "provider_refused"
    for odd in (ticket[:-2], f"x{ticket}", "x", "x.y"):
        assert code_of(begin(browser, odd)) == "provider_refused"


@ON_SQLITE
def test_j15_the_state_is_of_this_browser_and_good_once(
    app: Flask, browser: FlaskClient, provider: IndependentProvider
) -> None:
    """[J15] A wrong state, one of another browser, one that is used, and one that took too long."""
    visitor = Visitor(provider)
    carried = visitor.sign_in(leave(browser), "aino")
    assert code_of(come_back(browser_of(app), carried)) == "provider_refused"
    assert code_of(come_back(browser, carried | {"state": "guessed"})) == "provider_refused"
    cookie = browser.get_cookie(providers.COOKIE)
    assert cookie
    assert come_back(browser, carried).status_code == 200
    assert browser.get_cookie(providers.COOKIE) is None
    assert code_of(come_back(browser, carried)) == "provider_refused"
    # Whoever copied the cookie: the provider gives nothing for a code that it has taken.
    browser.set_cookie(providers.COOKIE, cookie.value, secure=True)
    assert code_of(come_back(browser, carried)) == "provider_refused"


@ON_SQLITE
def test_j15_what_was_begun_takes_no_longer_than_minutes(
    browser: FlaskClient, provider: IndependentProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[J15] State and ticket."""
    ticket = ticket_of(browser, Visitor(provider), "aino")
    carried = Visitor(provider).sign_in(leave(browser), "aino")
    later = timestamps.ago(minutes=-LIMITS.provider_return_minutes - 1)
    monkeypatch.setattr(timestamps, "now", lambda: later)
    assert code_of(begin(browser, ticket)) == "provider_refused"
    assert code_of(come_back(browser, carried)) == "provider_refused"


def changed(address: str, **more: str) -> str:
    query = {key: value for key, (value,) in parse_qs(urlsplit(address).query).items()} | more
    return f"{address.partition('?')[0]}?{urlencode(query)}"


@ON_SQLITE
@pytest.mark.parametrize(
    "planted",
    [
        {"nonce": "of-another-sign-in"},
        {"client_id": "another"},
        {"code_challenge": "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"},
    ],
    ids=["nonce", "client", "verifier"],
)
def test_j16_a_code_of_another_sign_in_is_worth_nothing(
    app: Flask, browser: FlaskClient, provider: IndependentProvider, planted: dict[str, str]
) -> None:
    """[J16] Planted into the return: issued for another nonce, another client, another verifier."""
    carried = Visitor(provider).sign_in(changed(leave(browser), **planted), "aino")
    reply = come_back(browser, carried)
    assert (reply.status_code, code_of(reply)) == (403, "provider_refused")
    assert "provider_refused" in events(app, None)


@ON_SQLITE
@pytest.mark.parametrize("issuer", [{"iss": "https://elsewhere.example"}, {"iss": None}])
def test_j16_no_provider_passes_for_another(
    browser: FlaskClient, provider: IndependentProvider, issuer: dict[str, str | None]
) -> None:
    """[J16] RFC 9207: this provider says who it is with each return."""
    carried = Visitor(provider).sign_in(leave(browser), "aino")
    given: dict[str, Any] = carried | issuer
    assert code_of(come_back(browser, given)) == "provider_refused"


KEYS = KeySet([RSAKey.generate_key(2048, {"kid": "theirs"})])
CONFIGURED = Provider("county", "https://tunnus.example", "ovikello", SECRET, "Harjula", "Harjula")


def signed(claims: dict[str, Any], **header: Any) -> str:
    """An ID token with these claims, as the provider would sign it."""
    key: Any = header.pop("key", KEYS)
    now = int(time.time())
    good = {"iss": CONFIGURED.issuer, "aud": "ovikello", "sub": "1", "nonce": "n", "iat": now, "exp": now + 60}
    said = {name: value for name, value in (good | claims).items() if value is not None}
    return jwt.encode({"alg": "RS256", "kid": "theirs", **header}, said, key, algorithms=["RS256", "HS256", "none"])


def subject_of(token: str) -> str:
    return provider_talk.believed(CONFIGURED, "n", {"id_token": token}, dict(KEYS.as_dict(private=False))).subject


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
def test_j16_what_an_id_token_has_to_say() -> None:
    """[J16] Security 14, 15: signature by the provider's key alone, issuer, audience, nonce, times within a leeway."""
    now = int(time.time())
    assert subject_of(signed({})) == "1"
    assert subject_of(signed({"exp": now - LIMITS.provider_leeway_s + 10})) == "1"
    wrong: list[dict[str, Any]] = [
        {"iss": "https://elsewhere.example"}, {"iss": None}, {"aud": "another"}, {"aud": None}, {"aud": []},
        {"aud": ["ovikello", "another"]}, {"azp": "another"}, {"aud": "another", "azp": "ovikello"},
        {"nonce": "m"}, {"nonce": None}, {"sub": None}, {"sub": ""}, {"sub": "x" * 256}, {"sub": 1},
        {"exp": now - LIMITS.provider_leeway_s - 1}, {"exp": None}, {"iat": now + 600},
        {"iat": None}, {"nbf": now + 600}, {"auth_time": now + 600}, {"amr": "mfa"},
    ]  # fmt: skip
    foreign = KeySet([RSAKey.generate_key(2048, {"kid": "theirs"})])
    ours = OctKey.import_key(SECRET)
    tokens = [signed(claims) for claims in wrong]
    tokens += [signed({}, key=foreign), signed({}, key=ours, alg="HS256"), signed({}, key=ours, alg="none")]
    for number, token in enumerate(tokens):
        with pytest.raises((JoseError, ValueError)):
            pytest.fail(f"{number} is taken as {subject_of(token)}")


@ON_SQLITE
def test_j17_nobody_comes_in_who_has_no_account(
    app: Flask, cast: Cast, browser: FlaskClient, provider: IndependentProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[J17] A stranger, somebody of another organisation, and who has left: told alike, and each noted."""
    monkeypatch.setattr(security_log, "FLUSH_EVERY_S", 0)
    for name in ("nobody", "olli"):
        reply = come_back(browser, Visitor(provider).sign_in(leave(browser), name))
        assert (reply.status_code, code_of(reply)) == (403, "provider_account_unknown")
    ticket = ticket_of(browser, Visitor(provider), "aino")
    with app.app_context(), writing() as transaction:
        accounts.set_active(transaction, transaction.get_one(User, cast.aino.key), active=False, actor=None)
    assert code_of(begin(browser, ticket)) == "provider_account_unknown"
    assert code_of(come_back(browser, Visitor(provider).sign_in(leave(browser), "aino"))) == "provider_account_unknown"
    assert "provider_refused" in events(app, cast.aino)
    assert "provider_refused" in events(app, None)


@ON_SQLITE
def test_j17_a_link_holds_and_nobody_takes_its_name(
    app: Flask, settings: Settings, cast: Cast, browser: FlaskClient, provider: IndependentProvider
) -> None:
    """[J17] Once linked the name claim says nothing; a command links and unlinks, and unlinking ends sessions."""
    session = begin(browser, ticket_of(browser, Visitor(provider), "aino"))
    assert session.json
    with app.app_context(), writing() as transaction:
        aino = transaction.get_one(User, cast.aino.key)
        providers.link(transaction, aino, "https://tunnus.example", "sub of somebody", None)
    reply = come_back(browser, Visitor(provider).sign_in(leave(browser), "aino"))
    assert code_of(reply) == "provider_account_unknown"  # the name is hers, the subject no more
    assert code_of(Phone(browser, session.json).get("/api/devices")) == "sign_in_needed", "it was somebody else's"
    back = come_back(browser, Visitor(provider).sign_in(leave(browser), "somebody")).json or {}
    assert back.get("name") == "aino"
    told = environment(settings)
    assert CliRunner().invoke(main, ["user", "unlink", "aino"], env=told).exit_code == 0
    assert CliRunner().invoke(main, ["user", "unlink", "aino"], env=told).exit_code == 1
    assert code_of(begin(browser, back["ticket"])) == "provider_refused", "its link is gone"
    assert CliRunner().invoke(main, ["user", "link", "liisa", "county", "sub of somebody"], env=told).exit_code == 0
    assert CliRunner().invoke(main, ["user", "link", "aino", "county", "sub of somebody"], env=told).exit_code == 1
    assert CliRunner().invoke(main, ["user", "link", "olli", "county", "sub of olli"], env=told).exit_code == 1
    assert CliRunner().invoke(main, ["user", "link", "aino", "elsewhere", "x"], env=told).exit_code == 1
    carried = Visitor(provider).sign_in(leave(browser), "somebody")
    assert (come_back(browser, carried).json or {}).get("name") == "liisa"


def environment(settings: Settings) -> dict[str, str]:
    """That makes these settings."""
    told = {
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "ADDRESS": ADDRESS,
        "PROVIDERS": "county",
        "PROVIDER_COUNTY_ISSUER": "https://tunnus.example",
        "PROVIDER_COUNTY_CLIENT_ID": "ovikello",
        "PROVIDER_COUNTY_CLIENT_SECRET": SECRET,
        "PROVIDER_COUNTY_LABEL": "Harjulan tunnus",
        "PROVIDER_COUNTY_ORGANISATION": "Harjula",
        "PROVIDER_COUNTY_NAME_CLAIM": "preferred_username",
        "PROVIDER_COUNTY_SECOND_FACTOR": "mfa",
    }
    return {f"OVIKELLO_{name}": value for name, value in told.items()}


@ON_SQLITE
def test_j17_an_address_that_the_provider_has_not_verified_names_nobody(
    settings: Settings, cast: Cast, provider: IndependentProvider
) -> None:
    """[J17] Where the claim is `email`."""
    configured = replace(settings.providers[0], name_claim="email")
    app = create_app(replace(settings, providers=(configured,)))
    app.extensions["ovikello-wire"] = provider.wire()
    with app.app_context(), writing() as transaction:
        for person in (cast.aino, cast.liisa):
            rename(transaction, person, f"{person.name}@example.org")
    browser = browser_of(app)
    verified = come_back(browser, Visitor(provider).sign_in(leave(browser), "aino"))
    assert verified.json
    assert verified.json["name"] == "aino@example.org"
    assert code_of(come_back(browser, Visitor(provider).sign_in(leave(browser), "liisa"))) == "provider_account_unknown"
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def rename(transaction: Any, person: Person, name: str) -> None:
    transaction.execute(update(SignInName).where(SignInName.account == person.id).values(name=name))


@ON_SQLITE
def test_j18_an_administrator_has_a_second_factor_there_or_here(
    app: Flask, cast: Cast, browser: FlaskClient, provider: IndependentProvider
) -> None:
    """[J18] Where the provider says `mfa` none is asked for here; else the own one; a wrong code spends no ticket."""
    assert begin(browser, ticket_of(browser, Visitor(provider), "satu", "mfa")).status_code == 200
    ticket = ticket_of(browser, Visitor(provider), "satu")
    assert code_of(begin(browser, ticket)) == "second_factor_needed"
    assert code_of(begin(browser, ticket, code="000000")) == "second_factor_wrong"
    session = begin(browser, ticket, code=code_of_app(app, cast.satu.key))
    assert session.status_code == 200, session.json
    with app.app_context(), writing() as transaction:
        transaction.delete(transaction.get_one(SecondFactor, cast.satu.key))
    without = begin(browser, ticket_of(browser, Visitor(provider), "satu"))
    assert without.json
    assert code_of(Phone(browser, without.json).get("/api/admin/people")) == "second_factor_set_up_needed"
    there = begin(browser, ticket_of(browser, Visitor(provider), "satu", "mfa"))
    assert there.json
    assert Phone(browser, there.json).get("/api/admin/people").status_code == 200


@ON_SQLITE
def test_j19_what_is_dangerous_asks_at_the_provider_again(
    app: Flask, browser: FlaskClient, provider: IndependentProvider
) -> None:
    """[J19] Signed in there hours ago is not fresh; a new sign-in there is, if it is one's own and of now."""
    visitor = Visitor(provider)
    session = begin(browser, ticket_of(browser, visitor, "satu", "mfa"))
    assert session.json
    satu = Phone(browser, session.json)
    with app.app_context(), writing() as transaction:
        long_ago = timestamps.ago(hours=3)
        transaction.execute(update(AuthSession).values(confirmed_at=long_ago))
    team = {"name": "East", "phone": ""}
    assert code_of(satu.post("/api/admin/teams", team)) == "confirm_password"
    asked = parse_qs(urlsplit(leave(browser, again=True)).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    other = ticket_of(browser, Visitor(provider), "aino", again=True)
    assert code_of(satu.post(f"{BASE}/confirm", {"ticket": other})) == "provider_refused"
    ticket = ticket_of(browser, visitor, "satu", "mfa", again=True)
    assert satu.post(f"{BASE}/confirm", {"ticket": ticket}).status_code == 204
    assert satu.post("/api/admin/teams", team).status_code == 200


@ON_SQLITE
def test_j19_an_old_sign_in_there_is_no_fresh_one(
    browser: FlaskClient, provider: IndependentProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[J19] Neither when the session begins nor when it is confirmed; nor one of which nobody says when it was."""
    believed = provider_talk.believed
    for at in (timestamps.ago(hours=3), None):
        monkeypatch.setattr(provider_talk, "believed", lambda *given, at=at: replace(believed(*given), signed_in_at=at))
        session = begin(browser, ticket_of(browser, Visitor(provider), "satu", "mfa"))
        assert session.json
        satu = Phone(browser, session.json)
        assert code_of(satu.post("/api/admin/teams", {"name": "East", "phone": ""})) == "confirm_password"
        ticket = ticket_of(browser, Visitor(provider), "satu", "mfa", again=True)
        assert code_of(satu.post(f"{BASE}/confirm", {"ticket": ticket})) == "provider_refused"


@ON_SQLITE
def test_j15_a_session_lasts_no_longer_than_a_month(
    app: Flask, browser: FlaskClient, provider: IndependentProvider
) -> None:
    """[J15] Whoever has left the organisation comes in no more, also where nobody has ended the account here."""
    session = begin(browser, ticket_of(browser, Visitor(provider), "aino"))
    assert session.json
    aino = Phone(browser, session.json)
    for days, answer in ((LIMITS.provider_session_days - 1, 200), (LIMITS.provider_session_days + 1, 401)):
        with app.app_context(), writing() as transaction:
            transaction.execute(update(AuthSession).values(created_at=timestamps.ago(days=days)))
        assert aino.get("/api/devices").status_code == answer


@ON_SQLITE
def test_j20_a_provider_that_does_not_answer_is_told_in_words(
    app: Flask, browser: FlaskClient, provider: IndependentProvider, answers: Callable[[bytes], Wire]
) -> None:
    """[J20] [N9] Down, at a private address, talking nonsense, or another than it should be: never an error of ours."""
    carried = Visitor(provider).sign_in(leave(browser), "aino")

    def refuse(*_: object) -> Any:
        raise ConnectionRefusedError

    nonsense = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"
    another = b'HTTP/1.1 200 OK\r\nContent-Length: 29\r\n\r\n{"issuer": "https://x.test"}  '
    moved = b"HTTP/1.1 302 Found\r\nLocation: https://x.test/\r\nContent-Length: 0\r\n\r\n"
    endless = b"HTTP/1.1 200 OK\r\n\r\n" + b" " * (LIMITS.provider_answer_bytes_max + 1)
    wires = [
        Wire(resolve=lambda _host: ["93.184.215.14"], connect=refuse),
        Wire(resolve=lambda _host: ["127.0.0.1"], connect=refuse),
        *(answers(each) for each in (nonsense, another, moved, endless, b"", b"no http")),
    ]
    for number, wire in enumerate(wires):
        app.extensions["ovikello-wire"] = wire
        if number == 0:  # what it has said of itself is still known
            assert code_of(come_back(browser, carried)) == "provider_unreachable"
        app.extensions.pop("ovikello-providers", None)
        reply = browser.post(BASE, json={"provider": "county"})
        assert (number, reply.status_code, code_of(reply)) == (number, 503, "provider_unreachable")


@pytest.fixture
def answers() -> Iterator[Callable[[bytes], Wire]]:
    """A wire on which whoever asks gets these bytes."""
    import socket
    import threading

    opened: list[socket.socket] = []

    def answering(said: bytes) -> Wire:
        def connect(*_: object) -> socket.socket:
            ours, theirs = socket.socketpair()
            opened.extend((ours, theirs))

            def speak() -> None:
                with theirs:
                    theirs.recv(65536)
                    theirs.sendall(said)

            threading.Thread(target=speak, daemon=True).start()
            return ours

        return Wire(resolve=lambda _host: ["93.184.215.14"], connect=connect)

    yield answering
    for each in opened:
        each.close()


@ON_SQLITE
def test_j20_odd_returns_are_refused_at_the_door(browser: FlaskClient) -> None:
    """[J20] An unknown provider, and what no provider writes into an address."""
    reply = browser.post(BASE, json={"provider": "elsewhere"})
    assert (reply.status_code, code_of(reply)) == (422, "fields_invalid")
    good = {"state": "s", "code": "c", "iss": "https://tunnus.example"}
    for odd in ({"state": "ä"}, {"state": ""}, {"code": "a b"}, {"code": "x" * 4001}, {"iss": "\n"}, {"more": "x"}):
        reply = browser.post(f"{BASE}/return", json=good | odd)
        assert (reply.status_code, code_of(reply)) == (422, "fields_invalid")
    assert code_of(come_back(browser, good)) == "provider_refused"


@ON_SQLITE
def test_j20_a_place_that_only_tries_waits(browser: FlaskClient) -> None:
    """[J20] It, and nobody else: each try costs the provider a request."""
    good = {"state": "s", "code": "c"}
    told = [code_of(come_back(browser, good)) for _ in range(LIMITS.tries_free_for_address + 2)]
    assert told[-1] == "too_many_tries"
    assert told.count("provider_refused") >= LIMITS.tries_free_for_address
    other = browser.post(f"{BASE}/return", json=good, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert code_of(other) == "provider_refused"


def test_j15_the_operator_sets_providers_up(settings: Settings, tmp_path: Any) -> None:
    """[J15] In the environment, whole or not at all; the secret is in no text of the settings."""
    told = environment(settings) | {"OVIKELLO_DATA_DIR": str(tmp_path)}
    made = settings_from(told)
    assert made.providers == settings.providers
    assert SECRET not in repr(made)
    wrong = [
        {"OVIKELLO_ADDRESS": ""}, {"OVIKELLO_ADDRESS": "http://ovikello.example"},
        {"OVIKELLO_ADDRESS": f"{ADDRESS}/path"}, {"OVIKELLO_ADDRESS": "https://a@ovikello.example"},
        {"OVIKELLO_PROVIDERS": "The County"}, {"OVIKELLO_PROVIDERS": "county, other"},
        {"OVIKELLO_PROVIDER_COUNTY_ISSUER": "http://tunnus.example"},
        *({f"OVIKELLO_PROVIDER_COUNTY_{name}": ""} for name in ("CLIENT_ID", "CLIENT_SECRET", "LABEL", "ORGANISATION")),
    ]  # fmt: skip
    for each in wrong:
        with pytest.raises(SettingsInvalid):
            settings_from(told | each)
    assert settings_from({name: each for name, each in told.items() if "PROVIDER" not in name}).providers == ()
