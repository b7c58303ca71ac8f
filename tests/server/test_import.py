"""Clients and people of a table, by an administrator: /api/admin/import (SPEC A15–A18)."""

import gzip
import itertools
from dataclasses import replace
from datetime import date

import orjson
import pytest
from flask import Flask
from sqlalchemy import delete, select

from server.config import LIMITS
from server.core import journal, transaction
from server.core.database import writing
from server.core.models import Access, AccessEvent, AuditEvent, CaseFile, Change, Record, User, db
from server.core.problems import Problem
from server.importing import bringing
from server.sync import erasing, scope
from tests.cast import Cast, Phone, SignIn
from tests.importing import COLUMNS, HEADS, KERTTU, PAAVO, asked, bring, csv_of, xlsx_of
from tests.server.test_session import attempt, code_of

TABLE = csv_of(HEADS, PAAVO, KERTTU)
PEOPLE_HEADS = ["Nimi", "Käyttäjätunnus", "Rooli", "Tiimi", "Puhelin"]
PEOPLE_COLUMNS = ["display_name", "name", "role", "team", "phone"]
VEERA = ["Veera Uusi", "veera", "Asumisohjaaja", "North", "040 765 4321"]


@pytest.fixture
def satu(sign_in: SignIn) -> Phone:
    return sign_in("satu")


def headers(app: Flask, org: str) -> dict[str, dict[str, object]]:
    """By the client's number: what its header holds, its case and its author."""
    found = {}
    with app.app_context():
        wanted = select(Record.case, Record.body, Change.author).join(Change, Change.record == Record.id)
        for case, body, author in db.session.execute(wanted.where(Record.org == org, Record.kind == "case")):
            fields = {path: versions[0][1] for path, versions in orjson.loads(body)["fields"].items()}
            found[str(fields.get("client_id"))] = fields | {"case": case, "author": author}
    return found


def readers(app: Flask, case: object) -> dict[str, str]:
    with app.app_context():
        joined = select(User.display_name, Access.reason).join(Access, Access.user == User.id)
        return {name.lower(): reason for name, reason in db.session.execute(joined.where(Access.case == case))}


def audited(app: Flask, event: str) -> list[tuple[str | None, dict[str, object]]]:
    with app.app_context():
        rows = db.session.execute(select(AuditEvent.actor, AuditEvent.detail).where(AuditEvent.event == event))
        return [(actor, orjson.loads(detail)) for actor, detail in rows]


def test_a16_a_table_says_its_columns_by_their_heads(satu: Phone) -> None:
    """[A16] With the first cells, what each may stand for, and which are asked for."""
    told = satu.post("/api/admin/import/clients/columns", asked(TABLE)).json or {}
    assert told["rows"] == 2
    assert [each["target"] for each in told["columns"]] == COLUMNS
    assert told["columns"][1] == {"head": "Sukunimi", "examples": ["Koski", "Åberg"], "target": "family_name"}
    required = {each["key"]: each["label"] for each in told["targets"] if each["required"]}
    assert required == {"own_worker": "Vastuutyöntekijä"}
    swedish = satu.post("/api/admin/import/people/columns", asked(TABLE, language="sv")).json or {}
    assert {each["key"]: each["label"] for each in swedish["targets"]}["role"] == "Roll"


def test_a17_clients_of_a_table_are_opened_for_their_workers(app: Flask, cast: Cast, satu: Phone) -> None:
    """[A17] By the same door as everybody's changes; the administrator reads none of them afterwards."""
    tried = satu.post("/api/admin/import/clients/preview", asked(TABLE, COLUMNS)).json
    assert tried == {"new": 2, "there": 0, "faulty": 0, "rows": []}
    assert headers(app, cast.satu.org) == {}
    assert bring(satu, "clients", TABLE, COLUMNS)["made"] == 2
    paavo, kerttu = (headers(app, cast.satu.org)[code] for code in ("OV-0101", "OV-0102"))
    assert paavo["client_name"] == "Paavo Koski"
    assert paavo["service"] == {"start": "2026-12-03"}
    assert (paavo["own_worker"], paavo["team"], paavo["author"]) == (cast.aino.id, cast.aino.team, cast.satu.id)
    assert (kerttu["own_worker"], kerttu["language"], kerttu["family_name"]) == (cast.liisa.id, "sv", "Åberg")
    assert readers(app, paavo["case"]) == {"aino": "own_client", "mikko": "supervision"}
    assert [(by, detail["count"]) for by, detail in audited(app, "clients_imported")] == [(cast.satu.id, 2)]
    assert [(by, detail["rows"]) for by, detail in audited(app, "import_tried")] == [(cast.satu.id, 2)]


