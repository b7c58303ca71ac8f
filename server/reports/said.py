"""A report as it is sent and exported: what a person reads, and nothing that is left to compute."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

Shown = int | float | None
#: a number, a day, a word; of what is hidden, how
ShownCell = str | int | float | None

SaidPeriod = TypedDict("SaidPeriod", {"from": str, "to": str})


class SaidOfReport(TypedDict):
    key: str
    title: str
    formula: str
    inputs: list[str]


class ListedReport(SaidOfReport):
    missing: list[str]


class ListedRecord(TypedDict):
    case: str
    record: str
    kind: str


class ShownFigure(TypedDict):
    key: str
    label: str
    value: Shown
    hidden: str | None
    unit: str
    decimals: int
    numerator: Shown
    denominator: Shown
    cases: NotRequired[list[str]]
    records: NotRequired[list[ListedRecord]]


class ShownColumn(TypedDict):
    key: str
    label: str
    sort: str
    decimals: int


class ShownRow(TypedDict):
    key: str
    cells: list[ShownCell]
    is_total: bool
    cases: NotRequired[list[str]]


class ShownTable(TypedDict):
    key: str
    label: str
    columns: list[ShownColumn]
    rows: list[ShownRow]


class SaidLeftOut(TypedDict):
    key: str
    label: str
    count: int | None


class SaidFilterValue(TypedDict):
    value: str
    label: str


class ReportFilter(TypedDict):
    name: str
    values: list[SaidFilterValue]


class FigureBefore(TypedDict):
    key: str
    value: Shown
    hidden: str | None


class ReportBefore(SaidPeriod):
    n: int | None
    figures: list[FigureBefore]


class ReportBody(TypedDict):
    n: int | None
    left_out: list[SaidLeftOut]
    figures: list[ShownFigure]
    tables: list[ShownTable]


class SaidReport(SaidOfReport, ReportBody):
    period: SaidPeriod
    missing: list[str]
    note: str | None
    filters: list[ReportFilter]
    before: ReportBefore | None


class SaidReports(TypedDict):
    reader: str
    reports: Sequence[ListedReport]
