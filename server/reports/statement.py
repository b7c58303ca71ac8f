"""The statement of hours of a decision and a month: every line an entry, minutes summed before they are rounded."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from server.reports.codes import by_code
from server.reports.days import Period
from server.reports.facts import CaseFacts, Fact
from server.reports.hours import MINUTES, is_delivered, is_whole, visit_day, visits_in
from server.reports.service import spans, term_on, terms

DIRECT, INDIRECT = "client_work_direct", "client_work_indirect"
HOUR_KINDS = (DIRECT, INDIRECT)
ORDER = by_code("visit_outcome", "order", int)


class Line(NamedTuple):
    """An entry: no words of it, and of one that was not delivered no minutes."""

    day: date
    visit: Fact
    direct: int
    indirect: int

    @property
    def is_delivered(self) -> bool:
        return is_delivered(self.visit)


class Statement(NamedTuple):
    case: CaseFacts
    decision: Fact
    month: Period
    contracted: Fraction
    lines: list[Line]

    @property
    def direct(self) -> int:
        return sum(line.direct for line in self.lines)

    @property
    def indirect(self) -> int:
        return sum(line.indirect for line in self.lines)

    @property
    def remaining(self) -> Fraction:
        return self.contracted - Fraction(self.direct + self.indirect, MINUTES)

    @property
    def not_delivered(self) -> int:
        return sum(not line.is_delivered for line in self.lines)


def statement_of(case: CaseFacts, decision: Fact, month: Period) -> Statement:
    """Of days that two decisions cover, those on which this one began last."""
    own = terms(case)
    contracted = sum(
        (span.hours for span in spans(case, month) if span.term.decision is decision),
        Fraction(0),
    )
    lines = []
    for visit in visits_in(case, month):
        day = visit_day(visit)
        term = term_on(own, day) if day else None
        if day and term and term.decision is decision and visit.text("outcome.code"):
            lines.append(Line(day, visit, *(_minutes(visit, kind) for kind in HOUR_KINDS)))
    lines.sort(key=lambda line: (line.visit.text("actual.start") or "", line.visit.id))
    return Statement(case, decision, month, contracted, lines)


def _minutes(visit: Fact, kind: str) -> int:
    minutes = visit.items("minutes").get(kind)
    return minutes if is_whole(minutes) and is_delivered(visit) else 0


def in_force(case: CaseFacts, month: Period) -> list[Fact]:
    """The decisions that cover a day of a month, in order of their beginning."""
    return [
        term.decision for term in terms(case) if term.decision and term.start <= month.end and term.end >= month.start
    ]
