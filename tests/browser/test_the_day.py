"""A worker's day on her phone, hour by hour, without a network where the day has none.

The photo of a lock and the phone in the client's hands have tests of their own.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from uuid6 import uuid7

from server.core import timestamps
from server.core.database import writing
from server.demo.rng import MINUTE_MS, span
from server.rules.dates import FINLAND
from server.sync import scope
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import CURRENT, go
from tests.browser.rows.entry import Entry, Typed
from tests.browser.rows.form import fill
from tests.browser.rows.test_forms_by_hand import field, unfold
from tests.browser.screens import LogSheet, edit_goal, log_planned, open_goal, save_form, wait_until_sent
from tests.browser.test_checkin import leave, lock, unlock_again
from tests.browser.test_home_visit import TICKS
from tests.browser.test_intake import begin, open_queue
from tests.browser.words import fi, kind_word, label

#: on a machine that does nothing else it takes half of this
DAY_MAX_S = 90
NOTE = "Siivottiin yhdessä. Varaston lukko on rikki."
WORDS = "Sain oven auki itse."
HERS, LIISAS = "Haluan oman kodin ennen kesää.", "Haluan kodin läheltä siskoa."


@dataclass
class Day:
    """Aino, her office, and what colleagues had written before she woke."""

    aino: Phone
    office: Office
    rent: str
    application: str


@pytest.fixture
def day(phone_of: PhoneOf, office: Office) -> Day:
    cast, clients = office.cast, office.clients
    ids = {name: str(uuid7()) for name in ("rent", "application", "dwelling", "visit")}
    with office.inside(), writing() as transaction:
        until = timestamps.ago(hours=-1)
        scope.grant(transaction, cast.aino.org, cast.aino.id, [clients.sulo.case], "stand_in", expires_at=until)
    with office.colleague(cast.liisa) as liisa:
        (kerttu,) = [
            one for one in liisa.records.values() if one["kind"] == "case" and one["case"] == clients.kerttu.case
        ]
        written: list[tuple[str, str, str, dict[str, Any]]] = [
            ("case", clients.kerttu.case, kerttu["id"], {"safety": ["pair_visit"]}),
            ("visit", clients.kerttu.case, clients.kerttu.visit, {"partner": cast.liisa.id}),
            ("visit", clients.tyyne.case, ids["visit"], planned_later(cast.liisa.id)),
            ("rent", clients.eino.case, ids["rent"], unpaid_rent()),
            ("application", clients.eino.case, ids["application"], {"status": "sent", "sent_on": "2026-11-01"}),
            ("dwelling", cast.liisa.org, ids["dwelling"], {"address": "Koivukuja 4 A 2"}),
        ]
        for kind, case, record, values in written:
            liisa.write(time.time_ns() // 1_000_000, kind, case, record, values)
    return Day(phone_of("aino"), office, ids["rent"], ids["application"])


def planned_later(worker: str) -> dict[str, Any]:
    start_ms = time.time_ns() // 1_000_000 + 4 * 60 * MINUTE_MS
    told = {"visit_kind": "home_visit", "mode": "face_to_face", "place": "client_home", "worker": worker}
    return told | {"plan": span(start_ms, 60)}


def unpaid_rent() -> dict[str, Any]:
    return {"month": "2026-11-01", "due_on": "2026-11-05", "amount_cents": 61200, "status": "unpaid"}


@pytest.mark.timeout(2 * DAY_MAX_S)
def test_the_day(day: Day) -> None:
    """[R1, U2, K1, G6, H4, M1, S6] From the car in the morning to the end of the shift: nothing is lost."""
    begun = time.monotonic()
    at_7_45_in_the_car(day)
    at_8_15_at_the_door(day)
    at_9_20_in_the_cellar(day)
    at_10_00_the_rents(day)
    at_10_45_a_viewing(day)
    at_11_30_lunch(day)
    at_12_00_a_family_after_a_fire(day)
    at_13_50_it_runs_over(day)
    at_14_40_a_threat(day)
    at_15_15_two_values(day)
    at_15_40_what_is_left(day)
    at_16_10_the_end(day)
    assert time.monotonic() - begun < DAY_MAX_S


def at_7_45_in_the_car(day: Day) -> None:
    """The day's visits lie on the phone; a flag says not to go alone, and with whom."""
    aino, kerttu = day.aino, day.office.clients.kerttu
    aino.offline()
    expect(
        aino.page.get_by_role("link", name=re.compile(f"{fi('today.log')}.*{day.office.clients.paavo.name}"))
    ).to_be_visible()
    go(aino.page, f"/clients/{kerttu.case}")
    expect(here(aino).get_by_text(label("safety_flag", "pair_visit")).first).to_be_visible()
    expect(here(aino).get_by_text(re.compile("Liisa")).first).to_be_visible()
    write(aino, "/records/shift/new/edit", "shift", {**now("start"), "partner": "Liisa"})


