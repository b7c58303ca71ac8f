"""Who has read a client's file, and all that is kept of a client: /api/admin/access-log and …/data (SPEC A9, A10)."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import select

from server.config import LIMITS
from server.core.database import writing
from server.core.models import AuditEvent, Reading, User, db
from server.directory import people
from server.sync import scope
from tests.cast import Cast, Phone, SignIn
from tests.server.test_admin_caseloads import CASES, PLANNED, caseload

__all__ = ["caseload"]


@pytest.fixture
def read(app: Flask, cast: Cast, caseload: list[str]) -> None:
    """Aino opened the first client's file twice and the second's once; Liisa stood in and opened it later."""
    org = cast.aino.org
    with app.app_context(), writing() as transaction:
        until = "2099-01-01T00:00:00Z"
        scope.grant(transaction, org, cast.liisa.id, caseload[:1], "stand_in", expires_at=until)
        transaction.flush()
        for number, (person, case, at) in enumerate(
            [
                (cast.aino, CASES[0], "4070908000000-0000-a1b2c3d4e5f6"),
                (cast.aino, CASES[0], "4070909000000-0000-a1b2c3d4e5f6"),
                (cast.aino, CASES[1], "4070910000000-0000-a1b2c3d4e5f6"),
                (cast.liisa, CASES[0], "4070911000000-0000-a1b2c3d4e5f6"),
            ]
        ):
            row = {"user": person.id, "device": person.device, "case": case, "at": at, "received": at}
            transaction.add(Reading(id=f"r-{number}", org=org, **row))


def asked(phone: Phone, about: str, value: str) -> list[tuple[str, str, str, str | None]]:
    found = []
    after: str | None = ""
    while after is not None:
        query = urlencode({about: value, "after": after})
        reply = phone.get(f"/api/admin/access-log/{about}?{query}")
        assert reply.status_code == 200, reply.json
        assert b"Paavo" not in reply.data
        page = reply.get_json()
        found += [(one["display_name"], one["client_id"], one["what"], one["reason"]) for one in page["entries"]]
        after = page["next"]
    return found


@pytest.mark.usefixtures("read")
def test_who_has_read_my_papers_and_why(
    app: Flask, cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[A9] By the client's code or the file's id, in pages; what was handed out beside the exchange too."""
    sign_in("aino").get(f"/api/cases/{CASES[0]}/records/{PLANNED}/history")
    monkeypatch.setattr("server.directory.who_read.LIMITS", replace(LIMITS, list_page_max=2))
    satu = sign_in("satu")
    expected = [
        ("Liisa", "OV-0000", "file_read", "stand_in"),
        ("Aino", "OV-0000", "file_read", "own_client"),
        ("Aino", "OV-0000", "file_read", "own_client"),
    ]
    assert asked(satu, "client", "ov-0000")[:3] == expected
    assert asked(sign_in("mikko"), "client", CASES[0])[:3] == expected
    assert [each[:2] for each in asked(satu, "person", cast.aino.id)][:3] == [
        ("Aino", "OV-0001"),
        ("Aino", "OV-0000"),
        ("Aino", "OV-0000"),
    ]
    with app.app_context():
        looked = db.session.scalars(select(AuditEvent.actor).where(AuditEvent.event == "access_log_read")).all()
        assert set(looked) == {cast.satu.id, cast.mikko.id}


@pytest.mark.usefixtures("read")
def test_who_may_ask(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A9] A leader of the own team's clients and people; the data protection officer of all, and changes nobody."""
    with app.app_context(), writing() as transaction:
        transaction.get_one(User, cast.liisa.key).role = "team_leader"
        transaction.get_one(User, cast.liisa.key).team = cast.sanna.team
        transaction.get_one(User, cast.sanna.key).role = "data_protection"
    liisa, sanna = sign_in("liisa"), sign_in("sanna")
    for query in (f"client?client={CASES[0]}", "client?client=OV-0000", f"person?person={cast.aino.id}"):
        absent = liisa.get("/api/admin/access-log/client?client=OV-9999")
        assert (liisa.get(f"/api/admin/access-log/{query}").data, absent.status_code) == (absent.data, 404)
        assert sanna.get(f"/api/admin/access-log/{query}").status_code == 200
        assert sign_in("aino").get(f"/api/admin/access-log/{query}").status_code == 403
    assert sanna.get("/api/admin/people").status_code == 403


@pytest.mark.usefixtures("read")
def test_all_that_is_kept_of_a_client(cast: Cast, sign_in: SignIn) -> None:
    """[A10] For whoever reads the file, with every value; it is noted, and told in the client's log."""
    reply = sign_in("aino").get(f"/api/admin/clients/{CASES[0]}/data")
    records = {one["kind"]: one for one in reply.get_json()["records"]}
    assert records.keys() == {"case", "visit"}
    assert records["case"]["fields"]["client_name"] == [{"value": "Paavo K.", "by": ""}]
    assert sign_in("satu").get(f"/api/admin/clients/{CASES[0]}/data").status_code == 404
    assert sign_in("sanna").get(f"/api/admin/clients/{cast.aino.org}/data").status_code == 404
    assert ("Aino", "OV-0000", "client_data_read", "own_client") in asked(sign_in("mikko"), "client", CASES[0])


@pytest.mark.usefixtures("read")
def test_what_may_tell_of_another_person_is_not_given_unread(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A10] The text of a marked note is withheld, and named; a note beside it is given."""
    marked, plain = ("0190cccc-0000-7000-8000-0000000000b1", "0190cccc-0000-7000-8000-0000000000b2")
    with app.app_context(), writing() as transaction:
        notes: list[people.WantedRecord] = [
            (marked, "note", {"text": "Naapuri juo.", "areas": ["home_care"], "visibility": "third_party_info"}),
            (plain, "note", {"text": "Astiat tiskattiin."}),
        ]
        people.written_records(transaction, cast.aino.org, CASES[0], notes)
    reply = sign_in("aino").get(f"/api/admin/clients/{CASES[0]}/data")
    records = {one["id"]: one for one in reply.get_json()["records"]}
    assert records[marked]["withheld"] == ["text"]
    assert records[marked]["fields"].keys() == {"areas", "visibility"}
    assert (records[plain]["withheld"], "text" in records[plain]["fields"]) == ([], True)
    assert b"Naapuri" not in reply.data
