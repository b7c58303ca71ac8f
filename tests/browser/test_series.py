"""Visits that repeat: planned together, moved and called off with the later ones; the free hours of the week."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from server.demo.phone import held, shown
from server.demo.rng import span
from server.rules.dates import FINLAND
from server.rules.free_days import public_holidays
from tests.browser.clients import Client
from tests.browser.conftest import PhoneOf, Ready
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import go
from tests.browser.screens import open_client, save_form, wait_until_sent
from tests.browser.words import fi
from tests.cast import PASSWORD

WEEKS = 8
HOUR_PX = 68


def first_day() -> date:
    """A Wednesday of the week after the next: nothing else is planned then."""
    today = datetime.now(FINLAND).date()
    return today + timedelta(days=16 - today.weekday())


def turns() -> list[date]:
    """The days of the series: every week, without holidays."""
    days = [first_day() + timedelta(weeks=at) for at in range(WEEKS)]
    return [day for day in days if day.isoformat() not in public_holidays(day.year)]


def at(day: date, hour: int) -> str:
    return datetime.combine(day, time(hour), FINLAND).astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ")


def start_planning(phone: Phone, client: Client) -> None:
    open_client(phone, client)
    phone.page.locator("[data-pane=current]").get_by_role("link", name=fi("caseFile.arrange"), exact=True).click()
    phone.field(fi("caseFile.day")).fill(first_day().isoformat())
    phone.field(fi("caseFile.start")).fill("10:00")
    expect(phone.field(fi("caseFile.end"))).to_have_value("11:00")
    phone.tap(phone.page.get_by_role("radio", name=fi("visit.everyWeek"), exact=True))


def plan_series(phone: Phone, client: Client) -> None:
    """Wednesdays at ten, for eight weeks."""
    start_planning(phone, client)
    phone.field(fi("visit.until")).fill((first_day() + timedelta(weeks=WEEKS - 1)).isoformat())
    expect(phone.page.get_by_text(f"{len(turns())} käyntiä, keskiviikkoisin klo\u00a010.00")).to_be_visible()
    phone.tap(phone.button(fi("shell.save")))
    expect(phone.page.get_by_text(fi("visit.savedMany", len(turns())))).to_be_visible()


def series_in(record: Any) -> Any:
    return shown(record)["series"]


def series_of(office: Office, client: Client) -> list[Any]:
    """The visits of the client's series on the server, in their order."""
    with office.colleague(office.cast.aino) as desk:
        all_of: list[Any] = [
            one for one in desk.records.values() if one["case"] == client.case and "series" in one["fields"]
        ]
    found = [one for one in all_of if shown(one).get("removed") is None]
    return sorted(found, key=lambda one: int(series_in(one)["number"]))


def starts(visit: dict[str, Any]) -> list[str]:
    return [value["start"] for _, value in visit["fields"]["plan"]]


def change(phone: Phone, client: Client, visit: dict[str, Any]) -> None:
    go(phone.page, f"/clients/{client.case}/planning/{visit['id']}")


def with_later(phone: Phone, count: int) -> None:
    phone.tap(phone.page.get_by_role("radio", name=fi("visit.scopeLater", count), exact=True))