def test_a17_a_worker_finds_them_at_the_next_exchange(satu: Phone, sign_in: SignIn) -> None:
    """[A17] In the feed, with digests and a chain that hold."""
    aino = sign_in("aino")
    bring(satu, "clients", TABLE, COLUMNS)
    told = aino.post("/api/sync", {"protocol": 2, "schema": 1, "device": aino.session["device"], "changes": []}).json
    names = [record["fields"]["client_name"][0][1] for record in (told or {})["records"] if record["kind"] == "case"]
    assert names == ["Paavo Koski"]


def test_a17_the_same_file_twice_makes_nobody_twice(app: Flask, cast: Cast, satu: Phone) -> None:
    """[A17] Nor a mended one whose clients are there by their number or name."""
    bring(satu, "clients", TABLE, COLUMNS)
    again = bring(satu, "clients", TABLE, COLUMNS)
    assert again["made"] == 0
    assert [row["outcome"] for row in again["rows"]] == ["there", "there"]
    assert "Tuotiin jo" in again["rows"][0]["faults"][0]["text"]
    nameless = [[*PAAVO[:1], "Toinen", *PAAVO[2:]], ["", *KERTTU[1:]], ["OV-0103", "Koski", "Paavo", *PAAVO[3:]]]
    mended = bring(satu, "clients", csv_of(HEADS, *nameless), COLUMNS)
    assert [row["outcome"] for row in mended["rows"]] == ["there", "there", "new"]
    assert [row["faults"][0]["column"] for row in mended["rows"][:2]] == ["Asiakasnumero", "Sukunimi"]
    assert len(headers(app, cast.satu.org)) == 3


def test_a17_what_cannot_be_taken_is_told_by_row_column_and_reason(app: Flask, cast: Cast, satu: Phone) -> None:
    """[A17] The whole is refused, or those rows are left out: nothing is half."""
    bad = [
        ["OV-0201", "Yksi", "A", "eikukaan", "3.12.2026", "", "", ""],
        ["OV-0202", "Kaksi", "B", "aino", "31.2.2026", "", "", ""],
        ["OV-0203", "", "", "aino", "", "", "", ""],
        ["OV-0101", "Koski", "Paavo", "aino", "", "", "", ""],
        ["OV-0204", "Neljä", "D", "satu", "ensi viikolla", "12", "klingon", ""],
        ["OV-0205", "Viisi", "E", "", "", "", "", ""],
        ["131052-308T", "Kuusi", "F", "aino", "", "", "", ""],
        ["OV-0206", "Seitsemän", "G", "aino", "", "", "", "", "liikaa"],
        ["OV-0207", "=A1+1", "H", "aino", "", "", "", ""],
    ]
    table = csv_of(HEADS, PAAVO, *bad)
    tried = satu.post("/api/admin/import/clients/preview", asked(table, COLUMNS, language="en")).json or {}
    assert (tried["new"], tried["faulty"]) == (1, len(bad))
    assert {row["row"]: [(fault["column"], fault["text"]) for fault in row["faults"]] for row in tried["rows"]} == {
        3: [("Ohjaaja", "Nobody has the user name or name “eikukaan”.")],
        4: [("Palvelu alkaa", "“31.2.2026” is not in the calendar.")],
        5: [("Sukunimi", "The name is missing.")],
        6: [("Asiakasnumero", "The same as in row 2.")],
        7: [
            ("Ohjaaja", "Satu does not work with clients, or the account has ended."),
            ("Palvelu alkaa", "“ensi viikolla” is not a day. Write for example 3.12.2026."),
            ("Puh.", "“12” is not one phone number."),
            ("Kieli", "“klingon” is none of the choices."),
        ],
        8: [("Ohjaaja", "Missing.")],
        9: [("Asiakasnumero", "Looks like a personal identity code. Those are not imported.")],
        10: [(None, "The row has more cells than there are columns.")],
        11: [("Sukunimi", "The cell holds a formula. Write the value alone.")],
    }
    refused = satu.post("/api/admin/import/clients", asked(table, COLUMNS))
    assert code_of(refused) == "import_rows_faulty"
    assert headers(app, cast.satu.org) == {}
    assert bring(satu, "clients", table, COLUMNS, leave_out=True)["made"] == 1
    assert list(headers(app, cast.satu.org)) == ["OV-0101"]


