"""The team's week: people are rows, and a visit goes to another day or person by drag, by keys and by its button."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect
from uuid6 import uuid7

from server.core.database import writing
from server.demo.phone import held, shown
from server.demo.rng import span
from server.rules.dates import FINLAND
from server.sync import scope
from tests.browser.clients import Client
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import wait_until_sent
from tests.browser.words import fi
from tests.cast import Person

#: so far ahead nothing else is planned
WEEKS_AHEAD = 2


@dataclass(frozen=True)
class Planned:
    """A Wednesday: Eino 10.00–11.00 with Aino, Tyyne 10.30–11.30 with Liisa, Kerttu 13.00–14.00 logged by Aino."""

    wednesday: datetime
    eino: str
    tyyne: str
    kerttu: str

    def day(self, days: int = 0) -> str:
        return (self.wednesday + timedelta(days=days)).date().isoformat()

    def at(self, hour: int, minute: int = 0, days: int = 0) -> str:
        moment = self.wednesday + timedelta(days=days, hours=hour, minutes=minute)
        return moment.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture
def planned(office: Office) -> Planned:
    today = datetime.now(FINLAND).date()
    wednesday = today + timedelta(days=7 * WEEKS_AHEAD + 2 - today.weekday())
    start = datetime.combine(wednesday, time(), FINLAND)
    planned = Planned(start, str(uuid7()), str(uuid7()), str(uuid7()))
    cast, clients = office.cast, office.clients
    logged = {"outcome": {"code": "done"}, "place": "client_home"}
    with office.colleague(cast.aino) as desk:
        for visit, client, hour, worker, more in (
            (planned.eino, clients.eino, 10, cast.aino, {"place": "client_home"}),
            (planned.tyyne, clients.tyyne, 10.5, cast.liisa, {}),
            (planned.kerttu, clients.kerttu, 13, cast.aino, logged),
        ):
            start_ms = int((start + timedelta(hours=hour)).timestamp() * 1000)
            fields: dict[str, object] = {"visit_kind": "home_visit", "worker": worker.id, "plan": span(start_ms, 60)}
            desk.write(start_ms - 1, "visit", client.case, visit, {**fields, **more})
    return planned


@pytest.fixture
def mikko(planned: Planned, phone_of: PhoneOf) -> Phone:
    """Their leader at the office, with that week on the screen."""
    assert planned.eino
    mikko = phone_of("mikko")
    mikko.fetch()
    open_team_week(mikko)
    return mikko


def open_team_week(phone: Phone) -> None:
    phone.go("shell.week")
    phone.page.get_by_role("radio", name=fi("week.teamWeek"), exact=True).check()
    for _ in range(WEEKS_AHEAD):
        phone.button(fi("week.following")).click()


def cell(phone: Phone, person: Person, day: str) -> Locator:
    return phone.page.locator(f'td[data-day="{day}"][data-person="{person.id}"]')


def visit_in(cell: Locator, client: Client) -> Locator:
    return cell.get_by_role("link", name=re.compile(client.name))


def drag(phone: Phone, visit: Locator, to: Locator, *, drop: bool = True) -> None:
    start, target = visit.bounding_box(), to.bounding_box()
    assert start
    assert target
    mouse = phone.page.mouse
    mouse.move(start["x"] + 20, start["y"] + 10)
    mouse.down()
    mouse.move(target["x"] + 30, target["y"] + 12, steps=8)
    if drop:
        mouse.up()


def shown_of(office: Office, visit: str) -> dict[str, Any]:
    """What the server shows of the visit, by path."""
    with office.colleague(office.cast.aino) as desk:
        return shown(desk.records[visit])


def held_of(office: Office, visit: str, path: str) -> list[Any]:
    """All values that stand there."""
    with office.colleague(office.cast.aino) as desk:
        return [value for _, value in desk.records[visit]["fields"][path]]


def test_u46_a_leader_gives_a_visit_to_another_person_and_day(mikko: Phone, office: Office, planned: Planned) -> None:
    """[U46, U13, R1] In a cellar, by a drag: one save that has seen both; Kumoa brings it back; the server hears it."""
    cast, eino = office.cast, office.clients.eino
    mikko.offline()
    was = visit_in(cell(mikko, cast.aino, planned.day()), eino)
    expect(was).to_contain_text("10.00")
    drag(mikko, was, cell(mikko, cast.liisa, planned.day(1)))
    expect(mikko.page.locator(".toast")).to_contain_text(fi("week.movedTo", "", "Liisa").rstrip())
    there = visit_in(cell(mikko, cast.liisa, planned.day(1)), eino)
    expect(there).to_contain_text("10.00")
    expect(was).to_have_count(0)
    mikko.offline(False)
    wait_until_sent(mikko)
    assert held_of(office, planned.eino, "worker") == [cast.liisa.id]
    assert [plan["start"] for plan in held_of(office, planned.eino, "plan")] == [planned.at(10, days=1)]

    mikko.button(fi("shell.undo")).click()
    expect(was).to_be_visible()
    wait_until_sent(mikko)
    assert shown_of(office, planned.eino)["worker"] == cast.aino.id


def test_u46_what_is_known_of_the_place_is_told_before_and_after(
    mikko: Phone, office: Office, planned: Planned
) -> None:
    """[U46, E7] Liisa has Tyyne at that time and may not read of Eino: told while it is carried, and in the toast."""
    cast, clients = office.cast, office.clients
    clash = fi("caseFile.clash", "10.30–11.30", clients.tyyne.name)
    unread = fi("week.mayNotRead", "Liisa")
    visit = visit_in(cell(mikko, cast.aino, planned.day()), clients.eino)
    drag(mikko, visit, cell(mikko, cast.liisa, planned.day()), drop=False)
    carried = mikko.page.locator("[data-pane=current] .carried")
    for words in (clash, unread):
        expect(carried).to_contain_text(words)
    mikko.page.mouse.up()
    toast = mikko.page.locator(".toast")
    for words in (clash, unread):
        expect(toast).to_contain_text(words)
    # Back to her who works with him: nothing of the sort is said.
    drag(mikko, visit_in(cell(mikko, cast.liisa, planned.day()), clients.eino), cell(mikko, cast.aino, planned.day()))
    expect(visit).to_be_visible()
    expect(toast).to_contain_text("Aino")
    expect(toast).not_to_contain_text(fi("week.mayNotRead", "").strip())


def test_u46_by_keys_the_focus_comes_along(mikko: Phone, office: Office, planned: Planned) -> None:
    """[U46, U13] Space takes it up, arrows move it over days and people, Enter saves; Escape lets go."""
    cast, eino = office.cast, office.clients.eino
    visit = visit_in(cell(mikko, cast.aino, planned.day()), eino)
    visit.focus()
    keys = mikko.page.keyboard
    for key in ("Space", "ArrowDown", "ArrowRight"):
        keys.press(key)
    expect(cell(mikko, cast.liisa, planned.day(1)).locator(".ghost")).to_be_visible()
    expect(mikko.page.locator("[data-pane=current] .carried")).to_contain_text("Liisa")
    keys.press("Escape")
    expect(mikko.page.locator(".ghost")).to_have_count(0)
    expect(visit).to_be_focused()
    for key in ("Space", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft", "Enter"):
        keys.press(key)
    expect(visit_in(cell(mikko, cast.liisa, planned.day(1)), eino)).to_be_focused()
    wait_until_sent(mikko)
    assert shown_of(office, planned.eino)["worker"] == cast.liisa.id


def test_u46_the_button_asks_when_and_who(mikko: Phone, office: Office, planned: Planned) -> None:
    """[U46, U13] The sheet of Siirrä asks for the person too, tells of what she has then, and saves all the same."""
    cast, clients = office.cast, office.clients
    here = cell(mikko, cast.aino, planned.day())
    here.get_by_role("button", name=re.compile(re.escape(fi("week.moveFor", clients.eino.name, "")))).click()
    sheet = mikko.page.get_by_role("dialog", name=fi("week.moveTitle"))
    who = sheet.get_by_label(fi("week.person"), exact=True)
    expect(who).to_have_value(cast.aino.id)
    who.select_option(label="Liisa")
    expect(sheet.get_by_text(fi("caseFile.clash", "10.30–11.30", clients.tyyne.name))).to_be_visible()
    expect(sheet.get_by_text(fi("week.mayNotRead", "Liisa"))).to_be_visible()
    mikko.button(fi("shell.save")).click()
    expect(sheet).to_be_hidden()
    expect(visit_in(cell(mikko, cast.liisa, planned.day()), clients.eino)).to_be_focused()
    wait_until_sent(mikko)
    visit = shown_of(office, planned.eino)
    assert visit["worker"] == cast.liisa.id
    assert visit["plan"]["start"] == planned.at(10)


def test_u46_a_leader_sees_who_stands_in_and_plans_into_an_empty_cell(
    mikko: Phone, office: Office, planned: Planned
) -> None:
    """[U46, A11] Liisa looks after Eino until that Thursday; by keys into Aino's empty Friday: a visit of Aino's."""
    cast, eino = office.cast, office.clients.eino
    with office.inside(), writing() as transaction:
        until = planned.at(0, days=2)
        scope.grant(transaction, cast.liisa.org, cast.liisa.id, [eino.case], "stand_in", expires_at=until)
    mikko.page.get_by_role("radio", name=fi("week.ownWeek"), exact=True).check()
    mikko.page.get_by_role("radio", name=fi("week.teamWeek"), exact=True).check()
    row = cell(mikko, cast.aino, planned.day()).locator("xpath=ancestor::tr").get_by_role("rowheader")
    expect(row).to_contain_text(re.compile(r"Sijaisena Liisa \d+\.\d+"))
    stands_in = fi("week.standIn", "Liisa")
    expect(cell(mikko, cast.aino, planned.day(1)).get_by_text(stands_in)).to_have_count(1)
    friday = cell(mikko, cast.aino, planned.day(2))
    expect(friday.get_by_text(stands_in)).to_have_count(0)
    friday.get_by_role("button").focus()
    mikko.page.keyboard.press("Enter")
    sheet = mikko.page.get_by_role("dialog")
    expect(sheet.get_by_text("Aino")).to_be_visible()
    sheet.get_by_role("link", name=re.compile(eino.name)).click()
    expect(mikko.page.get_by_text(fi("week.plannedFor", "Aino"))).to_be_visible()
    mikko.button(fi("shell.save")).click()
    expect(visit_in(friday, eino)).to_contain_text("9.00")
    wait_until_sent(mikko)
    with office.colleague(cast.aino) as aino:
        visits: list[dict[str, Any]] = [shown(one) for one in aino.records.values() if one["kind"] == "visit"]
    start = planned.at(9, days=2)
    assert [one["worker"] for one in visits if one.get("plan", {}).get("start") == start] == [cast.aino.id]


def test_u46_what_is_logged_stays_and_a_worker_moves_her_own(
    phone_of: PhoneOf, mikko: Phone, office: Office, planned: Planned
) -> None:
    """[U46] A logged visit has no button and cannot be taken; Aino moves hers, Liisa's she only reads."""
    cast, clients = office.cast, office.clients
    here = cell(mikko, cast.aino, planned.day())
    expect(visit_in(here, clients.kerttu)).to_be_visible()
    moves = re.compile(re.escape(fi("week.moveFor", clients.kerttu.name, "")))
    expect(here.get_by_role("button", name=moves)).to_have_count(0)
    drag(mikko, visit_in(here, clients.kerttu), cell(mikko, cast.liisa, planned.day(1)), drop=False)
    expect(mikko.page.locator(".ghost")).to_have_count(0)
    mikko.page.mouse.up()
    mikko.close()

    aino = phone_of("aino")
    aino.page.set_viewport_size({"width": 1280, "height": 800})
    aino.fetch()
    open_team_week(aino)
    buttons = aino.page.locator("td button")
    expect(buttons).to_have_count(1)
    expect(buttons).to_have_attribute("aria-label", re.compile(clients.eino.name))
    expect(visit_in(cell(aino, cast.liisa, planned.day()), clients.tyyne)).to_be_visible()


