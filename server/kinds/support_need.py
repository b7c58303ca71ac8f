"""What a client needs support with, and the groups they belong to: health, substances, violence.

For the roles that work with clients alone: an administrator who is let into a file has no need to know.
"""

from server.kinds.base import Kind, codes, date, long_text
from server.kinds.readers import CASEWORKERS, CLIENT_WORK
from server.kinds.rules import asks, fills, folded, group
from server.rules.conditions import any_, has, today


class SupportNeed(Kind):
    icon = "life-buoy"
    readers = CASEWORKERS
    visibility_class = CLIENT_WORK
    happened = ("on",)
    layout = (group("needs", "client_words", "on"), folded("groups", "target_groups", "note"))
    fills = (fills("on", today()),)
    rules = (
        asks("something", any_(has("needs"), has("target_groups"), has("client_words")), at="needs"),
        asks("on"),
    )

    needs = codes("support_need")
    target_groups = codes("target_group")
    #: in the client's own words: not now is an answer too
    client_words = long_text()
    #: when it was talked about
    on = date()
    note = long_text()
