"""Viikko: a visit is moved by dragging on the laptop, by keys, and by the button on the phone. One save, with Kumoa."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from time import sleep
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect
from uuid6 import uuid7

from server.demo.phone import held
from server.demo.rng import span
from server.rules.dates import FINLAND
from tests.browser.clients import Client
from tests.browser.conftest import PhoneOf, Ready
from tests.browser.edge import Edge
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import CURRENT, go
from tests.browser.screens import wait_until_sent
from tests.browser.words import fi
from tests.cast import PASSWORD

#: so far ahead nothing else is planned
WEEKS_AHEAD = 2
HOUR_PX = 68


@dataclass(frozen=True)
class Planned:
    """Two visits of Aino's on one Wednesday: Eino 10.00–11.00 and Kerttu 13.00–14.00."""

    wednesday: datetime
    eino: str
    kerttu: str

    def day(self, days: int = 0) -> str:
        return (self.wednesday + timedelta(days=days)).date().isoformat()


@pytest.fixture
def planned(office: Office) -> Planned:
    today = datetime.now(FINLAND).date()
    wednesday = today + timedelta(days=7 * WEEKS_AHEAD + 2 - today.weekday())
    planned = Planned(datetime.combine(wednesday, time(), FINLAND), str(uuid7()), str(uuid7()))
    with office.colleague(office.cast.aino) as desk:
        for visit, client, hour in (
            (planned.eino, office.clients.eino, 10),
            (planned.kerttu, office.clients.kerttu, 13),
        ):
            start_ms = int((planned.wednesday + timedelta(hours=hour)).timestamp() * 1000)
            fields: dict[str, object] = {
                "visit_kind": "home_visit",
                "worker": office.cast.aino.id,
                "plan": span(start_ms, 60),
            }
            desk.write(start_ms - 1, "visit", client.case, visit, fields)
    return planned


@pytest.fixture
def laptop(planned: Planned, ready: Ready, phones: Callable[[Path | None, str, str], Phone]) -> Phone:
    """Aino at the office, with that week on the screen."""
    assert planned.eino
    laptop = phones(ready.profiles / "aino", "laptop", f"http://localhost:{ready.port}")
    laptop.open()
    laptop.unlock(PASSWORD)
    laptop.fetch()
    wait_until_sent(laptop)
    open_week(laptop)
    return laptop


def test_a_visit_is_dragged_to_another_day_and_time(laptop: Phone, office: Office, planned: Planned) -> None:
    """[R1, M10] A ghost shows where it goes, in quarters of an hour; one save that has seen the plan; Kumoa."""
    drag(laptop, planned, days=1, pixels=HOUR_PX + 20, drop=False)
    expect(laptop.page.locator(".ghost")).to_contain_text("11.15–12.15")
    laptop.page.mouse.up()
    expect(visit_on(laptop, office.clients.eino, planned.day(1))).to_contain_text("11.15")
    wait_until_sent(laptop)
    assert plans_of(office, planned.eino) == [at(planned, days=1, hour=11, minute=15)]

    laptop.button(fi("shell.undo")).click()
    expect(visit_on(laptop, office.clients.eino, planned.day())).to_contain_text("10.00")
    wait_until_sent(laptop)
    assert plans_of(office, planned.eino) == [at(planned, hour=10)]


def test_e7_a_visit_that_is_dragged_past_the_end_of_its_service_is_told(
    laptop: Phone, office: Office, planned: Planned
) -> None:
    """[E7] Moved all the same, with the day on which the service ends; before it nothing is said."""
    eino = office.clients.eino
    end = planned.wednesday.date()
    with office.colleague(office.cast.aino) as desk:
        (header,) = (one for one in desk.records.values() if (one["kind"], one["case"]) == ("case", eino.case))
        desk.write(1_790_000_000_000, "case", eino.case, header["id"], {"service": {"end": end.isoformat()}})
    laptop.fetch()
    told = laptop.page.get_by_text(fi("caseFile.afterService", f"{end.day}.{end.month}.{end.year}"))
    drag(laptop, planned, days=0, pixels=HOUR_PX)
    expect(laptop.page.get_by_text(fi("week.moved", "")).first).to_be_visible()
    expect(told).to_have_count(0)
    drag(laptop, planned, days=1, pixels=0)
    expect(told).to_be_visible()
    wait_until_sent(laptop)
    assert plans_of(office, planned.eino) == [at(planned, days=1, hour=11)]