def test_a17_what_breaks_off_goes_on_where_it_stopped(
    app: Flask, cast: Cast, satu: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[A17] A batch that fails leaves the ones before it, and the file brought again makes the rest."""
    rows = [[f"OV-{number:04}", f"Suku{number}", "Aatu", "aino", "", "", "", ""] for number in range(7)]
    table = csv_of(HEADS, *rows)
    monkeypatch.setattr(bringing, "LIMITS", replaced(import_batch_clients=2))
    batches = itertools.count()

    def breaks(work: object) -> object:
        if next(batches) == 2:
            raise Problem("try_later", retry_after_s=1)
        return transaction.in_one_transaction(work)  # type: ignore[arg-type]

    monkeypatch.setattr(bringing, "in_one_transaction", breaks)
    reply = satu.post("/api/admin/import/clients", asked(table, COLUMNS)).json or {}
    assert (reply["made"], reply["after"]) == (4, 5)
    assert len(headers(app, cast.satu.org)) == 4
    monkeypatch.undo()
    rest = bring(satu, "clients", table, COLUMNS)
    assert [row["outcome"] for row in rest["rows"]] == ["there"] * 4 + ["new"] * 3
    assert len(headers(app, cast.satu.org)) == 7


def test_a17_a_long_table_takes_several_requests(satu: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """[A17] Each says behind which row to go on."""
    rows = [[f"OV-{number:04}", f"Suku{number}", "Aatu", "aino", "", "", "", ""] for number in range(5)]
    monkeypatch.setattr(bringing, "LIMITS", replaced(import_batch_clients=2, import_s=0))
    told = bring(satu, "clients", csv_of(HEADS, *rows), COLUMNS)
    assert (told["made"], len(told["rows"]), told["requests"]) == (5, 5, 3)


def replaced(**limits: int) -> object:
    return replace(LIMITS, **limits)


def test_a17_xlsx_brings_what_csv_brings(app: Flask, cast: Cast, satu: Phone) -> None:
    """[A15] [A17] Days as days or as numbers of Excel's, a phone number that lost its nought."""
    rows = [
        [1017, "Koski", "Paavo", "aino", date(2026, 12, 3), 401234567, "suomi", "Harjula"],
        ["OV-2", "Åberg", "Kerttu", "Liisa", 46359, 358401234567, "Ruotsi", None],
    ]
    assert bring(satu, "clients", xlsx_of(HEADS, *rows), COLUMNS)["made"] == 2
    found = headers(app, cast.satu.org)
    assert [(found[code]["service"], found[code]["phone"]) for code in ("1017", "OV-2")] == [
        ({"start": "2026-12-03"}, "0401234567"),
        ({"start": "2026-12-03"}, "+358401234567"),
    ]


def test_a18_people_of_a_table_get_a_one_time_password(app: Flask, cast: Cast, satu: Phone) -> None:
    """[A18] Told once; signing in with it opens the choice of one's own. A team that is not there is told."""
    lost = ["Eetu Eksy", "eetu", "Tiimivastaava", "Ei sellaista", ""]
    twice = ["Veera Toinen", "VEERA", "field_worker", "", ""]
    table = csv_of(PEOPLE_HEADS, VEERA, lost, twice)
    tried = satu.post("/api/admin/import/people/preview", asked(table, PEOPLE_COLUMNS)).json or {}
    assert (tried["new"], tried["faulty"]) == (1, 2)
    told = bring(satu, "people", table, PEOPLE_COLUMNS, leave_out=True)
    (veera,) = told["invited"]
    assert (veera["row"], veera["name"], veera["display_name"]) == (2, "veera", "Veera Uusi")
    client = app.test_client()
    assert code_of(attempt(client, "veera", veera["one_time_password"])) == "password_change_needed"
    with app.app_context():
        user = db.session.scalars(select(User).where(User.display_name == "Veera Uusi")).one()
        assert (user.role, user.team, user.phone) == ("field_worker", cast.aino.team, "040 765 4321")
    assert [(by, detail["count"]) for by, detail in audited(app, "people_imported")] == [(cast.satu.id, 1)]
    again = bring(satu, "people", csv_of(PEOPLE_HEADS, VEERA), PEOPLE_COLUMNS)
    assert (again["made"], again["rows"][0]["outcome"]) == (0, "there")


def test_a16_columns_are_named_once_and_those_that_are_asked_for_too(satu: Phone) -> None:
    """[A16] What is not a field of the client's, another column, and one field in two columns."""
    for columns in (["client_id", "support_need"], ["own_worker", "own_worker"], ["own_worker", "home"]):
        assert code_of(satu.post("/api/admin/import/clients/preview", asked(TABLE, columns))) == "fields_invalid"
    lacking = satu.post("/api/admin/import/clients/preview", asked(TABLE, ["client_id"]))
    assert lacking.json == {"problem": {"code": "import_columns_lacking", "fields": {"own_worker": ["required"]}}}
    beyond = asked(TABLE) | {"columns": [{"column": 40, "target": "own_worker"}]}
    assert code_of(satu.post("/api/admin/import/clients/preview", beyond)) == "fields_invalid"
    assert code_of(satu.post("/api/admin/import/referral/preview", asked(TABLE, COLUMNS))) == "not_found"
    assert code_of(satu.post("/api/admin/import/clients/columns", {"file": "ei Base64:aa"})) == "fields_invalid"


@pytest.mark.parametrize("name", ["aino", "mikko"])
def test_a15_it_is_for_administrators(app: Flask, cast: Cast, sign_in: SignIn, name: str) -> None:
    """[A15] A worker and a leader are refused, whatever they send."""
    assert code_of(sign_in(name).post("/api/admin/import/clients", asked(TABLE, COLUMNS))) == "not_allowed"
    assert headers(app, cast.satu.org) == {}


def test_a17_a_client_of_another_organisation_is_nobody_here(app: Flask, cast: Cast, satu: Phone) -> None:
    """[A17] Neither found by name, nor a worker of it."""
    with app.app_context(), writing() as opening:
        scope.open_file(opening, cast.olli.org, "0190cccc-0000-7000-8000-0000000000aa", None)
    foreign = [*PAAVO[:3], "olli", *PAAVO[4:]]
    tried = satu.post("/api/admin/import/clients/preview", asked(csv_of(HEADS, foreign), COLUMNS)).json or {}
    assert (tried["faulty"], tried["rows"][0]["faults"][0]["column"]) == (1, "Ohjaaja")


def test_a17_a_restore_brings_them_back(app: Flask, cast: Cast, satu: Phone) -> None:
    """[A17] [L11] The same change from the journal, in the importer's name, where the backup is older."""
    bring(satu, "clients", TABLE, COLUMNS)
    before = headers(app, cast.satu.org)
    with app.app_context():
        forget(cast.satu.org)
        assert journal.replay(journal.path_of(app)) > 0
    after = headers(app, cast.satu.org)
    assert after == before
    assert readers(app, after["OV-0101"]["case"]) == {"aino": "own_client", "mikko": "supervision"}


def test_a17_a_client_who_is_erased_leaves_the_journal_and_comes_back_by_no_file(
    app: Flask, cast: Cast, satu: Phone
) -> None:
    """[A13] [A17] The line of that client alone says no more than ids."""
    bring(satu, "clients", TABLE, COLUMNS)
    paavo = str(headers(app, cast.satu.org)["OV-0101"]["case"])
    with app.app_context(), writing() as session:
        erasing.erase(session, cast.satu.org, [paavo], cast.satu.id)
    with app.app_context():
        written = journal.path_of(app).read_text(encoding="utf-8")
    assert ("Koski" in written, "Åberg" in written) == (False, True)
    assert bring(satu, "clients", TABLE, COLUMNS)["made"] == 0
    assert list(headers(app, cast.satu.org)) == ["OV-0102"]


def forget(org: str) -> None:
    """As a backup from before the import has it."""
    files = select(CaseFile.id).where(CaseFile.org == org, CaseFile.home == "case")
    with writing() as session:
        cases = list(session.scalars(files))
        for table in (Access, AccessEvent, Change, Record):
            session.execute(delete(table).where(table.case.in_(cases)))
        session.execute(delete(CaseFile).where(CaseFile.id.in_(cases)))
        events = ("case_open", "access_grant", "case_header")
        session.execute(delete(AuditEvent).where(AuditEvent.org == org, AuditEvent.event.in_(events)))


def test_a15_a_table_comes_packed_within_bounds_of_its_own(app: Flask, cast: Cast, satu: Phone) -> None:
    """[A15] [W10] Larger than a form, and no larger than a table."""

    def sent(body: bytes) -> str | int:
        packed = {"Content-Type": "application/json", "Content-Encoding": "gzip", **satu.headers}
        reply = satu.client.post("/api/admin/import/clients/preview", data=gzip.compress(body), headers=packed)
        return code_of(reply) if reply.status_code >= 400 else reply.status_code

    assert sent(orjson.dumps(asked(TABLE + b"\n" * LIMITS.form_bytes_max, COLUMNS))) == 200
    assert sent(b" " * (LIMITS.import_body_bytes_max + 1)) == "body_too_large"
    assert sent(b'{"columns":[' + b"1," * LIMITS.body_values_max + b"1]}") == "body_too_large"
    assert headers(app, cast.satu.org) == {}