def test_a_series_goes_from_a_cellar_to_a_colleague(phone_of: PhoneOf, office: Office) -> None:
    """[row 35] [T5, T6, T7, R1] Planned offline in one save, read by Liisa; this and the later ones move, hers stays.

    What Liisa moved without a network is not overwritten: both times stand."""
    eino = office.clients.eino
    aino, liisa = phone_of("aino"), phone_of("liisa")
    aino.wait_for_the_shell()
    aino.offline()
    plan_series(aino, eino)
    aino.offline(False)
    wait_until_sent(aino)
    visits = series_of(office, eino)
    assert [starts(one) for one in visits] == [[at(day, 10)] for day in turns()]
    assert len({series_in(one)["id"] for one in visits}) == 1

    liisa.fetch()
    open_client(liisa, eino)
    expect(liisa.page.get_by_text("Joka viikko keskiviikkoisin klo\u00a010.00")).to_be_visible()

    change(liisa, eino, visits[2])
    liisa.field(fi("caseFile.day")).fill((turns()[2] + timedelta(days=1)).isoformat())
    save_form(liisa)
    wait_until_sent(liisa)
    aino.fetch()
    aino.offline()
    with office.colleague(office.cast.liisa) as desk:
        other, stamp = visits[3], 1_790_000_000_000
        moved = span(int(datetime.combine(turns()[3], time(15), FINLAND).timestamp() * 1000), 60)
        desk.write(stamp, "visit", eino.case, other["id"], {"plan": moved}, {"plan": held(other, "plan")})

    change(aino, eino, visits[1])
    with_later(aino, len(visits) - 3)
    expect(aino.page.get_by_text(re.compile(re.escape(fi("visit.laterStay", ""))))).to_be_visible()
    aino.field(fi("caseFile.day")).fill((turns()[1] + timedelta(days=1)).isoformat())
    aino.field(fi("caseFile.start")).fill("12:00")
    aino.tap(aino.button(fi("shell.save")))
    expect(aino.page.get_by_text(fi("visit.savedMany", len(visits) - 2))).to_be_visible()
    aino.offline(False)
    wait_until_sent(aino)
    after = [starts(one) for one in series_of(office, eino)]
    day = timedelta(days=1)
    assert after[:3] == [[at(turns()[0], 10)], [at(turns()[1] + day, 12)], [at(turns()[2] + day, 10)]]
    assert sorted(after[3]) == sorted([at(turns()[3], 15), at(turns()[3] + day, 12)])
    assert after[4:] == [[at(one + day, 12)] for one in turns()[4:]]


def test_kumoa_takes_all_of_it_back(phone_of: PhoneOf, office: Office) -> None:
    """[T5, T6, U3] The plan of a series, before it was sent; calling off this and the later ones, after it was."""
    eino = office.clients.eino
    phone = phone_of("aino")
    phone.offline()
    plan_series(phone, eino)
    phone.button(fi("shell.undo")).click()
    expect(phone.page.get_by_text(fi("shell.undone"))).to_be_visible()
    phone.offline(False)
    wait_until_sent(phone)
    assert series_of(office, eino) == []

    plan_series(phone, eino)
    wait_until_sent(phone)
    visits = series_of(office, eino)
    change(phone, eino, visits[1])
    with_later(phone, len(visits) - 2)
    phone.button(fi("visit.callOff", len(visits) - 1)).click()
    expect(phone.page.get_by_text(fi("visit.calledOff", len(visits) - 1))).to_be_visible()
    wait_until_sent(phone)
    called_off = [shown(one).get("outcome") for one in series_of(office, eino)]
    assert called_off == [None, *[{"code": "cancelled_worker"}] * (len(visits) - 1)]
    phone.button(fi("shell.undo")).click()
    expect(phone.page.get_by_text(fi("shell.undone"))).to_be_visible()
    wait_until_sent(phone)
    assert [shown(one).get("outcome") for one in series_of(office, eino)] == [None] * len(visits)


def test_t7_a_week_later_takes_the_later_ones_along(phone_of: PhoneOf, office: Office) -> None:
    """[T7] From the week, in a cellar: this and the later ones go a week on, and Kumoa brings all of them back."""
    eino = office.clients.eino
    phone = phone_of("aino")
    plan_series(phone, eino)
    wait_until_sent(phone)
    before = [starts(one) for one in series_of(office, eino)]
    phone.offline()
    phone.go("shell.week")
    for _ in range(2):
        phone.button(fi("week.following")).click()
    phone.tap(phone.page.get_by_role("button", name=re.compile(fi("week.moveFor", eino.name, ""))))
    sheet = phone.page.get_by_role("dialog", name=fi("week.moveTitle"))
    with_later(phone, len(before) - 1)
    clash = fi("caseFile.clash", "", "").partition(":")[0]
    expect(sheet.get_by_text(re.compile(clash))).to_have_count(0)
    phone.tap(sheet.get_by_role("button", name=re.compile(f"^{re.escape(fi('week.weekLaterWhen', ''))}")))
    expect(phone.page.get_by_text(fi("visit.movedToo", len(before) - 1))).to_be_visible()
    phone.offline(False)
    wait_until_sent(phone)
    week = timedelta(weeks=1)
    assert [starts(one) for one in series_of(office, eino)] == [[at(day + week, 10)] for day in turns()]
    phone.button(fi("shell.undo")).click()
    expect(phone.page.get_by_text(fi("shell.undone"))).to_be_visible()
    wait_until_sent(phone)
    assert [starts(one) for one in series_of(office, eino)] == before


