"""Reminders on the phone: from the plan on the laptop to the tap on the notification; the calendar's address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from server.core import timestamps
from server.reminders import vapid
from server.rules.dates import FINLAND
from tests.browser.conftest import PhoneOf
from tests.browser.edge import Edge
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import settle, value_of
from tests.browser.reminding import (
    NEVER_ANSWERED,
    Clock,
    Deliveries,
    allow,
    give,
    let_subscribe,
    told_of_a_visit,
    turn_on,
    worker_of,
)
from tests.browser.screens import wait_until_sent
from tests.browser.words import fi
from tests.cast import PASSWORD
from tests.independent_push import HOST, IndependentPush, independent_push
from tests.push_service import PushService, push_service, wire_to

#: what every cache of the origin holds, and what lies in the open beside the sealed stores
IN_THE_OPEN = """async () => {
  const texts = [JSON.stringify(localStorage), location.href, document.title];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) texts.push(request.url, await (await cache.match(request)).text());
  }
  return texts.join('\\n');
}"""
DAY = timedelta(days=1)
#: how long the app waits for a push service
ANSWER_MAX_MS = 12_000
UPCOMING = "visit_upcoming"
#: more often than anything is asked in a test
ALWAYS = 1_000


@pytest.fixture
def other_service() -> Iterator[IndependentPush]:
    with independent_push() as running:
        yield running


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


def plan_together(laptop: Phone, office: Office, partner: str) -> datetime:
    """A visit to Kerttu tomorrow at noon, with a partner; when it begins."""
    start = (datetime.now(FINLAND) + DAY).replace(hour=12, minute=0, second=0, microsecond=0)
    laptop.go("shell.clients")
    laptop.link(office.clients.kerttu.name, exact=False).first.click()
    laptop.link(fi("caseFile.arrange")).last.click()
    dates, times = (laptop.page.locator(f"{kind}:visible") for kind in ("input[type=date]", "input[type=time]"))
    dates.first.fill(f"{start:%Y-%m-%d}")
    times.first.fill("12:00")
    times.last.fill("13:00")
    laptop.page.get_by_label(fi("caseFile.planPartner")).select_option(value=partner)
    laptop.button(fi("shell.save")).locator("visible=true").click()
    about = timestamps.text(start.astimezone(UTC))
    expect(laptop.page.get_by_text(fi("shell.savedHere"))).to_be_visible()
    wait_until_sent(laptop)
    assert office.rows("SELECT id FROM reminder WHERE about = :about", about=about)
    return start.astimezone(UTC)


def test_n8_from_the_plan_on_the_laptop_to_the_visit_on_the_phone(
    phone_of: PhoneOf, office: Office, service: PushService, other_service: IndependentPush
) -> None:
    """[N8, U21, U22] Through pywebpush to a push service that decrypts, to the worker, to the visit; locked too.

    The phone's push service is ours, the laptop's was written by others.
    """
    phone, laptop = phone_of("aino"), phone_of("mikko")
    own = let_subscribe(phone, service)
    turn_on(phone)
    with office.inside() as app:
        (key, *_) = vapid.keys_in(app.extensions["ovikello-settings"].vapid_path)
    others = other_service.subscribe(key.public)
    give(laptop, others)
    turn_on(laptop)
    start = plan_together(laptop, office, office.cast.aino.id)
    clock = Clock(start - timedelta(minutes=31) - datetime.now(UTC))
    wire = wire_to(service.port, elsewhere={HOST: other_service.port})
    with worker_of(office, wire, clock) as send:
        send()
        told_before, others_before = len(service.messages), len(other_service.messages(others))
        clock.ahead += timedelta(minutes=2)
        send()
    (message,) = (each for each in service.messages[told_before:] if each.payload["kind"] == UPCOMING)
    assert (message.token, service.problems) == (own.token, [])
    assert set(message.payload) == {"kind", "at", "id", "later"}
    visit = re.compile(rf"/clients/{office.clients.kerttu.case}/visits/[0-9a-f-]+$")

    (to_laptop,) = (each for each in other_service.messages(others)[others_before:] if each["kind"] == UPCOMING)
    assert (to_laptop["kind"], to_laptop["at"]) == (message.payload["kind"], message.payload["at"])
    at_laptop = Deliveries(laptop)
    at_laptop.deliver(to_laptop)
    at_laptop.shown()
    at_laptop.tap(to_laptop["id"])
    expect(laptop.page).to_have_url(visit)

    deliveries = Deliveries(phone)
    deliveries.deliver(message)
    (shown,) = deliveries.shown()
    when = f"{start.astimezone(FINLAND):%-d.%-m.} klo 12.00"
    assert re.fullmatch(rf"{fi('reminders.neutral.other').replace('%', '')}\w\w {re.escape(when)}", shown["title"])
    assert shown["body"] == ""
    deliveries.deliver(message)
    phone.page.wait_for_timeout(500)
    assert len(deliveries.shown()) == 1, "the same reminder again takes the place of the first"

    phone.page.evaluate("dispatchEvent(new Event('online'))")
    deliveries.tap(message.payload["id"])
    expect(phone.page).to_have_url(visit)

    phone.tap(phone.button(fi("shell.back")))
    phone.go("shell.more")
    phone.button(fi("settings.lockNow")).click()
    deliveries.deliver(message)
    deliveries.shown()
    deliveries.tap(message.payload["id"])
    expect(phone.page).to_have_url(re.compile("/reminders/"))
    phone.unlock_anywhere(PASSWORD)
    expect(phone.page).to_have_url(visit)

    said = "\n".join([json.dumps(message.payload), json.dumps(shown), *service.seen, phone.page.evaluate(IN_THE_OPEN)])
    said += (office.data_dir / "serve.log").read_text()
    for marker in ("Kerttu", "Salmi", "Esimerkkikatu", office.clients.kerttu.goal_title):
        assert marker not in said


def test_n12_what_was_told_is_dealt_with_in_the_inbox(
    phone_of: PhoneOf, office: Office, edge: Edge, service: PushService
) -> None:
    """[N12] Put off, and done without a network; said again where the server was too busy for it. The badge counts."""
    phone = phone_of("aino")
    phone.page.evaluate("() => { navigator.setAppBadge = async (count) => void (window.badge = count); }")
    told = told_of_a_visit(phone, office, service)
    done = f"POST /api/reminders/{told.id}/done"
    phone.go("shell.more")
    phone.tap(phone.link(fi("shell.reminders"), exact=False).first)
    row = phone.page.locator("li", has_text="Kerttu")
    expect(row).to_be_visible()
    value_of(phone.page, "window.badge === 2")
    settle(phone.page)
    phone.tap(row.get_by_role("button").first)
    expect(phone.page.get_by_role("heading", name=fi("reminders.putOff"))).to_be_visible()
    told.becomes("waiting")
    value_of(phone.page, "window.badge === 1")
    phone.offline()
    phone.tap(row.get_by_role("button").last)
    expect(phone.page.get_by_role("heading", name=fi("reminders.done"))).to_be_visible()
    edge.busy[done] = ALWAYS
    phone.offline(False)
    look_again(phone)
    while edge.busy[done] == ALWAYS:
        phone.page.wait_for_timeout(100)
    assert told.state() == "waiting"
    expect(phone.page.get_by_role("heading", name=fi("reminders.putOff"))).to_be_hidden()
    del edge.busy[done]
    look_again(phone)
    told.becomes("done")


def look_again(phone: Phone) -> None:
    """Away from the inbox and back to it."""
    phone.go("shell.more")
    phone.tap(phone.link(fi("shell.reminders"), exact=False).first)


def test_u22_a_push_service_that_never_answers(phone_of: PhoneOf) -> None:
    """[U22] Nothing is asked without a tap; and where no answer comes, that is said."""
    phone = phone_of("aino")
    asked = "() => { window.asked = 0; const ask = Notification.requestPermission.bind(Notification);"
    phone.page.evaluate(asked + " Notification.requestPermission = () => { window.asked += 1; return ask(); }; }")
    allow(phone)
    phone.page.clock.install()
    phone.page.evaluate(NEVER_ANSWERED)
    phone.go("shell.more", "shell.settings")
    expect(phone.page.get_by_text(fi("reminders.why"))).to_be_visible()
    assert phone.page.evaluate("window.asked") == 0
    phone.tap(phone.button(fi("reminders.turnOn")))
    expect(phone.button(fi("reminders.turnOn"))).to_have_attribute("aria-busy", "true")
    phone.page.clock.fast_forward(ANSWER_MAX_MS)
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
