"""The journal beside the database: what a restored backup must not bring back."""

from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from flask import Flask
from sqlalchemy import delete, event, select, update

from server import create_app, directory, serve
from server.auth import accounts, passwords
from server.config import Settings
from server.core import journal, journal_file
from server.core.database import writing
from server.core.models import Access, AuditEvent, Device, Organisation, User, db
from server.core.sign_in_tables import AuthSession
from server.sync import scope
from tests.cast import PASSWORD, Cast, SignIn


def events(settings: Settings) -> list[str]:
    return [line["event"] for line in journal_file.lines_of(settings.journal_path)]


def test_it_works(app: Flask, settings: Settings, sign_in: SignIn) -> None:
    """[L5] An event is an audit event in the database and a line of the file, with one id."""
    sign_in("aino").sign_out()
    lines = list(journal_file.lines_of(settings.journal_path))
    with app.app_context():
        (noted,) = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "session_end"))
        assert [line["id"] for line in lines] == [noted.id]
        assert lines[0]["detail"] == orjson.loads(noted.detail)


def test_nothing_is_replayed_that_the_database_knows(app: Flask, settings: Settings, sign_in: SignIn) -> None:
    """[L5]"""
    sign_in("aino").sign_out()
    with app.app_context():
        assert journal.replay(settings.journal_path) == 0


def forget_all(app: Flask) -> None:
    """The database becomes as old as a backup from before every event of the journal."""
    with app.app_context(), writing() as transaction:
        transaction.execute(delete(AuditEvent))
        transaction.execute(update(AuthSession).values(ended_at=None, end_reason=None))
        transaction.execute(update(Device).values(revoked_at=None, wipe_asked_at=None))
        transaction.execute(update(User).values(active=True, password_hash=passwords.NOBODYS_HASH))


def test_an_ended_session_stays_ended(app: Flask, settings: Settings, sign_in: SignIn) -> None:
    """[L5]"""
    aino, laptop = sign_in("aino"), sign_in("aino", device="laptop")
    csrf, cookie = aino.headers, aino.client.get_cookie("__Host-access")
    assert cookie is not None
    aino.sign_out()
    forget_all(app)
    assert serve.bring_up_to_date(create_app(settings)) is False
    aino.client.set_cookie("__Host-access", cookie.value, secure=True)
    assert aino.client.get("/api/devices", headers=csrf).status_code == 401
    assert laptop.get("/api/devices").status_code == 200


def test_a_revoked_device_stays_revoked(app: Flask, settings: Settings, sign_in: SignIn) -> None:
    """[L5]"""
    phone, laptop = sign_in("aino"), sign_in("aino", device="laptop")
    laptop.delete("/api/devices/phone-of-aino")
    forget_all(app)
    with app.app_context():
        assert journal.replay(settings.journal_path) == 1
    assert phone.get("/api/devices").status_code == 403


def test_v10_a_wiped_device_stays_wiped(app: Flask, settings: Settings, sign_in: SignIn) -> None:
    """[L5] [V10] A restore from before it was stolen does not hand its case files back."""
    phone, laptop = sign_in("aino"), sign_in("aino", device="laptop")
    laptop.post("/api/devices/phone-of-aino/wipe")
    forget_all(app)
    assert phone.get("/api/session").status_code == 200
    with app.app_context():
        assert journal.replay(settings.journal_path) == 1
    assert phone.get("/api/session").get_json() == {"problem": {"code": "device_wiped"}}


def test_a_changed_password_stays_changed(app: Flask, settings: Settings, sign_in: SignIn) -> None:
    """[L5] Its hash is in the file and not among the audit events."""
    sign_in("aino").post("/api/password", {"current": PASSWORD, "next": "lumihanki maaliskuussa"})
    forget_all(app)
    with app.app_context():
        journal.replay(settings.journal_path)
        (noted,) = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "password"))
        assert "argon2" not in noted.detail
    sign_in("aino", password="lumihanki maaliskuussa")


def test_a_closed_account_stays_closed(app: Flask, settings: Settings, cast: Cast) -> None:
    """[L5]"""
    with app.app_context(), writing() as transaction:
        accounts.set_active(transaction, transaction.get_one(User, cast.aino.key), active=False, actor=None)
    forget_all(app)
    with app.app_context():
        journal.replay(settings.journal_path)
        assert db.session.get_one(User, cast.aino.key).active is False


