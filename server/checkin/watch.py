"""Check-ins as they are armed, extended, answered and confirmed (K1–K5), in the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session as Transaction

from server import audit, moments
from server.auth.accounts import ADMINS, LEADER
from server.checkin import ladder
from server.checkin.tables import CheckIn, OutboundChannel
from server.config import LIMITS
from server.models import User
from server.problems import Problem
from server.reminders import rows
from server.reminders.tables import Reminder
from server.sync.actor import Actor


def arm(transaction: Transaction, actor: Actor, id_: str, given: dict[str, Any], now: datetime) -> CheckIn:
    """A new check-in, its deadline counted on the server's clock. The same id again changes nothing (K1).

    `check_in_on_already` while another one is on.
    """
    known = transaction.get(CheckIn, id_)
    if known is not None:
        if known.user != actor.user:
            raise Problem("not_found")
        return known
    if mine(transaction, actor) is not None:
        raise Problem("check_in_on_already")
    check_in = CheckIn(
        id=id_,
        org=actor.org,
        user=actor.user,
        visit=given["visit"],
        colleague=_colleague(transaction, actor, given["colleague"]),
        place=given["place"],
        armed_at=moments.text(now),
        armed_on_device=given["at"],
        deadline=moments.text(now + timedelta(minutes=given["minutes"])),
        drill=int(given["drill"]),
    )
    transaction.add(check_in)
    transaction.flush()
    _climb(transaction, check_in, now)
    _note(transaction, actor, "check_in_armed", check_in)
    return check_in


def extend(transaction: Transaction, actor: Actor, id_: str, minutes: int, seen: str, now: datetime) -> CheckIn:
    """Later by so many minutes than the deadline that was `seen`: after a lost reply it is not moved twice."""
    check_in = _own(transaction, actor, id_)
    if check_in.deadline == seen and check_in.ended_at is None:
        start = max(moments.moment(check_in.deadline), now)
        check_in.deadline = moments.text(start + timedelta(minutes=minutes))
        _climb(transaction, check_in, now)
        _note(transaction, actor, "check_in_extended", check_in)
    return check_in


def safe(transaction: Transaction, actor: Actor, id_: str, on_device: str, now: datetime) -> CheckIn:
    """The person is safe. One that was said offline and arrives late is kept with both times (K5)."""
    check_in = _own(transaction, actor, id_)
    if check_in.ended_at is None:
        check_in.ended_on_device = on_device
        _end(transaction, actor, check_in, now)
    return check_in


def alert(transaction: Transaction, actor: Actor, id_: str, on_device: str, now: datetime) -> None:
    """Silent: nothing is sent to the person's own phone."""
    check_in = _own(transaction, actor, id_)
    if check_in.alert_at is None and check_in.ended_at is None:
        check_in.alert_at, check_in.alert_on_device = moments.text(now), on_device
        transaction.flush()
        _climb(transaction, check_in, now)
        _note(transaction, actor, "check_in_alert", check_in)


def confirm(transaction: Transaction, actor: Actor, id_: str, *, is_safe: bool, now: datetime) -> CheckIn:
    """A colleague or supervisor sees to it; `is_safe` once they have reached the person, which ends it (K3)."""
    check_in = transaction.get(CheckIn, id_, with_for_update=True)
    if check_in is None or check_in.user == actor.user or not may_see(transaction, actor, check_in, now):
        raise Problem("not_found")
    if check_in.ended_at is None:
        if check_in.confirmed_at is None:
            check_in.confirmed_by, check_in.confirmed_at = actor.user, moments.text(now)
            _note(transaction, actor, "check_in_confirmed", check_in)
        if is_safe:
            _end(transaction, actor, check_in, now)
    return check_in


def mine(transaction: Transaction, actor: Actor) -> CheckIn | None:
    """The one that is on."""
    on = select(CheckIn).where(CheckIn.user == actor.user, CheckIn.ended_at.is_(None)).order_by(CheckIn.armed_at)
    return transaction.scalars(on).first()


def out(transaction: Transaction, actor: Actor, now: datetime) -> Sequence[CheckIn]:
    """Who is out, and who came back lately, as far as this person is to see them."""
    lately = moments.text(now - timedelta(hours=LIMITS.check_ins_shown_hours))
    wanted = select(CheckIn).where(
        CheckIn.org == actor.org, CheckIn.ended_at.is_(None) | (CheckIn.ended_at >= lately), CheckIn.user != actor.user
    )
    found = transaction.scalars(wanted.order_by(CheckIn.deadline, CheckIn.id)).all()
    return [each for each in found if may_see(transaction, actor, each, now)]


def may_see(transaction: Transaction, actor: Actor, check_in: CheckIn, now: datetime) -> bool:
    """A supervisor all of theirs; a colleague those of which they have been told."""
    if check_in.org != actor.org:
        return False
    return supervises(transaction, actor, check_in) or _was_told(transaction, actor, check_in, now)


