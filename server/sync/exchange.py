"""One round of the exchange: what a device brings, and what it lacks. `POST /api/sync`, whole.

    wire.read → scope → push (one write transaction) → pull (the bound, then a page) → reply

Nothing here knows HTTP. The actor comes from the session (W6); the body has been unpacked.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import orjson
from sqlalchemy import Connection
from sqlalchemy.orm import Session as Transaction

from server.auth import security_log
from server.core import audit
from server.core.actor import Actor
from server.core.models import db
from server.core.transaction import in_one_transaction
from server.kinds.base import FILE
from server.rules.digest import EMPTY
from server.sync import log, protocol, pull, scope, stand_ins, visibility
from server.sync.push import Pushed, push, received_stamp

#: refusals of a change that the security log hears of
NO_ACCESS = ("case_unknown", "not_allowed")
NOTHING = Pushed([], {}, (0, 0))


def exchange(actor: Actor, body: bytes, *, only_hands_in: bool = False) -> bytes:
    """The reply to a request's body, as JSON. `Problem` where the body cannot be read as a whole.

    `only_hands_in` is for a revoked device: it may bring its outbox, and gets verdicts and no more.
    """
    request = protocol.read(body)
    now_ms = time.time_ns() // 1_000_000
    stand_ins.end_if_over(actor)
    cursor = pull.read(request.cursor) if request.cursor is not None else None
    with reading() as connection:
        head = log.head(connection, actor.org)
        if request.cursor is not None and not _is_ours(connection, actor, cursor, head):
            return protocol.reset(head.epoch, now_ms)
        request = _with_asks_that_are_answered(connection, actor, request, only_hands_in=only_hands_in)
    pushed = NOTHING
    if request.changes or request.reads or request.repair:
        pushed = in_one_transaction(lambda transaction: _bring(transaction, actor, request, now_ms))
    if any(verdict.get("problem", {}).get("code") in NO_ACCESS for verdict in pushed.verdicts):
        security_log.refused("no_access", actor.org, actor.user)
    said = {"epoch": head.epoch, "server_time": now_ms, "backed_up_seq": head.backed_up_seq}
    said["verdicts"] = pushed.verdicts
    if request.refused:
        said["refused"] = request.refused
    if only_hands_in:
        return protocol.reply(said, {"touched": []})
    with reading() as connection:
        if request.more_follow:
            page = _no_page(connection, actor, cursor, now_ms)
        else:
            page = _page(connection, actor, request, cursor, pushed, now_ms)
    said |= {
        "files": page.files,
        "cursor": pull.written(page.cursor),
        "more": page.more,
        "progress": page.progress,
    }
    return protocol.reply(said, {"touched": _touched(pushed, page), "records": page.records})


def _touched(pushed: Pushed, page: pull.Page) -> list[str]:
    """[W8] Without what the page brings itself, and without the files that it tells the device to drop."""
    lost = {file["case"] for file in page.files if file["event"] == "purge"}
    told = [row for key, row in pushed.touched.items() if key not in page.told and row.case not in lost]
    return [protocol.spliced(row.seq, row.body) for row in told]


def _with_asks_that_are_answered(
    connection: Connection, actor: Actor, request: protocol.Request, *, only_hands_in: bool
) -> protocol.Request:
    """[W14] Without the digests and fills that this reply does not give: each is refused, and none of it is noted."""
    asked = request.check.keys() | request.repair.keys()
    if not asked:
        return request
    code = "device_revoked" if only_hands_in else "asked_while_more_follow" if request.more_follow else "case_unknown"
    answered = set() if only_hands_in or request.more_follow else scope.readable(connection, actor, asked)
    refused = [
        protocol.refusal(name, index, code)
        for name, asks in (("check", request.check), ("repair", request.repair))
        for case, index in asks.items()
        if case not in answered
    ]
    kept = [{case: at for case, at in asks.items() if case in answered} for asks in (request.check, request.repair)]
    return replace(request, check=kept[0], repair=kept[1], refused=request.refused + refused)


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection for reading. On PostgreSQL every statement sees the newest commits, hence P2."""
    engine = db.engine
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection


def _is_ours(connection: Connection, actor: Actor, cursor: pull.Cursor | None, head: log.Head) -> bool:
    """Whether this very database, not an older or a forked one, wrote the cursor (P5)."""
    if cursor is None or cursor.epoch != head.epoch:
        return False
    seq, lineage = cursor.lineage
    return (seq, lineage) == (head.seq, head.lineage) or log.lineage_at(connection, actor.org, seq) == lineage


def _bring(transaction: Transaction, actor: Actor, request: protocol.Request, now_ms: int) -> Pushed:
    connection = transaction.connection()
    _note_readings(connection, actor, request, now_ms)
    _note_repairs(transaction, actor, request)
    if not request.changes:
        return NOTHING
    return push(transaction, actor, request.changes, now_ms, request.escalated)


def _note_readings(connection: Connection, actor: Actor, request: protocol.Request, now_ms: int) -> None:
    """Which case files were opened on the device, offline too (L3)."""
    received = received_stamp(now_ms, 0)
    rows = [
        log.ReadingValues(
            org=actor.org,
            user=actor.user,
            device=actor.device,
            received=received,
            id=read.id,
            case=read.case,
            at=read.at,
        )
        for read in request.reads
    ]
    log.note_readings(connection, rows)


def _note_repairs(transaction: Transaction, actor: Actor, request: protocol.Request) -> None:
    """A digest that differed is repaired and reported (D3)."""
    if request.repair:
        detail = {"cases": list(request.repair), "device": actor.device}
        audit.note(transaction, actor, "repair", detail)


def _no_page(connection: Connection, actor: Actor, cursor: pull.Cursor | None, now_ms: int) -> pull.Page:
    """While batches follow (W7), only the lineage token moves: what was just acknowledged is behind it (P5)."""
    head = log.head(connection, actor.org)
    cursor = cursor or pull.opened(connection, actor, head, now_ms)
    return pull.Page(replace(cursor, lineage=(head.seq, head.lineage)), more=True)


def _page(
    connection: Connection,
    actor: Actor,
    request: protocol.Request,
    cursor: pull.Cursor | None,
    pushed: Pushed,
    now_ms: int,
) -> pull.Page:
    head = log.head(connection, actor.org)
    cursor = cursor or pull.opened(connection, actor, head, now_ms)
    files: list[pull.FileNews] = []
    asked = {*request.check, *request.repair}
    readable = scope.readable(connection, actor, asked) if asked else set()
    repaired = [case for case in request.repair if case in readable]
    if repaired:
        cursor = pull.refilled(connection, actor, cursor, repaired, head.seq)
        for case in repaired:
            files += [{"case": case, "event": "purge"}, {"case": case, "event": "backfill"}]
    checked = [case for case in request.check if case in readable]
    for row in scope.digests(connection, actor.org, checked) if checked else ():
        files += _digests_of(actor, row)
    return pull.page(connection, actor, cursor, head, pushed, files)


def _digests_of(actor: Actor, row: scope.DigestRow) -> list[pull.FileNews]:
    """By class, those that this person may read and that hold something (D4): of others nothing may lie on the device.
    Who reads none hears so."""
    kept = orjson.loads(row.digests)
    always = FILE if row.id != actor.org else None
    readable = [name for name in visibility.classes(actor, row.home) if name in kept or name == always]
    said = [(name, kept.get(name, EMPTY), row.last_seq) for name in readable] or [(FILE, EMPTY, 0)]
    return [
        {"case": row.id, "event": "check", "class": name, "digest": digest, "seq": seq} for name, digest, seq in said
    ]
