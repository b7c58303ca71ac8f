"""Lähetä esihenkilölle: a refused entry on Aino's phone, and what Mikko does with it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from server.core.database import writing
from server.sync import scope
from tests.browser.clients import Client
from tests.browser.conftest import PhoneOf
from tests.browser.edge import Edge, late
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import log_unplanned, open_client, wait_until_sent
from tests.browser.test_outbox import TOO_LONG, write_note
from tests.browser.words import fi

NOTE = "Avattiin posti yhdessä."


def test_aino_hands_over_and_mikko_decides(phone_of: PhoneOf, office: Office, edge: Edge) -> None:
    """[S7, S4] Handed over without a network; Mikko reads it whole, lets in what he can, and leaves out the rest.

    He does not wait until the list has been fetched anew.
    """
    eino, kerttu = office.clients.eino, office.clients.kerttu
    aino = phone_of("aino")
    aino.offline()
    write_note(aino, office, TOO_LONG)
    aino.go("shell.today")
    logged = log_unplanned(aino, kerttu)
    logged.note.fill(NOTE)
    logged.save()
    with office.inside(), writing() as transaction:
        scope.revoke(transaction, office.cast.aino.org, office.cast.aino.id, [kerttu.case], "moved")
    aino.offline(False)
    expect(aino.chip).to_have_text(fi("shell.fix", 1))
    aino.offline()
    aino.tap(aino.chip)
    aino.tap(aino.button(fi("outbox.escalate")))
    expect(aino.page.get_by_text(fi("outbox.escalated"))).to_be_visible()
    expect(aino.chip).to_have_text(fi("shell.waiting", 1))
    aino.offline(False)
    wait_until_sent(aino)
    expect(aino.page.get_by_text(fi("outbox.inReviewWhy"))).to_be_visible()

    mikko = phone_of("mikko")
    mikko.go("shell.held")
    expect(card(mikko, eino)).to_contain_text(TOO_LONG)
    expect(card(mikko, eino)).to_contain_text(fi("reviewQueue.by", "Aino"))
    expect(card(mikko, kerttu)).to_contain_text(fi("reviewQueue.late"))
    mikko.tap(inside(mikko, kerttu, "reviewQueue.take"))
    expect(mikko.page.get_by_text(fi("reviewQueue.taken"))).to_be_visible()
    expect(card(mikko, kerttu)).to_have_count(0)
    edge.altered["/api/review-queue"] = late
    mikko.tap(inside(mikko, eino, "reviewQueue.take"))
    expect(card(mikko, eino)).to_contain_text(fi("reviewQueue.notTaken"))
    mikko.tap(inside(mikko, eino, "reviewQueue.leave"))
    sheet = mikko.page.get_by_role("dialog", name=fi("reviewQueue.leaveTitle"))
    expect(sheet).to_contain_text(fi("reviewQueue.leaveWhat"))
    mikko.tap(sheet.get_by_role("button", name=fi("reviewQueue.leave"), exact=True))
    expect(mikko.page.get_by_text(fi("reviewQueue.nothing"))).to_be_visible()
    open_client(mikko, kerttu)
    expect(mikko.page.get_by_text(NOTE).first).to_be_visible()


def card(phone: Phone, client: Client) -> Locator:
    return phone.page.get_by_role("region", name=re.compile(client.name))


def inside(phone: Phone, client: Client, word: str) -> Locator:
    return card(phone, client).get_by_role("button", name=re.compile(f"^{fi(word)}"))
