"""When what is declared in `server/kinds` falls due for one person (N1–N4). Pure: no clock, no I/O.

    (declaration, shown values, the case's visits, preferences) → [Due, …]

Arithmetic on days is done on Finland's wall clock, on minutes in UTC, so that both changes of the clock come out right.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from server.catalogue import entries_of
from server.kinds.due import Deadline, FallsDue, Rhythm, Upcoming
from server.reminders.calendar_days import at, is_free, local, working_day_before, working_day_from
from server.reminders.preferences import Preferences
from server.rules.conditions import About, Values, holds, value_at
from server.rules.dates import is_day, is_instant
from server.rules.phases import phase_on

#: what falls due on a day is told then
MORNING = time(8)
MINUTE = timedelta(minutes=1)
#: closer to a visit than this a reminder comes too late to be of use
USEFUL_MINUTES_MIN = 10
#: a lead up to this long belongs to the visit itself, and is kept when the visit is at a quiet hour
NEAR_MINUTES_MAX = 120
YEARS = range(2000, 2200)
DELIVERED = frozenset(each["code"] for each in entries_of("visit_outcome") if each.get("counts_as_delivered"))

#: a kind and shown values
Others = Sequence[tuple[str, Values]]


class Due(NamedTuple):
    """One reminder: `send_at` is when, `about` the moment it speaks of, `drop_at` when a late one is of no use.

    `step` tells the reminders of one cause apart: `30`, `evening`, `-14d`.
    """

    cause: str
    step: str
    send_at: datetime
    about: datetime
    drop_at: datetime


def due_of(
    declared: FallsDue,
    values: Values,
    visits: Sequence[Values],
    chosen: Preferences,
    phase: str | None = None,
    others: Others = (),
) -> list[Due]:
    """All reminders of one declaration for one person, past ones too, in order; none of what is settled or removed.

    `visits` are the shown values of the case's visits, which only a rhythm looks at; `phase` is that of the case now,
    `others` are the file's other records that its deadlines ask for.
    """
    if values.get("removed") or holds(declared.unless, About(values, phase=phase, others=others)):
        return []
    match declared:
        case Upcoming():
            found = _upcoming(declared, values, chosen)
        case Deadline():
            found = _deadline(declared, values, chosen)
        case Rhythm():
            found = _rhythm(declared, values, visits, chosen)
    return sorted(found, key=lambda due: due.send_at)


# --- a moment to come -----------------------------------------------------------------------------------------------


def _upcoming(declared: Upcoming, values: Values, chosen: Preferences) -> Iterator[Due]:
    start = _moment(value_at(values, declared.of))
    if start is None:
        return
    taken = set()
    for minutes in sorted(chosen.leads_minutes):
        send_at = _before_visit(start, minutes, chosen)
        if send_at not in taken:
            taken.add(send_at)
            yield Due(declared.cause, str(minutes), send_at, start, start)
    if chosen.evening_before is not None:
        # Asked for by its hour, so it comes at that hour; but on an evening after work.
        day = local(start).date()
        eve = working_day_before(day) if chosen.free_days_quiet else day - timedelta(days=1)
        send_at = at(eve, chosen.evening_before)
        if send_at not in taken:
            yield Due(declared.cause, "evening", send_at, start, start)


def _before_visit(start: datetime, minutes: int, chosen: Preferences) -> datetime:
    """A quiet hour moves it to the end of the quiet where that is early enough, else to before the quiet began.

    Somebody who has a visit at a quiet hour is at work then: the near reminder stays.
    """
    wanted = start - minutes * MINUTE
    if not is_quiet(wanted, chosen) or (is_quiet(start, chosen) and minutes <= NEAR_MINUTES_MAX):
        return wanted
    after = quiet_end(wanted, chosen)
    return after if after <= start - USEFUL_MINUTES_MIN * MINUTE else last_open(wanted, chosen)


# --- a moment gone by, or a day -------------------------------------------------------------------------------------


def _deadline(declared: Deadline, values: Values, chosen: Preferences) -> Iterator[Due]:
    late = declared.late_minutes_max * MINUTE
    given = value_at(values, declared.of)
    moment = _moment(given) if declared.minutes else None
    if moment is not None:
        # Where the quiet moves two to one moment, the later says what the earlier would have.
        wanted = {moment + minutes * MINUTE: minutes for minutes in sorted(declared.minutes)}
        steps = wanted if declared.at_night else {quiet_end(due, chosen): wanted[due] for due in wanted}
        for send_at, minutes in steps.items():
            yield Due(declared.cause, f"{minutes}m", send_at, moment, send_at + late)
    day = _day(given) if declared.days else None
    if day is not None:
        for days in declared.days:
            send_at = _morning(day + timedelta(days=days), chosen, later=days > 0)
            yield Due(declared.cause, f"{days}d", send_at, at(day, MORNING), send_at + late)


def _morning(day: date, chosen: Preferences, *, later: bool) -> datetime:
    """What is due on a free day is told on the working day before, what is overdue on the one after."""
    if chosen.free_days_quiet and is_free(day):
        day = working_day_from(day) if later else working_day_before(day)
    return quiet_end(at(day, MORNING), replace(chosen, free_days_quiet=False))


# --- a rhythm -------------------------------------------------------------------------------------------------------


def _rhythm(declared: Rhythm, values: Values, visits: Iterable[Values], chosen: Preferences) -> Iterator[Due]:
    """Counted from the last visit that took place, or was planned in time and is not logged yet."""
    days = values.get(declared.days)
    if not isinstance(days, int):
        return
    last = max(_starts(visits, delivered=True), default=None)
    for start in sorted(_starts(visits, delivered=False)):
        if last is not None and last < start and local(start).date() <= local(last).date() + timedelta(days=days):
            last = start
    missed = local(last).date() + timedelta(days=days) if last is not None else None
    if missed is not None and phase_on(missed, values) not in declared.as_needed:
        send_at = _morning(missed + timedelta(days=1), chosen, later=True)
        late = declared.late_minutes_max * MINUTE
        yield Due(declared.cause, "", send_at, at(missed, MORNING), send_at + late)


def _starts(visits: Iterable[Values], *, delivered: bool) -> Iterator[datetime]:
    for values in visits:
        outcome = value_at(values, "outcome.code")
        fits = outcome in DELIVERED if delivered else outcome is None
        if fits and not values.get("removed"):
            start = _moment(value_at(values, "actual.start") or value_at(values, "plan.start"))
            if start is not None:
                yield start


# --- quiet hours ----------------------------------------------------------------------------------------------------


def is_quiet(moment: datetime, chosen: Preferences) -> bool:
    here = local(moment)
    return (chosen.free_days_quiet and is_free(here.date())) or _is_quiet_hour(here.time(), chosen)


def _is_quiet_hour(hour: time, chosen: Preferences) -> bool:
    begin, end = chosen.quiet_from, chosen.quiet_to
    return begin <= hour < end if begin <= end else hour >= begin or hour < end


def quiet_end(moment: datetime, chosen: Preferences) -> datetime:
    """The moment itself, or the end of the quiet that it lies in."""
    while is_quiet(moment, chosen):
        here = local(moment)
        is_over_today = here.time() < chosen.quiet_to and not (chosen.free_days_quiet and is_free(here.date()))
        moment = at(here.date() + timedelta(days=0 if is_over_today else 1), chosen.quiet_to, here.fold)
    return moment


def last_open(moment: datetime, chosen: Preferences) -> datetime:
    """The last minute before the quiet that a moment lies in."""
    while is_quiet(moment, chosen):
        here = local(moment)
        day, hour = here.date(), chosen.quiet_from
        if chosen.free_days_quiet and is_free(day):
            hour = time(0)
        elif here.time() < hour:
            day -= timedelta(days=1)
        moment = at(day, hour, here.fold) - MINUTE
    return moment


def _moment(written: object) -> datetime | None:
    """An instant of a record; None for none, and for what lies beyond any plan."""
    if not is_instant(written) or int(written[:4]) not in YEARS:
        return None
    return datetime.fromisoformat(written).astimezone(UTC)


def _day(written: object) -> date | None:
    """A day of a record; None as above, and for what was stored before it was refused (T1)."""
    return date.fromisoformat(written) if is_day(written) and int(written[:4]) in YEARS else None
