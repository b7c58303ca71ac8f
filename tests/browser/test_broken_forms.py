"""A draft whose form cannot be shown, or is about what is not here: it is read, copied and thrown away (SPEC E4)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, expect

from server.config import LIMITS
from server.core.database import writing
from server.rules.dates import FINLAND
from server.sync import scope
from tests.browser.clients import Client
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import CURRENT, go
from tests.browser.screens import LogSheet, wait_until_sent
from tests.browser.test_forms import SEALED_WITHIN_MS, change_times, changes, new_visit, sent_from, write_header
from tests.browser.test_outbox import TOO_LONG, write_note
from tests.browser.words import fi, kind_word

NOTE = "Avain palautettiin huoltoyhtiölle."
#: one moment or number cannot be painted from now on
POISON = """(poison) => {
  if (window.poison === undefined) {
    for (const { prototype } of [Intl.DateTimeFormat, Intl.NumberFormat]) {
      const { get } = Object.getOwnPropertyDescriptor(prototype, 'format');
      Object.defineProperty(prototype, 'format', {
        configurable: true,
        get() {
          const format = get.call(this);
          return (at) => {
            const text = format(at);
            if (text.replaceAll(/\\s/gu, ' ') === window.poison) throw new RangeError('poison');
            return text;
          };
        },
      });
    }
  }
  window.poison = poison;
}"""


@pytest.fixture
def phone(phone_of: PhoneOf) -> Phone:
    phone = phone_of("aino")
    assert phone.context
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=phone.address)
    return phone


def is_read_copied_and_thrown_away(phone: Phone, place: Locator, *texts: str) -> None:
    """What was typed stands there and in the clipboard; there is nothing to save it with."""
    expect(place.get_by_text(fi("entries.broken"))).to_be_visible()
    for text in texts:
        expect(place.get_by_text(text, exact=True)).to_be_visible()
    for word in ("visit.save", "shell.save", "outbox.fixSave"):
        expect(place.get_by_role("button", name=fi(word), exact=True)).to_have_count(0)
    phone.tap(place.get_by_role("button", name=fi("outbox.copy"), exact=True))
    expect(phone.page.get_by_text(fi("outbox.copied"))).to_be_visible()
    copied = phone.page.evaluate("navigator.clipboard.readText()")
    assert [text for text in texts if text not in copied] == []
    phone.tap(place.get_by_role("button", name=fi("entries.discard"), exact=True))
    expect(place.get_by_text(fi("entries.broken"))).to_have_count(0)


def leave(phone: Phone, path: str = "/") -> None:
    phone.page.wait_for_timeout(SEALED_WITHIN_MS)
    go(phone.page, path)


def ending(office: Office, client: Client, phone: Phone) -> tuple[str, str]:
    """The last day of the client's service as it is painted, and the day after it as a field has it."""
    end = datetime.now(FINLAND) + timedelta(days=60)
    write_header(office, client, {"service": {"start": "2025-12-01", "end": f"{end:%Y-%m-%d}"}})
    phone.fetch()
    return f"{end.day}.{end.month}.{end.year}", f"{end + timedelta(days=1):%Y-%m-%d}"


def test_a_visit_that_cannot_be_shown(phone: Phone, office: Office) -> None:
    """[E4] A2: whatever keeps the form from being painted; afterwards another one is written in its place."""
    sheet = new_visit(phone, office.clients.eino)
    change_times(phone, start="01:23", end="02:00")
    sheet.note.fill(NOTE)
    leave(phone)
    phone.page.evaluate(POISON, "1.23")
    go(phone.page, f"/clients/{office.clients.eino.case}/visits/new")
    is_read_copied_and_thrown_away(phone, phone.page.locator(CURRENT), NOTE)
    sheet = LogSheet(phone)
    expect(sheet.note).to_have_value("")
    phone.page.evaluate(POISON, "")
    sheet.save()
    (change,) = sent_from(phone, office)
    assert "note" not in change["set"]


def test_a_plan_that_cannot_be_shown(phone: Phone, office: Office) -> None:
    """[E4] A2: the day that was chosen is read; the next plan begins without it."""
    eino = office.clients.eino
    painted, day = ending(office, eino, phone)
    go(phone.page, f"/clients/{eino.case}/planning")
    phone.field(fi("caseFile.day")).fill(day)
    phone.field(fi("caseFile.start")).fill("10:10")
    leave(phone)
    phone.page.evaluate(POISON, painted)
    go(phone.page, f"/clients/{eino.case}/planning")
    is_read_copied_and_thrown_away(phone, phone.page.locator(CURRENT), day, "10:10")
    expect(phone.field(fi("caseFile.day"))).not_to_have_value(day)
    assert changes(office) == []


