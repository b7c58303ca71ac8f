"""Sessions: a family of refresh tokens with one successor at a time.

A reply that is lost must not sign anybody out, so the same successor is handed out again within a
grace of minutes; a token used later than that was copied, and ends the family.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session as Transaction
from uuid6 import uuid7

from server import journal, moments
from server.config import LIMITS
from server.models import Device, Session, User
from server.problems import Problem
from server.reminders.tables import PushSubscription


def start(transaction: Transaction, user: User, device: Device) -> Session:
    now = moments.now()
    session = Session(
        id=str(uuid7()),
        user=user.id,
        device=device.id,
        refresh_id=str(uuid7()),
        previous_refresh_id=None,
        rotated_at=now,
        created_at=now,
        last_used_at=now,
        ended_at=None,
        end_reason=None,
    )
    transaction.add(session)
    return session


def device_of(transaction: Transaction, user: User, device_id: str, name: str) -> Device:
    """The device by its id, made known if it is new. A device belongs to the person who came first."""
    device = transaction.get(Device, device_id)
    if device is None:
        device = Device(id=device_id, user=user.id, name=name, created_at=moments.now())
        transaction.add(device)
        transaction.flush()
    if device.user != user.id:
        raise Problem("fields_invalid", {"device.id": ["taken"]})
    if device.revoked_at is not None:
        raise Problem("device_wiped" if device.wipe_asked_at else "device_revoked")
    device.name = name
    return device


def rotate(transaction: Transaction, claims: dict[str, Any]) -> tuple[Session, bool]:
    """The session with its successor token, or, second, True: this reuse has ended the family."""
    session = transaction.get(Session, claims["sid"], with_for_update=True)
    if session is None or session.user != claims["sub"] or session.ended_at is not None:
        raise Problem("sign_in_needed")
    now = moments.now()
    if claims["jti"] == session.refresh_id or _is_forgotten_successor(session, claims):
        session.previous_refresh_id = claims["jti"]
        session.refresh_id = str(uuid7())
        session.rotated_at = session.last_used_at = now
        transaction.get_one(Device, session.device).last_sync_at = now
        return session, False
    is_previous = claims["jti"] == session.previous_refresh_id
    if is_previous and session.rotated_at >= moments.ago(minutes=LIMITS.refresh_grace_minutes):
        return session, False
    end(transaction, session, "reuse", actor=None)
    return session, True


def end(transaction: Transaction, session: Session, reason: str, actor: str | None) -> None:
    user = transaction.get_one(User, session.user)
    session.ended_at = moments.now()
    session.end_reason = reason
    transaction.execute(delete(PushSubscription).where(PushSubscription.session == session.id))
    journal.record(transaction, user.org, "session_end", {"session": session.id, "reason": reason}, actor)


def end_all(transaction: Transaction, user: User, reason: str, actor: str | None, but: str | None = None) -> None:
    """End every session of a person, except perhaps the one that asks for it."""
    living = select(Session).where(Session.user == user.id, Session.ended_at.is_(None))
    for session in transaction.scalars(living):
        if session.id != but:
            end(transaction, session, reason, actor)


def revoke_device(transaction: Transaction, device: Device, actor: str | None) -> None:
    """From the next request on, the device may hand in its outbox and nothing else."""
    owner = transaction.get_one(User, device.user)
    transaction.execute(update(Device).where(Device.id == device.id).values(revoked_at=moments.now()))
    journal.record(transaction, owner.org, "device_revoke", {"device": device.id}, actor)


def wipe_device(transaction: Transaction, device: Device, actor: str | None) -> None:
    """At its next contact the device is told to make its store unreadable, and nothing else. Nothing is rescued."""
    owner = transaction.get_one(User, device.user)
    journal.record(transaction, owner.org, "device_wipe", {"device": device.id}, actor)
    now = moments.now()
    asked = {"wipe_asked_at": now, "revoked_at": device.revoked_at or now}
    transaction.execute(update(Device).where(Device.id == device.id).values(asked))


def note_wiped(transaction: Transaction, device_id: str) -> None:
    """The device says that it has done so: its sessions end. Nothing happens for any other device."""
    device = transaction.get(Device, device_id, with_for_update=True)
    if device is None or device.wipe_asked_at is None or device.wiped_at is not None:
        return
    device.wiped_at = moments.now()
    for session in transaction.scalars(select(Session).where(Session.device == device.id, Session.ended_at.is_(None))):
        end(transaction, session, "wiped", actor=None)


def _is_forgotten_successor(session: Session, claims: dict[str, Any]) -> bool:
    """A token younger than the last rotation we know of: we were restored from a backup since."""
    issued = datetime.fromtimestamp(int(claims["iat"]), UTC)
    return moments.text(issued) > session.rotated_at
