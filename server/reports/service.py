"""When a case was active, in which phase, and how many hours were agreed for those days."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple, cast

from server.reports.codes import by_code
from server.reports.days import Period, days_in_month
from server.reports.facts import CaseFacts, Fact
from server.rules import contracted_hours

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
    decisions = {fact.id: fact for fact in case.all("decision")}
    return [
        Term(term.start, term.end, decisions[term.decision] if term.decision else None) for term in _agreed(case).terms
    ]


def _agreed(case: CaseFacts) -> contracted_hours.Agreed:
    """As the rule has it, which the app shares (Z21)."""
    if "agreed" not in case.known:
        contract = contracted_hours.Contract(
            phases=case.header.items("phases"),
            service=case.header.items("service"),
            decisions={fact.id: fact.values for fact in case.all("decision")},
            exits=[fact.get("on") for fact in case.all("exit")],
        )
        case.known["agreed"] = contracted_hours.agreed_in(contract)
    return cast("contracted_hours.Agreed", case.known["agreed"])


def term_on(found: Sequence[Term], day: date) -> Term | None:
    """Of several that cover a day, the one that began last: each day counts once."""
    for term in reversed(found):
        if term.start <= day <= term.end:
            return term
    return None


def is_active(case: CaseFacts, day: date) -> bool:
    return term_on(terms(case), day) is not None


def phases(case: CaseFacts) -> Sequence[contracted_hours.Phase]:
    """Oldest first."""
    return _agreed(case).phases


def spans(case: CaseFacts, period: Period) -> list[Span]:
    """The active days of a period, cut where month, decision or phase change. Without a phase there are no hours."""
    own = {term.decision.id if term.decision else None: term for term in terms(case)}
    found = contracted_hours.contracted_spans(_agreed(case), HOURS_OF_PHASE, period.start, period.end)
    return [Span(start, end, own[decision], phase, hours) for start, end, decision, phase, hours in found]