def test_a_move_that_cannot_be_shown(phone: Phone, office: Office) -> None:
    """[E4] A2: in the sheet of Viikko, which stays; the visit stands where it stood."""
    paavo = office.clients.paavo
    painted, day = ending(office, paavo, phone)
    phone.go("shell.week")
    sheet = open_move(phone, paavo)
    sheet.get_by_label(fi("caseFile.day"), exact=True).fill(day)
    phone.page.wait_for_timeout(SEALED_WITHIN_MS)
    phone.tap(sheet.get_by_role("button", name=fi("shell.close"), exact=True))
    expect(sheet).to_be_hidden()
    phone.page.evaluate(POISON, painted)
    sheet = open_move(phone, paavo)
    is_read_copied_and_thrown_away(phone, sheet, day)
    expect(sheet.get_by_label(fi("caseFile.day"), exact=True)).not_to_have_value(day)
    assert changes(office) == []


def test_a_mending_that_cannot_be_shown(phone: Phone, office: Office) -> None:
    """[E4] A2: of a refused entry; what was refused is there as it was, and can be fixed anew."""
    phone.offline()
    write_note(phone, office, TOO_LONG)
    phone.offline(False)
    expect(phone.chip).to_have_text(fi("shell.fix", 1))
    phone.tap(phone.chip)
    text = f"{'B' * LIMITS.note_chars_max}."
    phone.tap(phone.button(fi("outbox.fix")))
    dialog = phone.page.get_by_role("dialog")
    dialog.get_by_role("textbox").first.fill(text)
    phone.page.wait_for_timeout(SEALED_WITHIN_MS)
    phone.tap(phone.button(fi("shell.close")))
    phone.page.evaluate(POISON, f"{len(text):,}".replace(",", " "))
    phone.tap(phone.button(fi("outbox.fix")))
    is_read_copied_and_thrown_away(phone, dialog, text)
    expect(dialog.get_by_role("textbox").first).to_have_value(TOO_LONG)
    dialog.get_by_role("textbox").first.fill(NOTE)
    phone.tap(phone.button(fi("outbox.fixSave")))
    wait_until_sent(phone)
    assert [change["set"]["text"] for change in changes(office)] == [NOTE]


@pytest.mark.parametrize(("what", "name"), [("goal", "goal.@name"), ("visit", "")])
def test_a_draft_about_a_client_who_is_gone(phone: Phone, office: Office, what: str, name: str) -> None:
    """[E4] [R7] Access was lost meanwhile: the draft is still told of, and nothing of it goes anywhere."""
    paavo = office.clients.paavo
    if what == "goal":
        go(phone.page, f"/clients/{paavo.case}/goals/{paavo.goal}/edit")
        phone.field_beginning(fi("goal.clientWords")).fill(NOTE)
    else:
        go(phone.page, f"/clients/{paavo.case}/visits/{paavo.visit}")
        LogSheet(phone).note.fill(NOTE)
    leave(phone)
    with office.inside(), writing() as transaction:
        scope.revoke(transaction, office.cast.aino.org, office.cast.aino.id, [paavo.case], "moved")
    phone.fetch()
    expect(phone.page.get_by_text(paavo.name)).to_have_count(0)
    called = kind_word(*name.split(".")) if name else fi("adding.unfinishedNames.visit")
    left = phone.page.locator(CURRENT).get_by_role("link", name=re.compile(called))
    phone.tap(left)
    place = phone.page.locator(CURRENT)
    is_read_copied_and_thrown_away(phone, place, NOTE)
    expect(place.get_by_text(fi("entries.gone"))).to_be_visible()
    go(phone.page, "/")
    expect(phone.today).to_be_visible()
    expect(left).to_have_count(0)
    assert changes(office) == []


def open_move(phone: Phone, client: Client) -> Locator:
    phone.tap(phone.page.get_by_role("button", name=re.compile(fi("week.moveFor", client.name, ""))).first)
    sheet = phone.page.get_by_role("dialog", name=fi("week.moveTitle"))
    expect(sheet).to_be_visible()
    return sheet
