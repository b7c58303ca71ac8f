"""Who came back: homeless within 24 months of moving on, by the cohort whose window ends in the period."""

from datetime import date

from server.reports.codes import parameter
from server.reports.days import plus_months
from server.reports.exits import MovedOn, moved_on
from server.reports.shape import Computed, Left, Report, ReportContext, counted, percent

WINDOW_MONTHS = parameter("returner_window_months")


def window_end(day: date) -> date:
    return plus_months(day, WINDOW_MONTHS)


def came_back(each: MovedOn) -> bool:
    """Within the window; an event on the day of the exit is one."""
    return each.event is not None and each.event <= window_end(each.on)


def died_before(each: MovedOn) -> bool:
    """Before an event, within the window."""
    if each.died is None or each.died > window_end(each.on):
        return False
    return each.event is None or each.died < each.event


def compute(about: ReportContext) -> Computed:
    whole = moved_on(about, lambda day: about.period.holds(window_end(day)))
    died = [each for each in whole if died_before(each)]
    cohort = [each for each in whole if not died_before(each)]
    returned = [each for each in cohort if came_back(each)]
    again = [
        each
        for each in about.facts("referral")
        if each.text("returner_of") and about.period.holds_moment(each.moment("need_notified_at"))
    ]
    new = {each.text("returner_of"): each for each in again}
    share = percent("returned", len(returned), len(cohort), of=[each.case for each in returned])
    return Computed(
        n=len(cohort), figures=[share, counted("new_returners", list(new.values()))], left_out=[Left("died", len(died))]
    )


REPORT = Report("returners", readers="LC", inputs=("exit", "referral", "follow_up"), compute=compute)
