"""When a case was active, in which phase, and how many hours were agreed for those days."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple, cast

from server.reports.codes import by_code
from server.reports.days import ONE_DAY, Period, days_in_month
from server.reports.facts import CaseFacts, Fact
from server.rules.phases import phases_in_order

#: of a decision that gives no service, or not yet
NOT_IN_FORCE = frozenset({"referral_received", "offered", "refused"})
LAST_DAY = date(2100, 12, 31)
HOURS_OF_PHASE = by_code("support_phase", "contracted_hours_per_month", int)


class Term(NamedTuple):
    """The days that a decision covers; both ends belong to it. Without a decision: the service of the case."""

    start: date
    end: date
    decision: Fact | None


class Span(NamedTuple):
    """Days of one month on which decision and phase stay the same."""

    start: date
    end: date
    term: Term
    phase: str | None
    hours_per_month: int

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def hours(self) -> Fraction:
        return Fraction(self.hours_per_month * self.days, days_in_month(self.start))


def hours_in(found: Iterable[Span]) -> Fraction:
    """Of all these spans. One fraction for each length of a month is enough."""
    by_length: dict[int, int] = defaultdict(int)
    for span in found:
        by_length[days_in_month(span.start)] += span.hours_per_month * span.days
    return sum((Fraction(hours, length) for length, hours in by_length.items()), Fraction(0))


def terms(case: CaseFacts) -> list[Term]:
    """Each from the start to the earlier of its end and the exit. Asked often, so it is kept with the facts."""
    if "terms" not in case.known:
        case.known["terms"] = _terms(case)
    return cast("list[Term]", case.known["terms"])


def _terms(case: CaseFacts) -> list[Term]:
    exits = sorted(day for day in (each.day("on") for each in case.all("exit")) if day)
    found = []
    for start, end, decision in _agreed(case):
        left = next((day for day in exits if day >= start), LAST_DAY)
        found.append(Term(start, min(end or LAST_DAY, left), decision))
    return sorted(found, key=lambda term: (term.start, term.end))


def _agreed(case: CaseFacts) -> Iterator[tuple[date, date | None, Fact | None]]:
    decisions = case.all("decision")
    for decision in decisions:
        start = decision.day("start")
        if start and decision.text("status") not in NOT_IN_FORCE:
            yield start, decision.day("end"), decision
    start = case.header.day("service.start")
    if not decisions and start:
        yield start, case.header.day("service.end"), None


def term_on(found: Sequence[Term], day: date) -> Term | None:
    """Of several that cover a day, the one that began last: each day counts once."""
    for term in reversed(found):
        if term.start <= day <= term.end:
            return term
    return None


def is_active(case: CaseFacts, day: date) -> bool:
    return term_on(terms(case), day) is not None


def phases(case: CaseFacts) -> list[tuple[date, str, int | None]]:
    """`(since, phase, hours agreed for it)`, oldest first."""
    if "phases" not in case.known:
        case.known["phases"] = _phases(case)
    return cast("list[tuple[date, str, int | None]]", case.known["phases"])


def _phases(case: CaseFacts) -> list[tuple[date, str, int | None]]:
    all_of = case.header.items("phases")
    parts = [(id_, all_of[id_]) for id_ in phases_in_order(all_of)]
    begun = [Fact(id_, case.id, "phase", each) for id_, each in parts if isinstance(each, Mapping)]
    return [
        (date.fromisoformat(str(each.get("since"))), str(each.get("phase")), each.whole("hours_per_month"))
        for each in begun
    ]


def spans(case: CaseFacts, period: Period) -> list[Span]:
    """The active days of a period, cut where month, decision or phase change. Without a phase there are no hours."""
    own_terms, own_phases = terms(case), phases(case)
    cuts = {period.start, period.end + ONE_DAY, *(month.start for month in period.each_month())}
    for term in own_terms:
        cuts |= {term.start, term.end + ONE_DAY} if term.end < LAST_DAY else {term.start}
    cuts |= {since for since, _, _ in own_phases}
    inside = sorted(day for day in cuts if period.start <= day <= period.end + ONE_DAY)
    found = []
    for start, following in pairwise(inside):
        covering = term_on(own_terms, start)
        if covering is None:
            continue
        current = next((each for each in reversed(own_phases) if each[0] <= start), None)
        phase = current[1] if current else None
        found.append(Span(start, following - ONE_DAY, covering, phase, _hours(covering, current)))
    return found


def _hours(term: Term, current: tuple[date, str, int | None] | None) -> int:
    """Agreed for the phase of this case, else by the decision, else as the catalogue has it for the phase."""
    if current is None:
        return 0
    _, phase, agreed = current
    decided = term.decision.whole("hours_per_month") if term.decision else None
    for hours in (agreed, decided):
        if hours is not None:
            return hours
    return HOURS_OF_PHASE.get(phase, 0)
