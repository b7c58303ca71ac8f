"""The journal beside the database (L5): what a restored backup must not bring back.

A backup is older than the revocations, ended sessions and changed passwords that came after it. So
each of these events is also one line of a file that a restore does not touch. The line is written
and synced before the transaction commits; a rollback adds a line that voids it; and what a crash
left between the two is replayed at the next start, since it was authorised. Events that the
database does not know (by the id of its audit event) are replayed in order before the first request.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
from flask import Flask, current_app
from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session as Transaction
from uuid6 import uuid7

from server import moments
from server.database import writing
from server.models import AuditEvent, Device, Organisation, Session, User, db

#: what is replayed, and how: `(transaction, organisation, detail, actor)`
Replay = Callable[[Transaction, str, dict[str, Any], str | None], None]

UNWRITTEN = "journal: lines of this transaction"
WRITTEN = "journal: ids already in the file"
REPLAYED = "journal: the line that is being replayed"


class JournalTooNew(Exception):
    """The journal holds an event that this version cannot replay. The text is the event's name."""


def install(app: Flask, path: Path) -> None:
    app.extensions["ovikello-journal"] = path


def path_of(app: Flask) -> Path:
    path: Path = app.extensions["ovikello-journal"]
    return path


def record(
    transaction: Transaction,
    org: str,
    name: str,
    detail: dict[str, Any],
    actor: str | None,
    secret: dict[str, Any] | None = None,
) -> None:
    """Note an event in this transaction, as an audit event and as a line of the journal.

    `secret` goes into the file only. While a line is being replayed nothing new is written.
    """
    replayed = transaction.info.get(REPLAYED)
    id_, at = (replayed["id"], replayed["at"]) if replayed else (str(uuid7()), moments.now())
    written = orjson.dumps(detail).decode()
    transaction.add(AuditEvent(id=id_, org=org, at=at, actor=actor, event=name, detail=written))
    if not replayed:
        line = {"id": id_, "at": at, "org": org, "event": name, "actor": actor, "detail": detail}
        transaction.info.setdefault(UNWRITTEN, []).append(line | ({"secret": secret} if secret else {}))


def append(path: Path, lines: list[dict[str, Any]]) -> None:
    """Add lines and wait until the disk has them. Several processes may do so at once."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "ab+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if file.tell() and os.pread(file.fileno(), 1, file.tell() - 1) != b"\n":
            file.write(b"\n")  # a power loss cut the last line: ours begins on its own
        file.writelines(orjson.dumps(line) + b"\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    """The events that hold, in order. A line cut by a power loss was never committed."""
    if not path.exists():
        return
    lines = []
    for raw in path.read_bytes().splitlines():
        try:
            lines.append(orjson.loads(raw))
        except orjson.JSONDecodeError:
            continue
    void = {line["detail"]["of"] for line in lines if line["event"] == "void"}
    yield from (line for line in lines if line["event"] != "void" and line["id"] not in void)


def replay(path: Path) -> int:
    """Apply every event that the database does not know. Returns how many there were.

    `JournalTooNew` where a line is of a kind that this version does not know.
    """
    lines = list(lines_of(path))
    with writing() as transaction:
        known = set(transaction.scalars(select(AuditEvent.id)))
        orgs = set(transaction.scalars(select(Organisation.id)))
        # An organisation that a backup is older than has nothing to take back.
        missing = [line for line in lines if line["id"] not in known and line["org"] in orgs]
        for line in missing:
            _replay_one(transaction, line)
    return len(missing)


def _replay_one(transaction: Transaction, line: dict[str, Any]) -> None:
    if line["event"] not in REPLAYS:
        raise JournalTooNew(line["event"])
    detail = line["detail"] | line.get("secret", {})
    transaction.info[REPLAYED] = line
    try:
        REPLAYS[line["event"]](transaction, line["org"], detail, line["actor"])
        transaction.flush()
        if transaction.get(AuditEvent, line["id"]) is None:
            record(transaction, line["org"], line["event"], line["detail"], line["actor"])
    finally:
        del transaction.info[REPLAYED]


def _epoch(transaction: Transaction, org: str, detail: dict[str, Any], _actor: str | None) -> None:
    transaction.get_one(Organisation, org).epoch = detail["epoch"]


def _session_end(transaction: Transaction, _org: str, detail: dict[str, Any], _actor: str | None) -> None:
    transaction.execute(
        update(Session)
        .where(Session.id == detail["session"], Session.ended_at.is_(None))
        .values(ended_at=moments.now(), end_reason=detail["reason"])
    )


def _device_revoke(transaction: Transaction, _org: str, detail: dict[str, Any], _actor: str | None) -> None:
    transaction.execute(
        update(Device)
        .where(Device.id == detail["device"], Device.revoked_at.is_(None))
        .values(revoked_at=moments.now())
    )


def _device_wipe(transaction: Transaction, _org: str, detail: dict[str, Any], _actor: str | None) -> None:
    now = moments.now()
    asked = {"wipe_asked_at": now, "revoked_at": func.coalesce(Device.revoked_at, now)}
    transaction.execute(
        update(Device).where(Device.id == detail["device"], Device.wipe_asked_at.is_(None)).values(asked)
    )


def _password(transaction: Transaction, _org: str, detail: dict[str, Any], _actor: str | None) -> None:
    transaction.execute(update(User).where(User.id == detail["user"]).values(password_hash=detail["hash"]))


def _user_active(transaction: Transaction, _org: str, detail: dict[str, Any], _actor: str | None) -> None:
    transaction.execute(update(User).where(User.id == detail["user"]).values(active=detail["active"]))


REPLAYS: dict[str, Replay] = {
    "epoch": _epoch,
    "session_end": _session_end,
    "device_revoke": _device_revoke,
    "device_wipe": _device_wipe,
    "password": _password,
    "user_active": _user_active,
}


@event.listens_for(db.session, "before_commit")
def _write_first(transaction: Transaction) -> None:
    lines = transaction.info.pop(UNWRITTEN, [])
    if lines:
        append(path_of(current_app), lines)
        transaction.info[WRITTEN] = lines


@event.listens_for(db.session, "after_commit")
def _keep(transaction: Transaction) -> None:
    transaction.info.pop(WRITTEN, None)


@event.listens_for(db.session, "after_rollback")
def _void(transaction: Transaction) -> None:
    transaction.info.pop(UNWRITTEN, None)
    written = transaction.info.pop(WRITTEN, [])
    voids = [
        {"id": str(uuid7()), "at": moments.now(), "event": "void", "detail": {"of": line["id"]}} for line in written
    ]
    if voids:
        append(path_of(current_app), voids)
