"""What was needed and was not there: each need of a client once, by kind and by area."""

from collections.abc import Callable, Iterable

from server.reports.codes import order_of
from server.reports.facts import Fact
from server.reports.shape import Column, Computed, Figure, Report, ReportContext, Row, Table, counted

NEED = "unmet_need"


def compute(about: ReportContext) -> Computed:
    own = [each for each in about.facts(NEED) if about.period.holds(each.day("on"))]
    teams = [each for each in about.beside.get(NEED, ()) if about.period.holds(each.day("on"))]
    areas = {case.id: case.header.text("area") or case.header.text("municipality") or "" for case in about.cases}
    distinct = list({(each.case, each.text("unmet_need_kind")): each for each in own}.values()) + teams
    order = order_of("unmet_need_kind")
    records = len(own) + len(teams)
    return Computed(
        n=len(distinct),
        figures=[counted("needs", distinct), Figure("records", records, of=[*own, *teams], only="WL")],
        tables=[
            _table("by_kind", Column("kind", "label", "unmet_need_kind"), distinct, _kind, order),
            _table(
                "by_area",
                Column("area", "label"),
                distinct,
                lambda each: each.text("area") or areas.get(each.case, ""),
                {},
            ),
        ],
    )


def _kind(each: Fact) -> str:
    return each.text("unmet_need_kind") or ""


def _table(
    key: str, column: Column, needs: Iterable[Fact], value_of: Callable[[Fact], str], order: dict[str, int]
) -> Table:
    parts: dict[str, list[Fact]] = {}
    for each in needs:
        parts.setdefault(value_of(each), []).append(each)
    values = sorted(parts, key=lambda value: (not value, order.get(value, len(order)), value))
    rows = [Row([value, len(parts[value])], of=parts[value]) for value in values]
    total = Row(["total", sum(map(len, parts.values()))], is_total=True)
    return Table(key, [column, Column("count")], [*rows, total])


REPORT = Report("unmet_needs", readers="LC", inputs=("unmet_need",), compute=compute)
