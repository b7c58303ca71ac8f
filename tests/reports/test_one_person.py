"""A client who was entered twice counts once in every figure, with the hours of both files (SPEC H7, Z7)."""

from typing import Any

import orjson
import pytest

from server.core.database import writing
from server.reports import proof
from server.sync import scope
from server.sync.exchange import reading
from tests.reports.office import Office
from tests.sync.device import Device

TOWN = "twice"
JUNE = ("2025-06-01", "2025-06-30")


def differences(office: Office, given: dict[str, Any]) -> list[str]:
    with office.app.app_context(), reading() as connection:
        others = given.get("other_chains", [])
        said = proof.GivenStatement(given, given["chain"], given["lines"], others)
        return list(proof.differences(connection, said))


@pytest.fixture(scope="module")
def decision(office: Office) -> str:
    """60 minutes in the kept file, 30 in the duplicate; the decision stands in the kept one."""
    kept, twin = office.cases(TOWN, 2, phases_={"p": {"phase": "normal", "since": "2025-01-01"}})
    made = office.write(kept, "decision", status="active", start="2025-01-01", end="2025-12-31")
    for case, day, minutes in ((kept, "02", 60), (twin, "03", 30)):
        actual = {"start": f"2025-06-{day}T09:00:00Z"}
        done = {"actual": actual, "outcome": {"code": "done"}, "minutes_": {"client_work_direct": minutes}}
        office.write(case, "visit", id_=f"twice-{day}", **done)
    office.write(twin, "case", id_=twin, duplicate_of=kept)
    office.send()
    return made


@pytest.mark.usefixtures("decision")
@pytest.mark.parametrize("who", ["mikko", "aino"])
def test_h7_a_client_who_was_entered_twice_counts_once(office: Office, who: str) -> None:
    """[H7] One client, the minutes of both; the same for whoever reads the report."""
    found = office.read(who, "delivered_vs_contracted", TOWN, *JUNE)
    assert found.body["n"] == 1
    assert found["delivered"] == 1.5


def test_z4_a_client_whom_another_file_hides_is_not_listed(office: Office) -> None:
    """[Z4] [H7] Who reads the one file alone counts the client and lists nobody, as who reads both."""
    town = "hidden-town"
    seen, hidden = office.cases(town, 2, phases_={"p": {"phase": "normal", "since": "2025-01-01"}})
    office.write(seen, "decision", status="active", start="2025-01-01", end="2025-12-31")
    office.send()
    aino = office.cast.aino
    with office.app.app_context(), writing() as transaction:
        scope.revoke(transaction, aino.org, aino.id, [hidden], "office")
    before = office.read("aino", "delivered_vs_contracted", town, *JUNE, behind="contracted")
    assert before.figure("contracted")["cases"] == [seen]
    device = Device(office.app, office.cast.mikko, office.cast.mikko.device)
    said = {"safety": ["non_disclosure"], "duplicate_of": seen}
    assert device.verdicts(device.change(hidden, said, kind="case", case=hidden)) == ["applied"]
    after = office.read("aino", "delivered_vs_contracted", town, *JUNE, behind="contracted")
    assert (after.body["n"], after.figure("contracted")["cases"]) == (1, [])


def test_z7_the_statement_names_the_logs_of_both(office: Office, decision: str) -> None:
    """[Z7] [H7] It holds, and a forged line of the duplicate or a log that is left out is found."""
    statement = office.phone("kaisa").get(f"/api/statements/{decision}/2025-06").get_json()
    assert (statement["direct_minutes"], len(statement["lines"]), len(statement["other_chains"])) == (90, 2, 1)
    assert differences(office, statement) == []
    forged = orjson.loads(orjson.dumps(statement))
    forged["lines"][1]["direct_minutes"] = 45
    assert "line 2, direct_minutes: the statement says 45" in " ".join(differences(office, forged))
    left_out = statement | {"other_chains": []}
    assert "the records have no such entry (twice-03)" in " ".join(differences(office, left_out))
    wrong = orjson.loads(orjson.dumps(statement))
    wrong["other_chains"][0]["head"] = "0" * 64
    assert "never ended with 000000000000" in " ".join(differences(office, wrong))
