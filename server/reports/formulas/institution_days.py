"""Nights in institutions in the half year before the service and in the first half year of it."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from server.reports.codes import INSTITUTION, parameters
from server.reports.days import day_of
from server.reports.facts import CaseFacts, Fact
from server.reports.service import terms
from server.reports.shape import Column, Computed, Figure, Report, ReportContext, Row, Table, mean

WINDOW = timedelta(days=parameters("retention_days")[0])
PRISON = "prison"


class Nights(NamedTuple):
    case: CaseFacts
    before: int
    after: int


def nights(stays: Iterable[Fact], start: date, end: date) -> int:
    """Nights of [start, end) that any of the stays covers: two at once are one, an open one runs to the end."""
    spans = sorted((each.day("start") or end, each.day("end") or end) for each in stays)
    reached, total = start, 0
    for begun, ended in spans:
        first, last = max(begun, reached), min(ended, end)
        total += max((last - first).days, 0)
        reached = max(reached, last)
    return total


def served_half_year(about: ReportContext, case: CaseFacts) -> date | None:
    """The first day of service, where its first 182 days were full in the period."""
    own = terms(case)
    if not own:
        return None
    start, full_on = own[0].start, own[0].start + WINDOW
    is_full = max(term.end for term in own) >= full_on - timedelta(days=1) and full_on <= day_of(about.now)
    return start if is_full and about.period.holds(full_on) else None


def compute(about: ReportContext) -> Computed:
    without_prison: list[Nights] = []
    in_prison: list[Nights] = []
    for case in about.cases:
        start = served_half_year(about, case)
        if start is None:
            continue
        stays = [each for each in case.all("stay") if each.text("stay_kind") in INSTITUTION]
        other = [each for each in stays if each.text("stay_kind") != PRISON]
        prison = [each for each in stays if each.text("stay_kind") == PRISON]
        for found, own in ((without_prison, other), (in_prison, prison)):
            found.append(Nights(case, nights(own, start - WINDOW, start), nights(own, start, start + WINDOW)))
    cases = [each.case for each in without_prison]
    before, after, change = _means(without_prison)
    prison_means = _means(in_prison)
    columns = [
        Column("sort", "label"),
        Column("clients"),
        *(Column(name, "nights") for name in ("before_service", "after", "change")),
    ]
    rows = [
        Row(["institutions", len(cases), before, after, change], n=len(cases)),
        Row(["prison", len(in_prison), *prison_means], n=len(in_prison)),
    ]
    return Computed(
        n=len(cases),
        figures=[
            Figure("before_service", before, "nights", len(cases), of=cases),
            Figure("after", after, "nights", len(cases), of=cases),
            Figure("change", change, "change", len(cases), of=cases),
        ],
        tables=[Table("by_sort", columns, rows)],
    )


def _means(found: list[Nights]) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    return (
        mean([each.before for each in found]),
        mean([each.after for each in found]),
        mean([each.after - each.before for each in found]),
    )


REPORT = Report("institution_days", readers="C", inputs=("stay", "decision"), compute=compute)
