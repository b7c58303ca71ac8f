"""The lone-worker check-in on the phone, and what colleague and supervisor see of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Route, expect

from server.auth.tokens import ACCESS_COOKIE
from server.core import timestamps
from server.core.database import writing
from server.core.models import Organisation, Team, User
from server.directory import people
from server.rules.dates import FINLAND
from server.safety import alarm_channels, check_ins
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import BAR, CURRENT, go
from tests.browser.reminding import Clock, Deliveries, let_subscribe, turn_on, worker_of
from tests.browser.rows.entry import Entry
from tests.browser.rows.form import fill
from tests.browser.screens import save_form, wait_until_sent
from tests.browser.words import fi, kind_word, label
from tests.cast import PASSWORD
from tests.gateway import HOOK_HOST, Gateway, gateway
from tests.push_service import Browser, PushService, push_service

PLACE = "Esimerkkikatu 1 A 4"
SHIFT = Entry((), "shift", {}, "", "")


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


@pytest.fixture
def hook(office: Office) -> Iterator[Gateway]:
    """A webhook of the organisation's own, on loopback."""
    with office.inside(), writing() as transaction:
        organisation = transaction.get_one(Organisation, office.cast.aino.org)
        alarm_channels.keep(transaction, organisation, "webhook", f"https://{HOOK_HOST}/alarm", "a token")
    with gateway() as running:
        yield running


def leave(phone: Phone, *, drill: bool = False) -> None:
    """From Tänään, for the nearest visit."""
    phone.tap(phone.link(fi("checkIn.startFor", "Paavo Lehto")))
    expect(phone.field_beginning(fi("checkIn.place"))).to_have_value(PLACE)
    if drill:
        phone.page.get_by_role("checkbox", name=fi("checkIn.asDrill")).check()
    phone.tap(phone.button(fi("checkIn.arm")))


def listening(phone: Phone, service: PushService) -> tuple[Phone, Browser, Deliveries]:
    """Notifications are on, and what comes is handed to it; it stands on Tänään."""
    browser = let_subscribe(phone, service)
    turn_on(phone)
    phone.go("shell.today")
    return phone, browser, Deliveries(phone)


def leave_from_the_client(phone: Phone, office: Office) -> None:
    """From the client's sheet, for the visit that is near; the same stands on the visit itself."""
    paavo = office.clients.paavo
    phone.go("shell.clients")
    phone.link(paavo.name, exact=False).first.click()
    address = f"/check-in/{paavo.case}/{paavo.visit}"
    expect(phone.link(fi("checkIn.start"))).to_have_attribute("href", address)
    phone.tap(phone.button(fi("caseFile.more")))
    row = phone.page.get_by_role("dialog").get_by_role("link", name=fi("checkIn.start"))
    expect(row).to_have_attribute("href", address)
    phone.tap(row)
    expect(phone.field_beginning(fi("checkIn.place"))).to_have_value(PLACE)
    phone.tap(phone.button(fi("checkIn.arm")))


#: the server's clock is turned by moving what it counts from into the past
TURN = (
    "UPDATE check_in SET deadline = strftime('%Y-%m-%dT%H:%M:%SZ', deadline, :span)",
    """UPDATE reminder SET due = strftime('%Y-%m-%dT%H:%M:%SZ', due, :span),
        try_at = strftime('%Y-%m-%dT%H:%M:%SZ', try_at, :span)""",
)


def turn_to(office: Office, clock: Clock, send: Callable[[], None], minutes: int) -> None:
    """To so long after the deadline: the worker first, whose turn is told by its own clock, then the server."""
    ((deadline,),) = office.rows("SELECT deadline FROM check_in")
    clock.ahead = timestamps.moment(deadline) + timedelta(minutes=minutes) - datetime.now(UTC)
    send()
    for statement in TURN:
        office.execute(statement, span=f"-{clock.ahead.total_seconds():.0f} seconds")
    clock.ahead = timedelta()


def lock(phone: Phone) -> None:
    phone.go("shell.more", "shell.settings")
    phone.tap(phone.button(fi("settings.lockNow")))
    expect(phone.button(fi("session.open"))).to_be_visible()


def unlock_again(phone: Phone) -> None:
    """Where it was locked, and back to Tänään."""
    phone.unlock_anywhere(PASSWORD)
    phone.go("shell.today")


#: what lies unsealed of whoever has a store on this device
OPEN_ROWS = """() => new Promise((done) => {
  const opening = indexedDB.open('ovikello');
  opening.onsuccess = () => {
    const all = opening.result.transaction('profiles').objectStore('profiles').getAll();
    all.onsuccess = () => {
      opening.result.close();
      done(JSON.stringify(all.result));
    };
  };
})"""


