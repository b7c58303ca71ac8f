"""Access for a time ends where it is asked, at every address, and whoever reads is noted (S6, L3)."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from server.core import timestamps
from server.core.database import writing
from server.core.models import Access, AccessEvent, AuditEvent, db
from server.core.reminder_tables import Reminder
from server.sync import scope
from server.worker.worker import Worker
from tests.attaching import RECORD, declare, photo, send
from tests.cast import ON_SQLITE, Cast, Phone, SignIn
from tests.push_service import PushService
from tests.reminding import CASE, Entries, Now, open_case, reminders, soon

ROOT = Path(__file__).parents[2]
CONTRACT = orjson.loads((ROOT / "docs" / "openapi.json").read_bytes())
METHODS = ("get", "put", "post", "delete")
#: what an address may be asked for that belongs to a case file, and what does not. What needs no session asks after no
#: access: `put-off` is opened by a notification's own word (N8).
OF_A_CASE = {"case", "record", "change", "reminder", "attachment", "document"}
#: a statement is asked for by its decision: who may is asked by `server/reports/readers.py`, as for every report, and
#: an upload goes on for whoever wrote its record, also where access ended since (X2). A file that is held is named by
#: an administrator, who need not read it (A14); `what` a table brings (A15) has no file yet. A table of the data API is
#: its token's to read (A19), whoever has access to which file
OF_NO_CASE = {"upload", "check_in", "device_id", "device", "incident", "person", "team", "key", "decision", "month"}
OF_NO_CASE |= {"held", "what", "table", "data_token", "code", "opening"}
ADDRESSES = [
    (method, path)
    for path, methods in CONTRACT["paths"].items()
    for method in METHODS
    if methods.get(method, {}).get("security") and OF_A_CASE & set(re.findall(r"{(\w+)}", path))
]
#: told to those alone who have the file for good (A21)
FOR_GOOD = "/api/cases/{case}/access-log"
VISIT, LATE, PLAN, TWIN = "visit-1", "late-1", "plan-1", "case-twin"
#: that a device made a document is told with a body
MADE = {"format": "json", "at": "2026-11-29T08:00:00Z"}

Ids = dict[str, str]


@pytest.fixture
def ids(app: Flask, cast: Cast, sign_in: SignIn) -> Ids:
    """A visit, a late entry that waits, and a reminder, all of a file in which Mikko stands in until soon."""
    enter = Entries(app, Now())
    open_case(app, cast.aino, cast.liisa)
    lend(app, cast, timestamps.ago(hours=-1))
    enter(cast.aino, VISIT, soon(20))
    enter(cast.aino, PLAN, {"agreed_on": "2026-11-20", "client_part": "Maksan vuokran"}, "plan")
    with app.app_context(), writing() as transaction:
        scope.revoke(transaction, cast.liisa.org, cast.liisa.id, [CASE], "moved")
    late = change(LATE, "note-1")
    assert sync(sign_in("liisa"), changes=[late])["verdicts"][0]["verdict"] == "in_review"
    with app.app_context(), writing() as transaction:
        told = update(Reminder).where(Reminder.cause == "visit_upcoming")
        transaction.execute(told.values(state="sent", sent_at=timestamps.now()))
    reminder = reminders(app, user=cast.mikko.id, state="sent")[-1]
    picture = photo(64, 64)
    declare(enter, cast.aino, picture)
    send(sign_in("aino"), picture)
    open_case(
        app, cast.aino, cast.mikko, case=TWIN, duplicate_of=CASE
    )  # its client's readers are Mikko's to decide (H8)
    ids = {"case": CASE, "record": VISIT, "change": LATE, "reminder": reminder.id, "attachment": RECORD}
    return ids | {"document": "plan"}


@pytest.fixture
def mikko(ids: Ids, sign_in: SignIn) -> Phone:
    assert ids
    return sign_in("mikko")


def lend(app: Flask, cast: Cast, until: str) -> None:
    with app.app_context(), writing() as transaction:
        scope.grant(transaction, cast.mikko.org, cast.mikko.id, [CASE], "stand_in", expires_at=until)


def run_out(app: Flask, cast: Cast, until: str = "") -> None:
    """The time passes; nobody writes it down."""
    with app.app_context(), writing() as transaction:
        own = update(Access).where(Access.user == cast.mikko.id)
        transaction.execute(own.values(expires_at=until or timestamps.ago(seconds=1)))


def change(id_: str, record: str) -> dict[str, Any]:
    at = f"{time.time_ns() // 1_000_000:013}-0000-0123456789ab"
    return {"id": id_, "record": record, "kind": "note", "case": CASE, "at": at, "set": {"text": "x"}, "seen": {}}


def sync(phone: Phone, **more: Any) -> dict[str, Any]:
    body: dict[str, Any] = {"protocol": 2, "schema": 1, "cursor": None, "changes": [], "more_follow": False}
    reply: dict[str, Any] | None = phone.post("/api/sync", body | more).json
    assert reply is not None
    return reply


def asked(phone: Phone, method: str, path: str, ids: Ids) -> Any:
    of_document = "{document}" in path
    for name, value in (ids | ({"record": PLAN} if of_document else {})).items():
        path = path.replace(f"{{{name}}}", value)
    bodies: dict[str, Any] = {"readers": {"people": []}, **({PLAN: MADE} if of_document and method == "post" else {})}
    body = bodies.get(path.rsplit("/", 1)[-1])
    return phone.client.open(path, method=method.upper(), headers=phone.headers, json=body)


def ends(app: Flask, cast: Cast) -> list[str]:
    """Why access of the stand-in ended, as often as it was written down."""
    with app.app_context():
        of_mikko = (AccessEvent.user == cast.mikko.id, AccessEvent.case == CASE, AccessEvent.event == "revoke")
        return list(db.session.scalars(select(AccessEvent.reason).where(*of_mikko)))


def notes(app: Flask, event: str) -> list[dict[str, Any]]:
    with app.app_context():
        found = db.session.scalars(select(AuditEvent).where(AuditEvent.event == event).order_by(AuditEvent.id))
        return [orjson.loads(each.detail) | {"actor": each.actor} for each in found]


def test_every_address_is_known_to_be_of_a_case_or_not() -> None:
    """[S6] A new one says which it is."""
    named = {name for path in CONTRACT["paths"] for name in re.findall(r"{(\w+)}", path)}
    assert named == OF_A_CASE | OF_NO_CASE
    assert len(ADDRESSES) >= 9


def test_s6_whoever_asks_after_access_asks_whether_it_lasts() -> None:
    """[S6] No module looks at access without its end; `scope` itself has both in its statements."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "server").rglob("*.py")}
    asking = {name for name, text in texts.items() if re.search(r"\bAccess\.\w", text)} - {"models.py"}
    # A report tells when a stand-in ended, so it reads the ended ones with their end.
    asking -= {"reading.py"}
    assert "Access.expires_at" in texts["reading.py"]
    office = {"commissioned.py", "opening.py", "caseloads.py", "changes.py", "listing.py", "readers.py"}
    office |= {"standing_in.py", "client_readers.py", "break_glass.py", "reviewing.py", "telling.py"}
    assert asking == {"scope.py", "pull_queries.py", "news.py", "schedule.py", "inbox.py"} | office
    assert {name for name in asking if "LASTS" in texts[name]} == asking


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_s6_an_ended_stand_in_finds_nothing_at_any_address(
    app: Flask, cast: Cast, ids: Ids, mikko: Phone, method: str, path: str
) -> None:
    """[S6] And the end is written down, whichever address notices it."""
    run_out(app, cast)
    assert ends(app, cast) == []
    reply = asked(mikko, method, path, ids)
    assert (reply.status_code, reply.json) == (404, {"problem": {"code": "not_found"}})
    assert ends(app, cast) == ["expired"]


