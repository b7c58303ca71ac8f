"""Browsers that give less than an app needs, or do more than it wants."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
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
