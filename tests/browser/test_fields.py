"""What a field tells the keyboard and the password manager, which way text runs, and a clipboard that refuses."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Locator, expect
from uuid6 import uuid7

from server import directory
from server.core.database import writing
from server.directory import changes
from tests.browser.authenticator import Authenticator
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import CURRENT, go
from tests.browser.screens import log_unplanned, open_client
from tests.browser.test_broken_forms import POISON
from tests.browser.test_forms import SEALED_WITHIN_MS, change_times, new_visit
from tests.browser.test_outbox import TOO_LONG, write_note
from tests.browser.words import fi
from tests.cast import PASSWORD

ARABIC = "\u0633\u0627\u0631\u0629 123."
HEBREW = "\u05e9\u05e8\u05d4 (2)"
#: the first letter decides
ARABIC_FIRST = "\u0633\u0627\u0631\u0629 Korhonen (2)"
FINNISH_FIRST = "Saara \u0633\u0627\u0631\u0629 (2)."
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


def is_plain_hidden_and_shown(phone: Phone, field: Locator) -> None:
    """No capital and no spelling, whatever is asked of the field."""
    show = field.locator("xpath=ancestor::*[@class[contains(., 'password')]][1]/button")
    for kind in ("password", "text", "password"):
        expect(field).to_have_attribute("type", kind)
        is_plain(field)
        phone.tap(show)


def test_a_password_that_is_shown_is_no_sentence(phone_of: PhoneOf) -> None:
    """At the lock and at the sign-in."""
    phone = phone_of("aino", unlocked=False)
    is_plain_hidden_and_shown(phone, phone.field(fi("session.password")))
    phone.tap(phone.button(fi("lock.someoneElse")))
    is_plain(phone.field(fi("session.name")))
    is_plain_hidden_and_shown(phone, phone.field(fi("session.password")))


def test_a_changed_password_is_its_owners(phone_of: PhoneOf) -> None:
    """A password manager learns whose it is from the form; the name lies sealed in the person's own store."""
    phone = phone_of("aino", unlocked=False, fresh=True)
    phone.sign_in("aino", PASSWORD)
    phone.wait_for_the_shell()
    phone.go("shell.more", "shell.settings")
    phone.tap(phone.button(fi("settings.changePassword")))
    is_plain_hidden_and_shown(phone, phone.field(fi("settings.currentPassword")))
    is_plain_hidden_and_shown(phone, phone.field(fi("settings.newPassword")))
    expect(phone.page.locator('form input[autocomplete="username"]')).to_have_value("aino")
    assert user_names(phone) == ["aino"]


def test_one_profile_locks_without_a_name_and_several_say_which(phone_of: PhoneOf) -> None:
    """[V7] The device keeps no name in the open: among several the form says which profile, alone it says nothing."""
    phone = phone_of("aino", unlocked=False)
    assert user_names(phone) == []
    phone.tap(phone.button(fi("lock.someoneElse")))
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
    phone.tap(phone.button(fi("lock.someoneElse")))
    phone.sign_in(" aino ", "uusi salasana 2026")
    expect(phone.field(fi("lock.oldPassword"))).to_be_visible()
    is_plain_hidden_and_shown(phone, phone.field(fi("lock.oldPassword")))
    assert user_names(phone) == ["aino"]


def test_a_one_time_password_is_replaced_by_a_plain_one(phone_of: PhoneOf, office: Office) -> None:
    """[A3] Where the new one is chosen, and it is typed as it is: neither capital nor word of it is changed."""
    with office.inside(), writing() as transaction:
        given = changes.one_time()
        changes.reset(transaction, directory.user_named(transaction, "aino"), None, given)
    phone = phone_of("aino", unlocked=False, fresh=True)
    phone.sign_in("aino", given.password)
    expect(phone.page.get_by_role("heading", name=fi("admin.chooseTitle"))).to_be_visible()
    is_plain_hidden_and_shown(phone, phone.field(fi("settings.newPassword")))
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


@pytest.mark.parametrize("text", [ARABIC, HEBREW, ARABIC_FIRST, FINNISH_FIRST, FINNISH])
def test_text_runs_in_its_own_direction(aino: Phone, ainos_office: Office, text: str) -> None:
    """Where it is typed and where it is read."""
    sheet = log_unplanned(aino, ainos_office.clients.kerttu)
    sheet.note.fill(text)
    assert sheet.note.evaluate(DIRECTION) == ("ltr" if text in {FINNISH, FINNISH_FIRST} else "rtl")
    sheet.save()
    open_client(aino, ainos_office.clients.kerttu)
    read = aino.page.locator(".written", has_text=text).locator("visible=true").first
    expect(read).to_be_visible()
    assert read.evaluate(RUNS_LEFT) == (text not in {FINNISH, FINNISH_FIRST})