@ON_SQLITE
@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_s6_a_stand_in_whose_time_lasts_finds_everything(ids: Ids, mikko: Phone, method: str, path: str) -> None:
    """[S6] What the test above refuses is there."""
    reply = asked(mikko, method, path, ids)
    if path == FOR_GOOD:
        assert reply.status_code == 404
        return
    # A document tells what it still needs: no code tables are loaded here.
    assert reply.status_code in (200, 204) or reply.json["problem"]["code"] == "document_lacks"


@pytest.mark.parametrize(("path", "name"), [("/api/review-queue", "entries"), ("/api/reminders", "reminders")])
def test_s6_lists_are_empty(app: Flask, cast: Cast, mikko: Phone, path: str, name: str) -> None:
    """[S6]"""
    assert len(mikko.get(path).get_json()[name]) == 1
    run_out(app, cast)
    assert (mikko.get(path).get_json()[name], ends(app, cast)) == ([], ["expired"])


def test_s6_the_exchange_gives_and_takes_nothing(app: Flask, cast: Cast, mikko: Phone) -> None:
    """[S6] Neither a page, a digest nor a repair; what is sent is held."""
    run_out(app, cast)
    reply = sync(mikko, changes=[change("mine", "note-2")], check=[CASE], repair=[CASE])
    assert reply["verdicts"][0]["verdict"] == "in_review"
    assert {record["case"] for record in reply["records"] + reply["touched"]} == {cast.mikko.org}
    assert [file for file in reply["files"] if file["case"] == CASE and file["event"] != "purge"] == []