def test_escape_lets_go_of_a_drag(laptop: Phone, office: Office, planned: Planned) -> None:
    """Rule 13, screens 1: nothing has moved, and nothing was saved."""
    drag(laptop, planned, days=1, pixels=HOUR_PX, drop=False)
    laptop.page.keyboard.press("Escape")
    laptop.page.mouse.up()
    expect(laptop.page.get_by_text(fi("week.notMoved"))).to_be_visible()
    expect(laptop.page.locator(".ghost")).to_have_count(0)
    expect(visit_on(laptop, office.clients.eino, planned.day())).to_contain_text("10.00")
    assert office.log_of(office.cast.aino) == {}


def test_a_visit_is_moved_by_keys(laptop: Phone, office: Office, planned: Planned) -> None:
    """Rule 13: Space takes it up, arrows move it by days and quarters, Enter saves; nothing needs a mouse."""
    visit_on(laptop, office.clients.eino, planned.day()).focus()
    for key in ("Space", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp"):
        laptop.page.keyboard.press(key)
    expect(laptop.page.locator(".ghost")).to_contain_text("10.15–11.15")
    laptop.page.keyboard.press("Enter")
    expect(visit_on(laptop, office.clients.eino, planned.day(2))).to_contain_text("10.15")
    wait_until_sent(laptop)
    assert plans_of(office, planned.eino) == [at(planned, days=2, hour=10, minute=15)]


def test_a_move_overwrites_no_plan_that_was_not_on_the_screen(laptop: Phone, office: Office, planned: Planned) -> None:
    """[M1, M10, R9] Liisa moved it while Aino had no network: both times stand until somebody settles them."""
    laptop.offline()
    with office.colleague(office.cast.liisa) as liisa:
        was = held(liisa.records[planned.eino], "plan")
        start_ms = int((planned.wednesday + timedelta(days=2, hours=8)).timestamp() * 1000)
        liisa.write(
            start_ms, "visit", office.clients.eino.case, planned.eino, {"plan": span(start_ms, 60)}, {"plan": was}
        )
    drag(laptop, planned, days=1, pixels=0)
    expect(visit_on(laptop, office.clients.eino, planned.day(1))).to_contain_text("10.00")
    laptop.offline(False)
    wait_until_sent(laptop)
    both = [at(planned, days=1, hour=10), at(planned, days=2, hour=8)]
    assert sorted(plans_of(office, planned.eino)) == both


def test_on_the_phone_the_button_moves_it_and_a_clash_only_warns(
    phone_of: PhoneOf, office: Office, planned: Planned
) -> None:
    """[R1, M10, U13] In a cellar: the sheet keeps the length, warns of the clash, and saves all the same."""
    phone = phone_of("aino")
    phone.offline()
    open_week(phone)
    sheet = open_sheet(phone, office.clients.eino)
    phone.field(fi("caseFile.start")).fill("13:30")
    expect(phone.field(fi("caseFile.end"))).to_have_value("14:30")
    expect(sheet.get_by_text(fi("caseFile.clash", "13.00–14.00", office.clients.kerttu.name))).to_be_visible()
    phone.tap(sheet.get_by_role("radio", name="14.00–15.00", exact=True))
    expect(phone.field(fi("caseFile.start"))).to_have_value("14:00")
    expect(sheet.get_by_text(office.clients.kerttu.name)).to_be_hidden()
    phone.field(fi("caseFile.start")).fill("13:30")
    phone.tap(phone.button(fi("shell.save")))
    expect(sheet).to_be_hidden()
    day = phone.page.locator(f'section[data-day="{planned.day()}"]')
    expect(day).to_contain_text(fi("week.overlap", "30\u00a0min"))
    phone.offline(False)
    wait_until_sent(phone)
    assert plans_of(office, planned.eino) == [at(planned, hour=13, minute=30)]


def test_e7_a_full_day_tells_the_first_clashes_and_counts_the_rest(
    phone_of: PhoneOf, office: Office, planned: Planned
) -> None:
    """[E7, F4] A day of sixteen visits stands whole on the phone; five at the same time take no screen to be told."""
    starts = [*range(6, 17), 10, 10, 10, 10]
    with office.colleague(office.cast.aino) as desk:
        for number, hour in enumerate(starts):
            start_ms = int((planned.wednesday + timedelta(hours=hour, minutes=5)).timestamp() * 1000)
            fields: dict[str, object] = {
                "visit_kind": "home_visit",
                "worker": office.cast.aino.id,
                "plan": span(start_ms, 50),
            }
            desk.write(start_ms - 1000 + number, "visit", office.clients.kerttu.case, str(uuid7()), fields)
    phone = phone_of("aino")
    phone.fetch()
    phone.offline()
    open_week(phone)
    day = phone.page.locator(f'section[data-day="{planned.day()}"]')
    expect(day.locator("li a")).to_have_count(len(starts) + 2)
    sheet = open_sheet(phone, office.clients.eino)
    told = sheet.get_by_text(re.compile(fi("caseFile.clash", "", "").partition(":")[0]))
    expect(told).to_have_count(2)
    expect(sheet.get_by_text(fi("caseFile.clashMore", 3))).to_be_visible()


def test_a_week_later_is_one_tap_and_is_taken_back(phone_of: PhoneOf, office: Office, planned: Planned) -> None:
    """[R1] +1 viikko: saved at once, gone from this week, there in the next; Kumoa brings it back."""
    phone = phone_of("aino")
    phone.offline()
    open_week(phone)
    phone.taps = 0
    sheet = open_sheet(phone, office.clients.eino)
    phone.tap(sheet.get_by_role("button", name=re.compile(f"^{re.escape(fi('week.weekLaterWhen', ''))}")))
    assert phone.taps == 2
    expect(sheet).to_be_hidden()
    expect(phone.page.get_by_role("link", name=re.compile(office.clients.eino.name))).to_have_count(0)
    phone.button(fi("week.following")).click()
    expect(phone.page.get_by_role("link", name=re.compile(office.clients.eino.name))).to_have_count(1)
    phone.button(fi("week.earlier")).click()
    phone.button(fi("shell.undo")).click()
    expect(phone.page.get_by_role("link", name=re.compile(office.clients.eino.name))).to_have_count(1)
    phone.offline(False)
    wait_until_sent(phone)
    assert plans_of(office, planned.eino) == [at(planned, hour=10)]


def test_a_visit_made_by_two_is_shown_as_such(phone_of: PhoneOf, office: Office, planned: Planned) -> None:
    """Aino's visit stands in Liisa's week once she is her pair, with Aino's name."""
    eino = office.clients.eino
    with office.colleague(office.cast.aino) as aino:
        aino.write(1_790_000_000_000, "visit", eino.case, planned.eino, {"partner": office.cast.liisa.id})
    phone = phone_of("liisa")
    open_week(phone)
    day = phone.page.locator(f'section[data-day="{planned.day()}"]')
    expect(day.get_by_role("link", name=re.compile(eino.name))).to_contain_text("Aino")
    expect(day).not_to_contain_text(office.clients.kerttu.name)


def open_week(phone: Phone) -> None:
    phone.go("shell.week")
    for _ in range(WEEKS_AHEAD):
        phone.button(fi("week.following")).click()


def visit_on(phone: Phone, client: Client, day: str) -> Locator:
    return phone.page.locator(f'[data-day="{day}"]').get_by_role("link", name=re.compile(client.name))


def open_sheet(phone: Phone, client: Client) -> Locator:
    phone.tap(phone.page.get_by_role("button", name=re.compile(fi("week.moveFor", client.name, ""))))
    return phone.page.get_by_role("dialog", name=fi("week.moveTitle"))


def drag(laptop: Phone, planned: Planned, *, days: int, pixels: int, drop: bool = True) -> None:
    """Takes Eino's visit by its name and carries it over the days, and so far down."""
    link = laptop.page.locator(f'[data-day="{planned.day()}"]').get_by_role("link", name=re.compile("Eino"))
    start = link.bounding_box()
    target = laptop.page.locator(f'[data-day="{planned.day(days)}"]').bounding_box()
    assert start
    assert target
    mouse = laptop.page.mouse
    mouse.move(start["x"] + 20, start["y"] + 10)
    mouse.down()
    mouse.move(target["x"] + 40, start["y"] + 10 + pixels, steps=8)
    if drop:
        mouse.up()


def plans_of(office: Office, visit: str) -> list[str]:
    """The starts of all plans that stand on the server."""
    with office.colleague(office.cast.aino) as desk:
        versions: list[Any] = desk.records[visit]["fields"]["plan"]
        return [value["start"] for _, value in versions]


def at(planned: Planned, *, days: int = 0, hour: int, minute: int = 0) -> str:
    moment = planned.wednesday + timedelta(days=days, hours=hour, minutes=minute)
    return moment.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_leader_without_visits_is_told_where_the_teams_are(phone_of: PhoneOf, office: Office) -> None:
    """An empty week of Mikko's says that it shows his own, and leads to the clients and to who is out."""
    assert office.process
    mikko = phone_of("mikko")
    mikko.go("shell.week")
    expect(mikko.page.get_by_text(fi("week.ownOnlyWhy"))).to_be_visible()
    mikko.page.locator("[data-pane=current]").get_by_role("link", name=fi("shell.out")).click()
    expect(mikko.page.get_by_role("heading", level=1, name=fi("shell.out"))).to_be_visible()


def test_f4_a_week_far_from_today_shows_what_the_case_files_hold(phone_of: PhoneOf, office: Office) -> None:
    """[F4] In a cellar: ten weeks ahead a planned visit, five back a logged one; the weeks beside them are empty."""
    ahead, back = monday_in(10), monday_in(-5)
    with office.colleague(office.cast.aino) as desk:
        for client, day, more in (
            (office.clients.eino, ahead, {}),
            (office.clients.kerttu, back, {"outcome": {"code": "done"}}),
        ):
            start_ms = int((day + timedelta(hours=10)).timestamp() * 1000)
            fields: dict[str, object] = {
                "visit_kind": "home_visit",
                "worker": office.cast.aino.id,
                "plan": span(start_ms, 60),
            }
            desk.write(start_ms - 1, "visit", client.case, str(uuid7()), {**fields, **more})
    phone = phone_of("aino")
    phone.wait_for_the_shell()
    phone.offline()
    phone.go("shell.week")
    walk = ((10, office.clients.eino.name), (-1, None), (-14, office.clients.kerttu.name), (-1, None))
    for turns, name in walk:
        for _ in range(abs(turns)):
            phone.button(fi("week.following" if turns > 0 else "week.earlier")).click()
        if name is None:
            expect(phone.page.get_by_text(fi("week.empty"), exact=True)).to_be_visible()
        else:
            expect(phone.page.get_by_role("link", name=re.compile(name))).to_have_count(1)
            expect(phone.page.get_by_text(fi("week.empty"), exact=True)).to_have_count(0)


def test_f4_times_far_ahead_know_what_is_planned_there(phone_of: PhoneOf, office: Office) -> None:
    """[F4, E7] A hundred days ahead a clash is told and a taken time is not offered."""
    day = datetime.combine(datetime.now(FINLAND).date() + timedelta(days=100), time(), FINLAND)
    start_ms = int((day + timedelta(hours=10)).timestamp() * 1000)
    with office.colleague(office.cast.aino) as desk:
        fields = {"visit_kind": "home_visit", "worker": office.cast.aino.id, "plan": span(start_ms, 60)}
        desk.write(start_ms - 1, "visit", office.clients.kerttu.case, str(uuid7()), fields)
    phone = phone_of("aino")
    phone.wait_for_the_shell()
    phone.offline()
    client = office.clients.eino
    go_to = "(path) => { history.pushState({}, '', path); dispatchEvent(new Event('popstate')); }"
    phone.page.evaluate(go_to, f"/clients/{client.case}/planning")
    phone.field(fi("caseFile.day")).fill(day.date().isoformat())
    phone.field(fi("caseFile.start")).fill("10:30")
    phone.field(fi("caseFile.end")).fill("11:30")
    clash = fi("caseFile.clash", "10.00–11.00", office.clients.kerttu.name)
    expect(phone.page.get_by_text(clash)).to_be_visible()
    expect(phone.page.get_by_role("radio", name="9.00–10.00", exact=True)).to_be_visible()
    for taken in ("9.30–10.30", "10.00–11.00", "10.30–11.30"):
        expect(phone.page.get_by_role("radio", name=taken, exact=True)).to_have_count(0)


#: what the week says at each change of the screen: that it is looking, that there is nothing
WATCH = """([looking, empty]) => {
  window.said = [];
  new MutationObserver(() => {
    const shown = document.querySelector('[data-pane="current"]')?.textContent ?? '';
    window.said.push([shown.includes(looking), shown.includes(empty)]);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def test_f4_what_has_not_been_looked_at_is_not_called_none(phone_of: PhoneOf, office: Office, edge: Edge) -> None:
    """[F4] While clients are still being fetched: ten weeks ahead, a day far ahead, a series. Fetched, each knows."""

    def unfinished(body: bytes) -> bytes:
        sleep(0.5)
        return json.dumps(json.loads(body) | {"more": True, "progress": {"done": 1, "total": 2}}).encode()

    far = datetime.combine(datetime.now(FINLAND).date() + timedelta(days=100), time(), FINLAND)
    with office.colleague(office.cast.aino) as desk:
        for client, day in ((office.clients.eino, monday_in(10)), (office.clients.kerttu, far)):
            start_ms = int((day + timedelta(hours=10)).timestamp() * 1000)
            fields = {"visit_kind": "home_visit", "worker": office.cast.aino.id, "plan": span(start_ms, 60)}
            desk.write(start_ms - 1, "visit", client.case, str(uuid7()), fields)
    edge.altered["/api/sync"] = unfinished
    phone = phone_of("aino", fresh=True)
    phone.sign_in("aino", PASSWORD)
    expect(phone.today).to_be_visible()
    here = phone.page.locator(CURRENT)
    fetching, none = here.get_by_text(fi("today.fetching")), here.get_by_text(fi("week.empty"), exact=True)

    def goes_on() -> None:
        del edge.altered["/api/sync"]
        wait_until_sent(phone)

    phone.go("shell.week")
    for _ in range(11):
        phone.button(fi("week.following")).click()
    expect(fetching).to_be_visible()
    expect(none).to_have_count(0)
    phone.button(fi("week.earlier")).click()
    expect(fetching).to_be_visible()
    expect(none).to_have_count(0)

    go(phone.page, f"/clients/{office.clients.eino.case}/planning")
    phone.field(fi("caseFile.day")).fill(far.date().isoformat())
    not_looked = here.get_by_text(fi("week.freeNotLooked"))
    offered = here.get_by_role("group", name=fi("week.free"))
    expect(not_looked).to_be_visible()
    expect(offered).to_have_count(0)
    expect(here.get_by_text(fi("week.freeNone"))).to_have_count(0)
    maybe_more = here.get_by_text(fi("caseFile.clashNotLooked"))
    expect(maybe_more).to_have_count(1)
    repeats(phone, far)
    expect(maybe_more).to_have_count(2)

    goes_on()
    expect(maybe_more).to_have_count(0)
    expect(not_looked).to_have_count(0)
    expect(offered).to_be_visible()
    expect(here.get_by_role("radio", name="10.00–11.00", exact=True)).to_have_count(0)
    go(phone.page, "/week")
    expect(here.get_by_role("link", name=re.compile(office.clients.eino.name))).to_have_count(1)
    expect(fetching).to_have_count(0)
    phone.button(fi("week.following")).click()
    expect(none).to_be_visible()


@pytest.mark.parametrize("weeks", [5, 6, 30])
def test_f4_a_week_back_is_called_empty_only_after_it_was_looked_through(phone_of: PhoneOf, weeks: int) -> None:
    """[F4] The files are not walked yet: that it is looking stands there first, and never beside that there is none."""
    phone = phone_of("aino")
    phone.go("shell.week")
    empty = phone.page.locator(CURRENT).get_by_text(fi("week.empty"), exact=True)
    for _ in range(weeks - 1):
        phone.button(fi("week.earlier")).click()
    expect(empty).to_be_visible()
    phone.page.evaluate(WATCH, [fi("week.looking"), fi("week.empty")])
    phone.button(fi("week.earlier")).click()
    expect(empty).to_be_visible()
    said = phone.page.evaluate("window.said")
    assert [True, True] not in said
    assert said.index([True, False]) < said.index([False, True])


def repeats(phone: Phone, first: datetime) -> None:
    """Every week, three times."""
    phone.page.locator(CURRENT).get_by_role("radio", name=fi("visit.everyWeek"), exact=True).check()
    phone.field(fi("visit.until")).fill((first + timedelta(weeks=2)).date().isoformat())


def monday_in(weeks: int) -> datetime:
    today = datetime.now(FINLAND).date()
    return datetime.combine(today + timedelta(days=7 * weeks - today.weekday()), time(), FINLAND)
