"""What the browser may do to the store: no room, wiped, killed, two tabs, a new release (reliability rows 20-28)."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PhoneOf
from tests.browser.edge import Edge
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import log_planned, log_unplanned, open_client, wait_until_sent
from tests.browser.words import fi
from tests.cast import PASSWORD
from tests.whole import IS_WHOLE, sampled

NOTE = "Soitettiin yhdessä vuokranantajalle."
#: until it is made shorter, which ends it
LONG_S = 20
#: the browser goes by the room that it found for half a minute, or until what nobody uses is let go of
LET_GO_MS = 5_000
UPGRADE = """async () => {
  const { name, version } = (await indexedDB.databases()).find((it) => it.name.length > 'ovikello'.length);
  return new Promise((told) => {
    const opening = indexedDB.open(name, version + 1);
    opening.onsuccess = () => told('opened');
    opening.onblocked = () => setTimeout(() => told('blocked'), 3000);
  });
}"""

#: what the next release might do, and never ends: every row read and written again, without an end
HALF_AN_UPGRADE = """async () => {
  const { name, version } = (await indexedDB.databases()).find((it) => it.name.length > 'ovikello'.length);
  return new Promise((told) => {
    const opening = indexedDB.open(name, version + 1);
    opening.onupgradeneeded = () => {
      const { result: db, transaction } = opening;
      for (const table of ['files', 'outbox', 'state']) {
        const moved = db.createObjectStore(`next-${table}`);
        const rows = transaction.objectStore(table);
        rows.openCursor().onsuccess = ({ target: { result: cursor } }) => {
          if (!cursor) return;
          moved.put(cursor.value, cursor.key);
          cursor.delete();
          cursor.continue();
        };
      }
      const spin = () => { transaction.objectStore('state').count().onsuccess = spin; };
      spin();
      setTimeout(() => told('under way'), 100);
    };
  });
}"""
KILLED_AT_MS = list(range(0, 90, 10))
SAID = "(chip) => [chip.dataset.sync, chip.innerText.trim()]"
#: the browser's own word on each transaction that writes: its tables, and how durable it is
NOTE_TRANSACTIONS = """() => {
  self.noted = [];
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (...given) {
    const made = transaction.apply(this, given);
    if (made.mode === 'readwrite') self.noted.push([[...made.objectStoreNames], made.durability]);
    return made;
  };
}"""


def test_no_room_is_said_and_the_text_stays(phone_of: PhoneOf, office: Office) -> None:
    """[R1, E2] Row 20: where storage is full, the entry is not shown as saved and its text stays on the screen."""
    phone = phone_of("aino", unlocked=False)
    phone.offline()
    fill_up(phone)
    phone.unlock(PASSWORD)
    sheet = log_unplanned(phone, office.clients.eino)
    sheet.note.fill(NOTE)
    phone.tap(phone.button(fi("visit.save")))
    expect(phone.page.get_by_text(fi("entries.diskFull")).first).to_be_visible()
    expect(phone.page.get_by_text(fi("entries.draftNotKept"))).to_be_visible()
    assert sheet.note.input_value() == NOTE
    assert phone.page.get_by_text(fi("shell.savedHere")).count() == 0
    expect(phone.chip).not_to_have_attribute("data-sync", "waiting")
    set_quota(phone, None)
    sheet.save()
    expect(phone.chip).to_have_text(fi("shell.waiting", 1))
    phone.offline(False)
    wait_until_sent(phone)
    assert office.log_of(office.cast.aino) == {"visit": 1}
    phone.errors.clear()  # the seal of the draft had no room either, and said so


def test_a_wiped_origin_is_fetched_again(phone_of: PhoneOf, office: Office) -> None:
    """[V8, P8] Row 21: the browser threw everything away; signing in fetches it again."""
    phone = phone_of("aino")
    assert phone.context
    session = phone.context.new_cdp_session(phone.page)
    session.send("Storage.clearDataForOrigin", {"origin": phone.address, "storageTypes": "all"})
    phone.close()
    phone.errors.clear()  # readings that the browser cut off, in the page that is gone
    phone.open()
    phone.sign_in("aino", PASSWORD)
    expect(phone.today).to_be_visible()
    wait_until_sent(phone)
    open_client(phone, office.clients.paavo)


@pytest.mark.timeout(600 if IS_WHOLE else 120)
def test_a_kill_in_the_middle_of_saving_leaves_all_or_nothing(phone_of: PhoneOf, office: Office) -> None:
    """[R1, R4] Row 22: visit, ticks and the next visit of one save are all there or none of them, at any moment."""
    phone = phone_of("aino")
    phone.offline()
    saved = 0
    for moment_ms in sampled(random.Random(22).sample(KILLED_AT_MS, 3), whole=KILLED_AT_MS):
        sheet = log_unplanned(phone, office.clients.eino)
        sheet.plan_another_time()
        phone.button(fi("visit.save")).evaluate("(button) => { button.click(); }")
        phone.page.wait_for_timeout(moment_ms)
        phone.kill()
        phone.open(offline=True)
        phone.unlock(PASSWORD)
        # A try to send may be under way at any moment: word and number are read together.
        while (said := phone.chip.evaluate(SAID))[0] not in {"waiting", "offline"}:
            phone.page.wait_for_timeout(50)
        if said[0] == "waiting":
            saved = int(said[1].split()[0])
    phone.offline(False)
    wait_until_sent(phone)
    assert office.log_of(office.cast.aino)["visit"] == 2 * saved


def test_two_tabs_send_once_and_one_takes_over(phone_of: PhoneOf, office: Office, edge: Edge) -> None:
    """[R8, R2] Rows 24, 25: the second tab needs no password, one tab sends, and when it dies the other goes on."""
    phone = phone_of("aino")
    edge.portal = True
    tab = phone.another_tab()
    expect(tab.get_by_role("heading", level=1, name=fi("shell.today"))).to_be_visible()
    phone.page.bring_to_front()
    log_unplanned(phone, office.clients.eino).save()
    waiting = tab.locator("[data-sync]:visible").first
    expect(waiting).to_have_text(fi("shell.waiting", 1))
    edge.delay_s = LONG_S
    edge.portal = False
    seen = edge.asked["POST /api/sync"]
    expect(phone.chip).not_to_have_attribute("data-sync", "offline")
    while edge.asked["POST /api/sync"] == seen:
        phone.page.wait_for_timeout(50)
    phone.page.close()
    edge.delay_s = 0
    expect(waiting).to_have_attribute("data-sync", "sent")
    assert office.log_of(office.cast.aino) == {"visit": 1}


def test_a_lock_in_one_tab_locks_the_other(phone_of: PhoneOf) -> None:
    """[V5] The other tabs are told."""
    phone = phone_of("aino")
    tab = phone.another_tab()
    expect(tab.get_by_role("heading", level=1, name=fi("shell.today"))).to_be_visible()
    phone.page.bring_to_front()
    phone.go("shell.more", "shell.settings")
    phone.tap(phone.button(fi("settings.lockNow")))
    expect(tab.get_by_role("heading", level=1, name=fi("session.lockTitle"))).to_be_visible()
    expect(tab.get_by_text("Paavo Lehto")).to_have_count(0)


def test_a_new_release_waits_for_unsent_work(phone_of: PhoneOf, office: Office, edge: Edge) -> None:
    """[R9, U25] Row 26: no forced reload while somebody writes; taken on Päivitä; outbox and draft survive it."""
    phone = phone_of("aino")
    sheet = log_planned(phone, office.clients.paavo)
    sheet.note.fill(NOTE)
    phone.page.evaluate("window.sameLife = true")
    edge.altered["/service-worker.js"] = lambda script: script + b"\n// the next release\n"
    phone.page.evaluate("navigator.serviceWorker.ready.then((it) => it.update())")
    expect(phone.page.get_by_text(fi("settings.updateReady"))).to_be_visible()
    expect(phone.page.get_by_text(fi("settings.updateWhenClosed"))).to_be_visible()
    assert phone.page.evaluate("window.sameLife")
    assert sheet.note.input_value() == NOTE
    edge.portal = True
    sheet.save()
    expect(phone.chip).to_have_text(fi("shell.waiting", 1))
    edge.portal = False
    phone.tap(phone.button(fi("shell.update")))
    phone.unlock(PASSWORD)
    assert not phone.page.evaluate("window.sameLife")
    wait_until_sent(phone)
    assert office.log_of(office.cast.aino) == {"visit": 1}


def test_an_old_tab_seals_closes_and_says_update(phone_of: PhoneOf, office: Office) -> None:
    """[R4, R9] Row 27: another version asks for the database; what was typed is sealed, and the tab says Päivitä."""
    phone = phone_of("aino")
    sheet = log_planned(phone, office.clients.paavo)
    tab = phone.another_tab("/manifest.webmanifest")
    sheet.note.fill(NOTE)
    assert tab.evaluate(UPGRADE) == "opened"
    expect(phone.page.get_by_role("heading", level=1, name=fi("session.outdated"))).to_be_visible()
    assert office.clients.paavo.name not in phone.page.content()
    # This release cannot open what the next one has upgraded: the reload says so again, and does not hang.
    phone.tap(phone.button(fi("shell.update")))
    phone.page.wait_for_load_state()
    again = phone.page.get_by_role("heading", level=1, name=fi("session.outdated"))
    expect(again.or_(phone.field(fi("session.password")))).to_be_visible()
    if not again.is_visible():
        phone.unlock_anywhere(PASSWORD)
    expect(again).to_be_visible()
    phone.errors.clear()  # opening it was refused, and said so


@pytest.mark.timeout(600 if IS_WHOLE else 120)
def test_a_kill_inside_an_upgrade_leaves_the_old_version_whole(phone_of: PhoneOf, office: Office) -> None:
    """[R4] Row 28: the next release moves every row, and the browser dies in the middle of it: this one goes on."""
    phone = phone_of("aino")
    phone.offline()
    log_unplanned(phone, office.clients.eino).save()
    expect(phone.chip).to_have_text(fi("shell.waiting", 1))
    for moment_ms in sampled([0, 40, 400], whole=[*range(0, 100, 10), 200, 400, 800]):
        phone.close()
        phone.open("/manifest.webmanifest", offline=True)
        assert phone.page.evaluate(HALF_AN_UPGRADE) == "under way"
        phone.page.wait_for_timeout(moment_ms)
        phone.kill()
        phone.open(offline=True)
        phone.unlock(PASSWORD)
        expect(phone.chip).to_have_text(fi("shell.waiting", 1))
        open_client(phone, office.clients.paavo)
    phone.offline(False)
    wait_until_sent(phone)
    assert office.log_of(office.cast.aino) == {"visit": 1}


def test_what_was_written_reaches_the_disk_before_it_counts_as_saved(phone_of: PhoneOf, office: Office) -> None:
    """[R1, R9] Row 23: every transaction that writes outbox or drafts asks for `strict` durability of the browser."""
    phone = phone_of("aino")
    (engine,) = phone.page.workers
    engine.evaluate(NOTE_TRANSACTIONS)
    sheet = log_planned(phone, office.clients.paavo)
    sheet.note.fill(NOTE)
    phone.page.wait_for_timeout(800)
    sheet.save()
    wait_until_sent(phone)
    noted = engine.evaluate("self.noted")
    written = {table for tables, _ in noted for table in tables}
    assert {"outbox", "drafts", "sent", "index"} <= written
    assert [one for one in noted if {"outbox", "drafts"} & set(one[0]) and one[1] != "strict"] == []


def test_a_frozen_tab_loses_its_place(phone_of: PhoneOf, office: Office, edge: Edge) -> None:
    """[R8, R3] Row 25: the tab that sends is frozen; the other one takes over, and it arrives once."""
    phone = phone_of("aino")
    assert phone.context
    edge.portal = True
    tab = phone.another_tab()
    expect(tab.get_by_role("heading", level=1, name=fi("shell.today"))).to_be_visible()
    phone.page.bring_to_front()
    log_unplanned(phone, office.clients.eino).save()
    expect(chip_of(tab)).to_have_text(fi("shell.waiting", 1))
    edge.delay_s = LONG_S
    edge.portal = False
    sends, follows = (phone.page, tab) if which_sends(phone.page, tab) else (tab, phone.page)
    held = "navigator.locks.query().then(({ held }) => held.some(({ name }) => name.startsWith('ovikello-sync-')))"
    assert follows.evaluate(held)
    session = phone.context.new_cdp_session(sends)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    edge.delay_s = 0
    follows.bring_to_front()
    expect(chip_of(follows)).to_have_attribute("data-sync", "sent", timeout=60_000)
    assert office.log_of(office.cast.aino) == {"visit": 1}
    session.send("Page.setWebLifecycleState", {"state": "active"})
    sends.bring_to_front()
    expect(chip_of(sends)).to_have_attribute("data-sync", "sent")
    assert office.log_of(office.cast.aino) == {"visit": 1}


def chip_of(tab: Page) -> Locator:
    return tab.locator("[data-sync]:visible").first


def which_sends(one: Page, other: Page) -> bool:
    """Whether it is `one`: either may have asked first once the network was back."""
    sending = '[data-sync="sending"]'
    for _ in range(300):
        if one.locator(sending).count() or other.locator(sending).count():
            return one.locator(sending).count() > 0
        one.wait_for_timeout(100)
    raise AssertionError("neither tab sends")


def fill_up(phone: Phone) -> None:
    """A phone whose storage is full when the app is opened."""
    set_quota(phone, 1)
    phone.page.goto("about:blank")
    phone.page.wait_for_timeout(LET_GO_MS)
    phone.page.goto(phone.address)


def set_quota(phone: Phone, quota_bytes: int | None) -> None:
    assert phone.context
    session = phone.context.new_cdp_session(phone.page)
    quota = {} if quota_bytes is None else {"quotaSize": quota_bytes}
    session.send("Storage.overrideQuotaForOrigin", {"origin": phone.address, **quota})
