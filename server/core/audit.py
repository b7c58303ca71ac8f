"""The audit log: who did what about whom. What must also outlive the database goes through the journal instead."""

from collections.abc import Mapping

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction
from uuid6 import uuid7

from server.core import chain, timestamps
from server.core.actor import Actor
from server.core.models import AuditEvent
from server.core.transaction import in_one_transaction


def note(transaction: Transaction, actor: Actor, event: str, detail: Mapping[str, object]) -> None:
    """In the transaction of what is noted: neither stands without the other. `detail` names ids, and never a place."""
    add(transaction, str(uuid7()), actor.org, timestamps.now(), actor.user, event, detail)


def note_reading(actor: Actor, event: str, detail: Mapping[str, object]) -> None:
    """That something of case files is about to be handed out (L3). What cannot be noted is not handed out."""
    noted = {**detail, "device": actor.device}
    in_one_transaction(lambda transaction: note(transaction, actor, event, noted))


def add(
    transaction: Transaction, id_: str, org: str, at: str, actor: str | None, event: str, detail: Mapping[str, object]
) -> None:
    row = {"id": id_, "org": org, "at": at, "actor": actor, "event": event, "detail": orjson.dumps(detail).decode()}
    chain.enter(transaction, AuditEvent, row)


def is_noted(transaction: Transaction, org: str, id_: str) -> bool:
    """Whether an event is in the log, or will be with this transaction."""
    if any(row["id"] == id_ for row in chain.waiting(transaction, AuditEvent)):
        return True
    stored = select(AuditEvent.id).where(AuditEvent.id == id_, AuditEvent.org == org)
    return transaction.scalar(stored) is not None
