"""GET /api/commissioned/plans: the own part of agreed plans, for whoever pays, and nothing else of them (Q11)."""

from typing import Any

import pytest
from flask import Flask

from server import directory
from server.auth import passwords
from server.core import timestamps
from server.core.database import writing
from server.core.models import Organisation
from server.sync import scope
from tests.cast import PASSWORD, Cast, Phone, SignIn
from tests.reminding import Entries, Now, open_case

CLIENTS = ("c-1", "c-2", "c-3", "c-4", "c-5")
PLAN = {
    "client_part": "Käyn velkaneuvonnassa.",
    "worker_part": "Soitan Pertille maanantaisin.",
    "commissioner_part": "Maksusitoumus kuudeksi kuukaudeksi.",
    "agreed_on": "2026-09-01",
    "review_on": "2027-03-01",
}


@pytest.fixture
def payer(app: Flask, cast: Cast, sign_in: SignIn) -> Phone:
    """Pekka, who was given the files of all but the last client."""
    with app.app_context(), writing() as transaction:
        org = transaction.get_one(Organisation, cast.aino.org)
        account = directory.Account(org, "pekka", "Pekka", "commissioner_viewer", None)
        pekka = directory.enter(transaction, account, passwords.hash_of(PASSWORD)).id
        for case in CLIENTS:
            scope.open_file(transaction, cast.aino.org, case, cast.aino.team)
        scope.grant(transaction, cast.aino.org, cast.aino.id, list(CLIENTS), "own_client")
        scope.grant(transaction, cast.aino.org, pekka, list(CLIENTS[:3]), "office")
        scope.grant(transaction, cast.aino.org, pekka, [CLIENTS[3]], "office", expires_at=timestamps.ago(seconds=1))
    enter = Entries(app, Now())
    for number, case in enumerate(CLIENTS):
        header: dict[str, Any] = {"client_name": "Pertti Pulmunen", "client_id": f"OV-{number}"}
        enter(cast.aino, case, header, kind="case", case=case)
        enter(cast.aino, f"plan-{case}", PLAN, kind="plan", case=case)
    return sign_in("pekka")


def told(payer: Phone) -> list[dict[str, Any]]:
    reply = payer.get("/api/commissioned/plans")
    assert reply.status_code == 200, reply.json
    for secret in ("Pertti", "velkaneuvonnassa", "plan-", "c-1"):
        assert secret not in reply.text
    parts: list[dict[str, Any]] = reply.get_json()["parts"]
    return parts


def test_q11_their_part_and_no_more(app: Flask, cast: Cast, payer: Phone) -> None:
    """[Q11] [row 55] Code, part and days of the latest agreed plan; nothing that is over, hidden or not theirs."""
    assert [one["client"] for one in told(payer)] == ["OV-0", "OV-1", "OV-2"]
    enter = Entries(app, Now())
    newer = PLAN | {"agreed_on": "2026-10-01", "review_on": "2027-01-01", "commissioner_part": "Palvelu jatkuu."}
    enter(cast.aino, "plan-newer", newer, kind="plan", case="c-1")
    enter(cast.aino, "plan-draft", {"commissioner_part": "Ei vielä sovittu."}, kind="plan", case="c-1")
    enter(cast.aino, "exit-2", {"on": "2026-11-01", "reason": "own_rental_home"}, kind="exit", case="c-2")
    enter(cast.aino, "c-3", {"safety": ["non_disclosure"]}, kind="case", case="c-3")
    expected = {"client": "OV-0", "part": "Palvelu jatkuu.", "agreed_on": "2026-10-01", "review_on": "2027-01-01"}
    assert told(payer) == [expected]


def test_q11_a_client_who_was_entered_twice_is_one(app: Flask, cast: Cast, payer: Phone) -> None:
    """[Q11] [H7] The plan agreed on last, under the kept code; of no file where one is under a non-disclosure, also one
    that whoever pays does not read."""
    enter = Entries(app, Now())
    enter(cast.aino, "c-2", {"duplicate_of": "c-1"}, kind="case", case="c-2")
    enter(cast.aino, "plan-newer", PLAN | {"agreed_on": "2026-10-01"}, kind="plan", case="c-2")
    assert [(one["client"], one["agreed_on"]) for one in told(payer)] == [
        ("OV-0", "2026-10-01"),
        ("OV-2", PLAN["agreed_on"]),
    ]
    open_case(app, cast.aino, case="c-hidden", duplicate_of="c-3", safety=["non_disclosure"])
    assert [one["client"] for one in told(payer)] == ["OV-0"]


@pytest.mark.parametrize("who", ["aino", "mikko", "satu"])
def test_q11_others_read_plans_as_they_are(sign_in: SignIn, who: str) -> None:
    """[Q11]"""
    assert sign_in(who).get("/api/commissioned/plans").status_code == 403
