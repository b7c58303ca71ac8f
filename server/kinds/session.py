"""A group session, of the whole team: what it was about, which clients took part, and how many others came unnamed."""

from marshmallow import fields

from server.kinds.base import Items, Kind, Part, code, instant, long_text, reference, text, whole, yes_no
from server.kinds.homes import TEAM
from server.kinds.rules import asks, folded, group, warns
from server.rules.conditions import before, has, not_, today

GUESTS_MAX = 999
#: so long it stands among the open ones
SHOWN_DAYS = 30


class SessionTime(Part):
    """From when to when; shared out among those present it counts as work with each of them."""

    sentence = ("span",)

    start = instant()
    end = instant()


class Session(Kind):
    icon = "users"
    home_file = TEAM
    happened = ("at.start",)
    layout = (
        group("title", "topic", "at", "place", "present", "guests"),
        folded("more", "note", "leaders", "experts"),
    )
    rules = (
        asks("title"),
        asks("at", has("at.start"), at="at"),
        warns("backwards", not_(before("at.end", "at.start")), at="at", when=has("at.end")),
        warns("no_end", has("at.end"), at="at", when=has("at.start")),
    )
    is_open = not_(before("at.start", today(-SHOWN_DAYS)))

    title = text()
    topic = code("session_topic")
    at = fields.Nested(SessionTime)
    place = code("place")
    leaders = Items(yes_no(), item=reference("person"))
    #: experts by experience who were there
    experts = Items(yes_no(), item=reference("person"))
    #: clients who were there, by their case; a colleague who may not read the case does not see who it is
    present = Items(yes_no(), item=reference("case"))
    #: others who came, counted without a name
    guests = whole(0, GUESTS_MAX)
    note = long_text()
