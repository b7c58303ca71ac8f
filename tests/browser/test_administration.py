"""Hallinta: Satu invites somebody, who chooses a password of their own; their phone is lost."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import datetime, timedelta
from http.client import HTTPConnection

from playwright.sync_api import expect

from server.rules.dates import FINLAND
from tests.browser.authenticator import Authenticator
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.places import go
from tests.browser.screens import open_client
from tests.browser.words import fi
from tests.cast import PASSWORD

OWN = "lumi ja hiljainen ranta"
#: how often a locked device asks, and more
NEXT_CONTACT_MS = 60_000
LONG_AGO = "UPDATE session SET confirmed_at = '2026-01-01T00:00:00Z'"


def test_a3_somebody_is_invited_and_their_phone_is_lost(phone_of: PhoneOf, office: Office) -> None:
    """[A2] [A3] [A7] The password is asked for in between; the one-time password opens the choice of one's own."""
    laptop = phone_of("mikko", fresh=True)
    app = Authenticator()
    laptop.sign_in("satu", PASSWORD, app)
    expect(laptop.chip).to_have_attribute("data-sync", "sent")
    laptop.go("shell.more")
    laptop.tap(laptop.page.get_by_role("link", name=fi("admin.title")).locator("visible=true"))
    go(laptop.page, "/admin/people/new")
    laptop.field(fi("admin.displayName")).fill("Uusi Ohjaaja")
    laptop.field(fi("admin.signInName")).fill("uusi")
    office.execute(LONG_AGO)
    laptop.tap(laptop.button(fi("admin.makeInvitation")))
    asked = laptop.page.get_by_role("dialog", name=fi("admin.confirmTitle"))
    asked.get_by_label(fi("session.password"), exact=True).fill("arvaus ja toinen")
    laptop.tap(asked.get_by_role("button", name=fi("admin.goOn")))
    expect(asked.get_by_text(fi("session.wrong"))).to_be_visible()
    asked.get_by_label(fi("session.password"), exact=True).fill(PASSWORD)
    laptop.tap(asked.get_by_role("button", name=fi("admin.goOn")))
    asked.get_by_label(fi("secondFactor.code"), exact=True).fill(app.code())
    laptop.tap(asked.get_by_role("button", name=fi("admin.goOn")))
    once = laptop.page.locator("dd.password").inner_text()

    phone = phone_of("aino", fresh=True)
    phone.sign_in("uusi", once)
    expect(phone.page.get_by_role("heading", name=fi("admin.chooseTitle"))).to_be_visible()
    phone.field(fi("settings.newPassword")).fill(OWN)
    phone.tap(phone.button(fi("session.signIn")))
    expect(phone.chip).to_have_attribute("data-sync", "sent")
    phone.page.reload()
    phone.unlock(OWN)
    expect(phone.chip).to_be_visible()

    go(laptop.page, "/admin/devices")
    laptop.tap(laptop.page.get_by_role("button", name=re.compile("^Uusi Ohjaaja")))
    laptop.tap(laptop.page.get_by_role("dialog").get_by_role("button", name=fi("admin.lost")))
    expect(laptop.page.get_by_text(fi("settings.wipeWaits"))).to_be_visible()
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.page.get_by_role("heading", name=fi("session.signIn"))).to_be_visible(timeout=NEXT_CONTACT_MS)


def test_a6_a_leader_gives_a_client_to_somebody_else_from_its_page(phone_of: PhoneOf, office: Office) -> None:
    """[A6] One tap from the client leads to its worker's clients, it alone chosen; no worker has that way."""
    mikko, paavo = phone_of("mikko"), office.clients.paavo
    open_client(mikko, paavo)
    mikko.tap(mikko.page.get_by_role("link", name=fi("caseFile.handOn")))
    mikko.tap(mikko.button(fi("admin.transferChosen", 1)))
    sheet = mikko.page.get_by_role("dialog")
    sheet.get_by_label(fi("admin.toWhom")).select_option(value=office.cast.liisa.id)
    mikko.tap(sheet.get_by_role("button", name=fi("admin.transferNow"), exact=True))
    expect(mikko.page.get_by_text(fi("admin.transferred", 1))).to_be_visible()
    aino = phone_of("aino")
    open_client(aino, office.clients.kerttu)
    expect(aino.page.get_by_role("link", name=fi("caseFile.ownPage"))).to_be_visible()
    expect(aino.page.get_by_role("link", name=fi("caseFile.handOn"))).to_have_count(0)


