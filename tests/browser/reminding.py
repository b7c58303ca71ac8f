"""Reminders end to end: the worker on a clock that is turned, a push service on loopback, and a real service worker.

No browser of a test has a push service of its own, so subscribing answers with keys that the service on loopback holds;
from there on everything is real: what the server encrypts is decrypted there and delivered by the developer protocol.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from playwright.sync_api import CDPSession, Worker, expect

from server.core import timestamps
from server.core.models import db
from server.core.outbound import Wire
from server.reminders import inbox
from server.reminders.preferences import Preferences
from server.worker.worker import Worker as Sending
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.words import fi
from tests.push_service import Browser, Message, PushService

#: the browser's own subscription, with the keys of the service on loopback
SUBSCRIBED = """(given) => {
  let own = null;
  const made = { ...given, toJSON: () => given, unsubscribe: async () => ((own = null), true) };
  PushManager.prototype.subscribe = async () => (own = made);
  PushManager.prototype.getSubscription = async () => own;
}"""
NEVER_ANSWERED = "() => { PushManager.prototype.subscribe = () => new Promise(() => {}); }"
SHOWN = """async () => (await (self.registration ?? (await navigator.serviceWorker.ready)).getNotifications()).map(
  ({ title, body, tag, actions }) => ({ title, body, tag, actions: actions.map(({ action }) => action) }))"""
#: what a finger on the notification does, but for the focus and for windows, which a browser gives to real fingers
#: only: `opened` is what it would have opened
TAP = """async ([tag, action]) => {
  self.opened ??= [];
  self.clients.openWindow = async (path) => void self.opened.push(path);
  const [notification] = await self.registration.getNotifications({ tag });
  self.dispatchEvent(new NotificationEvent('notificationclick', { notification, action }));
}"""
SHOWN_WAIT_MAX_MS, LOOK_EVERY_MS = 30_000, 100
#: no hour and no day is quiet, so that the hour of the test changes nothing
NEVER_QUIET = Preferences(evening_before=None, quiet_from=time(0), quiet_to=time(0), free_days_quiet=False)


@dataclass
class Clock:
    """The worker's: as far ahead of the real one as it was turned."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@contextmanager
def worker_of(office: Office, wire: Wire, clock: Callable[[], datetime]) -> Iterator[Callable[[], None]]:
    """Sends what is due by the clock, beside the office's process."""
    with office.inside() as app:
        worker = Sending(app, wire, clock)

    def send() -> None:
        with office.inside():
            while worker.run_once():
                pass

    yield send


def allow(phone: Phone) -> None:
    assert phone.context
    phone.context.grant_permissions(["notifications"], origin=phone.address)


def turn_on(phone: Phone) -> None:
    allow(phone)
    if not phone.link(fi("shell.settings")).locator("visible=true").count():
        phone.go("shell.more")
    phone.go("shell.settings")
    phone.tap(phone.button(fi("reminders.turnOn")))
    expect(phone.page.get_by_text(fi("reminders.turnedOn"))).to_be_visible()
    assert phone.page.evaluate("async () => (await caches.match('/neutral')) !== undefined")


def let_subscribe(phone: Phone, service: PushService) -> Browser:
    """From now on the browser's push service is the one on loopback."""
    browser = service.subscribe()
    give(phone, browser.as_json())
    return browser


def give(phone: Phone, subscription: dict[str, Any]) -> None:
    """What its subscribing answers, whichever push service made it."""
    phone.page.evaluate(SUBSCRIBED, subscription)


