"""Why people asked for help: the primary reason of each referral, and what was outside their own control."""

from server.reports.codes import by_code, order_of
from server.reports.facts import Fact
from server.reports.shape import Column, Computed, Left, Report, ReportContext, Row, Table, percent

OUTSIDE_OWN_CONTROL = by_code("homelessness_reason", "outside_own_control_default", bool)


def outside_own_control(referral: Fact) -> bool:
    """As it was said, else as the catalogue has it for the reason."""
    said = referral.get("outside_own_control")
    return said if isinstance(said, bool) else bool(OUTSIDE_OWN_CONTROL.get(referral.text("primary_reason") or ""))


def compute(about: ReportContext) -> Computed:
    """A referral that was withdrawn had its reason too."""
    asked = [each for each in about.facts("referral") if about.period.holds_moment(each.moment("need_notified_at"))]
    given: dict[str, list[Fact]] = {}
    for each in asked:
        given.setdefault(each.text("primary_reason") or "", []).append(each)
    without = given.pop("", [])
    known = [each for each in asked if each.text("primary_reason")]
    outside = [each for each in known if outside_own_control(each)]
    order = order_of("homelessness_reason")
    rows = [
        Row([code, len(given[code])], of=given[code])
        for code in sorted(given, key=lambda one: (-len(given[one]), order.get(one, 0)))
    ]
    return Computed(
        n=len(known),
        figures=[percent("outside_own_control", len(outside), len(known), of=outside)],
        tables=[
            Table(
                "reasons",
                [Column("reason", "label", "homelessness_reason"), Column("count")],
                [*rows, Row(["total", len(known)], is_total=True)],
            )
        ],
        left_out=[Left("no_reason", len(without))],
    )


REPORT = Report("homelessness_reasons", readers="C", inputs=("referral",), compute=compute)
