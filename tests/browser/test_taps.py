"""How many times a thumb touches the glass, counted by the page itself: from the opened Tänään to what is saved."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import LogSheet, log_planned, log_unplanned, saved
from tests.browser.words import fi, label

HELSINKI = ZoneInfo("Europe/Helsinki")
#: every finger that comes down on the glass; scripts cannot make one
COUNT = """() => { window.touches = 0;
  addEventListener('pointerdown', (event) => { if (event.isTrusted) window.touches += 1; }, true); }"""


def test_a_planned_visit_takes_four_taps(phone_of: PhoneOf, office: Office) -> None:
    """Screens, flows: Kirjaa, the goal moved, the note, Tallenna; typing is not tapping. With the next time five.

    What the goal is about is what the visit was about: its area stands ticked."""
    phone = counting(phone_of("aino"))
    paavo = office.clients.paavo
    sheet = log_planned(phone, paavo)
    sheet.move_goal(paavo, "forward")
    phone.tap(sheet.note)
    sheet.note.press_sequentially("Löytyi kaksi asuntoa.")
    expect(
        phone.page.get_by_role("checkbox", name=label("guidance_area", "apartment_search"), exact=True)
    ).to_be_checked()
    sheet.save()
    assert touches(phone) <= 4


def test_the_smallest_save_takes_two_taps(phone_of: PhoneOf, office: Office) -> None:
    """Screens, flows: Kirjaa, Tallenna: it went as planned."""
    phone = counting(phone_of("aino"))
    log_planned(phone, office.clients.paavo).save()
    assert touches(phone) == 2


def test_an_unplanned_visit_takes_four_taps(phone_of: PhoneOf, office: Office) -> None:
    """Screens, flows: ＋, the client, the note, Tallenna."""
    phone = counting(phone_of("aino"))
    sheet = log_unplanned(phone, office.clients.eino)
    phone.tap(sheet.note)
    sheet.note.press_sequentially("Tuli vastaan kaupalla.")
    sheet.save()
    assert touches(phone) <= 4


def test_nobody_at_home_takes_three_taps(phone_of: PhoneOf, office: Office) -> None:
    """Screens, flows: Kirjaa, Ovi ei auennut, Tallenna."""
    phone = counting(phone_of("aino"))
    sheet = log_planned(phone, office.clients.paavo)
    sheet.choose(label("visit_outcome", "door_not_opened"))
    sheet.save()
    assert touches(phone) == 3


def test_a_call_takes_three_taps_answered_or_not(phone_of: PhoneOf, office: Office) -> None:
    """[E6] ＋, Puhelu beside the client, and Tallenna or Ei vastannut: no reason, no goals, another try is offered."""
    phone = counting(phone_of("aino"))
    eino = office.clients.eino
    for word in ("visit.save", "visit.saveUnanswered"):
        before = touches(phone)
        phone.tap(phone.button(fi("shell.add")))
        phone.tap(phone.page.get_by_role("dialog").get_by_role("link", name=fi("adding.callOf", eino.name)))
        saved(phone, word)
        assert touches(phone) - before == 3
        expect(phone.today).to_be_visible()
    phone.tap(phone.button(fi("shell.add")))
    phone.tap(phone.page.get_by_role("dialog").get_by_role("link", name=fi("adding.callOf", eino.name)))
    sheet = LogSheet(phone)
    sheet.choose(label("visit_outcome", "no_answer"))
    expect(phone.field_beginning(fi("visit.reason"))).to_have_count(0)
    expect(phone.page.get_by_text(fi("visit.goals"))).to_have_count(0)
    expect(phone.page.get_by_role("heading", name=fi("visit.retry"))).to_be_visible()
    expect(phone.button(fi("visit.saveUnanswered"))).to_have_count(0)


def test_an_extra_visit_takes_four_taps(phone_of: PhoneOf, office: Office) -> None:
    """[U20] ＋, Sovi käynti, the client, Tallenna: a free time within a week stands there."""
    phone = counting(phone_of("aino"))
    phone.tap(phone.button(fi("shell.add")))
    phone.tap(phone.page.get_by_role("radio", name=fi("today.arrange"), exact=True))
    paavo = office.clients.paavo
    phone.tap(phone.page.get_by_role("dialog").get_by_role("link", name=re.compile(f"^{paavo.name}")))
    begins = phone.field(fi("caseFile.day")).input_value()
    assert date.fromisoformat(begins) - datetime.now(HELSINKI).date() <= timedelta(days=7)
    saved(phone, "shell.save")
    assert touches(phone) <= 4


def counting(phone: Phone, there: Locator | None = None) -> Phone:
    """From now on; nothing else on Tänään has to be waited for."""
    expect(there or phone.today).to_be_visible()
    phone.page.evaluate(COUNT)
    return phone


def touches(phone: Phone) -> int:
    counted: int = phone.page.evaluate("window.touches")
    assert counted == phone.taps, "the page and the test count the same"
    return counted
