"""What the office sees of its people, teams and devices. No client's data."""

from collections.abc import Sequence

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session as Transaction
from sqlalchemy.orm import undefer

from server.config import LIMITS
from server.core.actor import Actor
from server.core.models import LASTS, Access, CaseFile, Device, Team, User
from server.core.pages import parts_of
from server.core.sign_in_tables import AuthSession, SecondFactor
from server.directory import managing
from server.kinds import homes
from server.sync import opening


def people(transaction: Transaction, actor: Actor, after: str) -> tuple[list[dict[str, object]], str | None]:
    """Those who are seen, by name, in pages."""
    wanted = select(User).options(undefer(User.name)).where(User.org == actor.org, *managing.seen(transaction, actor))
    if after:
        wanted = wanted.where(tuple_(User.display_name, User.id) > tuple_(*parts_of(after, 2)[::-1]))
    most = LIMITS.people_page_max
    found = transaction.scalars(wanted.order_by(User.display_name, User.id).limit(most + 1)).all()
    following = f"{found[most - 1].id}/{found[most - 1].display_name}" if len(found) > most else None
    return shown(transaction, actor, found[:most]), following


def shown(transaction: Transaction, actor: Actor, users: Sequence[User]) -> list[dict[str, object]]:
    ids = [user.id for user in users]
    devices = select(Device.user, func.count(), func.max(Device.last_sync_at)).where(
        Device.org == actor.org, Device.user.in_(ids), Device.revoked_at.is_(None)
    )
    names: dict[str | None, str] = dict(
        transaction.execute(select(Team.id, Team.name).where(Team.org == actor.org)).all()
    )
    of_devices = {user: (count, at) for user, count, at in transaction.execute(devices.group_by(Device.user))}
    own = select(Access.user, func.count()).join(CaseFile, (CaseFile.id == Access.case) & (CaseFile.org == Access.org))
    counted = own.where(
        Access.org == actor.org,
        Access.user.in_(ids),
        Access.reason.in_((opening.OWN_CLIENT, opening.OPENED)),
        CaseFile.home == homes.CASE,
        LASTS,
    )
    set_up = (SecondFactor.org == actor.org, SecondFactor.user.in_(ids), SecondFactor.set_at.is_not(None))
    with_second_factor = set(transaction.scalars(select(SecondFactor.user).where(*set_up)))
    cases: dict[str, int] = dict(transaction.execute(counted.group_by(Access.user)).all())
    return [
        {
            "id": user.id,
            "name": user.name,
            "display_name": user.display_name,
            "role": user.role,
            "team": user.team,
            "team_name": names.get(user.team),
            "phone": user.phone,
            "language": user.language,
            "active": user.active,
            "invited_until": user.password_expires_at,
            "devices": of_devices.get(user.id, (0, None))[0],
            "last_sync_at": of_devices.get(user.id, (0, None))[1],
            "cases": cases.get(user.id, 0),
            "second_factor": user.id in with_second_factor,
            "may_change": managing.may_change(actor, user),
        }
        for user in users
    ]


def teams(transaction: Transaction, actor: Actor) -> list[dict[str, object]]:
    wanted = select(Team).where(Team.org == actor.org, *managing.seen(transaction, actor, Team.id))
    found = transaction.scalars(wanted.order_by(Team.name, Team.id)).all()
    members = select(User.team, func.count()).where(User.org == actor.org, User.active)
    of_team: dict[str | None, int] = dict(transaction.execute(members.group_by(User.team)).all())
    return [
        {"id": team.id, "name": team.name, "phone": team.phone, "people": of_team.get(team.id, 0)} for team in found
    ]


def devices(transaction: Transaction, actor: Actor, after: str) -> tuple[list[dict[str, object]], str | None]:
    """Those of the people who are seen, the newest first, in pages."""
    wanted = (
        select(Device, User)
        .join(User, (User.id == Device.user) & (User.org == Device.org))
        .where(Device.org == actor.org, *managing.seen(transaction, actor))
    )
    if after:
        wanted = wanted.where(tuple_(Device.created_at, Device.id) < tuple_(*parts_of(after, 2)))
    most = LIMITS.list_page_max
    newest_first = wanted.order_by(Device.created_at.desc(), Device.id.desc())
    rows = transaction.execute(newest_first.limit(most + 1)).all()
    following = f"{rows[most - 1][0].created_at}/{rows[most - 1][0].id}" if len(rows) > most else None
    ids = [device.id for device, _ in rows]
    living = select(AuthSession.device, func.count(), func.max(AuthSession.last_used_at)).where(
        AuthSession.org == actor.org, AuthSession.device.in_(ids), AuthSession.ended_at.is_(None)
    )
    sessions = {device: (count, at) for device, count, at in transaction.execute(living.group_by(AuthSession.device))}
    return [
        {
            "id": device.id,
            "name": device.name,
            "person": owner.id,
            "display_name": owner.display_name,
            "created_at": device.created_at,
            "last_sync_at": device.last_sync_at,
            "last_used_at": sessions.get(device.id, (0, None))[1],
            "sessions": sessions.get(device.id, (0, None))[0],
            "current": device.id == actor.device,
            "revoked": device.revoked_at is not None,
            "wipe_asked_at": device.wipe_asked_at,
            "wiped_at": device.wiped_at,
            "may_change": owner.id == actor.user or managing.may_change(actor, owner),
        }
        for device, owner in rows[:most]
    ], following
