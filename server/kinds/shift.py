"""A shift of one's own: from when to when, and with whom."""

from server.kinds.base import Kind, instant, long_text, reference
from server.kinds.homes import OWN
from server.kinds.rules import asks, folded, group, warns
from server.rules.conditions import before, has, not_


class Shift(Kind):
    icon = "clock"
    home_file = OWN
    happened = ("start",)
    layout = (group("start", "end"), folded("more", "partner", "note"))
    rules = (asks("start"), warns("backwards", not_(before("end", "start")), at="end", when=has("end")))
    is_open = not_(has("end"))

    start = instant()
    end = instant()
    partner = reference("person")
    note = long_text()
