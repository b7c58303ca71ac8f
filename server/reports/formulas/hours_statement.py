"""Contracted, direct, indirect and remaining hours of each decision in force, month by month: the ground of a bill."""

from fractions import Fraction

from server.reports.hours import MINUTES
from server.reports.shape import Column, Computed, Figure, Left, Report, ReportContext, Row, Table
from server.reports.statement import MonthSums, contracted_in, sums_by_month

COLUMNS = ("contracted", "direct", "indirect", "remaining")


def compute(about: ReportContext) -> Computed:
    """Each month of the period as a whole."""
    by_case = [sums for case in about.cases for sums in sums_by_month(case, about.period)]
    found = sorted(by_case, key=lambda sums: sums.month.start)
    contracted = contracted_in(found)
    direct = Fraction(sum(each.direct for each in found), MINUTES)
    indirect = Fraction(sum(each.indirect for each in found), MINUTES)
    sums = [contracted, direct, indirect, contracted - direct - indirect]
    figures = [Figure(key, value, "hours", decimals=2) for key, value in zip(COLUMNS, sums, strict=True)]
    columns = [Column("client", "label", "case"), Column("decision", "text"), Column("month", "text")]
    columns += [Column(key, "hours", decimals=2) for key in COLUMNS]
    columns += [Column("entries"), Column("not_delivered")]
    rows = [] if about.is_for_figures else [_row(each) for each in found]
    table = Table("statements", columns, rows, is_open=True)
    not_delivered = sum(each.not_delivered for each in found)
    return Computed(n=len(found), figures=figures, tables=[table], left_out=[Left("not_delivered", not_delivered)])


def _row(each: MonthSums) -> Row:
    hours = [each.contracted, Fraction(each.direct, MINUTES), Fraction(each.indirect, MINUTES), each.remaining]
    lead = [each.case.id, each.decision.id, f"{each.month.start:%Y-%m}"]
    return Row([*lead, *hours, each.entries, each.not_delivered], of=[each.case])


REPORT = Report("hours_statement", readers="LC", inputs=("visit", "decision"), compute=compute, is_open=True)
