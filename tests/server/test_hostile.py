"""Whatever is asked, however oddly: an answer in the catalogue's words, and never an error of the server's own."""

import itertools
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import orjson
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from server.core.database import writing
from server.core.problems import CATALOGUE
from server.sync import scope
from tests.cast import Cast, SignIn
from tests.server.test_contract import CONTRACT
from tests.server.test_sync import CASE, STAMP, note, request, send

CONTRACTED: dict[str, Any] = orjson.loads(CONTRACT.read_bytes())
IDS = ["%00", "%ff", "..", "a" * 300, "-1", "9" * 30, "'; drop table user--"]
QUERIES = ["?after=x", "?after=-99999999999999999999", "?after=9223372036854775808", "?%ff=%00"]
#: what no field of ours expects
VALUES: list[Any] = [
    *(None, True, -1, 1.5, 2**63, "", "x\0y", "x" * 21_000, "9" * 40, "9999-12-31T23:59:59Z", "https://127.0.0.1/"),
    *([], [None], ["\0"], {}, {"a": {}}),
]
#: PostgreSQL minds more than SQLite: zero bytes, integers beyond 64 bits, lengths
ON_POSTGRES = pytest.mark.parametrize("template", ["postgres"], indirect=True)
BODIES = [b"", b"null", b"[]", b"\xff", b"{", b'{"a":' * 500, b'"\\ud800"', b'{"a": 1e400}']
#: left out: what signs the asking person out, and what may be tried a few times only
LEFT_OUT = {"/api/session", "/api/session/refresh", "/api/session/lock", "/api/password"}


def is_ours(reply: TestResponse) -> bool:
    """Served, or refused by an entry of the catalogue under its own status."""
    if reply.status_code < 400:
        return True
    code = reply.json["problem"]["code"] if reply.is_json and reply.json else None
    return reply.status_code < 500 and code in CATALOGUE and CATALOGUE[code]["status"] == reply.status_code


def asked() -> Iterator[tuple[str, str, bytes | None]]:
    """Method, path and body: each route with odd ids, each writing one with odd bodies and odd values of its fields."""
    for path, operations in CONTRACTED["paths"].items():
        if path in LEFT_OUT:
            continue
        for method, operation in operations.items():
            if method == "get":
                yield from ((method, named(path, odd), None) for odd in IDS)
                yield from ((method, named(path, "x") + query, None) for query in QUERIES)
            elif method != "parameters":
                yield from ((method, named(path, odd), b"{}") for odd in IDS)
                yield from (
                    (method, named(path, "x"), body) for body in [*BODIES, *map(orjson.dumps, fields_of(operation))]
                )


def named(path: str, odd: str) -> str:
    """The path with `odd` for each id that it holds."""
    return "/".join(quote(odd, safe="%") if part.startswith("{") else part for part in path.split("/"))


def fields_of(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    if "$ref" in schema:
        schema = CONTRACTED["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    names = list(schema.get("properties", ()))
    yield from ({name: value} for name, value in itertools.product(names, VALUES))


@ON_POSTGRES
@pytest.mark.parametrize("who", ["aino", "mikko", "satu"])
def test_every_route_answers_odd_requests_in_the_catalogues_words(sign_in: SignIn, who: str) -> None:
    """As a field worker, a leader and an administrator: each may ask where the others are refused at the door."""
    phone = sign_in(who)
    wrong = []
    count = 0
    for method, path, body in asked():
        reply = phone.client.open(
            path, method=method.upper(), data=body, content_type="application/json", headers=phone.headers
        )
        count += 1
        if not is_ours(reply):
            wrong.append((method, path[:80], (body or b"")[:80], reply.status_code))
    assert count > 500
    assert wrong == []


@ON_POSTGRES
def test_w4_odd_changes_each_get_a_verdict(sign_in: SignIn, cast: Cast, app: Flask) -> None:
    """[W2, W4] And a good one after them all is applied."""
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, cast.aino.org, CASE, cast.aino.team)
        scope.grant(transaction, cast.aino.org, cast.aino.id, [CASE], "own_client")
    aino = sign_in("aino")
    paths = ["text", "at", "areas", "removed", "removed/saw", "ticks/x", "a/b/c", "", "/", "__proto__", "x" * 3_000]
    odd: list[dict[str, Any]] = [{name: value} for name in note() for value in VALUES]
    odd += [{"set": {path: value}} for path in paths for value in VALUES]
    odd += [{"at": at} for at in ("0" * 31, "9" * 13 + STAMP[13:], "٠" * 13 + STAMP[13:], STAMP + "\n")]
    changes = [note(number, **one) for number, one in enumerate(odd)]
    reply = send(aino, orjson.dumps(request(*changes, note(len(odd)), more_follow=True)))
    assert reply.status_code == 200, reply.data
    verdicts = (reply.json or {})["verdicts"]
    assert len(verdicts) == len(odd) + 1
    assert {verdict["problem"]["code"] for verdict in verdicts if "problem" in verdict} <= CATALOGUE.keys()
    assert sum(verdict["verdict"] == "refused" for verdict in verdicts) > len(odd) / 2
    assert verdicts[-1]["verdict"] == "applied"
