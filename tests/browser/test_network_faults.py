"""The network in between: a captive portal, a bad line, PostgreSQL behind it (rows 37, 38)."""

from __future__ import annotations

from playwright.sync_api import expect
from uuid6 import uuid7

from tests.browser.conftest import PhoneOf
from tests.browser.edge import Edge
from tests.browser.office import Office
from tests.browser.screens import log_unplanned, open_client, wait_until_sent
from tests.browser.words import fi
from tests.cast import PASSWORD

NOTES = 4_500
CACHED = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) texts.push(await (await cache.match(request)).text());
  }
  return texts;
}"""


def test_a_captive_portal_is_no_connection(phone_of: PhoneOf, office: Office, edge: Edge) -> None:
    """[W1, U7] Row 37: 200 with a page of HTML counts as offline; nothing is cached, nobody is signed out."""
    phone = phone_of("aino")
    edge.portal = True
    log_unplanned(phone, office.clients.eino).save()
    expect(phone.chip).to_have_text(fi("shell.waiting", 1))
    phone.page.reload()
    phone.unlock(PASSWORD)
    expect(phone.chip).to_have_text(fi("shell.waiting", 1))
    assert not [text for text in phone.page.evaluate(CACHED) if "Wi-Fi" in text]
    edge.portal = False
    wait_until_sent(phone)
    assert office.log_of(office.cast.aino) == {"visit": 1}


def test_the_first_fetch_gets_through_a_bad_line(office: Office, edge: Edge, phone_of: PhoneOf) -> None:
    """[P8, R3, R4] Row 38: 800 ms, 30 kB/s, and every third reply is lost: pages resume, and all of it arrives."""
    phone = phone_of("aino", fresh=True)
    paavo = office.clients.paavo
    with office.colleague(office.cast.aino) as desk:
        for number in range(NOTES):
            fields = {"text": f"Muistiinpano {number}", "at": "2026-03-02T09:00:00Z", "visibility": "normal"}
            desk.write(desk_time(number), "note", paavo.case, str(uuid7()), fields)
    edge.delay_s, edge.bytes_per_s = 0.8, 30_000
    edge.lossy["POST /api/sync"] = 3
    phone.sign_in("aino", PASSWORD)
    expect(phone.page.get_by_role("progressbar").or_(phone.today).first).to_be_visible()
    expect(phone.today).to_be_visible(timeout=60_000)
    expect(phone.chip).to_have_attribute("data-sync", "sent", timeout=60_000)
    assert edge.asked["POST /api/sync"] >= 4
    open_client(phone, paavo)
    phone.go("caseFile.allEntries")
    expect(phone.page.get_by_text("Muistiinpano 4499").first).to_be_visible()


def desk_time(number: int) -> int:
    """A moment of its own for each note, in March 2026."""
    return 1_772_442_000_000 + number * 1000
