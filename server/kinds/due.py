"""What falls due, declared beside the kinds: a later kind adds a line in this vocabulary, and no machinery.

    Upcoming(cause, of)                 before a moment, as long before as the person has chosen
    Deadline(cause, of, minutes, days)  so many minutes from a moment, or on days counted from a date
    Rhythm(cause, days, as_needed)      a case's agreed rhythm of visits, outside the phases that meet when it is needed

`cause` is a name on the wire and never changes its meaning. `of` is a field, or a part of one (`plan.start`).
`unless` is a condition (`conditions.py`): where it holds, nothing is due any more. `people` names the fields whose
persons are told; otherwise it is the case's own worker. The clock, quiet hours and holidays stand in
`server/reminders/due_rules.py`.
"""

from dataclasses import dataclass

from server.rules.conditions import NEVER, Condition

HOUR_MINUTES = 60
DAY_MINUTES = 24 * HOUR_MINUTES


@dataclass(frozen=True)
class Upcoming:
    """Before a moment. Late ones are worth sending until it has come."""

    cause: str
    of: str
    unless: Condition = NEVER
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deadline:
    """`minutes` are counted from a moment, `days` from a date and told in the morning; below 0 is before it.

    A late one is worth sending for `late_minutes_max`. With `at_night` `minutes` wait for no quiet to end: what the law
    counts in hours. With `whole_file` all are told who have access to the file, as long as it is nobody's own.
    """

    cause: str
    of: str
    minutes: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    at_night: bool = False
    unless: Condition = NEVER
    people: tuple[str, ...] = ()
    whole_file: bool = False
    late_minutes_max: int = 7 * DAY_MINUTES


@dataclass(frozen=True)
class Rhythm:
    """The morning after so many days without a visit; `days` is the field of the case that says how many.

    Nothing is missed on a day of a phase `as_needed`: there visits are made when they are needed.
    """

    cause: str
    days: str
    as_needed: tuple[str, ...] = ()
    unless: Condition = NEVER
    people: tuple[str, ...] = ()
    late_minutes_max: int = 7 * DAY_MINUTES


FallsDue = Upcoming | Deadline | Rhythm