@pytest.mark.parametrize(
    ("weeks", "fault"), [(-1, "before"), (5 * 52, "tooMany"), (0, "none")], ids=["before", "five years", "none left"]
)
def test_t5_a_series_that_cannot_be_is_told(phone_of: PhoneOf, office: Office, weeks: int, fault: str) -> None:
    """[T5] A last day before the first, or five years away, and a series of which every day is left out."""
    eino, kerttu = office.clients.eino, office.clients.kerttu
    with office.colleague(office.cast.aino) as desk:
        start_ms = int(datetime.combine(first_day(), time(10), FINLAND).timestamp() * 1000)
        fields = {"visit_kind": "home_visit", "worker": office.cast.aino.id, "plan": span(start_ms, 60)}
        desk.write(start_ms - 1, "visit", kerttu.case, "019273ab-0000-7000-8000-00000000c1a5", fields)
    phone = phone_of("aino")
    start_planning(phone, eino)
    phone.field(fi("visit.until")).fill((first_day() + timedelta(weeks=weeks)).isoformat())
    if fault == "none":
        phone.page.get_by_role("checkbox", name=re.compile(kerttu.name)).check()
    phone.tap(phone.button(fi("shell.save")))
    last = first_day() + timedelta(weeks=51)
    said = {
        "before": fi("visit.repeatFaults.before"),
        "none": fi("visit.repeatFaults.none"),
        "tooMany": fi("visit.tooManyVisits", 52, f"{last.day}.{last.month}.{last.year}"),
    }
    summary = phone.page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.get_by_text(said[fault])).to_be_visible()
    assert office.log_of(office.cast.aino) == {}


@pytest.fixture
def laptop(office: Office, ready: Ready, phones: Callable[[Path | None, str, str], Phone]) -> Phone:
    """Aino at the office, with the week after the next on the screen."""
    assert office.process
    laptop = phones(ready.profiles / "aino", "laptop", f"http://localhost:{ready.port}")
    laptop.open()
    laptop.unlock(PASSWORD)
    laptop.fetch()
    wait_until_sent(laptop)
    laptop.go("shell.week")
    for _ in range(2):
        laptop.button(fi("week.following")).click()
    return laptop


def slot_of(laptop: Phone) -> Locator:
    return laptop.page.locator(f'[data-day="{first_day().isoformat()}"]').get_by_role("button")


def choose(laptop: Phone, client: Client) -> None:
    sheet = laptop.page.get_by_role("dialog", name=fi("adding.title"))
    sheet.get_by_role("link", name=re.compile(client.name)).click()
    expect(laptop.field(fi("caseFile.day"))).to_have_value(first_day().isoformat())


def test_u13_a_click_on_a_free_hour_begins_a_visit_there(laptop: Phone, office: Office) -> None:
    """[U13] 13.30 by the mouse: the sheet asks for whom, the form says when; its weekday stands at the field."""
    hours = 5.6
    slot_of(laptop).click(position={"x": 40, "y": hours * HOUR_PX})
    choose(laptop, office.clients.tyyne)
    expect(laptop.field(fi("caseFile.start"))).to_have_value("13:30")
    expect(laptop.field(fi("caseFile.end"))).to_have_value("14:30")
    expect(laptop.field(fi("caseFile.day"))).to_have_accessible_description(re.compile("^keskiviikko"))


def test_u13_enter_on_a_day_begins_a_visit_at_its_first_free_time(laptop: Phone, office: Office) -> None:
    """[U13] Without a mouse: the day's button is reached by Tab and says which day it is."""
    slot_of(laptop).focus()
    day = first_day()
    expect(slot_of(laptop)).to_have_accessible_name(fi("week.arrangeOn", f"ke {day.day}.{day.month}."))
    laptop.page.keyboard.press("Enter")
    choose(laptop, office.clients.tyyne)
    expect(laptop.field(fi("caseFile.start"))).to_have_value("09:00")