def clock_of(at: str) -> str:
    return f"klo {timestamps.moment(at).astimezone(FINLAND):%-H.%M}"


def when_of(at: str) -> str:
    """Before midnight a deadline may be of the next day, and says so."""
    day = timestamps.moment(at).astimezone(FINLAND).date()
    is_today = day == datetime.now(FINLAND).date()
    weekday = ("ma", "ti", "ke", "to", "pe", "la", "su")[day.weekday()]
    return clock_of(at) if is_today else f"{weekday} {day.day}.{day.month}. {clock_of(at)}"


def test_k1_it_is_on_when_the_server_has_said_so(phone_of: PhoneOf, office: Office) -> None:
    """[K1] Without an answer it is NOT on, and a call is offered; with it the time runs and can be extended."""
    phone = phone_of("aino")
    phone.offline()
    leave(phone)
    expect(phone.page.get_by_text(fi("checkIn.notOn"))).to_be_visible()
    expect(phone.link(fi("checkIn.callEmergency"))).to_be_visible()
    named = phone.page.get_by_label(fi("checkIn.colleague")).get_by_role("option").all_inner_texts()
    assert named == [fi("checkIn.team"), "Liisa", "Mikko"]
    assert office.rows("SELECT id FROM check_in") == []
    phone.offline(False)
    phone.tap(phone.button(fi("checkIn.arm")))
    expect(phone.page.get_by_role("heading", level=1, name=fi("checkIn.isOn"))).to_be_visible()
    ((before,),) = office.rows("SELECT deadline FROM check_in")
    phone.tap(phone.button(fi("checkIn.more")))
    expect(phone.page.get_by_text(fi("checkIn.moreDone", "").strip(), exact=False)).to_be_visible()
    ((after,),) = office.rows("SELECT deadline FROM check_in")
    assert timestamps.moment(after) - timestamps.moment(before) == timedelta(minutes=30)
    phone.tap(phone.button(fi("checkIn.safe")))
    expect(phone.page.get_by_text(fi("checkIn.ended"))).to_be_visible()
    expect(phone.link(f"{fi('today.log')} · Paavo Lehto")).to_be_visible()
    assert office.rows("SELECT place FROM check_in WHERE ended_at IS NOT NULL") == [(None,)]


def test_k2_a_silent_alert(phone_of: PhoneOf, office: Office) -> None:
    """[K2] One tap does nothing, a second sends; the screen says it in small words only, and goes on as before."""
    phone = phone_of("aino")
    leave_from_the_client(phone, office)
    phone.tap(phone.button(fi("checkIn.help")))
    expect(phone.button(fi("checkIn.helpAgain"))).to_be_visible()
    assert office.rows("SELECT alert_at FROM check_in") == [(None,)]
    phone.tap(phone.button(fi("checkIn.helpAgain")))
    expect(phone.page.get_by_text(fi("checkIn.helpSent"), exact=True)).to_be_visible()
    phone.page.set_viewport_size({"width": 1280, "height": 800})
    time, answers = (phone.page.locator(one).bounding_box() for one in (".timer", ".answers"))
    assert time
    assert answers
    assert (time["x"], time["width"]) == (answers["x"], answers["width"])
    told = """SELECT lower(person.display_name) FROM reminder JOIN user_account AS person ON person.id = reminder."user"
        WHERE reminder.cause = 'checkin_alert' AND reminder.channel = 'push'"""
    names = [name for (name,) in office.rows(told)]
    # Neither has a device that takes it: soon it climbs to the administrator, and to nobody else (K9).
    assert sorted(names) in (["liisa", "mikko"], ["liisa", "mikko", "satu"])
    expect(phone.page.get_by_role("heading", level=1, name=fi("checkIn.isOn"))).to_be_visible()


