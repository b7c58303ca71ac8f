"""Files of five homes: what may live in each, who gets in, and what becomes of an intake (H)."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server import directory
from server.core.database import writing
from server.core.journal_detail import Detail
from server.core.models import CaseFile, Organisation, Team, db
from server.core.transaction import in_one_transaction
from server.kinds import KINDS
from server.rules.digest import EMPTY
from server.sync import review_queue, scope
from server.sync.exchange import reading
from server.sync.push import Verdict
from tests.cast import Cast, Person
from tests.sync.conftest import NORTH, Phones
from tests.sync.device import Change, Device
from tests.sync.test_opening import NEW, header, readers

LANDLORD = {"name": "Lähiasunnot Oy", "phone": "050 555 0102"}


def home_of(app: Flask, case: str) -> str | None:
    with app.app_context():
        return db.session.scalar(select(CaseFile.home).where(CaseFile.id == case))


def as_role(person: Person, role: str) -> Person:
    return replace(person, role=role)


def register(device: Device, record: str = "landlord-1", **values: Any) -> Change:
    return device.change(record, LANDLORD | values, kind="landlord", case=device.person.org)


def intake(device: Device, **values: Any) -> Change:
    return header(device, home="intake", **values)


# --- where a kind lives -------------------------------------------------------------------------------------------


def test_h1_every_file_says_its_home(office: Flask, aino: Device, cast: Cast) -> None:
    """[H1] The organisation's own from its founding, a client's from its opening."""
    aino.sync(header(aino))
    assert [home_of(office, file) for file in (cast.aino.org, NORTH, NEW)] == ["organisation", "case", "case"]


@pytest.mark.parametrize(
    ("kind", "where", "values"),
    [
        ("landlord", NORTH, LANDLORD),
        ("note", "organisation", {"text": "x"}),
        ("case", "organisation", {"client_name": "x"}),
        ("lantern", "organisation", {"glow": 1}),
        ("shift", NORTH, {"start": "2026-11-29T06:00:00Z"}),
    ],
)
def test_h2_a_kind_stays_in_its_home(aino: Device, cast: Cast, kind: str, where: str, values: dict[str, Any]) -> None:
    """[H2] A register entry in a client's file, a note in the organisation's: refused, whoever may write in both."""
    case = cast.aino.org if where == "organisation" else where
    assert aino.problem(aino.change("r-1", values, kind=kind, case=case)) == "kind_elsewhere"


def test_h2_a_newer_kind_lives_in_a_client_s_file(aino: Device) -> None:
    """[H2] [W11] What this server does not know goes anywhere but into the organisation's file."""
    assert aino.verdicts(aino.change("r-1", {"glow": 1}, kind="lantern")) == ["applied"]


# --- registers ----------------------------------------------------------------------------------------------------


def test_h3_a_register_is_everybody_s_who_works_with_clients(aino: Device, sanna: Device) -> None:
    """[H3] [row 92] Written on one phone, read and corrected on that of another team, with what each had seen."""
    assert aino.verdicts(register(aino)) == ["applied"]
    sanna.sync()
    assert sanna.values("landlord-1") == {path: [value] for path, value in LANDLORD.items()}
    assert sanna.verdicts(sanna.edit("landlord-1", {"phone": "050 555 0199"})) == ["applied"]
    aino.sync()
    assert aino.values("landlord-1")["phone"] == ["050 555 0199"]


@pytest.mark.parametrize("role", ["expert_by_experience", "commissioner_viewer", "data_protection", "client"])
def test_h3_others_neither_read_nor_write_it(phone: Phones, aino: Device, cast: Cast, role: str) -> None:
    """[H3] [D4] By role: no record, no digest, no history; people and teams still come."""
    aino.sync(register(aino))
    other = phone(as_role(cast.liisa, role), "other")
    assert other.problem(register(other, "landlord-2")) == "not_allowed"
    first, *_ = other.sync(check=[cast.liisa.org])
    assert {record["kind"] for record in other.records.values()} == {"person", "team"}
    assert {file["class"] for file in first["files"] if file["event"] == "check"} == {"file"}
    assert {record["kind"] for record in aino.records.values()} >= {"person", "landlord"}


def test_h3_its_digest_is_that_of_its_class(aino: Device, cast: Cast) -> None:
    """[H3] [D2] Registers and people are counted apart in the organisation's file."""
    aino.sync(register(aino))
    first, *_ = aino.sync(check=[cast.aino.org])
    told = {file["class"]: file["digest"] for file in first["files"] if file["event"] == "check"}
    assert told.keys() == {"file", "register"}
    assert EMPTY not in told.values()


