"""docs/openapi.json is what the application does, and nothing is reached without a session."""

from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner
from flask import Flask

from server.cli import main
from server.kinds import KINDS
from tests.cast import ON_SQLITE, SignIn

CONTRACT = Path(__file__).parents[2] / "docs" / "openapi.json"
#: what needs no session, by endpoint
OPEN = {
    "devices.wiped",
    "calendar_address.calendar",
    "session.sign_in",
    "session.who_am_i",
    "session.refresh",
    "health.health",
    "static.static",
}


def test_the_contract_is_fresh() -> None:
    printed = CliRunner().invoke(main, ["openapi"])
    assert printed.exit_code == 0, printed.output
    assert printed.stdout == CONTRACT.read_text(encoding="utf-8"), "stale: run `make openapi`"


def test_every_kind_stands_in_it() -> None:
    schemas = orjson.loads(CONTRACT.read_bytes())["components"]["schemas"]
    for name, kind in KINDS.items():
        assert schemas[f"{name.title()}Fields"]["properties"].keys() == kind.declared().keys()


@ON_SQLITE
def test_nothing_else_is_open(app: Flask) -> None:
    """Security 6: a new endpoint is closed unless it says otherwise."""
    client = app.test_client()
    refused = set()
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for argument in rule.arguments:
            path = path.replace(f"<{argument}>", "x").replace(f"<path:{argument}>", "x")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            reply = client.open(path, method=method, json={}, buffered=True)
            if reply.json == {"problem": {"code": "sign_in_needed"}}:
                refused.add(rule.endpoint)
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert refused | OPEN == endpoints
    assert refused & OPEN <= {"session.who_am_i", "session.refresh"}


@ON_SQLITE
@pytest.mark.parametrize("path", ["/openapi.json", "/api/openapi.json", "/docs/openapi.json", "/console"])
def test_the_contract_is_not_served(app: Flask, path: str) -> None:
    """Security 43."""
    reply = app.test_client().get(path, buffered=True)
    assert reply.status_code == 404 or reply.mimetype == "text/html"


@ON_SQLITE
def test_replies_hold_what_the_contract_says(sign_in: SignIn) -> None:
    """Security 10."""
    schemas = orjson.loads(CONTRACT.read_bytes())["components"]["schemas"]
    mikko = sign_in("mikko")
    devices = mikko.get("/api/devices").json
    assert devices is not None
    assert mikko.session.keys() == schemas["SessionReply"]["properties"].keys()
    assert devices["devices"][0].keys() == schemas["DeviceReply"]["properties"].keys()
