"""Files whose time is over, holds and erasing: /api/admin/retention (SPEC A12–A14), and `ovikello retention`."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import inspect, select, text, update
from uuid6 import uuid7

from server import create_app, directory, serve
from server.attachments.tables import AttachmentPiece
from server.auth import security_log_reading
from server.cli import main
from server.config import Settings
from server.core.database import writing
from server.core.models import AuditEvent, CaseFile, Change, Organisation, Reading, ReviewItem, User, db
from server.integrity import anchors, verify
from server.retention import due
from server.rules import clock
from server.rules.dates import FINLAND
from server.sync import scope
from tests.attaching import declare, photo, send
from tests.cast import ON_SQLITE, Cast, Phone, SignIn
from tests.reminding import Entries, Now
from tests.server.test_limits_in_time import sync

#: in whatever is written about the client
MARKER = "Kuiskausmerkki"
CODE = "OV-7777"
TODAY = datetime.now(FINLAND).date()
LONG_AGO = due.years_after(TODAY, -10) - timedelta(days=1)
#: what tells who read, and that there was a file; the codes of neither say anything of a client
KEPT = {"access_event", "reading", "case_file"}


@pytest.fixture
def enter(app: Flask) -> Entries:
    return Entries(app, Now())


@pytest.fixture
def closed(app: Flask, cast: Cast, enter: Entries, sign_in: SignIn) -> str:
    """A client's file that the office opened by name, with entries, a photo and what waits for the leader. It was
    closed ten years and a day ago."""
    with app.app_context(), writing() as transaction:
        aino = transaction.get_one(User, (cast.aino.id, cast.aino.org))
        case = directory.open_case(transaction, aino, CODE, f"{MARKER} Paavo")
    enter(cast.aino, "note-old", {"text": f"{MARKER} muistiinpano"}, kind="note", case=case)
    planned = {"start": "2099-01-01T10:00:00Z", "end": "2099-01-01T11:00:00Z"}
    enter(cast.aino, "visit-old", {"plan": planned, "worker": cast.aino.id}, case=case)
    content = photo(32, 32)
    declare(enter, cast.aino, content, "photo-old", case=case)
    assert send(sign_in("aino"), content, "photo-old").status_code == 204
    with app.app_context(), writing() as transaction:
        held = {"change": f'{{"text": "{MARKER}"}}', "problem": None, "decision": None}
        row = {"case": case, "author": cast.liisa.id, "device": cast.liisa.device, "received": "1"}
        transaction.add(ReviewItem(id="held-old", org=cast.aino.org, **row, **held))
        header = transaction.scalars(select(Change.record).where(Change.case == case, Change.kind == "case")).first()
    enter(cast.aino, str(header), {"status": "ended"}, kind="case", case=case)
    enter(cast.aino, "exit-old", {"on": str(LONG_AGO), "reason": "own_rental_home"}, kind="exit", case=case)
    return case


def listed(phone: Phone) -> dict[str, dict[str, Any]]:
    reply = phone.get("/api/admin/retention")
    assert reply.status_code == 200, reply.json
    assert MARKER.encode() not in reply.data
    return {one["case"]: one for one in reply.get_json()["files"]}


def erase(phone: Phone, *cases: str) -> Any:
    return phone.post("/api/admin/retention/erase", {"cases": list(cases)})


def hold(phone: Phone, client: str = CODE, reason: str = "Kantelu vireillä") -> Any:
    return phone.post("/api/admin/retention/holds", {"client": client, "reason": reason})


def rows_with(app: Flask, said: str) -> set[str]:
    """The tables in which a text stands anywhere."""
    found = set()
    with app.app_context(), db.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):  # noqa: S608 - the database's own names
                if any(said in (one.decode("latin-1") if isinstance(one, bytes) else str(one)) for one in row):
                    found.add(table)
    return found


def rows_of(app: Flask, case: str) -> set[str]:
    """The tables that have rows of a case file."""
    with app.app_context(), db.engine.connect() as connection:
        named = [
            table
            for table in inspect(connection).get_table_names()
            if "case" in {column["name"] for column in inspect(connection).get_columns(table)}
        ]
        return {
            table
            for table in named
            if connection.execute(text(f'SELECT 1 FROM "{table}" WHERE "case" = :case'), {"case": case}).first()  # noqa: S608
        }


def faults(app: Flask, settings: Settings) -> list[str]:
    with app.app_context(), db.engine.connect() as connection:
        return [fault.what for fault in verify.faults(connection, verify.anchored(settings.journal_path))]


def test_a12_a_closed_file_is_due_when_its_years_are_over(cast: Cast, closed: str, sign_in: SignIn) -> None:
    """[A12] Ten years from the exit, by code; and nobody but those who administer, or watch over data, is told."""
    one = listed(sign_in("satu"))[closed]
    assert (one["client_id"], one["state"], one["task"]) == (CODE, "due", "working_age_services")
    assert (one["closed_on"], one["kept_until"]) == (str(LONG_AGO), str(TODAY - timedelta(days=1)))
    assert one["records"] > 4
    assert sign_in("mikko").get("/api/admin/retention").status_code == 403
    assert cast.aino.org not in listed(sign_in("satu"))


@pytest.mark.parametrize(
    ("task", "state"),
    [("family_services", "kept"), ("substance_services", "due"), ("child_welfare", "undecided")],
)
def test_a12_the_countys_duty_decides(
    cast: Cast, enter: Entries, closed: str, sign_in: SignIn, task: str, state: str
) -> None:
    """[A12] Thirty years for a family's file; what is counted from something else is for a person to decide."""
    enter(cast.aino, "decision-old", {"task": task, "start": "2010-01-01"}, kind="decision", case=closed)
    assert listed(sign_in("satu"))[closed]["state"] == state


