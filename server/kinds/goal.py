"""The goal: in the client's own words, with steps that are ticked one by one."""

from marshmallow import fields

from server.kinds.base import Items, Kind, Part, code, codes, date, item_of, long_text, reference, text, whole
from server.kinds.due import Deadline
from server.kinds.rules import folded, group, warns
from server.rules.conditions import has, not_, one_of


class Step(Part):
    sentence = ("text",)
    joins = "text"

    text = text()
    order = whole(0, 999)
    #: the client, where nobody else is named
    doer = code("doer")
    help_level = code("help_level")


class StepDone(Part):
    sentence = ("@done", "on")

    on = date()
    by = reference("person")


IS_CLOSED = one_of("status", "reached", "partly_reached", "dropped")


class Goal(Kind):
    icon = "target"
    made_by_hand = True
    #: what its form asks beside what is drawn by hand
    layout = (
        group("outcome_words", "closed_on", when=IS_CLOSED),
        folded("aim", "scale", "national_goal"),
        folded("means", "methods"),
        folded("around", "circumstances"),
    )
    rules = (warns("not_agreed", has("client_words"), when=not_(one_of("status", "proposed")), at="client_words"),)
    falls_due = (Deadline("goal_review", "review_on", days=(0,), unless=IS_CLOSED),)

    title = text()
    area = code("guidance_area")
    status = code("goal_status")
    client_words = long_text()
    review_on = date()
    #: last looked at together
    reviewed_on = date()
    #: what it was begun from
    template = code("goal_template")
    #: whether it is to get better, or not to get worse
    scale = code("goal_scale")
    circumstances = Items(code("circumstance_effect"), item=code("goal_circumstance"))
    methods = codes("work_method")
    national_goal = text(searched=False)
    outcome_words = long_text()
    closed_on = date()
    steps = Items(fields.Nested(Step))
    steps_done = Items(fields.Nested(StepDone), item=item_of("steps"))
