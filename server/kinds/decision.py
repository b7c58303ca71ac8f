"""The county's decision: which service, for how long and how many hours. Every later record stands on it."""

from server.config import LIMITS
from server.kinds.base import Kind, code, date, long_text, text, whole
from server.kinds.due import Deadline
from server.kinds.rules import Stage, Stages, asks, carries, derives, folded, group, warns
from server.rules.conditions import after, all_, before, has, not_, one_of, other, same, today, within

IS_OVER = one_of("status", "ended", "refused")
#: in force, and no decision begins later
IS_LATEST = all_(
    one_of("status", "decision_made", "active", "extension_requested"),
    has("end"),
    not_(other("decision", after("start", "^start"))),
)
#: how long before the end somebody has to ask for more
ENDING_DAYS = 30


class Decision(Kind):
    icon = "calendar-days"
    happened = ("decided_on", "start")
    stages = Stages(
        "status",
        (
            Stage("decision_made", then=("active", "refused")),
            Stage("active", then=("extension_requested", "ended")),
            Stage("extension_requested", asks=("extension_asked_on",), then=("active", "ended")),
            Stage("ending_soon", then=("extension_requested", "ended")),
            Stage("offered", then=("decision_made", "refused")),
            Stage("referral_received", then=("offered", "decision_made")),
            Stage("ended", is_over=True),
            Stage("refused", is_over=True),
        ),
    )
    layout = (
        group("status"),
        group("extension_asked_on", when=one_of("status", "extension_requested")),
        group("service_type", "start", "end", "hours_per_month", "task"),
        folded("made", "decided_on", "decided_by", "number", "legal_basis"),
        folded("more", "setting", "arrangement", "note"),
    )
    carries = (
        carries("service_type", same("service_type"), when=IS_LATEST),
        carries("service", {"start": same("start"), "end": same("end")}, when=IS_LATEST),
    )
    rules = (
        asks("service_type"),
        asks("start"),
        asks("end"),
        asks("backwards", not_(before("end", "start")), at="end"),
        asks("task"),
        warns("extension_late", not_(after("extension_asked_on", "end")), at="extension_asked_on"),
        derives("ends_soon", all_(within("end", 0, ENDING_DAYS), not_(IS_OVER))),
        derives("has_ended", all_(before("end", today()), not_(IS_OVER))),
    )
    falls_due = (Deadline("decision_ending", "end", days=(-60, -30, -14), unless=IS_OVER),)
    columns = ("status", "service_type", "start", "end", "hours_per_month")

    status = code("decision_status")
    service_type = code("service_type")
    start = date()
    end = date()
    hours_per_month = whole(0, LIMITS.hours_per_month_max, "h")
    #: which of the county's duties it belongs to; how long the documents are kept follows from it
    task = code("service_task_thl")
    #: at home, or on the way to one
    setting = code("support_setting")
    arrangement = code("service_arrangement")
    number = text(64, joined=False)
    decided_on = date()
    decided_by = text(joined=False)
    legal_basis = text(joined=False)
    extension_asked_on = date()
    note = long_text()
