"""Sessions: a family of refresh tokens with one successor at a time, each refresh signed by the device's key (J2).

A reply that is lost must not sign anybody out, so the same successor is handed out again within a
grace of minutes; a token used later than that was copied, and ends the family. So does a number that
was signed twice: whoever copied the whole store, its password included, is noticed at the next refresh.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NotRequired, TypedDict

from sqlalchemy import ColumnElement, ScalarResult, delete, select, update
from sqlalchemy.orm import Session as Transaction
from uuid6 import uuid7

from server.auth import pins, proofs, security_log
from server.config import LIMITS
from server.core import journal, timestamps
from server.core.models import Device, User
from server.core.problems import Problem
from server.core.reminder_tables import PushSubscription
from server.core.sign_in_tables import AuthSession


class Claims(TypedDict):
    """What a token says: its session, person and organisation, and the hash of the header's value (J1)."""

    sid: str
    sub: str
    org: str
    jti: str
    iat: int
    type: str
    csrf_hash: str
    #: of an access token
    round: NotRequired[int]


@dataclass(frozen=True)
class ProviderProof:
    """How another provider has signed somebody in (J15): which, when as far as it tells, and with a second factor?"""

    provider: str
    signed_in_at: str | None
    second_factor: bool


def start(
    transaction: Transaction,
    user: User,
    device: Device,
    key: str | None,
    by: tuple[str, ProviderProof] | None = None,
) -> AuthSession:
    """Without a `key` it lasts as long as its first access token. `by`: id and proof of a provider's ticket."""
    now = device.last_sync_at = timestamps.now()
    id_, proof = by or (str(uuid7()), None)
    session = AuthSession(
        id=id_,
        org=user.org,
        user=user.id,
        device=device.id,
        refresh_id=str(uuid7()),
        previous_refresh_id=None,
        rotated_at=now,
        created_at=now,
        last_used_at=now,
        ended_at=None,
        end_reason=None,
        key=key,
        proofs="[]",
        access_round=0,
        confirmed_at=proof.signed_in_at if proof else now,
        provider=proof.provider if proof else None,
        provider_factor=proof.second_factor if proof else None,
    )
    transaction.add(session)
    told = {"provider": proof.provider} if proof else {}
    security_log.note(transaction, user.org, "sign_in", user.id, session=session.id, device=device.id, **told)
    return session


def device_of(transaction: Transaction, user: User, device_id: str, name: str) -> Device:
    """The device by its id, made known if it is new. A device belongs to the person who came first."""
    device = transaction.get(Device, (device_id, user.org))
    if device is None:
        device = Device(id=device_id, org=user.org, user=user.id, name=name, created_at=timestamps.now())
        transaction.add(device)
        transaction.flush()
        security_log.note(transaction, user.org, "device_added", user.id, device=device_id)
    if device.user != user.id:
        raise Problem("fields_invalid", {"device.id": ["taken"]})
    if device.revoked_at is not None:
        raise Problem("device_wiped" if device.wipe_asked_at else "device_revoked")
    device.name = name
    return device


def rotate(transaction: Transaction, claims: Claims, number: int, signature: str) -> tuple[AuthSession, bool]:
    """The session with its successor token, or, second, True: this reuse has ended the family."""
    session = transaction.scalar(select(AuthSession).where(*named_in(claims)).with_for_update())
    if session is None or session.ended_at is not None:
        raise Problem("sign_in_needed")
    if not proofs.is_signed(session.key, proofs.refresh_statement(session.id, number), signature):
        raise Problem("sign_in_needed")
    judgement, session.proofs = proofs.judged(session.proofs, number, signature)
    now = timestamps.now()
    if judgement == "new" and (claims["jti"] == session.refresh_id or _is_forgotten_successor(session, claims)):
        session.previous_refresh_id = claims["jti"]
        session.refresh_id = str(uuid7())
        session.rotated_at = session.last_used_at = now
        transaction.get_one(Device, (session.device, session.org)).last_sync_at = now
        return session, False
    is_in_grace = session.rotated_at >= timestamps.ago(minutes=LIMITS.refresh_grace_minutes)
    is_ours = claims["jti"] in {session.previous_refresh_id, session.refresh_id}
    if judgement != "copied" and is_ours and is_in_grace:
        return session, False
    end(transaction, session, "reuse", actor=None)
    return session, True


def end(transaction: Transaction, session: AuthSession, reason: str, actor: str | None) -> None:
    session.ended_at = timestamps.now()
    session.end_reason = reason
    own = (PushSubscription.session == session.id, PushSubscription.org == session.org)
    transaction.execute(delete(PushSubscription).where(*own))
    journal.record(transaction, session.org, "session_end", {"session": session.id, "reason": reason}, actor)


