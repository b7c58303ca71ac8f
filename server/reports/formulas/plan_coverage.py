"""How many clients have a plan that was agreed on lately."""

from datetime import timedelta

from server.reports.codes import parameter
from server.reports.facts import CaseFacts
from server.reports.service import is_active
from server.reports.shape import Computed, Report, ReportContext, counted, percent

FRESH = timedelta(days=parameter("plan_review_days"))


def compute(about: ReportContext) -> Computed:
    """A review is a new day of agreement: the latest counts."""
    last = about.period.end
    active = [case for case in about.cases if is_active(case, last)]
    groups: dict[str, list[CaseFacts]] = {"covered": [], "old": [], "none": []}
    for case in active:
        agreed = [on for plan in case.all("plan") if (on := plan.day("agreed_on")) and on <= last]
        group = "none" if not agreed else "covered" if max(agreed) >= last - FRESH else "old"
        groups[group].append(case)
    return Computed(
        n=len(active),
        figures=[
            percent("covered", len(groups["covered"]), len(active), of=groups["covered"]),
            counted("old", groups["old"]),
            counted("none", groups["none"]),
        ],
    )


REPORT = Report("plan_coverage", readers="LC", inputs=("plan", "decision"), compute=compute)