def test_u46_a_visit_for_two_stands_with_two(mikko: Phone, office: Office, planned: Planned) -> None:
    """[U46] Who makes it cannot come along as well; on another day it stands with both as before."""
    cast, eino = office.cast, office.clients.eino
    with office.colleague(cast.aino) as aino:
        aino.write(1_790_000_000_000, "visit", eino.case, planned.eino, {"partner": cast.liisa.id})
    mikko.fetch()
    with_liisa = visit_in(cell(mikko, cast.liisa, planned.day()), eino)
    expect(with_liisa).to_contain_text(fi("week.withColleague", "Aino"))
    drag(mikko, with_liisa, cell(mikko, cast.aino, planned.day()), drop=False)
    expect(cell(mikko, cast.aino, planned.day()).locator(".ghost")).to_have_count(0)
    mikko.page.mouse.up()
    drag(mikko, with_liisa, cell(mikko, cast.liisa, planned.day(1)))
    for person in (cast.aino, cast.liisa):
        expect(visit_in(cell(mikko, person, planned.day(1)), eino)).to_be_visible()
    wait_until_sent(mikko)
    visit = shown_of(office, planned.eino)
    assert [visit[path] for path in ("worker", "partner")] == [cast.aino.id, cast.liisa.id]


def test_u46_nobody_is_overwritten_who_was_not_on_the_screen(mikko: Phone, office: Office, planned: Planned) -> None:
    """[U46, M1, M10, R9] Aino gave it away while the leader had no network: both stand until somebody settles them."""
    cast, eino = office.cast, office.clients.eino
    mikko.offline()
    with office.colleague(cast.aino) as aino:
        was = held(aino.records[planned.eino], "worker")
        aino.write(1_790_000_000_000, "visit", eino.case, planned.eino, {"worker": cast.mikko.id}, {"worker": was})
    drag(mikko, visit_in(cell(mikko, cast.aino, planned.day()), eino), cell(mikko, cast.liisa, planned.day()))
    expect(visit_in(cell(mikko, cast.liisa, planned.day()), eino)).to_be_visible()
    mikko.offline(False)
    wait_until_sent(mikko)
    assert set(held_of(office, planned.eino, "worker")) == {cast.liisa.id, cast.mikko.id}


