"""The agency account: somebody pays the client's bills for them, by consent, plan and decision, and for a time."""

from server.kinds.base import Kind, code, date, long_text, reference
from server.kinds.due import Deadline
from server.kinds.rules import Stage, Stages, asks, derives, flagged, folded, group, warns
from server.rules.conditions import all_, before, has, not_, one_of, other, today, within

REVIEW_DAYS = 180
IS_OVER = one_of("status", "not_needed", "ended")
IN_FORCE = one_of("status", "active", "ending")
WAS_IN_FORCE = one_of("status", "active", "ending", "ended")
#: a consent that stands: said yes, not taken back and not past its end
CONSENT_STANDS = all_(
    flagged("answer", "agreement_answer", "in_force"), not_(has("withdrawn_on")), not_(before("until", today()))
)


class AgencyAccount(Kind):
    icon = "lock"
    life_area = "income_finances"
    happened = ("decided_on",)
    stages = Stages(
        "status",
        (
            Stage("assessed", then=("consent_given", "not_needed")),
            Stage("consent_given", then=("active",)),
            Stage("active", asks=("consent", "plan", "decided_on", "valid_from"), then=("ending", "ended")),
            Stage("ending", asks=("valid_to",), then=("active", "ended")),
            Stage("ended", asks=("valid_to",), is_over=True),
            Stage("not_needed", then=("assessed",), is_over=True),
        ),
    )
    layout = (
        group("status"),
        group("consent", "plan", "decided_on", "valid_from", "valid_to", when=WAS_IN_FORCE),
        group("tried_first", "execution"),
        folded("more", "reviewed_on", "note"),
    )
    rules = (
        asks("in_force", other("agreement", CONSENT_STANDS), when=all_(IN_FORCE, has("consent")), at="consent"),
        asks("backwards", not_(before("valid_to", "valid_from")), at="valid_to"),
        warns("tried_first", has("tried_first"), at="tried_first", when=not_(IS_OVER)),
        derives("ends_soon", within("valid_to", 0, 30)),
        derives("term_over", all_(IN_FORCE, before("valid_to", today()))),
    )
    falls_due = (
        Deadline("agency_account_ends", "valid_to", days=(-30,), unless=not_(IN_FORCE)),
        Deadline("agency_account_review", "reviewed_on", days=(REVIEW_DAYS,), unless=not_(IN_FORCE)),
        Deadline(
            "agency_account_review",
            "valid_from",
            days=(REVIEW_DAYS,),
            unless=("any", not_(IN_FORCE), has("reviewed_on")),
        ),
    )
    columns = ("status", "valid_from", "valid_to", "reviewed_on")

    status = code("agency_account_status")
    consent = reference("agreement")
    plan = reference("plan")
    decided_on = date()
    valid_from = date()
    valid_to = date()
    #: how it is carried out: what is paid, how much stays for the client, by whom
    execution = long_text()
    #: bank and direct payment come first
    tried_first = long_text()
    reviewed_on = date()
    note = long_text()