def supervises(transaction: Transaction, actor: Actor, check_in: CheckIn) -> bool:
    if check_in.org != actor.org or check_in.user == actor.user:
        return False
    if actor.role in ADMINS:
        return True
    own = transaction.get_one(User, actor.user).team
    return actor.role == LEADER and own is not None and own == transaction.get_one(User, check_in.user).team


def place(transaction: Transaction, actor: Actor, id_: str, now: datetime) -> str | None:
    """Where it was armed for: for the supervisor, once the ladder has come that far, and noted (K4)."""
    check_in = transaction.get(CheckIn, id_)
    if check_in is None or not supervises(transaction, actor, check_in) or not ladder.may_see_place(check_in, now):
        raise Problem("not_found")
    _note(transaction, actor, "check_in_place_seen", check_in)
    return check_in.place


def _was_told(transaction: Transaction, actor: Actor, check_in: CheckIn, now: datetime) -> bool:
    told = select(Reminder.id).where(
        Reminder.record == check_in.id,
        Reminder.org == check_in.org,
        Reminder.user == actor.user,
        Reminder.cause.in_((*ladder.ALARMS, ladder.OVER)),
        Reminder.due <= moments.text(now),
    )
    return transaction.scalar(told.limit(1)) is not None


def _own(transaction: Transaction, actor: Actor, id_: str) -> CheckIn:
    check_in = transaction.get(CheckIn, id_, with_for_update=True)
    if check_in is None or check_in.user != actor.user:
        raise Problem("not_found")
    return check_in


def _colleague(transaction: Transaction, actor: Actor, user: str | None) -> str | None:
    """The colleague that was named, if it is one of the own team: nobody else could help (K2)."""
    if user is None:
        return None
    found, own = transaction.get(User, user), transaction.get_one(User, actor.user)
    is_of_team = found is not None and own.team is not None and (found.org, found.team) == (own.org, own.team)
    if found is None or not is_of_team or not found.active or found.id == own.id:
        raise Problem("fields_invalid", {"colleague": ["invalid"]})
    return user


def _climb(transaction: Transaction, check_in: CheckIn, now: datetime) -> None:
    """The ladder's rows, in the transaction that arms, extends or alerts (K2)."""
    transaction.flush()
    around = _around(transaction, check_in)
    wanted = ladder.rungs(check_in, around)
    rows.write(transaction.connection(), check_in.org, [check_in.id], wanted, moments.text(now))


def _end(transaction: Transaction, actor: Actor, check_in: CheckIn, now: datetime) -> None:
    """It is over: the address is forgotten, what waits is taken away, and who was alarmed hears that it is over."""
    check_in.ended_at, check_in.ended_by, check_in.place = moments.text(now), actor.user, None
    transaction.flush()
    of_this = (Reminder.record == check_in.id, Reminder.org == check_in.org)
    alarmed = (*of_this, Reminder.cause.in_(ladder.ALARMS), Reminder.sent_at.is_not(None))
    at = moments.text(now)
    over = {"cause": ladder.OVER, "step": Reminder.cause, "due": at, "try_at": at, "state": "waiting"}
    again = {"tries": 0, "taken_by": "[]", "claim": None, "seen_at": None, "drop_at": moments.text(now + ladder.USEFUL)}
    transaction.execute(update(Reminder).where(*alarmed).values(over | again))
    transaction.execute(delete(Reminder).where(*of_this, Reminder.cause != ladder.OVER))
    _note(transaction, actor, "check_in_ended", check_in)


def _around(transaction: Transaction, check_in: CheckIn) -> ladder.Around:
    person = transaction.get_one(User, check_in.user)
    people = list(transaction.scalars(select(User).where(User.org == person.org, User.active, User.id != person.id)))
    team = [each for each in people if person.team is not None and each.team == person.team]
    supervisors = [each for each in team if each.role == LEADER] or [each for each in people if each.role in ADMINS]
    named = [each for each in people if each.id == check_in.colleague]
    colleagues = named or [each for each in team if each.role != LEADER] or supervisors
    channels = set(transaction.scalars(select(OutboundChannel.channel).where(OutboundChannel.org == check_in.org)))
    return ladder.Around(
        person.id,
        {each.id: _reach(each, channels) for each in colleagues},
        {each.id: _reach(each, channels) for each in supervisors},
        "webhook" in channels,
    )


def _reach(user: User, channels: set[str]) -> tuple[str, ...]:
    return ("push", "sms") if "sms" in channels and user.phone else ("push",)


def _note(transaction: Transaction, actor: Actor, event: str, check_in: CheckIn) -> None:
    detail = {"check_in": check_in.id, "user": check_in.user, "drill": bool(check_in.drill)}
    audit.note(transaction.connection(), actor, event, detail)
