"""What a field tells the keyboard and the password manager, which way text runs, and a clipboard that refuses."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from server import directory
from server.core.database import writing
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import CURRENT, go
from tests.browser.screens import log_unplanned, open_client
from tests.browser.words import fi
from tests.cast import PASSWORD

ARABIC = "\u0633\u0627\u0631\u0629 123."
HEBREW = "\u05e9\u05e8\u05d4 (2)"
FINNISH = "Sovittiin: 08:00\u201310:00."
#: the clipboard as a browser has it that refuses, or that has none
REFUSING = {
    "refused": "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }",
    "none": "() => Object.defineProperty(navigator, 'clipboard', { value: undefined })",
}
DIRECTION = "(element) => getComputedStyle(element).direction"
#: whether the text's first letter is painted right of its last one
RUNS_LEFT = """(element) => {
  const node = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
  const at = (index) => {
    const range = document.createRange();
    range.setStart(node, index);
    range.setEnd(node, index + 1);
    return range.getBoundingClientRect().left;
  };
  return at(0) > at(node.data.trimEnd().length - 1);
}"""


def is_plain(field: Locator) -> None:
    expect(field).to_have_attribute("autocapitalize", "none")
    expect(field).to_have_attribute("spellcheck", "false")


def user_names(phone: Phone) -> list[str]:
    fields = phone.page.locator('form:has(input[autocomplete$="-password"]) input[autocomplete="username"]')
    return [field.input_value() for field in fields.all()]


def test_a_password_that_is_shown_is_no_sentence(phone_of: PhoneOf) -> None:
    """No capital and no spelling, hidden and shown, at the lock and at the sign-in."""
    phone = phone_of("aino", unlocked=False)
    field = phone.field(fi("session.password"))
    is_plain(field)
    phone.tap(phone.button(fi("session.showPassword")))
    expect(field).to_have_attribute("type", "text")
    is_plain(field)


def test_a_changed_password_is_its_owners(phone_of: PhoneOf) -> None:
    """A password manager learns whose it is from the form; the name lies sealed in the person's own store."""
    phone = phone_of("aino", unlocked=False, fresh=True)
    phone.sign_in("aino", PASSWORD)
    phone.wait_for_the_shell()
    phone.go("shell.more", "shell.settings")
    phone.tap(phone.button(fi("settings.changePassword")))
    is_plain(phone.field(fi("settings.newPassword")))
    expect(phone.page.locator('form input[autocomplete="username"]')).to_have_value("aino")
    assert user_names(phone) == ["aino"]


def test_one_profile_locks_without_a_name_and_several_say_which(phone_of: PhoneOf) -> None:
    """[V7] The device keeps no name in the open: among several the form says which profile, alone it says nothing."""
    phone = phone_of("aino", unlocked=False)
    assert user_names(phone) == []
    phone.tap(phone.button(fi("session.someoneElse")))
    phone.sign_in("liisa", PASSWORD)
    expect(phone.today).to_be_visible()
    phone.page.reload()
    expect(phone.page.locator("h1")).to_be_visible()
    for profile in phone.page.get_by_role("radio").all():
        profile.check()
        (name,) = user_names(phone)
        assert name not in {"", "aino", "liisa"}
        expect(phone.page.locator("main")).to_contain_text(name)


def test_the_old_password_is_its_owners(phone_of: PhoneOf, office: Office) -> None:
    """[V8] The form that asks for the old one says whose it is, under the name that was just typed."""
    phone = phone_of("aino", unlocked=False)
    with office.inside(), writing() as transaction:
        directory.reset_password(transaction, directory.user_named(transaction, "aino"), "uusi salasana 2026")
    phone.tap(phone.button(fi("session.someoneElse")))
    phone.sign_in(" aino ", "uusi salasana 2026")
    expect(phone.field(fi("lock.oldPassword"))).to_be_visible()
    assert user_names(phone) == ["aino"]


def test_every_date_has_its_bounds(phone_of: PhoneOf, office: Office) -> None:
    """[T1] The years that a record may hold, at every date of a client's form, a goal's, a phase's, a visit's."""
    phone = phone_of("aino")
    file = f"/clients/{office.clients.paavo.case}"
    counted = 0
    for path in (
        "/clients/new",
        f"{file}/edit",
        f"{file}/goals/new",
        f"{file}/phase",
        f"{file}/plan",
        "/incidents/new",
    ):
        go(phone.page, path)
        phone.page.locator(f"{CURRENT} details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")
        dates = phone.page.locator(f"{CURRENT} input[type=date]")
        bounds = dates.evaluate_all("(all) => all.map((one) => [one.min, one.max])")
        assert all(each == ["1900-01-01", "2100-12-31"] for each in bounds), path
        counted += len(bounds)
    assert counted >= 8


@pytest.mark.parametrize("text", [ARABIC, HEBREW, FINNISH])
def test_text_runs_in_its_own_direction(aino: Phone, ainos_office: Office, text: str) -> None:
    """Where it is typed and where it is read."""
    sheet = log_unplanned(aino, ainos_office.clients.kerttu)
    sheet.note.fill(text)
    assert sheet.note.evaluate(DIRECTION) == ("ltr" if text == FINNISH else "rtl")
    sheet.save()
    open_client(aino, ainos_office.clients.kerttu)
    read = aino.page.locator(".written", has_text=text).locator("visible=true").first
    expect(read).to_be_visible()
    assert read.evaluate(RUNS_LEFT) == (text != FINNISH)


@pytest.mark.parametrize("why", REFUSING)
def test_a_clipboard_that_refuses_says_so(phone_of: PhoneOf, why: str) -> None:
    """The calendar's address is selected by hand then."""
    phone = phone_of("aino")
    phone.go("shell.more", "shell.settings")
    phone.tap(phone.button(fi("reminders.calendarShow")))
    phone.tap(phone.button(fi("reminders.calendarMake")))
    expect(phone.page.get_by_text(f"{phone.address}/calendar/")).to_be_visible()
    phone.page.evaluate(REFUSING[why])
    phone.tap(phone.button(fi("reminders.copy")))
    expect(phone.page.get_by_text(fi("outbox.copyFailed"))).to_be_visible()
