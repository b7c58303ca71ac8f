"""Risks, safety at home, what was not to be had, and what was told to others."""

from __future__ import annotations

from tests.browser.rows.entry import Entry

ENTRIES = (
    Entry(
        rows=(31, 48),
        kind="risk",
        typed={
            "factor": "rent_neglect",
            "before": "clear",
            "means": "Vuokra lähtee tililtä palkkapäivänä.",
            "whose": "client",
            "after": "slight",
        },
        broken={"factor": "rent_neglect", "before": "clear"},
        rule="means",
        row="Vuokranmaksun vaikeudet",
    ),
    Entry(
        rows=(90,),
        kind="unmet_need",
        typed={
            "unmet_need_kind": "affordable_home",
            "on": "2026-05-04",
            "words": "Kohtuuhintaista yksiötä ei ollut tarjolla.",
            "instead": "Haettiin tuetun asumisen paikkaa.",
        },
        broken={"unmet_need_kind": "affordable_home", "on": ""},
        rule="on",
        row="Kohtuuhintainen pieni asunto",
    ),
    Entry(
        rows=(15,),
        kind="rating",
        typed={
            "sheet": "dimensions",
            "by": "client",
            "on": "2026-05-04",
            "values/everyday_activities": "3",
            "values/social_relations": "2",
        },
        broken={"sheet": "dimensions", "on": ""},
        rule="on",
        row="Arki, suhteet ja roolit",
        reads=("Onnistuu, kun apua on vähän",),
    ),
    Entry(
        rows=(63,),
        kind="rating",
        typed={"sheet": "skills", "by": "worker", "on": "2026-05-05", "values/food": "4", "values/rhythm": "1"},
        broken={"sheet": "skills", "on": ""},
        rule="on",
        row="Yhdeksän arjen taitoa",
        reads=("Ruokahuolto", "Onnistuu enimmäkseen itse"),
    ),
    Entry(
        rows=(47, 64),
        kind="rating",
        typed={"sheet": "readiness", "by": "client", "on": "2026-05-05", "values/asks_in_time": "5"},
        broken={"sheet": "readiness", "on": ""},
        rule="on",
        row="Valmius itsenäiseen asumiseen",
        reads=("Apua pyydetään ajoissa", "Onnistuu itse"),
    ),
    Entry(
        rows=(88,),
        kind="rating",
        typed={"sheet": "participation", "by": "client", "on": "2026-05-05", "values/hobby": "Joskus"},
        broken={"sheet": "participation", "on": ""},
        rule="on",
        row="Osallisuus",
        reads=("Harrastus tai liikunta",),
    ),
)
