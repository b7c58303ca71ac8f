"""The organisation's registers: landlords, partners, units and dwellings, written by one worker for all (H3)."""

from datetime import date, timedelta

from server.demo.phone import Phone
from server.demo.rng import at_clock, draws, uuid7

LANDLORDS = (
    ("Lähiasunnot Oy", "non_profit_rental", "Ritva Salo", "050 555 0202"),
    ("Kaupungin vuokra-asunnot", "municipal_rental", "Asuntotoimisto", "050 555 0203"),
    ("Harjun Kodit", "private_rental", "Pertti Aalto", "050 555 0204"),
)
PARTNERS = (
    ("Keskustan hyvinvointialue", "wellbeing_county", "Katri Lehto", "050 555 0211"),
    ("Talousneuvonta", "state_authority", None, "050 555 0213"),
    ("Yöpaikka ry", "ngo", None, "050 555 0214"),
)
UNITS = (
    ("Asemanseudun tukipiste", "low_threshold_place", "Keskusta"),
    ("Rantakadun yksikkö", "temporary_housing_unit", "Ranta"),
)
#: address, whose, rooms, rent, days from today when it is free
DWELLINGS = (
    ("Koivukuja 4 B 12", 0, 1, 48_000, -3),
    ("Satamakatu 18 A 3", 0, 2, 61_000, 20),
    ("Harjutie 7 C 41", 1, 1, 52_550, None),
    ("Puistorinne 2 A 9", 2, 2, 64_000, 5),
)


def keep_registers(phone: Phone, org: str, today: date) -> None:
    rng = draws("registers")
    at_ms = at_clock(today - timedelta(days=30), "9.15")

    def write(kind: str, **fields: object) -> str:
        record = uuid7(at_ms, rng)
        phone.write(at_ms, kind, org, record, {name: value for name, value in fields.items() if value is not None})
        return record

    landlords = [
        write("landlord", name=name, source=source, contact=contact, phone=number)
        for name, source, contact, number in LANDLORDS
    ]
    for name, kind, contact, number in PARTNERS:
        write("partner", name=name, partner_kind=kind, contact=contact, phone=number)
    units = [write("unit", name=name, unit_kind=kind, area=area) for name, kind, area in UNITS]
    for address, whose, rooms, rent, days in DWELLINGS:
        free = None if days is None else (today + timedelta(days=days)).isoformat()
        own = {"landlord": landlords[whose], "unit": units[0] if whose == 1 else None}
        write("dwelling", address=address, rooms=rooms, rent_cents=rent, free_from=free, **own)
    phone.send()