def test_u46_only_what_is_shown_is_saved(mikko: Phone, office: Office, planned: Planned) -> None:
    """[U46] A press elsewhere lets go of what keys carry; outside the table a dragged one goes back; keys pressed
    somewhere else are theirs; who was chosen in a sheet that is closed again is nowhere."""
    cast, clients = office.cast, office.clients
    visit = visit_in(cell(mikko, cast.aino, planned.day()), clients.eino)
    keys = mikko.page.keyboard
    visit.focus()
    for key in ("Space", "ArrowDown"):
        keys.press(key)
    expect(mikko.page.locator(".ghost")).to_be_visible()
    mikko.button(fi("week.following")).focus()
    keys.press("ArrowRight")
    expect(cell(mikko, cast.liisa, planned.day()).locator(".ghost")).to_be_visible()
    cell(mikko, cast.aino, planned.day()).get_by_role("link").last.dispatch_event("pointerdown", {"button": 0})
    expect(mikko.page.locator(".toast")).to_contain_text(fi("week.notMoved"))
    expect(mikko.page.locator(".ghost")).to_have_count(0)

    drag(mikko, visit, cell(mikko, cast.liisa, planned.day(1)), drop=False)
    mikko.page.mouse.move(5, 5, steps=4)
    mikko.page.mouse.up()
    expect(visit).to_be_visible()

    move = re.compile(re.escape(fi("week.moveFor", clients.eino.name, "")))
    for chosen in ("Liisa", None):
        cell(mikko, cast.aino, planned.day()).get_by_role("button", name=move).click()
        sheet = mikko.page.get_by_role("dialog", name=fi("week.moveTitle"))
        who = sheet.get_by_label(fi("week.person"), exact=True)
        expect(who).to_have_value(cast.aino.id)
        if chosen:
            who.select_option(label=chosen)
        keys.press("Escape")
        expect(sheet).to_be_hidden()
    mikko.fetch()
    visit_now = shown_of(office, planned.eino)
    assert (visit_now["worker"], visit_now["plan"]["start"]) == (cast.aino.id, planned.at(10))
