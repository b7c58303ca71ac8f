"""Days in Finland, and spans of them. A period includes both ends."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from server.rules.dates import FINLAND

ONE_DAY = timedelta(days=1)
DECEMBER = 12


class Period(NamedTuple):
    start: date
    end: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end

    def holds_moment(self, moment: datetime | None) -> bool:
        return moment is not None and self.holds(day_of(moment))

    def before(self) -> "Period":
        """The one before it: as many whole months where it is of whole months, else as many days."""
        if self.start.day == 1 and (self.end + ONE_DAY).day == 1:
            return Period(plus_months(self.start, -self.months), self.start - ONE_DAY)
        return Period(self.start - (self.end - self.start) - ONE_DAY, self.start - ONE_DAY)

    @property
    def months(self) -> int:
        return (self.end.year - self.start.year) * DECEMBER + self.end.month - self.start.month + 1

    def years(self) -> Iterator["Period"]:
        for year in range(self.start.year, self.end.year + 1):
            yield self.within(Period(date(year, 1, 1), date(year, DECEMBER, 31)))

    def each_month(self) -> Sequence["Period"]:
        return _months_of(self)

    def within(self, other: "Period") -> "Period":
        return Period(max(self.start, other.start), min(self.end, other.end))


@lru_cache(maxsize=64)
def _months_of(period: Period) -> tuple[Period, ...]:
    """Asked for again with each client of a report."""
    found = []
    first = period.start.replace(day=1)
    while first <= period.end:
        found.append(period.within(month_of(first)))
        first = plus_months(first, 1)
    return tuple(found)


def day_of(moment: datetime) -> date:
    return moment.astimezone(FINLAND).date()


def end_of(day: date) -> datetime:
    """The moment at which a day is over in Finland."""
    return datetime.combine(day + ONE_DAY, datetime.min.time(), FINLAND).astimezone(UTC)


def month_of(day: date) -> Period:
    return Period(day.replace(day=1), day.replace(day=days_in_month(day)))


def days_in_month(day: date) -> int:
    return _length_of_month(day.year, day.month)


@lru_cache(maxsize=1200)
def _length_of_month(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def plus_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or that month's last: 29.2.2024 + 24 is 28.2.2026."""
    year, month = divmod(day.year * DECEMBER + day.month - 1 + months, DECEMBER)
    return date(year, month + 1, min(day.day, _length_of_month(year, month + 1)))
