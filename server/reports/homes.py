"""Stays: which are permanent homes, and which covers a day."""

from collections.abc import Iterable
from datetime import date, timedelta

from server.reports.codes import PERMANENT
from server.reports.facts import CaseFacts, Fact

#: a new home begun so soon after the last one ended goes on from it
BETWEEN_HOMES = timedelta(days=14)


def permanent(case: CaseFacts) -> list[Fact]:
    """The stays in a home of one's own, by their beginning."""
    own = [each for each in case.all("stay") if each.text("stay_kind") in PERMANENT and each.day("start")]
    return sorted(own, key=lambda each: (each.values["start"], each.id))


def covers(stay: Fact, day: date) -> bool:
    """Whether somebody lives there on a day; the day of leaving still counts."""
    start, end = stay.day("start"), stay.day("end")
    return start is not None and start <= day and (end is None or end >= day)


def is_open_at_night(stay: Fact, day: date) -> bool:
    """Whether somebody sleeps there after this day: who moves out on it sleeps elsewhere."""
    start, end = stay.day("start"), stay.day("end")
    return start is not None and start <= day and (end is None or end > day)


def open_stay(case: CaseFacts, day: date) -> Fact | None:
    """Of several open ones the one that began last."""
    found = [each for each in case.all("stay") if is_open_at_night(each, day)]
    return max(found, key=lambda each: (each.values["start"], each.id), default=None)


def went_on(stay: Fact, others: Iterable[Fact], day: date) -> bool:
    """Whether another permanent home, begun within 14 days of the end of this one, covers the day."""
    end = stay.day("end")
    if end is None:
        return False
    following = [each for each in others if each is not stay and covers(each, day)]
    return any((start := each.day("start")) and abs(start - end) <= BETWEEN_HOMES for each in following)
