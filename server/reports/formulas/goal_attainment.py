"""How many goals were reached, and how everyday life changed by the client's own rating."""

from collections.abc import Sequence

from server.catalogue import codes_of
from server.reports.facts import CaseFacts
from server.reports.goals import DROPPED, PARTLY, REACHED, closed_goals, how_many, points, scores, sheets
from server.reports.shape import Column, Computed, Report, ReportContext, Row, Table, mean, percent

SHEET, SCALE = "areas", "everyday_rating"


def changes(about: ReportContext, by: str) -> dict[str, list[tuple[CaseFacts, int]]]:
    """By area, latest − first of each client who has two ratings, the latest of them in the period."""
    found: dict[str, list[tuple[CaseFacts, int]]] = {area: [] for area in codes_of("guidance_area")}
    for case in about.cases:
        own = sheets(case, SHEET, by, about.period.end)
        if not own or not about.period.holds(own[-1].day("on")):
            continue
        for area, found_of in found.items():
            rated = [value for each in own if (value := scores(each, SCALE).get(area)) is not None]
            if len(rated) > 1:
                found_of.append((case, rated[-1] - rated[0]))
    return found


def compute(about: ReportContext) -> Computed:
    goals = closed_goals(about)
    return Computed(
        n=len(goals),
        figures=[percent("attained", points(goals), len(goals), of=goals)],
        tables=[
            Table(
                "closed",
                [Column("status", "label", "goal_status"), Column("count")],
                [Row([status, how_many(goals, status)]) for status in (REACHED, PARTLY, DROPPED)],
            ),
            _ratings("by_client", changes(about, "client")),
            _ratings("by_worker", changes(about, "worker")),
        ],
    )


def _ratings(key: str, found: dict[str, list[tuple[CaseFacts, int]]]) -> Table:
    rows = [_row(area, each) for area, each in found.items() if each]
    return Table(
        key, [Column("life_area", "label", "guidance_area"), Column("clients"), Column("change", "change")], rows
    )


def _row(area: str, each: Sequence[tuple[CaseFacts, int]]) -> Row:
    average = mean([change for _, change in each])
    return Row([area, len(each), average], n=len(each), of=[case for case, _ in each])


REPORT = Report("goal_attainment", readers="WL", inputs=("goal", "rating"), compute=compute)