def test_h3_another_organisation_has_its_own(phone: Phones, aino: Device, cast: Cast) -> None:
    """[H3] [S3] [O1] A register entry in another organisation's file is a file that does not exist."""
    olli = phone(cast.olli)
    assert olli.problem(olli.change("l-9", LANDLORD, kind="landlord", case=cast.aino.org)) == "case_unknown"
    aino.sync(register(aino))
    olli.sync()
    assert "landlord-1" not in olli.records


# --- intakes ------------------------------------------------------------------------------------------------------


def test_h4_an_intake_is_for_the_team(office: Flask, aino: Device, liisa: Device, sanna: Device) -> None:
    """[H4] [row 1] Entered on Aino's phone, read on Liisa's of the team and by the leader; not by another team."""
    note = aino.change("n1", {"text": "Soitettiin päivystyksestä."}, case=NEW)
    assert aino.verdicts(intake(aino), note) == ["applied", "applied"]
    assert (home_of(office, NEW), readers(office)) == (
        "intake",
        {"aino": "intake", "liisa": "intake", "mikko": "supervision"},
    )
    for device, sees in ((liisa, True), (sanna, False)):
        device.sync()
        assert ("n1" in device.records) is sees


def test_h4_whoever_takes_it_in_goes_on_with_all_that_was_written(office: Flask, aino: Device, liisa: Device) -> None:
    """[H4] [S9] The own worker and the leader read it, the rest of the team no longer, and it never goes back."""
    aino.sync(intake(aino), aino.change("n1", {"text": "x"}, case=NEW))
    liisa.sync()
    liisa.sync(liisa.edit(NEW, {"home": "case"}))
    assert (home_of(office, NEW), readers(office)) == ("case", {"liisa": "opened", "mikko": "supervision"})
    assert "n1" in liisa.records
    aino.sync()
    assert NEW not in aino.records
    liisa.sync(liisa.edit(NEW, {"home": "intake"}))
    assert home_of(office, NEW) == "case"


def test_h4_it_is_taken_in_for_somebody_else(office: Flask, aino: Device, phone: Phones, cast: Cast) -> None:
    """[H4] [S9] The leader names the own worker while taking the client in: both read, nobody else."""
    aino.sync(intake(aino))
    mikko = phone(cast.mikko)
    mikko.sync()
    mikko.sync(mikko.edit(NEW, {"home": "case", "own_worker": cast.liisa.id}))
    assert readers(office) == {"liisa": "own_client", "mikko": "supervision"}


def test_h4_two_take_it_in_at_once(office: Flask, aino: Device, liisa: Device, cast: Cast) -> None:
    """[H4] [S4] The second had lost access by then: held, with all that was written, for the supervisor."""
    aino.sync(intake(aino))
    liisa.sync()
    late = [liisa.edit(NEW, {"home": "case", "own_worker": cast.liisa.id}), liisa.change("n2", {"text": "y"}, case=NEW)]
    assert aino.verdicts(aino.edit(NEW, {"home": "case", "own_worker": cast.aino.id})) == ["applied"]
    assert liisa.verdicts(*late) == ["in_review", "in_review"]
    assert readers(office) == {"aino": "own_client", "mikko": "supervision"}


# --- openings that are not granted --------------------------------------------------------------------------------


def release(app: Flask, who: Person, change: str) -> Verdict:
    with app.app_context():
        return in_one_transaction(lambda transaction: review_queue.release(transaction, who.actor, change))


@pytest.mark.parametrize("role", ["expert_by_experience", "commissioner_viewer"])
def test_h5_an_opening_that_is_not_granted_is_kept_whole(
    office: Flask, aino: Device, phone: Phones, cast: Cast, role: str
) -> None:
    """[H5] [W3] Header and note wait for the leader, those of a later batch too; sent again they wait once."""
    aino.person = as_role(cast.aino, role)
    first = [intake(aino), aino.change("n1", {"text": "Nukkuu autossa."}, case=NEW)]
    later = aino.change("n2", {"text": "Soittaa huomenna."}, case=NEW)
    assert aino.verdicts(*first) == ["in_review", "in_review"]
    assert [aino.verdicts(later), aino.verdicts(*first)] == [["in_review"], ["in_review", "in_review"]]
    assert aino.problem(later) == "opening_not_granted"
    assert (home_of(office, NEW), aino.ask()["records"] != []) == (None, True)
    with office.app_context(), reading() as connection:
        waiting = review_queue.waiting(connection, cast.mikko.actor)["entries"]
    assert [entry["change"] for entry in waiting] == [*first, later]
    assert [release(office, cast.mikko, change["id"])["verdict"] for change in (*first, later)] == ["applied"] * 3
    assert home_of(office, NEW) == "intake"
    assert set(readers(office)) == {"mikko", "liisa", "aino"}
    mikko = phone(cast.mikko)
    mikko.sync()
    assert mikko.values("n1") == {"text": ["Nukkuu autossa."]}
    assert {author for _, _, author in mikko.records["n1"]["by"]} == {cast.aino.id}


