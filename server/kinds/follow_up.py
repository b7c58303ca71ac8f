"""Three, six and twelve months after the exit: whether there is still a home, and whether support is wished for."""

from server.kinds.base import Kind, code, date, long_text, reference, whole, yes_no
from server.kinds.rules import asks, derives, fills, flagged, folded, group
from server.rules.conditions import is_, today

MONTHS_MAX = 60


class FollowUp(Kind):
    icon = "history"
    happened = ("on",)
    layout = (group("on", "months", "home", "words", "wants_support"), folded("more", "exit"))
    fills = (fills("on", today()),)
    rules = (
        asks("on"),
        asks("home"),
        derives("home_kept", flagged("home", "follow_up_home", "home_kept"), tone="good"),
        derives("homeless", flagged("home", "follow_up_home", "homeless")),
        derives("wants_support", is_("wants_support", True)),
    )

    on = date()
    #: since the exit
    months = whole(1, MONTHS_MAX)
    home = code("follow_up_home")
    #: what the client said, in own words
    words = long_text()
    wants_support = yes_no()
    exit = reference("exit")
