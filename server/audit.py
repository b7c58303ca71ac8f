"""The audit log: who did what about whom. What must also outlive the database goes through the journal instead."""

from typing import Any

import orjson
from sqlalchemy import Connection, insert
from uuid6 import uuid7

from server import moments
from server.models import AuditEvent
from server.sync.actor import Actor


def note(connection: Connection, actor: Actor, event: str, detail: dict[str, Any]) -> None:
    """In the transaction of what is noted: neither stands without the other. `detail` names ids, and never a place."""
    values = {"id": str(uuid7()), "org": actor.org, "at": moments.now(), "actor": actor.user, "event": event}
    connection.execute(insert(AuditEvent), [values | {"detail": orjson.dumps(detail).decode()}])
