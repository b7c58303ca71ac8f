"""Every endpoint × role × foreign id (Security 6 to 8): the endpoints are found in the contract, the ids are real ones.

An id of another organisation, or of another team where the role is bound to one, is answered as one that nobody has, in
the address and in the body; and of what it names nothing is altered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from server import directory
from server.core.database import writing
from server.core.models import Base, User, db
from server.core.roles import ADMINS
from server.core.sign_in_tables import AuthSession
from tests.cast import ON_SQLITE, PASSWORD, Cast, Person, Phone, SignIn, code_of_app, give_second_factor
from tests.server.test_contract import CONTRACT
from tests.whole import sampled

CONTRACTED: dict[str, Any] = orjson.loads(CONTRACT.read_bytes())
SCHEMAS: dict[str, Any] = CONTRACTED["components"]["schemas"]
#: the exchange has tests of its own on the same; the others sign the asking person out, or name nobody
LEFT_OUT = {"/api/sync", "/api/password"} | {
    f"/api/session{end}" for end in ("", "/refresh", "/lock", "/end", "/confirm")
}
#: by what the server tells roles apart: works with clients, leads, administers, pays, meets groups
ONE_OF_EACH_SORT = ("field_worker", "team_leader", "admin", "commissioner_viewer", "expert_by_experience")
ABSENT = ["0190aaaa-0000-7000-8000-000000000001", "0190aaaa-0000-7000-8000-000000000002"]


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    schema: dict[str, Any] | None

    @property
    def has_id(self) -> bool:
        """In its address or its body."""
        return "{" in self.path or (self.schema is not None and ABSENT[0] in repr(sample(self.schema, ABSENT[0])))


def operations() -> Iterator[Operation]:
    for path, methods in CONTRACTED["paths"].items():
        for method, one in methods.items():
            if path not in LEFT_OUT and method in {"get", "post", "put", "delete"}:
                body = one.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
                yield Operation(method, path, resolved(body) if body else None)


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = SCHEMAS[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return found


def sample(schema: dict[str, Any], id_: str) -> Any:
    """Something that the schema takes, with this id wherever an id may stand."""
    schema = resolved(schema)
    if "anyOf" in schema:
        return sample(schema["anyOf"][0], id_)
    kinds = schema.get("type", "object")
    kind = kinds if isinstance(kinds, str) else kinds[0]
    if kind == "object":
        return {name: sample(one, id_) for name, one in schema.get("properties", {}).items()}
    if kind == "array":
        return [sample(schema.get("items", {}), id_)]
    if "enum" in schema:
        return schema["enum"][0]
    if kind in {"integer", "number"}:
        return max(schema.get("minimum", 1), 1)
    return False if kind == "boolean" else text(schema, id_)


def text(schema: dict[str, Any], id_: str) -> str:
    pattern = schema.get("pattern", "")
    if "T" in pattern:
        return "2026-11-20T12:00:00Z"
    return (
        id_
        if "a-z" in pattern and "A-Z" not in pattern
        else "Kesäilta ja sauna 040 123 4567"[: schema.get("maxLength", 30)]
    )


def ask(phone: Phone, operation: Operation, id_: str) -> tuple[int, Any]:
    path = "/".join(id_ if part.startswith("{") else part for part in operation.path.split("/"))
    body = sample(operation.schema, id_) if operation.schema else None
    return judged(phone.client.open(path, method=operation.method.upper(), json=body, headers=phone.headers), id_)


def judged(reply: TestResponse, id_: str) -> tuple[int, Any]:
    """Status and problem; whoever is answered well must not read of another organisation."""
    assert b"Olli" not in reply.data
    return reply.status_code, (reply.json or {}).get("problem") if reply.is_json else id_ in reply.text


def everything_of(org: str) -> dict[str, list[Any]]:
    with db.engine.connect() as connection:
        tables = [table for table in Base.metadata.sorted_tables if "org" in table.c]
        return {
            each.name: sorted(map(repr, connection.execute(select(each).where(each.c.org == org)))) for each in tables
        }


def take_role(app: Flask, person: Person, role: str) -> None:
    with app.app_context(), writing() as transaction:
        user = transaction.get_one(User, person.key)
        user.role = role
        if role in ADMINS:
            give_second_factor(transaction, user)


@pytest.fixture
def foreign(app: Flask, cast: Cast, sign_in: SignIn) -> dict[str, list[str]]:
    """Real ids by whose they are: of the other organisation, and of the other team."""
    found: dict[str, list[str]] = {}
    for person in (cast.olli, cast.sanna):
        phone = sign_in(person.name)
        with app.app_context(), writing() as transaction:
            case = directory.open_case(transaction, transaction.get_one(User, person.key), "RA-0001", "Olli Oma")
        found[person.name] = [person.id, person.team or "", phone.session["session"], phone.session["device"], case]
    return found


@ON_SQLITE
@pytest.mark.parametrize("role", sampled(ONE_OF_EACH_SORT, whole=directory.ROLES))
def test_a_foreign_id_is_answered_as_one_that_nobody_has(
    app: Flask, cast: Cast, sign_in: SignIn, foreign: dict[str, list[str]], role: str
) -> None:
    """[A1] Security 6 and 8."""
    take_role(app, cast.liisa, role)
    liisa = sign_in("liisa")
    ids = foreign["olli"] + ([] if role in ADMINS else foreign["sanna"])
    with app.app_context():
        before = everything_of(cast.olli.org)
    told, count = [], 0
    for operation in operations():
        if operation.has_id:
            absent = [ask(liisa, operation, id_) for id_ in ABSENT]  # the second time somebody may have one already
            count += len(ids)
            for id_ in ids:
                this = ask(liisa, operation, id_)
                if this not in absent or this[0] >= 500:
                    told.append((operation.method, operation.path, id_, absent, this))
    assert count > 100
    assert told == []
    with app.app_context():
        assert everything_of(cast.olli.org) == before


@ON_SQLITE
def test_what_is_for_some_roles_is_refused_to_all_others(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A1] Before anything of the request is read; and nothing of the administration is without such a mark."""
    marked: dict[str, frozenset[str]] = {}
    for rule in app.url_map.iter_rules():
        roles = getattr(app.view_functions[rule.endpoint], "for_roles", None)
        assert roles or not rule.rule.startswith("/api/admin"), rule.rule
        if roles:
            methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
            path = "/".join("x" if part.startswith("<") else part for part in rule.rule.split("/"))
            marked |= {f"{method} {path}": roles for method in methods}
    assert len(marked) >= 14
    for role in directory.ROLES:
        take_role(app, cast.liisa, role)
        liisa = sign_in("liisa")
        for operation, roles in marked.items():
            method, path = operation.split()
            reply = liisa.client.open(path, method=method, data=b"{", headers=liisa.headers)
            is_refused = reply.json == {"problem": {"code": "not_allowed"}}
            assert is_refused == (role not in roles), (role, operation)


@ON_SQLITE
def test_what_is_dangerous_asks_for_the_password(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A2] Whatever is written in the administration; the password opens it for a while, a wrong one does not."""
    satu = sign_in("satu")
    with app.app_context(), writing() as transaction:
        transaction.get_one(
            AuthSession, (satu.session["session"], satu.session["organisation"])
        ).confirmed_at = "2026-01-01T00:00:00Z"
    writing_ones = [each for each in operations() if each.path.startswith("/api/admin") and each.method != "get"]
    assert len(writing_ones) >= 8
    for operation in writing_ones:
        assert ask(satu, operation, ABSENT[0]) == (403, {"code": "confirm_password"}), operation
    assert satu.post("/api/session/confirm", {"password": "arvaus ja toinen"}).status_code == 401
    assert ask(satu, writing_ones[0], ABSENT[0])[0] == 403
    code = code_of_app(app, cast.satu.key)
    assert satu.post("/api/session/confirm", {"password": PASSWORD, "code": code}).status_code == 204
    for operation in writing_ones:
        assert ask(satu, operation, ABSENT[0])[1] != {"code": "confirm_password"}, operation
