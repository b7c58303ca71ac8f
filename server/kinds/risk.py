"""A risk to the client's home: how grave it was, the agreed means against it, and how grave it is after."""

from server.kinds.base import Kind, code, date, long_text
from server.kinds.due import Deadline
from server.kinds.rules import asks, derives, fills, folded, group, says
from server.rules.conditions import any_, before, has, is_, not_, one_of, other, today

REVIEW_DAYS = 90
IS_PAST = one_of("after", "none")


class Risk(Kind):
    icon = "triangle-alert"
    life_area = "wellbeing"
    layout = (
        group("factor", "before", "means", "whose", "on"),
        folded("later", "reviewed_on", "after", "after_on"),
    )
    fills = (
        fills("on", today()),
        fills("whose", says("client")),
    )
    rules = (
        asks("factor"),
        asks("before"),
        asks("means"),
        asks("after", when=other("exit", has("on"))),
        asks("backwards", not_(before("after_on", "on")), at="after_on"),
        derives("acute", any_(is_("after", "acute"), ("all", is_("before", "acute"), not_(has("after"))))),
        derives("past", IS_PAST, tone="good"),
    )
    is_open = not_(IS_PAST)
    falls_due = (
        Deadline("risk_review", "on", days=(REVIEW_DAYS,), unless=any_(has("reviewed_on"), IS_PAST)),
        Deadline("risk_review", "reviewed_on", days=(REVIEW_DAYS,), unless=IS_PAST),
    )
    columns = ("factor", "before", "after", "on", "reviewed_on")

    factor = code("risk_factor")
    before = code("risk_level")
    #: what was agreed to keep the home in spite of it
    means = long_text()
    whose = code("doer")
    on = date()
    reviewed_on = date()
    after = code("risk_level")
    after_on = date()
