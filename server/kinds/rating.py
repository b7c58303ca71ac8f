"""A rating on our own sheet of 1–5: by the client, by the worker or by the commissioner, side by side over time."""

from server.kinds.base import Items, Kind, choice, code, date, long_text, loose_code, reference, yes_no
from server.kinds.due import Deadline
from server.kinds.rules import asks, fills, folded, group, says
from server.rules.conditions import after, all_, any_, has, is_, not_, other, same, today

INTERVAL_DAYS = 90
ITEM_CHARS_MAX = 64
IN_WORDS = is_("sheet", "mapping")
#: of what both sides rated on one day the worker's is due again
BESIDE_IT = all_(is_("on", same("on")), is_("by", "worker"))
#: the same sheet, by whomever: both sides rate together
RATED_SINCE = other("rating", all_(is_("sheet", same("sheet")), any_(after("on", "^on"), BESIDE_IT)))


class Rating(Kind):
    icon = "target"
    happened = ("on",)
    layout = (
        group("sheet", "by", "on"),
        group("values", when=("all", has("sheet"), not_(IN_WORDS))),
        group("answers", when=IN_WORDS),
        folded("more", "person", "note"),
    )
    fills = (fills("sheet", says("areas")), fills("by", says("worker")), fills("on", today()))
    rules = (asks("sheet"), asks("by"), asks("on"))
    columns = ("sheet", "by", "on")
    falls_due = (Deadline("rating_due", "on", days=(INTERVAL_DAYS,), unless=RATED_SINCE),)

    sheet = code("rating_sheet")
    by = choice("client", "worker", "commissioner")
    on = date()
    #: who rated, where it was a colleague
    person = reference("person")
    #: by item of the sheet, a code of its scale
    values = Items(loose_code("rating_value", ITEM_CHARS_MAX), item=loose_code("rating_item", ITEM_CHARS_MAX))
    #: of a sheet that has no scale
    answers = Items(long_text(), item=loose_code("rating_item", ITEM_CHARS_MAX))
    #: the client rated alone with the phone in hand
    handed_over = yes_no()
    note = long_text()