def test_h5_what_is_kept_reveals_and_opens_nothing(office: Flask, aino: Device, sanna: Device, cast: Cast) -> None:
    """[H5] [S3] [S5] A file that is there stays unknown, a note alone finds none, and a rejected opening is over."""
    sanna.sync(header(sanna))
    aino.person = as_role(cast.aino, "expert_by_experience")
    assert aino.problem(header(aino)) == "case_unknown"
    other = "0199b1c0-0000-7000-8000-000000000002"
    assert aino.problem(aino.change("n1", {"text": "x"}, case=other)) == "case_unknown"
    opening = header(aino, other)
    assert aino.verdicts(opening) == ["in_review"]
    with office.app_context():
        in_one_transaction(lambda transaction: review_queue.reject(transaction, cast.mikko.actor, opening["id"]))
    assert aino.problem(aino.change("n1", {"text": "x"}, case=other)) == "case_unknown"


# --- a team's file, and a person's own ------------------------------------------------------------------------------

START = {"start": "2026-11-29T06:00:00Z"}


def test_h6_a_person_s_own_file_is_there_from_the_first_entry(office: Flask, aino: Device, phone: Phones) -> None:
    """[H6] A shift of one's own: on the other device of the same person, and on nobody else's."""
    own = aino.person.id
    assert aino.verdicts(aino.change("shift-1", START, kind="shift", case=own)) == ["applied"]
    assert (home_of(office, own), readers(office, own)) == ("own", {"aino": "own"})
    laptop = phone(aino.person, "laptop")
    laptop.sync()
    assert laptop.values("shift-1") == {"start": ["2026-11-29T06:00:00Z"]}


def test_h6_nobody_writes_into_another_s(aino: Device, liisa: Device, cast: Cast) -> None:
    """[H6] [S3] Before it is there and after; and no client's file takes its place."""
    for _ in range(2):
        assert liisa.problem(liisa.change("s-2", START, kind="shift", case=cast.aino.id)) == "case_unknown"
        assert liisa.problem(header(liisa, cast.aino.id)) == "case_unknown"
        aino.sync(aino.change("shift-1", START, kind="shift", case=cast.aino.id))
    assert aino.problem(aino.change("n1", {"text": "x"}, case=cast.aino.id)) == "kind_elsewhere"


def test_h6_a_team_s_file_is_the_team_s(
    office: Flask, aino: Device, liisa: Device, sanna: Device, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[H6] What one of them writes the others read, whoever joins later too; another team does not."""
    monkeypatch.setattr(KINDS["shift"], "home_file", "team")
    team = str(cast.aino.team)
    assert sanna.problem(sanna.change("t-1", START, kind="shift", case=team)) == "case_unknown"
    assert aino.verdicts(aino.change("t-1", START, kind="shift", case=team)) == ["applied"]
    liisa.sync()
    assert liisa.values("t-1") == {"start": ["2026-11-29T06:00:00Z"]}
    with office.app_context(), writing() as transaction:
        org = transaction.get_one(Organisation, cast.aino.org)
        own = transaction.get_one(Team, (team, cast.aino.org))
        directory.enter(transaction, directory.Account(org, "uusi", "Uusi", "field_worker", own), "no password")
    assert readers(office, team) == dict.fromkeys(("aino", "liisa", "mikko", "uusi"), "team")
    assert home_of(office, team) == "team"


def test_h6_the_journal_brings_homes_back(office: Flask, aino: Device) -> None:
    """[H6] [L11] A file that the backup never had is opened again with its home."""
    with office.app_context(), writing() as transaction:
        detail = Detail(case="own-9", home="own", team=None, opened_at="2026-11-29T06:00:00Z")
        scope._replay_open(transaction, aino.person.org, detail, None)
        older = Detail(case="old-9", team=None, opened_at="2026-11-29T06:00:00Z")
        scope._replay_open(transaction, aino.person.org, older, None)
    assert [home_of(office, file) for file in ("own-9", "old-9")] == ["own", "case"]
