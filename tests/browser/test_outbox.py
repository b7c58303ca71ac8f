"""Lähtevät: one thing for each time somebody saved, and what the office refused (row 40)."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from server.config import LIMITS
from tests.browser.conftest import PhoneOf
from tests.browser.edge import Edge
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import (
    knowing_no_limits,
    log_planned,
    log_unplanned,
    open_client,
    save_form,
    wait_until_sent,
)
from tests.browser.words import fi, kind_word
from tests.cast import PASSWORD

#: until it is made shorter, which ends it
LONG_S = 20
NOTE = "Soitettiin yhdessä vuokranantajalle."
#: nobody was at the phone for an hour: it is locked within the keystroke
LOCK = """() => {
  const { now } = Date;
  Date.now = () => now() + 3_600_000;
  document.dispatchEvent(new Event('visibilitychange'));
  Date.now = now;
}"""
TOO_LONG = ("Siivottiin. " * (LIMITS.note_chars_max // 12 + 1)).strip()


def test_what_was_saved_together_is_one_row(phone_of: PhoneOf, office: Office) -> None:
    """[R1] A visit with a goal moved and a next visit is one thing, as in the chip; sent, it is folded away."""
    phone = phone_of("aino")
    phone.offline()
    sheet = log_planned(phone, office.clients.paavo)
    sheet.move_goal(office.clients.paavo, "forward")
    sheet.note.fill(NOTE)
    sheet.plan_another_time()
    sheet.save()
    expect(phone.chip).to_have_text(fi("shell.waiting", 1))
    phone.tap(phone.chip)
    rows = section(phone, "outbox.waiting").get_by_role("listitem")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(office.clients.paavo.name)
    expect(rows).to_contain_text(NOTE)
    expect(rows).to_contain_text(fi("outbox.states.waiting"))
    phone.offline(False)
    phone.tap(phone.button(fi("outbox.sendNow")))
    wait_until_sent(phone)
    expect(all_sent(phone)).to_be_visible()
    expect(phone.page.get_by_text(NOTE)).to_have_count(0)
    phone.page.locator("summary").filter(has_text=fi("outbox.sentToday")).click()
    sent = phone.page.get_by_role("listitem").filter(has_text=NOTE)
    expect(sent).to_have_count(1)
    expect(sent).to_contain_text(re.compile(fi("outbox.sentAt", "")))


def test_how_far_the_sending_is(phone_of: PhoneOf, office: Office, edge: Edge) -> None:
    """[R2, U8] i/n while it goes, in the list and in the chip; success is not said before."""
    phone = phone_of("aino")
    edge.portal = True
    for client in (office.clients.eino, office.clients.kerttu):
        log_unplanned(phone, client).save()
    expect(phone.chip).to_have_text(fi("shell.waiting", 2))
    phone.tap(phone.chip)
    edge.delay_s = LONG_S
    edge.portal = False
    expect(phone.chip).to_have_text(fi("shell.sending", 1, 2))
    expect(phone.page.get_by_role("progressbar", name=fi("shell.sending", 1, 2))).to_be_visible()
    expect(section(phone, "outbox.waiting").get_by_role("listitem")).to_have_count(2)
    expect(all_sent(phone)).to_have_count(0)
    edge.delay_s = 0
    wait_until_sent(phone)
    assert office.log_of(office.cast.aino) == {"visit": 2}


def test_a_refused_entry_is_copied_mended_and_sent(phone_of: PhoneOf, office: Office) -> None:
    """[R6, U1] Row 40: the reason and the whole text; the others flow; Kopioi; Korjaa outlives a lock, and sends it."""
    phone = phone_of("aino")
    assert phone.context
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=phone.address)
    phone.offline()
    write_note(phone, office, TOO_LONG)
    phone.go("shell.today")
    log_unplanned(phone, office.clients.kerttu).save()
    phone.offline(False)
    expect(phone.chip).to_have_text(fi("shell.fix", 1))
    assert office.log_of(office.cast.aino) == {"visit": 1}

    phone.tap(phone.chip)
    card = phone.page.get_by_role("region", name=re.compile(office.clients.eino.name))
    fault = fi("fields.faults.tooLong", grouped(len(TOO_LONG)), grouped(LIMITS.note_chars_max))
    expect(card).to_contain_text(f"{kind_word('note', 'text')}: {fault}")
    expect(card).to_contain_text(TOO_LONG)
    phone.tap(card.get_by_role("button", name=fi("outbox.copy")))
    expect(phone.page.get_by_text(fi("outbox.copied"))).to_be_visible()
    copied = phone.page.evaluate("navigator.clipboard.readText()")
    assert TOO_LONG in copied
    assert office.clients.eino.name in copied

    phone.tap(card.get_by_role("button", name=fi("outbox.fix"), exact=True))
    text = phone.page.get_by_role("dialog").get_by_label(kind_word("note", "text"))
    assert text.input_value() == TOO_LONG
    expect(text).to_have_accessible_description(re.compile("^Liian pitkä"))
    text.fill(NOTE)
    expect(text).to_have_accessible_description("")
    phone.page.evaluate(LOCK)
    phone.unlock_anywhere(PASSWORD)
    expect(text).to_have_value(NOTE)
    phone.tap(phone.button(fi("shell.close")))
    phone.go("shell.today")
    phone.tap(phone.page.get_by_role("link", name=re.compile(fi("adding.unfinishedNames.mend"))))
    phone.tap(card.get_by_role("button", name=fi("outbox.fix"), exact=True))
    expect(text).to_have_value(NOTE)
    phone.tap(phone.button(fi("outbox.fixSave")))
    wait_until_sent(phone)
    expect(card).to_have_count(0)
    assert office.log_of(office.cast.aino) == {"visit": 1, "note": 1}
    phone.go("shell.today")
    expect(phone.page.get_by_text(fi("adding.unfinishedNames.mend"))).to_have_count(0)
    open_client(phone, office.clients.eino)
    expect(phone.page.get_by_text(NOTE).first).to_be_visible()


def grouped(number: int) -> str:
    """As Finnish writes it: 20 000."""
    return f"{number:,}".replace(",", " ")


def write_note(phone: Phone, office: Office, text: str) -> None:
    open_client(phone, office.clients.eino)
    phone.tap(phone.button(fi("shell.add")))
    sheet = phone.page.get_by_role("dialog")
    sheet.get_by_role("radio", name=fi("adding.note"), exact=True).check()
    phone.tap(sheet.get_by_role("link", name=re.compile(office.clients.eino.name)))
    field = phone.field(fi("caseFile.noteText"))
    with knowing_no_limits(phone.page):
        field.fill(text)
        save_form(phone)


def all_sent(phone: Phone) -> Locator:
    """In the list itself; the chip says it too."""
    return phone.page.locator("[data-pane] strong").filter(has_text=re.compile(f"^{fi('outbox.allSent', '')}"))


def section(phone: Phone, title: str) -> Locator:
    heading = phone.page.get_by_role("heading", name=re.compile(f"^{fi(title)}"))
    return phone.page.locator("section").filter(has=heading)
