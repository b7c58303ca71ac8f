"""From which phase to which clients moved; back to a phase of more support is a return, and no failure."""

from collections import Counter
from itertools import pairwise

from server.reports.codes import order_of
from server.reports.facts import CaseFacts
from server.reports.service import phases
from server.reports.shape import Column, Computed, Figure, Report, ReportContext, Row, Table, percent

PHASES = order_of("support_phase")


def compute(about: ReportContext) -> Computed:
    moves: Counter[tuple[str, str]] = Counter()
    moved: list[CaseFacts] = []
    for case in about.cases:
        own = phases(case)
        for (_, earlier, _), (since, later, _) in pairwise(own):
            if about.period.holds(since) and earlier != later:
                moves[earlier, later] += 1
                moved.append(case)
    total = moves.total()
    returns = sum(count for (earlier, later), count in moves.items() if PHASES[later] < PHASES[earlier])
    columns = [Column("from_phase", "label", "support_phase"), *(Column(f"to_{phase}") for phase in PHASES)]
    rows = [Row([earlier, *(moves[earlier, later] for later in PHASES)]) for earlier in PHASES]
    return Computed(
        n=total,
        figures=[
            Figure("moves", total, "count", of=moved),
            Figure("returns", returns, "count"),
            percent("share_of_returns", returns, total),
        ],
        tables=[Table("from_to", columns, rows, is_crossed=True)],
    )


REPORT = Report("phase_flow", readers="L", inputs=("case",), compute=compute)
