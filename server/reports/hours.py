"""Delivered and contracted hours of a case, by visit and by span: for every report that speaks of hours."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TypeGuard, cast

from server.reports.codes import COUNTING, DELIVERED
from server.reports.days import ONE_DAY, Period, day_of
from server.reports.facts import CaseFacts, Fact
from server.reports.service import hours_in, spans

MINUTES = 60


def visit_day(visit: Fact) -> date | None:
    """A visit over midnight belongs to the day on which it began."""
    if visit.on is None:
        moment = visit.moment("actual.start") or visit.moment("plan.start")
        visit.on = day_of(moment) if moment else None
    return visit.on


def visits_in(case: CaseFacts, period: Period) -> list[Fact]:
    """In order of their days, which are sorted once."""
    if "visits" not in case.known:
        dated = [(day, visit.id, visit) for visit in case.all("visit") if (day := visit_day(visit))]
        case.known["visits"] = sorted(dated)
    visits = cast("list[tuple[date, str, Fact]]", case.known["visits"])
    first = bisect_left(visits, (period.start, ""))
    last = bisect_left(visits, (period.end + ONE_DAY, ""))
    return [visit for _, _, visit in visits[first:last]]


def outcome_code(visit: Fact) -> str | None:
    """The code of how it went; none of one that is not logged."""
    outcome = visit.values.get("outcome")
    code = outcome.get("code") if isinstance(outcome, dict) else None
    return code if isinstance(code, str) and code else None


def is_delivered(visit: Fact) -> bool:
    outcome = visit.values.get("outcome")
    return isinstance(outcome, dict) and outcome.get("code") in DELIVERED


def counted_minutes(visit: Fact) -> int:
    """Minutes that fill the contract."""
    if not is_delivered(visit):
        return 0
    return sum(minutes for kind, minutes in visit.items("minutes").items() if kind in COUNTING and is_whole(minutes))


def is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def contracted_hours(case: CaseFacts, period: Period) -> Fraction:
    return hours_in(spans(case, period))


def session_minutes(sessions: Sequence[Fact], period: Period) -> dict[str, Fraction]:
    """By case: a session's minutes, shared out evenly among those who were present."""
    shared: dict[str, Fraction] = {}
    for session in sessions:
        start, end = session.moment("at.start"), session.moment("at.end")
        present = [case for case, was_there in session.items("present").items() if was_there is True]
        if start is None or end is None or not present or not period.holds(day_of(start)):
            continue
        each = Fraction(max(0, int((end - start).total_seconds())), MINUTES * len(present))
        for case in present:
            shared[case] = shared.get(case, Fraction(0)) + each
    return shared
