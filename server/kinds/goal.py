"""The goal: in the client's own words, with steps that are ticked one by one."""

from marshmallow import fields

from server.kinds.base import Items, Kind, Part, code, date, long_text, reference, text, whole


class Step(Part):
    text = text()
    order = whole(0, 999)


class StepDone(Part):
    on = date()
    by = reference()


class Goal(Kind):
    title = text()
    area = code("guidance_area")
    status = code("goal_status")
    client_words = long_text()
    review_on = date()
    steps = Items(fields.Nested(Step))
    steps_done = Items(fields.Nested(StepDone))
