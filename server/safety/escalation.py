"""The escalation of a check-in: who hears what, when (K2). Pure.

    T−5   the person: it is nearly time          T+10  a colleague: look after them
    T+0   the person: are you all right?         T+20  the supervisor: with address and phone in the app

A silent alert tells colleague and supervisor at once, and the person's own phone stays still.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from server.core import timestamps
from server.reminders.due_rules import Due
from server.reminders.schedule import WantedReminder
from server.safety.tables import CheckInRow

SOON_MINUTES, COLLEAGUE_MINUTES, SUPERVISOR_MINUTES = -5, 10, 20
#: an alarm is worth sending for so long
USEFUL = timedelta(hours=24)
#: what colleagues and supervisors hear, and what tells them that it is over
COLLEAGUE, SUPERVISOR, ALERT = "checkin_colleague", "checkin_supervisor", "checkin_alert"
ALARMS = (COLLEAGUE, SUPERVISOR, ALERT)
OVER = "checkin_over"


Stage = Literal["on", "soon", "asked", "colleague", "supervisor", "alert", "ended"]
#: by person, the channels that reach them
Reached = dict[str, tuple[str, ...]]


class EscalationContext(NamedTuple):
    """The people of a check-in."""

    person: str
    colleagues: Reached
    supervisors: Reached
    has_webhook: bool


def steps(check_in: CheckInRow, context: EscalationContext) -> list[WantedReminder]:
    """All reminders of a check-in that is on."""
    deadline = timestamps.moment(check_in.deadline)
    own: Reached = {context.person: ("push",)}
    told = [
        *_told(check_in, "checkin_soon", deadline + timedelta(minutes=SOON_MINUTES), own),
        *_told(check_in, "checkin_due", deadline, own),
    ]
    hook: Reached = {context.person: ("webhook",)} if context.has_webhook else {}
    for cause, minutes, people in (
        (COLLEAGUE, COLLEAGUE_MINUTES, context.colleagues),
        (SUPERVISOR, SUPERVISOR_MINUTES, context.supervisors),
    ):
        for each in (people, hook):
            told += _told(check_in, cause, deadline + timedelta(minutes=minutes), each)
    if check_in.alert_at is not None:
        for each in (context.colleagues | context.supervisors, hook):
            told += _told(check_in, ALERT, timestamps.moment(check_in.alert_at), each)
    return told


def _told(check_in: CheckInRow, cause: str, at: datetime, people: Reached) -> Iterator[WantedReminder]:
    due = Due(cause, "", at, timestamps.moment(check_in.deadline), at + USEFUL)
    for user, channels in people.items():
        for channel in channels:
            yield WantedReminder(user, None, check_in.id, due, channel, check_in.drill)


def stage(check_in: CheckInRow, now: datetime) -> Stage:
    """How far it has come."""
    if check_in.ended_at is not None:
        return "ended"
    if check_in.alert_at is not None:
        return "alert"
    if check_in.climbed_at is not None:
        return "supervisor"
    late = now - timestamps.moment(check_in.deadline)
    steps: Iterable[tuple[Stage, int]] = (
        ("supervisor", SUPERVISOR_MINUTES),
        ("colleague", COLLEAGUE_MINUTES),
        ("asked", 0),
        ("soon", SOON_MINUTES),
    )
    return next((name for name, minutes in steps if late >= timedelta(minutes=minutes)), "on")


def nobody_confirmed(check_in: CheckInRow, now: datetime) -> bool:
    """The supervisor has been told, or an alert is ten minutes old, and nobody has said that they see to it (K3)."""
    if check_in.ended_at is not None or check_in.confirmed_at is not None:
        return False
    if check_in.alert_at is not None:
        return now >= timestamps.moment(check_in.alert_at) + timedelta(minutes=COLLEAGUE_MINUTES)
    return stage(check_in, now) == "supervisor"


def may_see_place(check_in: CheckInRow, now: datetime) -> bool:
    """Only when a supervisor has to go there (K4)."""
    return stage(check_in, now) in {"supervisor", "alert"}


def came_late(check_in: CheckInRow) -> bool:
    """Said on the phone before the colleague's turn, and heard of here after it (K5)."""
    if check_in.ended_at is None or check_in.ended_on_device is None:
        return False
    turn = timestamps.text(timestamps.moment(check_in.deadline) + timedelta(minutes=COLLEAGUE_MINUTES))
    return bool(check_in.ended_on_device < turn <= check_in.ended_at)
