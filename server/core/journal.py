"""The journal beside the database (L5): what a restored backup must not bring back, and must not lose.

A backup is older than the revocations, wipes, passwords, accounts and case files that came after it. So each of these
events is also one line of a file that a restore does not touch, with all that it takes to make it again where the
backup never had what it is about (L11).

    intended    the line is written and synced before its transaction commits
    committed   a mark, once it has; a line of an older version has no state, and was
    void        a mark, where it was rolled back
    overtaken   a mark of a later start: something newer about the same was done meanwhile (L10)

At the start, and after a restore, what the database does not know (by the id of its audit event) is replayed in order
before the first request. What a crash left between line and commit is finished where it takes something away, unless
it was overtaken. What gives is not: nobody was told that it was done, and whoever gave it gives it again.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from flask import Flask, current_app
from sqlalchemy import delete, event, select, update
from sqlalchemy.orm import Session as Transaction
from uuid6 import uuid7

from server.core import audit, timestamps
from server.core.database import writing
from server.core.journal_detail import Detail
from server.core.journal_file import COMMITTED, INTENDED, OVERTAKEN, VOID, Line, append, blank_secrets, lines_of, mark
from server.core.models import AuditEvent, CaseFile, Device, Organisation, User, db
from server.core.reminder_tables import PushSubscription
from server.core.sign_in_tables import AuthSession

#: what a line decides about: a later one about the same overtakes it
Subject = tuple[str, ...]


class Replay(NamedTuple):
    """How an event is replayed: `apply(transaction, organisation, detail, actor)`."""

    apply: Callable[[Transaction, str, Detail, str | None], object]
    #: nothing, where events only add up
    about: Callable[[Detail], Iterable[Subject]] = lambda _: ()
    #: whether it gives (access, a password, an account), and is dropped after a crash
    gives: Callable[[Detail], bool] = lambda _: False


UNWRITTEN = "journal: lines of this transaction"
WRITTEN = "journal: ids already in the file"
ERASED = "journal: case files that this transaction erases"
REPLAYED = "journal: the line that is being replayed"


class JournalTooNew(Exception):
    """The journal holds an event that this version cannot replay. The text is the event's name."""


def install(app: Flask, path: Path) -> None:
    app.extensions["ovikello-journal"] = path


def path_of(app: Flask) -> Path:
    path: Path = app.extensions["ovikello-journal"]
    return path


# --- the file -------------------------------------------------------------------------------------------------------


def record(
    transaction: Transaction,
    org: str,
    name: str,
    detail: Mapping[str, object],
    actor: str | None,
    secret: Mapping[str, object] | None = None,
) -> None:
    """Note an event in this transaction, as an audit event and as a line of the journal.

    `secret` goes into the file only. While a line is being replayed nothing new is written.
    """
    replayed = transaction.info.get(REPLAYED)
    id_, at = (replayed["id"], replayed["at"]) if replayed else (str(uuid7()), timestamps.now())
    audit.add(transaction, id_, org, at, actor, name, detail)
    if not replayed:
        line: Line = {"id": id_, "at": at, "org": org, "event": name, "actor": actor, "detail": detail}
        line["state"] = INTENDED
        if secret:
            line["secret"] = secret
        transaction.info.setdefault(UNWRITTEN, []).append(line)


def erase_secrets_of(transaction: Transaction, cases: Iterable[str]) -> None:
    """Once this transaction is committed, lines about these erased case files say no more than ids (A13)."""
    transaction.info.setdefault(ERASED, set()).update(cases)


def _erase_secrets(path: Path, cases: Collection[str]) -> None:
    if cases:
        blank_secrets(path, lambda line: line["detail"].get("case") in cases)


# --- replaying ------------------------------------------------------------------------------------------------------


def replay(path: Path) -> int:
    """Apply every event that the database does not know. Returns how many there were.

    `JournalTooNew` where a line is of a kind that this version does not know.
    """
    for module in REPLAYING:
        import_module(module)
    lines = list(lines_of(path))
    with writing() as transaction:
        known = set(transaction.scalars(select(AuditEvent.id)))
        wanted, overtaken, dropped = _sorted_out(lines, known)
        # What an organisation is about that neither backup nor journal has: nothing.
        replayed = [line["id"] for line in wanted if _replay_one(transaction, line)]
        erased = transaction.scalars(select(CaseFile.id).where(CaseFile.erased_at.is_not(None))).all()
    unmarked = {line["id"] for line in lines if line["state"] == INTENDED}
    mark(path, COMMITTED, sorted(unmarked & (known | set(replayed))))
    mark(path, OVERTAKEN, overtaken)
    mark(path, VOID, dropped)
    _erase_secrets(path, set(erased))  # again: a crash may have come between
    return len(replayed)


def _sorted_out(lines: list[Line], known: set[str]) -> tuple[list[Line], list[str], list[str]]:
    """What the database does not know: to be replayed, in order; overtaken; and what gives and never was (L10)."""
    wanted: list[Line] = []
    overtaken, dropped = [], []
    done: set[tuple[str, Subject]] = set()
    committed: set[tuple[str, Subject]] = set()
    for line in reversed(lines):
        if line["event"] not in REPLAYS:
            if line["id"] in known:
                continue
            raise JournalTooNew(line["event"])
        kind, detail = REPLAYS[line["event"]], _told(line)
        subjects = {(line["org"], subject) for subject in kind.about(detail)}
        is_committed = line["state"] == COMMITTED
        left = subjects - done - (set() if is_committed else committed)
        if line["id"] in known:
            done |= subjects
        elif subjects and not left:
            overtaken.append(line["id"])
        elif not is_committed and kind.gives(detail):
            dropped.append(line["id"])
        else:
            wanted.append(line if left == subjects else _about(line, left))
            committed |= subjects if is_committed else set()
    return wanted[::-1], overtaken, dropped


