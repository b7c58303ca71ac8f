"""The people around a client."""

from __future__ import annotations

from tests.browser.rows.entry import Entry

ENTRIES = (
    Entry(
        rows=(80,),
        kind="member",
        typed={"member_kind": "landlord", "name": "Harjun Kodit", "task": "Vuokraa asunnon."},
        broken={"member_kind": "landlord"},
        rule="landlord_consent",
        row="Harjun Kodit",
        reads=("Asiakkaan lupa ottaa yhteyttä vuokranantajaan puuttuu",),
    ),
    Entry(
        rows=(16,),
        kind="member",
        typed={
            "member_kind": "landlord",
            "name": "Esimerkkiasunnot Oy",
            "phone": "040 000 9911",
            "task": "Vuokraa asunnon.",
        },
        broken={"member_kind": "landlord"},
        rule="name",
        row="Esimerkkiasunnot Oy",
    ),
)
