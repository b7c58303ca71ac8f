"""What falls due and when: the pure half, on a clock of one's own."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from server.kinds import KINDS
from server.kinds.due import Deadline
from server.reminders.calendar_days import SATURDAY, at, is_free
from server.reminders.due_rules import Due, due_of, is_quiet, last_open, quiet_end
from server.reminders.preferences import DEFAULTS, Preferences, preferences_in
from server.rules.dates import FINLAND

ALWAYS = Preferences(quiet_from=time(0), quiet_to=time(0), free_days_quiet=False)


def due(kind: str, values: dict[str, Any], chosen: Preferences = DEFAULTS, visits: Any = ()) -> dict[str, list[Due]]:
    found: dict[str, list[Due]] = {}
    for declared in KINDS[kind].falls_due:
        for each in due_of(declared, values, visits, chosen):
            found.setdefault(each.cause, []).append(each)
    return found


def utc(written: str) -> str:
    """A Finnish wall clock's reading as the records write moments."""
    moment = datetime.fromisoformat(written).replace(tzinfo=FINLAND)
    return moment.astimezone(at(date(2026, 1, 1), time(0)).tzinfo).strftime("%Y-%m-%dT%H:%M:%SZ")


def plan(start: str, end: str = "") -> dict[str, Any]:
    return {"plan": {"start": utc(start), "end": utc(end or start)}}


def here(found: list[Due]) -> list[str]:
    return [f"{each.send_at.astimezone(FINLAND):%a %d.%m. %H.%M}" for each in found]


def test_n1_it_works() -> None:
    """[N1] A visit on Wednesday at 14: on Tuesday evening, and half an hour before."""
    found = due("visit", plan("2026-11-25T14:00", "2026-11-25T15:00"))
    assert here(found["visit_upcoming"]) == ["Tue 24.11. 18.00", "Wed 25.11. 13.30"]
    assert [each.step for each in found["visit_upcoming"]] == ["evening", "30"]
    assert here(found["visit_unlogged"]) == ["Wed 25.11. 15.30"]
    assert found.keys() == {"visit_upcoming", "visit_unlogged"}


def test_n1_what_the_quiet_moves_to_one_moment_is_told_once() -> None:
    """[N1, N3] The 24 hours of a housing need, told at 12, 20 and 24: the latest of those that come together."""
    clock = Deadline("housing_24h", "need.notified", tuple(60 * hours for hours in (12, 20, 24)))
    found = due_of(clock, {"need": {"notified": utc("2026-11-25T00:00")}}, (), DEFAULTS)
    assert [(each.step, here([each])) for each in found] == [
        ("720m", ["Wed 25.11. 12.00"]),
        ("1440m", ["Thu 26.11. 07.00"]),
    ]
    assert here(due_of(clock, {"need": {"notified": utc("2026-11-25T00:00")}}, (), ALWAYS)) == [
        "Wed 25.11. 12.00",
        "Wed 25.11. 20.00",
        "Thu 26.11. 00.00",
    ]


@pytest.mark.parametrize(
    "settled",
    [{"outcome": {"code": "done"}}, {"outcome": {"code": "cancelled_client"}}, {"removed": {"saw": []}}],
)
def test_n1_nothing_is_due_of_what_is_settled(settled: dict[str, Any]) -> None:
    """[N1]"""
    assert due("visit", plan("2026-11-25T14:00") | {"actual": {"start": utc("2026-11-25T14:00")}} | settled) == {}


def test_n1_an_entry_that_was_begun_waits_for_its_end() -> None:
    """[N1] Begun and not finished is another thing than forgotten."""
    found = due("visit", plan("2026-11-25T14:00") | {"actual": {"start": utc("2026-11-25T14:10")}})
    assert (list(found), here(found["entry_unfinished"])) == (["entry_unfinished"], ["Wed 25.11. 16.10"])


def test_n1_a_goal_is_looked_at_again_and_a_service_ends() -> None:
    """[N1] What is due on a free day is told on the working day before."""
    assert here(due("goal", {"review_on": "2026-11-26"})["goal_review"]) == ["Thu 26.11. 08.00"]
    assert here(due("goal", {"review_on": "2026-12-06"})["goal_review"]) == ["Fri 04.12. 08.00"]
    assert due("goal", {"review_on": "2026-11-26", "status": "reached"}) == {}
    ending = due("case", {"service": {"start": "2026-01-01", "end": "2026-12-31"}})["service_ending"]
    assert here(ending) == ["Fri 30.10. 08.00", "Tue 01.12. 08.00", "Thu 17.12. 08.00"]
    assert due("case", {"service": {"end": "2026-12-31"}, "status": "ended"}) == {}


def visit(start: str, outcome: str | None = None) -> dict[str, Any]:
    return plan(start) | ({"outcome": {"code": outcome}} if outcome else {})


