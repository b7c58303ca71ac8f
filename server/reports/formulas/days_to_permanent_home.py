"""How many days it took from the first decision to a permanent home."""

from datetime import date

from server.reports.days import day_of
from server.reports.facts import CaseFacts, Fact
from server.reports.homes import permanent
from server.reports.service import is_active, terms
from server.reports.shape import Computed, Figure, Left, Report, ReportContext, counted, median
from server.rules.home_found import HomeSpan, first_home, had_home


def homes_of(case: CaseFacts) -> list[HomeSpan]:
    """The permanent ones, as days that the calendar has."""
    own = [(each.day("start"), each.day("end")) for each in permanent(case)]
    return [(str(start), str(end) if end else None) for start, end in own if start]


def compute(about: ReportContext) -> Computed:
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
        homes = homes_of(case)
        if had_home(str(begun), homes):
            housed_already += is_active(case, today)
            continue
        found = first_home(str(begun), homes)
        moved_in = date.fromisoformat(found) if found else None
        stay = next((each for each in permanent(case) if each.day("start") == moved_in), None)
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
