"""Case files that devices open, and access that follows the own worker (S8, S9)."""

import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server.core.database import writing
from server.core.models import Access, CaseFile, User, db
from server.sync import scope
from tests.cast import Cast
from tests.sync.conftest import NORTH, Phones
from tests.sync.device import Change, Device

NEW = "0199b1c0-0000-7000-8000-000000000001"


def header(device: Device, case: str = NEW, **values: Any) -> Change:
    """What a phone sends first of a client whom it enters: the record that heads the file."""
    return device.change(case, {"client_name": "Uusi Asiakas", **values}, kind="case", case=case)


def readers(app: Flask, case: str = NEW) -> dict[str, str]:
    """Who has access to a case file, by sign-in name, and why."""
    with app.app_context():
        rows = select(User.display_name, Access.reason).join(User, User.id == Access.user).where(Access.case == case)
        return {name.lower(): reason for name, reason in db.session.execute(rows)}


def test_s8_a_device_opens_a_case_file(office: Flask, aino: Device, phone: Phones, cast: Cast) -> None:
    """[S8] Header and note were written offline: both are applied, the author and the team's leader read them."""
    note = aino.change("n1", {"text": "Tavattiin asemalla."}, case=NEW)
    assert aino.verdicts(header(aino, own_worker=cast.aino.id), note) == ["applied", "applied"]
    assert readers(office) == {"aino": "own_client", "mikko": "supervision"}
    for reader in (aino, phone(cast.mikko)):
        reader.sync()
        assert reader.values("n1") == {"text": ["Tavattiin asemalla."]}
    with office.app_context():
        file = db.session.get_one(CaseFile, (NEW, cast.aino.org))
        assert (file.team, file.chain_length) == (cast.aino.team, 2)


def test_s8_what_comes_before_the_header_opens_nothing(aino: Device) -> None:
    """[S8] Only the header opens, wherever it stands in its batch; alone, a note finds no case file."""
    note = aino.change("n1", {"text": "x"}, case=NEW)
    assert aino.problem(note) == "case_unknown"
    assert aino.verdicts(note, header(aino)) == ["applied", "applied"]


def test_s8_repeated_it_opens_once(office: Flask, aino: Device) -> None:
    """[S8] [W3] The reply was lost: the header is sent again."""
    change = header(aino)
    assert [aino.verdicts(change), aino.verdicts(change)] == [["applied"], ["duplicate"]]
    assert aino.verdicts(header(aino) | {"set": {"client_name": "Toisin"}}) == ["conflict"]
    assert readers(office)["aino"] == "opened"


@pytest.mark.parametrize("role", ["commissioner_viewer", "expert_by_experience", "data_protection", "admin"])
def test_s8_the_role_decides_who_opens(office: Flask, aino: Device, cast: Cast, role: str) -> None:
    """[S8] [H5] To whom it is not given, the opening is kept for the supervisor, and nothing is opened."""
    aino.person = type(aino.person)(**(vars(cast.aino) | {"role": role}))
    assert aino.verdicts(header(aino)) == ["in_review"]
    assert readers(office) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"record": "another-id"},
        {"kind": "note"},
        {"case": "x" * 65, "record": "x" * 65},
        {"set": {"visit_rhythm_days": 0}},
        {"set": {"client_name": "n" * 301}},
    ],
)
def test_s8_a_header_that_is_none_opens_nothing(office: Flask, aino: Device, wrong: Change) -> None:
    """[S8] [W4] Another record's id, another kind, an id or a value that no declaration takes."""
    assert aino.verdicts(header(aino) | wrong) == ["refused"]
    with office.app_context():
        assert db.session.scalar(select(CaseFile.id).where(CaseFile.id == NEW)) is None


def test_s8_somebody_else_s_file_is_not_opened_again(office: Flask, aino: Device, sanna: Device) -> None:
    """[S8] [S3] A header for a file of the organisation that its author never read is refused and changes nothing."""
    assert sanna.verdicts(header(sanna)) == ["applied"]
    assert aino.problem(header(aino, client_name="Toinen nimi")) == "case_unknown"
    assert "aino" not in readers(office)


def test_s8_two_organisations_may_use_one_id(aino: Device, phone: Phones, cast: Cast) -> None:
    """[S8] Nobody learns from an id what another organisation has."""
    olli = phone(cast.olli)
    assert olli.verdicts(header(olli)) == aino.verdicts(header(aino)) == ["applied"]


