"""A benefit: asked for, applied for, decided on, and what the tenant still pays alone. Kela gives a month to apply."""

from server.catalogue import catalogue
from server.kinds.base import Kind, code, date, long_text, text, whole
from server.kinds.due import Deadline
from server.kinds.rules import Stage, Stages, asks, derives, fills, folded, group, says
from server.rules.conditions import all_, before, has, not_, one_of, plus, today, within

BENEFIT_CENTS_MAX = 1_000_000
#: from Kela's request until the benefit has to be applied for
ANSWER_DAYS: int = catalogue()["parameters"]["kela_primary_benefit_deadline_days"]["value"]
IS_AWAITED = one_of("status", "to_apply", "documents_missing", "more_asked")
IS_GRANTED = one_of("status", "granted", "granted_partly", "interrupted")


class Benefit(Kind):
    icon = "life-buoy"
    life_area = "income_finances"
    happened = ("decided_on", "applied_on", "asked_on")
    stages = Stages(
        "status",
        (
            Stage("to_apply", then=("documents_missing", "applied")),
            Stage("documents_missing", asks=("missing",), then=("applied",)),
            Stage("applied", asks=("applied_on",), then=("more_asked", "granted", "refused")),
            Stage("more_asked", asks=("missing", "answer_by"), then=("applied", "granted", "refused")),
            Stage("granted", asks=("decided_on",), then=("interrupted", "ended")),
            Stage("granted_partly", asks=("decided_on",), then=("review_asked", "ended")),
            Stage("refused", asks=("decided_on",), then=("review_asked", "to_apply"), is_over=True),
            Stage("review_asked", then=("granted", "refused")),
            Stage("interrupted", then=("applied", "granted", "ended")),
            Stage("ended", then=("to_apply",), is_over=True),
            Stage("withdrawn", is_over=True),
        ),
    )
    layout = (
        group("benefit_kind", "status"),
        group("missing", when=one_of("status", "documents_missing", "more_asked")),
        group("asked_on", "answer_by", when=IS_AWAITED),
        group("applied_on", when=one_of("status", "applied", "review_asked")),
        group("decided_on", when=one_of("status", "granted", "granted_partly", "refused", "review_asked")),
        group("monthly_cents", "tenant_share_cents", "starts_on", "ends_on", when=IS_GRANTED),
        folded("more", "doer", "help_level", "note"),
    )
    fills = (
        fills("answer_by", plus("asked_on", days=ANSWER_DAYS)),
        fills("doer", says("client")),
    )
    rules = (
        asks("benefit_kind"),
        asks("backwards", not_(before("ends_on", "starts_on")), when=all_(IS_GRANTED, has("ends_on")), at="ends_on"),
        derives("answer_late", all_(IS_AWAITED, before("answer_by", today()))),
        derives("answer_soon", all_(IS_AWAITED, within("answer_by", 0, 14))),
        derives("ends_soon", all_(IS_GRANTED, within("ends_on", 0, 30))),
    )
    falls_due = (
        Deadline("benefit_answer", "answer_by", days=(-14, -7, -1), unless=not_(IS_AWAITED)),
        Deadline("benefit_ends", "ends_on", days=(-30,), unless=not_(IS_GRANTED)),
    )
    columns = ("benefit_kind", "status", "answer_by", "monthly_cents", "ends_on")

    benefit_kind = code("benefit_kind")
    status = code("benefit_status")
    asked_on = date()
    answer_by = date()
    applied_on = date()
    decided_on = date()
    starts_on = date()
    ends_on = date()
    monthly_cents = whole(0, BENEFIT_CENTS_MAX, "cents")
    #: what of the rent the tenant pays alone
    tenant_share_cents = whole(0, BENEFIT_CENTS_MAX, "cents")
    missing = text()
    doer = code("doer")
    help_level = code("help_level")
    note = long_text()