@pytest.mark.parametrize(
    ("exits", "expected"),
    [([], "undecided"), ([str(TODAY)], "kept"), ([str(LONG_AGO + timedelta(days=1))], "kept"), (["2001-02-28"], "due")],
)
def test_a12_the_latest_exit_counts(
    cast: Cast, enter: Entries, closed: str, sign_in: SignIn, exits: list[str], expected: str
) -> None:
    """[A12] One that was removed does not, and without any the day is not known."""
    removed: dict[str, Any] = {"removed": {"saw": []}}
    enter(cast.aino, "exit-old", removed, kind="exit", case=closed)
    for number, on in enumerate(exits):
        enter(cast.aino, f"exit-{number}", {"on": on, "reason": "own_rental_home"}, kind="exit", case=closed)
    assert listed(sign_in("satu"))[closed]["state"] == expected


def test_a12_a_file_that_is_open_is_not_listed(cast: Cast, enter: Entries, closed: str, sign_in: SignIn) -> None:
    """[A12] Somebody came back into the same file."""
    with_header = next(iter(listed(sign_in("satu"))))
    assert with_header == closed
    reply = sync(sign_in("aino"))
    (header,) = [one["id"] for one in reply["records"] if one["kind"] == "case" and one["case"] == closed]
    enter(cast.aino, header, {"status": "active"}, kind="case", case=closed)
    assert listed(sign_in("satu")) == {}


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        ("2016-02-29", 10, date(2026, 3, 1)),
        ("2016-11-30", 30, date(2046, 11, 30)),
        ("2012-02-29", 4, date(2016, 2, 29)),
    ],
)
def test_a12_years_are_whole(day: str, years: int, expected: date) -> None:
    """[A12] Never a day too few."""
    assert due.years_after(date.fromisoformat(day), years) == expected


def test_a13_nothing_of_an_erased_client_is_left(
    app: Flask, settings: Settings, cast: Cast, closed: str, sign_in: SignIn
) -> None:
    """[A13] In no table and not in the journal; the logs hold, with their anchors, and the audit log says by whom."""
    with app.app_context():
        anchors.write_anchors(app)
    assert rows_with(app, MARKER) >= {"record", "change", "held_change"}
    assert MARKER in settings.journal_path.read_text()
    reply = erase(sign_in("satu"), closed)
    assert reply.status_code == 200, reply.json
    assert reply.get_json()["records"] > 4
    assert rows_with(app, MARKER) == rows_with(app, CODE) == set()
    assert rows_of(app, closed) <= KEPT
    journal_says = settings.journal_path.read_text()
    assert MARKER not in journal_says
    assert CODE not in journal_says
    with app.app_context():
        assert db.session.scalar(select(AttachmentPiece.attachment)) is None
        noted = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "case_erased")).all()
        assert [one.actor for one in noted] == [cast.satu.id]
    assert faults(app, settings) == []
    assert listed(sign_in("satu")) == {}


@ON_SQLITE
def test_a13_the_files_of_the_database_do_not_hold_it_either(
    app: Flask, settings: Settings, closed: str, sign_in: SignIn
) -> None:
    """[A13] SQLite leaves deleted text in its pages unless it is told not to."""
    assert erase(sign_in("satu"), closed).status_code == 200
    with app.app_context():
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    files = [path for path in settings.data_dir.rglob("*") if path.is_file()]
    assert len(files) > 1
    assert [path.name for path in files if MARKER.encode() in path.read_bytes()] == []


