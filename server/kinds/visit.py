"""The visit: planned, then logged. Every contact with or for a client is one."""

from marshmallow import fields, validate

from server.config import LIMITS
from server.kinds.base import Items, Kind, Part, TimeSpan, code, codes, long_text, reference, text, whole
from server.kinds.due import HOUR_MINUTES, Deadline, Upcoming, said

#: how a goal moved at a visit
GOAL_MOVES = ("forward", "same", "back")
#: whose visit it is
VISITORS = ("worker", "partner")


class Outcome(Part):
    """What came of it, and why: one value."""

    code = code("visit_outcome")
    reason = text()


class Visit(Kind):
    due = "plan"
    falls_due = (
        Upcoming("visit_upcoming", "plan.start", said("outcome.code", "actual.start"), VISITORS),
        Deadline("visit_unlogged", "plan.end", (30,), unless=said("outcome.code", "actual.start"), people=VISITORS),
        Deadline("entry_unfinished", "actual.start", (2 * HOUR_MINUTES,), unless=said("outcome.code"), people=VISITORS),
    )

    visit_kind = code("visit_kind")
    mode = code("contact_mode")
    place = code("place")
    worker = reference()
    partner = reference()
    plan = fields.Nested(TimeSpan)
    actual = fields.Nested(TimeSpan)
    outcome = fields.Nested(Outcome)
    #: minutes by kind of time entry; direct and indirect client work fill the contracted hours
    minutes = Items(whole(0, LIMITS.visit_minutes_max), item=code("time_entry_kind"))
    areas = codes("guidance_area")
    methods = codes("work_method")
    goal_moves = Items(fields.String(validate=validate.OneOf(GOAL_MOVES)))
    note = long_text()
    next_visit = reference()
