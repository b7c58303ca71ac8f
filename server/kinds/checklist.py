"""The checklists of a case: items of its phases and of the seven areas, ticked in visits. One record a case."""

from marshmallow import fields

from server.kinds.base import Items, Kind, Part, date, reference, text, yes_no


class Tick(Part):
    done = yes_no()
    on = date()
    by = reference()
    visit = reference()


class Checklist(Kind):
    #: by item code of the catalogue: `strong.everyday_practice`, `home_care.cleaning`
    ticks = Items(fields.Nested(Tick), item=text(64))
