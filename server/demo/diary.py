"""A worker's weeks: which client is met when. About 16 visits and 12 short contacts a week."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from server.demo.people import PEOPLE, Client, Member
from server.demo.rng import at_clock, draws

#: by phase
VISITS_A_WEEK = {"preparation": 1.55, "strong": 1.55, "normal": 1.05, "light": 0.5}
CONTACTS_A_WEEK = 12
#: the median is 70
VISIT_MINUTES = (45, 50, 60, 60, 70, 70, 70, 75, 80, 90, 90)
CONTACT_CLOCKS = ("9.45", "11.35", "11.50", "13.50", "15.40", "15.55")
HOLIDAYS = {(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)}


@dataclass(frozen=True)
class Meeting:
    client: Client
    start_ms: int
    minutes: int


def meetings(worker: Member, clients: list[Client], monday: date) -> list[Meeting]:
    """The week's visits, in order. The same week always comes out the same."""
    rng = draws("week", worker.sign_in, monday)
    clocks = PEOPLE["teams"][worker.team or 0]["slots"]
    slots = [(monday + timedelta(days=d), clock) for d in range(5) for clock in clocks]
    rng.shuffle(slots)
    found = []
    for client in clients:
        wanted = VISITS_A_WEEK.get(client.phase_on(monday) or "", 0)
        count = int(wanted) + (rng.random() < wanted % 1)
        days: set[date] = set()
        for _ in range(count):
            slot = next((s for s in slots if s[0] not in days), None)
            if slot is None:
                break
            slots.remove(slot)
            days.add(slot[0])
            minutes = rng.choice(VISIT_MINUTES)
            if (slot[0].month, slot[0].day) not in HOLIDAYS:
                found.append(Meeting(client, at_clock(*slot), minutes))
    return sorted(found, key=lambda meeting: meeting.start_ms)


def contacts(worker: Member, clients: list[Client], monday: date) -> list[Meeting]:
    """The week's short contacts: calls and messages between visits."""
    rng = draws("contacts", worker.sign_in, monday)
    present = [client for client in clients if client.phase_on(monday)]
    slots = [(monday + timedelta(days=d), clock) for d in range(5) for clock in CONTACT_CLOCKS]
    chosen = sorted(rng.sample(slots, CONTACTS_A_WEEK)) if present else []
    return [
        Meeting(rng.choice(present), at_clock(day, clock), rng.choice((5, 5, 10, 10, 15, 20)))
        for day, clock in chosen
        if (day.month, day.day) not in HOLIDAYS
    ]


def mondays(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=7)
