"""docs/openapi.json is what the application does, and nothing is reached without a session."""

import hashlib
import re
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner
from flask import Flask

from server import config
from server.auth import tokens
from server.cli import main
from server.core.problems import CATALOGUE
from server.kinds import KINDS
from server.kinds.base import Items
from tests import contract_check
from tests.cast import ON_SQLITE, SignIn
from tests.contract_check import faults

CONTRACT = Path(__file__).parents[2] / "docs" / "openapi.json"
SPECIFICATION = CONTRACT.with_name("SPEC.md").read_text(encoding="utf-8")
VECTORS = Path(__file__).parents[1] / "vectors" / "digest.json"
#: what needs no session, by endpoint
OPEN = {
    "calendar_address.calendar",
    "reminders.put_off",
    "session.sign_in",
    "session.end",
    "providers.all_of",
    "providers.leave",
    "providers.come_back",
    "providers.start",
    "health.health",
    "survey.answer",
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


def test_what_a_client_needs_of_the_limits_is_true() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \|", SPECIFICATION, re.MULTILINE)
    assert len(rows) > 20
    known = {"PROTOCOL": config.PROTOCOL, "SCHEMA": config.SCHEMA, **vars(config.LIMITS)}
    assert {name: int(value) for name, value in rows} == {name: known[name] for name, _ in rows}


def asked_of_a_client() -> dict[str, int]:
    """What stands in the table of "Signing in, and what a refusal asks for": a code, and the status beside it."""
    table = SPECIFICATION.partition("| Answer | What it asks of a client |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| (\d.+?) \|", table, re.MULTILINE)
    return {code: int(status) for row in rows for status, code in re.findall(r"(\d{3}) `(\w+)`", row)}


def test_the_table_of_refusals_has_the_statuses_of_the_catalogue() -> None:
    """Each that a second client reads there, whichever its status."""
    told = asked_of_a_client()
    assert len(told) > 12
    assert told == {code: CATALOGUE[code]["status"] for code in told}


@pytest.mark.parametrize("status", ["401", "403", "426", "429"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "/api/session"),
        ("post", "/api/session/refresh"),
        ("post", "/api/session/confirm"),
        ("post", "/api/session/end"),
        ("post", "/api/admin/people"),
        ("post", "/api/password"),
        ("get", "/api/device"),
        ("post", "/api/device/wiped"),
        ("post", "/api/sync"),
    ],
)
def test_a_second_client_reads_what_each_refusal_of_signing_in_asks_for(method: str, path: str, status: str) -> None:
    """Every 401, 403 and 429 that signing in, refreshing, locking and exchanging may answer stands in the table."""
    said = orjson.loads(CONTRACT.read_bytes())["paths"][path][method]["responses"].get(status, {})
    assert set(said.get("x-problems", [])) <= asked_of_a_client().keys()


def test_every_map_whose_items_merge_stands_in_the_specification() -> None:
    rows = re.findall(r"^\| `(\w+\.\w+)` \| ", SPECIFICATION, re.MULTILINE)
    declared = [(name, kind.declared()) for name, kind in KINDS.items()]
    maps = {f"{name}.{field}" for name, each in declared for field, one in each.items() if isinstance(one, Items)}
    assert sorted(rows) == sorted(maps)


def test_d1_the_worked_example() -> None:
    """[D1] Its lines give the hash that stands below them."""
    lines, told = re.findall(r"```\n(   rec-1\n.+?)\n   ```\n.+?`([0-9a-f]{64})`", SPECIFICATION, re.DOTALL)[0]
    five = "\n".join(line.strip() for line in lines.splitlines())
    assert hashlib.sha256(five.encode()).hexdigest() == told
    vector = next(each for each in orjson.loads(VECTORS.read_bytes()) if each["name"] == "text")
    assert (vector["then"], vector["given"]["version"][0]) == (told, five.split("\n")[2])


