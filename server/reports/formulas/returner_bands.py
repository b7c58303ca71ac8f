"""How soon after moving on somebody came back, in bands of days: exits of the period moved 730 days back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from server.reports.codes import parameter_pairs
from server.reports.exits import MovedOn, moved_on
from server.reports.shape import Column, Computed, Report, ReportContext, Row, Table, percent
from server.reports.splits import service_of

BANDS: Sequence[tuple[int, int]] = parameter_pairs("returner_bands_days")
LAST_DAY = BANDS[-1][1]
MOVED_BACK = timedelta(days=LAST_DAY)


def days_after(each: MovedOn) -> int | None:
    """Days from the exit to the first sign of homelessness; none where it came after the last band."""
    days = (each.event - each.on).days if each.event else None
    return days if days is not None and days <= LAST_DAY else None


def compute(about: ReportContext) -> Computed:
    cohort = moved_on(about, lambda day: about.period.holds(day + MOVED_BACK))
    banded = [_within(cohort, first, last) for first, last in BANDS]
    figures = [
        percent(f"days_{first}_{last}", len(band), len(cohort), of=[each.case for each in band])._replace(decimals=1)
        for (first, last), band in zip(BANDS, banded, strict=True)
    ]
    returned = [each for band in banded for each in band]
    total = percent("returned", len(returned), len(cohort), of=[each.case for each in returned])._replace(decimals=1)
    return Computed(
        n=len(cohort),
        figures=[*figures, total],
        tables=[
            _split("by_reason", "reason", "exit_reason", cohort, lambda each: each.exit.text("reason") or ""),
            _split(
                "by_service", "service_type", "service_type", cohort, lambda each: service_of(each.case, each.on) or ""
            ),
        ],
    )


def _within(cohort: Sequence[MovedOn], first: int, last: int) -> list[MovedOn]:
    return [each for each in cohort if (days := days_after(each)) is not None and first <= days <= last]


def _split(
    key: str, column: str, catalogue: str, cohort: Sequence[MovedOn], value_of: Callable[[MovedOn], str]
) -> Table:
    parts: dict[str, list[MovedOn]] = {}
    for each in cohort:
        parts.setdefault(value_of(each), []).append(each)
    columns = [
        Column(column, "label", catalogue),
        Column("cohort"),
        *(Column(f"days_{first}_{last}") for first, last in BANDS),
        Column("returned"),
    ]
    return Table(key, columns, [_row(value, parts) for value in sorted(parts)], is_crossed=True)


def _row(value: str, parts: Mapping[str, Sequence[MovedOn]]) -> Row:
    part = parts[value]
    counts = [len(_within(part, first, last)) for first, last in BANDS]
    return Row([value, len(part), *counts, sum(counts)], of=[each.case for each in part])


REPORT = Report("returner_bands", readers="LC", inputs=("exit", "referral", "follow_up"), compute=compute)