def test_k12_the_end_of_a_shift_ends_what_still_watches(phone_of: PhoneOf, office: Office) -> None:
    """[K12] In a cellar, by one tap: the shift ends, and the check-in too as soon as there is a network."""
    phone = phone_of("aino")
    start = datetime.now(UTC).astimezone(FINLAND)
    go(phone.page, "/records/shift/new/edit")
    for name, value in {"start": f"{start:%Y-%m-%d}", "start.clock": f"{start:%H:%M}"}.items():
        fill(phone, SHIFT, name, value)
    save_form(phone)
    phone.fetch()
    phone.go("shell.today")
    leave(phone)
    expect(phone.page.get_by_role("heading", level=1, name=fi("checkIn.isOn"))).to_be_visible()
    phone.offline()
    go(phone.page, "/records/shift")
    phone.page.locator(CURRENT).locator("li a").first.click()
    shown = phone.page.locator(CURRENT)
    expect(shown).to_contain_text(fi("checkIn.isOn"))
    phone.tap(phone.button(fi("checkIn.shiftEndSafe")))
    expect(shown.locator("dt", has_text=kind_word("shift", "end"))).to_be_visible()
    expect(phone.button(fi("checkIn.shiftEnd"), exact=False)).to_have_count(0)
    assert office.rows("SELECT id FROM check_in WHERE ended_at IS NOT NULL") == []
    phone.offline(False)
    phone.fetch()
    wait_until_sent(phone)
    expect(phone.page.locator(BAR)).to_have_count(0)
    assert office.rows("SELECT id FROM check_in WHERE ended_at IS NULL") == []


def test_k5_a_drill_in_which_the_phone_loses_its_network(
    phone_of: PhoneOf, office: Office, service: PushService, hook: Gateway
) -> None:
    """[K2, K3, K5, K6] A colleague hears at T+10, the supervisor at T+20; a late answer is shown as what it was."""
    liisa, mikko, phone = phone_of("liisa"), phone_of("mikko"), phone_of("aino")
    others = (10, *listening(liisa, service)), (20, *listening(mikko, service))
    leave(phone, drill=True)
    expect(phone.page.get_by_role("heading", level=1, name=fi("checkIn.isOn"))).to_be_visible()
    expect(phone.page.get_by_text(fi("checkIn.drill"), exact=True)).to_be_visible()
    phone.offline()

    seen = []
    with worker_of(office, hook.wire(service), clock := Clock()) as send:
        for minutes, person, browser, deliveries in others:
            turn_to(office, clock, send, minutes)
            message = service.messages[-1]
            assert message.token == browser.token
            deliveries.deliver(message)
            (shown,) = deliveries.shown()
            assert shown["title"].startswith(fi("reminders.neutral.drilling"))
            seen.append(shown)
            deliveries.tap(message.payload["id"])
            expect(person.page.get_by_role("heading", level=1, name=fi("shell.out"))).to_be_visible()
            expect(person.page.get_by_text(fi("checkIn.drill"), exact=True)).to_be_visible()
    causes = ["checkin_colleague", "checkin_supervisor"]
    assert [message.payload["kind"] for message in service.messages] == causes
    assert [(body["event"], body["drill"]) for body in hook.at(HOOK_HOST)] == [(cause, True) for cause in causes]

    expect(mikko.page.get_by_text(fi("checkIn.nobody"))).to_be_visible()
    mikko.tap(mikko.button(fi("checkIn.showPlace")))
    expect(mikko.page.get_by_text(PLACE)).to_be_visible()
    mikko.tap(mikko.button(fi("checkIn.confirm")))
    expect(mikko.page.get_by_text(fi("checkIn.nobody"))).to_be_hidden()

    # She answers in the cellar a moment before the colleague's turn, and it is heard of after that.
    phone.tap(phone.button(fi("checkIn.safe")))
    expect(phone.page.get_by_text(fi("checkIn.safeWaitsWhy"))).to_be_visible()
    turn = datetime.now(UTC) + timedelta(seconds=2)
    office.execute("UPDATE check_in SET deadline = :at", at=timestamps.text(turn - timedelta(minutes=10)))
    phone.page.wait_for_timeout(2_500)
    phone.offline(False)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.page.get_by_text(fi("checkIn.ended"))).to_be_visible()
    ((said, arrived),) = office.rows("SELECT ended_on_device, ended_at FROM check_in")
    assert said < timestamps.text(turn) <= arrived
    mikko.go("shell.today", "shell.out")
    for person, words in ((phone, "checkIn.endedLate"), (mikko, "checkIn.backLate")):
        told = fi(words, clock_of(said), clock_of(arrived))
        expect(person.page.get_by_text(told)).to_be_visible()
    leaked = str(hook.received) + str(service.seen) + str(service.messages) + str(seen)
    for marker in ("Paavo", "Esimerkkikatu", "Aino"):
        assert marker not in leaked


