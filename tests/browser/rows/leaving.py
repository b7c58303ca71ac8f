"""The end of a case, and what was heard of somebody afterwards."""

from __future__ import annotations

from tests.browser.rows.entry import Entry

ENTRIES = (
    Entry(
        rows=(71,),
        kind="exit",
        typed={
            "on": "2026-11-20",
            "reason": "own_rental_home",
            "outcomes": ("housing_success", "risks_reduced"),
            "next_plan": "Velkaneuvonta jatkuu, muu apu tarvittaessa.",
            "checked/risks_and_means": True,
            "checked/way_back": True,
            "feedback_from_client": "Minua kuunneltiin.",
            "feedback_to_client": "Hoidit muuton itse.",
        },
        broken={"on": "2026-11-20", "reason": "own_rental_home"},
        rule="risks_and_means",
        row="Muutti omaan vuokrakotiin",
        reads=("Muutti omaan kotiin",),
    ),
    Entry(
        rows=(),
        kind="follow_up",
        typed={
            "on": "2026-11-20",
            "months": "3",
            "home": "same_home",
            "words": "Täällä on hyvä olla.",
        },
        broken={"on": "2026-11-20"},
        rule="home",
        row="Sama koti",
        reads=("Koti säilynyt",),
    ),
)
