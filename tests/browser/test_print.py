"""What is printed: who and when, whole texts, nothing to press, white."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.places import go
from tests.browser.words import fi


def test_u45_paper_says_who_and_when_and_holds_nothing_to_press(phone_of: PhoneOf, office: Office) -> None:
    """[U45] On the leader's laptop, with a client beside the list and in the dark theme."""
    laptop = phone_of("mikko")
    go(laptop.page, f"/clients/{office.clients.paavo.case}")
    laptop.page.emulate_media(media="print", color_scheme="dark")
    expect(laptop.page.locator(".printed")).to_be_visible()
    expect(laptop.page.locator(".printed")).to_contain_text(fi("settings.printedBy", "Mikko", "").strip())
    expect(laptop.page.get_by_role("heading", level=1, name=office.clients.paavo.name)).to_be_visible()
    for one in ("[data-pane=beside]", ".skip", ".screen > header", "main .button", "nav a"):
        expect(laptop.page.locator(one).locator("visible=true")).to_have_count(0)
    ink = laptop.page.evaluate("getComputedStyle(document.body).color")
    assert ink == "rgb(31, 38, 35)"
    clamped = """() => [...document.querySelectorAll('main *')].filter(
      (one) => !['none', ''].includes(getComputedStyle(one).webkitLineClamp)).length"""
    assert laptop.page.evaluate(clamped) == 0
    laptop.page.emulate_media(media="screen", color_scheme="null")
    expect(laptop.page.locator(".printed")).to_be_hidden()
