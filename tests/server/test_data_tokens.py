"""Tokens of the data API: who makes one, what it opens and never opens, and that a revoked one stays revoked."""

import shlex
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select, text, update
from werkzeug.test import TestResponse

from server import create_app, serve
from server.auth import security_log_reading, tokens
from server.cli import main
from server.config import LIMITS, Settings
from server.core import journal_file, timestamps
from server.core.database import writing
from server.core.models import AuditEvent, Organisation, SecurityEvent, db
from server.core.sign_in_tables import DataToken
from server.rules.dates import FINLAND
from tests.cast import ON_SQLITE, Cast, Phone, SignIn
from tests.server.test_contract import OPEN
from tests.server.test_gate import addresses

TODAY = datetime.now(FINLAND).date()
WANTED: dict[str, Any] = {"name": "Power BI", "kinds": ["case", "visit"], "team": None, "with_codes": False}
REFUSED = (401, {"problem": {"code": "data_token_refused"}})
PATH = "/api/admin/data-tokens"


def make(phone: Phone, days: int = 30, **other: Any) -> TestResponse:
    return phone.post(PATH, WANTED | {"last_day": str(TODAY + timedelta(days=days))} | other)


def made(phone: Phone, **other: Any) -> str:
    reply = make(phone, **other)
    assert reply.status_code == 200, reply.json
    secret: str = reply.get_json()["token"]
    return secret


def ask(app: Flask, secret: str, path: str = "/api/data/visit") -> tuple[int, Any]:
    reply = app.test_client().get(path, headers={"Authorization": f"Bearer {secret}"})
    return reply.status_code, reply.json


def listed(phone: Phone) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = phone.get(PATH).get_json()["tokens"]
    return found


def change(app: Flask, **values: str) -> None:
    with app.app_context(), writing() as transaction:
        transaction.execute(update(DataToken).values(**values))


def test_a19_an_administrator_makes_one_that_reads(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A19] [A8] Told once and kept as a hash; the list says what it reads, until when, and when it was used last."""
    satu = sign_in("satu")
    secret = made(satu, team=cast.aino.team)
    (one,) = listed(satu)
    assert (one["name"], one["kinds"], one["team_name"]) == ("Power BI", ["case", "visit"], "North")
    assert (one["made_by"], one["last_day"], one["living"]) == (cast.satu.id, str(TODAY + timedelta(days=30)), True)
    assert one["last_used_at"] is None
    assert ask(app, secret)[0] == 200
    assert listed(satu)[0]["last_used_at"] is not None
    with app.app_context(), db.engine.connect() as connection:
        for table in ("data_token", "audit_event", "security_event"):
            assert secret not in str(connection.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608
        told = {line.event: line.detail for line in security_log_reading.entries(connection)}
        assert one["id"] in told["data_token"]
        read = select(AuditEvent.actor, AuditEvent.detail).where(AuditEvent.event == "data_read")
        (noted,) = connection.execute(read).all()
    assert (noted.actor, orjson.loads(noted.detail)["table"]) == (None, "visit")
    assert sign_in("mikko").get(PATH).status_code == 403


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"days": -1}, "last_day"),
        ({"days": LIMITS.data_token_days_max + 1}, "last_day"),
        ({"last_day": "2026-02-31"}, "last_day"),
        ({"team": "nobodys-team"}, "team"),
        ({"kinds": []}, "kinds"),
        ({"kinds": ["visits"]}, "kinds"),
        ({"kinds": ["referral"]}, "kinds"),
        ({"kinds": ["support_need"]}, "kinds"),
        ({"kinds": ["shift"]}, "kinds"),
        ({"name": "   "}, "name"),
    ],
)
def test_a19_what_no_token_is_made_for(sign_in: SignIn, other: dict[str, Any], field: str) -> None:
    """[A19] [D4] Nor longer than a year, nor what an administrator does not read, nor what is one person's own."""
    reply = make(sign_in("satu"), **other)
    assert (reply.status_code, [each.split(".")[0] for each in reply.get_json()["problem"]["fields"]]) == (422, [field])


