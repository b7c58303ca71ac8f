"""Screens, while sending: what is said and when, in which colour, and what makes the app ask the office."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from server.config import LIMITS
from tests.browser.conftest import PhoneOf
from tests.browser.edge import Edge
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import CURRENT, addresses, differ, go, press_save, value_of
from tests.browser.screens import knowing_no_limits, log_unplanned, wait_until_sent
from tests.browser.words import fi, label

#: notes how long Kumoa stood on the screen
UNDO_WATCH = """() => {
  let since = null;
  new MutationObserver(() => {
    const isThere = document.querySelector('.region button') !== null;
    if (isThere) since ??= performance.now();
    else if (since !== null) window.stoodMs ??= performance.now() - since;
  }).observe(document.querySelector('.region'), { childList: true, subtree: true });
}"""
UNDO_MS = 8_000
#: what a busy machine may take longer; nothing ends a timer early
LATE_MAX_MS = 20_000
#: how far the channels of a colour may lie apart that is still called grey
GREY_MAX = 24
TOKEN = """(name) => {
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = `var(--${name})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}"""
CHANNELS = "(colour) => colour.match(/[0-9.]+/g).slice(0, 3).map(Number)"


def test_saved_is_said_before_the_office_has_heard(phone_of: PhoneOf, office: Office, edge: Edge) -> None:
    """[U2] "Tallennettu tälle laitteelle" needs nobody's answer; "lähetetty" is not said before there is one."""
    phone = phone_of("aino")
    edge.portal = True
    log_unplanned(phone, office.clients.eino).save()
    expect(phone.chip).to_have_text(fi("shell.waiting", 1))
    said = phone.page.locator("body").inner_text()
    assert fi("shell.sent", "").strip() not in said
    assert office.log_of(office.cast.aino) == {}
    edge.portal = False
    wait_until_sent(phone)
    expect(phone.chip).to_contain_text(fi("shell.sent", "").strip())
    assert office.log_of(office.cast.aino) == {"visit": 1}


def test_kumoa_stands_for_eight_seconds(aino: Phone, ainos_office: Office) -> None:
    """[U3] Not one millisecond less, and then it goes."""
    aino.page.evaluate(UNDO_WATCH)
    log_unplanned(aino, ainos_office.clients.eino).save()
    expect(aino.button(fi("shell.undo"))).to_be_visible()
    stood_ms = value_of(aino.page, "window.stoodMs")
    assert UNDO_MS - 1 <= stood_ms < LATE_MAX_MS


def test_what_is_removed_is_not_asked_about_and_comes_back(phone_of: PhoneOf, office: Office) -> None:
    """[U3] [M7] Poista does it at once, and once for two quick taps; Kumoa takes it back, or Palauta. Why is asked
    afterwards, and stands on the entry and in its history."""
    logged = differ(office)
    phone = phone_of("aino")
    at = addresses(office, logged)
    remove = phone.button(fi("entries.remove"))
    go(phone.page, at["/clients/:caseId/entries/:record"])
    remove.evaluate("(one) => { one.click(); one.click(); }")
    expect(phone.page.locator("dialog[open]")).to_have_count(0)
    expect(phone.page.get_by_text(fi("entries.removed"), exact=True).first).to_be_visible()
    phone.tap(phone.button(fi("shell.undo")))
    expect(phone.page.get_by_text(fi("shell.undone"))).to_be_visible()
    go(phone.page, at["/clients/:caseId/entries/:record"])
    phone.tap(remove)
    expect(phone.button(fi("shell.undo"))).to_be_visible()
    why = label("void_reason", "entered_twice")
    phone.page.get_by_role("radio", name=why).check()
    phone.field(fi("entries.voidWords")).fill("Ks. tiistai")
    phone.tap(phone.button(fi("entries.voidSave")))
    expect(phone.page.locator(CURRENT)).to_contain_text(f"{why} · Ks. tiistai")
    expect(phone.button(fi("entries.voidSave"))).to_have_count(0)
    go(phone.page, at["/clients/:caseId/history/:record"].rpartition("/")[0] + f"/{logged}")
    expect(phone.page.locator(CURRENT)).to_contain_text(f"{why} · Ks. tiistai")
    go(phone.page, at["/"])
    go(phone.page, at["/clients/:caseId/entries/:record"])
    phone.tap(phone.button(fi("entries.bringBack")))
    expect(remove).to_be_visible()


def test_the_chip_is_grey_until_something_needs_fixing(phone_of: PhoneOf, office: Office) -> None:
    """[U5, U6] Offline, waiting and sent are grey, with a drawing and words; only what needs fixing is amber."""
    phone = phone_of("aino")
    at = addresses(office, "")
    assert_grey(phone)
    phone.offline()
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.chip).to_have_text(fi("shell.offline"))
    assert_grey(phone)
    go(phone.page, at["/clients/:caseId/notes/:record"])
    text = phone.page.locator(f"{CURRENT} textarea").first
    with knowing_no_limits(phone.page):
        text.fill("Siivottiin. " * (LIMITS.note_chars_max // 12 + 1))
        press_save(phone.page)
        expect(phone.chip).to_have_text(fi("shell.waiting", 1))
    assert_grey(phone)
    phone.offline(False)
    expect(phone.chip).to_have_text(fi("shell.fix", 1))
    expect(phone.chip).to_have_css("color", phone.page.evaluate(TOKEN, "fix"))
    expect(phone.chip).to_have_css("background-color", phone.page.evaluate(TOKEN, "fix-soft"))
    expect(drawing(phone)).to_be_visible()


def test_a_header_names_the_client_and_rests_while_all_is_sent(phone_of: PhoneOf, office: Office, edge: Edge) -> None:
    """[U5] Down a form, whose it is stays; the chip is a drawing that is heard, with words for what waits."""
    phone = phone_of("aino")
    eino = office.clients.eino
    seen = phone.page.locator(f"{CURRENT} header")
    words = phone.chip.locator("span")
    sheet = log_unplanned(phone, eino)
    sheet.note.evaluate("(one) => one.scrollIntoView({ block: 'start' })")
    expect(seen.locator(".name")).to_have_text(re.compile(rf"^{eino.name}\s*{fi('visit.newTitles.visit')}$"))
    expect(phone.chip).to_have_class(re.compile(r"\brests\b"))
    expect(phone.chip).to_have_accessible_name(re.compile(fi("shell.sent", "").strip()))
    expect(words).to_have_css("clip-path", "inset(50%)")
    edge.portal = True
    sheet.save()
    expect(phone.chip).to_have_text(fi("shell.waiting", 1))
    expect(words).to_have_css("clip-path", "none")


def test_a_lost_connection_is_told_soon(phone_of: PhoneOf, office: Office, edge: Edge) -> None:
    """[U7] Within 3 s of the browser's `offline`, at once on saving, within 30 s where the office falls silent."""
    phone = phone_of("aino")
    quiet(phone, edge)
    phone.offline()
    expect(phone.chip).to_have_attribute("data-sync", "offline", timeout=3_000)
    phone.offline(False)
    wait_until_sent(phone)
    quiet(phone, edge)
    edge.delay_s = 60
    expect(phone.chip).to_have_attribute("data-sync", "offline", timeout=30_000)
    edge.delay_s = 0
    wait_until_sent(phone)
    phone.offline()
    log_unplanned(phone, office.clients.eino).save()
    expect(phone.chip.locator("use[href$='#icon-cloud-off']")).to_be_attached(timeout=3_000)
    expect(phone.chip).to_have_text(fi("shell.waiting", 1))


def assert_grey(phone: Phone) -> None:
    soft = phone.page.evaluate(TOKEN, "ink-soft")
    # Asked again while one screen gives way to the next, and its chip with it.
    expect(phone.chip).to_have_css("color", soft)
    expect(phone.chip).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    channels = phone.page.evaluate(CHANNELS, soft)
    assert max(channels) - min(channels) <= GREY_MAX
    expect(drawing(phone)).to_be_visible()
    assert phone.chip.inner_text().strip()


def drawing(phone: Phone) -> Locator:
    return phone.chip.locator("svg")


ASKED = "POST /api/sync"


def by_event(name: str) -> Callable[[Phone, Office], None]:
    return lambda phone, _office: phone.page.evaluate("(name) => { dispatchEvent(new Event(name)); }", name)


def by_saving(phone: Phone, office: Office) -> None:
    log_unplanned(phone, office.clients.eino).save()


def by_hand(phone: Phone, _office: Office) -> None:
    phone.tap(phone.chip)
    phone.tap(phone.button(fi("outbox.sendNow")))


def test_what_makes_it_ask(phone_of: PhoneOf, office: Office, edge: Edge) -> None:
    """[U9] Opening, the window's focus, `online`, saving, and Lähetä nyt: each by itself asks the office."""
    phone = phone_of("aino")
    assert edge.asked[ASKED] > 0, "opening did not"
    for name, act in {
        "focus": by_event("focus"),
        "online": by_event("online"),
        "saving": by_saving,
        "by hand": by_hand,
    }.items():
        asked = quiet(phone, edge)
        act(phone, office)
        for _ in range(100):
            if edge.asked[ASKED] > asked:
                break
            phone.page.wait_for_timeout(50)
        else:
            pytest.fail(f"{name} asked nothing")


def quiet(phone: Phone, edge: Edge) -> int:
    """How often it had asked, once it has stopped asking."""
    while True:
        asked = edge.asked[ASKED]
        phone.page.wait_for_timeout(700)
        if edge.asked[ASKED] == asked:
            return asked
