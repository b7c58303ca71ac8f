"""Photos and documents in a backup, after a restore, and in what is verified (X5)."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from server import backup, create_app, serve
from server.attachments.tables import AttachmentPiece
from server.backup import BackupFailed
from server.config import Settings
from server.core.database import writing
from server.core.models import Organisation, db
from server.integrity import verify
from tests.attaching import declare, how_far, photo, send
from tests.cast import ON_SQLITE, Cast, Phone, SignIn
from tests.reminding import CASE, Entries, Now, open_case


@pytest.fixture
def enter(app: Flask, cast: Cast) -> Entries:
    open_case(app, cast.aino)
    return Entries(app, Now())


@pytest.fixture
def aino(enter: Entries, sign_in: SignIn) -> Phone:  # noqa: ARG001 - the case file is there first
    return sign_in("aino")


def whole(phone: Phone, record: str) -> bytes | None:
    reply = phone.get(f"/api/cases/{CASE}/attachments/{record}")
    return reply.data if reply.status_code == 200 else None


@ON_SQLITE
def test_x5_a_restore_brings_back_what_the_backup_held(
    app: Flask, settings: Settings, tmp_path: Path, enter: Entries, cast: Cast, aino: Phone
) -> None:
    """[X5] What was kept since is gone, though its seq said that it was in no backup: its phone sends it again, whether
    its record was in the backup or not. What was half way goes on from where the backup was."""
    content = photo(64, 64)
    for record in ("held", "since"):
        declare(enter, cast.aino, content, record)
    send(aino, content, "held")
    before = whole(aino, "held")
    chosen = backup.back_up(app, tmp_path / "backups")
    with app.app_context():
        durable = db.session.get_one(Organisation, cast.aino.org).durable_seq
        db.session.remove()
    assert durable is not None
    kept = [int(how_far(aino, "held").headers["Upload-Kept"]), int(send(aino, content, "since").headers["Upload-Kept"])]
    assert kept[0] <= durable < kept[1]
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    with serve.alone(settings.data_dir):
        backup.restore(settings, chosen)
        backup.begin_new_epoch(create_app(settings))
    assert whole(aino, "held") == before
    assert (whole(aino, "since"), how_far(aino, "since").status_code) == (None, 404)
    assert send(aino, content, "since").status_code == 204
    assert whole(aino, "since") == before


@ON_SQLITE
def test_x5_a_backup_of_spoilt_bytes_is_none(
    app: Flask, tmp_path: Path, enter: Entries, cast: Cast, aino: Phone
) -> None:
    """[X5] [L9] [P10] A picture that the disk, or somebody, has changed."""
    send_same(aino, enter, cast)
    with app.app_context(), writing() as transaction:
        of_picture = update(AttachmentPiece).where(AttachmentPiece.part == "whole")
        transaction.execute(of_picture.values(content=b"changed"))
    with pytest.raises(BackupFailed, match="attachment_file: attachment"):
        backup.back_up(app, tmp_path / "backups")


def test_x5_bytes_are_verified_with_the_logs(app: Flask, enter: Entries, cast: Cast, aino: Phone) -> None:
    """[X5] [L9] On either database, and by name."""
    send_same(aino, enter, cast)
    with app.app_context(), db.engine.connect() as connection:
        assert list(verify.faults(connection)) == []
    with app.app_context(), writing() as transaction:
        (first,) = transaction.execute(select(AttachmentPiece.content).where(AttachmentPiece.part == "whole")).one()
        damaged = bytes([first[0] ^ 1]) + first[1:]
        transaction.execute(update(AttachmentPiece).where(AttachmentPiece.part == "whole").values(content=damaged))
    with app.app_context(), db.engine.connect() as connection:
        (fault,) = verify.faults(connection)
    assert (fault.what, fault.case, fault.record) == ("attachment", CASE, "photo-1")


def send_same(phone: Phone, enter: Entries, cast: Cast) -> None:
    content = photo(64, 64)
    declare(enter, cast.aino, content)
    assert send(phone, content).status_code == 204
