"""Two-step sign-in: set up in Asetukset or before the first fetch, asked for at sign-in and where it is dangerous."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.authenticator import Authenticator
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import go
from tests.browser.words import fi
from tests.cast import APP_SECRET, PASSWORD

WRONG = "000000"
LONG_AGO = "UPDATE session SET confirmed_at = '2026-01-01T00:00:00Z'"


def test_j9_aino_turns_it_on_and_signs_in_elsewhere(phone_of: PhoneOf, office: Office) -> None:
    """[J8] [J9] By the key in text; a wrong code is told; a recovery code opens too; unlocking asks for none."""
    phone = phone_of("aino")
    go(phone.page, "/settings")
    office.execute(LONG_AGO)
    phone.tap(phone.page.get_by_role("button", name=fi("secondFactor.turnOn"), exact=True))
    answer_password(phone)
    sheet = phone.page.get_by_role("dialog", name=fi("secondFactor.title"))
    codes = set_up(phone, sheet.page)
    expect(phone.page.get_by_text(fi("secondFactor.isOn"), exact=True)).to_be_visible()
    app = codes.app

    other = phone_of("aino", fresh=True)
    other.sign_in("aino", PASSWORD)
    asked = other.page.get_by_label(fi("secondFactor.code"), exact=True)
    other.tap(other.button(fi("shell.back")))
    expect(other.field(fi("session.name"))).to_have_value("aino")
    other.tap(other.button(fi("session.signIn")))
    expect(asked).to_be_visible()
    other.tap(other.button(fi("session.signIn")))
    expect(other.page.get_by_text(fi("secondFactor.codeMissing"))).to_be_visible()
    asked.fill(WRONG)
    other.tap(other.button(fi("session.signIn")))
    expect(other.page.get_by_text("ei täsmää")).to_be_visible()
    asked.fill(app.code())
    other.tap(other.button(fi("session.signIn")))
    expect(other.chip).to_have_attribute("data-sync", "sent")
    other.wait_for_the_shell()
    other.offline()
    other.page.reload()
    other.unlock(PASSWORD)

    third = phone_of("aino", fresh=True)
    third.sign_in("aino", PASSWORD)
    third.tap(third.button(fi("secondFactor.useRecovery")))
    third.field(fi("secondFactor.recoveryCode")).fill(codes.recovery[3].lower())
    third.tap(third.button(fi("session.signIn")))
    expect(third.chip).to_have_attribute("data-sync", "sent")


def test_j10_an_administrator_sets_it_up_before_anything_else(phone_of: PhoneOf, office: Office) -> None:
    """[J10] The recovery codes stay on the screen whatever is fetched meanwhile."""
    office.execute("DELETE FROM second_factor")
    laptop = phone_of("mikko", fresh=True)
    laptop.sign_in("satu", PASSWORD)
    expect(laptop.page.get_by_role("heading", name=fi("secondFactor.neededTitle"))).to_be_visible()
    laptop.field(fi("secondFactor.code")).fill(WRONG)
    laptop.tap(laptop.button(fi("secondFactor.confirm")))
    expect(laptop.page.get_by_text(fi("secondFactor.wrong"))).to_be_visible()
    codes = set_up(laptop, laptop.page, keep=False)
    laptop.fetch()
    expect(laptop.page.get_by_text(codes.recovery[9])).to_be_visible()
    laptop.tap(laptop.button(fi("secondFactor.kept")))
    expect(laptop.chip).to_have_attribute("data-sync", "sent")
    go(laptop.page, "/admin/people")
    expect(laptop.page.get_by_text("Liisa").first).to_be_visible()


def test_j12_an_administrator_resets_it_for_who_lost_it(phone_of: PhoneOf, office: Office) -> None:
    """[J11] [J12] By password and code; the next sign-in of that person asks the password alone."""
    given = "UPDATE second_factor SET last_step = 0"
    office.execute(
        'INSERT INTO second_factor ("user", org, secret, set_at, last_step, recovery)'
        " SELECT :aino, org, secret, set_at, 0, recovery FROM second_factor",
        aino=office.cast.aino.id,
    )
    laptop, app = phone_of("mikko", fresh=True), Authenticator(APP_SECRET)
    laptop.sign_in("satu", PASSWORD, app)
    expect(laptop.chip).to_have_attribute("data-sync", "sent")
    go(laptop.page, f"/admin/people/{office.cast.aino.id}")
    office.execute(given)
    office.execute(LONG_AGO)
    laptop.tap(laptop.button(fi("secondFactor.reset")))
    asked = laptop.page.get_by_role("dialog", name=fi("secondFactor.resetTitle"))
    laptop.tap(asked.get_by_role("button", name=fi("secondFactor.reset")))
    answer_password(laptop, app)
    expect(laptop.page.get_by_text(fi("secondFactor.resetDone"))).to_be_visible()
    expect(laptop.page.get_by_text(fi("secondFactor.notOn"))).to_be_visible()
    phone = phone_of("aino", fresh=True)
    phone.sign_in("aino", PASSWORD)
    expect(phone.chip).to_have_attribute("data-sync", "sent")


class Codes:
    def __init__(self, app: Authenticator, recovery: list[str]) -> None:
        self.app, self.recovery = app, recovery


def set_up(phone: Phone, page: Page, *, keep: bool = True) -> Codes:
    """Reads the key as a person would type it, gives a code, and keeps the recovery codes."""
    app = Authenticator(page.locator("code").inner_text().replace(" ", ""))
    page.get_by_label(fi("secondFactor.code"), exact=True).fill(app.code())
    phone.tap(phone.button(fi("secondFactor.confirm")))
    expect(page.locator("ul.codes li")).to_have_count(10)
    recovery = page.locator("ul.codes li").all_inner_texts()
    if keep:
        phone.tap(phone.button(fi("secondFactor.kept")))
    return Codes(app, recovery)


def answer_password(phone: Phone, app: Authenticator | None = None) -> None:
    asked = phone.page.get_by_role("dialog", name=fi("admin.confirmTitle"))
    asked.get_by_label(fi("session.password"), exact=True).fill(PASSWORD)
    phone.tap(asked.get_by_role("button", name=fi("admin.goOn")))
    if app:
        asked.get_by_label(fi("secondFactor.code"), exact=True).fill(app.code())
        phone.tap(asked.get_by_role("button", name=fi("admin.goOn")))
