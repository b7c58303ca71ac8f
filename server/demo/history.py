"""What a worker writes of a client: the case, goals with their steps, visits, ticks and notes."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from server.catalogue import entries_of
from server.demo.diary import Meeting
from server.demo.people import Client
from server.demo.phone import Phone
from server.demo.rng import MINUTE_MS, at_clock, draws, helsinki, instant, span, uuid7
from server.demo.writing import SENTENCES, GoalTemplate, missed_note, pick, visit_note

AREAS = tuple(SENTENCES["areas"])
DAY_MS = 24 * 60 * MINUTE_MS
#: 12 in 100 visits do not take place
MISSED = {
    "client_absent": 4.0,
    "door_not_opened": 3.0,
    "cancelled_client": 3.5,
    "cancelled_worker": 1.5,
}
CONTACTS = {"phone_support": 6, "sms": 2, "landlord_contact": 2, "network": 2}
TICKS_A_VISIT = 0.3
FEEDBACK = (
    "Käynnit auttoivat, kirjeitä tuli liikaa.",
    "Hyvä kun soitettiin ennen kuin tultiin.",
    "Alussa oli outoa, nyt jo odotan.",
)
PRAISE = ("Olet pitänyt kotisi ja sovitut ajat.", "Pyydät apua ajoissa.", "Hoidit Kelan asian itse loppuun.")


@dataclass
class Goal:
    record: str
    area: str
    opened_ms: int
    closed_ms: int


@dataclass
class Story:
    """What the visits of a client refer to."""

    client: Client
    checklist: str
    goals: list[Goal] = field(default_factory=list)
    ticked: set[str] = field(default_factory=set)

    def open_goals(self, at_ms: int) -> list[Goal]:
        return [goal for goal in self.goals if goal.opened_ms <= at_ms < goal.closed_ms]


def open_case(phone: Phone, client: Client) -> Story:
    """The case record with its phases. Its checklist begins with the first tick."""
    rng = draws("case", client.client_id)
    begun = at_clock(client.since, "9.00")
    record = uuid7(begun, rng)
    phone.write(begun, "case", client.case, record, client.fields)
    for number, phase in enumerate(client.phases, 1):
        period: dict[str, object] = {
            "phase": phase.code,
            "since": phase.since.isoformat(),
            "hours_per_month": {"normal": 7, "light": 4}.get(phase.code, 11),
            "note": phase.note,
        }
        if phase.reason:
            period["reason"] = phase.reason
            told = draws("feedback", client.client_id, number)
            period |= {"feedback_from_client": told.choice(FEEDBACK), "feedback_to_client": told.choice(PRAISE)}
        path = f"phases/{number}"
        phone.write(at_clock(phase.since, "15.30"), "case", client.case, record, {path: period})
    return Story(client, uuid7(begun, rng))


def set_goals(phone: Phone, story: Story, now_ms: int) -> None:
    """A goal or two when the plan is made, and a new one every few months."""
    rng = draws("goals", story.client.client_id)
    templates = rng.sample(SENTENCES["goals"], 7)
    opened = at_clock(story.client.since, "13.00") + rng.randint(10, 24) * DAY_MS
    for number, template in enumerate(templates):
        if opened >= now_ms:
            return
        story.goals.append(_set_goal(phone, story.client, template, opened, now_ms, rng))
        opened += (rng.randint(1, 9) if number == 0 else rng.randint(45, 110)) * DAY_MS


def _set_goal(
    phone: Phone,
    client: Client,
    template: GoalTemplate,
    opened: int,
    now_ms: int,
    rng: random.Random,
) -> Goal:
    steps = {uuid7(opened + i, rng): text for i, text in enumerate(template["steps"])}
    goal = Goal(uuid7(opened, rng), template["area"], opened, 2**53)
    fields: dict[str, object] = {
        "title": template["title"],
        "area": template["area"],
        "status": "in_progress",
        "client_words": template["words"],
        "review_on": (helsinki(opened).date() + timedelta(days=90)).isoformat(),
    }
    for i, (step, text) in enumerate(steps.items()):
        doer = ("client", "client_and_worker", "client", "worker")[i % 4]
        fields[f"steps/{step}"] = {"text": text, "order": i, "doer": doer}
    first = phone.write(opened, "goal", client.case, goal.record, fields)
    at = opened
    for step in steps:
        at += rng.randint(12, 60) * DAY_MS
        if at >= now_ms:
            return goal
        done = {"on": helsinki(at).date().isoformat(), "by": client.worker.id}
        phone.write(at, "goal", client.case, goal.record, {f"steps_done/{step}": done})
    if rng.random() < 0.8:
        status = rng.choices(("reached", "partly_reached", "dropped"), (7, 2, 1))[0]
        goal.closed_ms = at + MINUTE_MS
        seen = {"status": [first]}
        phone.write(goal.closed_ms, "goal", client.case, goal.record, {"status": status}, seen)
    return goal


def plan_visit(phone: Phone, meeting: Meeting, made_ms: int) -> str:
    """A planned visit; returns its record's id."""
    client, rng = meeting.client, draws("plan", meeting.client.case, meeting.start_ms)
    record = uuid7(made_ms, rng)
    kind = rng.choices(("support_visit", "home_visit", "accompanied_errand", "review_meeting"), (50, 32, 14, 4))[0]
    place = "client_home"
    if kind == "accompanied_errand":
        place = rng.choice(("authority", "health_care", "agreed_place"))
    elif client.has_flag("no_home_visit"):
        place = "agreed_place"
    fields: dict[str, object] = {
        "visit_kind": kind,
        "mode": "face_to_face",
        "place": place,
        "worker": client.worker.id,
        "plan": span(meeting.start_ms, meeting.minutes),
    }
    if client.partner and client.has_flag("pair_visit"):
        fields["partner"] = client.partner
    phone.write(made_ms, "visit", client.case, record, fields)
    return record


