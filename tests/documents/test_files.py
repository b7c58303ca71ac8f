"""/api/cases/…/documents/… and `ovikello codes`: what is missing is told, or there is a file, and it is noted."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from server.cli import main
from server.config import LIMITS, Settings
from server.core.database import writing
from server.core.models import AuditEvent, User, db
from server.directory import people
from server.documents import codes
from server.sync import scope
from tests.cast import ON_SQLITE, Cast, SignIn
from tests.documents import invented
from tests.documents.structure import faults
from tests.reminding import Entries, Now

CASE = "case-9"
DECISION = {"status": "active", "start": "2026-01-01", "end": "2026-12-31", "task": "working_age_services"}
BEGINS = f"/api/cases/{CASE}/documents/service_begins/decision-1"


@pytest.fixture
def client(app: Flask, cast: Cast) -> None:
    """Of Aino Laine's, with a decision."""
    with app.app_context(), writing() as transaction:
        transaction.get_one(User, cast.aino.key).display_name = "Aino Laine"
        scope.open_file(transaction, cast.aino.org, CASE, cast.aino.team)
        scope.grant(transaction, cast.aino.org, cast.aino.id, [CASE], "own_client")
        people.publish(transaction, cast.aino.org)
    enter = Entries(app, Now())
    enter(cast.aino, CASE, {"client_name": "Paavo Pulmunen", "own_worker": cast.aino.id}, kind="case", case=CASE)
    decision = DECISION | {"service_type": "supported_housing"}
    enter(cast.aino, "decision-1", decision, kind="decision", case=CASE)


def load(settings: Settings, tables: Any, name: str = "tables.json") -> Path:
    path = settings.data_dir / name
    path.write_text(json.dumps(tables), encoding="utf-8")
    codes.load(path, settings.data_dir, production=False)
    return path


@pytest.mark.usefixtures("client")
def test_z14_what_is_missing_is_told_and_no_document_is_made(settings: Settings, sign_in: SignIn) -> None:
    """[Z14] [Z15] Without tables the codes are named; with them the identity code is left, which the county adds."""
    aino = sign_in("aino")
    refused = aino.get(BEGINS)
    assert refused.status_code == 409
    assert refused.get_json()["problem"] == {
        "code": "document_lacks",
        "fields": {
            "Palvelutehtävä": ["service_task_thl/working_age_services"],
            "Sosiaalipalvelu": ["service_type/supported_housing"],
        },
    }
    load(settings, invented.tables())
    assert "henkilotunnus" not in aino.get(BEGINS).text


@pytest.mark.usefixtures("client")
def test_z16_a_document_as_json_xhtml_and_pdf(app: Flask, settings: Settings, sign_in: SignIn) -> None:
    """[Z16] [Z17] In Finnish and Swedish; PDF/A; each is noted first, and told in the client's access log."""
    load(settings, invented.tables())
    aino = sign_in("aino")
    content = json.loads(aino.get(f"{BEGINS}?language=sv").data)
    assert faults("19002.2022.1.10", content, invented.names()) == [
        "merkinta_sosiaalipalvelun_alkamisesta/asiakas/henkilotunnus: required"
    ]
    said = content["merkinta_sosiaalipalvelun_alkamisesta"]
    assert said["palvelutehtava"]["display"].startswith("PÅHITTAD 1221")
    page = aino.get(f"{BEGINS}?format=xhtml")
    assert page.content_type == "application/xhtml+xml; charset=utf-8"
    assert page.headers["Content-Disposition"] == 'attachment; filename="19002.2022.1.10-2026-01-01.xhtml"'
    assert "Pulmunen" in page.text
    paper = aino.get(f"{BEGINS}?format=pdf")
    assert paper.data.startswith(b"%PDF-")
    assert b"pdfaid" in paper.data
    with app.app_context():
        noted = db.session.scalars(select(AuditEvent.detail).where(AuditEvent.event == "document_made")).all()
    assert [json.loads(one)["format"] for one in noted] == ["json", "xhtml", "pdf"]
    log = sign_in("satu").get(f"/api/admin/access-log/client?client={CASE}").get_json()["entries"]
    assert {one["what"] for one in log} >= {"document_made"}


