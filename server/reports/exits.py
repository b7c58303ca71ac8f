"""Exits, and whether homelessness came after them: for every report on those who moved on."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from server.reports.codes import MOVED_ON, flagged
from server.reports.facts import CaseFacts, Fact
from server.reports.shape import ReportContext

HOMELESS = flagged("follow_up_home", "homeless")
DECEASED = "deceased"


class MovedOn(NamedTuple):
    """An exit that counts as moved on, with the first sign of homelessness after it, and the death."""

    case: CaseFacts
    exit: Fact
    on: date
    event: date | None
    died: date | None


def last_exit(case: CaseFacts, belongs: Callable[[date], bool]) -> Fact | None:
    """Two exits of a case count once, by the later."""
    own = [each for each in case.all("exit") if (on := each.day("on")) and belongs(on)]
    return max(own, key=lambda each: (each.values["on"], each.begun_ms), default=None)


def latest_exits(about: ReportContext) -> list[tuple[CaseFacts, Fact]]:
    """Of each case the last exit of the period."""
    found = [(case, last_exit(case, about.period.holds)) for case in about.cases]
    return [(case, last) for case, last in found if last]


def moved_on(about: ReportContext, belongs: Callable[[date], bool]) -> list[MovedOn]:
    """Those whose last exit on such a day counts as moved on, wherever they asked for help again."""
    found = []
    for case in about.cases:
        last = last_exit(case, belongs)
        on = last.day("on") if last else None
        if last and on and last.text("reason") in MOVED_ON:
            found.append(MovedOn(case, last, on, _event(about, case, on), _death(case, on)))
    return found


def _event(about: ReportContext, case: CaseFacts, on: date) -> date | None:
    homeless = [each.day("on") for each in case.all("follow_up") if each.text("home") in HOMELESS]
    days = [*(day for file in case.files for day in about.returns.get(file, ())), *(day for day in homeless if day)]
    return min((day for day in days if day >= on), default=None)


def _death(case: CaseFacts, on: date) -> date | None:
    asked = [each.day("on") for each in case.all("follow_up") if each.text("home") == DECEASED]
    told = [each.day("on") for each in case.all("exit") if each.text("reason") == "death"]
    return min((day for day in (*asked, *told) if day and day >= on), default=None)
