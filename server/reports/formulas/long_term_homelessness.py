"""Who of the homeless has been so for long, or is about to be: need first, duration second."""

from datetime import date

from server.reports.codes import parameter
from server.reports.facts import CaseFacts
from server.reports.homelessness import situations
from server.reports.shape import Column, Computed, Report, ReportContext, Row, Table, counted, percent

OVER_DAYS = parameter("long_term_homeless", "over_days")


def has_need(case: CaseFacts) -> bool:
    """Social or health reasons prolong it, by the worker's judgement."""
    return case.header.get("prolonged_by_need") is True


def has_lasted(case: CaseFacts, day: date) -> bool:
    """Over a year, or the second time within three."""
    since = case.header.day("homeless_since")
    is_long = since is not None and (day - since).days > OVER_DAYS
    return is_long or case.header.get("homeless_again") is True


def compute(about: ReportContext) -> Computed:
    homeless = [each.case for each in situations(about) if each.is_homeless]
    parts: dict[str, list[CaseFacts]] = {"need_and_duration": [], "need_only": [], "duration_only": []}
    for case in homeless:
        need, duration = has_need(case), has_lasted(case, about.period.end)
        if need:
            parts["need_and_duration" if duration else "need_only"].append(case)
        elif duration:
            parts["duration_only"].append(case)
    long_term = parts["need_and_duration"] + parts["need_only"]
    rows = [Row([name, len(cases)], of=cases) for name, cases in parts.items()]
    neither = len(homeless) - sum(len(cases) for cases in parts.values())
    return Computed(
        n=len(homeless),
        figures=[
            counted("long_term", long_term),
            percent("share_of_homeless", len(long_term), len(homeless), of=long_term),
        ],
        tables=[
            Table(
                "parts",
                [Column("part", "label"), Column("clients")],
                [*rows, Row(["neither", neither]), Row(["total", len(homeless)], is_total=True)],
            )
        ],
    )


REPORT = Report("long_term_homelessness", readers="LC", inputs=("stay", "decision"), compute=compute)
