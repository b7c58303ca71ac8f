"""What falls due, declared beside the kinds: a later kind adds a line in this vocabulary, and no machinery.

    Upcoming(cause, of)                 before a moment, as long before as the person has chosen
    Deadline(cause, of, minutes, days)  so many minutes from a moment, or on days counted from a date
    Rhythm(cause, days)                 a case's agreed rhythm of visits

`cause` is a name on the wire and never changes its meaning. `of` is a field, or a part of one (`plan.start`).
`unless` looks at the record's shown values and says that nothing is due any more. `people` names the fields whose
persons are told; otherwise it is the case's own worker. The clock, quiet hours and holidays stand in
`server/reminders/falling_due.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

#: a record's shown values, by path
Values = Mapping[str, Any]
Settled = Callable[[Values], bool]

HOUR_MINUTES = 60
DAY_MINUTES = 24 * HOUR_MINUTES


def value_at(values: Values, path: str) -> Any:
    """The value of a field, or of one part of it; None where there is none."""
    field, _, part = path.partition(".")
    value = values.get(field)
    return (value.get(part) if isinstance(value, dict) else None) if part else value


def said(*paths: str) -> Settled:
    """Settled as soon as one of these says anything."""
    return lambda values: any(value_at(values, path) is not None for path in paths)


def one_of(path: str, *codes: str) -> Settled:
    return lambda values: value_at(values, path) in codes


def never(_values: Values) -> bool:
    return False


@dataclass(frozen=True)
class Upcoming:
    """Before a moment. Late ones are worth sending until it has come."""

    cause: str
    of: str
    unless: Settled = never
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deadline:
    """`minutes` are counted from a moment, `days` from a date and told in the morning; below 0 is before it.

    A late one is worth sending for `late_minutes_max`. With `at_night` `minutes` wait for no quiet to end: what the law
    counts in hours.
    """

    cause: str
    of: str
    minutes: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    at_night: bool = False
    unless: Settled = never
    people: tuple[str, ...] = ()
    late_minutes_max: int = 7 * DAY_MINUTES


@dataclass(frozen=True)
class Rhythm:
    """The morning after so many days without a visit; `days` is the field of the case that says how many."""

    cause: str
    days: str
    unless: Settled = never
    people: tuple[str, ...] = ()
    late_minutes_max: int = 7 * DAY_MINUTES


FallsDue = Upcoming | Deadline | Rhythm