def test_k8_the_lock_says_that_it_is_on(phone_of: PhoneOf, office: Office) -> None:
    """[K8] What to do and whom to call, before the deadline and after it; nobody and no place; gone once it is over.

    The team's leader is called as long as the team has no number of its own."""
    with office.inside(), writing() as transaction:
        transaction.get_one(User, office.cast.mikko.key).phone = "040 000 0099"
        people.publish(transaction, office.cast.aino.org)
    phone = phone_of("aino")
    leave(phone)
    expect(phone.page.get_by_role("heading", level=1, name=fi("checkIn.isOn"))).to_be_visible()
    ((deadline,),) = office.rows("SELECT deadline FROM check_in")
    lock(phone)
    expect(phone.page.get_by_text(fi("checkIn.openUntil", when_of(deadline)))).to_be_visible()
    expect(phone.link(fi("checkIn.callLeader"))).to_have_attribute("href", "tel:0400000099")
    open_rows = phone.page.evaluate(OPEN_ROWS)
    assert "040 000 0099" in open_rows
    for marker in ("Paavo", "Lehto", "Esimerkkikatu", "Aino", "Mikko", office.clients.paavo.visit):
        assert marker not in open_rows
    office.execute("UPDATE check_in SET deadline = :at", at=timestamps.text(datetime.now(UTC) - timedelta(minutes=1)))
    with office.inside(), writing() as transaction:
        transaction.get_one(Team, (office.cast.aino.team, office.cast.aino.org)).phone = "040 000 0100"
        people.publish(transaction, office.cast.aino.org)
    unlock_again(phone)
    phone.fetch()
    expect(phone.page.get_by_text(fi("checkIn.asked"))).to_be_visible()
    expect(phone.page.get_by_text(fi("checkIn.askedWhy"))).to_be_visible()
    lock(phone)
    ((deadline,),) = office.rows("SELECT deadline FROM check_in")
    expect(phone.page.get_by_text(fi("checkIn.openLate", when_of(deadline)))).to_be_visible()
    phone.offline()
    unlock_again(phone)
    phone.tap(phone.link(fi("checkIn.toAnswer")))
    phone.tap(phone.button(fi("checkIn.safe")))
    expect(phone.page.get_by_text(fi("checkIn.safeWaitsLate"))).to_be_visible()
    team = phone.link(fi("checkIn.callTeam"))
    expect(team).to_have_attribute("href", "tel:0400000100")
    lock(phone)
    expect(phone.page.get_by_text(fi("checkIn.openToSendLate"))).to_be_visible()
    expect(team).to_have_attribute("href", "tel:0400000100")
    phone.offline(False)
    unlock_again(phone)
    while '"watch":null' not in phone.page.evaluate(OPEN_ROWS):
        phone.page.wait_for_timeout(100)
    lock(phone)
    expect(team).to_have_count(0)


def test_k8_what_was_ended_elsewhere_asks_no_more(phone_of: PhoneOf, office: Office) -> None:
    """[K8] Another device of hers has answered: the locked phone hears it without its key, and with an old token."""
    phone = phone_of("aino")
    leave(phone)
    expect(phone.page.get_by_role("heading", level=1, name=fi("checkIn.isOn"))).to_be_visible()
    ((id_, deadline),) = office.rows("SELECT id, deadline FROM check_in")
    lock(phone)
    asks = phone.page.get_by_text(fi("checkIn.openUntil", when_of(deadline)))
    expect(asks).to_be_visible()
    now = datetime.now(UTC)
    with office.inside(), writing() as transaction:
        check_ins.safe(transaction, office.cast.aino.actor, id_, timestamps.text(now), now)
    assert phone.context
    phone.context.clear_cookies(name=ACCESS_COOKIE)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(asks).to_have_count(0)
    assert '"watch":null' in phone.page.evaluate(OPEN_ROWS)


def test_k7_a_threat_is_recorded_apart(phone_of: PhoneOf, office: Office) -> None:
    """[K7] Apart from any case file; her leader's look is noted."""
    phone = phone_of("aino")
    phone.go("shell.more", "checkIn.incidents", "checkIn.incidentAdd")
    phone.tap(phone.button(fi("shell.save")))
    expect(phone.page.get_by_role("alert")).to_be_visible()
    phone.page.get_by_label(fi("checkIn.incidentKind")).select_option("verbal_threat")
    phone.field(fi("checkIn.incidentText")).fill("Huusi rappukäytävässä.")
    phone.tap(phone.button(fi("shell.save")))
    expect(phone.page.get_by_text(fi("checkIn.incidentSaved"))).to_be_visible()
    ((body,),) = office.rows("SELECT body FROM incident")
    assert "Huusi rappukäytävässä." in body
    assert "Paavo" not in body
    phone.tap(phone.link(label("incident_kind", "verbal_threat"), exact=False))
    phone.tap(phone.link(fi("fields.edit")))
    phone.page.get_by_role("checkbox", name=fi("checkIn.incidentInjured")).check()
    phone.tap(phone.button(fi("shell.save")))
    expect(phone.page.get_by_text(fi("checkIn.incidentEarlier", 1))).to_be_visible()

    mikko = phone_of("mikko")
    mikko.go("shell.out", "checkIn.incidents")
    mikko.link(label("incident_kind", "verbal_threat"), exact=False).click()
    expect(mikko.page.get_by_text("Huusi rappukäytävässä.")).to_be_visible()
    expect(mikko.page.get_by_text(fi("checkIn.incidentBy", "Aino"))).to_be_visible()
    expect(mikko.page.get_by_text(fi("checkIn.incidentEarlier", 1))).to_be_visible()
    expect(mikko.link(fi("fields.edit"))).to_have_count(0)
    looks = office.rows("SELECT actor FROM audit_event WHERE event = 'incident_read'")
    assert looks == [(office.cast.mikko.id,)]