def at_8_15_at_the_door(day: Day) -> None:
    """The watch is armed by the server's answer."""
    day.aino.offline(False)
    wait_until_sent(day.aino)
    go(day.aino.page, "/")
    leave(day.aino)
    expect(day.aino.page.get_by_role("heading", level=1, name=fi("checkIn.isOn"))).to_be_visible()
    day.aino.go("shell.today")


def at_9_20_in_the_cellar(day: Day) -> None:
    """No coverage: ticks, what was done, the client's words and the next visit in one save; sent at street level."""
    aino, paavo = day.aino, day.office.clients.paavo
    aino.offline()
    sheet = log_planned(aino, paavo)
    sheet.tick(label("support_phase", "strong"), TICKS[0]["fi"])
    sheet.move_goal(paavo, "forward")
    sheet.note.fill(NOTE)
    unfold(aino, kind_word("visit", "@said"))
    field(aino, "visit-client_words").fill(WORDS)
    sheet.take_suggested_time()
    sheet.save()
    expect(aino.chip).to_have_text(fi("shell.waiting", 1))
    assert day.office.rows("SELECT ended_at FROM check_in") == [(None,)]
    aino.offline(False)
    wait_until_sent(aino)
    go(aino.page, "/check-in")
    aino.tap(aino.button(fi("checkIn.safe")))
    expect(aino.page.get_by_text(fi("checkIn.ended"))).to_be_visible()


def at_10_00_the_rents(day: Day) -> None:
    """Unpaid on the fifth: called together, and a plan of 68 euros a month."""
    aino, eino = day.aino, day.office.clients.eino
    aino.offline()
    go(aino.page, "/lists/rent")
    expect(here(aino).get_by_role("link", name=re.compile(eino.name))).to_contain_text(label("rent_status", "unpaid"))
    plan: dict[str, Typed] = {"status": "payment_plan", "payment_plan.monthly_cents": "68", "payment_plan.months": "9"}
    write(aino, f"/clients/{eino.case}/rent/{day.rent}/edit", "rent", plan)


def at_10_45_a_viewing(day: Day) -> None:
    """From the viewing to the offer: each stage asks for its own day."""
    aino, page = day.aino, f"/clients/{day.office.clients.eino.case}/application/{day.application}"
    write(aino, f"{page}/edit?stage=viewing_arranged", "application", now("viewing_at"))
    write(aino, f"{page}/edit?stage=offer_received", "application", {"answer_by": today(3)})
    go(aino.page, page)
    expect(here(aino).get_by_text(label("housing_application_status", "offer_received")).first).to_be_visible()
    aino.offline(False)


def at_11_30_lunch(day: Day) -> None:
    lock(day.aino)
    unlock_again(day.aino)


def at_12_00_a_family_after_a_fire(day: Day) -> None:
    """Two clocks begin; somebody answers at once, and there is a dwelling within the half hour."""
    aino = day.aino
    begin(aino)
    asked: dict[str, Typed] = {
        "crisis": "fire_or_damage",
        "wanted": "temporary_housing",
        "eligibility_reason": "Koti paloi yöllä.",
    }
    for name, value in asked.items():
        fill(aino, entry("referral"), name, value)
    save_form(aino)
    expect(here(aino).get_by_text(re.compile(re.escape(fi("intake.answerBy", "").strip())))).to_be_visible()
    aino.tap(aino.button(fi("intake.answerNow")))
    aino.tap(aino.link(fi("kind.change")))
    for name, value in (now("dwelling_available_at") | {"dwelling": "Koivukuja 4 A 2"}).items():
        fill(aino, entry("referral"), name, value)
    save_form(aino)
    open_queue(aino)
    row = here(aino).get_by_role("link", name=re.compile("Topi Hallikas"))
    expect(row).to_be_visible()
    expect(row.get_by_text(kind_word("referral", "!late"))).to_have_count(0)


def at_13_50_it_runs_over(day: Day) -> None:
    """Half an hour more with one tap, and a neutral message to the next client."""
    aino, kerttu = day.aino, day.office.clients.kerttu
    go(aino.page, f"/check-in/{kerttu.case}/{kerttu.visit}")
    aino.tap(aino.button(fi("checkIn.arm")))
    aino.tap(aino.button(fi("checkIn.more")))
    expect(aino.page.get_by_text(fi("checkIn.moreDone", "").strip(), exact=False)).to_be_visible()
    go(aino.page, f"/clients/{day.office.clients.tyyne.case}")
    message = aino.link(fi("caseFile.late")).get_attribute("href") or ""
    assert message.startswith("sms:0400000004?&body=Hei")
    assert "Ovikello" not in message


