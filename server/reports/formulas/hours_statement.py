"""Contracted, direct, indirect and remaining hours of each decision in force, month by month: the ground of a bill."""

from fractions import Fraction

from server.reports.hours import MINUTES
from server.reports.shape import Column, Computed, Figure, Left, Report, ReportContext, Row, Table
from server.reports.statement import Statement, in_force, statement_of

COLUMNS = ("contracted", "direct", "indirect", "remaining")


def compute(about: ReportContext) -> Computed:
    """Each month of the period as a whole."""
    found = [
        statement_of(case, decision, month)
        for month in about.period.each_month()
        for case in about.cases
        for decision in in_force(case, month)
    ]
    contracted = sum((each.contracted for each in found), Fraction(0))
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


def _row(each: Statement) -> Row:
    hours = [each.contracted, Fraction(each.direct, MINUTES), Fraction(each.indirect, MINUTES), each.remaining]
    lead = [each.case.id, each.decision.id, f"{each.month.start:%Y-%m}"]
    return Row([*lead, *hours, len(each.lines), each.not_delivered], of=[each.case])


REPORT = Report("hours_statement", readers="LC", inputs=("visit", "decision"), compute=compute, is_open=True)