def test_k7_a_threat_waits_for_a_network(phone_of: PhoneOf, office: Office) -> None:
    """[K7] At a door without one: sealed, listed through a reload, counted at the sign-out, and sent once."""
    phone = phone_of("aino")
    phone.wait_for_the_shell()
    phone.go("shell.more", "checkIn.incidents", "checkIn.incidentAdd")
    phone.offline()
    phone.page.get_by_label(fi("checkIn.incidentKind")).select_option("verbal_threat")
    phone.field(fi("checkIn.incidentText")).fill("Huusi rappukäytävässä.")
    phone.tap(phone.button(fi("shell.save")))
    waiting = phone.link(label("incident_kind", "verbal_threat"), exact=False)
    expect(waiting).to_contain_text(fi("checkIn.incidentWaits"))

    phone.page.reload()
    phone.unlock_anywhere(PASSWORD)
    expect(waiting).to_contain_text(fi("checkIn.incidentWaits"))
    phone.tap(waiting)
    text = phone.field(fi("checkIn.incidentText"))
    expect(text).to_have_value("Huusi rappukäytävässä.")
    text.fill("Huusi ja löi oveen.")
    phone.tap(phone.button(fi("shell.save")))
    expect(waiting).to_have_count(1)
    phone.go("shell.more", "shell.settings")
    phone.tap(phone.button(fi("settings.signOut")))
    expect(phone.page.get_by_text(fi("settings.signOutUnsent", 1))).to_be_visible()
    phone.tap(phone.button(fi("shell.cancel")))
    assert office.rows("SELECT id FROM incident") == []

    phone.go("shell.more", "checkIn.incidents")
    phone.offline(False)
    expect(waiting).not_to_contain_text(fi("checkIn.incidentUnsent"))
    expect(waiting).to_be_visible()
    phone.fetch()
    ((body,),) = office.rows("SELECT body FROM incident")
    assert "Huusi ja löi oveen." in body
    phone.go("shell.more", "shell.settings")
    phone.tap(phone.button(fi("settings.signOut")))
    expect(phone.page.get_by_text(fi("settings.signOutClean"))).to_be_visible()


def test_k7_a_refused_threat_can_be_put_away(phone_of: PhoneOf, office: Office) -> None:
    """[K7] What the server will not take waits with its reason until its person puts it away; Kumoa brings it back."""
    phone = phone_of("aino")
    phone.page.route("**/api/incidents/*", refuse)
    phone.go("shell.more", "checkIn.incidents", "checkIn.incidentAdd")
    phone.page.get_by_label(fi("checkIn.incidentKind")).select_option("verbal_threat")
    phone.field(fi("checkIn.incidentText")).fill("Huusi rappukäytävässä.")
    phone.tap(phone.button(fi("shell.save")))
    expect(phone.page.get_by_text(fi("checkIn.incidentNotSaved"))).to_be_visible()
    phone.tap(phone.button(fi("checkIn.incidentPutAwayDo")))
    waiting = phone.page.get_by_text(fi("checkIn.incidentUnsent"), exact=True)
    expect(phone.page.get_by_role("heading", level=1, name=fi("checkIn.incidents"))).to_be_visible()
    expect(waiting).to_have_count(0)
    phone.tap(phone.button(fi("shell.undo")))
    expect(waiting).to_have_count(1)
    phone.page.unroute("**/api/incidents/*")
    phone.fetch()
    expect(waiting).to_have_count(0)
    assert [body for (body,) in office.rows("SELECT body FROM incident") if "Huusi" in body] != []


def refuse(route: Route) -> None:
    """As the server refuses: the words are the catalogue's."""
    if route.request.method != "PUT":
        route.continue_()
        return
    route.fulfill(status=422, json={"problem": {"code": "fields_invalid", "fields": {"text": ["invalid"]}}})
