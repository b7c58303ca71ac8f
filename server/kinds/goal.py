"""The goal: in the client's own words, with steps that are ticked one by one."""

from marshmallow import fields

from server.kinds.base import Items, Kind, Part, code, date, long_text, reference, text, whole
from server.kinds.due import Deadline, one_of


class Step(Part):
    text = text()
    order = whole(0, 999)


class StepDone(Part):
    on = date()
    by = reference()


IS_CLOSED = one_of("status", "reached", "partly_reached", "dropped")


class Goal(Kind):
    falls_due = (Deadline("goal_review", "review_on", days=(0,), unless=IS_CLOSED),)

    title = text()
    area = code("guidance_area")
    status = code("goal_status")
    client_words = long_text()
    review_on = date()
    steps = Items(fields.Nested(Step))
    steps_done = Items(fields.Nested(StepDone))
