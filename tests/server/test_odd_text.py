"""Every text that a request can carry, said oddly: in a body that is otherwise right, so that it gets as far as it can,
or in a header. A success or a refusal of the catalogue, never an error of the server's own."""

import re
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from flask import Flask

from server import directory
from server.auth import known, passwords, tokens
from server.core.database import writing
from tests.cast import ON_SQLITE, PASSWORD, SessionKey, SignIn
from tests.server.test_hostile import CONTRACTED, is_ours
from tests.server.test_session import attempt, code_of
from tests.whole import sampled

SCHEMAS: dict[str, Any] = CONTRACTED["components"]["schemas"]
#: what fits where a pattern is asked for
FITTING: tuple[str, ...] = (
    "x",
    "2026-01-07T10:00:00Z",
    "2026-01-07",
    "1767780000000-0000-0123456789ab",
    "07:30",
    "AAAA",
)
FITTING += ("A" * 43, "A" * 86, SessionKey().public, "A" * 200)
ODD: list[Any] = ["a\0b", "\0", "x" * 400, "x" * 30_000, "   ", "\u200b", "\u202ea", "a\nb", "İ", "e\u0301", "'; --"]
ODD += ["%00", "{}", "9" * 5000, 7, True, None, 1.5, [], ["a\0b"], {"a\0b": "a\0b"}]
#: what PostgreSQL itself takes otherwise than SQLite, or not at all; what our code says of the others is the same
ODD_FOR_STORING: list[Any] = ["a\0b", "\0", "x" * 30_000, "İ", "9" * 5000, 7, None, ["a\0b"], {"a\0b": "a\0b"}]
#: a lone half of a pair, as only raw JSON can say it
RAW = b'"a\\ud800b"'
PLACE = "<here>"
ODD_HEADERS = ["ä", "a\xffb", "x" * 7000, "", " ", "a;b", "=;=", '"', "gzip;q=x", "9" * 400]
#: each of them is read somewhere
READING = (("GET", "/api/session"), ("POST", "/api/session/refresh"), ("POST", "/api/sync"), ("GET", "/"))
HEADERS = (
    *("X-CSRF-TOKEN", "Content-Encoding", "Accept-Encoding", "Content-Type", "If-None-Match", "If-Modified-Since"),
    *("Range", "Content-Length", "X-Forwarded-For", "X-Forwarded-Proto", "Origin", "Authorization", "Cookie"),
    *("If-Range", "Cache-Control", "Accept"),
)


def example_of(schema: dict[str, Any]) -> Any:
    """A value that fits, as far as a schema says."""
    if "$ref" in schema:
        return example_of(SCHEMAS[schema["$ref"].rpartition("/")[2]])
    if "allOf" in schema or "anyOf" in schema:
        return example_of((schema.get("allOf") or schema["anyOf"])[0])
    if "enum" in schema:
        return next(each for each in schema["enum"] if each is not None)
    kind = schema.get("type", "object")
    kind = next(each for each in kind if each != "null") if isinstance(kind, list) else kind
    match kind:
        case "string":
            return _fitting(schema)
        case "integer":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case "array":
            return [example_of(schema.get("items", {}))]
    return {name: example_of(each) for name, each in schema.get("properties", {}).items()}


def _fitting(schema: dict[str, Any]) -> str:
    pattern = schema.get("pattern", "").replace("\\Z", "$")
    return next(text for text in FITTING if re.search(pattern, text))


def bodies() -> Iterator[tuple[str, str, Any]]:
    """Method, path and a body that fits, of each operation that takes one."""
    for path, operations in CONTRACTED["paths"].items():
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {}) if method != "parameters" else {}
            if "application/json" in content:
                yield method, _filled(path), example_of(content["application/json"]["schema"])


def _filled(path: str) -> str:
    return "/".join("x" if part.startswith("{") else part for part in path.split("/"))


def spoilt(body: Any) -> Iterator[Any]:
    """The body, once for each value and key in it, with `PLACE` instead."""
    if isinstance(body, dict):
        for name, inner in body.items():
            yield {each: value for each, value in body.items() if each != name} | {PLACE: inner}
            yield from (body | {name: each} for each in spoilt(inner))
    elif isinstance(body, list):
        for number, inner in enumerate(body):
            yield from ([*body[:number], each, *body[number + 1 :]] for each in spoilt(inner))
    yield PLACE


