"""The administration of the app as commands: the same functions, in somebody's name, noted as theirs."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from server import create_app
from server.cli import main
from server.config import settings_from
from server.core.models import AuditEvent, db
from server.rules.dates import FINLAND
from tests.cast import PASSWORD

Run = Callable[..., Result]
PEOPLE = {
    "aino": "field_worker",
    "liisa": "field_worker",
    "mikko": "team_leader",
    "satu": "admin",
    "ville": "commissioner_viewer",
}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """With a team, and a client of Aino's."""

    def run(line: str, *more: str) -> Result:
        environment = {"OVIKELLO_DATA_DIR": str(tmp_path / "data"), "OVIKELLO_PRODUCTION": ""}
        return CliRunner().invoke(main, [*line.split(), *more], input=f"{PASSWORD}\n", env=environment)

    for name, role in PEOPLE.items():
        team = "" if name == "satu" else "--team North"
        added = run(f"user add {name} --organisation Harjula {team} --role {role} --password-stdin")
        assert added.exit_code == 0, added.output
    return run


@pytest.fixture
def case(run: Run) -> str:
    return said(run("case open aino --client-id OV-0001"))


def said(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


def refused(result: Result) -> str:
    assert result.exit_code == 1, result.output
    return result.output


def noted(tmp_path: Path) -> list[tuple[str, str | None]]:
    app = create_app(settings_from({"OVIKELLO_DATA_DIR": str(tmp_path / "data")}))
    with app.app_context():
        return [(row.event, row.actor) for row in db.session.scalars(select(AuditEvent))]


def test_a6_a11_a_caseload_is_lent_and_handed_over(run: Run, case: str) -> None:
    """[A6] [A11] By the leader: listed by code, a stand-in to a day and its end, then for good."""
    assert said(run("caseload list aino --by mikko")).startswith(f"{case}  OV-0001  ")
    until = datetime.now(FINLAND).date() + timedelta(days=7)
    assert said(run(f"stand-in add aino liisa --until {until} --by mikko")) == "1 clients are open to liisa."
    assert case in said(run("caseload list liisa --by mikko"))
    assert said(run("stand-in end liisa --by mikko")) == "1 clients are closed to liisa."
    assert said(run("caseload list liisa --by mikko")) == ""
    moved = said(run(f"caseload transfer aino liisa --case {case} --by satu"))
    assert moved == "1 clients and 0 planned visits go to liisa."
    assert case in said(run("caseload list liisa --by mikko"))
    assert "There is none" in refused(run(f"stand-in end aino --case {case} --by mikko"))


def test_a1_only_in_the_name_of_who_may_do_it_in_the_app(run: Run, case: str) -> None:
    """[A1] Neither a worker nor whoever pays, nor anybody whose account is closed."""
    for line in (
        "caseload transfer aino liisa --by aino",
        f"access-log client {case} --by ville",
        f"client-data {case} --by ville",
        "own-list show --by mikko",
    ):
        assert "may not do this" in refused(run(line)), line
    assert run("user close satu").exit_code == 0
    assert "may not do this" in refused(run("own-list show --by satu"))


def test_a9_a10_who_read_and_all_that_is_kept(run: Run, case: str, tmp_path: Path) -> None:
    """[A9] [A10] The data request is one document, noted in its reader's name, and stands in the access log."""
    document = json.loads(said(run(f"client-data {case} --by mikko")))
    assert [record["kind"] for record in document["records"]] == ["case"]
    assert "There is none" in refused(run(f"client-data {case} --by satu"))  # who administers reads no file
    for line in ("access-log client ov-0001 --by satu", "access-log person mikko --by satu"):
        assert "client_data_read" in said(run(line)), line
    events = noted(tmp_path)
    assert [event for event, actor in events if actor].count("access_log_read") == 2
    assert "client_data_read" in {event for event, _ in events}


def test_a20_own_entries_are_added_named_ordered_and_retired(run: Run) -> None:
    """[A20] In three languages; a label that is taken is refused in words."""
    labels = ("--fi", "Saunailta", "--sv", "Bastukväll", "--en", "Sauna evening")
    others = ("--fi", "Uinti", "--sv", "Simning", "--en", "Swimming")
    first = said(run("own-list add session_topic --by satu", *labels))
    assert "Another entry is called so." in refused(run("own-list add session_topic --by satu", *labels))
    second = said(run("own-list add session_topic --by satu", *others))
    assert run(f"own-list order session_topic {second} {first} --by satu").exit_code == 0
    assert run(f"own-list change {first} --retired --by satu", *labels).exit_code == 0
    rows = said(run("own-list show --by satu")).splitlines()
    assert [(second in row, "retired" in row) for row in rows] == [(True, False), (False, True)]
