"""The organisation's registers: landlords, partners, units, dwellings, for whoever works with clients (H3)."""

from server.kinds.base import Kind, code, codes, date, home_address, long_text, reference, text, whole, yes_no
from server.kinds.homes import ORGANISATION
from server.kinds.rules import asks, folded, group, warns
from server.rules.conditions import any_, has, is_, not_

RENT_CENTS_MAX = 1_000_000
ROOMS_MAX = 20
#: the class of visibility of what is kept in the organisation's file and not for everybody in it (D4)
REGISTER = "register"


class Register(Kind):
    """What they have in common. `ended` takes an entry out of the choices; what refers to it stays readable."""

    home_file = ORGANISATION
    visibility_class = REGISTER
    is_open = not_(is_("ended", True))


class Landlord(Register):
    icon = "house"
    layout = (group("name", "source", "contact", "phone"), folded("more", "address", "note", "ended"))
    rules = (asks("name", any_(has("name"), has("address"))),)

    name = text(joined=False)
    source = code("housing_source")
    contact = text()
    phone = text(32, joined=False)
    address = text()
    note = long_text()
    ended = yes_no()


class Partner(Register):
    icon = "users"
    layout = (group("partner_kind", "name", "phone", "contact"), folded("more", "produces", "address", "note", "ended"))
    rules = (asks("name", any_(has("name"), has("address"))),)

    partner_kind = code("partner_kind")
    name = text(joined=False)
    phone = text(32, joined=False)
    contact = text()
    produces = codes("service_type")
    address = text()
    note = long_text()
    ended = yes_no()


class Unit(Register):
    icon = "door-open"
    layout = (group("unit_kind", "name", "area"), folded("more", "address", "organisation_oid", "note", "ended"))
    rules = (asks("name", any_(has("name"), has("address"))),)

    unit_kind = code("unit_kind")
    name = text(joined=False)
    area = text(joined=False)
    address = text()
    organisation_oid = text(64, joined=False)
    note = long_text()
    ended = yes_no()


class Dwelling(Register):
    icon = "key-round"
    layout = (
        group("address", "landlord", "rooms", "rent_cents", "free_from"),
        folded("more", "name", "unit", "note", "ended"),
    )
    rules = (
        asks("address", any_(has("name"), has("address"))),
        warns("rent_missing", has("rent_cents"), at="rent_cents", when=has("free_from")),
    )

    address = home_address()
    name = text(joined=False)
    landlord = reference("landlord")
    unit = reference("unit")
    rooms = whole(0, ROOMS_MAX)
    rent_cents = whole(0, RENT_CENTS_MAX, "cents")
    free_from = date()
    note = long_text()
    ended = yes_no()
