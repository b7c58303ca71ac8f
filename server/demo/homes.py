"""Where a client of the demo lives, from the first night to the home of their own, and what threatened it."""

import random
from datetime import date, timedelta

from server.demo.people import Client
from server.demo.phone import Phone
from server.demo.rng import at_clock, draws, instant, uuid7

FIRST_ROOFS = ("temporary_housing", "with_others", "hostel", "emergency_shelter", "supported_unit")
NEXT_STEPS = ("applications", "documents", "viewing", "debts", "map_options")
LAST_RESORT = "Luottotiedot ovat menneet, eikä yksikään vuokranantaja tarjonnut asuntoa puolen vuoden aikana."
TRIED_FIRST = "Oma pankki ja suoramaksu kokeiltiin keväällä. Laskut jäivät silti maksamatta."
DISTURBANCES = (
    ("night_noise", "property_manager", "Musiikkia kolmeen asti yöllä. Kaksi naapuria soitti huoltoyhtiöön."),
    ("visitors", "landlord", "Vieraat jäivät porraskäytävään ja soittivat naapurien ovikelloja."),
    ("odour_waste", "property_manager", "Roskapusseja parvekkeella."),
)
#: of 168 clients three are threatened: a stage, days from today to the day to move out, and cents
THREATS = (("move_notice", 12, 184_000), ("termination_notice", None, 122_500), ("court_claim", None, 96_050))


def keep_home(phone: Phone, client: Client, today: date) -> None:
    """Once for each client, as `keep_house`."""
    number = int(client.client_id.removeprefix("OV-"))
    home = _stays(phone, client, number, today)
    if home and number % 8 == 3:
        _disturbance(phone, client, number, today)
    if home and number % 56 == 4:
        _eviction(phone, client, number, home, today)


def _stays(phone: Phone, client: Client, number: int, today: date) -> str | None:
    """The roof that support begins under, and the home found since; the id of that home."""
    rng = draws("stays", client.case)
    moved = client.phases[1].since if len(client.phases) > 1 else None
    first = {
        "stay_kind": rng.choice(FIRST_ROOFS),
        "start": client.since - timedelta(days=rng.randint(3, 40)),
        "end": moved,
        "expected_end": None if moved else today + timedelta(days=rng.choice((-3, 5, 21, 40))),
        "next_home": rng.choice(NEXT_STEPS),
    }
    _write(phone, client, "stay", _id(client, rng), client.since, first)
    if moved is None:
        if number % 14 == 2:
            _sublet(phone, client, today, today + timedelta(days=9))
        return None
    if number % 28 == 7:
        return _sublet(phone, client, moved, moved)
    record = _id(client, rng)
    home = {
        "stay_kind": "own_rental",
        "start": moved,
        "address": client.fields.get("address"),
        "rent_cents": rng.choice((48_000, 55_000, 61_250)),
    }
    _write(phone, client, "stay", record, moved, home)
    return record


def _sublet(phone: Phone, client: Client, day: date, start: date) -> str:
    """A sublet under an agency account; one that is yet to begin waits for it."""
    rng = draws("sublet", client.case)
    record = _id(client, rng)
    sublet = {"stay_kind": "sublet", "start": start, "why_last_resort": LAST_RESORT, "next_home": "debts"}
    _write(phone, client, "stay", record, day, sublet)
    account: dict[str, object] = {"status": "consent_given", "tried_first": TRIED_FIRST}
    if start <= day:
        valid = {"valid_from": start, "valid_to": start + timedelta(days=365)}
        account |= {"status": "active", "decided_on": start - timedelta(days=6), **valid}
        account["execution"] = "Vuokra ja sähkö maksetaan tililtä, loput asiakkaalle kahdesti kuussa."
    _write(phone, client, "agency_account", _id(client, rng), day, account)
    return record


def _disturbance(phone: Phone, client: Client, number: int, today: date) -> None:
    rng = draws("disturbance", client.case)
    kind, by, text = DISTURBANCES[number % len(DISTURBANCES)]
    ago = rng.choice((1, 6, 19, 60))
    at = at_clock(today - timedelta(days=ago), "1.40")
    fields: dict[str, object] = {"disturbance_kind": kind, "at": instant(at), "text": text}
    fields |= {"reported_at": instant(at + 8 * 60 * 60_000), "reported_by": by}
    if ago > 1:
        seen_to = at + 30 * 60 * 60_000
        fields["interventions/talk_client"] = {"at": instant(seen_to), "by": client.worker.id}
    if ago > 30:
        fields["resolved_on"] = today - timedelta(days=ago - 11)
    _write(phone, client, "disturbance", _id(client, rng), today - timedelta(days=ago), fields)


def _eviction(phone: Phone, client: Client, number: int, home: str, today: date) -> None:
    rng = draws("eviction", client.case)
    stage, days, claim = THREATS[number // 56 % len(THREATS)]
    warned = today - timedelta(days=52)
    fields: dict[str, object] = {
        "stage": stage,
        "dates/written_warning": warned,
        f"dates/{stage}": today - timedelta(days=4),
        "reason": "rent_arrears",
        "claim_cents": claim,
        "stay": home,
        "move_by": None if days is None else today + timedelta(days=days),
    }
    _write(phone, client, "eviction", _id(client, rng), warned, fields)


def _id(client: Client, rng: random.Random) -> str:
    """The same on whatever day the demo is begun."""
    return uuid7(at_clock(client.since, "9.40"), rng)


def _write(phone: Phone, client: Client, kind: str, record: str, day: date, fields: dict[str, object]) -> None:
    if record in phone.records:
        return
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
    given = {name: value for name, value in said.items() if value is not None}
    phone.write(at_clock(day, "15.40"), kind, client.case, record, given)