def test_a19_the_last_day_is_one_of_them(app: Flask, sign_in: SignIn) -> None:
    """[A19] Today at the soonest, a year at the most."""
    satu = sign_in("satu")
    for days in (0, LIMITS.data_token_days_max):
        assert ask(app, made(satu, days=days))[0] == 200


def test_a19_as_many_as_there_may_be(app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """[A19] One that is revoked makes room."""
    satu = sign_in("satu")
    monkeypatch.setattr("server.auth.data_tokens.LIMITS", replace(LIMITS, data_tokens_max=1))
    first = make(satu).get_json()
    assert make(satu).get_json() == {"problem": {"code": "fields_invalid", "fields": {"name": ["too_many"]}}}
    assert satu.post(f"{PATH}/{first['id']}/end").status_code == 204
    assert ask(app, made(satu))[0] == 200


@ON_SQLITE
def test_a19_it_opens_the_data_api_and_nothing_else(app: Flask, sign_in: SignIn) -> None:
    """[A19] [J1] Alone, and with an administrator's cookies and CSRF value beside it; those alone open no data."""
    satu = sign_in("satu")
    bearer = {"Authorization": f"Bearer {made(satu)}"}
    opened: set[str] = set()
    for method, path, endpoint in addresses(app):
        address = path.replace("/api/data/x", "/api/data/visit")
        if endpoint in OPEN or method == "HEAD":
            continue
        alone = app.test_client().open(address, method=method, headers=bearer, json={}, buffered=True)
        opened |= {endpoint} if alone.status_code < 400 else set()
        if endpoint in tokens.DATA_TOKEN_MAY:
            assert satu.client.open(address, method=method, headers=satu.headers).json == REFUSED[1]
            assert satu.client.open(address, method=method, headers=bearer, buffered=True).status_code == 200
        else:
            beside = satu.client.open(address, method=method, headers=bearer, json={}, buffered=True)
            assert beside.status_code >= 400, (method, path)
    assert opened == tokens.DATA_TOKEN_MAY


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Basic YTpi",
        "Bearer ä€",
        "Bearer %00",
        "Bearer ovikello_data_x",
        "x" * 7000,
    ],
)
def test_a19_what_is_no_token_opens_nothing(app: Flask, sign_in: SignIn, header: str) -> None:
    """[A19] A problem of the catalogue, and the security log counts it."""
    made(sign_in("satu"))
    for path in ("/api/data", "/api/data/visit", "/api/data/nothing"):
        reply = app.test_client().get(path, headers={"Authorization": header})
        assert (reply.status_code, reply.json) == REFUSED
    with app.app_context():
        counted = select(SecurityEvent.org, SecurityEvent.account).where(SecurityEvent.event == "data_token_refused")
        assert set(map(tuple, db.session.execute(counted))) == {("", None)}


def test_a19_one_that_is_over_opens_nothing(app: Flask, sign_in: SignIn) -> None:
    """[A19] To the end of its last day, Finland's; the very second is over."""
    satu = sign_in("satu")
    secret = made(satu)
    change(app, ends_at=timestamps.now())
    assert ask(app, secret) == REFUSED
    assert listed(satu)[0]["living"] is False


def test_a19_revoked_is_revoked(app: Flask, sign_in: SignIn) -> None:
    """[A19] [A8] From the next request on, and once."""
    satu = sign_in("satu")
    secret = made(satu)
    (one,) = listed(satu)
    assert satu.post(f"{PATH}/{one['id']}/end").status_code == 204
    assert ask(app, secret) == REFUSED
    assert satu.post(f"{PATH}/{one['id']}/end").status_code == 404
    assert listed(satu)[0]["revoked_at"] is not None
    with app.app_context(), db.engine.connect() as connection:
        assert "data_token_end" in {line.event for line in security_log_reading.entries(connection)}


