"""How clients take part in what is around them, by their own answers."""

from datetime import timedelta

from server.reports.codes import flagged
from server.reports.facts import CaseFacts, Fact
from server.reports.goals import is_open_on, scores, sheets
from server.reports.shape import Column, Computed, Figure, Report, ReportContext, Row, Table, mean, percent

SHEET, SCALE = "participation", "participation_frequency"
#: taking part at least monthly
TAKES_PART = 2
APART = timedelta(days=60)
WISHES = flagged(SCALE, "wish")
#: where wishes lead
AREA = "activity_relations"
TEMPLATES = flagged("goal_template", "area", AREA)


def breadth(sheet: Fact) -> int:
    return sum(value >= TAKES_PART for value in scores(sheet, SCALE).values())


def latest(about: ReportContext, by: str) -> list[tuple[CaseFacts, Fact]]:
    """Of each client the latest sheet of the period; a blank one is none."""
    found = []
    for case in about.cases:
        own = [each for each in sheets(case, SHEET, by, about.period.end) if about.period.holds(each.day("on"))]
        filled = [each for each in own if each.items("values")]
        if filled:
            found.append((case, filled[-1]))
    return found


def change(case: CaseFacts, last: Fact, by: str) -> int | None:
    """Since the first sheet, where it is at least 60 days older."""
    on = last.day("on")
    own = [each for each in sheets(case, SHEET, by, on) if each.items("values")] if on else []
    first_on = own[0].day("on") if own else None
    return breadth(last) - breadth(own[0]) if on and first_on and on - first_on >= APART else None


def has_goal(case: CaseFacts, about: ReportContext) -> bool:
    return any(
        (goal.text("area") == AREA or goal.text("template") in TEMPLATES) and is_open_on(goal, about.period.end)
        for goal in case.all("goal")
    )


def compute(about: ReportContext) -> Computed:
    found = latest(about, "client")
    part = [case for case, sheet in found if breadth(sheet)]
    changed = [(case, each) for case, sheet in found if (each := change(case, sheet, "client")) is not None]
    wishes = [(case, sum(code in WISHES for code in sheet.items("values").values())) for case, sheet in found]
    wished = [(case, count) for case, count in wishes if count]
    with_goal = sum(count for case, count in wished if has_goal(case, about))
    return Computed(
        n=len(found),
        figures=[
            percent("takes_part", len(part), len(found), of=part),
            Figure("breadth", mean([breadth(sheet) for _, sheet in found]), "change", len(found)),
            Figure(
                "change", mean([each for _, each in changed]), "change", len(changed), of=[case for case, _ in changed]
            ),
            Figure("wishes", sum(count for _, count in wished), of=[case for case, _ in wished]),
            Figure("wishes_with_goal", with_goal),
        ],
        tables=[_by_worker(about)],
    )


def _by_worker(about: ReportContext) -> Table:
    """What workers answered stands apart and is never mixed in."""
    found = latest(about, "worker")
    part = sum(bool(breadth(sheet)) for _, sheet in found)
    share = part * 100 / len(found) if found else None
    columns = [Column("by", "label"), Column("n"), Column("takes_part", "percent")]
    return Table("by_worker", columns, [Row(["worker", len(found), share], n=len(found))])


REPORT = Report("participation", readers="WLC", inputs=("rating",), also=("goal",), compute=compute)