def end_signed(transaction: Transaction, session_id: str, signature: str) -> None:
    """The device signs out, whatever became of its tokens: all its sessions end, and its credential opens nothing."""
    session = transaction.scalar(select(AuthSession).where(AuthSession.id == session_id, AuthSession.key.is_not(None)))
    if session is None:
        return  # what is not there has ended
    if not proofs.is_signed(session.key, proofs.end_statement(session.id), signature):
        raise Problem("not_allowed")
    transaction.get_one(Device, (session.device, session.org), with_for_update=True).credential_hash = None
    pins.forget(transaction, session.device, session.org)
    for one in _living(transaction, session.device, session.org):
        end(transaction, one, "sign_out", session.user)


def give_up_access(transaction: Transaction, session_id: str, org: str) -> None:
    """The device was locked: no access token of now opens anything any more (J3)."""
    session = transaction.get_one(AuthSession, (session_id, org), with_for_update=True)
    session.access_round += 1


def note_confirmed(transaction: Transaction, session_id: str, org: str, at: str | None = None) -> None:
    """Whoever holds this session has given the password again (A2), or signed in anew at the provider (J19)."""
    transaction.get_one(AuthSession, (session_id, org)).confirmed_at = at or timestamps.now()


def end_of_device(transaction: Transaction, device: Device, reason: str, actor: str | None) -> None:
    """Every session of a device ends; what lies on it stays, and opens with the password."""
    for session in _living(transaction, device.id, device.org):
        end(transaction, session, reason, actor)


def end_all(transaction: Transaction, user: User, reason: str, actor: str | None, but: str | None = None) -> None:
    """End every session of a person, except perhaps the one that asks for it. PINs go with them (J14)."""
    living = select(AuthSession).where(
        AuthSession.user == user.id, AuthSession.org == user.org, AuthSession.ended_at.is_(None)
    )
    for session in transaction.scalars(living):
        if session.id != but:
            end(transaction, session, reason, actor)
    kept = transaction.get(AuthSession, (but, user.org)) if but else None
    pins.forget_of_person(transaction, user.id, user.org, but_device=kept.device if kept else None)


def revoke_device(transaction: Transaction, device: Device, actor: str | None) -> None:
    """From the next request on, the device may hand in its outbox and nothing else."""
    transaction.execute(update(Device).where(*_this(device)).values(revoked_at=timestamps.now()))
    pins.forget(transaction, device.id, device.org)
    journal.record(transaction, device.org, "device_revoke", {"device": device.id}, actor, _known_of(device))


def wipe_device(transaction: Transaction, device: Device, actor: str | None) -> None:
    """At its next contact the device is told to make its store unreadable, and nothing else. Nothing is rescued."""
    journal.record(transaction, device.org, "device_wipe", {"device": device.id}, actor, _known_of(device))
    now = timestamps.now()
    asked = {"wipe_asked_at": now, "revoked_at": device.revoked_at or now}
    transaction.execute(update(Device).where(*_this(device)).values(asked))
    pins.forget(transaction, device.id, device.org)


def note_wiped(transaction: Transaction, device_id: str, org: str) -> None:
    """The device says that it has done so: its sessions end. Nothing happens for any other device."""
    this = (Device.id == device_id, Device.org == org)
    asked = select(Device).where(*this, Device.wipe_asked_at.is_not(None), Device.wiped_at.is_(None))
    device = transaction.scalar(asked.with_for_update())
    if device is None:
        return
    device.wiped_at = timestamps.now()
    security_log.note(transaction, device.org, "device_wiped", device.user, device=device.id)
    for session in _living(transaction, device.id, device.org):
        end(transaction, session, "wiped", actor=None)


def named_in(claims: Claims) -> tuple[ColumnElement[bool], ...]:
    """Where the session of a token stands."""
    return (AuthSession.id == claims["sid"], AuthSession.user == claims["sub"], AuthSession.org == claims["org"])


def _known_of(device: Device) -> dict[str, object]:
    """What it takes to know the device again after a backup from before it (L11)."""
    return {"user": device.user, "name": device.name, "created_at": device.created_at}


def _this(device: Device) -> tuple[ColumnElement[bool], ...]:
    return (Device.id == device.id, Device.org == device.org)


def _living(transaction: Transaction, device_id: str, org: str) -> ScalarResult[AuthSession]:
    own = (AuthSession.device == device_id, AuthSession.org == org, AuthSession.ended_at.is_(None))
    return transaction.scalars(select(AuthSession).where(*own))


def _is_forgotten_successor(session: AuthSession, claims: Claims) -> bool:
    """A token younger than the last rotation we know of: we were restored from a backup since."""
    issued = datetime.fromtimestamp(claims["iat"], UTC)
    return timestamps.text(issued) > session.rotated_at