def test_s8_two_devices_open_at_once(phone: Phones, cast: Cast) -> None:
    """[S8] [W3] The same request twice at the same moment: one file, one applied change."""
    first, second = phone(cast.aino), phone(cast.aino, "laptop")
    change, barrier, verdicts = header(first), threading.Barrier(2), []

    def send(device: Device) -> None:
        barrier.wait()
        verdicts.append(device.verdicts(change)[0])

    threads = [threading.Thread(target=send, args=[device]) for device in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(verdicts) == ["applied", "duplicate"]


def test_s9_a_new_own_worker_gets_the_file_and_the_old_one_loses_it(
    office: Flask, aino: Device, liisa: Device, phone: Phones, cast: Cast
) -> None:
    """[S9] [P7] Liisa's phone is filled and Aino's erased; the leader goes on reading."""
    aino.sync(header(aino, own_worker=cast.aino.id))
    mikko = phone(cast.mikko)
    mikko.sync()
    reply = mikko.ask(mikko.edit(NEW, {"own_worker": cast.liisa.id}), more_follow=True)
    assert reply["verdicts"][0]["verdict"] == "applied"
    assert readers(office) == {"liisa": "own_client", "mikko": "supervision"}
    liisa.sync()
    assert liisa.values(NEW)["own_worker"] == [cast.liisa.id]
    aino.sync()
    assert NEW not in aino.records


def test_s9_who_hands_a_client_on_is_told_no_more_of_it(office: Flask, aino: Device, cast: Cast) -> None:
    """[S9] [S5] [W8] The change is applied, and the reply holds nothing of a file that is no longer its author's."""
    aino.sync(header(aino, own_worker=cast.aino.id))
    reply = aino.ask(aino.edit(NEW, {"own_worker": cast.liisa.id}))
    assert [verdict["verdict"] for verdict in reply["verdicts"]] == ["applied"]
    assert (reply["touched"], reply["records"]) == ([], [])
    assert {"case": NEW, "event": "purge"} in reply["files"]
    assert readers(office) == {"liisa": "own_client", "mikko": "supervision"}


def test_s9_two_unseen_values_give_access_to_both(office: Flask, aino: Device, phone: Phones, cast: Cast) -> None:
    """[S9] [M1] Until somebody settles it nobody loses the client; then only who was chosen keeps it."""
    aino.sync(header(aino))
    mikko = phone(cast.mikko)
    mikko.sync()
    theirs = mikko.edit(NEW, {"own_worker": cast.liisa.id})
    assert aino.verdicts(aino.edit(NEW, {"own_worker": cast.sanna.id})) == ["applied"]
    assert mikko.verdicts(theirs) == ["conflict"]
    assert readers(office).keys() == {"aino", "mikko", "liisa", "sanna"}
    mikko.sync()
    both = [change for change, _, _ in mikko.records[NEW]["by"]]
    mikko.sync(mikko.change(NEW, {"own_worker": cast.sanna.id}, kind="case", case=NEW, seen={"own_worker": both}))
    assert readers(office) == {"aino": "opened", "mikko": "supervision", "sanna": "own_client"}


@pytest.mark.parametrize("named", ["nobody-here", "olli", "satu", "not a client's worker"])
def test_s9_only_people_who_work_with_clients_here_get_access(
    office: Flask, aino: Device, cast: Cast, named: str
) -> None:
    """[S9] Somebody of another organisation, an administrator, a closed account: named, and nothing else."""
    with office.app_context(), writing() as transaction:
        transaction.get_one(User, cast.liisa.key).active = False
    person = {"olli": cast.olli.id, "satu": cast.satu.id}.get(named, cast.liisa.id if " " in named else named)
    assert aino.verdicts(header(aino, own_worker=person)) == ["applied"]
    assert readers(office) == {"aino": "opened", "mikko": "supervision"}


def test_s9_other_reasons_for_access_stay(office: Flask, aino: Device, cast: Cast) -> None:
    """[S9] A leader who was own worker goes on as the leader, a stand-in until the stand-in's end."""
    aino.sync(header(aino, own_worker=cast.mikko.id))
    with office.app_context(), writing() as transaction:
        scope.grant(transaction, cast.sanna.org, cast.sanna.id, [NEW], "stand_in", expires_at="2099-01-01T00:00:00Z")
    aino.sync()
    aino.sync(aino.edit(NEW, {"own_worker": cast.aino.id}))
    assert readers(office) == {"aino": "own_client", "mikko": "supervision", "sanna": "stand_in"}


def test_s9_a_file_without_a_new_value_is_left_alone(office: Flask, aino: Device, cast: Cast) -> None:
    """[S9] Other fields of the header move nobody's access."""
    aino.sync(aino.change("header", {"client_name": "Nimi", "own_worker": cast.sanna.id}, kind="case"))
    before = readers(office, NORTH)
    aino.sync(aino.edit("header", {"phone": "040 1"}))
    assert readers(office, NORTH) == before
    assert "sanna" in before
