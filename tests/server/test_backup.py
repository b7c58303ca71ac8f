"""`ovikello backup` and `ovikello restore`, on SQLite."""

import shutil
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import orjson
import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from server import backup, create_app, serve
from server.auth import accounts
from server.backup import Backup, BackupFailed
from server.config import Settings
from server.core import journal_file
from server.core.database import writing
from server.core.models import Access, CaseFile, Change, Organisation, Record, User, db
from server.integrity import anchors
from server.sync import scope
from tests.cast import Cast, SignIn, Template


@pytest.fixture
def template(sqlite_template: Template) -> Template:
    """PostgreSQL has backups of its own; what follows a restore there is in test_journal.py."""
    return sqlite_template


@pytest.fixture
def made(app: Flask, tmp_path: Path) -> Backup:
    return backup.back_up(app, tmp_path / "backups")


def restored(app: Flask, settings: Settings, chosen: Backup) -> int:
    """Stop the server, restore, and say how many events were replayed."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    with serve.alone(settings.data_dir):
        backup.restore(settings, chosen)
        return backup.begin_new_epoch(create_app(settings))


def test_it_works(app: Flask, settings: Settings, made: Backup, cast: Cast) -> None:
    with app.app_context(), writing() as transaction:
        transaction.get_one(User, cast.aino.key).display_name = "Changed since"
    restored(app, settings, made)
    with app.app_context():
        assert db.session.get_one(User, cast.aino.key).display_name == "Aino"
    kept = list(settings.data_dir.glob("*-before-restore-*.sqlite"))
    with closing(sqlite3.connect(kept[0])) as old:
        names = {name for (name,) in old.execute("SELECT display_name FROM user_account")}
    assert "Changed since" in names


def test_what_is_backed_up_is_durable(app: Flask, made: Backup, cast: Cast) -> None:
    """[P10] The seq as the copy holds it, in the running database."""
    with closing(sqlite3.connect(made.database)) as copy:
        in_copy = dict(copy.execute("SELECT id, seq FROM organisation"))
    with app.app_context():
        rows = db.session.execute(select(Organisation.id, Organisation.durable_seq))
        durable = {org: seq for org, seq in rows}  # noqa: C416 - a Row is no pair to `dict`
    assert durable == in_copy
    assert in_copy[cast.aino.org] > 0


def test_a_restore_begins_a_new_epoch(app: Flask, settings: Settings, made: Backup) -> None:
    """[P5] Fault 16."""
    with app.app_context():
        before = set(db.session.scalars(select(Organisation.epoch)))
    restored(app, settings, made)
    with app.app_context():
        after = set(db.session.scalars(select(Organisation.epoch)))
    assert not before & after


def test_a_person_revoked_since_reads_nothing_after_a_restore(
    app: Flask, settings: Settings, sign_in: SignIn, cast: Cast
) -> None:
    """[L5] Fault 46."""
    org, aino = cast.aino.org, cast.aino.id
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, org, "case-1", None)
        scope.grant(transaction, org, aino, ["case-1"], "own_client")
    phone, laptop = sign_in("aino"), sign_in("aino", device="laptop")
    chosen = backup.back_up(app, settings.data_dir / "backups")
    with app.app_context(), writing() as transaction:
        scope.revoke(transaction, org, aino, ["case-1"], "moved")
    cookie = laptop.client.get_cookie("__Host-access")
    assert cookie is not None
    assert laptop.sign_out().status_code == 204
    assert restored(app, settings, chosen) == 2
    with app.app_context():
        assert list(db.session.scalars(select(Access.case))) == []
    laptop.client.set_cookie("__Host-access", cookie.value, secure=True)
    assert laptop.get("/api/devices").status_code == 401
    pull = {"protocol": 2, "schema": 1, "device": "", "cursor": None, "changes": [], "more_follow": False}
    reply = phone.post("/api/sync", pull).json
    assert reply is not None
    assert {record["case"] for record in reply["records"]} == {org}


def test_a_restore_can_be_taken_back(app: Flask, settings: Settings, made: Backup, cast: Cast) -> None:
    """The database of a server that was killed is kept whole, what was still in its WAL included."""
    assert settings.sqlite_path
    wal = settings.sqlite_path.with_name(f"{settings.sqlite_path.name}-wal")
    with app.app_context():
        with writing() as transaction:
            transaction.get_one(User, cast.aino.key).display_name = "In the WAL"
        as_killed = {path: path.read_bytes() for path in (settings.sqlite_path, wal)}
        db.session.remove()
        db.engine.dispose()
    for path, content in as_killed.items():
        path.write_bytes(content)
    assert b"In the WAL" not in settings.sqlite_path.read_bytes()
    with serve.alone(settings.data_dir):
        backup.restore(settings, made)
    (kept,) = settings.data_dir.glob("*-before-restore-*.sqlite")
    with closing(sqlite3.connect(kept)) as old:
        assert old.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert old.execute("SELECT 1 FROM user_account WHERE display_name = 'In the WAL'").fetchone()


def test_the_journal_of_a_lost_machine_comes_with_the_backup(
    app: Flask, settings: Settings, tmp_path: Path, cast: Cast
) -> None:
    """[L5]"""
    with app.app_context(), writing() as transaction:
        accounts.set_active(transaction, transaction.get_one(User, cast.aino.key), active=False, actor=None)
    chosen = backup.back_up(app, tmp_path / "backups")
    settings.journal_path.unlink()
    restored(app, settings, chosen)
    lines = list(journal_file.lines_of(settings.journal_path))
    assert [line["event"] for line in lines] == ["user_active", "epoch", "epoch"]
    assert {line["state"] for line in lines} == {"committed"}


def test_two_backups_in_one_second_are_two(app: Flask, tmp_path: Path) -> None:
    first, second = (backup.back_up(app, tmp_path / "backups") for _ in range(2))
    assert first.database != second.database
    assert first.database.exists()


def test_a_backup_leaves_nothing_half_done(made: Backup) -> None:
    files = {path.suffix for path in made.database.parent.iterdir()}
    assert files == {".sqlite", ".json", ".jsonl"}


@pytest.mark.parametrize("part", ["database", "journal", "manifest"])
@pytest.mark.parametrize("damage", ["missing", "cut", "changed"])
def test_a_damaged_backup_is_refused_and_changes_nothing(
    settings: Settings, made: Backup, part: str, damage: str
) -> None:
    path: Path = getattr(made, part)
    if damage == "missing":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    if damage == "changed" or (damage == "cut" and part == "journal"):
        path.write_bytes(b"{" + path.read_bytes())
    assert settings.sqlite_path is not None
    before = settings.sqlite_path.read_bytes()
    with pytest.raises(BackupFailed):
        backup.restore(settings, made)
    assert settings.sqlite_path.read_bytes() == before
    assert not list(settings.data_dir.glob("*before-restore*"))


def test_a_foreign_database_is_refused(settings: Settings, made: Backup, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE other (id)")
    shutil.copyfile(other, made.database)
    manifest = orjson.loads(made.manifest.read_bytes())
    manifest["database_sha256"] = backup.hash_of(made.database)
    made.manifest.write_bytes(orjson.dumps(manifest))
    with pytest.raises(BackupFailed, match="not a database of Ovikello"):
        backup.restore(settings, made)


def test_a_start_waits_for_a_server_that_was_just_killed(settings: Settings) -> None:
    """The last of its processes holds the folder for a moment."""
    held, left = threading.Event(), threading.Event()

    def dying() -> None:
        with serve.alone(settings.data_dir):
            held.set()
            time.sleep(0.3)
            left.set()

    last = threading.Thread(target=dying)
    last.start()
    assert held.wait(10)
    with serve.alone(settings.data_dir):
        assert left.is_set()
    last.join()


def test_a_served_folder_is_not_restored(settings: Settings) -> None:
    with serve.alone(settings.data_dir), pytest.raises(serve.InUse), serve.alone(settings.data_dir):
        pass


@pytest.mark.parametrize("what", ["edited", "state", "cut off"])
def test_a_backup_of_logs_that_do_not_hold_is_none(app: Flask, tmp_path: Path, cast: Cast, what: str) -> None:
    """[L9] [P10] Nothing of it is durable, and no half of a backup is left that somebody might restore."""
    with app.app_context():
        anchors.write_anchors(app)
        with writing() as transaction:
            if what == "edited":
                transaction.execute(update(Change).values(author="somebody"))
            elif what == "state":
                record = transaction.get_one(Record, (cast.aino.id, cast.aino.org))
                record.body = record.body.replace("Aino", "Eino")
            else:
                transaction.execute(delete(Change))
                transaction.execute(delete(Record))
                transaction.execute(update(CaseFile).values(chain_length=0, chain_head="", digests="{}"))
        before = [row.durable_seq for row in db.session.scalars(select(Organisation))]
        db.session.remove()
    with pytest.raises(BackupFailed, match="log verify"):
        backup.back_up(app, tmp_path / "backups")
    with app.app_context():
        assert [row.durable_seq for row in db.session.scalars(select(Organisation))] == before
    assert list((tmp_path / "backups").iterdir()) == []