def log_visit(phone: Phone, story: Story, meeting: Meeting, record: str) -> None:
    """What came of a planned visit, written soon after it: 88 of 100 took place."""
    rng = draws("log", meeting.client.case, meeting.start_ms)
    end = meeting.start_ms + meeting.minutes * MINUTE_MS
    written = end + rng.choice((3, 5, 8, 12, 25, 60, 180)) * MINUTE_MS
    fields: dict[str, object]
    if rng.random() < 0.12:
        outcome = rng.choices(list(MISSED), list(MISSED.values()))[0]
        note = missed_note(outcome, meeting.start_ms, rng)
        fields = {"outcome": {"code": outcome}, "note": note, "minutes/travel": 25}
        phone.write(meeting.start_ms + 15 * MINUTE_MS, "visit", story.client.case, record, fields)
        return
    goals = story.open_goals(meeting.start_ms)
    areas = _areas(goals, rng)
    late = rng.choice((0, 0, 0, 5, 10, -5))
    fields = {
        "outcome": {"code": "done"},
        "actual": span(meeting.start_ms + late * MINUTE_MS, meeting.minutes),
        "minutes/client_work_direct": meeting.minutes,
        "minutes/travel": rng.choice((10, 15, 20, 25)),
        "minutes/recording": rng.choice((5, 10)),
        "areas": areas,
        "methods": rng.sample(("personal_meetings", "guidance_and_advice", "goal_work"), 1),
        "note": visit_note(areas, meeting.start_ms, rng),
    }
    said = draws("said", story.client.case, meeting.start_ms)
    if said.random() < 0.3:
        told = SENTENCES["areas"][areas[0]]
        fields["client_words"] = pick(told["said"], meeting.start_ms, said)
        fields["agreed"] = pick(told["next"], meeting.start_ms, said)
        fields["help_level"] = said.choice(("advice", "alongside", "together"))
    for goal in goals:
        if goal.area in areas:
            move = rng.choices(("forward", "same", "back"), (55, 35, 10))[0]
            fields[f"goal_moves/{goal.record}"] = move
    phone.write(written, "visit", story.client.case, record, fields)
    _tick_items(phone, story, record, written, areas, rng)


def _areas(goals: list[Goal], rng: random.Random) -> list[str]:
    chosen = [rng.choice(goals).area] if goals and rng.random() < 0.8 else [rng.choice(AREAS)]
    if rng.random() < 0.35:
        chosen.append(rng.choice(AREAS))
    return list(dict.fromkeys(chosen))


def _tick_items(phone: Phone, story: Story, visit: str, at_ms: int, areas: list[str], rng: random.Random) -> None:
    """The phase's items first, then those of the areas that the visit touched."""
    if rng.random() > TICKS_A_VISIT:
        return
    day = helsinki(at_ms).date()
    wanted = [i for i in _items(story.client.phase_on(day), areas) if i not in story.ticked]
    chosen = wanted[: rng.choice((1, 1, 2))]
    if not chosen:
        return
    story.ticked.update(chosen)
    tick = {"done": True, "on": day.isoformat(), "by": story.client.worker.id, "visit": visit}
    ticks = {f"ticks/{item}": tick for item in chosen}
    phone.write(at_ms, "checklist", story.client.case, story.checklist, ticks)


def _items(phase: str | None, areas: list[str]) -> list[str]:
    codes = [i["code"] for p in entries_of("support_phase") if p["code"] == phase for i in p["checklist"]]
    for area in entries_of("guidance_area"):
        if area["code"] in areas:
            codes += [item["code"] for item in area["items"]]
    return codes


def log_contact(phone: Phone, contact: Meeting) -> None:
    """A call or a message: nobody planned it. What is written already is not written again."""
    client, rng = contact.client, draws("contact", contact.client.case, contact.start_ms)
    record = uuid7(contact.start_ms, rng)
    if record in phone.records:
        return
    sort = rng.choices(list(CONTACTS), list(CONTACTS.values()))[0]
    about_client = sort in ("landlord_contact", "network")
    minutes = "client_work_indirect" if about_client else "client_work_direct"
    fields: dict[str, object] = {
        "visit_kind": "landlord_contact" if sort == "landlord_contact" else "phone_support",
        "mode": {"sms": "sms", "network": "via_network"}.get(sort, "phone"),
        "place": "remote",
        "worker": client.worker.id,
        "actual": span(contact.start_ms, contact.minutes),
        "outcome": {"code": "done"},
        f"minutes/{minutes}": contact.minutes,
        "note": pick(SENTENCES["contacts"][sort], contact.start_ms, rng),
    }
    written = contact.start_ms + (contact.minutes + 2) * MINUTE_MS
    phone.write(written, "visit", client.case, record, fields)


def write_notes(phone: Phone, client: Client, first: date, last: date) -> None:
    """Plain notes, about one in five weeks."""
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        rng = draws("note", client.case, day)
        if rng.random() < 1 / 35 and client.phase_on(day):
            at = at_clock(day, "16.00")
            record = uuid7(at, rng)
            if record in phone.records:
                continue
            text = pick(SENTENCES["notes"], at, rng)
            fields = {"text": text, "at": instant(at), "visibility": "normal"}
            phone.write(at, "note", client.case, record, fields)