def test_access_ends_as_it_ended_and_stands_as_it_stood(app: Flask, settings: Settings, cast: Cast) -> None:
    """[L5] Grants and revocations are replayed in their order."""
    org, aino, liisa = cast.aino.org, cast.aino.id, cast.liisa.id
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, org, "case-1", None)
        scope.grant(transaction, org, aino, ["case-1"], "own_client")
    with app.app_context(), writing() as transaction:
        scope.revoke(transaction, org, aino, ["case-1"], "moved")
        scope.grant(transaction, org, liisa, ["case-1"], "own_client")
        scope.revoke(transaction, org, liisa, ["case-1"], "mistake")
        scope.grant(transaction, org, liisa, ["case-1"], "stand_in", expires_at="2099-01-01T00:00:00Z")
    with app.app_context(), writing() as transaction:  # as it was after the first grant
        transaction.execute(delete(Access))
        transaction.add(Access(org=org, user=aino, case="case-1", reason="own_client", expires_at=None))
        first = transaction.scalars(
            select(AuditEvent.id).where(AuditEvent.event == "access_grant").order_by(AuditEvent.id)
        ).first()
        transaction.execute(delete(AuditEvent).where(AuditEvent.id != first))
    with app.app_context():
        assert journal.replay(settings.journal_path) == 1 + 4  # the file was opened before
        rows = db.session.execute(select(Access.user, Access.reason, Access.expires_at)).all()
        assert [tuple(row) for row in rows] == [(liisa, "stand_in", "2099-01-01T00:00:00Z")]
        assert journal.replay(settings.journal_path) == 0


def test_what_was_rolled_back_is_never_replayed(app: Flask, settings: Settings, cast: Cast) -> None:
    """[L5] A line that was written and whose transaction then failed is void."""
    with app.app_context():
        with pytest.raises(ZeroDivisionError):
            _close_but_fail(cast.aino.key)
        assert events(settings) == []
        assert b"void" in settings.journal_path.read_bytes()
        assert journal.replay(settings.journal_path) == 0
        assert db.session.get_one(User, cast.aino.key).active


def _close_but_fail(user: tuple[str, str]) -> None:
    """Close an account in a transaction that fails once the journal has been written."""
    with writing() as transaction:
        accounts.set_active(transaction, transaction.get_one(User, user), active=False, actor=None)
        event.listen(transaction, "before_commit", _fail, once=True)


def _fail(_transaction: object) -> None:
    raise ZeroDivisionError


def test_a_crash_between_file_and_commit_is_finished_at_the_next_start(
    app: Flask, settings: Settings, cast: Cast
) -> None:
    """[L5] The line is there, the transaction is not: it was authorised, so it is applied."""
    line: journal_file.Line = {
        "id": "crashed",
        "at": "2026-01-01T00:00:00Z",
        "org": cast.aino.org,
        "event": "user_active",
        "actor": None,
        "detail": {"user": cast.aino.id, "active": False},
    }
    journal_file.append(settings.journal_path, [line])
    with app.app_context():
        assert journal.replay(settings.journal_path) == 1
        assert not db.session.get_one(User, cast.aino.key).active


def test_a_line_cut_by_a_power_loss_spoils_no_other(tmp_path: Path) -> None:
    """[L5]"""
    path = tmp_path / "journal.jsonl"
    journal_file.append(path, [{"id": "1", "at": "", "event": "epoch", "detail": {}}])
    with path.open("ab") as file:
        file.write(b'{"id": "2", "ev')
    journal_file.append(path, [{"id": "3", "at": "", "event": "epoch", "detail": {}}])
    assert [line["id"] for line in journal_file.lines_of(path)] == ["1", "3"]
    assert path.stat().st_mode & 0o077 == 0


def test_a_journal_of_a_newer_version_stops_the_start(app: Flask, settings: Settings, cast: Cast) -> None:
    """[L5] What cannot be replayed must not be passed over."""
    line: journal_file.Line = {
        "id": "new",
        "at": "",
        "org": cast.aino.org,
        "event": "moonwalk",
        "actor": None,
        "detail": {},
    }
    journal_file.append(settings.journal_path, [line])
    with app.app_context(), pytest.raises(journal.JournalTooNew, match="moonwalk"):
        journal.replay(settings.journal_path)


def test_a_full_disk_refuses_what_it_cannot_note(app: Flask, sign_in: SignIn) -> None:
    """[L5] Fault 11: no revocation without its line."""
    aino = sign_in("aino")
    app.extensions["ovikello-journal"] = Path("/dev/full")
    reply = aino.sign_out()
    assert (reply.status_code, reply.json) == (507, {"problem": {"code": "storage_full"}})
    assert aino.get("/api/devices").status_code == 200


def test_a_database_restored_by_other_means_begins_a_new_epoch(
    app: Flask, settings: Settings, cast: Cast, sign_in: SignIn
) -> None:
    """[L5] `ovikello restored`: fault 46, on PostgreSQL too."""
    from server import backup

    sign_in("aino").sign_out()
    with app.app_context():
        before = db.session.get_one(Organisation, cast.aino.org).epoch
    forget_all(app)
    assert backup.begin_new_epoch(create_app(replace(settings))) == 1
    with app.app_context():
        after = db.session.get_one(Organisation, cast.aino.org).epoch
        assert after != before
        assert events(settings)[-2:] == ["epoch", "epoch"]
        assert directory.new_epoch() != directory.new_epoch()