def test_every_text_of_every_body(app: Flask, sign_in: SignIn) -> None:
    """Security 41: NUL, lone surrogates, far too long, of another type; at each place of a body that is right."""
    aino = sign_in("aino")
    odds = ODD if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite") else sampled(ODD_FOR_STORING, whole=ODD)
    wrong, count = [], 0
    where = f'"{PLACE}"'.encode()
    for method, path, example in bodies():
        body = example | ({"name": "aino", "password": PASSWORD} if path == "/api/session" else {})
        for place in spoilt(body):
            text = orjson.dumps(place)
            is_key = where + b":" in text
            for odd in [*(orjson.dumps(each) for each in odds if not is_key or isinstance(each, str)), RAW]:
                count += 1
                reply = aino.client.open(
                    path,
                    method=method.upper(),
                    data=text.replace(where, odd),
                    content_type="application/json",
                    headers=aino.headers,
                )
                if not is_ours(reply):
                    wrong.append((method, path, text[:200], odd[:30], reply.status_code))
                if path == "/api/session" and reply.status_code == 200:
                    aino = sign_in("aino")
    assert count > 1000
    assert wrong == []


@ON_SQLITE
def test_every_header_that_is_read(sign_in: SignIn) -> None:
    """Security 41: with characters that no header has."""
    wrong = []
    for name in HEADERS:
        aino = sign_in("aino")
        for odd in ODD_HEADERS:
            for method, path in (
                ("GET", "/api/session"),
                ("POST", "/api/session/refresh"),
                ("POST", "/api/sync"),
                ("GET", "/"),
            ):
                body = b"{}" if method == "POST" else None
                asked = aino.headers | {name: odd}
                reply = aino.client.open(path, method=method, headers=asked, data=body, buffered=True)
                if not is_ours(reply):
                    wrong.append((method, path, name, odd[:20], reply.status_code))
    assert wrong == []


@pytest.mark.parametrize("value", ["ä", "\xff", "ä" * 40, "€"])
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/api/session/refresh"), ("POST", "/api/sync"), ("POST", "/api/session/lock")]
)
@ON_SQLITE
def test_a_csrf_value_beyond_ascii_is_a_wrong_one(sign_in: SignIn, method: str, path: str, value: str) -> None:
    """Security 17."""
    aino = sign_in("aino")
    reply = aino.client.open(path, method=method, headers={"X-CSRF-TOKEN": value.encode().decode("latin-1")})
    assert (reply.status_code, code_of(reply)) == (401, "csrf_failed")


@ON_SQLITE
def test_every_cookie_that_is_read(app: Flask) -> None:
    """Security 14, 41."""
    wrong = []
    for name in (tokens.ACCESS_COOKIE, tokens.REFRESH_COOKIE, known.COOKIE):
        for odd in [*ODD_HEADERS, "a.b.c", "..", "eyJhbGciOiJIUzI1NiJ9.e30.", "~~~"]:
            client = app.test_client()
            client.environ_base["wsgi.url_scheme"] = "https"
            cookie = {"Cookie": f"{name}={odd}"}
            replies = [
                client.get("/api/session", headers=cookie),
                client.post("/api/session/refresh", headers=cookie | {"X-CSRF-TOKEN": "x"}),
                client.get("/api/devices", headers=cookie),
                client.post(
                    "/api/session",
                    headers=cookie,
                    json={"name": "aino", "password": "x", "device": {"id": "x", "name": "x"}},
                ),
            ]
            wrong += [(name, odd[:20], reply.status_code) for reply in replies if not is_ours(reply)]
    assert wrong == []


@pytest.mark.parametrize(
    "typed", ["päivi", "pa\u0308ivi", "PA\u0308IVI ", "\u200bpäivi", "PÄIVI", "pä\u00adivi", "\ufeffpäivi"]
)
def test_a_sign_in_name_is_found_however_its_letters_are_composed(app: Flask, typed: str) -> None:
    with app.app_context(), writing() as transaction:
        org = directory.organisation_named(transaction, "Harjula")
        directory.enter(transaction, directory.Account(org, "Päivi", "Päivi"), passwords.hash_of(PASSWORD))
    assert attempt(app.test_client(), typed, PASSWORD).status_code == 200
