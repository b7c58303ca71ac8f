"""A series of visits: one client of each worker is met every week, at an hour at which nothing else is planned."""

from datetime import date, timedelta

from server.demo.people import PEOPLE, Client, Member
from server.demo.phone import Phone
from server.demo.rng import MINUTE_MS, at_clock, draws, helsinki, monday_of, span, uuid7
from server.rules.free_days import public_holidays
from server.rules.series import series_spans

WEEKS, MINUTES = 7, 45
#: between the slots of the other visits, by when the first of those begins
CLOCKS = {"8.15": "16.00", "10.00": "8.30"}
DAY_MS = 24 * 60 * MINUTE_MS


def plan_series(phone: Phone, worker: Member, clients: list[Client], now_ms: int) -> None:
    """From next week on, holidays left out."""
    today = helsinki(now_ms).date()
    close = [client for client in clients if client.phase_on(today) in ("strong", "normal") and client.ended is None]
    if not close:
        return
    rng = draws("series", worker.sign_in)
    client, clock = rng.choice(close), CLOCKS[PEOPLE["teams"][worker.team or 0]["slots"][0]]
    first = monday_of(today) + timedelta(days=7 + rng.randrange(5))
    until = first + timedelta(weeks=WEEKS - 1)
    agreed = span(at_clock(first, clock), MINUTES)
    turns = [one for one in series_spans(agreed, 1, until.isoformat(), WEEKS) if not _is_holiday(one["start"])]
    made_ms = now_ms - DAY_MS
    ids = [uuid7(made_ms, rng) for _ in turns]
    for number, (record, turn) in enumerate(zip(ids, turns, strict=True), 1):
        fields: dict[str, object] = {
            "visit_kind": "support_visit",
            "mode": "face_to_face",
            "place": "agreed_place",
            "worker": worker.id,
            "plan": {**agreed, **turn},
            "series": {"id": ids[0], "number": number, "weeks": 1, "start": turn["start"], "end": turn["end"]},
        }
        phone.write(made_ms, "visit", client.case, record, fields)


def _is_holiday(start: str) -> bool:
    day = date.fromisoformat(start[:10])
    return day.isoformat() in public_holidays(day.year)
