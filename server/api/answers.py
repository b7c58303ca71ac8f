"""What the contract says beyond the shapes: who may ask, keys of maps, and the refusals of every operation.

The refusals are read from the code: those of the guards by a view's marks, its own by following what it calls.
"""

import dis
import inspect
from collections.abc import Iterable, Iterator, Mapping
from types import CodeType, FunctionType, ModuleType
from typing import NotRequired, TypedDict

from apispec.ext.marshmallow.openapi import OpenAPIConverter
from flask import Flask
from marshmallow import fields

from server.auth import tokens
from server.config import PROTOCOL, SCHEMA
from server.core.problems import CATALOGUE, Problem

#: any request may meet these: a body that did not come whole, a busy or full server, a fault of ours
ANYWHERE = frozenset({"body_malformed", "body_too_large", "internal", "try_later", "storage_full"})
OF_A_SESSION = frozenset({"sign_in_needed", "session_ended_for_safety", "csrf_failed", "device_wiped"})
RETRY_AFTER = {
    "Retry-After": {
        "description": "seconds to wait before asking again",
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
    }
}
SCHEMES = {
    "access": {"type": "apiKey", "in": "cookie", "name": tokens.ACCESS_COOKIE},
    "refresh": {"type": "apiKey", "in": "cookie", "name": tokens.REFRESH_COOKIE},
    "csrf": {"type": "apiKey", "in": "header", "name": tokens.CSRF_HEADER, "description": "`csrf` of the sign-in (J1)"},
    "device": {"type": "http", "scheme": "bearer", "description": "`<device>.<credential>`, also while locked (J5)"},
    "data": {"type": "http", "scheme": "bearer", "description": "a token of the data API, and no cookie (A19)"},
}


class Operation(TypedDict):
    security: list[dict[str, list[str]]]
    responses: dict[str, object]


class Components(TypedDict):
    securitySchemes: Mapping[str, object]
    responses: NotRequired[object]


class Contract(TypedDict):
    """What of an OpenAPI document is completed here."""

    info: dict[str, object]
    components: Components
    paths: dict[str, dict[str, Operation]]


def keys_of_map(converter: OpenAPIConverter, field: fields.Field[object], **_options: object) -> dict[str, object]:
    """The keys that a map may have: apispec writes its values only."""
    if not isinstance(field, fields.Dict) or field.key_field is None:
        return {}
    names: dict[str, object] = converter.field2property(field.key_field)
    return {"propertyNames": names} if names.keys() - {"type"} else {}


def complete(document: Contract, app: Flask) -> None:
    """Add to `document` what this module knows of the views of `app`."""
    document["info"] |= {"x-protocol": PROTOCOL, "x-schema": SCHEMA}
    parts = document["components"]
    parts["securitySchemes"] = SCHEMES
    parts.pop("responses")  # flask-smorest's defaults, which name no problem
    for endpoint, operation in _operations(document, app):
        view = app.view_functions[endpoint]
        operation["security"] = _security(endpoint, view)
        checks_fields = "422" in operation["responses"]
        kept = {status: each for status, each in operation["responses"].items() if status.startswith("2")}
        codes = refusals(endpoint, view) | ({"fields_invalid"} if checks_fields else set())
        operation["responses"] = kept | _by_status(codes)


def refusals(endpoint: str, view: object) -> set[str]:
    """The codes of the problems that an operation may answer with, but for those of its fields' shape."""
    return set(ANYWHERE) | _of_guard(endpoint, view) | _raised_from(view)


def _operations(document: Contract, app: Flask) -> Iterator[tuple[str, Operation]]:
    for rule in app.url_map.iter_rules():
        path = document["paths"].get(rule.rule.replace("<", "{").replace(">", "}"), {})
        for method in rule.methods or ():
            if method.lower() in path:
                yield rule.endpoint, path[method.lower()]


def _security(endpoint: str, view: object) -> list[dict[str, list[str]]]:
    if getattr(view, "open_to_all", False):
        return []
    if endpoint in tokens.LOCKED_DEVICE_MAY:
        return [{"device": []}]
    if endpoint in tokens.DATA_TOKEN_MAY:
        return [{"data": []}]
    return [{"refresh" if getattr(view, "by_refresh_token", False) else "access": [], "csrf": []}]


def _of_guard(endpoint: str, view: object) -> set[str]:
    if getattr(view, "open_to_all", False):
        return set()
    if endpoint in tokens.LOCKED_DEVICE_MAY:
        return {"sign_in_needed"}
    if endpoint in tokens.DATA_TOKEN_MAY:
        return {"data_token_refused"}
    may = getattr(view, "revoked_device_may", False)
    found = set(OF_A_SESSION) | (set() if may else {"device_revoked"})
    found |= set() if getattr(view, "before_second_factor", False) else {"second_factor_set_up_needed"}
    found |= {"not_allowed"} if hasattr(view, "for_roles") else set()
    return found | ({"confirm_password"} if getattr(view, "with_fresh_password", False) else set())


def _by_status(codes: Iterable[str]) -> dict[str, object]:
    by_status: dict[str, list[str]] = {}
    for code in sorted(codes):
        by_status.setdefault(str(CATALOGUE[code]["status"]), []).append(code)
    return {status: _answer(status, each) for status, each in by_status.items()}


def _answer(status: str, codes: list[str]) -> dict[str, object]:
    shape = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}}
    headers = {"headers": RETRY_AFTER} if status in {"429", "503"} else {}
    return {"description": ", ".join(f"`{code}`" for code in codes), "x-problems": codes, **shape, **headers}


def _raised_from(view: object) -> set[str]:
    """The codes in `raise Problem("…")` of a view and of whatever it calls, or hands on to be called."""
    found: set[str] = set()
    waiting: list[object] = [inspect.unwrap(view)] if callable(view) else []
    seen: set[object] = set()
    while waiting:
        function = waiting.pop()
        if not isinstance(function, FunctionType) or function in seen or not _is_ours(function.__module__):
            continue
        seen.add(function)
        for code in _codes_in(function.__code__):
            if Problem.__name__ in code.co_names and _raises(code):
                found |= {each for each in code.co_consts if isinstance(each, str) and each in CATALOGUE}
            waiting += _named(code, function.__globals__)
    return found


def _codes_in(code: CodeType) -> Iterator[CodeType]:
    """A function's code, and that of the functions inside it."""
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes_in(each)


def _raises(code: CodeType) -> bool:
    return any(step.opname == "RAISE_VARARGS" for step in dis.get_instructions(code))


def _named(code: CodeType, known: dict[str, object]) -> Iterator[object]:
    for name in code.co_names:
        thing = known.get(name)
        if isinstance(thing, ModuleType) and _is_ours(thing.__name__):
            things = [vars(thing).get(attribute) for attribute in code.co_names]
        else:
            things = [thing]
        yield from (inspect.unwrap(each) for each in things if inspect.isfunction(each))


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] == "server"
