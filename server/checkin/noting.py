"""What is done around a check-in or a threat, in the audit log: who did what about whom, and never where."""

from typing import Any

import orjson
from sqlalchemy import insert
from sqlalchemy.orm import Session as Transaction
from uuid6 import uuid7

from server import moments
from server.models import AuditEvent
from server.sync.actor import Actor


def note(transaction: Transaction, actor: Actor, event: str, detail: dict[str, Any]) -> None:
    values = {"id": str(uuid7()), "org": actor.org, "at": moments.now(), "actor": actor.user, "event": event}
    transaction.execute(insert(AuditEvent).values(**values, detail=orjson.dumps(detail).decode()))
