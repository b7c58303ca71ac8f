"""A person's safety on screens that have nothing to do with it: alarms nobody took, a check-in that is on, a threat."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from playwright.sync_api import Route, expect
from uuid6 import uuid7

from server.config import LIMITS
from server.core import timestamps
from server.core.database import writing
from server.core.models import Organisation, Team
from server.demo.rng import span
from server.directory import people
from server.rules import merge
from server.rules.conditions import value_at
from server.rules.dates import FINLAND
from server.safety import alarm_channels
from server.sync.shown import shown_values
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.places import CURRENT, go
from tests.browser.reminding import Clock, worker_of
from tests.browser.test_checkin import leave, turn_to
from tests.browser.test_vault import LOOK_MS, PASS_MINUTES
from tests.browser.words import fi
from tests.cast import PASSWORD
from tests.gateway import HOOK_HOST, Gateway, gateway
from tests.push_service import PushService, push_service
from tests.reminding import Entries, Now

GO = "(path) => { history.pushState({}, '', path); dispatchEvent(new Event('popstate')); }"


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


@pytest.fixture
def hook(office: Office) -> Iterator[Gateway]:
    with office.inside(), writing() as transaction:
        organisation = transaction.get_one(Organisation, office.cast.aino.org)
        alarm_channels.keep(transaction, organisation, "webhook", f"https://{HOOK_HOST}/alarm", "a token")
    with gateway() as running:
        yield running


def test_k9_an_alarm_that_nobody_took_is_red(
    phone_of: PhoneOf, office: Office, service: PushService, hook: Gateway
) -> None:
    """[K9] The leader's screen says at once what did not arrive, and why; the address is shown before T+20."""
    hook.always[HOOK_HOST] = 401
    phone, mikko = phone_of("aino"), phone_of("mikko")
    leave(phone)
    expect(phone.page.get_by_role("heading", level=1, name=fi("checkIn.isOn"))).to_be_visible()
    with worker_of(office, hook.wire(service), clock := Clock()) as send:
        turn_to(office, clock, send, 10)
    mikko.go("shell.today", "shell.out")
    red = mikko.page.locator(".notice.safety").filter(has_text=fi("checkIn.alarmFailed"))
    expect(red).to_contain_text(f"{fi('checkIn.alarmChannels.webhook')}: {fi('checkIn.alarmAnswered', '401')}")
    expect(mikko.button(fi("checkIn.showPlace"))).to_be_visible()
    expect(mikko.page.get_by_text(fi("checkIn.nobody"))).to_be_visible()


def test_u31_a_number_is_dialled_as_it_was_meant(phone_of: PhoneOf, office: Office) -> None:
    """[U31] The (0) of a business card is left out; what is no number is read, and never dialled."""
    numbers = {"+358 (0)40 123 4567": "tel:+358401234567", "040 123 4567 / 050 7654321": None}
    phone = phone_of("aino")
    for written, dialled in numbers.items():
        with office.inside(), writing() as transaction:
            transaction.get_one(Team, (office.cast.aino.team, office.cast.aino.org)).phone = written
            people.publish(transaction, office.cast.aino.org)
        phone.fetch()
        phone.go("shell.today", "shell.more", "shell.help")
        expect(phone.page.get_by_text(written).first).to_be_visible()
        links = phone.page.locator("main a[href^='tel:']")
        expect(links).to_have_count(0 if dialled is None else 1)
        if dialled:
            expect(links).to_have_attribute("href", dialled)


