"""Tyhjennä laite: Aino's phone is stolen, and she says so on another device of hers."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.profile_files import files_with
from tests.browser.screens import log_unplanned
from tests.browser.words import fi
from tests.cast import PASSWORD

#: how many wrapped data keys there are on the device
SLOTS = """() => new Promise((done) => {
  const opening = indexedDB.open('ovikello');
  opening.onsuccess = () => {
    const all = opening.result.transaction('profiles').objectStore('profiles').getAll();
    all.onsuccess = () => {
      opening.result.close();
      done(all.result.filter((row) => row.slot.sealed).length);
    };
  };
})"""
DATABASES = "indexedDB.databases().then((all) => all.map((it) => it.name))"
UNSENT = "Tämä jäi lähettämättä varastettuun puhelimeen."
#: how often a locked device asks, and more
NEXT_CONTACT_MS = 60_000


def test_v10_a_stolen_phone_is_made_unreadable_at_its_next_contact(phone_of: PhoneOf, office: Office) -> None:
    """[V10] Confirmed by typing; it waits, is done, and both sides say so. No slot is left, nothing to read.

    The bytes of the deleted row stay in Chromium's files until it tidies up: no page can make it do so.
    """
    stolen = phone_of("aino")
    stolen.offline()
    sheet = log_unplanned(stolen, office.clients.eino)
    sheet.note.fill(UNSENT)
    sheet.save()
    assert stolen.page.evaluate(SLOTS) == 1

    laptop = phone_of("aino", fresh=True)
    laptop.sign_in("aino", PASSWORD)
    expect(laptop.chip).to_have_attribute("data-sync", "sent")
    laptop.go("shell.more", "shell.settings")
    laptop.tap(laptop.button(fi("settings.showDevices")))
    laptop.tap(laptop.page.get_by_role("button", name=re.compile(f"^{fi('settings.wipe')}")))
    dialog = laptop.page.get_by_role("dialog", name=fi("settings.wipeTitle"))
    expect(dialog).to_contain_text(fi("settings.wipeLoses"))
    wipe = dialog.get_by_role("button", name=fi("settings.wipe"))
    laptop.tap(wipe)
    word = fi("settings.wipeWord")
    expect(dialog.get_by_text(fi("settings.wipeNotTyped", word))).to_be_visible()
    assert office.rows("SELECT id FROM device WHERE wipe_asked_at IS NOT NULL") == []
    laptop.field(fi("settings.wipeType", word)).fill(word)
    laptop.tap(wipe)
    expect(laptop.page.get_by_text(fi("settings.wipeWaits"))).to_be_visible()
    assert stolen.page.evaluate(DATABASES) != ["ovikello"]

    stolen.offline(False)
    expect(stolen.page.get_by_role("heading", name=fi("session.signIn"))).to_be_visible(timeout=NEXT_CONTACT_MS)
    expect(stolen.page.get_by_text(re.compile("lukukelvottomiksi"))).to_be_visible()
    assert stolen.page.evaluate(DATABASES) == ["ovikello"]
    assert stolen.page.evaluate(SLOTS) == 0
    stolen.close()
    assert files_with(stolen.profile, UNSENT, office.clients.paavo.name) == []

    laptop.go("shell.more", "shell.settings")
    laptop.tap(laptop.button(fi("settings.showDevices")))
    expect(laptop.page.get_by_text(re.compile(f"^{fi('settings.wiped', '')}"))).to_be_visible()
    stolen.open()
    expect(stolen.page.get_by_role("heading", name=fi("session.signIn"))).to_be_visible()
    expect(stolen.page.get_by_text(fi("help.device.evicted"))).to_have_count(0)
