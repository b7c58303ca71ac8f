"""Backup and restore of a SQLite installation.

A backup is three files with one name: the database (copied while the server runs), the journal as it
stood, and a manifest with a hash of both. Only a copy that was read back, whose logs hold and say the
state that is stored (L9), counts as `durable` (P10). A restore starts a new epoch, so that devices offer
again what they sent since, and replays the journal, so that what was taken away since stays taken away (L5).

PostgreSQL brings better tools of its own: `pg_dump`, or continuous archiving. After restoring with
those run `ovikello restored`.
"""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson
from flask import Flask, current_app
from flask_migrate import upgrade
from sqlalchemy import create_engine, select

from server import directory
from server.auth import pins
from server.config import Settings
from server.core import journal, journal_file, timestamps
from server.core.database import writing
from server.core.models import Organisation, db
from server.integrity import anchors, verify
from server.integrity.anchors import Anchor


class BackupFailed(Exception):
    """The backup cannot be made or used. The text is for the operator."""


@dataclass(frozen=True)
class Backup:
    """The files of one backup, by the path of its database."""

    database: Path

    @property
    def journal(self) -> Path:
        return self.database.with_suffix(".journal.jsonl")

    @property
    def manifest(self) -> Path:
        return self.database.with_suffix(".json")


def back_up(app: Flask, folder: Path) -> Backup:
    """Copy the database, check the copy, and only then tell the devices that it is durable."""
    settings: Settings = app.extensions["ovikello-settings"]
    source = _sqlite(settings)
    name = f"ovikello-{timestamps.now().replace(':', '')}"
    with _all_or_nothing("The backup could not be written") as written:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        backup = Backup(_unused(folder, name))
        written += [backup.database, backup.journal, backup.manifest]
        seqs = _copied(settings, source, backup, written)
    with app.app_context(), writing() as transaction:
        for org, seq in seqs.items():
            transaction.get_one(Organisation, org).durable_seq = seq
    return backup


@contextmanager
def _all_or_nothing(what_failed: str) -> Iterator[list[Path]]:
    """A full disk, or one that may not be written to, leaves nothing half done: what was begun is removed."""
    written: list[Path] = []
    try:
        yield written
    except BackupFailed:
        _remove(written)
        raise
    except (OSError, sqlite3.OperationalError) as error:
        _remove(written)
        raise BackupFailed(f"{what_failed}: {error}. Nothing of it was kept.") from None


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        for part in (path, *(path.with_name(f"{path.name}{suffix}") for suffix in ("-journal", "-wal", "-shm"))):
            part.unlink(missing_ok=True)


def _copied(settings: Settings, source: Path, backup: Backup, written: list[Path]) -> dict[str, int]:
    """Write the three files. Returns the seq of each organisation in the copy."""
    partial = backup.database.with_suffix(".partial")
    written.append(partial)
    known = verify.anchored(settings.journal_path)
    with closing(sqlite3.connect(source)) as running, closing(sqlite3.connect(partial)) as copy:
        running.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        seqs = _checked(copy)
    _must_hold(partial, known)
    if settings.journal_path.exists():
        shutil.copyfile(settings.journal_path, backup.journal)
    else:
        backup.journal.touch()
    manifest = {
        "made_at": timestamps.now(),
        "database_sha256": hash_of(partial),
        "journal_sha256": hash_of(backup.journal),
        "organisations": seqs,
    }
    backup.manifest.write_bytes(orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
    partial.rename(backup.database)
    _sync(backup.database, backup.journal, backup.manifest, backup.database.parent)
    return seqs


def restore(settings: Settings, backup: Backup) -> Path | None:
    """Put the backup in the database's place. The caller holds the lock of the data folder.

    Returns where the database that stood there was moved; nothing is deleted.
    """
    target = _sqlite(settings)
    _verify(backup)
    partial = target.with_suffix(".restoring")
    with _all_or_nothing("The backup could not be put in place") as written:
        written.append(partial)
        shutil.copyfile(backup.database, partial)
        with closing(sqlite3.connect(partial)) as copy:
            _checked(copy)
        _sync(partial)
    kept = _set_aside(target)
    partial.rename(target)
    journal_file.join(settings.journal_path, backup.journal)
    _sync(target.parent)
    return kept


def begin_new_epoch(app: Flask) -> int:
    """After any restore: replay the journal, then a new epoch for each organisation.

    Returns how many events were replayed.
    """
    with app.app_context():
        upgrade()
        anchors.write_anchors(app, restored=True)  # as long as the logs are now, before anything is added
        replayed = journal.replay(journal.path_of(current_app))
        with writing() as transaction:
            pins.forget_all(transaction)
            for organisation in transaction.scalars(select(Organisation)):
                organisation.epoch = directory.new_epoch()
                detail = {"epoch": organisation.epoch}
                journal.record(transaction, organisation.id, "epoch", detail, actor=None)
        db.engine.dispose()
    return replayed


def _sqlite(settings: Settings) -> Path:
    if settings.sqlite_path is None:
        raise BackupFailed("This installation is on PostgreSQL: use pg_dump and pg_restore.")
    return settings.sqlite_path


def _checked(database: sqlite3.Connection) -> dict[str, int]:
    """The seq of each organisation in a database that is whole."""
    try:
        if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupFailed("The copy of the database is damaged.")
        return dict(database.execute("SELECT id, seq FROM organisation ORDER BY id"))
    except sqlite3.DatabaseError as error:
        raise BackupFailed(f"This is not a database of Ovikello ({error}).") from None


def _must_hold(copy: Path, known: Iterable[Anchor]) -> None:
    """`BackupFailed` where a log of the copy was edited or cut off, or its state is not what its logs say (L9)."""
    engine = create_engine(f"sqlite:///{copy}")
    try:
        with engine.connect() as connection:
            fault = next(verify.faults(connection, known), None)
    finally:
        engine.dispose()
    if fault is not None:
        raise BackupFailed(f"The logs do not hold ({fault.log}: {fault.what}). See: ovikello log verify")


def _verify(backup: Backup) -> None:
    for part in (backup.database, backup.journal, backup.manifest):
        if not part.is_file():
            raise BackupFailed(f"There is no {part}.")
    try:
        manifest: dict[str, object] = orjson.loads(backup.manifest.read_bytes())
        wanted = (manifest["database_sha256"], manifest["journal_sha256"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        raise BackupFailed(f"The manifest {backup.manifest} is damaged.") from None
    if wanted != (hash_of(backup.database), hash_of(backup.journal)):
        raise BackupFailed("The backup is not what its manifest says: it was changed or cut short.")


def _set_aside(target: Path) -> Path | None:
    if not target.exists():
        return None
    # Whoever opens the old database last writes its WAL into it.
    with closing(sqlite3.connect(target)) as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = _unused(target.parent, f"{target.stem}-before-restore-{timestamps.now().replace(':', '')}")
    target.rename(kept)
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    return kept


def _unused(folder: Path, stem: str) -> Path:
    """Two backups in one second get two names."""
    number = 1
    while (path := folder / f"{stem}{'' if number == 1 else f'-{number}'}.sqlite").exists():
        number += 1
    return path


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(*paths: Path) -> None:
    """Wait until the disk has them."""
    for path in paths:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