def test_a11_aino_stands_in_for_sanna(phone_of: PhoneOf, office: Office) -> None:
    """[A11] The client comes to her phone and says until when in the office; ended, it leaves her phone again."""
    laptop, sulo = phone_of("mikko", fresh=True), office.clients.sulo
    laptop.sign_in("satu", PASSWORD, Authenticator())
    expect(laptop.chip).to_have_attribute("data-sync", "sent")
    go(laptop.page, f"/admin/people/{office.cast.sanna.id}/cases")
    laptop.tap(laptop.button(fi("admin.transferChosen", 1)))
    sheet = laptop.page.get_by_role("dialog")
    sheet.get_by_role("radio", name=fi("admin.forATime")).check()
    laptop.tap(sheet.get_by_role("button", name=fi("admin.standInNowBegin")))
    expect(sheet.get_by_text(fi("admin.toMissing"))).to_be_visible()
    sheet.get_by_label(fi("admin.toWhom")).select_option(value=office.cast.aino.id)
    laptop.tap(sheet.get_by_role("button", name=fi("admin.standInNowBegin")))
    expect(sheet.get_by_text(fi("admin.dayMissing"))).to_be_visible()
    sheet.get_by_label(fi("admin.lastDay")).fill(str(datetime.now(FINLAND).date() + timedelta(days=20)))
    laptop.tap(sheet.get_by_role("button", name=fi("admin.standInNowBegin")))
    expect(laptop.page.get_by_text("sijaisena Aino")).to_be_visible()

    aino = phone_of("aino")
    aino.fetch()
    open_client(aino, sulo)
    go(laptop.page, f"/admin/people/{office.cast.aino.id}/cases")
    laptop.tap(laptop.page.get_by_role("button", name=re.compile("^Päätä sijaisuus")))
    expect(laptop.page.get_by_text(fi("admin.standInEnded"))).to_be_visible()
    aino.fetch()
    aino.go("shell.clients")
    expect(aino.page.get_by_text(sulo.name)).to_have_count(0)


def test_a19_a_data_token_is_made_used_and_revoked(phone_of: PhoneOf, office: Office) -> None:
    """[A19] Told once; what it opens it opens until it is revoked, and the list tells that it was used."""
    laptop = phone_of("mikko", fresh=True)
    laptop.sign_in("satu", PASSWORD, Authenticator())
    expect(laptop.chip).to_have_attribute("data-sync", "sent")
    page = laptop.page
    go(page, "/admin")
    laptop.tap(page.get_by_role("link", name=fi("admin.dataTokens.title")))
    expect(page.get_by_text(fi("admin.dataTokens.nothing"), exact=True)).to_be_visible()
    laptop.tap(page.get_by_role("link", name=fi("admin.dataTokens.make")))
    laptop.tap(laptop.button(fi("admin.dataTokens.make")))
    expect(page.get_by_role("alert")).to_contain_text(fi("admin.dataTokens.kindsMissing"))
    laptop.field(fi("admin.dataTokens.name")).fill("Power BI")
    page.get_by_role("checkbox", name="Käynnit", exact=True).check()
    laptop.tap(laptop.button(fi("admin.dataTokens.make")))
    secret = page.locator("dd.password").inner_text()
    assert status_for(office, secret) == 200
    laptop.tap(page.get_by_role("link", name=fi("admin.ready")))
    row = page.get_by_role("list", name=fi("admin.dataTokens.living")).get_by_role("listitem")
    expect(row).to_contain_text("Käynnit · kaikki tiimit")
    expect(row).to_contain_text("viimeksi käytetty")
    laptop.tap(laptop.button(fi("admin.dataTokens.revokeOf", "Power BI")))
    sheet = page.get_by_role("dialog", name=fi("admin.dataTokens.revokeTitle", "Power BI"))
    laptop.tap(sheet.get_by_role("button", name=fi("admin.dataTokens.revoke"), exact=True))
    expect(page.get_by_text(fi("admin.dataTokens.over", 1))).to_be_visible()
    assert status_for(office, secret) == 401


def status_for(office: Office, secret: str) -> int:
    """What a BI tool is answered."""
    with closing(HTTPConnection("localhost", office.port, timeout=10)) as connection:
        connection.request("GET", "/api/data/visit", headers={"Authorization": f"Bearer {secret}"})
        return connection.getresponse().status
