"""A client who was entered twice: two files, read as one, and who reads them (SPEC H7, H8)."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server.core import timestamps
from server.core.database import writing
from server.core.models import AccessEvent, CaseFile, Reading, db
from server.sync import one_person, scope
from server.sync.exchange import reading
from tests.cast import Cast, Person, Phone, SignIn
from tests.reminding import Entries, Now, open_case
from tests.server.test_limits_in_time import sync
from tests.server.test_retention import LONG_AGO

KEPT, TWIN, THIRD = "client-a", "client-b", "client-c"


@pytest.fixture
def enter(app: Flask) -> Entries:
    return Entries(app, Now())


@pytest.fixture
def twice(app: Flask, cast: Cast, enter: Entries) -> None:
    """Aino and Mikko read both files of one person, Liisa only the second; Sanna's team has nothing to do with it."""
    open_case(app, cast.aino, cast.mikko, case=KEPT)
    open_case(app, cast.aino, cast.mikko, cast.liisa, case=TWIN)
    header(enter, cast.aino, KEPT, client_name="Sulo Niemi", client_id="A-1")
    header(enter, cast.aino, TWIN, client_name="Niemi Sulo", client_id="A-2", safety=["non_disclosure"])
    enter(cast.aino, "note-a", {"text": "Ensimmäinen"}, kind="note", case=KEPT)
    enter(cast.liisa, "note-b", {"text": "Toinen"}, kind="note", case=TWIN)


def header(enter: Entries, person: Person, case: str, **values: Any) -> None:
    enter(person, f"header-{case}", values, kind="case", case=case)


def joined(enter: Entries, person: Person) -> None:
    header(enter, person, TWIN, duplicate_of=KEPT)


def files(app: Flask, case: str) -> list[str]:
    with app.app_context(), reading() as connection:
        return one_person.files_of(connection, org_of(app, case), case)


def org_of(app: Flask, case: str) -> str:
    with app.app_context(), reading() as connection:
        return str(connection.scalar(select(CaseFile.org).where(CaseFile.id == case)))


def readers(phone: Phone, case: str = KEPT) -> tuple[int, Any]:
    reply = phone.get(f"/api/team/clients/{case}/readers")
    body = reply.get_json()
    told = (
        {one["person"]: one["files"] for one in body["readers"]}
        if reply.status_code == 200
        else body["problem"]["code"]
    )
    return reply.status_code, told


def decide(phone: Phone, *people: Person, case: str = KEPT) -> int:
    return phone.put(f"/api/team/clients/{case}/readers", {"people": [one.id for one in people]}).status_code


def records(phone: Phone) -> dict[str, str]:
    """Whatever a fresh device of this person gets: by record, the file."""
    replies = [sync(phone)]
    while replies[-1]["more"]:
        replies.append(sync(phone, cursor=replies[-1]["cursor"]))
    return {record["id"]: record["case"] for reply in replies for record in reply["records"]}


def board(phone: Phone) -> list[str]:
    found: list[str] = phone.get("/api/team/board").get_json()["readers_differ"]
    return found


@pytest.mark.usefixtures("twice")
def test_h7_nothing_moves_and_late_entries_come_to_the_same_client(
    app: Flask, cast: Cast, enter: Entries, sign_in: SignIn
) -> None:
    """[H7] Joined, each record stays where it was written; what a colleague still writes into the duplicate is taken;
    apart again it stands where it was."""
    joined(enter, cast.aino)
    assert files(app, KEPT) == files(app, TWIN) == [KEPT, TWIN]
    enter(cast.liisa, "note-late", {"text": "Kirjattu kellarissa"}, kind="note", case=TWIN)
    found = records(sign_in("aino"))
    assert (found["note-a"], found["note-b"], found["note-late"]) == (KEPT, TWIN, TWIN)
    header(enter, cast.aino, TWIN, duplicate_of=None)
    assert files(app, KEPT) == [KEPT]
    assert files(app, TWIN) == [TWIN]


@pytest.mark.usefixtures("twice")
def test_h7_access_does_not_change_by_it(cast: Cast, enter: Entries, sign_in: SignIn) -> None:
    """[H7] The whole is for those who read every file of it: who reads one goes on reading one."""
    joined(enter, cast.aino)
    assert records(sign_in("aino")).keys() >= {"note-a", "note-b"}
    of_liisa = records(sign_in("liisa"))
    assert "note-b" in of_liisa
    assert "note-a" not in of_liisa


