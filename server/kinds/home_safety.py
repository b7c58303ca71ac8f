"""The client's home as a place of work: its hazards, what is done about each, and when somebody looks again."""

from marshmallow import fields

from server.kinds.base import Items, Kind, Part, code, date, long_text, reference, yes_no
from server.kinds.due import Deadline
from server.kinds.rules import asks, derives, fills, folded, group, me
from server.rules.conditions import after, before, has, other, plus, today

REVIEW_DAYS = 180


class Hazard(Part):
    sentence = ("seen", "measure")

    seen = yes_no()
    measure = long_text()


class HomeSafety(Kind):
    icon = "shield-alert"
    life_area = "home_care"
    layout = (group("assessed_on", "hazards", "note"), folded("more", "by", "review_on"))
    fills = (
        fills("assessed_on", today()),
        fills("by", me()),
        fills("review_on", plus("assessed_on", days=REVIEW_DAYS)),
    )
    rules = (
        asks("assessed_on"),
        derives("moved_since", other("stay", after("start", "^assessed_on"))),
        derives("too_old", before("assessed_on", today(-REVIEW_DAYS))),
    )
    columns = ("assessed_on", "review_on")
    falls_due = (
        Deadline("home_safety_review", "assessed_on", days=(REVIEW_DAYS,), unless=has("review_on")),
        Deadline("home_safety_review", "review_on", days=(0,)),
    )

    hazards = Items(fields.Nested(Hazard), item=code("home_hazard"))
    assessed_on = date()
    by = reference("person")
    review_on = date()
    note = long_text()
