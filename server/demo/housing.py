"""What a worker keeps of a client's home and network: people, applications, rents."""

from datetime import date, timedelta

from server.demo.people import Client
from server.demo.phone import Phone
from server.demo.rng import at_clock, draws, uuid7

NETWORK = (
    ("social_worker", "", "Tekee palvelupäätökset", "050 555 0101"),
    ("landlord", "Lähiasunnot Oy", "Vuokranantaja", "050 555 0102"),
    ("debt_counselling", "Talousneuvonta", "Maksusuunnitelma", "050 555 0103"),
    ("family_member", "Sisko", "Auttaa muutossa", "050 555 0104"),
    ("mental_health_service", "Psykiatrian poliklinikka", "Hoitotapaamiset joka toinen viikko", "050 555 0105"),
)
STREETS = ("Koivukuja 4 B 12", "Satamakatu 18 A 3", "Harjutie 7 C 41", "Puistorinne 2 A 9")
#: stage, and days from today of what it asks for
APPLICATIONS: tuple[tuple[str, dict[str, int]], ...] = (
    ("draft", {}),
    ("sent", {"sent_on": -20, "expires_on": 70}),
    ("active", {"sent_on": -81, "expires_on": 9}),
    ("offer_received", {"sent_on": -60, "answer_by": 3}),
    ("contract_signed", {"sent_on": -120}),
)
#: of 100 rents 20 are late, 5 of them by more than a month
RENTS = {
    "paid": 66,
    "direct_payment": 14,
    "paid_late": 7,
    "unpaid": 3,
    "partly_paid": 2,
    "payment_plan": 3,
    "arrears_one_month": 3,
    "arrears_two_months": 2,
}
PAID = ("paid", "direct_payment", "paid_late")
RENT_MONTHS = 6


def keep_house(phone: Phone, client: Client, today: date) -> None:
    """Once for each client: what is there already is not written again, whatever day it is."""
    rng = draws("housing", client.case)
    at_ms = at_clock(today - timedelta(days=2), "15.30")
    made_ms = at_clock(client.since, "15.30")
    fields: dict[str, object]
    for kind, name, task, number in rng.sample(NETWORK, rng.choice((1, 2, 3))):
        # Of a client there is one social worker, whom the header names.
        called = name or client.fields["social_worker"]
        fields = {"member_kind": kind, "name": called, "task": task, "phone": number}
        _write(phone, at_ms, "member", client, uuid7(made_ms, rng), fields)
    if rng.random() < 0.5:
        status, days = rng.choice(APPLICATIONS)
        fields = {
            "status": status,
            "housing_source": rng.choice(("municipal_rental", "non_profit_rental", "private_rental")),
            "address": rng.choice(STREETS),
            "rent_cents": rng.choice((48_000, 52_550, 61_000)),
            **{name: (today + timedelta(days=number)).isoformat() for name, number in days.items()},
        }
        _write(phone, at_ms, "application", client, uuid7(made_ms, rng), fields)
    if len(client.phases) > 1:
        amount = rng.choice((48_000, 55_000, 61_250))
        this_month = first = today.replace(day=1)
        for _ in range(RENT_MONTHS):
            if first >= client.phases[1].since and (client.ended is None or first <= client.ended):
                _rent(phone, at_ms, client, first, amount, today, is_latest=first == this_month)
            first = (first - timedelta(days=1)).replace(day=1)


def _rent(phone: Phone, at_ms: int, client: Client, first: date, amount: int, today: date, *, is_latest: bool) -> None:
    """Of one month; what was late in an earlier one has been paid by now."""
    rng = draws("rent", client.case, first)
    shares = RENTS if is_latest else {status: RENTS[status] for status in PAID}
    status = rng.choices(list(shares), list(shares.values()))[0]
    fields: dict[str, object] = {
        "month": first.isoformat(),
        "due_on": first.replace(day=2).isoformat(),
        "amount_cents": amount,
        "status": status,
    }
    if status in ("paid", "paid_late"):
        paid = first + timedelta(days=1 if status == "paid" else 6)
        fields |= {"paid_cents": amount, "paid_on": min(paid, today).isoformat()}
    _write(phone, at_ms, "rent", client, uuid7(at_clock(first, "9.00"), rng), fields)


def _write(phone: Phone, at_ms: int, kind: str, client: Client, record: str, fields: dict[str, object]) -> None:
    if record not in phone.records:
        phone.write(at_ms, kind, client.case, record, fields)
