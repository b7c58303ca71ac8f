"""What clients of the demo need support with, how they and their workers rate everyday life, and their risks."""

import random
from datetime import date, timedelta

from server.catalogue import codes_of
from server.demo.people import Client
from server.demo.phone import Phone
from server.demo.rng import at_clock, draws, uuid7

RATINGS = codes_of("everyday_rating")
BEGUN_DAYS, INTERVAL_DAYS = 9, 95
STANDING = {"preparation": 1, "strong": 1, "normal": 2, "light": 3}
RISKS = (
    ("rent_neglect", "clear", "Vuokra lähtee tililtä palkkapäivänä. Asiakas katsoo tilin joka maanantai."),
    ("missed_visits", "slight", "Tapaaminen sovitaan aina viestillä edellisenä päivänä."),
    ("substance_use", "clear", "Asiakas soittaa sisarelleen ennen viikonloppua. Vieraita ei oteta yöksi."),
    ("isolation", "slight", "Asiakas käy keskiviikkoisin ruokaryhmässä."),
    ("disturbance", "acute", "Ovi pidetään kiinni kello 22 jälkeen. Naapurin kanssa on puhuttu."),
)
HAZARDS = {
    "animals": "Koira viedään toiseen huoneeseen ennen käyntiä.",
    "smoke_alarm": "Uusi palovaroitin tilattu huoltoyhtiöltä.",
    "no_coverage": "Soitetaan tiimille ennen porraskäytävää.",
    "things_on_floor": "Eteinen raivataan yhdessä seuraavalla käynnillä.",
}
UNMET = (
    (
        "affordable_home",
        "Kohtuuhintaisia yksiöitä ei ollut tarjolla kolmeen kuukauteen.",
        "Haettiin myös naapurikunnasta.",
    ),
    ("debt_advice", "Velkaneuvonnan jono oli kaksi kuukautta.", "Tehtiin velkaluettelo yhdessä valmiiksi."),
    ("evening_weekend", "Tukea olisi tarvittu sunnuntaisin.", "Sovittiin soitto maanantaiaamuun."),
)

NEEDS = (
    (("everyday_life", "housing"), (), "Että koti pysyisi kunnossa."),
    (("housing", "finances"), (), "Apua laskujen kanssa."),
    (("housing", "substance_use", "mental_health"), ("complex_needs",), "Että saan nukuttua."),
    (("housing", "mental_health"), ("mental_health_client",), "Joku, jolle soittaa iltaisin."),
    (("housing", "inclusion"), ("young_adult",), "Tekemistä päiviin."),
    (("housing", "finances", "substance_use"), ("released_prisoner", "substance_use_client"), ""),
)
NEEDS_SHARE = 0.7


def rate(phone: Phone, client: Client, today: date) -> None:
    """Both sides at the start and every three months, skills later on; once each, whatever day it is."""
    rng = draws("ratings", client.case)
    begun = client.since + timedelta(days=BEGUN_DAYS)
    days = [begun + timedelta(days=INTERVAL_DAYS * number) for number in range(5)]
    days = [day for day in days if day < today][-3:] or days[:1]
    for number, day in enumerate(days):
        lift = min(number, STANDING[client.phase_on(day) or "preparation"])
        for by in ("client", "worker"):
            _rating(phone, client, rng, day, "areas", "guidance_area", by, lift)
    if len(client.phases) > 2:
        _rating(phone, client, rng, days[-1], "skills", "everyday_skill", "client", 2)
    _risks(phone, client, begun, today)
    _needs(phone, client)


def _rating(
    phone: Phone, client: Client, rng: random.Random, day: date, sheet: str, items: str, by: str, lift: int
) -> None:
    fields: dict[str, object] = {"sheet": sheet, "by": by, "on": day}
    for item in codes_of(items):
        own = draws("rating", client.case, item).choice((0, 1, 1, 2)) + rng.choice((0, 0, 1 if by == "client" else 0))
        fields[f"values/{item}"] = RATINGS[min(own + lift, len(RATINGS) - 1)]
    _write(phone, client, "rating", rng, day, fields)


def _risks(phone: Phone, client: Client, day: date, today: date) -> None:
    rng = draws("risks", client.case)
    for factor, before, means in rng.sample(RISKS, rng.choice((1, 1, 2))):
        risk = {"factor": factor, "before": before, "means": means, "whose": "client", "on": day}
        if len(client.phases) > 2:
            risk |= {"after": rng.choice(("none", "slight")), "after_on": today - timedelta(days=30)}
        _write(phone, client, "risk", rng, day, risk)
    if rng.random() < 0.5:
        hazard = rng.choice(sorted(HAZARDS))
        seen = {f"hazards/{hazard}": {"seen": True, "measure": HAZARDS[hazard]}}
        safety = {"assessed_on": day, "review_on": day + timedelta(days=180), **seen}
        _write(phone, client, "home_safety", rng, day, safety)
    if rng.random() < 0.2:
        kind, words, instead = rng.choice(UNMET)
        unmet = {"unmet_need_kind": kind, "on": day, "words": words, "instead": instead}
        _write(phone, client, "unmet_need", rng, day, unmet)
    if rng.random() < 0.15:
        key = {"name": "Kotiavain", "pieces": 1, "holder": client.worker.id, "received_on": day}
        _write(phone, client, "home_key", rng, day, key | {"return_by": day + timedelta(days=365)})


def _needs(phone: Phone, client: Client) -> None:
    rng = draws("needs", client.case)
    needs, groups, client_words = rng.choice(NEEDS)
    if rng.random() < NEEDS_SHARE:
        said: dict[str, object] = {"needs": list(needs), "on": client.since}
        if groups:
            said["target_groups"] = list(groups)
        if client_words:
            said["client_words"] = client_words
        _write(phone, client, "support_need", rng, client.since, said)


def _write(phone: Phone, client: Client, kind: str, rng: random.Random, day: date, fields: dict[str, object]) -> None:
    record = uuid7(at_clock(client.since, "9.45"), rng)
    if record in phone.records:
        return
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
    phone.write(at_clock(day, "15.50"), kind, client.case, record, said)