def test_every_operation_names_its_problems() -> None:
    """As the guards and the code below a view raise them; an answer of a test that is another fails there."""
    paths = orjson.loads(CONTRACT.read_bytes())["paths"]

    def problems(method: str, path: str, status: str) -> list[str] | None:
        found: list[str] | None = paths[path][method]["responses"].get(status, {}).get("x-problems")
        return found

    assert problems("post", "/api/password", "429") == ["too_many_tries"]
    assert problems("post", "/api/review-queue/{change}/release", "404") == ["not_found"]
    assert problems("put", "/api/checkins/{check_in}", "409") == ["check_in_nobody", "check_in_on_already"]
    assert problems("post", "/api/sync", "403") == ["device_wiped", "second_factor_set_up_needed"]
    assert problems("get", "/api/health", "401") is None
    assert all(
        "default" not in one["responses"] for path in paths.values() for one in path.values() if "responses" in one
    )


@pytest.mark.parametrize(
    ("kind", "value", "is_right"),
    [
        ("VisitFields", {"minutes": {"travel": 30}}, True),
        ("VisitFields", {"minutes": {"sleep": 30}}, False),
        ("VisitFields", {"minutes": {"travel": True}}, False),
        ("VisitFields", {"minutes": None}, True),
        ("SyncVerdict", {"id": "a", "verdict": "applied", "author": "b"}, False),
        ("SyncVerdict", {"id": "a"}, False),
        ("SyncVerdict", {"id": "a", "verdict": "lost"}, False),
        ("SyncRecord", {"seq": 1, "id": "a", "kind": "note", "case": "c", "by": [["x", "y"]], "fields": {}}, False),
        ("SyncRecord", {"seq": 1, "id": "a", "kind": "note", "case": "c", "by": [], "fields": {"a/b/c": []}}, False),
    ],
)
def test_the_check_of_answers_sees(kind: str, value: object, *, is_right: bool) -> None:
    assert (faults(value, {"$ref": f"#/components/schemas/{kind}"}) == []) is is_right


@ON_SQLITE
def test_an_answer_that_the_contract_does_not_know_fails(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    responses = contract_check.CONTRACT["paths"]["/api/session"]["get"]["responses"]
    client = app.test_client()
    assert client.get("/api/session").status_code == 401
    monkeypatch.setitem(responses["401"], "x-problems", ["csrf_failed"])
    with pytest.raises(AssertionError, match="a problem that is not in the contract: sign_in_needed"):
        client.get("/api/session")
    monkeypatch.delitem(responses, "401")
    with pytest.raises(AssertionError, match="a status that is not in the contract"):
        client.get("/api/session")


@ON_SQLITE
def test_an_answer_without_content_is_no_json(app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is where a view returns nothing: the app takes it for somebody else's answer."""
    name, _ = app.url_map.bind("localhost").match("/api/push/subscription", "DELETE")
    monkeypatch.setitem(app.view_functions, name, lambda: ("", 204, {"Content-Type": "application/json"}))
    aino = sign_in("aino")
    with pytest.raises(AssertionError, match="said to be JSON"):
        aino.delete("/api/push/subscription")


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
            is_of_data = rule.endpoint in tokens.DATA_TOKEN_MAY
            if reply.json == {"problem": {"code": "data_token_refused" if is_of_data else "sign_in_needed"}}:
                refused.add(rule.endpoint)
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert refused | OPEN == endpoints
    assert refused & OPEN == set()


@ON_SQLITE
def test_the_service_worker_leaves_the_servers_own_addresses_alone(app: Flask) -> None:
    """What it reads at its build is the first part of every address that is no page of the app."""
    written = orjson.loads((CONTRACT.parents[1] / "server" / "own_paths.json").read_bytes())
    rules = (rule for rule in app.url_map.iter_rules() if rule.endpoint != "static.static")
    assert sorted({rule.rule.split("/")[1] for rule in rules}) == written


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
