"""Contacts that moved a goal forward, of those with clients who had one open."""

from server.reports.facts import Fact
from server.reports.goals import is_open_on
from server.reports.hours import is_delivered, visit_day, visits_in
from server.reports.shape import Computed, Left, Report, ReportContext, counted, percent

FORWARD = "forward"


def compute(about: ReportContext) -> Computed:
    """Forward and back in one visit is forward."""
    contacts: list[Fact] = []
    apart = 0
    for case in about.cases:
        goals = case.all("goal")
        for visit in visits_in(case, about.period):
            day = visit_day(visit)
            if not is_delivered(visit) or day is None:
                continue
            if any(is_open_on(goal, day) for goal in goals):
                contacts.append(visit)
            else:
                apart += 1
    tied = [visit for visit in contacts if visit.items("goal_moves")]
    advanced = [visit for visit in tied if FORWARD in visit.items("goal_moves").values()]
    return Computed(
        n=len(contacts),
        figures=[
            counted("contacts", contacts),
            percent("tied", len(tied), len(contacts), of=tied),
            percent("advanced", len(advanced), len(contacts), of=advanced),
        ],
        left_out=[Left("without_goal", apart)],
    )


REPORT = Report("advancing_contacts", readers="WL", inputs=("visit", "goal"), compute=compute)
