"""What is done on a notification itself: the app open, locked and closed, its session's time over, and nobody there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from server.auth.tokens import ACCESS_COOKIE
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.reminding import told_of_a_visit
from tests.browser.words import fi
from tests.cast import PASSWORD
from tests.push_service import PushService, push_service


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


def test_n12_on_the_notification(phone_of: PhoneOf, office: Office, service: PushService) -> None:
    """[N12] Putting off is the service worker's own: no screen changes, no password is asked; the rest is the app's."""
    phone = phone_of("aino")
    told = told_of_a_visit(phone, office, service)
    told.deliveries.windows()
    assert phone.context

    def put_off() -> None:
        place = phone.page.url
        assert told.show()["actions"][:2] == ["snooze", "going"]
        told.tap("snooze")
        told.becomes("waiting")
        told.deliveries.shown(0)
        assert (phone.page.url, told.deliveries.windows()) == (place, [])

    put_off()
    phone.go("shell.more")
    phone.button(fi("settings.lockNow")).click()
    expect(phone.field(fi("session.password"))).to_be_visible()
    put_off()
    phone.context.clear_cookies(name=ACCESS_COOKIE)  # as after a quarter of an hour
    put_off()

    told.show()
    office.kill()
    told.tap("snooze")
    assert told.shown(fi("reminders.neutral.notPutOff"))["tag"] == told.id
    assert "/reminders/" not in phone.page.url
    office.start()
    office.wait()

    phone.page.goto("about:blank")
    put_off()
    told.show()
    told.tap("going")
    told.deliveries.shown(0)
    (path,) = told.deliveries.windows()
    assert path == f"/reminders/{told.id}?going"
    phone.page.goto(phone.address + path)
    phone.unlock_anywhere(PASSWORD)
    expect(phone.page).to_have_url(re.compile(r"/check-in/"))
    told.becomes("done")