class Deliveries:
    """Hands pushes to a browser's service worker, as its push service would."""

    def __init__(self, phone: Phone) -> None:
        assert phone.context
        self.phone = phone
        self.protocol: CDPSession = phone.context.new_cdp_session(phone.page)
        self._registration = ""
        self.protocol.on("ServiceWorker.workerRegistrationUpdated", self._hear)
        self.protocol.send("ServiceWorker.enable")
        while not self._registration:
            phone.page.wait_for_timeout(50)

    def _hear(self, said: dict[str, Any]) -> None:
        for registration in said["registrations"]:
            if not registration["isDeleted"]:
                self._registration = registration["registrationId"]

    def deliver(self, message: Message | dict[str, Any]) -> None:
        payload = message if isinstance(message, dict) else message.payload
        given = {"origin": self.phone.address, "registrationId": self._registration, "data": json.dumps(payload)}
        self._wake()
        self.protocol.send("ServiceWorker.deliverPushMessage", given)

    def _wake(self) -> None:
        """The browser puts to sleep what nobody asks anything of for half a minute, which a busy machine takes."""
        self.protocol.send("ServiceWorker.startWorker", {"scopeURL": f"{self.phone.address}/"})

    @property
    def worker(self) -> Worker:
        assert self.phone.context
        while not self.phone.context.service_workers:
            self._wake()
            self.phone.page.wait_for_timeout(LOOK_EVERY_MS)
        (worker,) = self.phone.context.service_workers
        return worker

    @property
    def is_open(self) -> bool:
        return self.phone.page.url.startswith(self.phone.address)

    def shown(self, count: int = 1) -> list[dict[str, Any]]:
        """The notifications, once there are so many."""
        found: list[dict[str, Any]] = []
        for _ in range(SHOWN_WAIT_MAX_MS // LOOK_EVERY_MS):
            found = (self.phone.page if self.is_open else self.worker).evaluate(SHOWN)
            if len(found) == count:
                break
            self.phone.page.wait_for_timeout(LOOK_EVERY_MS)
        assert len(found) == count, found
        return found

    def tap(self, tag: str, action: str = "") -> None:
        self.worker.evaluate(TAP, [tag, action])

    def windows(self) -> list[str]:
        """The addresses of the windows that it would have opened since this was last asked."""
        opened: list[str] = self.worker.evaluate("() => (self.opened ?? []).splice(0)")
        return opened


@dataclass
class Told:
    """One reminder that a phone has been told of, and what becomes of it on the server."""

    office: Office
    message: Message
    deliveries: Deliveries

    @property
    def id(self) -> str:
        return str(self.message.payload["id"])

    def show(self) -> dict[str, Any]:
        """As a push that has just come, and is not put off."""
        self.office.execute("UPDATE reminder SET state = 'sent' WHERE id = :id", id=self.id)
        self.deliveries.deliver(self.message)
        return self.shown()

    def shown(self, body: str = "") -> dict[str, Any]:
        """The one notification, once it says this; what stood there before may still stand for a moment."""
        for _ in range(SHOWN_WAIT_MAX_MS // LOOK_EVERY_MS):
            (found,) = self.deliveries.shown()
            if found["body"] == body:
                return found
            self.deliveries.phone.page.wait_for_timeout(LOOK_EVERY_MS)
        raise AssertionError(found)

    def tap(self, action: str = "") -> None:
        self.deliveries.tap(self.id, action)

    def state(self) -> str:
        return str(self.office.rows("SELECT state FROM reminder WHERE id = :id", id=self.id)[0].state)

    def becomes(self, state: str) -> None:
        for _ in range(SHOWN_WAIT_MAX_MS // LOOK_EVERY_MS):
            if self.state() == state:
                return
            self.deliveries.phone.page.wait_for_timeout(LOOK_EVERY_MS)
        assert self.state() == state


def told_of_a_visit(phone: Phone, office: Office, service: PushService) -> Told:
    """One of Aino's visits begins in twenty minutes, by the worker's clock; another of hers is not logged."""
    with office.inside(), db.engine.begin() as connection:
        inbox.choose(connection, office.cast.aino.actor, NEVER_QUIET, datetime.now(UTC))
    let_subscribe(phone, service)
    turn_on(phone)
    of_visit = "SELECT DISTINCT about FROM reminder WHERE record = :id AND cause = 'visit_upcoming'"
    (visit,) = office.rows(of_visit, id=office.clients.kerttu.visit)
    ahead = timestamps.moment(visit.about) - timedelta(minutes=20) - datetime.now(UTC)
    with worker_of(office, service.wire(), Clock(ahead)) as send:
        send()
    (message,) = (each for each in service.messages if each.payload["kind"] == "visit_upcoming")
    return Told(office, message, Deliveries(phone))
