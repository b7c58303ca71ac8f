"""The team's groups as an expert by experience learns of them: title, topic, time and place (Q8)."""

from typing import TypedDict

from sqlalchemy.orm import Session as Transaction

from server.core import timestamps
from server.core.actor import Actor
from server.core.models import User
from server.sync import record_queries
from server.sync.shown import StoredRecord, shown_record

#: so long a group that is over is told of
SHOWN_DAYS = 30


class Group(TypedDict):
    id: str
    title: object
    topic: object
    place: object
    start: str
    end: object
    is_named: bool


def of_team(transaction: Transaction, actor: Actor) -> list[Group]:
    """Of the own team, the next ones last as in a diary."""
    team = transaction.get_one(User, (actor.user, actor.org)).team
    if team is None:
        return []
    rows = record_queries.of_kinds(transaction.connection(), actor.org, [team], ["session"])
    found = [_told(row, actor.user) for row in rows]
    since = timestamps.ago(days=SHOWN_DAYS)
    return sorted((one for one in found if one and one["start"] >= since), key=lambda one: (one["start"], one["id"]))


def _told(row: StoredRecord, user: str) -> Group | None:
    """None of one that was removed, or that does not say when it is."""
    said = shown_record(row).values
    at = said.get("at")
    start = at.get("start") if isinstance(at, dict) else None
    if said.get("removed") or not isinstance(at, dict) or not isinstance(start, str) or not start:
        return None
    return {
        "id": row.id,
        "title": said.get("title") or "",
        "topic": said.get("topic"),
        "place": said.get("place"),
        "start": start,
        "end": at.get("end"),
        "is_named": said.get(f"experts/{user}") is True,
    }
