"""Goals that were closed, and ratings by clients: for every report on what was reached."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from server.reports.codes import by_code
from server.reports.facts import CaseFacts, Fact
from server.reports.shape import ReportContext

REACHED, PARTLY, DROPPED = "reached", "partly_reached", "dropped"
CLOSED = frozenset({REACHED, PARTLY, DROPPED})


def closed_goals(about: ReportContext) -> list[Fact]:
    """A paused or an open goal is not closed."""
    return [
        goal
        for goal in about.facts("goal")
        if goal.text("status") in CLOSED and about.period.holds(goal.day("closed_on"))
    ]


def points(goals: Sequence[Fact]) -> Fraction:
    """One for each that was reached, half for each that was reached in part."""
    worth = {REACHED: Fraction(1), PARTLY: Fraction(1, 2)}
    return sum((worth.get(goal.text("status") or "", Fraction(0)) for goal in goals), Fraction(0))


def how_many(goals: Sequence[Fact], status: str) -> int:
    return sum(goal.text("status") == status for goal in goals)


def is_open_on(goal: Fact, day: date) -> bool:
    """Begun, and not closed before or on that day."""
    if goal.begun_on > day or goal.text("status") == "proposed":
        return False
    closed_on = goal.day("closed_on")
    if closed_on is None:
        return goal.text("status") not in CLOSED
    return closed_on > day


def sheets(case: CaseFacts, sheet: str, by: str, until: date) -> list[Fact]:
    """The ratings of a sheet by somebody, the first first."""
    own = [
        each
        for each in case.all("rating")
        if each.text("sheet") == sheet and each.text("by") == by and (on := each.day("on")) and on <= until
    ]
    return sorted(own, key=lambda each: (each.values["on"], each.begun_ms))


def scores(rating: Fact, scale: str) -> Mapping[str, int]:
    """By item, the number of what was answered; a blank item is not there."""
    values = by_code(scale, "value", int)
    return {
        item: values[code] for item, code in rating.items("values").items() if isinstance(code, str) and code in values
    }
