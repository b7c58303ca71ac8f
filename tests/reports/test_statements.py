"""A statement of hours is proven by the log that it names: any line that was changed is found."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner

from server.cli import main
from server.reports import proof
from server.sync.exchange import reading
from tests.reports.office import Office

Statement = dict[str, Any]


@pytest.fixture(scope="module")
def statement(office: Office) -> Statement:
    """Report 21's example, as the commissioner was handed it; then one visit was corrected."""
    case = office.case("proven", client_id="A-9", phases_={"p": {"phase": "normal", "since": "2025-01-01"}})
    decision = office.write(case, "decision", status="active", start="2025-01-01", end="2025-12-31")
    for day, minutes in enumerate((70, 70, 65, 15), 2):
        more = {"client_work_indirect": 45} if minutes == 65 else {}
        office.write(
            case,
            "visit",
            id_=f"proven-{day}",
            actual={"start": f"2025-06-{day:02d}T09:00:00Z"},
            outcome={"code": "done"},
            minutes_={"client_work_direct": minutes} | more,
        )
    absent = {"actual": {"start": "2025-06-20T09:00:00Z"}, "outcome": {"code": "client_absent"}}
    office.write(case, "visit", minutes_={"client_work_direct": 60}, **absent)
    office.send()
    reply = office.phone("kaisa").get(f"/api/statements/{decision}/2025-06")
    assert reply.status_code == 200, reply.json
    office.write(case, "visit", id_="proven-2", minutes_={"travel": 90})
    office.send()
    found: Statement = reply.get_json()
    return found


def differences(office: Office, given: Statement) -> list[str]:
    with office.app.app_context(), reading() as connection:
        return list(proof.differences(connection, proof.GivenStatement(given, given["chain"], given["lines"])))


def test_z7_each_line_is_an_entry(office: Office, statement: Statement) -> None:
    """[Z7] Minutes are summed before they are rounded; what was not delivered stands with 0; no word, no name."""
    keys = ("contracted_hours", "direct_minutes", "indirect_minutes", "delivered_hours", "remaining_hours")
    assert [statement[key] for key in keys] == [7.0, 220, 45, 4.42, 2.58]
    assert (statement["not_delivered"], len(statement["lines"]), statement["client"]) == (1, 5, "A-9")
    assert statement["lines"][-1]["direct_minutes"] == 0
    assert statement["chain"]["length"] == 7
    for name, status in (("mikko", 200), ("satu", 200), ("aino", 404), ("sanna", 404), ("olli", 404)):
        address = f"/api/statements/{statement['decision']}/2025-06"
        assert office.phone(name).get(address).status_code == status, name
    for address in (f"{statement['decision']}/2025-13", "nobody/2025-06", "proven-2/2025-06"):
        assert office.phone("mikko").get(f"/api/statements/{address}").status_code == 404


def changed(change: Callable[[Statement], object]) -> Callable[[Statement], Statement]:
    def with_it(statement: Statement) -> Statement:
        copy: Statement = orjson.loads(orjson.dumps(statement))
        change(copy)
        return copy

    return with_it


@pytest.mark.parametrize(
    ("forged", "told"),
    [
        (
            changed(lambda one: one["lines"][0].update(direct_minutes=75)),
            "line 1, direct_minutes: the statement says 75",
        ),
        (changed(lambda one: one["lines"].pop(2)), "a line is missing: 2025-06-04"),
        (changed(lambda one: one["lines"].append({"record": "made-up"})), "line 6: the records have no such entry"),
        (changed(lambda one: one.update(delivered_hours=5.0)), "delivered_hours: the statement says 5.0"),
        (changed(lambda one: one["chain"].update(head="0" * 64)), "never ended with 000000000000"),
        (changed(lambda one: one["chain"].update(length=999)), "at 999 rows"),
        (changed(lambda one: one.update(decision="nobody")), "There is no decision nobody"),
    ],
)
def test_z7_what_was_changed_is_found(
    office: Office, statement: Statement, forged: Callable[[Statement], Statement], told: str
) -> None:
    """[Z7] The statement itself holds, also after later entries; a changed one is told of, line by line."""
    assert differences(office, statement) == []
    assert told in " ".join(differences(office, forged(statement)))


def test_z7_the_command(office: Office, statement: Statement, tmp_path: Path) -> None:
    """[Z7] `ovikello statement verify`."""
    url = office.app.config["SQLALCHEMY_DATABASE_URI"]
    environment = {"OVIKELLO_DATABASE_URL": url, "OVIKELLO_DATA_DIR": str(tmp_path)}

    def verified(content: bytes) -> tuple[int, str]:
        file = tmp_path / "statement.json"
        file.write_bytes(content)
        result = CliRunner().invoke(main, ["statement", "verify", str(file)], env=environment)
        return result.exit_code, result.output

    assert verified(orjson.dumps(statement)) == (0, "The statement holds: 5 lines, 4.42 hours.\n")
    statement_forged = changed(lambda one: one["lines"][1].update(outcome="moved"))(statement)
    status, output = verified(orjson.dumps(statement_forged))
    assert (status, "line 2, outcome: the statement says moved, the records done." in output) == (1, True)
    assert "This is no statement of hours." in verified(b"[]")[1]
