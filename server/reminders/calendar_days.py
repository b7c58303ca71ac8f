"""Finland's clock and calendar: wall time through both changes of the clock, working days, public holidays."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from server.rules.dates import FINLAND
from server.rules.free_days import public_holidays

SATURDAY = 5


def local(moment: datetime) -> datetime:
    return moment.astimezone(FINLAND)


def at(day: date, hour: time, fold: int = 0) -> datetime:
    """The moment of a wall clock's reading: of an hour that comes twice the first, or with `fold` 1 the second; of
    one that is skipped the same distance from midnight."""
    return datetime.combine(day, hour.replace(fold=fold), FINLAND).astimezone(UTC)


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, public_holidays(year)))


def is_free(day: date) -> bool:
    """A weekend or a public holiday."""
    return day.weekday() >= SATURDAY or day in _public_holidays(day.year)


def working_day_from(day: date) -> date:
    while is_free(day):
        day += timedelta(days=1)
    return day


def working_day_before(day: date) -> date:
    day -= timedelta(days=1)
    while is_free(day):
        day -= timedelta(days=1)
    return day
