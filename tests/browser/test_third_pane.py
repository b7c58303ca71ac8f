"""The widest screens: list, client and what was opened from the client's page stand side by side."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, ViewportSize, expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import CURRENT, go, inside
from tests.browser.screens import open_client
from tests.browser.words import fi
from tests.cast import PASSWORD

WIDE: ViewportSize = {"width": 1920, "height": 1080}
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
BESIDE = '[data-pane="beside"]'


@pytest.fixture
def desk(phone_of: PhoneOf, office: Office) -> Phone:
    """Mikko's large screen, with Paavo's page on it."""
    desk = phone_of("mikko")
    desk.page.set_viewport_size(WIDE)
    open_client(desk, office.clients.paavo)
    return desk


def panes(desk: Phone) -> Locator:
    return desk.page.locator("[data-pane]:visible")


def current_heading(desk: Phone) -> Locator:
    return inside(desk.page, "h1")


def middle(desk: Phone) -> Locator:
    return desk.page.locator(f"{BESIDE} + {BESIDE}")


def test_u47_what_is_opened_from_a_client_stands_beside_the_client(desk: Phone, office: Office) -> None:
    """[U47] The third pane has the focus and is the one that one works in; what is opened next takes its place."""
    paavo = office.clients.paavo
    expect(panes(desk)).to_have_count(2)
    goal = inside(desk.page, "a[href*='/goals/']:not([href$=new])").first
    goal.click()
    expect(panes(desk)).to_have_count(3)
    expect(desk.page.locator(f"{CURRENT} h1")).to_be_focused()
    expect(middle(desk).get_by_role("heading", level=1)).to_have_text(paavo.name)
    expect(middle(desk).locator("a[href*='/goals/'][aria-current=true]")).to_have_count(1)
    # The middle keeps its place: it is not drawn anew.
    middle(desk).evaluate("(pane) => pane.querySelector('h1').setAttribute('data-kept', '')")

    middle(desk).locator("a[href*='/entries/']").first.click()
    expect(current_heading(desk)).not_to_have_text(paavo.name)
    assert re.search(r"/entries/[^/]+$", desk.page.url)
    expect(panes(desk)).to_have_count(3)
    desk.page.go_back()
    expect(panes(desk)).to_have_count(2)
    expect(current_heading(desk)).to_have_text(paavo.name)
    expect(current_heading(desk)).to_be_focused()
    expect(inside(desk.page, "h1[data-kept]")).to_have_count(1)


def test_u47_escape_closes_the_third_pane(desk: Phone, office: Office) -> None:
    """[U47] The focus goes back to the row; who types, or has a sheet open, has Escape for that."""
    goal = inside(desk.page, "a[href*='/goals/']:not([href$=new])").first
    address = goal.get_attribute("href")
    goal.click()
    expect(panes(desk)).to_have_count(3)
    desk.page.keyboard.press("Escape")
    expect(panes(desk)).to_have_count(2)
    expect(inside(desk.page, f"a[href='{address}']").first).to_be_focused()

    # Opened from elsewhere and loaded anew, it has its client beside it, and Escape leads to the client.
    go(desk.page, "/clients")
    go(desk.page, str(address))
    expect(panes(desk)).to_have_count(2)
    desk.page.reload()
    desk.unlock_anywhere(PASSWORD)
    expect(panes(desk)).to_have_count(3)
    expect(middle(desk).get_by_role("heading", level=1)).to_have_text(office.clients.paavo.name)
    expect(desk.page.locator(".printed")).to_have_count(1)  # what listens to keys has come
    desk.page.keyboard.press("Escape")
    expect(panes(desk)).to_have_count(2)
    expect(current_heading(desk)).to_have_text(office.clients.paavo.name)

    go(desk.page, f"/clients/{office.clients.paavo.case}/notes/new")
    note = inside(desk.page, "textarea").first
    note.fill("Kesken")
    desk.page.keyboard.press("Escape")
    expect(panes(desk)).to_have_count(3)
    expect(note).to_have_value("Kesken")


def test_u47_narrower_there_are_two_panes_and_what_stands_alone_does(desk: Phone, office: Office) -> None:
    """[U47, U45] At 1280 as ever; paper has one pane; a phone that is handed over shows nothing beside it."""
    file = f"/clients/{office.clients.paavo.case}"
    inside(desk.page, "a[href*='/goals/']:not([href$=new])").first.click()
    expect(panes(desk)).to_have_count(3)
    desk.page.emulate_media(media="print")
    expect(panes(desk)).to_have_count(1)
    desk.page.emulate_media(media="screen")
    go(desk.page, f"{file}/hand-over")
    expect(panes(desk)).to_have_count(1)

    go(desk.page, file)
    inside(desk.page, "a[href*='/goals/']:not([href$=new])").first.click()
    expect(panes(desk)).to_have_count(3)
    desk.page.set_viewport_size(LAPTOP)
    expect(panes(desk)).to_have_count(2)
    go(desk.page, file)
    inside(desk.page, "a[href*='/goals/']:not([href$=new])").first.click()
    expect(current_heading(desk)).not_to_have_text(office.clients.paavo.name)
    expect(desk.page.locator("[data-pane]")).to_have_count(2)


def test_u47_nothing_scrolls_sideways_in_three_panes(desk: Phone) -> None:
    """[U47, U14] Every pane shows all of its width, from the first width that has three of them; a list has its
    Takaisin there as well."""
    inside(desk.page, "a[href*='/goals/']:not([href$=new])").first.click()
    expect(panes(desk)).to_have_count(3)
    for width in (1760, 1920):
        desk.page.set_viewport_size({"width": width, "height": 1080})
        cut = desk.page.locator("[data-pane]").evaluate_all(
            "(panes) => panes.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className)"
        )
        assert cut == []
    expect(desk.page.get_by_role("heading", level=1, name=fi("shell.clients"), exact=True)).to_be_visible()
    go(desk.page, "/team/overdue")
    expect(inside(desk.page, "button.back")).to_be_visible()
