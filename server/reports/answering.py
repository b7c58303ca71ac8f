"""A report for somebody: read, narrowed, computed, hidden where it must be, and put into words (SPEC Z)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from server.core.actor import Actor
from server.core.problems import Problem
from server.core.without_collecting import without_collecting
from server.kinds import KINDS
from server.reports import following, reading, showing, splits
from server.reports.days import Period, end_of
from server.reports.formulas import REPORTS
from server.reports.readers import reader_of
from server.reports.said import ListedReport, ReportBody, SaidReport, SaidReports
from server.reports.shape import Column, Computed, Report, ReportContext, Row, Table
from server.reports.wording import word_for

#: what is recorded at all
RECORDED = frozenset({*KINDS, reading.SURVEY})
#: what any report reads of records
FOLLOWED = frozenset(
    kind for report in REPORTS.values() for kind in (*report.inputs, *report.also, "case", "exit") if kind in KINDS
)


@dataclass(frozen=True)
class Asked:
    """What somebody wants to know. `split` adds a table of parts; `behind` names the figure whose records are listed;
    `is_for_outside`: so that small cells are hidden whoever asks."""

    report: Report
    period: Period
    language: str = "fi"
    wanted: Mapping[str, str] = field(default_factory=dict)
    split: str | None = None
    behind: str | None = None
    is_for_outside: bool = False


def readable(actor: Actor) -> list[Report]:
    """The reports of this person's role."""
    reader = reader_of(actor)
    return [report for report in REPORTS.values() if reader in report.readers]


def report_for(actor: Actor, key: str) -> Report:
    """By its key; `not_found` for one that there is not, or that is not for this role."""
    reader = reader_of(actor)
    report = REPORTS.get(key)
    if report is None or reader not in report.readers:
        raise Problem("not_found")
    return report


def missing(report: Report) -> list[str]:
    """The kinds that it needs and that nobody can record yet."""
    return [kind for kind in report.inputs if kind not in RECORDED]


def report_reply(connection: Connection, actor: Actor, asked: Asked) -> SaidReport:
    """The whole of a report as it is sent, with the period before it."""
    with without_collecting():
        return _report_reply(connection, actor, asked)


def _report_reply(connection: Connection, actor: Actor, asked: Asked) -> SaidReport:
    reader = reader_of(actor)
    if asked.split == "worker" and reader != "L":
        raise Problem("not_allowed")
    lacking = missing(asked.report)
    view = showing.View(asked.report, asked.language, reader, asked.is_for_outside)
    head, period = view.said_of_it(), showing.span(asked.period)
    if lacking:
        words = word_for(asked.report.key, "not_recorded", asked.language)
        nothing: ReportBody = {"n": 0, "left_out": [], "figures": [], "tables": []}
        return {**head, "period": period, "missing": lacking, "note": words, **nothing, "filters": [], "before": None}
    everything = about_of(connection, actor, asked)
    about = splits.narrowed(everything, asked.wanted)
    computed = with_split(asked, about)
    before = asked.period.before()
    then = replace(about, period=before, now=min(about.now, end_of(before.end)), is_for_figures=True)
    earlier = compute(asked.report, then)
    view = replace(view, names=reading.names(connection, actor.org, about, asked.language), unlisted=unlisted(about))
    shown_now = view.body(computed, asked.behind)
    filters = view.filters(splits.offered(everything, asked.wanted, by_worker=reader == "L"))
    return {
        **head,
        "period": period,
        "missing": lacking,
        "note": None,
        "filters": filters,
        **shown_now,
        "before": view.before(before, earlier),
    }


def compute(report: Report, about: ReportContext) -> Computed:
    return report.compute(about)


def about_of(connection: Connection, actor: Actor, asked: Asked) -> ReportContext:
    """What the formula is computed from, for this reader, before it is narrowed."""
    report = asked.report
    following.update_facts(connection, actor.org, FOLLOWED)
    kinds = {kind for kind in (*report.inputs, *report.also) if kind in RECORDED}
    files = reading.Files(connection, actor)
    reach = Period(asked.period.before().start, asked.period.end)
    cases = files.cases(kinds, reach)
    return ReportContext(
        cases=reading.of_own_worker(cases, actor.user) if reader_of(actor) == "W" else cases,
        period=asked.period,
        now=datetime.now(UTC),
        beside=files.beside(kinds, reach),
        returns=reading.returns(connection, actor.org) if "referral" in kinds else {},
        workers=reading.workers(connection, actor.org),
        stand_ins=reading.stand_ins(connection, actor.org) if "stand_in" in report.also else (),
    )


def unlisted(about: ReportContext) -> frozenset[str]:
    """Under a non-disclosure for personal safety: counted, never listed."""
    return frozenset(case.id for case in about.cases if case.is_unlisted)


def with_split(asked: Asked, about: ReportContext) -> Computed:
    """The report, and where it is asked for, its figures part by part in a table of their own."""
    whole = compute(asked.report, about)
    if asked.split is None:
        return whole
    parts = [(value, compute(asked.report, part)) for value, part in splits.split_by(about, asked.split)]
    names = whole.figures
    columns = [Column(asked.split, "label", splits.CATALOGUES.get(asked.split, asked.split)), Column("n")]
    columns += [Column(figure.key, figure.unit, decimals=figure.decimals) for figure in names]
    rows = []
    for value, part in parts:
        values = {figure.key: figure.value for figure in part.figures}
        rows.append(Row([value, part.n, *(values.get(figure.key) for figure in names)], n=part.n))
    return replace(whole, tables=[*whole.tables, Table("split", columns, rows)])


def report_list(actor: Actor, language: str) -> SaidReports:
    """What this person may read, and as whom."""
    reader = reader_of(actor)
    reports = readable(actor)
    said_of: list[ListedReport] = [
        {**showing.View(report, language, reader).said_of_it(), "missing": missing(report)} for report in reports
    ]
    return {"reader": reader, "reports": said_of}
