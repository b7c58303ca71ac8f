"""Who reads and writes what, by role: an expert by experience and a commissioner who are granted a case (D4)."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from uuid6 import uuid7

from server import directory
from server.auth import passwords
from server.catalogue import codes_of
from server.core import timestamps
from server.core.database import writing
from server.core.models import Change, Organisation, ReviewItem, User, db
from server.core.reminder_tables import Reminder
from server.kinds import KINDS
from server.kinds.base import FILE, Kind, long_text
from server.kinds.readers import CASE_READERS, CASEWORKERS, EVERYBODY
from server.rules.digest import EMPTY
from server.sync import scope
from server.worker.worker import Worker
from tests.cast import PASSWORD, Cast, Phone, SignIn
from tests.push_service import PushService
from tests.reminding import CASE, Entries, Now, open_case, reminders, soon, subscribe, work
from tests.server.test_limits_in_time import change, sync

OUTSIDERS = {"taru": "expert_by_experience", "pekka": "commissioner_viewer", "liisi": "data_protection"}
VISIT, NOTE, NEWER = "visit-1", "note-1", "lantern-1"


@pytest.fixture(params=OUTSIDERS)
def outsider(request: pytest.FixtureRequest, app: Flask, cast: Cast, sign_in: SignIn) -> Phone:
    """Somebody who was granted Aino's case, is named in its visit, and does not work with clients."""
    with app.app_context(), writing() as transaction:
        org = transaction.get_one(Organisation, cast.aino.org)
        for name, role in OUTSIDERS.items():
            directory.enter(transaction, directory.Account(org, name, name.title(), role), passwords.hash_of(PASSWORD))
    phone = sign_in(request.param)
    open_case(app, cast.aino, cast.mikko)
    enter = Entries(app, Now())
    enter(cast.aino, VISIT, soon(20, worker=cast.aino.id, partner=phone.session["user"], note="Sairaudesta"))
    enter(cast.aino, NOTE, {"text": "Huomio"}, kind="note")
    enter(cast.aino, NEWER, {"glow": "of a newer app"}, kind="lantern")
    with app.app_context(), writing() as transaction:
        scope.grant(transaction, cast.aino.org, phone.session["user"], [CASE], "own_client")
    return phone


def all_records(phone: Phone) -> list[dict[str, Any]]:
    """Whatever a fresh device of this person gets, and what the pages said of their number."""
    replies = [sync(phone)]
    while replies[-1]["more"]:
        replies.append(sync(phone, cursor=replies[-1]["cursor"]))
    records = [record for reply in replies for record in reply["records"] + reply["touched"]]
    assert {reply["progress"]["total"] for reply in replies if reply["progress"]} <= {len(records)}
    return records


def test_it_works(outsider: Phone, sign_in: SignIn, cast: Cast) -> None:
    """[D4] Nothing of the case file comes; people and teams do. Who works with the client gets both."""
    assert {record["kind"] for record in all_records(outsider)} == {"person", "team"}
    assert {record["kind"] for record in all_records(sign_in("aino"))} >= {"person", "case", "visit", "note", "lantern"}
    assert cast.aino.org in {record["case"] for record in all_records(outsider)}


def test_d4_every_role_that_there_is_was_thought_of() -> None:
    """[D4] Who reads is listed: a later role reads nothing until somebody says so."""
    assert CASEWORKERS < CASE_READERS < EVERYBODY
    assert set(codes_of("role")) - CASE_READERS == {*OUTSIDERS.values(), "client"}
    by_class: dict[str, set[frozenset[str]]] = {}
    for kind in KINDS.values():
        if not kind.read_only:
            by_class.setdefault(kind.visibility_class, set()).add(kind.readers)
    assert by_class[FILE] == {CASE_READERS}
    assert all(len(readers) == 1 for readers in by_class.values()), "one class, one circle of readers"


