"""Contracted hours of a worker's cases against the hours that the worker has."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from server.reports.days import ONE_DAY, days_in_month
from server.reports.facts import CaseFacts
from server.reports.service import Span, spans
from server.reports.shape import Column, Computed, Figure, Left, Report, ReportContext, Row, StandIn, Table, percent


def available_hours(about: ReportContext) -> dict[str, Fraction]:
    """By person, the hours of the period, where somebody has set those of a month."""
    found: dict[str, Fraction] = {}
    for person in about.beside.get("person", ()):
        monthly = person.whole("hours_available_per_month")
        if monthly is not None:
            shares = [
                Fraction((month.end - month.start).days + 1, days_in_month(month.start))
                for month in about.period.each_month()
            ]
            found[person.id] = monthly * sum(shares, Fraction(0))
    return found


def compute(about: ReportContext) -> Computed:
    load: dict[str, Fraction] = defaultdict(Fraction)
    cases: dict[str, list[CaseFacts]] = defaultdict(list)
    nobodys = 0
    for case in about.cases:
        own = spans(case, about.period)
        worker = case.header.text("own_worker")
        nobodys += bool(own) and worker is None
        for person, hours in _shared(own, worker, [each for each in about.stand_ins if each.case == case.id]).items():
            load[person] += hours
            cases[person].append(case)
    available = available_hours(about)
    known = [person for person in load if person in available]
    counted_hours = sum((load[person] for person in known), Fraction(0))
    all_hours = sum((available[person] for person in known), Fraction(0))
    columns = [
        Column("worker", "label", "worker"),
        Column("clients"),
        Column("contracted", "hours"),
        Column("available", "hours"),
        Column("load", "percent"),
    ]
    rows = [
        Row(
            [person, len(cases[person]), hours, available.get(person), _share(hours, available.get(person))],
            of=cases[person],
        )
        for person, hours in sorted(load.items())
    ]
    contracted = sum(load.values(), Fraction(0))
    return Computed(
        n=len(load),
        figures=[
            Figure("contracted", contracted, "hours", len(load)),
            percent("load", counted_hours, all_hours, n=len(known)),
        ],
        tables=[Table("by_worker", columns, rows)],
        left_out=[Left("no_hours_set", len(load) - len(known)), Left("no_worker", nobodys)],
    )


def _share(hours: Fraction, available: Fraction | None) -> Fraction | None:
    return hours * 100 / available if available else None


def _shared(own: Sequence[Span], worker: str | None, stand_ins: Sequence[StandIn]) -> dict[str, Fraction]:
    """By person, the hours of a case: days of a stand-in are the stand-in's."""
    found: dict[str, Fraction] = defaultdict(Fraction)
    for span in own:
        if not stand_ins:
            found[worker or ""] += span.hours
            continue
        day = span.start
        while day <= span.end:
            stands_in = next((each.user for each in stand_ins if each.start <= day <= each.end), worker)
            found[stands_in or ""] += span.hours / span.days
            day += ONE_DAY
    found.pop("", None)
    return found


REPORT = Report("workload", readers="L", inputs=("case", "decision"), also=("person", "stand_in"), compute=compute)
