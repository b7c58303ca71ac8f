"""`ovikello import`: the same as in the app, by a command (SPEC A15–A18)."""

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from server import create_app
from server.cli import main
from server.config import settings_from
from server.core.models import Access, AuditEvent, Change, Record, User, db
from tests.cast import PASSWORD
from tests.importing import HEADS, KERTTU, PAAVO, csv_of, xlsx_of

Run = Callable[..., Result]
LOST = ["OV-0103", "Lehto", "Eino", "eikukaan", "31.2.2026", "", "", ""]
TEAM = "user add {} --organisation Harjula --team North --role {} --password-stdin"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command on a folder of its own, in which Aino and Liisa work under Mikko."""

    def run(*given: str | Path) -> Result:
        environment = {"OVIKELLO_DATA_DIR": str(tmp_path / "data"), "OVIKELLO_PRODUCTION": ""}
        return CliRunner().invoke(main, [str(each) for each in given], input=f"{PASSWORD}\n", env=environment)

    for name, role in (("aino", "field_worker"), ("liisa", "field_worker"), ("mikko", "team_leader")):
        assert run(*TEAM.format(name, role).split()).exit_code == 0
    return run


def headers(folder: Path) -> list[tuple[str, str, bool]]:
    """Of each client: number, name, and whether the organisation itself wrote it."""
    app = create_app(settings_from({"OVIKELLO_DATA_DIR": str(folder / "data")}))
    with app.app_context():
        wanted = select(Record.body, Change.author, Record.org).join(Change, Change.record == Record.id)
        rows = db.session.execute(wanted.where(Record.kind == "case")).all()
        found = [(orjson.loads(body)["fields"], author == org) for body, author, org in rows]
        return sorted((each["client_id"][0][1], each["client_name"][0][1], own) for each, own in found)


def test_a17_clients_come_in_by_a_command(run: Run, tmp_path: Path) -> None:
    """[A17] Looked at, then brought; one that cannot be taken refuses the whole unless it is left out."""
    table, report = tmp_path / "clients.xlsx", tmp_path / "report.csv"
    table.write_bytes(xlsx_of(HEADS, PAAVO, KERTTU, LOST))
    tried = run("import", "clients", table, "--preview")
    assert tried.stdout == "2 can be imported\n0 there already\n1 cannot be taken\n"
    assert "row 4: Ohjaaja: Nobody has the user name or name “eikukaan”.\n" in tried.stderr
    assert "row 4: Palvelu alkaa: “31.2.2026” is not in the calendar.\n" in tried.stderr
    refused = run("import", "clients", table)
    assert (refused.exit_code, headers(tmp_path)) == (1, [])
    assert "nothing was imported" in refused.stderr
    done = run("import", "clients", table, "--leave-out", "--report", report, "--language", "fi")
    assert done.stdout.endswith("2 imported\n")
    assert headers(tmp_path) == [("OV-0101", "Paavo Koski", True), ("OV-0102", "Kerttu Åberg", True)]
    lines = report.read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].startswith("2;imported;;OV-0101;Koski;Paavo")
    assert lines[3].startswith("4;faulty;Tunnuksella tai nimellä ”eikukaan” ei ole ketään.")
    assert run("import", "clients", report, "--leave-out").stdout.endswith("0 imported\n")
    app = create_app(settings_from({"OVIKELLO_DATA_DIR": str(tmp_path / "data")}))
    with app.app_context():
        reading = select(User.display_name, Access.reason).join(Access, Access.user == User.id)
        assert set(map(tuple, db.session.execute(reading.where(Access.reason != "team")))) == {
            ("aino", "own_client"),
            ("liisa", "own_client"),
            ("mikko", "supervision"),
        }
        (event,) = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "clients_imported"))
        assert (event.actor, orjson.loads(event.detail)["count"]) == (None, 2)


def test_a18_people_come_in_by_a_command(run: Run, tmp_path: Path) -> None:
    """[A18] Each with a one-time password on a line of its own."""
    table = tmp_path / "people.csv"
    table.write_bytes(csv_of(["Nimi", "Tunnus", "Rooli", "Tiimi"], ["Veera Uusi", "veera", "Asumisohjaaja", "North"]))
    done = run("import", "people", table)
    name, password = done.stdout.splitlines()[3].split("\t")
    assert (name, done.stdout.splitlines()[4], len(password) > 10) == ("veera", "1 imported", True)
    assert (
        run("import", "people", table).stdout == "0 can be imported\n1 there already\n0 cannot be taken\n0 imported\n"
    )


def test_a16_a_column_is_named_by_hand(run: Run, tmp_path: Path) -> None:
    """[A16] Where its head does not say it; and the fields are listed."""
    table = tmp_path / "clients.csv"
    table.write_bytes(csv_of(["Asiakas", "Kuka"], ["Paavo Koski", "aino"]))
    lacking = run("import", "clients", table, "--preview")
    assert "(own_worker)" in lacking.stderr
    assert (
        "There is no column 'Ketä'. There are: Asiakas, Kuka"
        in run("import", "clients", table, "--column", "Ketä=own_worker").stderr
    )
    tried = run("import", "clients", table, "--preview", "--column", "Kuka=own_worker")
    assert tried.stdout.startswith("1 can be imported")
    assert "own_worker                   Key worker  (required)" in run("import", "clients", table, "--fields").stdout


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\0", b"Nimi;NIMI\na;b"])
def test_a15_what_is_no_table_is_told_in_a_line(run: Run, tmp_path: Path, content: bytes) -> None:
    """[A15] Without a trace."""
    table = tmp_path / "clients.csv"
    table.write_bytes(content)
    told = run("import", "clients", table)
    assert told.exit_code == 1
    assert told.stderr.startswith("Error: ")
