"""The people of the tests, and how they sign in.

Aino and her colleague Liisa work in team North under Mikko; Sanna works in team South; Satu
administers their organisation; Olli belongs to another one.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyotp
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session as Transaction
from werkzeug.test import TestResponse

from server import directory
from server.auth import passwords, proofs, second_factor
from server.core.actor import Actor
from server.core.database import writing
from server.core.models import User
from server.core.roles import ADMINS
from server.core.sign_in_tables import SecondFactor
from tests.pooler import Pooler

PASSWORD = "kesäilta ja sauna"
#: in the authenticator app of everybody here who administers
APP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PEOPLE = {
    "aino": ("field_worker", "North", "Harjula"),
    "liisa": ("field_worker", "North", "Harjula"),
    "mikko": ("team_leader", "North", "Harjula"),
    "sanna": ("field_worker", "South", "Harjula"),
    "satu": ("admin", None, "Harjula"),
    "olli": ("field_worker", "West", "Rantala"),
}


@dataclass(frozen=True)
class Person:
    """Somebody of the cast, and what the server calls them."""

    name: str
    id: str
    org: str
    team: str | None
    role: str

    @property
    def key(self) -> tuple[str, str]:
        """Of the row of the account."""
        return (self.id, self.org)

    @property
    def device(self) -> str:
        return f"phone-of-{self.name}"

    @property
    def actor(self) -> Actor:
        return Actor(org=self.org, user=self.id, device=self.device, role=self.role)


@dataclass(frozen=True)
class Cast:
    aino: Person
    liisa: Person
    mikko: Person
    sanna: Person
    satu: Person
    olli: Person


@dataclass(frozen=True)
class Template:
    """A migrated database with the cast in it, which tests copy."""

    url: str
    cast: Cast
    #: by which its copies are reached
    pooler: Pooler | None = None


def hire(app: Flask) -> Cast:
    """Write the cast into an empty database."""
    hired: dict[str, Person] = {}
    one_hash = passwords.hash_of(PASSWORD)  # hashing takes long on purpose: once is enough
    with app.app_context(), writing() as transaction:
        for name, (role, team_name, org_name) in PEOPLE.items():
            org = directory.find_or_add_organisation(transaction, org_name)
            team = directory.find_or_add_team(transaction, org, team_name) if team_name else None
            account = directory.Account(org, name, name.title(), role, team)
            user = directory.enter(transaction, account, one_hash)
            if role in ADMINS:
                give_second_factor(transaction, user)
            hired[name] = Person(name, user.id, org.id, user.team, role)
    return Cast(**hired)


def give_second_factor(transaction: Transaction, user: User) -> None:
    """As if this person had set one up, which who administers has to (J10)."""
    second_factor.hold(transaction, user, second_factor.sealed(APP_SECRET, user), [])


def opened_session(app: Flask, client: FlaskClient, key: tuple[str, str], body: dict[str, Any]) -> TestResponse:
    """The answer to a sign-in, with the app's code where one is asked for; `key` is the account's."""
    reply = client.post("/api/session", json=body)
    if (reply.json or {}).get("problem") == {"code": "second_factor_needed"}:
        reply = client.post("/api/session", json=body | {"code": code_of_app(app, key)})
    return reply


def code_of_app(app: Flask, key: tuple[str, str]) -> str:
    """What the app shows, as if its last code had been given long ago: tests sign in more often than every 30 s."""
    with app.app_context(), writing() as transaction:
        transaction.get_one(SecondFactor, key).last_step = 0
    return pyotp.TOTP(APP_SECRET).now()


class SessionKey:
    """What a device makes at sign-in and keeps sealed: it signs as browsers do."""

    def __init__(self) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        point = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public = _base64url(point)

    def sign(self, statement: str) -> str:
        r, s = decode_dss_signature(self._private.sign(statement.encode(), ec.ECDSA(SHA256())))
        return _base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Phone:
    """A signed-in device: a client that sends the CSRF header as the app does, and signs its refreshes."""

    def __init__(
        self, client: FlaskClient, reply: dict[str, Any], key: SessionKey | None = None, credential: str = ""
    ) -> None:
        self.client = client
        self.session = reply
        self.headers = {"X-CSRF-TOKEN": reply["csrf"]}
        self.key = key or SessionKey()
        self.credential = {"Authorization": f"Bearer {reply['device']}.{credential}"}
        self.refreshes = 0

    def proof(self, number: int | None = None) -> dict[str, Any]:
        """The body of the next refresh."""
        self.refreshes = number or self.refreshes + 1
        statement = proofs.refresh_statement(self.session["session"], self.refreshes)
        return {"n": self.refreshes, "signature": self.key.sign(statement)}

    def refresh(self, proof: dict[str, Any] | None = None) -> TestResponse:
        return self.post("/api/session/refresh", proof or self.proof())

    def sign_out(self) -> TestResponse:
        """With no cookie: the signature is enough."""
        signature = self.key.sign(proofs.end_statement(self.session["session"]))
        return self.client.post("/api/session/end", json={"session": self.session["session"], "signature": signature})

    def locked(self, path: str = "", method: str = "GET") -> TestResponse:
        """What it asks of itself while it is locked."""
        other = self.client.application.test_client()
        return other.open(f"/api/device{path}", method=method, headers=self.credential)

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, headers=self.headers)

    def post(self, path: str, json: Any = None) -> TestResponse:
        return self.client.post(path, json=json, headers=self.headers)

    def put(self, path: str, json: Any = None) -> TestResponse:
        return self.client.put(path, json=json, headers=self.headers)

    def delete(self, path: str) -> TestResponse:
        return self.client.delete(path, headers=self.headers)


#: for a test that asks nothing of the database that both kinds would not answer alike
ON_SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
#: on PostgreSQL behind PgBouncer in transaction mode
THROUGH_A_POOLER = pytest.mark.parametrize("template", ["pooler"], indirect=True)

#: `sign_in(name, device=…, password=…)`
SignIn = Callable[..., Phone]
