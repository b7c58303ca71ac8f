"""A joint talk with client and commissioner, for any reason: what is in the client's interest, and what came of it."""

from marshmallow import fields

from server.kinds.base import Items, Kind, Part, choice, code, date, instant, long_text, text, yes_no
from server.kinds.due import Deadline
from server.kinds.rules import asks, derives, fills, folded, group, now, warns
from server.rules.conditions import all_, any_item, before, has, is_, not_, today, within

#: whose part in a plan or a talk it is
PARTIES = ("client", "worker", "commissioner", "close_person", "network")


class TakingPart(Part):
    sentence = ("party", "name")

    party = choice(*PARTIES)
    name = text(searched=False)


class Talk(Kind):
    icon = "message-square"
    happened = ("at",)
    layout = (
        group("reason", "at", "client_interest", "client_words", "result"),
        folded("people", "taking_part"),
        folded("next", "more_support", "follow_on"),
    )
    fills = (fills("at", now()),)
    rules = (
        asks("reason"),
        asks("at"),
        asks("client_interest"),
        asks("result"),
        warns("client_absent", any_item("taking_part", is_("party", "client")), at="taking_part"),
        derives("more_support", is_("more_support", True), tone="plain"),
        derives("follow_soon", within("follow_on", 0, 7)),
    )
    #: somebody is to come back to it
    is_open = all_(has("follow_on"), not_(before("follow_on", today(-14))))
    falls_due = (Deadline("talk_follow_up", "follow_on", days=(0,)),)
    columns = ("reason", "at", "result", "follow_on")

    reason = code("talk_reason")
    at = instant()
    #: what would be best for the client, before anybody's rules
    client_interest = long_text()
    client_words = long_text()
    result = long_text()
    taking_part = Items(fields.Nested(TakingPart))
    more_support = yes_no()
    follow_on = date()
