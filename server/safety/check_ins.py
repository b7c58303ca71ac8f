"""Check-ins as they are armed, extended, answered and confirmed (K1–K5), in the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypedDict

from sqlalchemy import ColumnElement, Select, case, delete, select, true, tuple_, update
from sqlalchemy.orm import Session as Transaction

from server.config import LIMITS
from server.core import audit, timestamps
from server.core.actor import Actor
from server.core.models import User
from server.core.pages import page_of, parts_of
from server.core.problems import Problem
from server.core.reminder_tables import Reminder
from server.core.roles import ADMINS, LEADER
from server.reminders import schedule
from server.safety import escalation
from server.safety.tables import CheckIn, OutboundChannel


class Arming(TypedDict):
    """What the device says of a check-in that begins; `at` is by its clock."""

    visit: str | None
    colleague: str | None
    place: str | None
    at: str
    minutes: int
    drill: bool


def arm(transaction: Transaction, actor: Actor, id_: str, given: Arming, now: datetime) -> CheckIn:
    """A new check-in, its deadline counted on the server's clock. The same id again changes nothing (K1).

    `check_in_on_already` while another one is on, `check_in_nobody` where nobody would hear of an alarm.
    """
    known = transaction.get(CheckIn, (id_, actor.org))
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
        armed_at=timestamps.text(now),
        armed_on_device=given["at"],
        deadline=timestamps.text(now + timedelta(minutes=given["minutes"])),
        drill=int(given["drill"]),
    )
    transaction.add(check_in)
    transaction.flush()
    _write_steps(transaction, check_in, now)
    _note(transaction, actor, "check_in_armed", check_in)
    return check_in


def extend(transaction: Transaction, actor: Actor, id_: str, minutes: int, seen: str, now: datetime) -> CheckIn:
    """Later by so many minutes than the deadline that was `seen`: after a lost reply it is not moved twice."""
    check_in = _own(transaction, actor, id_)
    if check_in.deadline == seen and check_in.ended_at is None:
        start = max(timestamps.moment(check_in.deadline), now)
        check_in.deadline, check_in.climbed_at = timestamps.text(start + timedelta(minutes=minutes)), None
        _write_steps(transaction, check_in, now)
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
        check_in.alert_at, check_in.alert_on_device = timestamps.text(now), on_device
        transaction.flush()
        _write_steps(transaction, check_in, now)
        _note(transaction, actor, "check_in_alert", check_in)


def confirm(transaction: Transaction, actor: Actor, id_: str, *, is_safe: bool, now: datetime) -> CheckIn:
    """A colleague or supervisor sees to it; `is_safe` once they have reached the person, which ends it (K3)."""
    check_in = transaction.get(CheckIn, (id_, actor.org), with_for_update=True)
    if check_in is None or check_in.user == actor.user or not may_see(transaction, actor, check_in, now):
        raise Problem("not_found")
    if check_in.ended_at is None:
        if check_in.confirmed_at is None:
            check_in.confirmed_by, check_in.confirmed_at = actor.user, timestamps.text(now)
            _note(transaction, actor, "check_in_confirmed", check_in)
        if is_safe:
            _end(transaction, actor, check_in, now)
    return check_in


def mine(transaction: Transaction, actor: Actor) -> CheckIn | None:
    """The one that is on."""
    on = select(CheckIn).where(CheckIn.user == actor.user, CheckIn.org == actor.org, CheckIn.ended_at.is_(None))
    return transaction.scalars(on.order_by(CheckIn.armed_at)).first()


#: who called for help, who is out, who is back
_URGENCY = case((CheckIn.ended_at.is_not(None), "2"), (CheckIn.alert_at.is_not(None), "0"), else_="1")


def out(transaction: Transaction, actor: Actor, now: datetime, after: str = "") -> tuple[Sequence[CheckIn], str | None]:
    """A page of who is out, and who came back lately, as far as this person is to see them; the most urgent first."""
    lately = timestamps.text(now - timedelta(hours=LIMITS.check_ins_shown_hours))
    order = (_URGENCY, CheckIn.deadline, CheckIn.id)
    wanted = (
        select(CheckIn, _URGENCY.label("urgency"))
        .where(CheckIn.org == actor.org, CheckIn.ended_at.is_(None) | (CheckIn.ended_at >= lately))
        .where(CheckIn.user != actor.user, _seen_by(transaction, actor, now))
        .where(tuple_(*order) > tuple_(*parts_of(after, len(order))))
    )
    rows = transaction.execute(wanted.order_by(*order).limit(LIMITS.list_page_max + 1)).all()
    page, following = page_of(rows, lambda row: (row.urgency, row.CheckIn.deadline, row.CheckIn.id))
    return [row.CheckIn for row in page], following


def _seen_by(transaction: Transaction, actor: Actor, now: datetime) -> ColumnElement[bool]:
    """`may_see`, of many at once."""
    if actor.role in ADMINS:
        return true()
    told = CheckIn.id.in_(_told_of(actor, now))
    team = transaction.get_one(User, (actor.user, actor.org)).team
    if actor.role != LEADER or team is None:
        return told
    return told | CheckIn.user.in_(select(User.id).where(User.org == actor.org, User.team == team))


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
    own = transaction.get_one(User, (actor.user, actor.org)).team
    theirs = transaction.get_one(User, (check_in.user, check_in.org)).team
    return actor.role == LEADER and own is not None and own == theirs


def place(transaction: Transaction, actor: Actor, id_: str, now: datetime) -> str | None:
    """Where it was armed for: for the supervisor, once the escalation has come that far, and noted (K4)."""
    check_in = transaction.get(CheckIn, (id_, actor.org))
    if check_in is None or not supervises(transaction, actor, check_in) or not escalation.may_see_place(check_in, now):
        raise Problem("not_found")
    _note(transaction, actor, "check_in_place_seen", check_in)
    return check_in.place


def _was_told(transaction: Transaction, actor: Actor, check_in: CheckIn, now: datetime) -> bool:
    told = _told_of(actor, now).where(Reminder.record == check_in.id)
    return transaction.scalar(told.limit(1)) is not None


def _told_of(actor: Actor, now: datetime) -> Select[str]:
    """The check-ins of which this person has been told."""
    return select(Reminder.record).where(
        Reminder.org == actor.org,
        Reminder.user == actor.user,
        Reminder.cause.in_((*escalation.ALARMS, escalation.OVER)),
        Reminder.due <= timestamps.text(now),
    )


def _own(transaction: Transaction, actor: Actor, id_: str) -> CheckIn:
    check_in = transaction.get(CheckIn, (id_, actor.org), with_for_update=True)
    if check_in is None or check_in.user != actor.user:
        raise Problem("not_found")
    return check_in


def _colleague(transaction: Transaction, actor: Actor, user: str | None) -> str | None:
    """The colleague that was named, if it is one of the own team: nobody else could help (K2)."""
    if user is None:
        return None
    found, own = (transaction.get(User, (each, actor.org)) for each in (user, actor.user))
    is_of_team = found is not None and own is not None and own.team is not None and found.team == own.team
    if found is None or not is_of_team or not found.active or found.id == actor.user:
        raise Problem("fields_invalid", {"colleague": ["invalid"]})
    return user


def _write_steps(transaction: Transaction, check_in: CheckIn, now: datetime) -> None:
    """The rows of the escalation, in the transaction that arms, extends or alerts (K2)."""
    transaction.flush()
    context = _context(transaction, check_in)
    if not context.supervisors and not context.colleagues:
        raise Problem("check_in_nobody")
    wanted = escalation.steps(check_in, context)
    schedule.write_reminders(transaction.connection(), check_in.org, [check_in.id], wanted, timestamps.text(now))


def _end(transaction: Transaction, actor: Actor, check_in: CheckIn, now: datetime) -> None:
    """It is over: the address is forgotten, what waits is taken away, and who was alarmed hears that it is over."""
    check_in.ended_at, check_in.ended_by, check_in.place = timestamps.text(now), actor.user, None
    transaction.flush()
    of_this = (Reminder.record == check_in.id, Reminder.org == check_in.org)
    alarmed = (*of_this, Reminder.cause.in_(escalation.ALARMS), Reminder.sent_at.is_not(None))
    at = timestamps.text(now)
    over = {"cause": escalation.OVER, "step": Reminder.cause, "due": at, "try_at": at, "state": "waiting"}
    again = {
        "tries": 0,
        "taken_by": "[]",
        "claim": None,
        "seen_at": None,
        "drop_at": timestamps.text(now + escalation.USEFUL),
    }
    transaction.execute(update(Reminder).where(*alarmed).values(over | again))
    transaction.execute(delete(Reminder).where(*of_this, Reminder.cause != escalation.OVER))
    _note(transaction, actor, "check_in_ended", check_in)


def _context(transaction: Transaction, check_in: CheckIn) -> escalation.EscalationContext:
    person = transaction.get_one(User, (check_in.user, check_in.org))
    people = list(transaction.scalars(select(User).where(User.org == person.org, User.active, User.id != person.id)))
    team = [each for each in people if person.team is not None and each.team == person.team]
    supervisors = [each for each in team if each.role == LEADER] or [each for each in people if each.role in ADMINS]
    named = [each for each in people if each.id == check_in.colleague]
    colleagues = named or [each for each in team if each.role != LEADER] or supervisors
    channels = set(transaction.scalars(select(OutboundChannel.channel).where(OutboundChannel.org == check_in.org)))
    return escalation.EscalationContext(
        person.id,
        {each.id: _reach(each, channels) for each in colleagues},
        {each.id: _reach(each, channels) for each in supervisors},
        "webhook" in channels,
    )


def _reach(user: User, channels: set[str]) -> tuple[str, ...]:
    return ("push", "sms") if "sms" in channels and user.phone else ("push",)


def _note(transaction: Transaction, actor: Actor, event: str, check_in: CheckIn) -> None:
    detail = {"check_in": check_in.id, "user": check_in.user, "drill": bool(check_in.drill)}
    audit.note(transaction, actor, event, detail)
