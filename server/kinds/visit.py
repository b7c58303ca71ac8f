"""The visit: planned, then logged. Every contact with or for a client is one."""

from marshmallow import fields

from server.config import LIMITS
from server.kinds.agreement import SAYS_YES, STANDS
from server.kinds.base import (
    Items,
    Kind,
    Part,
    TimeSpan,
    choice,
    code,
    codes,
    instant,
    long_text,
    reference,
    text,
    whole,
    yes_no,
)
from server.kinds.due import HOUR_MINUTES, Deadline, Upcoming
from server.kinds.rules import folded, warns
from server.rules.conditions import all_, count, is_, other, said

#: how a goal moved at a visit
GOAL_MOVES = ("forward", "same", "back")
#: the client lets information go to the network
LETS_TALK = all_(is_("agreement_kind", "consent_to_share"), SAYS_YES, STANDS)
#: who moved a visit
SIDES = ("client", "organisation")
#: whose visit it is
VISITORS = ("worker", "partner")


class Outcome(Part):
    """What came of it, and why: one value."""

    sentence = ("code", "side", "reason")

    code = code("visit_outcome")
    reason = text()
    #: who asked for it to be moved
    side = choice(*SIDES)


class Series(Part):
    """Which of a series of visits it is, and when the series has it: planned otherwise, somebody moved it (T6)."""

    sentence = ("number", "start")

    #: of the series: all of its visits have it
    id = reference()
    number = whole(1, LIMITS.series_visits_max)
    #: from one to the next
    weeks = whole(1, 2)
    start = instant()
    end = instant()


class Visit(Kind):
    icon = "footprints"
    made_by_hand = True
    happened = ("actual.start", "plan.start")
    planned_at = "plan"
    #: what its sheet asks beside what is drawn by hand
    rules = (warns("no_consent", other("agreement", LETS_TALK), when=count("participants", 1), at="participants"),)
    layout = (folded("said", "client_words", "agreed", "help_level", "participants", "plan_service"),)
    falls_due = (
        Upcoming("visit_upcoming", "plan.start", said("outcome.code", "actual.start"), VISITORS),
        Deadline("visit_unlogged", "plan.end", (30,), unless=said("outcome.code", "actual.start"), people=VISITORS),
        Deadline("entry_unfinished", "actual.start", (2 * HOUR_MINUTES,), unless=said("outcome.code"), people=VISITORS),
    )

    visit_kind = code("visit_kind")
    mode = code("contact_mode")
    place = code("place")
    worker = reference("person")
    partner = reference("person")
    plan = fields.Nested(TimeSpan)
    series = fields.Nested(Series)
    actual = fields.Nested(TimeSpan)
    outcome = fields.Nested(Outcome)
    #: minutes by kind of time entry; direct and indirect client work fill the contracted hours
    minutes = Items(whole(0, LIMITS.visit_minutes_max, "min"), item=code("time_entry_kind"))
    areas = codes("guidance_area")
    methods = codes("work_method")
    goal_moves = Items(choice(*GOAL_MOVES), item=reference("goal"))
    note = long_text()
    next_visit = reference("visit")
    client_words = long_text()
    #: what was agreed with the client
    agreed = long_text()
    help_level = code("help_level")
    #: who else was there, of the client's network
    participants = Items(yes_no(), item=reference("member"))
    #: which of the services on the plan it was about
    plan_service = code("linked_service")
