"""How soon a referral was answered, and a dwelling there: within 24 hours or not."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import NamedTuple

from server.reports.codes import flagged, order_of, parameter
from server.reports.facts import Fact
from server.reports.shape import (
    Column,
    Computed,
    Figure,
    Left,
    Report,
    ReportContext,
    Row,
    Table,
    median,
    ninetieth,
    percent,
)

TARGET = timedelta(hours=parameter("temporary_housing_response_target_hours"))
HOUR_S = 3600
PROVIDER_SIDE = flagged("late_reason", "provider_side")


class Clock(NamedTuple):
    """Referrals by what one of the two clocks says of them; `hours` of those that were answered."""

    in_time: list[Fact]
    late: list[Fact]
    unanswered: list[Fact]
    running: list[Fact]
    withdrawn: list[Fact]
    hours: list[Fraction]

    @property
    def judged(self) -> list[Fact]:
        return self.in_time + self.late + self.unanswered


def clock(referrals: Sequence[Fact], answered: str, now: datetime) -> Clock:
    found = Clock([], [], [], [], [], [])
    for referral in referrals:
        need, answer = referral.moment("need_notified_at"), referral.moment(answered)
        withdrawn = referral.moment("withdrawn_at")
        if need is None:
            continue
        if withdrawn and (answer is None or withdrawn < answer):
            found.withdrawn.append(referral)
        elif answer is None:
            (found.unanswered if now - need > TARGET else found.running).append(referral)
        else:
            taken = max(answer - need, timedelta(0))  # a clock that was wrong
            (found.in_time if taken <= TARGET else found.late).append(referral)
            found.hours.append(Fraction(int(taken.total_seconds()), HOUR_S))
    return found


def wants_dwelling(referral: Fact) -> bool:
    return referral.text("wanted") == "temporary_housing" or referral.get("no_roof_tonight") is True


def compute(about: ReportContext) -> Computed:
    referrals = [each for each in about.facts("referral") if about.period.holds_moment(each.moment("need_notified_at"))]
    answer = clock(referrals, "first_response.at", about.now)
    dwelling = clock([each for each in referrals if wants_dwelling(each)], "dwelling_available_at", about.now)
    late = {each.id: each for each in (*answer.late, *answer.unanswered, *dwelling.late, *dwelling.unanswered)}
    return Computed(
        n=len(referrals),
        figures=[*_figures(answer, "response"), *_figures(dwelling, "dwelling")],
        tables=[_reasons(list(late.values()))],
        left_out=[
            Left("withdrawn", len(answer.withdrawn)),
            Left("running", len(answer.running)),
            Left("dwelling_running", len(dwelling.running)),
        ],
    )


def _figures(found: Clock, name: str) -> list[Figure]:
    n = len(found.hours)
    answered = found.in_time + found.late
    return [
        percent(f"{name}_in_time", len(found.in_time), len(found.judged), of=found.judged),
        Figure(f"{name}_median", median(found.hours), "hours", n, of=answered),
        Figure(f"{name}_p90", ninetieth(found.hours), "hours", n, of=answered),
    ]


def _reasons(late: Sequence[Fact]) -> Table:
    order = order_of("late_reason")
    given: dict[str, list[Fact]] = {}
    for each in late:
        given.setdefault(each.text("late_reason") or "", []).append(each)
    rows = [Row([code, _side(code), len(given[code])], of=given[code]) for code in sorted(given, key=_place(order))]
    columns = [Column("reason", "label", "late_reason"), Column("side", "text"), Column("count")]
    return Table("late_reasons", columns, [*rows, Row(["total", None, len(late)], is_total=True)])


def _side(code: str) -> str | None:
    if not code:
        return None
    return "provider_side" if code in PROVIDER_SIDE else "other_side"


def _place(order: dict[str, int]) -> Callable[[str], int]:
    return lambda code: order.get(code, len(order))


REPORT = Report("temporary_housing_response", readers="LC", inputs=("referral",), compute=compute)
