"""A key of the client's home that a worker holds: by which agreement, until when, and where it went back to."""

from server.kinds.base import Kind, date, long_text, reference, text, whole
from server.kinds.due import Deadline
from server.kinds.rules import asks, derives, fills, folded, group, me, warns
from server.rules.conditions import all_, before, has, not_, today


class HomeKey(Kind):
    icon = "lock"
    life_area = "home_care"
    happened = ("received_on",)
    layout = (
        group("name", "holder", "received_on", "return_by"),
        group("returned_on", "returned_to"),
        folded("more", "pieces", "allowed_by", "note"),
    )
    fills = (fills("holder", me()), fills("received_on", today()))
    rules = (
        asks("name"),
        asks("holder"),
        asks("received_on"),
        asks("returned_to", has("returned_to"), when=has("returned_on"), at="returned_to"),
        asks("backwards", not_(before("returned_on", "received_on")), when=has("returned_on"), at="returned_on"),
        warns("allowed_by", has("allowed_by"), at="allowed_by", when=not_(has("returned_on"))),
        derives("late", all_(before("return_by", today()), not_(has("returned_on")))),
    )
    is_open = not_(has("returned_on"))
    falls_due = (Deadline("home_key_return", "return_by", days=(0,), unless=has("returned_on")),)
    columns = ("name", "pieces", "holder", "received_on", "return_by", "returned_on")

    #: which key: "Kotiavain", "Postilaatikko"; never an address
    name = text()
    holder = reference("person")
    received_on = date()
    return_by = date()
    returned_on = date()
    #: to whom: the client, the landlord, the maintenance company
    returned_to = text()
    pieces = whole(1, 20)
    #: the consent or agreement by which it is held
    allowed_by = reference("agreement")
    note = long_text()
