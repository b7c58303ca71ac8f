"""A new person on a new device: three steps, the lock that says whose it is, and quick unlock offered there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PhoneOf
from tests.browser.phone import Phone
from tests.browser.reminding import allow, let_subscribe
from tests.browser.test_accessible import AXE, RUN
from tests.browser.test_passkey import Finger
from tests.browser.words import fi
from tests.cast import PASSWORD
from tests.push_service import PushService, push_service


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


def test_u40_three_steps_each_one_tap_or_skipped(phone_of: PhoneOf, service: PushService) -> None:
    """[U40] Reminders, quick unlock, installing: beneath the visit, gone for good, and told again in Asetukset."""
    phone = phone_of("aino", fresh=True)
    allow(phone)
    let_subscribe(phone, service)
    Finger(phone)
    phone.sign_in("aino", PASSWORD)
    expect(phone.today).to_be_visible()
    phone.tap(phone.button(fi("help.intro.skip")))
    card = phone.page.locator("[aria-labelledby=set-up]")
    expect(card).to_contain_text(fi("setUp.reminders"))
    visit, below = phone.page.locator("#next-visit").bounding_box(), card.bounding_box()
    assert visit
    assert below
    assert visit["y"] < below["y"]
    phone.page.evaluate(AXE.read_text())
    assert phone.page.evaluate(RUN) == []

    phone.tap(card.get_by_role("button", name=fi("reminders.turnOn")))
    expect(phone.page.get_by_text(fi("reminders.turnedOn"))).to_be_visible()
    expect(card).to_contain_text(fi("settings.quickWho"))
    phone.tap(card.get_by_role("button", name=fi("settings.quickTurnOn")))
    expect(phone.page.get_by_text(fi("settings.quickOn"))).to_be_visible()
    # The browser lets the app ask some seconds after its start; until then the screen of it tells how.
    how = card.get_by_role("link", name=fi("setUp.installHow"))
    expect(how.or_(card.get_by_role("button", name=fi("help.install.now")))).to_be_visible()
    phone.tap(card.get_by_role("button", name=fi("help.intro.skip")))
    expect(card).to_have_count(0)

    phone.go("shell.more", "shell.settings")
    unset = phone.page.locator("section").filter(has_text=fi("setUp.unset"))
    expect(unset.get_by_role("listitem")).to_have_text([fi("help.install.title")])
    phone.tap(phone.button(fi("settings.lockNow")))
    phone.tap(phone.button(fi("session.open")))
    phone.go("shell.today")
    expect(phone.page.locator("#next-visit")).to_be_visible()
    phone.page.wait_for_timeout(500)
    expect(card).to_have_count(0)


def test_u40_what_was_skipped_is_not_asked_again(phone_of: PhoneOf) -> None:
    """[U40] Skipped on this device: after a reload too. The lock calls its person by a cover name and says so."""
    phone = phone_of("aino")
    phone.tap(phone.button(fi("help.intro.skip")))
    card = phone.page.locator("[aria-labelledby=set-up]")
    while card.count():
        before = card.locator("h2").inner_text()
        phone.tap(card.get_by_role("button", name=fi("help.intro.skip")))
        expect(card.get_by_role("heading", name=before)).to_have_count(0)
    phone.page.reload()
    name = cover_name(phone)
    assert name not in {"", "aino", "Aino"}
    expect(phone.page.get_by_text(fi("lock.coverName", name))).to_be_visible()
    phone.unlock(PASSWORD)
    expect(phone.page.locator("#next-visit")).to_be_visible()
    phone.page.wait_for_timeout(500)
    expect(card).to_have_count(0)


def test_u40_the_lock_offers_quick_unlock(phone_of: PhoneOf) -> None:
    """[U40] Where the device can: asked for beside the password, it is a tap away once the store is open."""
    phone = phone_of("aino", unlocked=False)
    expect(phone.field(fi("session.password"))).to_be_visible()
    assert phone.page.get_by_role("checkbox").count() == 0
    Finger(phone)
    phone.tap(phone.button(fi("lock.someoneElse")))
    phone.tap(phone.button(fi("session.otherProfile")))
    phone.page.get_by_role("checkbox", name=fi("lock.quick")).check()
    phone.unlock_anywhere(PASSWORD)
    sheet = phone.page.get_by_role("dialog", name=fi("settings.quick"))
    phone.tap(sheet.get_by_role("button", name=fi("settings.quickTurnOn")))
    expect(phone.page.get_by_text(fi("settings.quickIsOn"), exact=True)).to_be_visible()


def cover_name(phone: Phone) -> str:
    said = phone.page.get_by_text(fi("lock.lockedFor", ""))
    expect(said).to_be_visible()
    return said.inner_text().removeprefix(fi("lock.lockedFor", "")).strip()
