"""What somebody finds who copies the phone's files: nothing to read, whatever was typed, saved or fetched."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.profile_files import files_with
from tests.browser.screens import log_planned, log_unplanned, open_client
from tests.browser.words import fi
from tests.cast import PASSWORD

#: Chromium writes its session files some seconds after the typing
SESSION_FILES_MS = 10_000
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


def lock(phone: Phone) -> None:
    phone.tap(phone.button(fi("shell.back")))
    phone.go("shell.more", "shell.settings")
    phone.tap(phone.button(fi("settings.lockNow")))
    expect(phone.button(fi("session.open"))).to_be_visible()


def marker_of(what: str) -> str:
    """A word that stands nowhere else and does not get shorter by packing."""
    return f"{what}-{secrets.token_hex(12)}"
