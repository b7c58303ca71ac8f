"""A service or a home that a client needed and there was none: counted by kind and area, without identity."""

from server.kinds.base import Kind, code, date, long_text, text
from server.kinds.rules import asks, fills, folded, group
from server.rules.conditions import today


class UnmetNeed(Kind):
    icon = "circle-question-mark"
    life_area = "errands_network"
    happened = ("on",)
    layout = (group("unmet_need_kind", "on", "words", "instead"), folded("more", "service", "area"))
    fills = (fills("on", today()),)
    rules = (asks("unmet_need_kind"), asks("on"))

    unmet_need_kind = code("unmet_need_kind")
    on = date()
    service = code("linked_service")
    area = text(searched=False)
    words = long_text()
    #: what was done in its place
    instead = long_text()
