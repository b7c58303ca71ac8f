"""Searching what was written, with no network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.clients import enter_more
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import open_client, wait_until_sent
from tests.browser.words import fi
from tests.cast import PASSWORD


def test_a_goal_is_found_by_a_part_of_a_word(
    new_office: Office, phones: Callable[[Path | None, str, str], Phone]
) -> None:
    """[F1] From Asiakkaat to the entry, offline; Back keeps what was searched."""
    laptop = phones(None, "laptop", new_office.address)
    laptop.open()
    laptop.sign_in("aino", PASSWORD)
    wait_until_sent(laptop)
    laptop.wait_for_the_shell()
    laptop.offline()
    paavo = new_office.clients.paavo
    part = max(paavo.goal_title.split(), key=len)[1:]

    laptop.page.keyboard.press("Control+k")
    laptop.field(fi("desk.findWhat")).fill(part)
    laptop.button(fi("search.fromNotes"), exact=False).click()
    pane = laptop.page.locator('[data-pane="current"]')
    expect(pane.get_by_role("heading", name=paavo.name)).to_be_visible()
    expect(pane.locator("mark").first).to_have_text(part)
    pane.get_by_role("link").filter(has=laptop.page.locator("mark")).first.click()
    expect(pane.get_by_role("heading", level=1)).to_have_text(paavo.goal_title)
    laptop.page.go_back()
    expect(laptop.page.locator("mark").first).to_be_visible()


def test_a_long_list_is_whole_in_a_moment(new_office: Office, phones: Callable[[Path | None, str, str], Phone]) -> None:
    """What fills the screen stands at once, the rest soon after; again after each search."""
    with new_office.inside():
        enter_more(new_office.cast, 60)
    phone = phones(None, "phone", new_office.address)
    phone.open()
    phone.sign_in("aino", PASSWORD)
    wait_until_sent(phone)
    phone.go("shell.clients")
    rows = phone.page.locator("#main li:has(> a[href*='/clients/'])")
    everybody = 63
    expect(rows).to_have_count(everybody)
    search = phone.field(fi("clients.search"))
    search.fill("asiakas 5")
    expect(rows).to_have_count(11)  # 50–59, and 05: a number is found without its first zero (F1)
    search.fill("")
    expect(rows).to_have_count(everybody)

    far = rows.nth(50)
    far.scroll_into_view_if_needed()
    expect(far).to_be_in_viewport()
    name = far.locator(".name").inner_text()
    far.click()
    expect(phone.page.get_by_role("heading", level=1, name=name)).to_be_visible()
    phone.page.go_back()
    expect(far).to_be_in_viewport()


def test_f8_a_search_within_one_client(phone_of: PhoneOf, office: Office) -> None:
    """[F8] From the client's page: others' entries are not found, until one tap widens it; the kinds are folded."""
    paavo, eino = office.clients.paavo, office.clients.eino
    word = max(eino.goal_title.split(), key=len)
    phone = phone_of("aino")
    open_client(phone, paavo)
    phone.tap(phone.link(fi("search.inClient")))
    expect(phone.page.get_by_text(fi("search.onlyOf", paavo.name))).to_be_visible()
    field = phone.field(fi("search.labelOf", paavo.name))
    field.fill(word)
    expect(phone.page.get_by_text(fi("search.none"))).to_be_visible()
    field.fill(max(paavo.goal_title.split(), key=len))
    hit = phone.page.locator("mark").first
    expect(hit).to_be_visible()
    assert phone.page.get_by_role("radio").count() == 0
    phone.tap(phone.link(fi("search.everywhere")))
    phone.field(fi("search.label")).fill(word)
    expect(phone.page.get_by_role("heading", name=eino.name)).to_be_visible()
