"""A month's rent: paid, late, or in arrears, and what was agreed then."""

from marshmallow import fields

from server.kinds.base import Kind, Part, code, date, long_text, month, whole, yes_no
from server.kinds.due import Deadline
from server.kinds.rules import asks, derives, folded, group, offers, warns
from server.rules.conditions import all_, any_, before, has, is_, not_, one_of, other, phase, same, today

RENT_CENTS_MAX = 1_000_000
IS_LATE = one_of("status", "partly_paid", "unpaid", "arrears_one_month", "arrears_two_months", "payment_plan_broken")
IS_PAID = one_of("status", "paid", "paid_late", "direct_payment")
IS_SETTLED = any_(IS_PAID, one_of("status", "payment_plan"))
IS_PLANNED = one_of("status", "payment_plan", "payment_plan_broken")
WAS_DUE = all_(before("due_on", today()), one_of("status", "not_due", "partly_paid", "unpaid", "arrears_one_month"))
MONTH_BEFORE_DUE = other("rent", all_(WAS_DUE, before("month", "^month")))
TWO_MONTHS = any_(one_of("status", "arrears_two_months"), all_(WAS_DUE, MONTH_BEFORE_DUE))
IN_COURT = one_of("stage", "court_claim", "court_judgment", "move_notice", "postponed")
#: how often an unpaid rent is asked about: weekly in the strong phase, else monthly
WEEKLY, MONTHLY = (8, 15, 22, 29), (31, 61)


class PaymentPlan(Part):
    sentence = ("monthly_cents", "months", "start")

    monthly_cents = whole(0, RENT_CENTS_MAX, "cents")
    months = whole(1, 60)
    start = date()


class Rent(Kind):
    icon = "house"
    life_area = "income_finances"
    layout = (
        group("month", "due_on", "amount_cents", "status"),
        group("paid_cents", "paid_on", when=one_of("status", "paid", "paid_late", "partly_paid")),
        group("first_contact_on", when=IS_LATE),
        group("payment_plan", when=IS_PLANNED),
        folded("more", "tenant_share_cents", "note"),
    )
    offers = (offers("talk", "talk", TWO_MONTHS, {"reason": "rent_unpaid"}),)
    rules = (
        asks("month"),
        asks("due_on"),
        asks("status"),
        warns("once_a_month", not_(other("rent", is_("month", same("month")))), at="month", when=has("month")),
        warns("after_claim", not_(other("eviction", IN_COURT)), at="status", when=IS_PLANNED),
        derives("late", all_(before("due_on", today()), one_of("status", "not_due", "partly_paid", "unpaid"))),
        derives("two_months", TWO_MONTHS),
        derives("from_ledger", is_("from_ledger", True), tone="plain"),
    )
    is_open = not_(IS_PAID)
    falls_due = (
        Deadline("rent_unpaid", "due_on", days=(1,), unless=IS_SETTLED),
        Deadline("rent_unpaid", "due_on", days=WEEKLY, unless=any_(IS_SETTLED, not_(phase("strong")))),
        Deadline("rent_unpaid", "due_on", days=MONTHLY, unless=any_(IS_SETTLED, phase("strong"))),
    )
    columns = ("month", "due_on", "amount_cents", "status")

    month = month()
    due_on = date()
    amount_cents = whole(0, RENT_CENTS_MAX, "cents")
    tenant_share_cents = whole(0, RENT_CENTS_MAX, "cents")
    paid_cents = whole(0, RENT_CENTS_MAX, "cents")
    paid_on = date()
    status = code("rent_status")
    first_contact_on = date()
    payment_plan = fields.Nested(PaymentPlan)
    #: read from the landlord's ledger, not entered by hand
    from_ledger = yes_no()
    note = long_text()
