"""How long after a visit it was written down."""

from datetime import UTC, datetime

from server.reports.codes import parameter
from server.reports.facts import Fact
from server.reports.hours import is_delivered, visits_in
from server.reports.shape import Computed, Figure, Left, Report, ReportContext, median, percent

TARGET_HOURS = parameter("recording_delay_target_hours")
HOUR_S = 3600


def finished_at(visit: Fact) -> datetime | None:
    """When its recording was finished, by the phone's time: as it says, else when its outcome was written."""
    said = visit.moment("final_at")
    if said:
        return said
    return datetime.fromtimestamp(visit.outcome_ms / 1000, UTC) if visit.outcome_ms else None


def compute(about: ReportContext) -> Computed:
    delays_s: list[int] = []
    timed: list[Fact] = []
    drafts: list[Fact] = []
    for case in about.cases:
        for visit in visits_in(case, about.period):
            end, final = visit.moment("actual.end"), finished_at(visit)
            if visit.text("actual.start") and not visit.text("outcome.code"):
                drafts.append(visit)
            elif is_delivered(visit) and end and final:
                delays_s.append(max(0, int((final - end).total_seconds())))
                timed.append(visit)
    in_time = [visit for visit, each in zip(timed, delays_s, strict=True) if each <= TARGET_HOURS * HOUR_S]
    delay_s = median(delays_s)
    return Computed(
        n=len(timed),
        figures=[
            Figure("delay", None if delay_s is None else delay_s / HOUR_S, "hours", len(timed), of=timed),
            percent("in_time", len(in_time), len(timed), of=timed),
        ],
        left_out=[Left("drafts", len(drafts))],
    )


REPORT = Report("recording_delay", readers="WL", inputs=("visit",), compute=compute)
