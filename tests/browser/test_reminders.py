"""Reminders on the phone: asked for from a tap, and the calendar's address."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.words import fi

#: what a browser does where its push service cannot be reached
NEVER_ANSWERED = "() => { PushManager.prototype.subscribe = () => new Promise(() => {}); }"


def test_u22_a_push_service_that_never_answers(phone_of: PhoneOf) -> None:
    """[U22] Nothing is asked without a tap; and where no answer comes, that is said."""
    phone = phone_of("aino")
    asked = "() => { window.asked = 0; const ask = Notification.requestPermission.bind(Notification);"
    phone.page.evaluate(asked + " Notification.requestPermission = () => { window.asked += 1; return ask(); }; }")
    assert phone.context
    phone.context.grant_permissions(["notifications"], origin=phone.address)
    phone.page.evaluate(NEVER_ANSWERED)
    phone.go("shell.more", "shell.settings")
    expect(phone.page.get_by_text(fi("reminders.why"))).to_be_visible()
    assert phone.page.evaluate("window.asked") == 0
    phone.tap(phone.button(fi("reminders.turnOn")))
    expect(phone.page.get_by_text(fi("reminders.noAnswer"))).to_be_visible()
    expect(phone.page.get_by_text(fi("reminders.inApp"))).to_be_visible()
    assert phone.page.evaluate("window.asked") == 1


def test_i1_the_calendar_address_is_shown_once(phone_of: PhoneOf, office: Office) -> None:
    """[I1] Made, copied, taken back; what it led to is gone."""
    phone = phone_of("aino")
    phone.go("shell.more", "shell.settings")
    phone.tap(phone.button(fi("reminders.calendarShow")))
    phone.tap(phone.button(fi("reminders.calendarMake")))
    shown = phone.page.get_by_text(f"{phone.address}/calendar/")
    expect(shown).to_be_visible()
    address = shown.text_content()
    status = "(address) => fetch(address).then(({ status }) => status)"
    assert phone.page.evaluate(status, address) == 200
    phone.tap(phone.button(fi("reminders.calendarRevoke")))
    expect(shown).to_be_hidden()
    assert phone.page.evaluate(status, address) == 404
    assert office.process
