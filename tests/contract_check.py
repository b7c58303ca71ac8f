"""Every answer that passes through the test client is held against docs/openapi.json: its status, problem and shape."""

import re
from pathlib import Path
from typing import Any

import orjson
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

CONTRACT = orjson.loads((Path(__file__).parents[1] / "docs" / "openapi.json").read_bytes())
SCHEMAS = CONTRACT["components"]["schemas"]
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
SUCCESS_BELOW, NO_CONTENT = 400, 204


class CheckedClient(FlaskClient):
    """Fails where an answer of the API is not what the contract says."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        reply = super().open(*args, **options)
        faults = self._faults_of(reply)
        assert not faults, f"{reply.request.method} {reply.request.path} {reply.status_code}: {faults}"
        return reply

    def _faults_of(self, reply: TestResponse) -> list[str]:
        operation = self._operation(reply.request.path, reply.request.method)
        if operation is None:
            return []
        said = operation["responses"].get(str(reply.status_code))
        if said is None:
            return [f"a status that is not in the contract: {reply.get_data()[:200]!r}"]
        content = reply.get_data()
        if reply.status_code == NO_CONTENT:  # the app would look for JSON in it, and find an answer that is not ours
            return ["no content, said to be JSON"] if reply.is_json else []
        if not reply.is_json:
            return []
        if reply.headers.get("Content-Encoding") == "gzip":
            return []  # the test that asked for it unpacks it
        body = orjson.loads(content)
        if reply.status_code >= SUCCESS_BELOW and body["problem"]["code"] not in said["x-problems"]:
            return [f"a problem that is not in the contract: {body['problem']['code']}"]
        missing = [f"no header {name}" for name in said.get("headers", {}) if name not in reply.headers]
        return missing + faults(body, said["content"]["application/json"]["schema"])

    def _operation(self, path: str, method: str) -> dict[str, Any] | None:
        """What the contract says of an address; None where it is no address of the contract."""
        try:
            rule, _values = self.application.url_map.bind("localhost").match(path, method, return_rule=True)
        except HTTPException:
            return None
        written = CONTRACT["paths"].get(rule.rule.replace("<", "{").replace(">", "}"), {})
        found: dict[str, Any] | None = written.get(method.lower())
        return found


def faults(value: Any, schema: dict[str, Any], place: str = "") -> list[str]:
    """Where a value is not as its schema says, in the words of JSON Schema that the contract uses."""
    if "$ref" in schema:
        return faults(value, SCHEMAS[schema["$ref"].rpartition("/")[2]], place)
    if "anyOf" in schema:
        each = [faults(value, one, place) for one in schema["anyOf"]]
        return [] if [] in each else each[0]
    wrong = [f"{place}: {word}" for word in _words_broken(value, schema)]
    if wrong:
        return wrong
    if isinstance(value, dict):
        return _faults_of_map(value, schema, place)
    if isinstance(value, list):
        items = schema.get("items", {})
        return [fault for number, one in enumerate(value) for fault in faults(one, items, f"{place}[{number}]")]
    return []


def _faults_of_map(value: dict[str, Any], schema: dict[str, Any], place: str) -> list[str]:
    declared = schema.get("properties", {})
    others = schema.get("additionalProperties", {})
    wrong = [f"{place}.{name}: missing" for name in schema.get("required", []) if name not in value]
    for name, one in value.items():
        wrong += faults(name, schema.get("propertyNames", {}), f"{place}.{name} as a key")
        inner = declared.get(name, others)
        wrong += [f"{place}.{name}: not declared"] if inner is False else faults(one, inner or {}, f"{place}.{name}")
    return wrong


def _words_broken(value: Any, schema: dict[str, Any]) -> list[str]:
    types = schema.get("type", [])
    wanted = [types] if isinstance(types, str) else types
    if wanted and not any(_is_of(value, name) for name in wanted):
        return [f"{value!r} is no {' or '.join(wanted)}"]
    size = len(value) if isinstance(value, str | list) else 0
    longest = schema.get("maxLength" if isinstance(value, str) else "maxItems", size)
    is_text = isinstance(value, str)
    broken = {
        "enum": "enum" in schema and value not in schema["enum"],
        "pattern": is_text and "pattern" in schema and not re.search(schema["pattern"], value),
        "length": size > longest or size < schema.get("minLength" if is_text else "minItems", 0) if size else False,
    }
    return [f"{word} of {value!r}" for word, is_broken in broken.items() if is_broken]


def _is_of(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, TYPES[name])
