"""Disturbances: how many for the clients there are, how soon somebody stepped in, and how many were settled."""

from datetime import datetime, timedelta
from fractions import Fraction

from server.reports.codes import parameter
from server.reports.days import day_of, days_in_month
from server.reports.facts import Fact, as_moment
from server.reports.service import spans
from server.reports.shape import Computed, Figure, Left, Report, ReportContext, counted, median, percent

SETTLED_WITHIN = timedelta(days=parameter("disturbance_resolved_days"))
HOUR_S = 3600
PER = 100


def reported_at(disturbance: Fact) -> datetime | None:
    """When it happened stands for when it was reported, where that was not written."""
    return disturbance.moment("reported_at") or disturbance.moment("at")


def first_intervention(disturbance: Fact) -> datetime | None:
    given = [parts.get("at") for parts in disturbance.items("interventions").values() if isinstance(parts, dict)]
    moments = [moment for each in given if isinstance(each, str) and (moment := as_moment(each))]
    return min(moments, default=None)


def compute(about: ReportContext) -> Computed:
    found = [each for each in about.facts("disturbance") if about.period.holds_moment(each.moment("at"))]
    client_months = sum(
        (Fraction(span.days, days_in_month(span.start)) for case in about.cases for span in spans(case, about.period)),
        Fraction(0),
    )
    hours, met, unmet = [], [], []
    for each in found:
        reported, first = reported_at(each), first_intervention(each)
        if reported is None or first is None:
            unmet.append(each)
            continue
        met.append(each)
        hours.append(Fraction(max(0, int((first - reported).total_seconds())), HOUR_S))
    due = [each for each in found if (day := reported_at(each)) and day_of(day) + SETTLED_WITHIN <= about.period.end]
    settled = [each for each in due if is_settled(each)]
    rate = len(found) * PER / client_months if client_months else None
    return Computed(
        n=len(found),
        figures=[
            counted("disturbances", found),
            Figure("per_100", rate, "per_100", len(found), len(found), client_months, found),
            Figure("hours_to_first", median(hours), "hours", len(hours), of=met),
            percent("settled", len(settled), len(due), of=due),
        ],
        left_out=[Left("no_intervention", len(unmet)), Left("too_new", len(found) - len(due))],
    )


def is_settled(disturbance: Fact) -> bool:
    reported, resolved_on = reported_at(disturbance), disturbance.day("resolved_on")
    return bool(reported and resolved_on and resolved_on <= day_of(reported) + SETTLED_WITHIN)


REPORT = Report("disturbance_follow_up", readers="WL", inputs=("disturbance", "decision"), compute=compute)
