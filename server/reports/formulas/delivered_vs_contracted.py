"""Hours that were delivered, against those that were contracted."""

from fractions import Fraction
from typing import NamedTuple

from server.reports.facts import CaseFacts, Fact
from server.reports.hours import MINUTES, counted_minutes, is_delivered, session_minutes, visits_in
from server.reports.service import hours_in, spans
from server.reports.shape import Column, Computed, Figure, Left, Report, ReportContext, Row, Table, percent

#: outside these a share is flagged
LOW, HIGH = 80, 110


class Hours(NamedTuple):
    case: CaseFacts
    delivered: Fraction
    contracted: Fraction
    visits: list[Fact]
    without_phase: int
    active_days: int

    @property
    def share(self) -> Fraction | None:
        return self.delivered * 100 / self.contracted if self.contracted else None

    @property
    def flag(self) -> str | None:
        if self.share is None or LOW <= self.share <= HIGH:
            return None
        return "low" if self.share < LOW else "high"


def hours_of(about: ReportContext) -> list[Hours]:
    in_sessions = session_minutes(about.beside.get("session", ()), about.period)
    found = []
    for case in about.cases:
        own = spans(case, about.period)
        visits = [visit for visit in visits_in(case, about.period) if is_delivered(visit)]
        minutes = sum(map(counted_minutes, visits)) + in_sessions.get(case.id, Fraction(0))
        if own or minutes:
            contracted = hours_in(own)
            without = sum(span.days for span in own if span.phase is None)
            active = sum(span.days for span in own)
            found.append(Hours(case, Fraction(minutes) / MINUTES, contracted, visits, without, active))
    return found


def compute(about: ReportContext) -> Computed:
    hours = hours_of(about)
    delivered = sum((each.delivered for each in hours), Fraction(0))
    contracted = sum((each.contracted for each in hours), Fraction(0))
    visits = [visit for each in hours for visit in each.visits]
    cases = [each.case for each in hours]
    flagged = [each.case for each in hours if each.flag]
    others = sum(len(visits_in(case, about.period)) for case in about.cases) - len(visits)
    return Computed(
        n=len(hours),
        figures=[
            Figure("delivered", delivered, "hours", len(hours), of=visits),
            Figure("contracted", contracted, "hours", len(hours), of=cases),
            percent("share", delivered, contracted, of=cases, n=len(hours))._replace(numerator=None, denominator=None),
            Figure("flagged", len(flagged), "count", of=flagged),
        ],
        tables=[] if about.is_for_figures else [_by_case(hours)],
        left_out=[
            Left("days_without_phase", sum(each.without_phase for each in hours)),
            Left("not_delivered", others),
        ],
    )


def _by_case(hours: list[Hours]) -> Table:
    columns = [
        Column("client", "label", "case"),
        Column("delivered", "hours"),
        Column("contracted", "hours"),
        Column("share", "percent"),
        Column("flag", "text"),
    ]
    listed = [each for each in hours if not each.case.is_unlisted]
    rows = [
        Row([each.case.id, each.delivered, each.contracted, each.share, each.flag], of=[each.case]) for each in listed
    ]
    return Table("by_client", columns, rows, only="WL")


REPORT = Report("delivered_vs_contracted", readers="WLC", inputs=("visit",), also=("session",), compute=compute)
