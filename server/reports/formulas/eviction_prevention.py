"""Threats of eviction that ended with the home kept."""

from datetime import date, timedelta

from server.reports.codes import by_code, order_of, parameter
from server.reports.days import day_of
from server.reports.facts import CaseFacts, Fact
from server.reports.homes import covers, permanent
from server.reports.shape import Column, Computed, Left, Report, ReportContext, Row, Table, counted, percent

KEPT_DAYS = timedelta(days=parameter("eviction_home_kept_days"))
STAGES = order_of("eviction_stage")
WARNED = STAGES["written_warning"]
#: stages that say how it ended, or that there is none
ENDS = frozenset({"none", "executed", "prevented"})


def reached_warning(eviction: Fact) -> bool:
    """As its dated stages say; without any, everything that was closed is taken for one."""
    dated = [STAGES[stage] for stage in eviction.items("dates") if stage in STAGES and stage not in ENDS]
    return not dated or max(dated) >= WARNED


def kept(case: CaseFacts, eviction: Fact, closed_on: date) -> bool | None:
    """Whether the home was there after 90 days; where nobody asked, as the stay says; None is not known."""
    asked = eviction.get("home_kept")
    if isinstance(asked, bool):
        return asked
    named = [each for each in case.all("stay") if each.id == eviction.text("stay")]
    return True if any(covers(stay, closed_on + KEPT_DAYS) for stay in named or permanent(case)) else None


def compute(about: ReportContext) -> Computed:
    counts_as = by_code("eviction_close", "counts_as", str)
    today = day_of(about.now)
    groups: dict[str, list[Fact]] = {
        name: [] for name in ("kept", "not_kept", "pending", "not_asked", "moved", "lost", "unknown", "reminder_only")
    }
    for case in about.cases:
        for each in case.all("eviction"):
            closed_on = each.day("closed_on")
            if closed_on is None or not about.period.holds(closed_on):
                continue
            group = counts_as.get(each.text("close") or "", "unknown")
            if not reached_warning(each):
                group = "reminder_only"
            elif group == "prevented":
                is_pending = closed_on + KEPT_DAYS > today
                group = (
                    "pending"
                    if is_pending
                    else {True: "kept", False: "not_kept", None: "not_asked"}[kept(case, each, closed_on)]
                )
            groups[group].append(each)
    judged = [each for name in ("kept", "not_kept", "moved", "lost") for each in groups[name]]
    closed = [each for name, each_of in groups.items() if name != "reminder_only" for each in each_of]
    return Computed(
        n=len(closed),
        figures=[
            percent("home_kept", len(groups["kept"]), len(judged), of=groups["kept"]),
            counted("not_kept", groups["not_kept"]),
            counted("moved", groups["moved"]),
            counted("lost", groups["lost"]),
        ],
        tables=[_open_threats(about)],
        left_out=[Left(name, len(groups[name])) for name in ("pending", "not_asked", "unknown", "reminder_only")],
    )


def _open_threats(about: ReportContext) -> Table:
    end = about.period.end
    by_stage: dict[str, list[Fact]] = {}
    for each in about.facts("eviction"):
        closed_on = each.day("closed_on")
        if (closed_on is None or closed_on > end) and (each.text("stage") or "none") not in ENDS:
            by_stage.setdefault(each.text("stage") or "", []).append(each)
    rows = [Row([stage, len(by_stage[stage])], of=by_stage[stage]) for stage in STAGES if stage in by_stage]
    total = Row(["total", sum(map(len, by_stage.values()))], is_total=True)
    return Table("open_threats", [Column("stage", "label", "eviction_stage"), Column("count")], [*rows, total])


REPORT = Report("eviction_prevention", readers="LC", inputs=("eviction",), also=("stay",), compute=compute)
