"""The statement of hours of a decision and a month: every line an entry, minutes summed before they are rounded."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from server.reports.codes import by_code
from server.reports.days import Period
from server.reports.facts import CaseFacts, Fact
from server.reports.hours import MINUTES, is_delivered, is_whole, visit_day, visits_in
from server.reports.service import hours_in, spans_of_month, term_on, terms

DIRECT, INDIRECT = "client_work_direct", "client_work_indirect"
HOUR_KINDS = (DIRECT, INDIRECT)
ORDER = by_code("visit_outcome", "order", int)


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
    contracted = hours_in(span for span in spans_of_month(case, month) if span.term.decision is decision)
    lines = []
    for visit in visits_in(case, month):
        day = visit_day(visit)
        term = term_on(own, day) if day else None
        if day and term and term.decision is decision and visit.text("outcome.code"):
            lines.append(_line(day, visit))
    lines.sort(key=lambda line: (line.visit.text("actual.start") or "", line.visit.id))
    direct, indirect = sum(line.direct for line in lines), sum(line.indirect for line in lines)
    return Statement(case, decision, month, contracted, lines, direct, indirect)


def _line(day: date, visit: Fact) -> Line:
    delivered = is_delivered(visit)
    minutes = visit.items("minutes") if delivered else {}
    direct, indirect = (each if is_whole(each := minutes.get(kind)) else 0 for kind in HOUR_KINDS)
    return Line(day, visit, direct, indirect, delivered)


def in_force(case: CaseFacts, month: Period) -> list[Fact]:
    """The decisions that cover a day of a month, in order of their beginning."""
    return [
        term.decision for term in terms(case) if term.decision and term.start <= month.end and term.end >= month.start
    ]
