"""Hours agreed for the days of a case (Z21). Twin of `pwa/src/rules/contracted_hours.ts`; vectors bind the two.

Without a decision the service of the case is its term. Of several terms that cover a day that which began last counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypedDict

from server.rules.dates import is_day
from server.rules.phases import phases_in_order

#: of a decision that gives no service, or not yet
NOT_IN_FORCE = frozenset({"referral_received", "offered", "refused"})
OPEN_END = date(2100, 12, 31)
ONE_DAY = timedelta(days=1)


class Contract(TypedDict):
    """What of a case file says how many hours are agreed: shown values, phases and decisions by their ids."""

    phases: Mapping[str, object]
    service: Mapping[str, object]
    decisions: Mapping[str, Mapping[str, object]]
    #: the days of exits
    exits: Iterable[object]


class Term(NamedTuple):
    """The days that a decision covers; both ends belong to it."""

    start: date
    end: date
    #: its id; None of the service of a case without a decision
    decision: str | None
    hours_per_month: int | None


class Phase(NamedTuple):
    since: date
    phase: str
    hours_per_month: int | None


class Agreed(NamedTuple):
    """A contract that has been read: terms by start, end and id, phases oldest first (G11)."""

    terms: Sequence[Term]
    phases: Sequence[Phase]


class ContractedSpan(NamedTuple):
    """Days of one month on which no term and no phase begins or ends."""

    start: date
    end: date
    #: its id; None of the service of a case without a decision
    decision: str | None
    phase: str | None
    hours_per_month: int


def agreed_in(contract: Contract) -> Agreed:
    return Agreed(_terms_of(contract), _phases_of(contract))


def _terms_of(contract: Contract) -> list[Term]:
    """Each from its start to the earlier of its end and the next exit."""
    exits = sorted(day for day in map(_day, contract["exits"]) if day)
    found = []
    for id_, said in contract["decisions"].items():
        start = _day(said.get("start"))
        if start and said.get("status") not in NOT_IN_FORCE:
            end = _end(start, said.get("end"), exits)
            found.append(Term(start, end, id_, _whole(said.get("hours_per_month"))))
    start = _day(contract["service"].get("start"))
    if not contract["decisions"] and start:
        found.append(Term(start, _end(start, contract["service"].get("end"), exits), None, None))
    return sorted(found, key=lambda term: (term.start, term.end, term.decision or ""))


def _phases_of(contract: Contract) -> list[Phase]:
    parts = {id_: each for id_, each in contract["phases"].items() if isinstance(each, Mapping)}
    begun = [parts[id_] for id_ in phases_in_order(parts)]
    return [
        Phase(date.fromisoformat(each["since"]), each["phase"], _whole(each.get("hours_per_month"))) for each in begun
    ]


def contracted_spans(
    contract: Agreed, hours_of_phase: Mapping[str, int], first: date, last: date
) -> list[ContractedSpan]:
    """The active days, cut where a month, a term or a phase begins or ends. Without a phase there are no hours."""
    terms, phases = contract
    cuts = {first, last + ONE_DAY, *_months_begun(first, last)}
    for term in terms:
        cuts |= {term.start, term.end + ONE_DAY} if term.end < OPEN_END else {term.start}
    cuts |= {phase.since for phase in phases}
    inside = sorted(day for day in cuts if first <= day <= last + ONE_DAY)
    found = []
    for start, following in pairwise(inside):
        covering = next((each for each in reversed(terms) if each.start <= start <= each.end), None)
        if covering is None:
            continue
        current = next((each for each in reversed(phases) if each.since <= start), None)
        hours = _hours(covering, current, hours_of_phase)
        phase = current.phase if current else None
        found.append(ContractedSpan(start, following - ONE_DAY, covering.decision, phase, hours))
    return found


def _hours(term: Term, current: Phase | None, hours_of_phase: Mapping[str, int]) -> int:
    """Agreed for the phase of this case, else by the decision, else as the catalogue has it for the phase."""
    if current is None:
        return 0
    for hours in (current.hours_per_month, term.hours_per_month):
        if hours is not None:
            return hours
    return hours_of_phase.get(current.phase, 0)


def _end(start: date, end: object, exits: Iterable[date]) -> date:
    left = next((day for day in exits if day >= start), OPEN_END)
    return min(_day(end) or OPEN_END, left)


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if is_day(value) else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


@lru_cache(maxsize=64)
def _months_begun(first: date, last: date) -> tuple[date, ...]:
    """The first days of the months that begin between the two. Asked for again with each client of a report."""
    months = range(first.year * 12 + first.month, last.year * 12 + last.month)
    return tuple(date(number // 12, number % 12 + 1, 1) for number in months)
