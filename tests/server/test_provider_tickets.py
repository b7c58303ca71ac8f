"""What ends the ticket of a provider's sign-in before its time (SPEC J15)."""

import base64
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.auth import accounts, passwords, providers, second_factor
from server.config import Settings
from server.core.database import writing
from server.core.models import User
from server.core.signing import signer
from tests.cast import ON_SQLITE, Cast
from tests.independent_provider import IndependentProvider, Visitor, independent_provider
from tests.server.test_providers import ADDRESS, begin, browser_of, ticket_of
from tests.server.test_session import code_of


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndependentProvider]:
    with independent_provider(tmp_path_factory.mktemp("provider"), ADDRESS) as running:
        yield running


@pytest.fixture
def settings(settings: Settings, provider: IndependentProvider) -> Settings:
    configured = provider.configured("Harjula", second_factor=frozenset({"mfa"}))
    return replace(settings, address=ADDRESS, providers=(configured,))


@pytest.fixture
def browser(app: Flask, provider: IndependentProvider) -> FlaskClient:
    app.extensions["ovikello-wire"] = provider.wire()
    return browser_of(app)


@ON_SQLITE
@pytest.mark.parametrize("what", ["password", "second factor"])
def test_j15_a_reset_ends_tickets(
    what: str, app: Flask, cast: Cast, browser: FlaskClient, provider: IndependentProvider
) -> None:
    """[J15] Whoever holds one of before the reset begins no session with it; a new sign-in there does."""
    ticket = ticket_of(browser, Visitor(provider), "satu", "mfa")
    with app.app_context(), writing() as transaction:
        satu = transaction.get_one(User, cast.satu.key)
        if what == "password":
            accounts.set_password(transaction, satu, passwords.hash_of("lumihanki maaliskuussa"), cast.satu.id)
        else:
            second_factor.reset(transaction, satu, cast.satu.id)
    assert code_of(begin(browser, ticket)) == "provider_refused"
    assert begin(browser, ticket_of(browser, Visitor(provider), "satu", "mfa")).status_code == 200


@ON_SQLITE
def test_j15_a_ticket_of_an_older_release_is_refused(app: Flask, browser: FlaskClient) -> None:
    """[J15] It says less than one of today: that is no error of ours."""
    with app.app_context():
        written = signer(providers.TICKET_PURPOSE).sign(base64.urlsafe_b64encode(b'{"id":"x","proof":{}}')).decode()
    assert code_of(begin(browser, written)) == "provider_refused"