def test_names_and_titles_run_in_their_own_direction(phone_of: PhoneOf, office: Office) -> None:
    """A client's name on their page and among the clients; a goal's title on its page and in its row; a step."""
    eino, goal = office.clients.eino, str(uuid7())
    phone = phone_of("aino")
    here = phone.page.locator(CURRENT)
    for text in (ARABIC, HEBREW, ARABIC_FIRST, FINNISH_FIRST, FINNISH):
        with office.colleague(office.cast.aino) as desk:
            (header,) = (one for one in desk.records.values() if (one["kind"], one["case"]) == ("case", eino.case))
            now = time.time_ns() // 1_000_000
            desk.write(now, "case", eino.case, header["id"], {"client_name": text})
            named = {"title": text, "steps/first": {"text": text, "order": 0}}
            desk.write(now + 1, "goal", eino.case, goal, {"status": "agreed", "area": "home_care", **named})
        phone.fetch()
        for path, place in (
            (f"/clients/{eino.case}", here.get_by_role("heading", level=1, name=text)),
            (f"/clients/{eino.case}", here.locator(".title", has_text=text).first),
            ("/clients", here.locator("strong", has_text=text).first),
            (f"/clients/{eino.case}/goals/{goal}", here.get_by_role("heading", level=1, name=text)),
            (f"/clients/{eino.case}/goals/{goal}", here.locator("label", has_text=text)),
        ):
            go(phone.page, path)
            expect(place).to_be_visible()
            assert place.evaluate(RUNS_LEFT) == (text not in {FINNISH, FINNISH_FIRST}), (text, path)


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


@pytest.mark.parametrize("why", REFUSING)
def test_a_clipboard_that_refuses_a_refused_entry_says_so(phone_of: PhoneOf, office: Office, why: str) -> None:
    """[R6] [E4] Of an entry that is to be fixed and of a draft that cannot be shown: the text stays there."""
    phone = phone_of("aino")
    failed = phone.page.get_by_text(fi("outbox.copyFailed"))
    sheet = new_visit(phone, office.clients.kerttu)
    change_times(phone, start="01:23", end="02:00")
    sheet.note.fill(FINNISH)
    phone.page.wait_for_timeout(SEALED_WITHIN_MS)
    go(phone.page, "/")
    phone.page.evaluate(POISON, "1.23")
    phone.page.evaluate(REFUSING[why])
    go(phone.page, f"/clients/{office.clients.kerttu.case}/visits/new")
    phone.tap(phone.button(fi("outbox.copy")))
    expect(failed).to_be_visible()
    expect(phone.page.get_by_text(FINNISH)).to_be_visible()
    phone.page.evaluate(POISON, "")
    go(phone.page, "/")
    phone.offline()
    write_note(phone, office, TOO_LONG)
    phone.offline(False)
    expect(phone.chip).to_have_text(fi("shell.fix", 1))
    expect(failed).to_have_count(0)
    phone.tap(phone.chip)
    phone.tap(phone.button(fi("outbox.copy")))
    expect(failed).to_be_visible()
    expect(phone.page.locator(CURRENT)).to_contain_text(TOO_LONG)


@pytest.mark.parametrize("why", REFUSING)
def test_a_clipboard_that_refuses_a_secret_says_so(phone_of: PhoneOf, why: str) -> None:
    """[A3] [J8] A one-time password, the key of a second factor and its recovery codes are read on the screen."""
    laptop, app = phone_of("mikko", fresh=True), Authenticator()
    laptop.sign_in("satu", PASSWORD, app)
    expect(laptop.chip).to_have_attribute("data-sync", "sent")
    laptop.page.evaluate(REFUSING[why])
    failed = laptop.page.get_by_text(fi("outbox.copyFailed"))
    go(laptop.page, "/admin/people/new")
    laptop.field(fi("admin.displayName")).fill("Uusi Ohjaaja")
    laptop.field(fi("admin.signInName")).fill("uusi")
    laptop.tap(laptop.button(fi("admin.makeInvitation")))
    expect(laptop.page.locator("dd.password")).to_be_visible()
    laptop.tap(laptop.button(fi("reminders.copy")))
    expect(failed).to_be_visible()
    expect(laptop.page.locator("dd.password")).not_to_be_empty()

    phone = phone_of("aino")
    phone.page.evaluate(REFUSING[why])
    failed = phone.page.get_by_text(fi("outbox.copyFailed"))
    go(phone.page, "/settings")
    phone.tap(phone.button(fi("secondFactor.turnOn")))
    phone.tap(phone.button(fi("secondFactor.copySecret")))
    expect(failed).to_be_visible()
    key = phone.page.locator("code").inner_text().replace(" ", "")
    expect(failed).to_be_hidden()
    phone.field(fi("secondFactor.code")).fill(Authenticator(key).code())
    phone.tap(phone.button(fi("secondFactor.confirm")))
    phone.tap(phone.button(fi("secondFactor.copyCodes")))
    expect(failed).to_be_visible()
    expect(phone.page.get_by_role("list", name=fi("secondFactor.codesTitle")).get_by_role("listitem")).to_have_count(10)