def _about(line: Line, left: set[tuple[str, Subject]]) -> Line:
    """A line about several case files, for those that nothing overtook."""
    cases = {subject[-1] for _, subject in left}
    left_cases = [case for case in Detail(line["detail"]).texts("cases") if case in cases]
    return {**line, "detail": {**line["detail"], "cases": left_cases}}


def _told(line: Line) -> Detail:
    return Detail({**line["detail"], **line.get("secret", {})})


def _replay_one(transaction: Transaction, line: Line) -> bool:
    """Whether there was anything to do: an organisation that nobody knows has nothing to take back."""
    kind, detail = REPLAYS[line["event"]], _told(line)
    if line["event"] != "organisation" and transaction.get(Organisation, line["org"]) is None:
        return False
    transaction.info[REPLAYED] = line
    try:
        kind.apply(transaction, line["org"], detail, line["actor"])
        transaction.flush()
        if not audit.is_noted(transaction, line["org"], line["id"]):
            record(transaction, line["org"], line["event"], line["detail"], line["actor"])
    finally:
        del transaction.info[REPLAYED]
    return True


def _epoch(transaction: Transaction, org: str, detail: Detail, _actor: str | None) -> None:
    transaction.get_one(Organisation, org).epoch = detail.text("epoch")


def _session_end(transaction: Transaction, org: str, detail: Detail, _actor: str | None) -> None:
    own = (PushSubscription.session == detail.text("session"), PushSubscription.org == org)
    transaction.execute(delete(PushSubscription).where(*own))
    transaction.execute(
        update(AuthSession)
        .where(AuthSession.id == detail.text("session"), AuthSession.org == org, AuthSession.ended_at.is_(None))
        .values(ended_at=timestamps.now(), end_reason=detail.text("reason"))
    )


def _device_revoke(transaction: Transaction, org: str, detail: Detail, _actor: str | None) -> None:
    device = _device(transaction, org, detail)
    if device is not None and device.revoked_at is None:
        device.revoked_at = timestamps.now()


def _device_wipe(transaction: Transaction, org: str, detail: Detail, _actor: str | None) -> None:
    device = _device(transaction, org, detail)
    if device is not None and device.wipe_asked_at is None:
        device.wipe_asked_at = timestamps.now()
        device.revoked_at = device.revoked_at or device.wipe_asked_at


def _device(transaction: Transaction, org: str, detail: Detail) -> Device | None:
    """The device, made again where the backup is from before it signed in (L11)."""
    device = transaction.get(Device, (detail.text("device"), org))
    user = detail.text_or_none("user")
    if device is None and user is not None and transaction.get(User, (user, org)) is not None:
        own = {"name": detail.text("name"), "created_at": detail.text("created_at")}
        device = Device(id=detail.text("device"), org=org, user=user, **own)
        transaction.add(device)
        transaction.flush()
    return device


def _password(transaction: Transaction, org: str, detail: Detail, _actor: str | None) -> None:
    this = (User.id == detail.text("user"), User.org == org)
    transaction.execute(
        update(User)
        .where(*this)
        .values(password_hash=detail.text("hash"), password_expires_at=detail.text_or_none("until"))
    )


def _user_active(transaction: Transaction, org: str, detail: Detail, _actor: str | None) -> None:
    this = (User.id == detail.text("user"), User.org == org)
    transaction.execute(update(User).where(*this).values(active=detail.flag("active")))


#: by event; these modules add theirs
REPLAYING = (
    "server.auth.second_factor",
    "server.auth.data_tokens",
    "server.auth.pins",
    "server.auth.providers",
    "server.directory",
    "server.directory.changes",
    "server.sync.scope",
    "server.sync.erasing",
    "server.retention.holding",
    "server.openings.noting",
    "server.calendar.ical",
    "server.safety.alarm_channels",
    "server.api.push",
)
REPLAYS: dict[str, Replay] = {
    "epoch": Replay(_epoch, lambda _: [("epoch",)]),
    "session_end": Replay(_session_end),
    "device_revoke": Replay(_device_revoke),
    "device_wipe": Replay(_device_wipe),
    "password": Replay(_password, lambda detail: [("password", detail.text("user"))], gives=lambda _: True),
    "user_active": Replay(
        _user_active, lambda detail: [("active", detail.text("user"))], gives=lambda detail: detail.flag("active")
    ),
}


# --- in step with the transaction -----------------------------------------------------------------------------------


@event.listens_for(db.session, "before_commit")
def _write_first(transaction: Transaction) -> None:
    if transaction.info.get(UNWRITTEN):
        transaction.flush()  # its rows are locked now: lines about the same stand in the order of their commits
        lines = transaction.info.pop(UNWRITTEN)
        append(path_of(current_app), lines)
        transaction.info[WRITTEN] = [line["id"] for line in lines]


@event.listens_for(db.session, "after_commit")
def _keep(transaction: Transaction) -> None:
    """What has been committed is not undone by a full disk: the next start sees it in the database."""
    with suppress(OSError):
        mark(path_of(current_app), COMMITTED, transaction.info.pop(WRITTEN, []), synced=False)
        _erase_secrets(path_of(current_app), transaction.info.pop(ERASED, set()))


@event.listens_for(db.session, "after_rollback")
def _void(transaction: Transaction) -> None:
    transaction.info.pop(UNWRITTEN, None)
    transaction.info.pop(ERASED, None)
    mark(path_of(current_app), VOID, transaction.info.pop(WRITTEN, []))