def at_14_40_a_threat(day: Day) -> None:
    """Help is called for silently; the visit says that it was broken off, the threat stands apart from the client."""
    aino, kerttu = day.aino, day.office.clients.kerttu
    go(aino.page, f"/check-in/{kerttu.case}/{kerttu.visit}")
    aino.tap(aino.button(fi("checkIn.help")))
    aino.tap(aino.button(fi("checkIn.helpAgain")))
    expect(aino.page.get_by_text(fi("checkIn.helpSent"), exact=True)).to_be_visible()
    aino.tap(aino.button(fi("checkIn.safe")))
    expect(aino.page.get_by_text(fi("checkIn.ended"))).to_be_visible()
    go(aino.page, f"/clients/{kerttu.case}/visits/{kerttu.visit}")
    sheet = LogSheet(aino)
    sheet.choose(fi("visit.otherOutcome"))
    sheet.choose(label("visit_outcome", "interrupted_safety"))
    sheet.save()
    go(aino.page, "/incidents/new")
    aino.page.get_by_label(fi("checkIn.incidentKind")).select_option("verbal_threat")
    aino.field(fi("checkIn.incidentText")).fill("Huusi rappukäytävässä.")
    aino.tap(aino.button(fi("shell.save")))
    expect(aino.page.get_by_text(fi("checkIn.incidentSaved"))).to_be_visible()


def at_15_15_two_values(day: Day) -> None:
    """On the office's wide screen: Liisa had written the same goal otherwise, and both are kept."""
    aino, office, paavo = day.aino, day.office, day.office.clients.paavo
    aino.page.set_viewport_size({"width": 1280, "height": 800})
    aino.offline()
    edit_goal(aino, paavo).fill(HERS)
    save_form(aino)
    with office.colleague(office.cast.liisa) as liisa:
        liisa.write(time.time_ns() // 1_000_000, "goal", paavo.case, paavo.goal, {"client_words": LIISAS})
    aino.offline(False)
    aino.fetch()
    open_goal(aino, paavo)
    aino.go("entries.differingLook")
    for said in (HERS, LIISAS):
        expect(aino.page.get_by_text(said).first).to_be_visible()
    aino.tap(aino.button(fi("entries.both")))
    aino.tap(aino.button(fi("entries.bothSave")))
    expect(aino.page.get_by_text(fi("entries.settled"))).to_be_visible()


def at_15_40_what_is_left(day: Day) -> None:
    """No draft waits, the month's hours have grown, a call to the network, and tomorrow stands in the week."""
    aino, paavo = day.aino, day.office.clients.paavo
    go(aino.page, f"/clients/{paavo.case}/visits/new?kind=call")
    LogSheet(aino).note.fill("Sovittiin palaveri isännöitsijän kanssa.")
    LogSheet(aino).save()
    go(aino.page, f"/clients/{paavo.case}")
    expect(here(aino).get_by_text(fi("caseFile.hours")).first).to_be_visible()
    go(aino.page, "/")
    expect(here(aino).get_by_role("heading", name=re.compile(f"^{fi('adding.unfinished')}"))).to_have_count(0)
    go(aino.page, "/week")
    expect(here(aino).get_by_role("heading", level=1, name=fi("shell.week"))).to_be_visible()


def at_16_10_the_end(day: Day) -> None:
    """The shift ends, nothing waits to be sent, and a client of a stand-in that is over has left the phone."""
    aino, sulo = day.aino, day.office.clients.sulo
    go(aino.page, "/records/shift")
    here(aino).get_by_role("link", name=re.compile("Liisa")).first.click()
    aino.tap(aino.link(fi("kind.change")))
    for name, value in now("end", minutes=1).items():
        fill(aino, entry("shift"), name, value)
    save_form(aino)
    go(aino.page, f"/clients/{sulo.case}")
    expect(aino.page.get_by_role("heading", level=1, name=sulo.name)).to_be_visible()
    over = timestamps.text(datetime.now(UTC) - timedelta(minutes=1))
    day.office.execute("UPDATE access SET expires_at = :over WHERE reason = 'stand_in'", over=over)
    aino.fetch()
    wait_until_sent(aino)
    go(aino.page, "/clients")
    expect(here(aino).get_by_role("link", name=re.compile(day.office.clients.paavo.name)).first).to_be_visible()
    expect(here(aino).get_by_role("link", name=re.compile(sulo.name))).to_have_count(0)
    assert day.office.rows("SELECT ended_at FROM check_in WHERE ended_at IS NULL") == []


def write(phone: Phone, address: str, kind: str, typed: dict[str, Typed]) -> None:
    go(phone.page, address)
    for name, value in typed.items():
        fill(phone, entry(kind), name, value)
    save_form(phone)


def entry(kind: str) -> Entry:
    return Entry((), kind, {}, "", "")


def now(name: str, minutes: int = 0) -> dict[str, Typed]:
    """Day and clock of a moment, as they are typed."""
    moment = datetime.now(UTC).astimezone(FINLAND) + timedelta(minutes=minutes)
    return {name: f"{moment:%Y-%m-%d}", f"{name}.clock": f"{moment:%H:%M}"}


def today(ahead: int) -> str:
    return f"{datetime.now(UTC).astimezone(FINLAND) + timedelta(days=ahead):%Y-%m-%d}"


def here(phone: Phone) -> Locator:
    return phone.page.locator(CURRENT)