@pytest.mark.parametrize(
    ("visits", "told"),
    [
        ([], []),
        ([visit("2026-11-02T10:00", "done")], ["Tue 10.11. 08.00"]),
        # one that did not take place does not count, one planned in time does until it is logged
        ([visit("2026-11-02T10:00", "done"), visit("2026-11-05T10:00", "client_absent")], ["Tue 10.11. 08.00"]),
        ([visit("2026-11-02T10:00", "done"), visit("2026-11-09T10:00")], ["Tue 17.11. 08.00"]),
        ([visit("2026-11-02T10:00", "done"), visit("2026-11-12T10:00")], ["Tue 10.11. 08.00"]),
        ([visit("2026-11-06T10:00", "done")], ["Mon 16.11. 08.00"]),
    ],
)
def test_n1_a_rhythm_is_missed(visits: list[dict[str, Any]], told: list[str]) -> None:
    """[N1] Seven days were agreed; it is told on the morning after, on a working day."""
    found = due("case", {"visit_rhythm_days": 7}, visits=visits)
    assert here(found.get("rhythm_missed", [])) == told


@pytest.mark.parametrize(
    ("phases", "is_told"),
    [
        ([], True),
        ([("strong", "2026-01-12")], True),
        ([("light", "2026-01-12")], False),
        # The phase counts that is in force on the day on which the visit would be missed, 1.12.
        ([("strong", "2026-01-12"), ("light", "2026-12-01")], False),
        ([("strong", "2026-01-12"), ("light", "2026-12-02")], True),
        ([("light", "2026-01-12"), ("strong", "2026-11-20")], True),
        # Two on one day: the later written.
        ([("strong", "2026-11-20"), ("light", "2026-11-20")], False),
        # What an older server may have stored.
        ([(None, None)], True),
        ([("light", "9999-12-31")], True),
    ],
)
def test_n1_no_visit_is_missed_in_the_light_phase(phases: dict[str, Any], is_told: bool) -> None:
    """[N1, E6] [row 67] There visits are made when they are needed: no reminder claims that one is late."""
    visit = plan("2026-11-24T14:00") | {"outcome": {"code": "done"}, "actual": {"start": utc("2026-11-24T14:00")}}
    periods = {f"phases/{n}": {"phase": each[0], "since": each[1]} for n, each in enumerate(phases)}
    found = due("case", {"visit_rhythm_days": 7, **periods}, visits=[visit])
    assert ("rhythm_missed" in found) is is_told


@pytest.mark.parametrize("day", ["0026-12-01", "9999-12-31", "2026-02-31", "soon", "", "2026-12-01T10:00"])
def test_t2_what_was_stored_before_it_was_refused_falls_never_due(day: str) -> None:
    """[T2] Nothing throws while the rows of a record follow, and nothing is told."""
    for kind, values in (
        ("goal", {"review_on": day}),
        ("case", {"service": {"start": day, "end": day}, "visit_rhythm_days": 7}),
        ("visit", {"plan": {"start": f"{day}T08:00:00Z", "end": f"{day}T09:00:00Z"}}),
        ("visit", {"plan": {"start": day, "end": day}}),
    ):
        found = due(kind, values, visits=[{"plan": {"start": f"{day}T08:00:00Z"}}])
        assert set(found) <= {"rhythm_missed"}


def test_n3_the_evening_before_is_one_after_work() -> None:
    """[N3] For a Monday it is Friday's, unless weekends are working days; and over a holiday."""
    monday = plan("2026-11-30T10:00")
    assert here(due("visit", monday)["visit_upcoming"])[0] == "Fri 27.11. 18.00"
    always = replace(DEFAULTS, free_days_quiet=False)
    assert here(due("visit", monday, always)["visit_upcoming"])[0] == "Sun 29.11. 18.00"
    after_christmas = plan("2026-12-28T10:00")
    assert here(due("visit", after_christmas)["visit_upcoming"])[0] == "Wed 23.12. 18.00"


def test_n3_finlands_free_days() -> None:
    """[N3] Some move with the year, the rest stand still; the two eves on which offices are closed count."""
    days = [date(2026, 1, 1) + timedelta(days) for days in range(365)]
    free = [f"{day:%d.%m.}" for day in days if is_free(day) and day.weekday() < SATURDAY]
    easter, ascension, midsummer = ["03.04.", "06.04."], "14.05.", "19.06."
    assert free == ["01.01.", "06.01.", *easter, "01.05.", ascension, midsummer, "24.12.", "25.12."]
    # in 2027 Independence Day is a Monday, and May Day a Saturday
    assert is_free(date(2027, 12, 6))
    assert not is_free(date(2027, 4, 30))