def late_change(case: str, record: str, kind: str, said: dict[str, Any]) -> dict[str, Any]:
    at = clock.write(clock.Stamp(int(datetime.now(UTC).timestamp() * 1000), 0, "0123456789ab"))
    return {"id": str(uuid7()), "record": record, "kind": kind, "case": case, "at": at, "set": said, "seen": {}}


def test_a13_a_phone_that_comes_back_is_told(app: Flask, closed: str, sign_in: SignIn) -> None:
    """[A13] [S4] [S7] Its entry is refused by name, also when it is handed over to the leader; it opens nothing."""
    aino = sign_in("aino")
    cursor = sync(aino)["cursor"]
    assert erase(sign_in("satu"), closed).status_code == 200
    note = late_change(closed, "note-late", "note", {"text": f"{MARKER} myöhässä"})
    header = late_change(closed, closed, "case", {"client_name": MARKER})
    reply = sync(aino, cursor=cursor, changes=[note, header])
    assert [one["problem"]["code"] for one in reply["verdicts"]] == ["case_erased", "case_erased"]
    assert {"case": closed, "event": "purge"} in reply["files"]
    again = sync(aino, cursor=reply["cursor"], changes=[note], escalated=[note["id"]])
    assert [one["verdict"] for one in again["verdicts"]] == ["refused"]
    assert rows_with(app, MARKER) == set()
    assert sync(sign_in("sanna"), changes=[note])["verdicts"][0]["problem"]["code"] == "case_unknown"


def test_a13_the_logs_go_on_telling_of_it(app: Flask, cast: Cast, closed: str, sign_in: SignIn) -> None:
    """[A13] [A8] [A9] Who read the file is still told, without a code; that it was held and erased is for the security
    log too."""
    satu = sign_in("satu")
    with app.app_context(), writing() as transaction:
        read = {"user": cast.aino.id, "device": cast.aino.device, "at": "4070908000000-0000-a1b2c3d4e5f6"}
        transaction.add(Reading(id="r-1", org=cast.aino.org, case=closed, received="1", **read))
    assert hold(satu).status_code == 200
    assert satu.post(f"/api/admin/retention/holds/{closed}/end").status_code == 204
    assert erase(satu, closed).status_code == 200
    (entry, *_) = satu.get(f"/api/admin/access-log/person?person={cast.aino.id}&after=").get_json()["entries"]
    assert (entry["case"], entry["client_id"]) == (closed, "")
    with app.app_context(), db.engine.connect() as connection:
        told = {line.event for line in security_log_reading.entries(connection)}
    assert told >= {"case_erased", "legal_hold", "legal_hold_end"}


def test_a13_access_to_an_erased_file_is_not_given(app: Flask, cast: Cast, closed: str, sign_in: SignIn) -> None:
    """[A13] Neither by name nor with a team's leadership."""
    assert erase(sign_in("satu"), closed).status_code == 200
    with app.app_context(), writing() as transaction, pytest.raises(LookupError):
        scope.grant(transaction, cast.aino.org, cast.liisa.id, [closed], "own_client")
    with app.app_context():
        file = db.session.get_one(CaseFile, (closed, cast.aino.org))
        assert (file.team, file.chain_length) == (None, 0)


@pytest.mark.parametrize("other", ["open", "unknown"])
def test_a13_all_that_are_asked_for_or_none(app: Flask, cast: Cast, closed: str, sign_in: SignIn, other: str) -> None:
    """[A13] Beside one that is due: a client who is still served, and a file that nobody has."""
    case = str(uuid7())
    if other == "open":
        with app.app_context(), writing() as transaction:
            directory.open_case(
                transaction, transaction.get_one(User, (cast.aino.id, cast.aino.org)), "OV-1", "X", case
            )
    before = rows_with(app, MARKER)
    reply = erase(sign_in("satu"), closed, case)
    assert (reply.status_code, reply.json["problem"]["code"]) == (409, "not_due_for_erasing")
    assert rows_with(app, MARKER) == before
    assert erase(sign_in("satu")).status_code == 422


def test_a13_the_password_is_asked_again(app: Flask, closed: str, sign_in: SignIn) -> None:
    """[A13] [A2]"""
    satu = sign_in("satu")
    with app.app_context(), writing() as transaction:
        long_ago = datetime.now(UTC) - timedelta(hours=1)
        transaction.execute(text("UPDATE session SET confirmed_at = :at"), {"at": f"{long_ago:%Y-%m-%dT%H:%M:%SZ}"})
    assert erase(satu, closed).json["problem"]["code"] == "confirm_password"


