"""Goals by the methods and the circumstances that went with them: what went together, and no cause."""

from collections.abc import Mapping, Sequence

from server.reports.codes import order_of
from server.reports.facts import Fact
from server.reports.goals import DROPPED, PARTLY, REACHED, closed_goals, how_many, points
from server.reports.shape import Column, Computed, Report, ReportContext, Row, Table, percent

STATUSES = (REACHED, PARTLY, DROPPED)
NONE_GIVEN = "none_given"


def compute(about: ReportContext) -> Computed:
    goals = closed_goals(about)
    by_method: dict[str, list[Fact]] = {}
    by_circumstance: dict[tuple[str, str], list[Fact]] = {}
    for goal in goals:
        for method in goal.codes("methods") or [NONE_GIVEN]:
            by_method.setdefault(method, []).append(goal)
        for circumstance, effect in goal.items("circumstances").items() or [(NONE_GIVEN, "")]:
            by_circumstance.setdefault((circumstance, str(effect)), []).append(goal)
    return Computed(
        n=len(goals),
        figures=[percent("attained", points(goals), len(goals), of=goals)],
        tables=[_methods(by_method), _circumstances(by_circumstance)],
    )


def _columns() -> list[Column]:
    return [Column("n"), Column("attained", "percent"), *(Column(status) for status in STATUSES)]


def _cells(goals: Sequence[Fact]) -> list[object]:
    share = points(goals) * 100 / len(goals)
    return [len(goals), share, *(how_many(goals, status) for status in STATUSES)]


def _methods(parts: Mapping[str, Sequence[Fact]]) -> Table:
    """A goal counts in each of its methods, so nothing here is a part of a total."""
    order = order_of("work_method")
    codes = sorted(parts, key=lambda code: order.get(code, len(order)))
    rows = [Row([code, *_cells(parts[code])], n=len(parts[code]), of=parts[code]) for code in codes]
    return Table("by_method", [Column("method", "label", "work_method"), *_columns()], rows, is_crossed=True)


def _circumstances(parts: Mapping[tuple[str, str], Sequence[Fact]]) -> Table:
    order = order_of("goal_circumstance")
    codes = sorted(parts, key=lambda code: (order.get(code[0], len(order)), code[1]))
    rows = [Row([code[0], code[1] or None, *_cells(parts[code])], n=len(parts[code]), of=parts[code]) for code in codes]
    columns = [Column("circumstance", "label", "goal_circumstance"), Column("effect", "text"), *_columns()]
    return Table("by_circumstance", columns, rows, is_crossed=True)


REPORT = Report("goals_by_method", readers="LC", inputs=("goal",), compute=compute)