def test_u31_two_numbers_that_differ_are_both_offered(phone_of: PhoneOf, office: Office) -> None:
    """[U31] On Tänään and at the client: nobody is called by chance."""
    paavo = office.clients.paavo
    ((header,),) = office.rows("SELECT id FROM record WHERE kind = 'case' AND \"case\" = :id", id=paavo.case)
    with office.inside() as app:
        for person, number in ((office.cast.aino, "+358 (0)50 111 2222"), (office.cast.liisa, "045 333 4444")):
            Entries(app, Now())(person, header, {"phone": number}, "case", paavo.case)
    phone = phone_of("aino")
    wanted = {"tel:+358501112222", "tel:0453334444"}
    calls = phone.page.locator("main a[href^='tel:']")
    expect(calls.first).to_be_visible()
    found = {call.get_attribute("href") for call in calls.all()}
    assert wanted <= found
    phone.go("shell.clients")
    phone.link(paavo.name, exact=False).first.click()
    expect(phone.page.get_by_text("045 333 4444").first).to_be_visible()
    found = {call.get_attribute("href") for call in phone.page.locator("[data-pane=current] a[href^='tel:']").all()}
    assert wanted <= found


def test_k10_a_check_in_that_is_on_is_never_out_of_sight(phone_of: PhoneOf, office: Office) -> None:
    """[K10] A bar on every other screen, with the time left, whose client it is and whom it alarms first."""
    phone = phone_of("aino")
    leave(phone)
    running = phone.page.locator("[data-pane=current]")
    expect(running.get_by_text("Paavo Lehto", exact=True)).to_be_visible()
    expect(running.get_by_text(fi("checkIn.alarmsTeam"))).to_be_visible()
    bar = phone.page.get_by_role("complementary", name=fi("checkIn.title"))
    expect(bar).to_have_count(0)
    for path in ("/clients", f"/clients/{office.clients.kerttu.case}", "/week", "/outbox", "/clients/nobody"):
        phone.page.evaluate(
            "(path) => { history.pushState({}, '', path); dispatchEvent(new Event('popstate')); }", path
        )
        expect(bar).to_be_visible()
        expect(bar).to_contain_text(fi("checkIn.leftWord"))
        expect(bar).to_contain_text(f"Paavo Lehto · {fi('checkIn.alarmsTeam')}")
        header = phone.page.locator("[data-pane=current] header").bounding_box()
        box = bar.bounding_box()
        assert box
        assert header
        assert (box["y"], header["y"] >= box["height"]) == (0, True)
    office.execute("UPDATE check_in SET deadline = :at", at=timestamps.text(datetime.now(UTC) - timedelta(minutes=3)))
    phone.tap(bar.get_by_role("link"))
    expect(phone.page.get_by_role("heading", level=1, name=fi("checkIn.asked"))).to_be_visible()
    phone.go("shell.clients")
    expect(bar).to_contain_text(fi("checkIn.lateWord"))
    phone.tap(bar.get_by_role("link"))
    phone.tap(phone.button(fi("checkIn.safe")))
    expect(phone.page.get_by_text(fi("checkIn.ended"))).to_be_visible()
    phone.go("shell.today", "shell.clients")
    expect(bar).to_have_count(0)


def test_k10_whoever_is_alarmed_first_is_named(phone_of: PhoneOf, office: Office) -> None:
    """[K10] A colleague, the leader, the team in a drill: on its own screen, in the bar, where help is asked for."""
    phone = phone_of("aino")
    paavo = office.clients.paavo
    bar = phone.page.get_by_role("complementary", name=fi("checkIn.title"))
    for person, is_drill in ((office.cast.liisa, False), (office.cast.mikko, True), (None, True)):
        go(phone.page, f"/check-in/{paavo.case}/{paavo.visit}")
        phone.field(fi("checkIn.colleague")).select_option(person.id if person else "")
        phone.page.get_by_role("checkbox", name=fi("checkIn.asDrill")).set_checked(is_drill)
        phone.tap(phone.button(fi("checkIn.arm")))
        who = person.name.capitalize() if person else fi("checkIn.helpTeam")
        told = fi("checkIn.alarmsFirst", who) if person else fi("checkIn.alarmsTeam")
        running = phone.page.locator(CURRENT)
        expect(running.get_by_text(told, exact=True)).to_be_visible()
        expect(running.get_by_text(fi("checkIn.drill"), exact=True)).to_have_count(1 if is_drill else 0)
        expect(running.get_by_text(fi("checkIn.helpHint", who))).to_be_visible()
        go(phone.page, "/week")
        expect(bar).to_contain_text(f"Paavo Lehto · {told}")
        phone.tap(bar.get_by_role("link"))
        phone.tap(phone.button(fi("checkIn.safe")))
        expect(phone.page.get_by_text(fi("checkIn.ended"))).to_be_visible()