def test_s6_time_that_runs_out_within_a_request(
    app: Flask, cast: Cast, ids: Ids, mikko: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[S6] After the look at the door: what is asked then says no by itself, though no end is written yet."""
    run_out(app, cast)
    monkeypatch.setattr(scope, "has_expired", lambda *_: False)
    for method, path in ADDRESSES:
        if not path.endswith(("/seen", "/done", "/snooze")):  # they say nothing of the case
            assert asked(mikko, method, path, ids).status_code == 404, path
    assert mikko.get("/api/review-queue").get_json()["entries"] == []
    assert mikko.get("/api/reminders").get_json() == {"reminders": []}
    reply = sync(mikko, changes=[change("mine", "note-2")], check=[CASE], repair=[CASE])
    assert reply["verdicts"][0]["verdict"] == "in_review"
    assert {record["case"] for record in reply["records"] + reply["touched"]} == {cast.mikko.org}
    assert reply["progress"]["done"] == reply["progress"]["total"]
    assert ends(app, cast) == []


def test_s6_a_calendar_that_nobody_signs_in_for(app: Flask, cast: Cast, mikko: Phone) -> None:
    """[S6] [I2] The secret address notices it too."""
    path = mikko.post("/api/calendar").get_json()["path"]
    stranger: FlaskClient = app.test_client()
    enter = Entries(app, Now())
    enter(cast.mikko, "visit-2", soon(30, worker=cast.mikko.id))
    assert stranger.get(path).text.count("VEVENT") == 2
    run_out(app, cast)
    assert stranger.get(path).text.count("VEVENT") == 0
    assert ends(app, cast) == ["expired"]


def test_s6_the_end_of_those_who_never_ask(app: Flask, cast: Cast, ids: Ids, pushes: PushService) -> None:
    """[S6] The worker writes it within the hour; a second look finds nothing."""
    assert ids
    run_out(app, cast)
    worker = Worker(app, pushes.wire(), Now())
    with app.app_context():
        worker.tidy_up()
        worker.tidy_up()
    assert ends(app, cast) == ["expired"]


@pytest.mark.parametrize("moved", ["0001-01-01T00:00:00Z", "now"])
def test_s6_the_very_second_is_over(app: Flask, cast: Cast, ids: Ids, mikko: Phone, moved: str) -> None:
    """[S6] Until then, and not a second longer."""
    run_out(app, cast, timestamps.now() if moved == "now" else moved)
    assert asked(mikko, "get", "/api/cases/{case}/history", ids).status_code == 404


READINGS: list[tuple[str, str, Callable[[Ids], dict[str, Any]]]] = [
    ("/api/cases/{case}/history", "history_read", lambda ids: {"case": ids["case"], "record": None}),
    (
        "/api/cases/{case}/records/{record}/history",
        "history_read",
        lambda ids: {"case": ids["case"], "record": ids["record"]},
    ),
    ("/api/cases/{case}/visits/{record}.ics", "visit_read", lambda ids: {"case": ids["case"], "record": ids["record"]}),
    *(
        (path, "attachment_read", lambda ids: {"case": ids["case"], "record": ids["attachment"]})
        for path in ("/api/cases/{case}/attachments/{attachment}", "/api/cases/{case}/attachments/{attachment}/small")
    ),
    ("/api/review-queue", "held_read", lambda ids: {"changes": [ids["change"]], "cases": [ids["case"]]}),
]


@pytest.mark.parametrize(("path", "event", "detail"), READINGS)
def test_l3_each_reading_is_noted(
    app: Flask, cast: Cast, ids: Ids, mikko: Phone, path: str, event: str, detail: Callable[[Ids], dict[str, Any]]
) -> None:
    """[L3] Also of a person whose device says nothing of what it opens."""
    assert asked(mikko, "get", path, ids).status_code == 200
    assert notes(app, event) == [detail(ids) | {"actor": cast.mikko.id, "device": cast.mikko.device}]


def test_l3_nothing_that_was_handed_out_is_nothing_to_note(app: Flask, ids: Ids, mikko: Phone, sign_in: SignIn) -> None:
    """[L3] A page without a line, a refusal, and an empty list."""
    reply = asked(mikko, "get", "/api/cases/{case}/history", ids).get_json()
    assert mikko.get(f"/api/cases/{CASE}/history?after={reply['last']}").get_json()["entries"] == []
    sanna = sign_in("sanna")
    assert asked(sanna, "get", "/api/cases/{case}/history", ids).status_code == 404
    assert len(notes(app, "history_read")) == 1
    asked(mikko, "post", "/api/review-queue/{change}/reject", ids)
    assert mikko.get("/api/review-queue").get_json()["entries"] == []
    assert notes(app, "held_read") == []


def test_l3_a_calendar_that_was_fetched_is_noted_once_for_each_state(app: Flask, cast: Cast, mikko: Phone) -> None:
    """[L3] [I3] What came before is not sent and not noted again."""
    path = mikko.post("/api/calendar").get_json()["path"]
    Entries(app, Now())(cast.mikko, "visit-2", soon(30, worker=cast.mikko.id))
    stranger: FlaskClient = app.test_client()
    tag = stranger.get(path).headers["ETag"]
    assert stranger.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert notes(app, "calendar_read") == [{"cases": [CASE], "actor": cast.mikko.id, "device": ""}]
