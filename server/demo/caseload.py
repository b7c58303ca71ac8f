"""A worker's caseload: written once with its history, and topped up at every later start."""

from collections import Counter
from datetime import date, timedelta

from server.demo.agreeing import agree
from server.demo.diary import Meeting, contacts, meetings, mondays
from server.demo.history import (
    DAY_MS,
    Goal,
    Story,
    log_contact,
    log_visit,
    open_case,
    plan_visit,
    set_goals,
    write_notes,
)
from server.demo.homes import keep_home
from server.demo.housing import keep_house
from server.demo.leaving import leave
from server.demo.people import HISTORY_DAYS, Client, Member, Phase
from server.demo.phone import Phone, shown
from server.demo.ratings import rate
from server.demo.repeating import plan_series
from server.demo.rng import MINUTE_MS, at_clock, draws, from_instant, helsinki, monday_of, uuid7

AHEAD_WEEKS = 8
#: a week with fewer visits than this has not been planned yet
PLANNED_A_WEEK_MIN = 3
#: a visit is logged this long after its end; until then it stands on the screen as not logged
LOGGED_AFTER_MS = 3 * 60 * MINUTE_MS
#: how long the visit of about now takes
NEAR_MINUTES = 70


def write_history(phone: Phone, worker: Member, clients: list[Client], now_ms: int) -> None:
    """14 months of work, and the visits of the coming eight weeks."""
    stories = {client.case: open_case(phone, client) for client in clients}
    for story in stories.values():
        ended = story.client.ended
        set_goals(phone, story, to_ms_of(ended) if ended else now_ms)
    today = helsinki(now_ms).date()
    first = monday_of(today - timedelta(days=HISTORY_DAYS))
    last = monday_of(today) + timedelta(weeks=AHEAD_WEEKS)
    near = visit_of_now(worker, clients, now_ms)
    for monday in mondays(first, last):
        for meeting in meetings(worker, clients, monday):
            if not _meet(meeting, near):
                record = _plan(phone, meeting, now_ms)
                _log_if_past(phone, stories[meeting.client.case], meeting, record, now_ms)
    _plan(phone, near, now_ms)
    plan_series(phone, worker, clients, now_ms)
    _write_between(phone, worker, clients, to_ms_of(first), now_ms)


