"""A threat of eviction, from the first reminder to how it ended: the next deadline is what counts."""

from server.kinds.base import Items, Kind, code, date, long_text, reference, whole, yes_no
from server.kinds.due import Deadline
from server.kinds.rules import Stage, Stages, asks, derives, flagged, folded, group, warns
from server.rules.conditions import all_, has, is_, not_, one_of, other, within

CLAIM_CENTS_MAX = 10_000_000
KEPT_DAYS = 90
IN_COURT = one_of("stage", "court_claim", "court_judgment", "move_notice", "postponed")
MOVE_DAY_KNOWN = one_of("stage", "move_notice", "postponed")
IS_CLOSED = one_of("stage", "prevented", "executed")
CHILDREN_AT_HOME = other(
    "case",
    flagged("household.children_live", "children_in_household", "tell_authorities_if_no_roof"),
)


class Eviction(Kind):
    icon = "door-open"
    life_area = "home_care"
    stages = Stages(
        "stage",
        (
            Stage("reminder", then=("written_warning", "prevented")),
            Stage("written_warning", then=("termination_notice", "court_claim", "prevented")),
            Stage("termination_notice", then=("court_claim", "prevented")),
            Stage("court_claim", then=("court_judgment", "prevented")),
            Stage("court_judgment", then=("move_notice", "prevented")),
            Stage("move_notice", asks=("move_by",), then=("postponed", "prevented", "executed")),
            Stage("postponed", asks=("move_by",), then=("prevented", "executed")),
            Stage("prevented", asks=("close", "closed_on"), is_over=True),
            Stage("executed", asks=("close", "closed_on"), is_over=True),
            Stage("none", then=("reminder",), is_over=True),
        ),
    )
    layout = (
        group("stage"),
        group("move_by", "authorities_told_on", when=MOVE_DAY_KNOWN),
        group("close", "closed_on", "home_kept", when=IS_CLOSED),
        group("reason", "claim_cents", "stay"),
        folded("days", "dates"),
        folded("more", "checked_on", "note"),
    )
    rules = (
        asks("authorities_told_on", when=all_(MOVE_DAY_KNOWN, CHILDREN_AT_HOME)),
        warns("payment_plan", not_(other("rent", is_("status", "payment_plan"))), at="stage", when=IN_COURT),
        derives("move_near", all_(within("move_by", 0, 14), not_(IS_CLOSED))),
    )
    falls_due = (
        Deadline("eviction_move", "move_by", days=(-14, -7, -2), unless=IS_CLOSED),
        Deadline("eviction_home_kept", "closed_on", days=(KEPT_DAYS,), unless=has("checked_on")),
    )
    columns = ("stage", "move_by", "reason", "claim_cents", "closed_on", "checked_on")

    stage = code("eviction_stage")
    #: the day of each stage
    dates = Items(date(), item=code("eviction_stage"))
    reason = code("homelessness_reason")
    claim_cents = whole(0, CLAIM_CENTS_MAX, "cents")
    move_by = date()
    authorities_told_on = date()
    close = code("eviction_close")
    closed_on = date()
    stay = reference("stay")
    home_kept = yes_no()
    checked_on = date()
    note = long_text()
