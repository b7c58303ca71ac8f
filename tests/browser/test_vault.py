"""What somebody finds who copies the phone's files: nothing to read, whatever was typed, saved or fetched."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.profile_files import files_with
from tests.browser.screens import log_planned, log_unplanned, open_client
from tests.browser.test_storage_faults import fill_up
from tests.browser.words import fi
from tests.cast import PASSWORD

#: Chromium writes its session files some seconds after the typing
SESSION_FILES_MS = 10_000
#: how often a page looks whether anybody is there, and a little more
LOOK_MS = 6_000
TURN = """(state) => {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange'));
}"""
PASS_MINUTES = """(minutes) => {
  const now = Date.now;
  Date.now = () => now() + minutes * 60_000;
}"""
#: the browser lost a part of what it kept
LOSE_A_TABLE = """async () => {
  const { name } = (await indexedDB.databases()).find((it) => it.name.length > 'ovikello'.length);
  return new Promise((done) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => {
      const clearing = opening.result.transaction('state', 'readwrite');
      clearing.objectStore('state').clear();
      clearing.oncomplete = () => { opening.result.close(); done(null); };
    };
  });
}"""
WRITE = """(marker) => new Promise((done, failed) => {
  localStorage.setItem('open', marker);
  const opening = indexedDB.open('open', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('plain');
  opening.onsuccess = () => {
    const writing = opening.result.transaction('plain', 'readwrite');
    writing.objectStore('plain').put({ note: marker }, 1);
    writing.oncomplete = () => done();
    writing.onerror = failed;
  };
})"""


def test_the_search_finds_what_lies_in_the_open(
    new_office: Office, phones: Callable[[Path | None, str, str], Phone]
) -> None:
    """[V1] The positive control: in a store that seals nothing, the marker is found."""
    marker = marker_of("open")
    phone = phones(None, "phone", new_office.address)
    phone.open("/manifest.webmanifest")
    phone.page.evaluate(WRITE, marker)
    phone.close()
    found = " ".join(files_with(phone.profile, marker))
    assert "Local Storage" in found
    assert "IndexedDB" in found


def test_no_file_of_the_profile_says_anything(phone_of: PhoneOf, office: Office) -> None:
    """[V1, V2, V5] Neither while it is open, nor killed, nor locked: fetched, saved and merely typed text."""
    clients = office.clients
    saved, typed, searched = marker_of("saved"), marker_of("typed"), marker_of("searched")
    secret = [clients.paavo.name, clients.kerttu.goal_title, "Esimerkkikatu", "Siivottiin yhdessä", PASSWORD]
    secret += [saved, typed, searched]
    phone = phone_of("aino")
    phone.offline()
    open_client(phone, clients.eino)
    sheet = log_unplanned(phone, clients.eino)
    sheet.note.fill(saved)
    sheet.save()
    phone.go("shell.today")
    log_planned(phone, clients.paavo).note.press_sequentially(typed)
    phone.page.wait_for_timeout(SESSION_FILES_MS)
    assert files_with(phone.profile, *secret) == []

    phone.kill()
    assert files_with(phone.profile, *secret) == []

    phone.open(offline=True)
    phone.unlock(PASSWORD)
    assert log_planned(phone, clients.paavo).note.input_value() == typed
    lock(phone)
    assert files_with(phone.profile, *secret) == []
    phone.close()
    assert files_with(phone.profile, *secret) == []


def test_signing_out_leaves_nothing(phone_of: PhoneOf, office: Office) -> None:
    """[V1, V8] Signing out asks where something is unsent, then clears store and page."""
    marker = marker_of("gone")
    phone = phone_of("aino")
    phone.offline()
    sheet = log_unplanned(phone, office.clients.eino)
    sheet.note.fill(marker)
    sheet.save()
    phone.go("shell.more", "shell.settings")
    phone.tap(phone.button(fi("settings.signOut")).first)
    expect(phone.page.get_by_text(fi("settings.signOutUnsent", 1))).to_be_visible()
    phone.tap(phone.button(fi("settings.signOutLose", 1)))
    expect(phone.page.get_by_role("heading", name=fi("session.signIn"))).to_be_visible()
    databases = "indexedDB.databases().then((all) => all.map((it) => it.name))"
    assert phone.page.evaluate(databases) == ["ovikello"]
    phone.close()
    assert files_with(phone.profile, marker, office.clients.paavo.name) == []


def test_a_reload_asks_only_where_no_tab_is_open(phone_of: PhoneOf, office: Office) -> None:
    """[V2, V5] Beside an open tab a reload takes the key from it; the only tab has nobody to ask."""
    phone = phone_of("aino")
    other = phone.another_tab()
    expect(other.get_by_role("heading", level=1, name=fi("shell.today"))).to_be_visible()
    phone.page.reload()
    expect(phone.today).to_be_visible()
    expect(phone.page.get_by_role("link", name=re.compile(office.clients.paavo.name)).first).to_be_visible()
    other.close()
    phone.page.reload()
    expect(phone.page.get_by_role("heading", level=1, name=fi("session.lockTitle"))).to_be_visible()


def test_a_hidden_page_is_covered(phone_of: PhoneOf, office: Office) -> None:
    """[V5] Row 45: what the task switcher might picture shows nothing; seen again, it is as it was."""
    phone = phone_of("aino")
    client = phone.page.get_by_text(office.clients.paavo.name).locator("visible=true").first
    expect(client).to_be_visible()
    phone.page.evaluate(TURN, "hidden")
    expect(phone.page.get_by_text(office.clients.paavo.name).locator("visible=true")).to_have_count(0)
    expect(phone.chip).to_have_count(0)
    phone.page.evaluate(TURN, "visible")
    expect(client).to_be_visible()


def test_nobody_for_two_minutes_locks_it(phone_of: PhoneOf) -> None:
    """[V5] As long as the person has chosen, and what was typed is there afterwards."""
    phone = phone_of("aino")
    phone.go("shell.more", "shell.settings")
    phone.page.get_by_role("radio", name=fi("settings.lockMinutes", 2), exact=True).check()
    phone.page.evaluate(PASS_MINUTES, 1)
    phone.page.wait_for_timeout(LOOK_MS)
    expect(phone.page.get_by_role("heading", level=1, name=fi("shell.settings"))).to_be_visible()
    phone.page.evaluate(PASS_MINUTES, 2)
    expect(phone.page.get_by_role("heading", level=1, name=fi("session.lockTitle"))).to_be_visible()


def test_with_no_room_left_it_still_opens(phone_of: PhoneOf, office: Office) -> None:
    """[V4, R1] Row 20: full storage: tries are counted in memory, none of them free, and the right password opens."""
    phone = phone_of("aino", unlocked=False)
    phone.offline()
    fill_up(phone)
    phone.unlock_anywhere("väärä salasana")
    expect(phone.page.get_by_text(fi("session.wrong"))).to_be_visible()
    expect(phone.page.get_by_role("timer")).to_be_visible()
    expect(phone.button(fi("session.open"))).to_be_disabled()
    expect(phone.button(fi("session.open"))).to_be_enabled()
    phone.unlock(PASSWORD)
    open_client(phone, office.clients.paavo)


def test_what_keeps_it_shut_is_said(phone_of: PhoneOf) -> None:
    """[V8] The key is right and the store still cannot be opened: the lock screen says so, and drops nothing."""
    phone = phone_of("aino", unlocked=False)
    phone.page.evaluate(LOSE_A_TABLE)
    phone.unlock_anywhere(PASSWORD)
    expect(phone.page.get_by_text(fi("lock.failed"))).to_be_visible()
    expect(phone.page.get_by_text(fi("lock.failedWhat"))).to_be_visible()


def test_wrong_tries_wait_in_words(phone_of: PhoneOf) -> None:
    """[V4] From the third the screen counts the seconds down, and a reload does not shorten it."""
    phone = phone_of("aino", unlocked=False)
    for _ in range(4):
        expect(phone.button(fi("session.open"))).to_be_enabled()
        phone.unlock_anywhere("väärä salasana")
        expect(phone.page.get_by_text(fi("session.wrong"))).to_be_visible()
    timer = phone.page.get_by_role("timer")
    told = {timer.inner_text()}
    phone.page.wait_for_timeout(2_000)
    told.add(timer.inner_text())
    assert told <= {fi("session.wait", seconds) for seconds in range(1, 11)}
    assert len(told) == 2
    phone.page.reload()
    phone.unlock_anywhere(PASSWORD)
    expect(timer).to_be_visible()
    expect(phone.page.get_by_text(fi("session.wrong"))).to_have_count(0)
    expect(phone.button(fi("session.open"))).to_be_enabled()
    phone.tap(phone.button(fi("session.open")))
    expect(phone.today).to_be_visible()


def lock(phone: Phone) -> None:
    phone.tap(phone.button(fi("shell.back")))
    phone.go("shell.more", "shell.settings")
    phone.tap(phone.button(fi("settings.lockNow")))
    expect(phone.button(fi("session.open"))).to_be_visible()


def marker_of(what: str) -> str:
    """A word that stands nowhere else and does not get shorter by packing."""
    return f"{what}-{secrets.token_hex(12)}"
