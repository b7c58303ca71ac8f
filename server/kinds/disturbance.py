"""A disturbance in the house: what was reported, what was done about it and when it was settled."""

from marshmallow import fields

from server.kinds.base import Items, Kind, Part, code, date, instant, long_text, reference
from server.kinds.due import DAY_MINUTES, Deadline
from server.kinds.rules import asks, derives, folded, group, warns
from server.rules.conditions import all_, any_, any_item, before, count, has, not_, today

SETTLED_DAYS = 14
WAS_MET = any_(count("interventions", 1), has("resolved_on"))


class Intervention(Part):
    sentence = ("at", "by")

    at = instant()
    by = reference("person")


class Disturbance(Kind):
    icon = "bell"
    life_area = "home_care"
    happened = ("at", "reported_at")
    layout = (
        group("disturbance_kind", "at", "reported_at", "reported_by", "text"),
        folded("done", "interventions"),
        folded("ended", "resolved_on"),
    )
    rules = (
        asks("disturbance_kind"),
        asks("at"),
        warns("reported_first", not_(before("reported_at", "at")), at="reported_at"),
        asks(
            "intervened_first",
            not_(any_item("interventions", before("at", "^reported_at"))),
            at="interventions",
        ),
        derives("unmet", all_(before("reported_at", today()), not_(WAS_MET))),
        derives("unsettled", all_(before("reported_at", today(-SETTLED_DAYS)), not_(has("resolved_on")))),
    )
    is_open = not_(has("resolved_on"))
    falls_due = (
        Deadline("disturbance_unmet", "reported_at", minutes=(DAY_MINUTES,), unless=WAS_MET),
        Deadline(
            "disturbance_unsettled",
            "reported_at",
            minutes=(SETTLED_DAYS * DAY_MINUTES,),
            unless=has("resolved_on"),
        ),
    )
    columns = ("disturbance_kind", "at", "reported_at", "reported_by", "interventions", "resolved_on")

    disturbance_kind = code("disturbance_kind")
    at = instant()
    reported_at = instant()
    reported_by = code("network_member_kind")
    text = long_text()
    interventions = Items(fields.Nested(Intervention), item=code("disturbance_intervention"))
    resolved_on = date()