def test_v5_more_time_before_the_lock_while_a_check_in_is_on(phone_of: PhoneOf) -> None:
    """[V5] Asked for with one tap, 15 minutes and no more; when the check-in is over the chosen time counts again."""
    phone = phone_of("aino")
    leave(phone)
    phone.page.get_by_role("checkbox", name=fi("checkIn.locksLater", 15)).check()
    phone.page.evaluate(PASS_MINUTES, 6)
    phone.page.wait_for_timeout(LOOK_MS)
    expect(phone.page.get_by_role("timer")).to_be_visible()
    phone.page.evaluate(PASS_MINUTES, 10)
    locked = phone.page.get_by_role("heading", level=1, name=fi("session.lockTitle"))
    expect(locked).to_be_visible()

    phone.unlock_anywhere(PASSWORD)
    phone.tap(phone.button(fi("checkIn.safe")))
    expect(phone.page.get_by_text(fi("checkIn.ended"))).to_be_visible()
    phone.page.evaluate(PASS_MINUTES, 6)
    expect(locked).to_be_visible()


def test_k10_help_says_whom_it_tells_and_the_entry_comes_next(phone_of: PhoneOf, office: Office) -> None:
    """[K10] The alarm says beforehand who hears it; after a check-in without a visit the client's entry is next."""
    kerttu = office.clients.kerttu
    phone = phone_of("aino")
    phone.page.evaluate(GO, f"/check-in/{kerttu.case}")
    phone.tap(phone.button(fi("checkIn.arm")))
    expect(phone.page.get_by_text(fi("checkIn.helpHint", fi("checkIn.helpTeam")))).to_be_visible()
    expect(phone.button(fi("checkIn.help"))).to_be_visible()
    phone.tap(phone.button(fi("checkIn.safe")))
    log = phone.link(f"{fi('today.log')} · {kerttu.name}")
    expect(log).to_have_attribute("href", f"/clients/{kerttu.case}/visits/new")


def test_k10_the_deadline_comes_from_the_visits_planned_end(phone_of: PhoneOf, office: Office) -> None:
    """[K10] Proposed, and armed to the minute; other times are a tap away."""
    phone = phone_of("aino")
    leave(phone)
    expect(phone.page.get_by_role("heading", level=1, name=fi("checkIn.isOn"))).to_be_visible()
    ((deadline,),) = office.rows("SELECT deadline FROM check_in")
    ((body,),) = office.rows("SELECT body FROM record WHERE id = :id", id=office.clients.paavo.visit)
    end = value_at(shown_values(merge.unpack(json.loads(body))), "plan.end")
    assert isinstance(end, str)
    late = timestamps.moment(deadline) - timestamps.moment(end)
    assert timedelta(minutes=9) <= late <= timedelta(minutes=11)