@pytest.mark.parametrize(
    ("visit_on", "eve"),
    [
        ("2026-04-07", "Thu 02.04. 18.00"),  # after Easter
        ("2026-05-15", "Wed 13.05. 18.00"),  # after Ascension Day
        ("2026-06-22", "Thu 18.06. 18.00"),  # after midsummer
        ("2026-01-07", "Mon 05.01. 18.00"),  # after Epiphany
    ],
)
def test_n3_the_evening_before_a_visit_after_free_days(visit_on: str, eve: str) -> None:
    """[N3]"""
    assert here(due("visit", plan(f"{visit_on}T10:00"))["visit_upcoming"])[0] == eve


def test_n3_quiet_hours_move_a_reminder_and_never_lose_it() -> None:
    """[N3]"""
    none = replace(DEFAULTS, evening_before=None)
    assert here(due("visit", plan("2026-11-25T07:15"), none)["visit_upcoming"]) == ["Wed 25.11. 07.00"]
    # too close to the visit at seven: the last minute before the quiet began
    assert here(due("visit", plan("2026-11-25T07:05"), none)["visit_upcoming"]) == ["Tue 24.11. 19.59"]
    # on the Monday after a weekend that is Friday
    assert here(due("visit", plan("2026-11-30T07:05"), none)["visit_upcoming"]) == ["Fri 27.11. 19.59"]
    # who has a visit at a quiet hour is at work then
    assert here(due("visit", plan("2026-11-28T21:00"), none)["visit_upcoming"]) == ["Sat 28.11. 20.30"]
    late = due("visit", plan("2026-11-25T19:00", "2026-11-25T20:10"), none)
    assert here(late["visit_unlogged"]) == ["Thu 26.11. 07.00"]
    friday = due("visit", plan("2026-11-27T19:00", "2026-11-27T20:10"), none)
    assert here(friday["visit_unlogged"]) == ["Mon 30.11. 07.00"]


@pytest.mark.parametrize("quiet", [(time(20), time(7)), (time(1), time(5)), (time(3, 15), time(3, 45))])
@pytest.mark.parametrize("free", [True, False])
def test_n3_quiet_ends_and_begins_everywhere(quiet: tuple[time, time], free: bool) -> None:
    """[N3] Every half hour of a year, both changes of the clock among them."""
    chosen = Preferences(quiet_from=quiet[0], quiet_to=quiet[1], free_days_quiet=free)
    moment = at(date(2026, 1, 1), time(0))
    for _ in range(2 * 24 * 365):
        moment += timedelta(minutes=30)
        after, before = quiet_end(moment, chosen), last_open(moment, chosen)
        assert before <= moment <= after
        assert not is_quiet(after, chosen)
        assert not is_quiet(before, chosen)


@pytest.mark.parametrize(
    ("day", "eve_utc", "near_utc"),
    [
        # the clock goes forward in the night to Sunday 29 March, and back on 25 October
        ("2026-03-30T09:00", "2026-03-29T15:00", "2026-03-30T05:30"),
        ("2026-03-28T09:00", "2026-03-27T16:00", "2026-03-28T06:30"),
        ("2026-10-26T09:00", "2026-10-25T16:00", "2026-10-26T06:30"),
        ("2026-10-24T09:00", "2026-10-23T15:00", "2026-10-24T05:30"),
    ],
)
def test_n3_six_in_the_evening_is_six_on_both_sides_of_a_change(day: str, eve_utc: str, near_utc: str) -> None:
    """[N3]"""
    found = due("visit", plan(day), replace(DEFAULTS, free_days_quiet=False))["visit_upcoming"]
    assert [f"{each.send_at:%Y-%m-%dT%H:%M}" for each in found] == [eve_utc, near_utc]


@pytest.mark.parametrize(("night", "start"), [("2026-03-29", "T01:10:00Z"), ("2026-10-25", "T01:10:00Z")])
def test_n3_half_an_hour_is_half_an_hour_in_the_night_of_the_change(night: str, start: str) -> None:
    """[N3] Also when the wall clock jumps in between."""
    chosen = replace(ALWAYS, leads_minutes=(30, 60), evening_before=None)
    for each in due("visit", {"plan": {"start": night + start}}, chosen)["visit_upcoming"]:
        assert each.about - each.send_at == timedelta(minutes=int(each.step))


def test_n5_what_lies_beyond_any_plan_is_nothing() -> None:
    """[N5] A date is only checked for its shape, and arithmetic on the year 9999 fails."""
    for year in ("0001", "9999"):
        moments = {"plan": {"start": f"{year}-12-31T23:59:59Z", "end": f"{year}-12-31T23:59:59Z"}}
        assert due("visit", moments) == {}
        assert due("goal", {"review_on": f"{year}-01-01"}) == {}


def test_preferences_there_and_back() -> None:
    chosen = Preferences((15, 60), None, time(22, 30), time(6), free_days_quiet=False)
    assert preferences_in(chosen.as_json()) == chosen
    assert preferences_in(DEFAULTS.as_json()) == DEFAULTS