@pytest.mark.usefixtures("twice")
def test_h7_a_name_that_leads_nowhere_joins_nothing(app: Flask, cast: Cast, enter: Entries) -> None:
    """[H7] An unknown file, a team's, the organisation's, itself."""
    for other in ("nowhere", cast.aino.org, str(cast.aino.team), TWIN):
        header(enter, cast.aino, TWIN, duplicate_of=other)
        assert files(app, TWIN) == [TWIN], other


@pytest.mark.usefixtures("twice")
def test_h7_a_clients_data_and_readers_are_of_all_files(
    app: Flask, cast: Cast, enter: Entries, sign_in: SignIn
) -> None:
    """[H7] [A9] [A10] The data request has both files, and who read the duplicate is told of the kept one too."""
    joined(enter, cast.aino)
    mikko = sign_in("mikko")
    data = mikko.get(f"/api/admin/clients/{KEPT}/data")
    assert data.status_code == 200, data.json
    assert {"note-a", "note-b"} <= {one["id"] for one in data.get_json()["records"]}
    with app.app_context(), writing() as transaction:
        at = f"{int(timestamps.moment(timestamps.now()).timestamp() * 1000):013d}-0000-0123456789ab"
        seen = {"user": cast.liisa.id, "device": cast.liisa.device, "case": TWIN, "at": at, "received": at}
        transaction.add(Reading(id="reading-b", org=cast.aino.org, **seen))
    told = mikko.get(f"/api/admin/access-log/client?client={KEPT}").get_json()
    assert cast.liisa.id in {one["person"] for one in told["entries"]}


@pytest.mark.usefixtures("twice")
def test_h7_a_duplicate_is_kept_and_erased_with_its_client(
    app: Flask, cast: Cast, enter: Entries, sign_in: SignIn
) -> None:
    """[H7] [A12] [A13] Closed by the kept file, counted by the latest exit of both, held by either, erased together."""
    joined(enter, cast.aino)
    header(enter, cast.aino, KEPT, status="ended")
    enter(cast.aino, "exit-a", {"on": str(LONG_AGO - timedelta(days=400))}, kind="exit", case=KEPT)
    satu = sign_in("satu")

    def listed() -> dict[str, Any]:
        return {one["case"]: one for one in satu.get("/api/admin/retention").get_json()["files"]}

    assert listed() == {}  # whose other file is open is a client still
    header(enter, cast.aino, TWIN, status="ended")
    assert listed().keys() == {KEPT}
    assert (listed()[KEPT]["state"], listed()[KEPT]["records"]) == ("due", 5)
    enter(cast.aino, "exit-b", {"on": timestamps.now()[:10]}, kind="exit", case=TWIN)
    assert listed()[KEPT]["state"] == "kept"
    enter(cast.aino, "exit-b", {"removed": {"saw": []}}, kind="exit", case=TWIN)
    assert satu.post("/api/admin/retention/holds", {"client": "A-2", "reason": "Kantelu"}).status_code == 200
    assert listed()[KEPT]["state"] == "held"
    assert satu.post("/api/admin/retention/erase", {"cases": [KEPT]}).status_code == 409
    assert satu.post(f"/api/admin/retention/holds/{KEPT}/end", {}).status_code == 204
    assert satu.post("/api/admin/retention/erase", {"cases": [TWIN]}).status_code == 409
    assert satu.post("/api/admin/retention/erase", {"cases": [KEPT]}).status_code == 200
    with app.app_context():
        gone = db.session.scalars(select(CaseFile.id).where(CaseFile.erased_at.is_not(None)))
        assert set(gone) == {KEPT, TWIN}