@ON_SQLITE
def test_a13_a_restored_backup_does_not_bring_it_back(
    app: Flask, settings: Settings, closed: str, sign_in: SignIn, tmp_path: Path
) -> None:
    """[A13] [L5] A copy from before: it is erased again before the first request, and its log still holds."""
    database = settings.sqlite_path
    assert database is not None
    with app.app_context():
        anchors.write_anchors(app)
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    shutil.copy(database, tmp_path / "before.db")
    assert erase(sign_in("satu"), closed).status_code == 200
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    for beside in database.parent.glob(f"{database.name}*"):
        beside.unlink()
    shutil.copy(tmp_path / "before.db", database)
    assert rows_with(app, MARKER) != set()
    restored = create_app(settings)
    serve.bring_up_to_date(restored)
    assert rows_with(restored, MARKER) == set()
    assert rows_of(restored, closed) <= KEPT
    assert faults(restored, settings) == []


def test_l9_a_file_that_was_emptied_by_hand_is_a_fault(app: Flask, settings: Settings, closed: str) -> None:
    """[L9] [A13] Erased, says the row; and the audit log knows nothing of it."""
    with app.app_context(), writing() as transaction:
        for table in ("record", "change"):
            transaction.execute(text(f'DELETE FROM "{table}" WHERE "case" = :case'), {"case": closed})  # noqa: S608
        emptied = {"erased_at": "2026-11-30T10:00:00Z", "chain_length": 0, "chain_head": "", "digests": "{}"}
        transaction.execute(update(CaseFile).where(CaseFile.id == closed).values(emptied))
    assert "cut_off" in faults(app, settings)


def test_a14_a_held_file_is_not_erased(app: Flask, closed: str, sign_in: SignIn) -> None:
    """[A14] By the client's code, until it is lifted; the reason stands in the list and not in the audit log."""
    satu = sign_in("satu")
    assert hold(satu).get_json() == {"case": closed}
    one = listed(satu)[closed]
    assert (one["state"], one["hold"]["reason"]) == ("held", "Kantelu vireillä")
    assert erase(satu, closed).status_code == 409
    assert rows_with(app, "Kantelu") == {"legal_hold"}
    assert satu.post(f"/api/admin/retention/holds/{closed}/end").status_code == 204
    assert satu.post(f"/api/admin/retention/holds/{closed}/end").status_code == 404
    assert erase(satu, closed).status_code == 200


def test_a14_whoever_is_still_served_can_be_held_too(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[A14] Their file stands in the list while it is held; an unknown client is said at the field."""
    with app.app_context(), writing() as transaction:
        aino = transaction.get_one(User, (cast.aino.id, cast.aino.org))
        case = directory.open_case(transaction, aino, CODE, "Paavo")
    satu = sign_in("satu")
    assert hold(satu, "ov-7777", "Oikeudenkäynti").status_code == 200
    assert listed(satu)[case]["state"] == "held"
    faulty = hold(satu, "OV-0000")
    assert (faulty.status_code, faulty.json["problem"]["fields"]) == (422, {"client": ["unknown"]})
    assert hold(satu, CODE, " ").status_code == 422


def test_a14_a_hold_outlives_a_restore(app: Flask, settings: Settings, closed: str, sign_in: SignIn) -> None:
    """[A14] [L5] A database that forgot it gets it from the journal, with its reason."""
    assert hold(sign_in("satu")).status_code == 200
    with app.app_context(), writing() as transaction:
        transaction.execute(text("DELETE FROM legal_hold"))
        transaction.execute(text("DELETE FROM audit_event WHERE event = 'legal_hold'"))
    serve.bring_up_to_date(create_app(settings))
    assert listed(sign_in("satu"))[closed]["hold"]["reason"] == "Kantelu vireillä"


@ON_SQLITE
def test_a13_by_command(app: Flask, settings: Settings, closed: str) -> None:
    """[A12] [A13] [A14] `ovikello retention list`, `hold`, `lift` and `erase`; what is held is not erased."""
    with app.app_context():
        of_file = select(Organisation.name).join(CaseFile, CaseFile.org == Organisation.id)
        organisation = db.session.scalars(of_file.where(CaseFile.id == closed)).one()
        db.session.remove()
        db.engine.dispose()
    where = ("--data-dir", str(settings.data_dir), "--organisation", organisation)

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["retention", *words, *where])
        return done.exit_code, done.output

    assert run("list") == (0, f"{closed}  {CODE}  due  {TODAY - timedelta(days=1)}  6 records\n")
    assert run("hold", closed, "--reason", "Kantelu")[0] == 0
    assert "held" in run("list")[1]
    assert run("erase", closed, "--yes")[0] == 1
    assert run("lift", closed)[0] == 0
    assert "6 records are erased" in run("erase", closed, "--yes")[1]
    assert run("list") == (0, "")
    assert run("lift", closed)[0] == 1
