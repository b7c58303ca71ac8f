"""How many days it took from the first decision to a permanent home."""

from datetime import date

from server.reports.days import day_of
from server.reports.facts import CaseFacts, Fact
from server.reports.homes import permanent
from server.reports.service import is_active, terms
from server.reports.shape import About, Computed, Figure, Left, Report, counted, median


def first_home_after(case: CaseFacts, begun: date) -> Fact | None:
    return next((stay for stay in permanent(case) if (start := stay.day("start")) and start > begun), None)


def had_home(case: CaseFacts, begun: date) -> bool:
    """A permanent home on the day on which the service began."""
    return any(
        (start := stay.day("start")) and start <= begun and ((end := stay.day("end")) is None or end > begun)
        for stay in permanent(case)
    )


def compute(about: About) -> Computed:
    today = min(day_of(about.now), about.period.end)
    days: dict[str, int] = {}
    waits: dict[str, int] = {}
    housed: list[Fact] = []
    waiting: list[CaseFacts] = []
    housed_already = 0
    for case in about.cases:
        own = terms(case)
        if not own or own[0].start > about.period.end:
            continue
        begun = own[0].start
        if had_home(case, begun):
            housed_already += is_active(case, today)
            continue
        stay = first_home_after(case, begun)
        moved_in = stay.day("start") if stay else None
        if stay and moved_in and about.period.holds(moved_in):
            days[case.id] = (moved_in - begun).days
            housed.append(stay)
        elif (moved_in is None or moved_in > about.period.end) and is_active(case, today):
            waits[case.id] = (today - begun).days
            waiting.append(case)
    return Computed(
        n=len(housed),
        figures=[
            Figure("days_to_home", median(days.values()), "days", len(housed), of=housed),
            counted("homes_found", housed),
            counted("waiting", waiting),
            Figure("days_waited", median(waits.values()), "days", len(waiting), of=waiting),
        ],
        left_out=[Left("home_at_start", housed_already)],
    )


REPORT = Report("days_to_permanent_home", readers="LC", inputs=("stay", "decision"), compute=compute)
