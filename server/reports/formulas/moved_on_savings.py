"""Clients who moved on, and the saving that is reckoned for each."""

from server.reports.codes import MOVED_ON, order_of, parameter
from server.reports.exits import latest_exits
from server.reports.facts import CaseFacts
from server.reports.shape import Column, Computed, Figure, Report, ReportContext, Row, Table, counted

SAVING_EUR = parameter("saving_per_client_moved_on_eur")


def compute(about: ReportContext) -> Computed:
    exits = latest_exits(about)
    moved_on = [case for case, each in exits if each.text("reason") in MOVED_ON]
    by_reason: dict[str, list[CaseFacts]] = {}
    for case, each in exits:
        by_reason.setdefault(each.text("reason") or "", []).append(case)
    order = order_of("exit_reason")
    in_order = sorted(by_reason.items(), key=lambda one: order.get(one[0], len(order)))
    rows = [Row([reason, len(cases)], of=cases) for reason, cases in in_order]
    columns = [Column("reason", "label", "exit_reason"), Column("clients")]
    saving = Figure("saving", len(moved_on) * SAVING_EUR, "eur", len(moved_on), len(moved_on), SAVING_EUR, moved_on)
    return Computed(
        n=len(exits),
        figures=[counted("moved_on", moved_on), saving],
        tables=[Table("reasons", columns, [*rows, Row(["total", len(exits)], is_total=True)])],
    )


REPORT = Report("moved_on_savings", readers="LC", inputs=("exit",), compute=compute)
