"""Who is in the fictional caseload: teams, workers and their clients with their phases."""

import json
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TypedDict

from server.catalogue import catalogue
from server.demo.rng import at_clock, draws, uuid7
from server.demo.writing import SENTENCES, pick


class NamedPerson(TypedDict):
    sign_in: str
    name: str


class NamedTeam(TypedDict):
    name: str
    town: str
    slots: list[str]
    leader: NamedPerson
    workers: list[NamedPerson]


class People(TypedDict):
    password: str
    teams: list[NamedTeam]
    manager: NamedPerson
    measuring: NamedPerson
    social_workers: list[str]
    streets: list[str]
    first_names: list[str]
    initials: str


PEOPLE: People = json.loads((Path(__file__).parent / "people.json").read_text(encoding="utf-8"))
HISTORY_DAYS = 425
HOURS: dict[str, int] = catalogue()["parameters"]["phase_hours_per_month"]
#: 14 clients a worker: 2 + 4 + 5 + 3 of them, 113 contracted hours a month
CASELOAD = ("preparation",) * 2 + ("strong",) * 4 + ("normal",) * 5 + ("light",) * 3
CLIENTS_OF_ONE = len(CASELOAD)
#: of so many one is visited by two, and one is under a non-disclosure order
ONE_IN, PAIR_AT, HIDDEN_AT = 56, 3, 10
HIDDEN_NOTE = "Osoitetta ei kerrota kenellekään, ei edes puhelimessa. Soita numeroon ennen tuloa."
#: the last client of every third worker has left
ENDED_ONE_IN = 3 * CLIENTS_OF_ONE
WAYS = {
    "preparation": ("preparation",),
    "strong": ("preparation", "strong"),
    "normal": ("preparation", "strong", "normal"),
    "light": ("preparation", "strong", "normal", "light"),
}


@dataclass(frozen=True)
class Member:
    """A person who signs in."""

    id: str
    sign_in: str
    name: str
    role: str
    phone: str
    team: int | None


@dataclass(frozen=True)
class Phase:
    code: str
    since: date
    reason: str | None
    note: str


@dataclass
class Client:
    case: str
    client_id: str
    name: str
    worker: Member
    town: str
    phases: list[Phase]
    #: the case's fields besides its phases
    fields: dict[str, object] = field(default_factory=dict)
    #: the case has ended on that day
    ended: date | None = None
    #: who comes along where nobody is to go alone
    partner: str | None = None

    @property
    def since(self) -> date:
        return self.phases[0].since

    @property
    def service_end(self) -> date | None:
        service = self.fields.get("service")
        end = service.get("end") if isinstance(service, dict) else None
        return date.fromisoformat(end) if isinstance(end, str) else None

    def has_flag(self, flag: str) -> bool:
        flags = self.fields.get("safety")
        return isinstance(flags, list) and flag in flags

    def end_service(self, day: date) -> None:
        service = self.fields["service"]
        self.fields["service"] = {**service, "end": day.isoformat()} if isinstance(service, dict) else None

    def phase_on(self, day: date) -> str | None:
        """The phase's code, or None before the service began and after it ended."""
        if self.ended and day >= self.ended:
            return None
        past = [phase for phase in self.phases if phase.since <= day]
        return past[-1].code if past else None


def staff(workers: int) -> tuple[list[Member], list[Member]]:
    """`(workers, leaders and manager)`. Beyond the named twelve they are numbered."""
    rng = draws("staff")
    teams = PEOPLE["teams"]
    named = [(i, person) for i, team in enumerate(teams) for person in team["workers"]]
    for number in range(len(named) + 1, workers + 1):
        name: NamedPerson = {"sign_in": f"ohjaaja{number}", "name": f"Ohjaaja {number}"}
        named.append((number % len(teams), name))

    def member(person: NamedPerson, role: str, team: int | None, number: int) -> Member:
        key = uuid7(at_clock(date(2024, 1, 8), "8.00"), rng)
        return Member(key, person["sign_in"], person["name"], role, f"040 000 {number:04}", team)

    field_workers = [member(person, "field_worker", team, 9001 + i) for i, (team, person) in enumerate(named[:workers])]
    leaders = [member(t["leader"], "team_leader", i, 8001 + i) for i, t in enumerate(teams)]
    return field_workers, [*leaders, member(PEOPLE["manager"], "service_manager", None, 8000)]


