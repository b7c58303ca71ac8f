"""What a team keeps together: groups that clients took part in, and people met outside."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from server.demo.people import Client
from server.demo.phone import Phone
from server.demo.rng import MINUTE_MS, draws, instant, uuid7
from server.rules.dates import FINLAND

DAY_MINUTES = 24 * 60
#: title, topic, days ago, minutes, how many clients took part, others, and a note
GROUPS = (
    ("Ruokaryhmä", "food", 3, 120, 4, 3, "Keitettiin linssikeittoa. Kaksi lupasi tuoda ensi kerralla ohjeen."),
    (
        "Vuokralaisen ilta",
        "tenant_rights",
        10,
        90,
        3,
        6,
        "Vuokravakuus ja irtisanomisajat. Kysymyksiä jäi kotivakuutuksesta.",
    ),
    ("Ruokaryhmä", "food", 17, 120, 3, 2, None),
    ("Asukaskokous", "residents_meeting", 24, 60, 5, 8, "Pyykkituvan vuorot sovittiin, hiljaisuus kello 22 alkaen."),
)
#: minutes ago, and what is known
MET: tuple[tuple[int, dict[str, object]], ...] = (
    (
        20 * 60,
        {
            "alias": "Jokke",
            "place": "street",
            "place_words": "Aseman odotusaula",
            "needs": ["roof_tonight", "papers"],
            "answers/has_home": "no",
            "answers/can_pay": "not_sure",
            "answers/wants_help": "yes",
            "done": "Juteltiin ja juotiin kahvit. Yöpaikasta soitettiin, tilaa on.",
            "next": "Käydään yhdessä katsomassa henkilötodistusta",
            "age_band": "age_30_44",
        },
    ),
    (
        3 * DAY_MINUTES,
        {
            "alias": "Punatakki",
            "place": "day_centre",
            "needs": ["company"],
            "answers/has_home": "yes",
            "answers/wants_help": "no",
            "done": "Kertoi asuvansa siskon luona. Ei kaipaa nyt mitään.",
        },
    ),
    (6 * DAY_MINUTES, {"place": "day_centre", "needs": ["food_warmth"], "people": 7, "done": "Jaettiin keittoa."}),
)


def _afternoon_before(at_ms: int) -> int:
    """Groups meet by day, whenever the demo is made."""
    at = datetime.fromtimestamp(at_ms / 1000, FINLAND)
    end = at.replace(hour=15, minute=0, second=0, microsecond=0)
    return int((end if end < at else end - timedelta(days=1)).timestamp() * 1000)


def work_together(phone: Phone, team: str, clients: Sequence[Client], now_ms: int) -> None:
    rng = draws("teamwork")

    def write(at_ms: int, kind: str, **said: object) -> None:
        fields = {path: value for path, value in said.items() if value is not None}
        phone.write(at_ms, kind, team, uuid7(at_ms, rng), fields)

    for title, topic, days, minutes, present, guests, note in GROUPS:
        end_ms = _afternoon_before(now_ms - days * DAY_MINUTES * MINUTE_MS)
        at = {"start": instant(end_ms - minutes * MINUTE_MS), "end": instant(end_ms)}
        there = {f"present/{client.case}": True for client in rng.sample(list(clients), min(present, len(clients)))}
        write(end_ms, "session", title=title, topic=topic, at=at, place="day_centre", guests=guests, note=note, **there)
    for minutes, known in MET:
        at_ms = now_ms - minutes * MINUTE_MS
        write(at_ms, "outreach", at=instant(at_ms), **known)
    phone.send()
