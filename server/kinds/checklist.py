"""The checklists of a case: items of its phases and of the seven areas, ticked in visits. One record a case."""

from marshmallow import fields

from server.kinds.base import Items, Kind, Part, date, loose_code, reference, yes_no


class Tick(Part):
    sentence = ("done", "on")

    done = yes_no()
    on = date()
    by = reference("person")
    visit = reference("visit")


class Checklist(Kind):
    icon = "list-checks"
    made_by_hand = True

    #: by item code of the catalogue: `strong.everyday_practice`, `home_care.cleaning`
    ticks = Items(fields.Nested(Tick), item=loose_code("checklist_item", 64))