def clients_of(workers: list[Member], today: date) -> list[Client]:
    names = [f"{first} {last}." for last in PEOPLE["initials"] for first in PEOPLE["first_names"]]
    draws("names").shuffle(names)
    clients: list[Client] = []
    for worker in workers:
        for phase in CASELOAD:
            number = len(clients) + 1
            rng = draws("client", number)
            phases = phases_to(phase, today, rng)
            case = uuid7(at_clock(phases[0].since, "9.00"), rng)
            name = names[(number - 1) % len(names)]
            town = PEOPLE["teams"][worker.team or 0]["town"]
            client = Client(case, f"OV-{number:04}", name, worker, town, phases)
            client.fields = case_fields(client, number, rng)
            client.partner = next((one.id for one in workers if one.team == worker.team and one is not worker), None)
            if number % ENDED_ONE_IN == CLIENTS_OF_ONE:
                client.ended = ended_on(phases[-1].since, today, rng)
                client.fields |= {"status": "ended"}
                client.end_service(client.ended)
            if number % CLIENTS_OF_ONE == 5:
                client.end_service(today + timedelta(days=rng.randint(8, 28)))
            clients.append(client)
    return clients


def ended_on(last_phase: date, today: date, rng: random.Random) -> date:
    """Some while after the last phase began, and some while ago."""
    ended = max(today - timedelta(days=rng.choice((20, 100, 190, 300))), last_phase + timedelta(days=40))
    return min(ended, today - timedelta(days=8))


def phases_to(code: str, today: date, rng: random.Random) -> list[Phase]:
    """How the support moved to today's phase; about one client in twelve once went back."""
    way = list(WAYS[code])
    went_back = code in ("strong", "normal") and rng.random() < 0.14
    if went_back:
        way = [*way, WAYS["light"][len(way)], code]
    weeks = {"preparation": (3, 10), "strong": (16, 62), "normal": (56, 62), "light": (58, 62)}
    low, high = (56, 62) if went_back else weeks[code]
    length = min(rng.randint(low, high) * 7, HISTORY_DAYS)
    since = today - timedelta(days=length)
    ends = sorted(rng.uniform(0.12, 0.9) for _ in way[1:])
    if len(ends) > 0:
        ends[0] = rng.uniform(0.06, 0.16)  # preparing takes weeks, not seasons
    phases = []
    for i, step in enumerate(way):
        back = i > 0 and HOURS[step] > HOURS[way[i - 1]]
        reason = "return_to_earlier" if back else "goals_reached"
        start = since + timedelta(days=round(length * ends[i - 1])) if i else since
        note = pick(SENTENCES["phases"]["back" if back else step], at_clock(start, "9.00"), rng)
        phases.append(Phase(step, start, reason if i else None, note))
    return phases


def case_fields(client: Client, number: int, rng: random.Random) -> dict[str, object]:
    street = f"{rng.choice(PEOPLE['streets'])} {rng.randint(1, 60)}"
    home = f"{street} {rng.choice('ABCD')} {rng.randint(1, 40)}"
    sources = ("own_social_counsellor", "social_services_assessment", "service_need_assessment")
    fields: dict[str, object] = {
        "client_id": client.client_id,
        "client_name": client.name,
        "address": home,
        "municipality": client.town,
        "phone": f"040 000 {number:04}",
        "language": rng.choices(("fi", "fi_easy", "sv", "en"), (86, 7, 4, 3))[0],
        "status": "active",
        "service_type": rng.choice(("housing_social_work", "supported_housing")),
        "service": {
            "start": client.since.isoformat(),
            "end": (client.since + timedelta(days=rng.choice((540, 730)))).isoformat(),
        },
        "referral": {
            "source": rng.choice(sources),
            "on": (client.since - timedelta(days=rng.randint(4, 20))).isoformat(),
            "referrer": rng.choice(PEOPLE["social_workers"]),
        },
        "eligibility_reason": rng.choice(SENTENCES["eligibility"]),
        "housing_situation": "not_homeless" if len(client.phases) > 1 else "staying_with_others",
        "own_worker": client.worker.id,
        "social_worker": rng.choice(PEOPLE["social_workers"]),
        "visit_rhythm_days": {11: 7, 7: 7, 4: 14}[HOURS[client.phases[-1].code]],
    }
    if number % 14 in (3, 9) and rng.random() < 0.7:
        flag = "pair_visit" if number % ONE_IN == PAIR_AT else rng.choice(sorted(SENTENCES["safety"]))
        fields |= {"safety": [flag], "safety_note": SENTENCES["safety"][flag]}
    if number % ONE_IN == HIDDEN_AT:
        fields |= {"safety": ["non_disclosure"], "safety_note": HIDDEN_NOTE}
    return fields
