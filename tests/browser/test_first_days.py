"""A new phone: the introduction, the app itself on the device, its icon, and storage that went away."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import PhoneOf
from tests.browser.edge import Edge
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import log_unplanned, open_client, open_kind, wait_until_sent
from tests.browser.words import fi, kind_word, label
from tests.cast import PASSWORD

#: what a browser throws away when the device is full: all that it keeps within the quota
EVICTED = "indexeddb,cache_storage,service_workers"


def test_evicted_storage_is_said_with_what_it_took(phone_of: PhoneOf, office: Office) -> None:
    """[V8] Row 21: the sign-in says what the browser removed and how many entries went along."""
    phone = phone_of("aino")
    phone.offline()
    log_unplanned(phone, office.clients.eino).save()
    expect(phone.chip).to_have_text(fi("shell.waiting", 1))
    phone.offline(False)
    evict(phone)
    phone.open()
    expect(phone.page.get_by_text(fi("help.device.evicted"))).to_be_visible()
    expect(phone.page.get_by_text(fi("help.device.evictedUnsent", 1))).to_be_visible()
    phone.sign_in("aino", PASSWORD)
    expect(phone.today).to_be_visible()
    wait_until_sent(phone)
    expect(phone.page.get_by_text(office.clients.paavo.name).first).to_be_visible()


def test_the_introduction_is_shown_once_and_found_again(phone_of: PhoneOf) -> None:
    """Three cards above the day, never over it; skipped, they stay away, and the help has them."""
    phone = phone_of("aino")
    card = phone.page.get_by_role("region", name=fi("help.intro.cards.0.title"))
    expect(card).to_be_visible()
    phone.tap(card.get_by_role("button", name=fi("help.intro.next")))
    expect(phone.page.get_by_role("region", name=fi("help.intro.cards.1.title"))).to_be_visible()
    phone.tap(phone.button(fi("help.intro.skip")))
    expect(phone.page.get_by_text(fi("help.intro.welcome"))).to_have_count(0)
    phone.page.reload()
    phone.unlock(PASSWORD)
    wait_until_sent(phone)
    expect(phone.page.get_by_text(fi("help.intro.welcome"))).to_have_count(0)
    phone.go("shell.more", "shell.help", "help.intro.title")
    for number in range(3):
        expect(phone.page.get_by_text(fi(f"help.intro.cards.{number}.title"))).to_be_visible()


def test_a_shell_that_is_not_whole_is_said_and_installed_later(phone_of: PhoneOf, edge: Edge) -> None:
    """While the app would not open without a network it says so; the next start goes on with the installation."""
    broken = "/service-worker.js"
    edge.altered[broken] = lambda _script: b"throw new Error('cut off');"
    phone = phone_of("aino", fresh=True)
    phone.sign_in("aino", PASSWORD)
    expect(phone.today).to_be_visible()
    expect(phone.page.get_by_text(fi("help.device.offlineNotYet"))).to_be_visible()
    phone.close()
    edge.altered.clear()
    phone.open()
    phone.unlock(PASSWORD)
    phone.wait_for_the_shell()
    expect(phone.page.get_by_text(fi("help.device.offlineNotYet"))).to_have_count(0)
    phone.close()
    phone.open(offline=True)
    phone.unlock(PASSWORD)


def test_it_is_said_when_the_app_opens_without_a_network(phone_of: PhoneOf, edge: Edge) -> None:
    """What stood there as not yet so is said once it is, and the line goes."""
    edge.altered["/service-worker.js"] = lambda _script: b"throw new Error('cut off');"
    phone = phone_of("aino", fresh=True)
    phone.sign_in("aino", PASSWORD)
    expect(phone.page.get_by_text(fi("help.device.offlineNotYet"))).to_be_visible()
    edge.altered.clear()
    phone.offline()
    phone.offline(False)
    expect(phone.page.get_by_text(fi("help.device.offlineReady"))).to_be_visible()
    expect(phone.page.get_by_text(fi("help.device.offlineNotYet"))).to_have_count(0)


def test_forms_open_without_a_network_from_the_first_visit_on(phone_of: PhoneOf, office: Office) -> None:
    """[G10] Signed in once, then a cold start in a cellar: a form is drawn, and says its codes in words."""
    phone = phone_of("aino", fresh=True)
    phone.sign_in("aino", PASSWORD)
    wait_until_sent(phone)
    phone.wait_for_the_shell()
    assert phone.context
    # What the browser happens to keep of its own is not what the app has put by.
    phone.context.new_cdp_session(phone.page).send("Network.clearBrowserCache")
    phone.close()
    phone.open(offline=True)
    phone.unlock(PASSWORD)
    open_client(phone, office.clients.paavo)
    open_kind(phone, "application")
    phone.tap(phone.page.get_by_role("link", name=kind_word("application", "@new"), exact=True))
    source = phone.field_beginning(kind_word("application", "housing_source"))
    expect(source).to_contain_text(label("housing_source", "municipal_rental"))


def test_the_manifest_and_its_shortcuts(phone_of: PhoneOf) -> None:
    """The browser finds nothing wrong with the manifest; the icon's Kirjaa opens ＋ once the app is unlocked."""
    phone = phone_of("aino", unlocked=False)
    assert phone.context
    session = phone.context.new_cdp_session(phone.page)
    found: dict[str, Any] = session.send("Page.getAppManifest")
    assert found["errors"] == []
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    manifest = phone.page.evaluate("fetch('/manifest.webmanifest').then((answer) => answer.json())")
    assert (manifest["id"], manifest["lang"], manifest["scope"]) == ("/", "fi", "/")
    assert "maskable" in {icon["purpose"] for icon in manifest["icons"]}
    log, today, safe = (shortcut["url"] for shortcut in manifest["shortcuts"])
    assert (today, safe) == ("/", "/check-in")
    phone.page.goto(phone.address + log)
    phone.unlock_anywhere(PASSWORD)
    expect(phone.page.get_by_role("dialog", name=fi("adding.title"))).to_be_visible()
    assert "?" not in phone.page.url


def evict(phone: Phone) -> None:
    assert phone.context
    session = phone.context.new_cdp_session(phone.page)
    phone.page.goto("about:blank")
    session.send("Storage.clearDataForOrigin", {"origin": phone.address, "storageTypes": EVICTED})
    phone.close()
