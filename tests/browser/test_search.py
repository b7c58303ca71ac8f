"""Searching what was written, with no network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import wait_until_sent
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
    laptop.offline()
    paavo = new_office.clients.paavo
    part = max(paavo.goal_title.split(), key=len)[1:]

    laptop.page.keyboard.press("Control+k")
    laptop.field(fi("clients.search")).fill(part)
    laptop.button(fi("search.fromNotes"), exact=False).click()
    pane = laptop.page.locator('[data-pane="current"]')
    expect(pane.get_by_role("heading", name=paavo.name)).to_be_visible()
    expect(pane.locator("mark").first).to_have_text(part)
    pane.get_by_role("link").filter(has=laptop.page.locator("mark")).first.click()
    expect(pane.get_by_role("heading", level=1)).to_have_text(paavo.goal_title)
    laptop.page.go_back()
    expect(laptop.page.locator("mark").first).to_be_visible()
