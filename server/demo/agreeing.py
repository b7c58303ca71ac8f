"""What was decided and agreed with a client: the decision, consents, a commitment in own words, a plan."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from server.demo.people import HOURS, Client
from server.demo.phone import Phone
from server.demo.rng import at_clock, draws, instant, uuid7

COMMITMENTS = (
    "Haluan oman kodin ja että joku käy, kun postit jäävät avaamatta.",
    "Lähden tähän mukaan, kunhan minulta kysytään ensin.",
    "Tarvitsen apua vuokran kanssa. Muuten pärjään.",
    "En halua enää kadulle. Käykää vaan.",
    "Kokeillaan puoli vuotta ja katsotaan sitten.",
)
NOT_YET = ("Mietin vielä. En halua, että kotona ravataan.", "Ei nyt. Saa kysyä uudestaan keväällä.")
CLIENTS_LIMITS = (
    "Vain vuokra-asioista, ei terveydestä.",
    "Saa soittaa siskolle, ei äidille.",
    "Ei kerrota hoitokäynneistä.",
)


CLIENT_PARTS = (
    "Avaan postit ja tuon ne ohjaajalle, jos en tiedä mitä tehdä.",
    "Maksan vuokran heti kun raha tulee.",
    "Käyn poliklinikalla ja kerron, jos yöt menevät huonoksi.",
    "Siivoan ennen kuin ohjaaja tulee.",
)
WORKER_PARTS = (
    "Käyn kotona viikoittain, autan hakemuksissa ja soitan vuokranantajalle yhdessä asiakkaan kanssa.",
    "Pidän yhteyttä verkostoon ja muistutan sovituista ajoista.",
)
STRENGTHS = (
    "Sitkeä, hoitaa asiat kun ne on kirjoitettu ylös.",
    "Hyvä ruoanlaittaja, naapurit tuttuja.",
    "Sisko tukena.",
)
SERVICES = (
    ("debt_advice", "Esimerkkilän velkaneuvonta", "queued"),
    ("mental_health", "Psykiatrian poliklinikka", "running"),
    ("substance", "Päihdepoliklinikka", "considered"),
    ("health_centre", "Esimerkkilän terveysasema", "running"),
    ("rehabilitative_work", "Työpaja Esimerkki", "granted"),
    ("ngo", "Asukastupa", "running"),
    ("home_support", "Kotihoito", "unavailable"),
)
TALKS: tuple[dict[str, object], ...] = (
    {
        "reason": "rent_unpaid",
        "client_interest": "Koti säilyy ja velka pysyy sellaisena, että sen jaksaa maksaa.",
        "client_words": "En avannut kirjeitä, kun pelotti.",
        "result": "Vuokra suoraan Kelasta vuokranantajalle, velasta maksusuunnitelma.",
        "more_support": True,
    },
    {
        "reason": "client_wish",
        "client_interest": "Saa tavata siskon lapsia omassa kodissa.",
        "client_words": "Haluan, että käyntejä on harvemmin.",
        "result": "Käynnit joka toinen viikko, soitto välissä.",
    },
)


def agree(phone: Phone, client: Client, today: date) -> None:
    """Once for each client: what is there already is not written again, whatever day it is."""
    for parts in (_decisions, _agreements, _plans, _money):
        for day, kind, fields in parts(client, today):
            rng = draws(kind, client.case, fields.get("agreement_kind") or fields.get("benefit_kind"))
            record = uuid7(at_clock(client.since, "14.00"), rng)
            at_ms = at_clock(min(day, today - timedelta(days=1)), "14.00")
            phone.write_once(at_ms, kind, client.case, record, fields)


def _decisions(client: Client, today: date) -> Iterator[tuple[date, str, dict[str, object]]]:
    rng = draws("decision", client.case)
    begun = client.since
    decided = begun - timedelta(days=rng.randint(2, 6))
    about = {
        "service_type": client.fields.get("service_type"),
        "task": "working_age_services",
        "arrangement": rng.choice(("own_production", "purchased_service")),
        "setting": "in_own_home" if len(client.phases) > 1 else "moving_to_own_home",
        "decided_by": client.fields.get("social_worker"),
        "hours_per_month": HOURS[client.phases[-1].code],
    }
    end = client.service_end or begun + timedelta(days=540)
    status = {"status": "active"}
    if client.ended:
        status = {"status": "ended"}
    elif end - today < timedelta(days=30) and rng.random() < 0.5:
        status = {"status": "extension_requested"} | _iso({"extension_asked_on": today - timedelta(days=4)})
    dates = {"decided_on": decided, "start": begun, "end": end}
    yield (
        decided,
        "decision",
        about | status | _iso(dates) | {"number": client.client_id.replace("OV", str(decided.year))},
    )


def _agreements(client: Client, today: date) -> Iterator[tuple[date, str, dict[str, object]]]:
    rng = draws("agreement", client.case)
    day = client.since + timedelta(days=rng.randint(3, 9))
    commits = len(client.phases) > 1 or rng.random() < 0.6
    yield from _answered(day, "commitment", "yes" if commits else rng.choice(("thinking", "not_now")), rng)
    yield from _answered(day, "rights_duties", "yes", rng)
    if commits:
        yield from _answered(day + timedelta(days=7), "support_agreement", "yes", rng)
        yield from _answered(day + timedelta(days=7), "consent_to_share", rng.choice(("yes", "yes_with_limits")), rng)
        if rng.random() < 0.5:
            for said in _answered(day + timedelta(days=7), "landlord_contact", "yes", rng):
                withdrawn = _iso({"withdrawn_on": today - timedelta(days=9)}) if rng.random() < 0.08 else {}
                yield (*said[:2], said[2] | withdrawn)


def _answered(day: date, kind: str, answer: str, rng: random.Random) -> Iterator[tuple[date, str, dict[str, object]]]:
    fields: dict[str, object] = {"agreement_kind": kind, "answer": answer, **_iso({"on": day})}
    if kind == "commitment":
        fields["own_words"] = rng.choice(COMMITMENTS if answer == "yes" else NOT_YET)
    if answer == "yes_with_limits":
        fields["limits"] = rng.choice(CLIENTS_LIMITS)
    if kind in ("consent_to_share", "landlord_contact"):
        fields |= _iso({"until": day + timedelta(days=rng.choice((365, 540, 730)))})
    if answer.startswith("yes") and rng.random() < 0.85:
        fields["copy_given"] = {"on": day.isoformat(), "how": rng.choice(("Paperilla", "Postitse", "Sähköisesti"))}
        if kind in ("support_agreement", "consent_to_share", "landlord_contact"):
            fields |= _iso({"signed_on": day})
    yield day, "agreement", fields


def _iso(days: dict[str, date]) -> dict[str, str]:
    return {name: day.isoformat() for name, day in days.items()}


def _plans(client: Client, today: date) -> Iterator[tuple[date, str, dict[str, object]]]:
    """Nine clients in ten have a plan that is not older than 90 days; while it is being prepared it is not agreed."""
    rng = draws("plan of", client.case)
    made = max(client.since + timedelta(days=14), today - timedelta(days=rng.choice((12, 30, 55, 80, 80, 110))))
    if made >= (client.ended or today):
        return
    is_agreed = len(client.phases) > 1
    fields: dict[str, object] = {
        "client_part": rng.choice(CLIENT_PARTS),
        "worker_part": rng.choice(WORKER_PARTS),
        "commissioner_part": "Palvelu jatkuu päätöksen loppuun. Jatkosta sovitaan hyvissä ajoin.",
        "strengths": rng.choice(STRENGTHS),
    }
    parties: list[tuple[str, object]] = [("client", client.name), ("worker", client.worker.name)]
    if rng.random() < 0.8:
        parties.append(("commissioner", client.fields.get("social_worker")))
    for number, (party, name) in enumerate(parties):
        fields[f"taking_part/{_item(made, number, rng)}"] = {"party": party, "name": name}
    for number, (service, who, state) in enumerate(rng.sample(SERVICES, rng.choice((1, 2, 3))), 10):
        since = {} if state in ("considered", "unavailable") else _iso({"since": made})
        service_of = {"service": service, "who": who, "state": state} | since
        fields[f"services/{_item(made, number, rng)}"] = service_of
    if is_agreed:
        fields |= _iso({"agreed_on": made, "review_on": made + timedelta(days=90)})
    if rng.random() < 0.08:
        fields["dissenting_views"] = "Tilaaja olisi harventanut käyntejä jo nyt, asiakas ei."
    yield made, "plan", fields


def _money(client: Client, today: date) -> Iterator[tuple[date, str, dict[str, object]]]:
    """What was applied for; two unpaid months, or another worry, and the talk about it."""
    if client.ended:
        return
    rng = draws("money", client.case)
    asked = today - timedelta(days=rng.choice((4, 11, 19, 24, 27)))
    basic = rng.choice(("to_apply", "applied", "granted", "granted", "granted_partly"))
    fields: dict[str, object] = {"benefit_kind": "basic_social_assistance", "status": basic}
    if basic == "to_apply":
        fields |= _iso({"asked_on": asked, "answer_by": asked + timedelta(days=30)}) | {"doer": "client"}
    elif basic == "applied":
        fields |= _iso({"applied_on": asked}) | {"doer": "client", "help_level": "alongside"}
    else:
        fields |= _granted(asked, rng.choice((57_843, 31_200, 18_050)), rng)
    yield asked, "benefit", fields
    if rng.random() < 0.7:
        fields = {"benefit_kind": "general_housing_allowance", "status": "granted", "tenant_share_cents": 14_300}
        yield asked, "benefit", fields | _granted(asked, rng.choice((29_800, 34_400)), rng)
    if rng.random() < 0.12:
        held = today - timedelta(days=rng.randint(5, 60))
        fields = dict(rng.choice(TALKS)) | {"at": instant(at_clock(held, "13.00"))}
        fields[f"taking_part/{_item(held, 1, rng)}"] = {"party": "client", "name": client.name}
        yield held, "talk", fields


def _granted(day: date, cents: int, rng: random.Random) -> dict[str, object]:
    ends = day + timedelta(days=rng.choice((40, 120, 300)))
    return _iso({"decided_on": day, "starts_on": day, "ends_on": ends}) | {"monthly_cents": cents}


def _item(day: date, number: int, rng: random.Random) -> str:
    return uuid7(at_clock(day, "13.00") + number, rng)