def test_a19_a_restored_backup_brings_no_revoked_one_back(
    app: Flask, settings: Settings, sign_in: SignIn, cast: Cast
) -> None:
    """[A19] [L5] [L11] A database that forgot: what was revoked stays so, and one that it never had is there again."""
    satu = sign_in("satu")
    revoked, kept = made(satu, name="Peruttu"), made(satu, name="Jää", kinds=["exit"])
    (one,) = [each for each in listed(satu) if each["name"] == "Peruttu"]
    assert satu.post(f"{PATH}/{one['id']}/end").status_code == 204
    assert revoked not in settings.journal_path.read_text()
    assert kept not in settings.journal_path.read_text()
    with app.app_context(), writing() as transaction:
        transaction.execute(text("DELETE FROM data_token WHERE name = 'Jää'"))
        transaction.execute(text("UPDATE data_token SET revoked_at = NULL"))
        transaction.execute(text("DELETE FROM audit_event WHERE event LIKE 'data_token%'"))
    assert ask(app, revoked)[0] == 200
    restored = create_app(settings)
    serve.bring_up_to_date(restored)
    assert ask(restored, revoked) == REFUSED
    assert ask(restored, kept, "/api/data/exit")[0] == 200
    with restored.app_context():
        db.session.remove()
        db.engine.dispose()
    again = {each["name"]: each for each in listed(satu)}
    assert (again["Jää"]["kinds"], again["Jää"]["made_by"]) == (["exit"], cast.satu.id)
    assert {"data_token", "data_token_end"} <= {line["event"] for line in journal_file.lines_of(settings.journal_path)}


def test_a19_as_much_at_a_time_as_a_device(app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """[A19] What it has had done costs it a wait, and nobody else."""
    satu = sign_in("satu")
    busy, other = made(satu), made(satu)
    little = replace(LIMITS, device_work_s=0, device_work_share=0.001)
    monkeypatch.setattr("server.core.device_quota.LIMITS", little)
    assert ask(app, busy)[0] == 200
    reply = app.test_client().get("/api/data/visit", headers={"Authorization": f"Bearer {busy}"})
    assert (reply.status_code, reply.json) == (503, {"problem": {"code": "try_later"}})
    assert int(reply.headers["Retry-After"]) >= 1
    assert ask(app, other)[0] == 200
    assert satu.get(PATH).status_code == 200


@ON_SQLITE
def test_a19_by_command(app: Flask, cast: Cast, settings: Settings) -> None:
    """[A19] `ovikello token add`, `list` and `revoke`, and what they refuse."""
    with app.app_context():
        organisation = db.session.get_one(Organisation, cast.aino.org).name
        db.session.remove()
        db.engine.dispose()
    where = ("--data-dir", str(settings.data_dir), "--organisation", organisation)

    def run(line: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["token", *shlex.split(line), *where])
        return done.exit_code, done.output

    until = TODAY + timedelta(days=9)
    code, said = run(f"add 'Power BI' --kind visit --team North --until {until}")
    assert code == 0, said
    assert ask(app, said.strip())[0] == 200
    listed_now = run("list")[1]
    assert f"Power BI  visit  until {until}  last used 2" in listed_now
    assert run(f"revoke {listed_now.split()[0]}") == (0, "The token is revoked.\n")
    assert ask(app, said.strip()) == REFUSED
    assert "opens nothing" in run("list")[1]
    for refused in (
        f"revoke {listed_now.split()[0]}",
        f"add x --kind visit --team Nowhere --until {until}",
        "add x --kind visit --until 2020-01-01",
    ):
        assert run(refused)[0] == 1, refused
    for misspelt in (f"add x --kind referral --until {until}", "add x --kind visit --until tomorrow", "add x"):
        assert run(misspelt)[0] == 2, misspelt