def test_k10_a_visit_that_ends_too_soon_or_too_late_is_no_measure(phone_of: PhoneOf, office: Office) -> None:
    """[K10] Over already, ended in 2 minutes, beyond what a check-in may last, past midnight, and no visit at all."""
    eino, now = office.clients.eino, datetime.now(UTC)
    midnight = datetime.combine(now.astimezone(FINLAND).date() + timedelta(days=1), time(), FINLAND)
    ends = {
        "over": now - timedelta(minutes=40),
        "in 2 minutes": now + timedelta(minutes=2),
        "in two hours and a half": now + timedelta(minutes=150),
        "too far": now + timedelta(minutes=LIMITS.check_in_minutes_max + 20),
        "past midnight": midnight + timedelta(minutes=30),
    }
    visits = {name: str(uuid7()) for name in ends}
    with office.colleague(office.cast.aino) as desk:
        for number, (name, end) in enumerate(ends.items()):
            start_ms = int(end.timestamp() * 1000) - 3_600_000
            fields = {"visit_kind": "home_visit", "worker": office.cast.aino.id, "plan": span(start_ms, 60)}
            desk.write(int(now.timestamp() * 1000) + number, "visit", eino.case, visits[name], fields)
    phone = phone_of("aino")
    proposed = phone.page.locator(CURRENT).get_by_text(fi("checkIn.untilVisitWhy"))
    for name, visit in {**visits, "none": ""}.items():
        go(phone.page, f"/check-in/{eino.case}/{visit}".rstrip("/"))
        expect(phone.button(fi("checkIn.arm"))).to_be_visible()
        answer_by = ends[name] + timedelta(minutes=10) if name in ends else now
        left = (answer_by - datetime.now(UTC)) / timedelta(minutes=1)
        is_measure = 15 <= left <= LIMITS.check_in_minutes_max
        expect(proposed).to_have_count(1 if is_measure else 0)
        assert is_measure == (name == "in two hours and a half") or name == "past midnight", name
        if name == "too far":
            continue
        begun = datetime.now(UTC)
        phone.tap(phone.button(fi("checkIn.arm")))
        expect(phone.page.get_by_role("heading", level=1, name=fi("checkIn.isOn"))).to_be_visible()
        ((deadline,),) = office.rows("SELECT deadline FROM check_in WHERE ended_at IS NULL")
        wanted = answer_by if is_measure else begun + timedelta(minutes=60)
        assert abs(timestamps.moment(deadline) - wanted) <= timedelta(minutes=1.5), name
        phone.tap(phone.button(fi("checkIn.safe")))
        expect(phone.page.get_by_text(fi("checkIn.ended"))).to_be_visible()


def test_k10_a_clock_that_is_wrong_is_told_where_it_matters(phone_of: PhoneOf) -> None:
    """[K10] On Tänään and where a check-in is started: what this device calls today may be another day."""
    phone = phone_of("aino")
    assert phone.context
    off = 0

    def behind(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        route.fulfill(response=answer, json=body | {"server_time": body["server_time"] - off * 60_000})

    phone.context.route("**/api/sync", behind)
    wrong = (
        (2 * 24 * 60, "2 päivää"),
        (-50, "50\u00a0min"),
        (11, "11\u00a0min"),
        (-3 * 24 * 60, "3 päivää"),
        (6, "6\u00a0min"),
        (-6, "6\u00a0min"),
    )
    for off, said in wrong:
        phone.fetch()
        phone.go("shell.clients", "shell.today")
        told = fi("checkIn.clockFast" if off > 0 else "checkIn.clockSlow", said)
        expect(phone.page.get_by_text(told)).to_be_visible()
        phone.tap(phone.link(fi("checkIn.startFor", "Paavo Lehto")))
        expect(phone.page.locator("[data-pane=current]").get_by_text(told)).to_be_visible()
    anything = phone.page.get_by_text(re.compile("Laitteen kello"))
    for off in (4, -4):
        phone.fetch()
        expect(anything).to_have_count(0)
        phone.go("shell.clients", "shell.today")
        expect(phone.today).to_be_visible()
        expect(anything).to_have_count(0)
        phone.tap(phone.link(fi("checkIn.startFor", "Paavo Lehto")))
        expect(phone.button(fi("checkIn.arm"))).to_be_visible()
        assert anything.count() == 0, off
    phone.tap(phone.button(fi("checkIn.arm")))
    running = phone.page.locator("[data-pane=current]")
    expect(running.get_by_role("heading", level=1, name=fi("checkIn.isOn"))).to_be_visible()
    expect(anything).to_have_count(0)
    for off, word in ((-7, "checkIn.clockSlow"), (8, "checkIn.clockFast")):
        phone.fetch()
        expect(running.get_by_text(fi(word, f"{abs(off)}\u00a0min"))).to_be_visible()
        expect(running.get_by_role("timer")).to_be_visible()