def test_d4_needs_of_support_are_for_who_works_with_the_client(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[D4] [A10] row 12: an administrator who is let into a file reads and writes none, and is told so at a request
    for the client's data."""
    open_case(app, cast.aino, cast.satu)
    needs = {"needs": ["mental_health"], "target_groups": ["released_prisoner"], "on": "2026-11-20"}
    Entries(app, Now())(cast.aino, "needs-1", needs, kind="support_need")
    left_out = {"aino": [], "satu": ["support_need"]}
    for name, hidden in left_out.items():
        phone = sign_in(name)
        kinds = {record["kind"] for record in all_records(phone) if record["case"] == CASE}
        assert kinds | set(hidden) == {"case", "support_need"}
        assert kinds.isdisjoint(hidden)
        data = phone.get(f"/api/admin/clients/{CASE}/data").get_json()
        assert ({record["kind"] for record in data["records"]}, data["left_out"]) == (kinds, hidden)
    written = change(str(uuid7()), "needs-1") | {"kind": "support_need", "set": {"note": "x"}}
    (verdict,) = sync(sign_in("satu"), changes=[written])["verdicts"]
    assert verdict["problem"]["code"] == "not_allowed"


def test_d4_what_is_written_later_does_not_come(app: Flask, cast: Cast, outsider: Phone) -> None:
    """[D4] [P9] Nor by the feed, nor by a repair; the cursor goes on."""
    first = sync(outsider)
    Entries(app, Now())(cast.aino, "note-2", {"text": "Uusi"}, kind="note")
    later = sync(outsider, cursor=first["cursor"], repair=[CASE])
    assert [record for record in later["records"] if record["case"] == CASE] == []
    assert later["cursor"] != first["cursor"]


def test_d4_digests_tell_nothing(outsider: Phone) -> None:
    """[D4] [D3] An empty one: what lay on the device since the person had another role leaves it."""
    (said,) = sync(outsider, check=[CASE])["files"]
    assert said == {"case": CASE, "event": "check", "class": FILE, "digest": EMPTY, "seq": 0}


@pytest.mark.parametrize("path", [f"/api/cases/{CASE}/history", f"/api/cases/{CASE}/records/{NOTE}/history"])
def test_d4_histories_are_empty(outsider: Phone, sign_in: SignIn, path: str) -> None:
    """[D4] [L4] [L6]"""
    assert outsider.get(path).get_json()["entries"] == []
    assert sign_in("aino").get(path).get_json()["entries"] != []


def test_d4_a_single_visit_and_a_calendar_without_any(app: Flask, outsider: Phone) -> None:
    """[D4] [I2]"""
    assert outsider.get(f"/api/cases/{CASE}/visits/{VISIT}.ics").status_code == 404
    path = outsider.post("/api/calendar").get_json()["path"]
    assert "VEVENT" not in app.test_client().get(path).text


def test_d4_the_held_list_is_not_theirs(outsider: Phone) -> None:
    """[D4]"""
    assert outsider.get("/api/review-queue").status_code == 403
    assert outsider.post("/api/review-queue/late-1/release").status_code == 403


@pytest.mark.parametrize(
    "blind",
    [
        {"record": "note-9", "kind": "note", "set": {"text": "uusi"}},
        {"record": NOTE, "kind": "note", "set": {"text": "päälle"}},
        {"record": NEWER, "kind": "lantern", "set": {"glow": 1}},
        {"record": VISIT, "kind": "visit", "set": {"removed": {"saw": []}}},
        {"record": CASE, "kind": "case", "set": {"client_name": "Joku"}},
    ],
)
def test_d4_nobody_writes_where_they_may_not_read(app: Flask, outsider: Phone, blind: dict[str, Any]) -> None:
    """[D4] [S5] New, upon what is there, of a newer kind, a removal, a header: refused, and nothing is told."""
    sent = change("blind-1", "") | blind
    reply = sync(outsider, changes=[sent])
    assert reply["verdicts"] == [{"id": "blind-1", "verdict": "refused", "problem": {"code": "not_allowed"}}]
    assert reply["touched"] == []
    with app.app_context():
        assert db.session.scalars(select(Change).where(Change.id == "blind-1")).all() == []


def test_d4_after_access_was_lost_it_is_not_held(app: Flask, cast: Cast, outsider: Phone) -> None:
    """[D4] [S4] The supervisor is not asked to let in what its author could never have written."""
    with app.app_context(), writing() as transaction:
        scope.revoke(transaction, cast.aino.org, outsider.session["user"], [CASE], "over")
    (verdict,) = sync(outsider, changes=[change("blind-1", "note-9")])["verdicts"]
    assert (verdict["verdict"], verdict["problem"]["code"]) == ("refused", "not_allowed")
    (unknown,) = sync(outsider, changes=[change("blind-2", "note-9") | {"case": "of-nobody"}])["verdicts"]
    assert unknown["problem"]["code"] == "case_unknown"


def test_d4_handed_over_it_waits_and_is_not_let_in(app: Flask, outsider: Phone, sign_in: SignIn) -> None:
    """[D4] [S7] The supervisor reads what it says; in its author's name it cannot be applied."""
    sent = change("blind-1", "note-9")
    (verdict,) = sync(outsider, changes=[sent], escalated=["blind-1"])["verdicts"]
    assert verdict["verdict"] == "in_review"
    reply = sign_in("mikko").post("/api/review-queue/blind-1/release").get_json()
    assert (reply["verdict"], reply["problem"]["code"]) == ("refused", "not_allowed")
    with app.app_context():
        assert db.session.scalars(select(ReviewItem.decision)).one() is None


def test_d4_no_reminder_of_what_one_may_not_read(
    app: Flask, outsider: Phone, sign_in: SignIn, pushes: PushService
) -> None:
    """[D4] [N4] Though the visit names them: neither a row, a push, nor a line of the inbox."""
    assert reminders(app, user=outsider.session["user"]) == []
    aino = sign_in("aino")
    own = reminders(app, user=aino.session["user"], cause="visit_upcoming")[-1]
    with app.app_context(), writing() as transaction:  # as it was when the person had another role
        values = {
            "user": outsider.session["user"],
            "try_at": timestamps.ago(seconds=1),
            "due": timestamps.ago(seconds=1),
        }
        transaction.execute(update(Reminder).where(Reminder.id == own.id).values(values))
    subscribe(outsider, pushes)
    work(app, Worker(app, pushes.wire(), Now()))
    assert pushes.messages == []
    with app.app_context(), writing() as transaction:
        told = {"state": "sent", "sent_at": timestamps.now()}
        transaction.execute(update(Reminder).where(Reminder.id == own.id).values(told))
    assert outsider.get("/api/reminders").get_json() == {"reminders": []}
    assert outsider.get(f"/api/reminders/{own.id}").status_code == 404


def test_d4_a_role_that_changes(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[D4] From the next request on, whatever the device still holds."""
    open_case(app, cast.aino)
    aino = sign_in("aino")
    assert "case" in {record["kind"] for record in all_records(aino)}
    with app.app_context(), writing() as transaction:
        transaction.execute(update(User).where(User.id == cast.aino.id).values(role="expert_by_experience"))
    assert {record["kind"] for record in all_records(aino)} == {"person", "team"}


def test_d4_a_later_kind_says_who_reads_it_in_a_line(
    app: Flask, cast: Cast, outsider: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[D4] A report that the commissioner reads too: pages, digest and history follow from the declaration."""

    class Report(Kind):
        visibility_class = "reports"
        readers = CASE_READERS | {"commissioner_viewer"}
        text = long_text()

    monkeypatch.setitem(KINDS, "report", Report)
    Entries(app, Now())(cast.aino, "report-1", {"text": "Vuosi"}, kind="report")
    is_reader = outsider.session["role"] == "commissioner_viewer"
    assert [r["id"] for r in all_records(outsider) if r["case"] == CASE] == (["report-1"] if is_reader else [])
    files = sync(outsider, check=[CASE])["files"]
    assert [said["class"] for said in files] == (["reports"] if is_reader else [FILE])
    entries = outsider.get(f"/api/cases/{CASE}/history").get_json()["entries"]
    assert [entry["record"] for entry in entries] == (["report-1"] if is_reader else [])
    (verdict,) = sync(outsider, changes=[change("own-1", "report-2") | {"kind": "report"}])["verdicts"]
    assert verdict["verdict"] == ("applied" if is_reader else "refused")
