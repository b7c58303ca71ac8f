"""Browsers that give less than an app needs, or do more than it wants."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Playwright, expect

from server.core import timestamps
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.places import CURRENT, go
from tests.browser.screens import wait_until_sent
from tests.browser.test_checkin import leave
from tests.browser.words import fi
from tests.chromium import PROGRAM, SWITCHES

BLOCKED = 2
NO = "() => { throw new DOMException('no', 'SecurityError'); }"
#: what a browser's or a company's settings take away, as its scripts see it
WITHOUT = {
    "local storage": f"Object.defineProperty(self, 'localStorage', {{ get: {NO} }})",
    "room": f"Storage.prototype.setItem = {NO}",
    "the database": f"""Object.defineProperty(self, 'indexedDB', {{ get: {NO} }});
        self.BroadcastChannel = class {{ constructor() {{ ({NO})(); }} }}""",
    "workers": f"self.Worker = class {{ constructor() {{ ({NO})(); }} }}",
}


def test_site_data_blocked_in_the_browser_is_said(playwright: Playwright, office: Office, tmp_path: Path) -> None:
    """[U29] By the browser's own setting: a page with a sentence and what to do, not a blank one."""
    preferences = {"profile": {"default_content_setting_values": {"cookies": BLOCKED}}}
    (tmp_path / "own" / "Default").mkdir(parents=True)
    (tmp_path / "own" / "Default" / "Preferences").write_text(json.dumps(preferences))
    browser = playwright.chromium.launch_persistent_context(
        tmp_path / "own", executable_path=PROGRAM, args=SWITCHES, locale="fi-FI"
    )
    page = browser.new_page()
    page.goto(office.address)
    with pytest.raises(Exception, match="Access is denied"):
        page.evaluate("localStorage")
    expect(page.get_by_role("heading", name=fi("session.noStorage"))).to_be_visible()
    expect(page.get_by_text(fi("session.noStorageWhy"))).to_be_visible()
    browser.close()


@pytest.mark.parametrize("without", WITHOUT)
def test_whatever_is_missing_a_sentence_stands_there(playwright: Playwright, office: Office, without: str) -> None:
    """[U29]"""
    browser = playwright.chromium.launch(executable_path=PROGRAM, args=SWITCHES)
    page = browser.new_page(locale="fi-FI")
    page.add_init_script(WITHOUT[without])
    page.goto(office.address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    browser.close()


def test_scripts_that_never_come_leave_a_sentence(playwright: Playwright, office: Office) -> None:
    """[U29] A proxy that blocks scripts, or a browser too old for them: after a while the page itself says so."""
    browser = playwright.chromium.launch(executable_path=PROGRAM, args=SWITCHES)
    page = browser.new_page(locale="fi-FI")
    page.route("**/*.js", lambda route: route.abort())
    page.goto(office.address)
    said = page.get_by_text("Ovikello ei käynnistynyt", exact=False)
    expect(said).to_be_hidden()
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")
    expect(said).to_be_visible()
    browser.close()


def test_no_translator_gets_the_page(phone_of: PhoneOf) -> None:
    """[U30] It would rewrite what the app paints, and be sent the names."""
    phone = phone_of("aino")
    page = phone.page
    assert page.locator("html").get_attribute("translate") == "no"
    assert page.locator('meta[name="google"]').get_attribute("content") == "notranslate"
    assert page.locator('[translate="yes"]').count() == 0
    assert page.evaluate("document.querySelector('h1').translate") is False


def test_nothing_that_counts_or_names_is_translated(phone_of: PhoneOf, office: Office) -> None:
    """[U30] The time of a check-in, the chip, clients' names, a dialog, the lock and the sign-in; in each language."""
    phone = phone_of("aino")
    page = phone.page

    def is_kept(*places: Locator) -> None:
        for place in places:
            expect(place).to_be_visible()
            assert place.evaluate("(element) => element.translate") is False

    leave(phone)
    is_kept(page.get_by_role("timer").locator("span").first, phone.chip.locator("span").last)
    for language, tongue in (("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")):
        go(page, "/settings")
        page.get_by_role("radio", name=tongue, exact=True).check()
        expect(page.locator("html")).to_have_attribute("lang", language)
        go(page, "/clients")
        current = page.locator(CURRENT)
        bar = page.locator(".bar-of-watch strong")
        is_kept(current.get_by_text(office.clients.paavo.name).first, phone.chip.locator("span").last, bar)
        go(page, f"/clients/{office.clients.paavo.case}")
        is_kept(current.get_by_role("heading", level=1))
        assert page.locator("html").get_attribute("translate") == "no"
    go(page, "/settings")
    page.get_by_role("radio", name="Suomi", exact=True).check()
    go(page, "/")
    phone.tap(phone.button(fi("shell.add")))
    dialog = page.get_by_role("dialog", name=fi("adding.title"))
    is_kept(dialog, dialog.get_by_role("link").first)
    page.keyboard.press("Escape")
    phone.go("shell.more", "shell.settings")
    phone.tap(phone.button(fi("settings.lockNow")))
    is_kept(phone.button(fi("session.open")), page.locator("h1"))
    phone.tap(phone.button(fi("lock.someoneElse")))
    is_kept(phone.button(fi("session.signIn")), page.locator("h1"))


#: what a translator does to each text: its own elements in its place, or around it
TRANSLATED = """([element, replaces]) => {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) if (texts.currentNode.data.trim()) found.push(texts.currentNode);
  for (const text of found) {
    const [outer, inner] = [document.createElement('font'), document.createElement('font')];
    outer.append(inner);
    text.replaceWith(outer);
    if (replaces) inner.textContent = `Ü${text.data}`;
    else inner.append(text);
  }
}"""


@pytest.mark.parametrize("replaces", [True, False], ids=["in its place", "around it"])
def test_what_is_translated_all_the_same_goes_on(phone_of: PhoneOf, office: Office, *, replaces: bool) -> None:
    """[U30] [K10] An extension that asks nobody: the time runs on, is late when it is, and the chip says what is."""
    phone = phone_of("aino")
    page = phone.page
    leave(phone)
    timer = page.get_by_role("timer")
    bar = page.locator(".bar-of-watch")

    def translate(place: Locator) -> str:
        expect(place).to_be_visible()
        place.evaluate(f"(element, replaces) => ({TRANSLATED})([element, replaces])", replaces)
        return place.inner_text()

    was = translate(timer)
    expect(timer.locator("span").first).to_have_text(re.compile(r"^\d+:\d\d$"))
    expect(timer.locator("span").first).not_to_have_text(was.splitlines()[0].removeprefix("Ü"))
    go(page, "/clients")
    translate(bar.locator("strong"))
    translate(phone.chip)
    phone.offline()
    expect(phone.chip).to_have_text(fi("shell.offline"))
    phone.offline(False)
    wait_until_sent(phone)
    expect(phone.chip.locator("span")).to_have_text(re.compile(rf"^{fi('shell.sent', 'klo')}\s\d+\.\d\d$"))
    office.execute("UPDATE check_in SET deadline = :at", at=timestamps.text(datetime.now(UTC) - timedelta(minutes=3)))
    phone.tap(bar.get_by_role("link"))
    expect(page.get_by_role("heading", level=1, name=fi("checkIn.asked"))).to_be_visible()
    expect(timer).to_contain_text(fi("checkIn.lateWord"))
    go(page, "/clients")
    expect(bar.locator("strong")).to_have_text(re.compile(rf"^[^Ü]*{fi('checkIn.lateWord')}$"))
