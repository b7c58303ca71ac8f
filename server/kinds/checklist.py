"""The checklists of a case: items of its phases and of the seven areas, ticked in visits. One record a case."""

from marshmallow import Schema, fields

from server.kinds.base import Items, Kind, date, reference, text


class Tick(Schema):
    done = fields.Boolean(truthy={True}, falsy={False})
    on = date()
    by = reference()
    visit = reference()


class Checklist(Kind):
    #: by item code of the catalogue: `strong.everyday_practice`, `home_care.cleaning`
    ticks = Items(fields.Nested(Tick), item=text(64))
