"""The people of the tests, and how they sign in.

Aino and her colleague Liisa work in team North under Mikko; Sanna works in team South; Satu
administers their organisation; Olli belongs to another one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server import office
from server.auth import passwords
from server.database import writing
from server.sync.actor import Actor

PASSWORD = "kesäilta ja sauna"
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


def hire(app: Flask) -> Cast:
    """Write the cast into an empty database."""
    hired: dict[str, Person] = {}
    one_hash = passwords.hash_of(PASSWORD)  # hashing takes long on purpose: once is enough
    with app.app_context(), writing() as transaction:
        for name, (role, team_name, org_name) in PEOPLE.items():
            org = office.find_or_add_organisation(transaction, org_name)
            team = office.find_or_add_team(transaction, org, team_name) if team_name else None
            account = office.Account(org, name, name.title(), role, team)
            user = office.enter(transaction, account, one_hash)
            hired[name] = Person(name, user.id, org.id, user.team, role)
    return Cast(**hired)


class Phone:
    """A signed-in device: a client that sends the CSRF header as the app does."""

    def __init__(self, client: FlaskClient, reply: dict[str, Any]) -> None:
        self.client = client
        self.session = reply
        self.headers = {"X-CSRF-TOKEN": reply["csrf"]}

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def post(self, path: str, json: Any = None) -> TestResponse:
        return self.client.post(path, json=json, headers=self.headers)

    def put(self, path: str, json: Any = None) -> TestResponse:
        return self.client.put(path, json=json, headers=self.headers)

    def delete(self, path: str) -> TestResponse:
        return self.client.delete(path, headers=self.headers)


#: for a test that asks nothing of the database that both kinds would not answer alike
ON_SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)

#: `sign_in(name, device=…, password=…)`
SignIn = Callable[..., Phone]
