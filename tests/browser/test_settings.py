"""Asetukset: what a person chooses, and what it must not cost them."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.screens import log_planned
from tests.browser.words import fi
from tests.cast import PASSWORD

NOTE = "Soitettiin yhdessä vuokranantajalle."
#: from the tap to the screen in the other language, in ms: within the page, so that nothing but the change is timed
SPEAK = """(language) => new Promise((told) => {
  const begun = performance.now();
  const heading = document.querySelector('[data-pane="current"] h1');
  const watch = new MutationObserver(() => {
    if (heading.textContent !== 'Settings') return;
    watch.disconnect();
    requestAnimationFrame(() => told(performance.now() - begun));
  });
  watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  document.querySelector(`input[value="${language}"]`).click();
})"""


def test_a_change_of_language_keeps_what_is_being_written(phone_of: PhoneOf, office: Office) -> None:
    """[R9] Screens, rule 23: within a second, and the draft is where it was; the language stays after a restart."""
    phone = phone_of("aino")
    sheet = log_planned(phone, office.clients.paavo)
    sheet.note.fill(NOTE)
    phone.page.wait_for_timeout(1_000)
    phone.tap(phone.button(fi("shell.back")))
    phone.go("shell.more", "shell.settings")
    assert phone.page.evaluate(SPEAK, "en") <= 1_000
    expect(phone.page.locator("html")).to_have_attribute("lang", "en")
    phone.page.get_by_role("link", name="Today", exact=True).locator("visible=true").first.click()
    phone.page.get_by_role("link", name=re.compile(office.clients.paavo.name)).first.wait_for()
    phone.page.get_by_role("link", name=re.compile(f"{office.clients.paavo.name}$")).locator(
        "visible=true"
    ).last.click()
    expect(phone.page.get_by_role("textbox").and_(phone.page.locator("textarea")).first).to_have_value(NOTE)
    phone.page.reload()
    phone.page.get_by_label("Password", exact=True).fill(PASSWORD)
    phone.page.get_by_role("button", name="Open", exact=True).click()
    expect(phone.page.locator("html")).to_have_attribute("lang", "en")


def test_what_stands_on_the_screen(phone_of: PhoneOf) -> None:
    """Screens, Settings: language, theme, lock, storage with a bar, devices, help, accessibility, version, sign-out."""
    phone = phone_of("aino")
    phone.go("shell.more", "shell.settings")
    for word in ("fi", "sv", "en", "system", "light", "dark", "2", "5"):
        expect(phone.page.locator(f'input[type="radio"][value="{word}"]')).to_have_count(1)
    phone.page.locator('input[value="dark"]').check(force=True)
    expect(phone.page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(phone.page.get_by_role("progressbar")).to_be_visible()
    for link in ("settings.help", "settings.accessibility"):
        expect(phone.link(fi(link)).locator("visible=true").first).to_be_visible()
    expect(phone.page.get_by_text("EUPL 1.2")).to_be_visible()
    phone.tap(phone.button(fi("settings.showDevices")))
    expect(phone.page.get_by_text(fi("settings.thisDevice"), exact=True).last).to_be_visible()
    expect(phone.button(fi("settings.signOut"))).to_be_visible()
