"""One round of the exchange: what a device brings, and what it lacks. `POST /api/sync`, whole.

    wire.read → scope → push (one write transaction) → pull (the bound, then a page) → reply

Nothing here knows HTTP. The actor comes from the session (W6); the body has been unpacked.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import orjson
from sqlalchemy import Connection
from sqlalchemy.orm import Session as Transaction

from server import audit
from server.models import db
from server.sync import log, pull, scope, visibility, wire
from server.sync.actor import Actor
from server.sync.digest import EMPTY
from server.sync.push import Pushed, push, received_stamp
from server.sync.writing import in_one_transaction

NOTHING = Pushed([], {}, (0, 0))


def exchange(actor: Actor, body: bytes, *, only_hands_in: bool = False) -> bytes:
    """The reply to a request's body, as JSON. `Problem` where the body cannot be read as a whole.

    `only_hands_in` is for a revoked device: it may bring its outbox, and gets verdicts and no more.
    """
    request = wire.read(body)
    now_ms = time.time_ns() // 1_000_000
    _end_stand_ins(actor)
    cursor = pull.read(request.cursor) if request.cursor is not None else None
    with reading() as connection:
        head = log.head(connection, actor.org)
        if request.cursor is not None and not _is_ours(connection, actor, cursor, head):
            return wire.reset(head.epoch, now_ms)
    pushed = NOTHING
    if request.changes or request.reads or request.repair:
        pushed = in_one_transaction(lambda transaction: _bring(transaction, actor, request, now_ms))
    said = {"epoch": head.epoch, "server_time": now_ms, "durable": head.durable}
    said["verdicts"] = pushed.verdicts
    if only_hands_in:
        return wire.reply(said, {"touched": []})
    touched = [wire.spliced(record.seq, record.body) for record in pushed.touched.values()]
    with reading() as connection:
        if request.rest:
            page = _no_page(connection, actor, cursor, now_ms)
        else:
            page = _page(connection, actor, request, cursor, pushed, now_ms)
    said |= {
        "files": page.files,
        "cursor": pull.written(page.cursor),
        "more": page.more,
        "progress": page.progress,
    }
    return wire.reply(said, {"touched": touched, "records": page.records})


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection for reading. On PostgreSQL every statement sees the newest commits, hence P2."""
    engine = db.engine
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection


def _end_stand_ins(actor: Actor) -> None:
    """S6: before anything else of this request."""
    with reading() as connection:
        is_over = scope.has_expired(connection, actor)
    if is_over:
        in_one_transaction(lambda transaction: scope.expire_stand_ins(transaction, actor.org, actor.user))


def _is_ours(connection: Connection, actor: Actor, cursor: pull.Cursor | None, head: log.Head) -> bool:
    """Whether this very database, not an older or a forked one, wrote the cursor (P5)."""
    if cursor is None or cursor.epoch != head.epoch:
        return False
    seq, mark = cursor.mark
    return (seq, mark) == (head.seq, head.mark) or log.mark_at(connection, actor.org, seq) == mark


def _bring(transaction: Transaction, actor: Actor, request: wire.Request, now_ms: int) -> Pushed:
    connection = transaction.connection()
    _note_readings(connection, actor, request, now_ms)
    _note_repairs(connection, actor, request)
    if not request.changes:
        return NOTHING
    return push(connection, actor, request.changes, now_ms, request.handed)


def _note_readings(connection: Connection, actor: Actor, request: wire.Request, now_ms: int) -> None:
    """Which case files were opened on the device, offline too (L3)."""
    common = {
        "org": actor.org,
        "user": actor.user,
        "device": actor.device,
        "received": received_stamp(now_ms, 0),
    }
    rows = [{"id": read.id, "case": read.case, "at": read.at, **common} for read in request.reads]
    log.note_readings(connection, rows)


def _note_repairs(connection: Connection, actor: Actor, request: wire.Request) -> None:
    """A digest that differed is repaired and reported (D3)."""
    if request.repair:
        detail = {"cases": request.repair, "device": actor.device}
        audit.note(connection, actor, "repair", detail)


def _no_page(connection: Connection, actor: Actor, cursor: pull.Cursor | None, now_ms: int) -> pull.Page:
    """While batches follow (W7), only the mark moves: what was just acknowledged is behind it (P5)."""
    head = log.head(connection, actor.org)
    cursor = cursor or pull.opened(connection, actor, head, now_ms)
    return pull.Page(replace(cursor, mark=(head.seq, head.mark)), more=True)


def _page(
    connection: Connection,
    actor: Actor,
    request: wire.Request,
    cursor: pull.Cursor | None,
    pushed: Pushed,
    now_ms: int,
) -> pull.Page:
    head = log.head(connection, actor.org)
    cursor = cursor or pull.opened(connection, actor, head, now_ms)
    files: list[dict[str, Any]] = []
    asked = {*request.check, *request.repair}
    readable = scope.readable(connection, actor, asked) if asked else set()
    repaired = [case for case in request.repair if case in readable]
    if repaired:
        cursor = pull.refilled(connection, actor, cursor, repaired, head.seq)
        files += [{"case": case, "event": event} for case in repaired for event in ("purge", "fill")]
    checked = [case for case in request.check if case in readable]
    for row in scope.digests(connection, actor.org, checked) if checked else ():
        kept = orjson.loads(row.digests)
        for name in visibility.classes(actor):
            said = {"case": row.id, "event": "check", "class": name, "digest": kept.get(name, EMPTY)}
            files.append(said | {"seq": row.last_seq})
    return pull.page(connection, actor, cursor, head, pushed, files)