@pytest.mark.usefixtures("client")
def test_z17_others_and_stale_passwords_get_none(
    settings: Settings, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[Z17] Neither a colleague without access nor another organisation; nobody without a fresh password."""
    load(settings, invented.tables())
    aino = sign_in("aino")
    for name in ("sanna", "olli"):
        other = sign_in(name)
        assert other.get(BEGINS).status_code == 404
    assert sign_in("satu").get(BEGINS).status_code == 403
    for path in ("summary/decision-1", "service_begins/none", f"plan/{CASE}"):
        assert aino.get(f"/api/cases/{CASE}/documents/{path}").status_code == 404
    monkeypatch.setattr("server.auth.tokens.LIMITS", replace(LIMITS, password_fresh_minutes=-1))
    assert aino.get(BEGINS).get_json()["problem"]["code"] == "confirm_password"


@pytest.mark.usefixtures("client")
def test_z16_hostile_text_is_text(app: Flask, settings: Settings, cast: Cast, sign_in: SignIn) -> None:
    """[Z16] Markup, commands of the typesetter, signs that no typeface has: a page, and paper."""
    load(settings, invented.tables())
    note = "<script>alert(1)</script> &amp; #panic() $x$ *a* \\ 😀\u200d\u202e ต\t你好"
    Entries(app, Now())(cast.aino, "decision-1", {"note": note}, kind="decision", case=CASE)
    aino = sign_in("aino")
    page = aino.get(f"{BEGINS}?format=xhtml").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; #panic()" in page
    assert aino.get(f"{BEGINS}?format=pdf").data.startswith(b"%PDF-")


@pytest.mark.usefixtures("client")
def test_z15_a_device_gets_what_was_loaded(settings: Settings, sign_in: SignIn) -> None:
    """[Z15] Marked as invented; for those who work with clients."""
    aino = sign_in("aino")
    nothing: dict[str, Any] = {"loaded_at": None, "invented": False, "codes": {}, "partners": {}}
    assert aino.get("/api/documents/codes").get_json() == nothing
    load(settings, invented.tables())
    told = aino.get("/api/documents/codes").get_json()
    assert told["invented"] is True
    assert told["partners"]["service_task_thl/child_welfare"] == {"1221": "service_task_thl-6"}
    assert sign_in("satu").get("/api/documents/codes").status_code == 403


@pytest.mark.usefixtures("client")
def test_z17_what_a_device_made_by_itself_is_noted(app: Flask, sign_in: SignIn) -> None:
    """[Z17] With the moment that it says; nobody notes it of a file that they do not read."""
    made = {"format": "xhtml", "at": "2026-11-29T10:00:00Z"}
    assert sign_in("aino").post(BEGINS, made).status_code == 204
    assert sign_in("sanna").post(BEGINS, made).status_code == 404
    assert sign_in("aino").post(BEGINS, made | {"format": "pdf"}).status_code == 422
    assert sign_in("aino").post(f"/api/cases/{CASE}/documents/unknown/decision-1", made).status_code == 404
    with app.app_context():
        (noted,) = db.session.scalars(select(AuditEvent.detail).where(AuditEvent.event == "document_made")).all()
    assert json.loads(noted)["made_at"] == "2026-11-29T10:00:00Z"


def run(settings: Settings, *arguments: str, production: bool = False) -> tuple[int, str]:
    environment = {"OVIKELLO_PRODUCTION": "1" if production else "", "OVIKELLO_SECRET_KEY": settings.secret_key}
    environment |= {"OVIKELLO_DATABASE_URL": settings.database_url}
    result = CliRunner().invoke(main, ["codes", *arguments, "--data-dir", str(settings.data_dir)], env=environment)
    return result.exit_code, result.output


@ON_SQLITE
def test_z15_codes_are_loaded_by_a_command(settings: Settings) -> None:
    """[Z15] It says what is in use, and which of our codes nothing stands for."""
    path = settings.data_dir / "tables.json"
    path.write_text(json.dumps(invented.tables(without=["place/car"])), encoding="utf-8")
    status, said = run(settings, "load", str(path))
    assert status == 0, said
    assert said.endswith("place/car → 1250\n1 of our own codes have no partner.\n")
    assert run(settings, "check")[1].startswith("place/car")


def spoiled(change: Any) -> dict[str, Any]:
    tables = invented.tables()
    change(tables)
    return tables


@ON_SQLITE
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda tables: tables["codes"].append({"oid": "1"}), "it has to have exactly oid, version"),
        (lambda tables: tables["codes"].append("text"), "it has to have exactly"),
        (lambda tables: tables["codes"][0].update(valid_from="31.1.2026"), "valid_from is no day"),
        (lambda tables: tables["codes"][0].update(fi=""), "it lacks its code or its Finnish name"),
        (lambda tables: tables["codes"].append(tables["codes"][0]), "stands there 2 times"),
        (lambda tables: tables["codes"][0].update(oid="1.2.3"), "a code system's oid begins with"),
        (
            lambda tables: tables["partners"][0].update(catalogue="colour"),
            "no document is written from the list colour",
        ),
        (lambda tables: tables["partners"][0].update(own_code="blue"), "Ovikello has no such code"),
        (lambda tables: tables["partners"][0].update(code="?"), "is not among the codes of this file"),
        (lambda tables: tables["partners"].append(tables["partners"][0]), "stands there 2 times"),
        (lambda tables: tables.update(codes={}), 'the lists "codes" and "partners"'),
    ],
)
def test_z15_a_file_that_does_not_fit_is_refused_whole(settings: Settings, change: Any, told: str) -> None:
    """[Z15] In words; what was in use stays."""
    load(settings, invented.tables())
    before = codes.loaded(settings.data_dir)
    path = settings.data_dir / "unfit.json"
    path.write_text(json.dumps(spoiled(change)), encoding="utf-8")
    status, said = run(settings, "load", str(path))
    assert status == 1
    assert told in said
    assert codes.loaded(settings.data_dir) == before


@ON_SQLITE
def test_z15_invented_tables_are_none_for_production(settings: Settings) -> None:
    """[Z15] Nor is what is no JSON at all."""
    path = settings.data_dir / "tables.json"
    path.write_text(json.dumps(invented.tables()), encoding="utf-8")
    status, said = run(settings, "load", str(path), production=True)
    assert (status, "marked as invented" in said) == (1, True), said
    path.write_bytes(b"\xff\xfe{")
    assert "no JSON in UTF-8" in run(settings, "load", str(path))[1]
