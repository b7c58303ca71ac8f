"""The plan, made together: what the client, the worker and the commissioner each do, and every service around it."""

from marshmallow import fields

from server.catalogue import catalogue
from server.kinds.base import Items, Kind, OwnHand, Part, code, date, long_text, text
from server.kinds.due import Deadline
from server.kinds.rules import asks, derives, fills, flagged, folded, group, offers, warns
from server.kinds.talk import TakingPart
from server.rules.conditions import all_, any_item, before, has, is_, not_, one_of, other, plus, today

#: until somebody looks at it again
REVIEW_DAYS: int = catalogue()["parameters"]["plan_review_days"]["value"]
IS_UNAVAILABLE = flagged("state", "service_state", "unmet_need")


class PlannedService(Part):
    """A service or support, whoever gives it."""

    sentence = ("service", "who", "state")

    service = code("linked_service")
    state = code("service_state")
    who = text()
    client_wish = long_text()
    since = date()
    until = date()


class Plan(Kind):
    icon = "notebook-pen"
    happened = ("agreed_on",)
    layout = (
        group("client_part", "worker_part", "commissioner_part", "agreed_on", "review_on"),
        folded("services", "services"),
        folded("people", "taking_part", "dissenting_views", "copies_to", "meeting_place"),
        folded("situation", "situation", "strengths", "experience"),
        folded("review", "goals_review", "next_actions"),
    )
    fills = (fills("review_on", plus("agreed_on", days=REVIEW_DAYS)),)
    offers = (offers("unmet", "unmet_need", any_item("services", IS_UNAVAILABLE)),)
    rules = (
        asks("client_part", when=has("agreed_on")),
        asks("no_goal", other("goal", has("client_words")), when=has("agreed_on"), at="agreed_on"),
        warns(
            "client_absent",
            any_item("taking_part", is_("party", "client")),
            when=has("agreed_on"),
            at="taking_part",
        ),
        warns(
            "commissioner_absent",
            any_item("taking_part", is_("party", "commissioner")),
            when=has("agreed_on"),
            at="taking_part",
        ),
        derives("agreed", has("agreed_on"), tone="good"),
        derives("not_agreed", not_(has("agreed_on")), tone="plain"),
        derives("review_late", all_(has("agreed_on"), before("review_on", today()))),
        derives("disputed", one_of("own_hand.agrees", "partly", "no"), tone="plain"),
        derives("unavailable", any_item("services", IS_UNAVAILABLE)),
    )
    falls_due = (Deadline("plan_review", "review_on", days=(0,)),)
    columns = ("agreed_on", "review_on")

    client_part = long_text()
    worker_part = long_text()
    commissioner_part = long_text()
    situation = long_text()
    strengths = long_text()
    #: how the client has found the support so far
    experience = long_text()
    services = Items(fields.Nested(PlannedService))
    taking_part = Items(fields.Nested(TakingPart))
    goals_review = long_text()
    next_actions = long_text()
    dissenting_views = long_text()
    copies_to = text()
    meeting_place = text(searched=False)
    agreed_on = date()
    review_on = date()
    own_hand = fields.Nested(OwnHand)