@pytest.mark.usefixtures("twice")
def test_h8_a_supervisor_decides_who_reads_both(cast: Cast, enter: Entries, sign_in: SignIn) -> None:
    """[H8] Liisa reads one file of two until Mikko lets her read both; nothing stands out afterwards."""
    mikko = sign_in("mikko")
    assert (board(mikko), readers(mikko)) == ([], (404, "not_found"))
    joined(enter, cast.aino)
    assert board(mikko) == [KEPT]
    assert readers(mikko) == (200, {cast.aino.id: 2, cast.mikko.id: 2, cast.liisa.id: 1})
    assert decide(mikko, cast.aino, cast.liisa, cast.mikko, case=TWIN) == 204
    assert (board(mikko), readers(mikko)[1][cast.liisa.id]) == ([], 2)
    assert records(sign_in("liisa")).keys() >= {"note-a", "note-b"}


@pytest.mark.usefixtures("twice")
def test_h8_who_is_left_out_reads_neither(app: Flask, cast: Cast, enter: Entries, sign_in: SignIn) -> None:
    """[H8] [S4] The phone erases what it has of the client, and what was written meanwhile waits for the supervisor."""
    joined(enter, cast.aino)
    mikko, liisa = sign_in("mikko"), sign_in("liisa")
    cursor = sync(liisa)["cursor"]
    assert decide(mikko, cast.aino) == 204
    assert {"case": TWIN, "event": "purge"} in sync(liisa, cursor=cursor)["files"]
    assert readers(mikko) == (200, {cast.aino.id: 2, cast.mikko.id: 2})
    with app.app_context():
        by = select(AccessEvent.by).where(AccessEvent.reason == "one_person")
        assert set(db.session.scalars(by)) == {cast.mikko.id}
    late = {
        "id": "late-1",
        "record": "note-c",
        "kind": "note",
        "case": TWIN,
        "at": enter_stamp(),
        "set": {"text": "x"},
        "seen": {},
    }
    assert sync(liisa, changes=[late], cursor=cursor)["verdicts"][0]["verdict"] == "in_review"


def enter_stamp() -> str:
    return f"{int(timestamps.moment(timestamps.now()).timestamp() * 1000):013d}-0000-0123456789ab"


@pytest.mark.usefixtures("twice")
def test_h8_a_stand_in_stays_one(app: Flask, cast: Cast, enter: Entries, sign_in: SignIn) -> None:
    """[H8] [S6] Who reads for a time gets the other file for the same time."""
    until = timestamps.ago(days=-3)
    with app.app_context(), writing() as transaction:
        scope.grant(transaction, cast.aino.org, cast.liisa.id, [TWIN], "stand_in", expires_at=until)
    joined(enter, cast.aino)
    assert decide(sign_in("mikko"), cast.aino, cast.liisa) == 204
    with app.app_context(), writing() as transaction:
        assert scope.readers_for(transaction, cast.aino.org, KEPT, "stand_in") == [cast.liisa.id]


@pytest.mark.usefixtures("twice")
@pytest.mark.parametrize(("who", "status"), [("aino", 403), ("satu", 403), ("olli", 403), ("sanna", 403)])
def test_h8_nobody_else_decides(cast: Cast, enter: Entries, sign_in: SignIn, who: str, status: int) -> None:
    """[H8] Not who works with the client, who administers, or who leads another organisation's team."""
    joined(enter, cast.aino)
    phone = sign_in(who)
    assert (readers(phone)[0], decide(phone, cast.aino)) == (status, status)


@pytest.mark.usefixtures("twice")
def test_h8_a_supervisor_who_reads_one_file_only_decides_nothing(
    app: Flask, cast: Cast, enter: Entries, sign_in: SignIn
) -> None:
    """[H8] What somebody may not read they let nobody read."""
    joined(enter, cast.aino)
    with app.app_context(), writing() as transaction:
        scope.revoke(transaction, cast.aino.org, cast.mikko.id, [KEPT], "office")
    mikko = sign_in("mikko")
    assert (board(mikko), readers(mikko), decide(mikko, cast.aino)) == ([], (404, "not_found"), 404)


@pytest.mark.usefixtures("twice")
def test_h8_somebody_who_reads_neither_is_not_let_in(cast: Cast, enter: Entries, sign_in: SignIn) -> None:
    """[H8] Handing a client to somebody new goes by the caseload (A6)."""
    joined(enter, cast.aino)
    mikko = sign_in("mikko")
    assert decide(mikko, cast.aino, cast.sanna) == 422
    assert readers(mikko) == (200, {cast.aino.id: 2, cast.mikko.id: 2, cast.liisa.id: 1})
