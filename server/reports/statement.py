"""The statement of hours of a decision and a month: every line an entry, minutes summed before they are rounded."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from server.reports.codes import DELIVERED
from server.reports.days import Period, days_in_month
from server.reports.facts import CaseFacts, Fact
from server.reports.hours import MINUTES, is_whole, outcome_code, visit_day, visits_in
from server.reports.service import hours_in, spans, term_on, terms

DIRECT, INDIRECT = "client_work_direct", "client_work_indirect"


class Line(NamedTuple):
    """An entry: no words of it, and of one that was not delivered no minutes."""

    day: date
    visit: Fact
    direct: int
    indirect: int
    is_delivered: bool


class Statement(NamedTuple):
    case: CaseFacts
    decision: Fact
    month: Period
    contracted: Fraction
    lines: list[Line]
    direct: int
    indirect: int

    @property
    def remaining(self) -> Fraction:
        return self.contracted - Fraction(self.direct + self.indirect, MINUTES)

    @property
    def not_delivered(self) -> int:
        return sum(not line.is_delivered for line in self.lines)


def statement_of(case: CaseFacts, decision: Fact, month: Period) -> Statement:
    """Of days that two decisions cover, those on which this one began last."""
    own = terms(case)
    contracted = hours_in(span for span in spans(case, month) if span.term.decision is decision)
    lines = []
    for visit in visits_in(case, month):
        day = visit_day(visit)
        term = term_on(own, day) if day else None
        outcome = outcome_code(visit)
        if day and term and term.decision is decision and outcome:
            lines.append(Line(day, visit, *_minutes(visit, outcome)))
    lines.sort(key=lambda line: (line.visit.text("actual.start") or "", line.visit.id))
    direct, indirect = sum(line.direct for line in lines), sum(line.indirect for line in lines)
    return Statement(case, decision, month, contracted, lines, direct, indirect)


def _minutes(visit: Fact, outcome: str) -> tuple[int, int, bool]:
    """Direct, indirect, and whether it was delivered."""
    if outcome not in DELIVERED:
        return 0, 0, False
    minutes = visit.items("minutes")
    direct, indirect = minutes.get(DIRECT), minutes.get(INDIRECT)
    return direct if is_whole(direct) else 0, indirect if is_whole(indirect) else 0, True


@dataclass(slots=True)
class MonthSums:
    """What a statement adds up to. The lines of each of thousands would take longer than all else of the report."""

    case: CaseFacts
    decision: Fact
    month: Period
    #: the hours of a month times the days on which they were agreed
    hour_days: int = 0
    direct: int = 0
    indirect: int = 0
    entries: int = 0
    not_delivered: int = 0

    @property
    def contracted(self) -> Fraction:
        return Fraction(self.hour_days, days_in_month(self.month.start))

    @property
    def remaining(self) -> Fraction:
        return self.contracted - Fraction(self.direct + self.indirect, MINUTES)


def sums_by_month(case: CaseFacts, period: Period) -> Iterable[MonthSums]:
    """Of each decision that covers a day of a month, in order of months and of their beginning: spans and visits of the
    whole period are walked through once."""
    own = terms(case)
    if not any(term.decision for term in own):
        return ()
    found: dict[tuple[int, int, Fact], MonthSums] = {}
    for month in period.each_month():
        for start, end, decision in own:
            if decision and start <= month.end and end >= month.start:
                found[month.start.year, month.start.month, decision] = MonthSums(case, decision, month)
    if not found:
        return ()
    for span in spans(case, period):
        if span.term.decision:
            sums = found[span.start.year, span.start.month, span.term.decision]
            sums.hour_days += span.hours_per_month * span.days
    for visit in visits_in(case, period):
        day = visit_day(visit)
        term = term_on(own, day) if day else None
        outcome = outcome_code(visit)
        if day and term and term.decision and outcome:
            sums = found[day.year, day.month, term.decision]
            direct, indirect, delivered = _minutes(visit, outcome)
            sums.direct += direct
            sums.indirect += indirect
            sums.entries += 1
            sums.not_delivered += not delivered
    return found.values()


def contracted_in(found: Iterable[MonthSums]) -> Fraction:
    """Of all of them. One fraction for each length of a month is enough."""
    by_length: dict[int, int] = defaultdict(int)
    for sums in found:
        by_length[days_in_month(sums.month.start)] += sums.hour_days
    return sum((Fraction(hours, length) for length, hours in by_length.items()), Fraction(0))
