"""A PIN opens the lock: set with the password, counted by the server across reloads, kills and tabs."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.profile_files import files_with
from tests.browser.test_passkey import lock, settings
from tests.browser.words import fi
from tests.cast import PASSWORD

PIN, WRONG = "274916", "274917"


def test_v11_a_pin_opens_and_the_fifth_wrong_one_ends_it(phone_of: PhoneOf, office: Office) -> None:
    """[V11, J14] Set once the field has let it; then every way round the count is tried."""
    phone = phone_of("aino")
    office.execute("UPDATE session SET confirmed_at = '2026-01-01T00:00:00Z'")
    phone.go("shell.more", "shell.settings")
    set_pin(phone)
    lock(phone)
    expect(phone.page.get_by_text(fi("lock.pinHint", True))).to_be_visible()
    give(phone, PIN)
    expect(settings(phone)).to_be_visible()

    lock(phone)
    wrong(phone, left=4)
    phone.page.reload()
    wrong(phone, left=3)
    phone.kill()
    phone.open()
    wrong(phone, left=2)
    other = phone.another_tab()
    other.get_by_label(fi("lock.pin"), exact=True).fill(WRONG)
    other.get_by_role("button", name=fi("session.open"), exact=True).click()
    expect(other.get_by_text(fi("lock.pinWrong", 1))).to_be_visible()
    other.close()

    phone.offline()
    give(phone, PIN)
    expect(phone.page.get_by_text(fi("lock.pinNoNetwork"))).to_be_visible()
    assert phone.field(fi("lock.pin")).input_value() == PIN, "it was not tried"
    phone.offline(False)
    give(phone, WRONG)
    expect(phone.page.get_by_text(fi("lock.pinGone"))).to_be_visible()
    assert phone.button(fi("lock.openByPin")).count() == 0
    phone.unlock_anywhere(PASSWORD)
    expect(phone.page.get_by_role("heading", level=1).first).to_be_visible()
    assert files_with(phone.profile, PIN) == []


def set_pin(phone: Phone) -> None:
    phone.tap(phone.button(fi("settings.pinSet")))
    sheet = phone.page.get_by_role("dialog", name=fi("settings.pinSet"))
    fill(sheet, "123456", "123456")
    phone.tap(sheet.get_by_role("button", name=fi("settings.pinSet")))
    expect(sheet.get_by_text(fi("settings.pinEasy")).first).to_be_visible()
    fill(sheet, PIN, WRONG)
    expect(sheet.get_by_text(fi("settings.pinDiffers")).first).to_be_visible()
    fill(sheet, PIN, PIN)
    phone.tap(sheet.get_by_role("button", name=fi("settings.pinSet")))
    confirm = phone.page.get_by_role("dialog", name=fi("admin.confirmTitle"))
    confirm.get_by_label(fi("session.password"), exact=True).fill("ei tämä")
    phone.tap(confirm.get_by_role("button", name=fi("admin.goOn")))
    expect(confirm.get_by_text(fi("session.wrong"))).to_be_visible()
    confirm.get_by_label(fi("session.password"), exact=True).fill(PASSWORD)
    phone.tap(confirm.get_by_role("button", name=fi("admin.goOn")))
    expect(phone.page.get_by_text(fi("settings.pinOn"))).to_be_visible()
    expect(phone.button(fi("settings.pinDrop"))).to_be_visible()


def fill(sheet: Locator, pin: str, again: str) -> None:
    sheet.get_by_label(fi("settings.pinNew"), exact=True).fill(pin)
    sheet.get_by_label(fi("settings.pinAgain"), exact=True).fill(again)


def give(phone: Phone, pin: str) -> None:
    phone.field(fi("lock.pin")).fill(pin)
    phone.tap(phone.button(fi("session.open")))


def wrong(phone: Phone, left: int) -> None:
    give(phone, WRONG)
    expect(phone.page.get_by_text(fi("lock.pinWrong", left))).to_be_visible()
