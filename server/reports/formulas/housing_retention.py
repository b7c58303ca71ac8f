"""Whether a home is kept half a year, and a year, after moving in."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from server.reports.codes import flagged, parameters
from server.reports.days import day_of
from server.reports.facts import CaseFacts, Fact
from server.reports.homes import covers, permanent, went_on
from server.reports.service import terms
from server.reports.shape import Computed, Figure, Left, Report, ReportContext, percent

CHECKPOINTS: Sequence[int] = parameters("retention_days")
ASKED_WITHIN = timedelta(days=30)
KEPT = flagged("follow_up_home", "home_kept")
KNOWN = flagged("follow_up_home", "known")
HomeOutcome = Literal["kept", "lost", "unknown", "died"]


def outcome(case: CaseFacts, stay: Fact, day: date) -> HomeOutcome:
    """What is known of a home on its 182nd or 365th day. What was asked within 30 days says more than a stay."""
    if _died_by(case, day):
        return "died"
    asked = [
        each
        for each in case.all("follow_up")
        if (on := each.day("on")) and abs(on - day) <= ASKED_WITHIN and each.text("home") in KNOWN
    ]
    if asked:
        nearest = min(asked, key=lambda each: (abs((each.day("on") or day) - day), each.id))
        return "kept" if nearest.text("home") in KEPT else "lost"
    if not covers(stay, day):
        return "kept" if went_on(stay, permanent(case), day) else "lost"
    return "unknown" if _ended_by(case, day) else "kept"


def _died_by(case: CaseFacts, day: date) -> bool:
    told = [each.day("on") for each in case.all("exit") if each.text("reason") == "death"]
    asked = [each.day("on") for each in case.all("follow_up") if each.text("home") == "deceased"]
    return any(on is not None and on <= day for on in (*told, *asked))


def _ended_by(case: CaseFacts, day: date) -> bool:
    """Nobody was there to notice: the service was over."""
    own = terms(case)
    return bool(own) and not any(term.start <= day <= term.end for term in own) and own[-1].end < day


def compute(about: ReportContext) -> Computed:
    figures: list[Figure] = []
    left: list[Left] = []
    move_ins = 0
    for days in CHECKPOINTS:
        found: dict[HomeOutcome, list[Fact]] = {"kept": [], "lost": [], "unknown": [], "died": []}
        for case in about.cases:
            for stay in permanent(case):
                day = date.fromisoformat(str(stay.values["start"])) + timedelta(days=days)
                if about.period.holds(day) and day <= day_of(about.now):
                    found[outcome(case, stay, day)].append(stay)
        judged = len(found["kept"]) + len(found["lost"])
        known_of = judged + len(found["unknown"])
        move_ins += known_of + len(found["died"])
        figures.append(percent(f"kept_{days}", len(found["kept"]), judged, of=found["kept"] + found["lost"]))
        figures.append(percent(f"unknown_{days}", len(found["unknown"]), known_of, of=found["unknown"]))
        left.append(Left(f"died_{days}", len(found["died"])))
    return Computed(n=move_ins, figures=figures, left_out=left)


REPORT = Report("housing_retention", readers="LC", inputs=("stay", "follow_up"), compute=compute)