def top_up(phone: Phone, worker: Member, now_ms: int) -> None:
    """Logs what is past, plans until eight weeks ahead, and sees to a visit about now."""
    phone.receive()
    stories = stories_of(phone, worker)
    clients = [story.client for story in stories.values()]
    planned: list[Meeting] = []
    latest_contact = 0
    for record in list(phone.records.values()):
        if record["kind"] != "visit" or record["case"] not in stories:
            continue
        story, fields = stories[record["case"]], shown(record)
        if fields.get("worker") != worker.id:
            continue
        plan, actual, partner = (fields.get(name) for name in ("plan", "actual", "partner"))
        if isinstance(partner, str):
            story.client.partner = partner
        if isinstance(plan, dict):
            meeting = _meeting(story.client, plan)
            planned.append(meeting)
            if "outcome" not in fields:
                _log_if_past(phone, story, meeting, record["id"], now_ms)
        elif isinstance(actual, dict):
            latest_contact = max(latest_contact, from_instant(actual["start"]))
    _fill_weeks(phone, worker, stories, planned, now_ms)
    _write_between(phone, worker, clients, latest_contact + DAY_MS // 24, now_ms)


def _fill_weeks(phone: Phone, worker: Member, stories: dict[str, Story], planned: list[Meeting], now_ms: int) -> None:
    """Plans every week that nobody has planned yet, and a visit of about now."""
    clients = [story.client for story in stories.values()]
    near = visit_of_now(worker, clients, now_ms)
    if not any(_is_about_now(other, near) for other in planned):
        _plan(phone, near, now_ms)
    weeks = Counter(monday_of(helsinki(meeting.start_ms).date()) for meeting in planned)
    this_week = monday_of(helsinki(now_ms).date())
    for monday in mondays(min(weeks, default=this_week), this_week + timedelta(weeks=AHEAD_WEEKS)):
        if weeks[monday] >= PLANNED_A_WEEK_MIN:
            continue
        for meeting in meetings(worker, clients, monday):
            record = _plan(phone, meeting, now_ms)
            _log_if_past(phone, stories[meeting.client.case], meeting, record, now_ms)


def visit_of_now(worker: Member, clients: list[Client], now_ms: int) -> Meeting:
    """One that begins within minutes at any hour, or before midnight is on: the fictional day follows the clock."""
    today, rng = helsinki(now_ms).date(), draws("now", worker.sign_in, now_ms // DAY_MS)
    close = [c for c in clients if c.phase_on(today) in ("strong", "normal")] or clients
    client = rng.choice(close)
    step_ms = 5 * MINUTE_MS
    start = (now_ms + 10 * MINUTE_MS) // step_ms * step_ms
    latest = to_ms_of(today + timedelta(days=1)) - (NEAR_MINUTES + 5) * MINUTE_MS
    return Meeting(client, min(start, latest), NEAR_MINUTES)


def stories_of(phone: Phone, worker: Member) -> dict[str, Story]:
    """What the fetched records tell of this worker's own clients."""
    stories = {}
    records = sorted(phone.records.values(), key=lambda record: str(record["id"]))
    for record in records:
        if record["kind"] == "case" and shown(record).get("own_worker") == worker.id:
            client = _client(record["case"], worker, shown(record))
            key = draws("checklist", client.case)
            stories[client.case] = Story(client, uuid7(to_ms_of(client.since), key))
    for record in records:
        story = stories.get(record["case"])
        if story and record["kind"] == "checklist":
            story.checklist = record["id"]
            story.ticked.update(path.partition("/")[2] for path in record["fields"])
        elif story and record["kind"] == "goal" and shown(record).get("status") == "in_progress":
            story.goals.append(Goal(record["id"], str(shown(record)["area"]), 0, 2**53))
    return dict(sorted(stories.items(), key=lambda item: item[1].client.client_id))


def _client(case: str, worker: Member, fields: dict[str, object]) -> Client:
    periods = [value for path, value in fields.items() if path.startswith("phases/") and isinstance(value, dict)]
    phases = [
        Phase(period["phase"], date.fromisoformat(period["since"]), None, "")
        for period in sorted(periods, key=lambda period: str(period["since"]))
    ]
    client_id, name, town = (str(fields[path]) for path in ("client_id", "client_name", "municipality"))
    client = Client(case, client_id, name, worker, town, phases, fields)
    client.ended = client.service_end if fields.get("status") == "ended" else None
    return client


def _meeting(client: Client, plan: dict[str, str]) -> Meeting:
    start, end = from_instant(plan["start"]), from_instant(plan["end"])
    return Meeting(client, start, (end - start) // MINUTE_MS)


def _plan(phone: Phone, meeting: Meeting, now_ms: int) -> str:
    rng = draws("planned", meeting.client.case, meeting.start_ms)
    made = meeting.start_ms - rng.randint(3 * DAY_MS, 21 * DAY_MS)
    earliest = to_ms_of(meeting.client.since) + 10 * 60 * MINUTE_MS
    made = max(made, min(earliest, meeting.start_ms - DAY_MS))
    return plan_visit(phone, meeting, min(made, now_ms - rng.randint(1, 50) * MINUTE_MS))


def _log_if_past(phone: Phone, story: Story, meeting: Meeting, record: str, now_ms: int) -> None:
    if meeting.start_ms + meeting.minutes * MINUTE_MS + LOGGED_AFTER_MS < now_ms:
        log_visit(phone, story, meeting, record)


def _meet(one: Meeting, other: Meeting) -> bool:
    """Whether the two are too close for one person."""
    gap_ms = one.start_ms - other.start_ms
    return -(one.minutes + 10) * MINUTE_MS < gap_ms < (other.minutes + 10) * MINUTE_MS


def _is_about_now(other: Meeting, near: Meeting) -> bool:
    """Still on when the other one would begin, or beginning soon after it."""
    return -other.minutes * MINUTE_MS < other.start_ms - near.start_ms <= 25 * MINUTE_MS


def _write_between(phone: Phone, worker: Member, clients: list[Client], from_ms: int, now_ms: int) -> None:
    """Short contacts and notes of the time between."""
    first, today = helsinki(from_ms).date(), helsinki(now_ms).date()
    for monday in mondays(monday_of(first), today):
        for contact in contacts(worker, clients, monday):
            if from_ms <= contact.start_ms < now_ms - 60 * MINUTE_MS:
                log_contact(phone, contact)
    for client in clients:
        write_notes(phone, client, max(first, client.since), today - timedelta(days=1))
        keep_house(phone, client, today)
        keep_home(phone, client, today)
        agree(phone, client, today)
        leave(phone, client, today)
        rate(phone, client, today)


def to_ms_of(day: date) -> int:
    return at_clock(day, "0.00")
