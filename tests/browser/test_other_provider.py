"""Signing in at an organisation's own provider: a password for the device, and back again with what is unsent."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Phones
from tests.browser.office import Founded, Office, copy_of
from tests.browser.phone import Phone
from tests.browser.places import CURRENT
from tests.browser.screens import log_unplanned, wait_until_sent
from tests.browser.test_documents import open_documents, prepare
from tests.browser.words import fi
from tests.independent_provider import HOST, SECRET, independent_provider
from tests.ports import free_port

OWN = "vain tällä laitteella"
CONFIGURED = {
    "OVIKELLO_PROVIDERS": "county",
    "OVIKELLO_PROVIDER_COUNTY_ISSUER": f"https://{HOST}",
    "OVIKELLO_PROVIDER_COUNTY_CLIENT_ID": "ovikello",
    "OVIKELLO_PROVIDER_COUNTY_CLIENT_SECRET": SECRET,
    "OVIKELLO_PROVIDER_COUNTY_LABEL": "Harjulan tunnus",
    "OVIKELLO_PROVIDER_COUNTY_ORGANISATION": "Harjula",
    "OVIKELLO_PROVIDER_COUNTY_NAME_CLAIM": "preferred_username",
}


def test_j21_a_device_password_and_an_ended_session(founded: Founded, phones: Phones, tmp_path: Path) -> None:
    """[J19] [J21] Through the provider's page; the address keeps no code. Offline the device's password opens; when the
    session has ended the provider is asked again, then the store opens as ever, and what was unsent is sent once. What
    is dangerous, a PDF too, is confirmed there in a second tab, which takes the open store over. Who forgot the
    device's password begins anew."""
    office = copy_of(founded, tmp_path / "office", free_port())
    with independent_provider(tmp_path, office.address) as provider:
        office.environment = CONFIGURED | {"OVIKELLO_ADDRESS": office.address}
        office.provider = provider
        with office.open():
            phone = phones(None, "phone", office.address)
            phone.switches = [
                f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{provider.port}",
                "--ignore-certificate-errors",
            ]
            phone.open()
            sign_in_there(phone, "nobody")
            expect(phone.page.get_by_text("Pyydä se pääkäyttäjältä.")).to_be_visible()
            assert phone.context
            phone.context.clear_cookies(domain=HOST)
            phone.tap(phone.button(fi("provider.beginAgain")))
            sign_in_there(phone, "aino")
            password = phone.field(fi("provider.devicePassword"))
            password.fill("lyhyt")
            phone.tap(phone.button(fi("provider.goOn")))
            expect(phone.page.get_by_text(fi("settings.newPasswordShort", 10))).to_be_visible()
            password.fill(OWN)
            phone.tap(phone.button(fi("provider.goOn")))
            expect(phone.today).to_be_visible()
            expect(phone.chip).to_have_attribute("data-sync", "sent")
            assert phone.page.evaluate("location.href") == f"{office.address}/"
            phone.wait_for_the_shell()

            phone.offline()
            phone.page.reload()
            phone.unlock(OWN)
            log_unplanned(phone, office.clients.eino).save()
            office.execute("UPDATE session SET ended_at = '2026-01-01T00:00:00Z'")
            phone.offline(False)
            expect(phone.chip).to_have_text(fi("shell.signInNeeded"))
            phone.tap(phone.chip)
            phone.tap(phone.button(fi("outbox.signIn")))
            phone.tap(phone.button(fi("provider.signIn", "Harjulan tunnus")))
            expect(phone.page.get_by_role("heading", level=1, name=fi("session.lockTitle"))).to_be_visible()
            phone.unlock(OWN)
            wait_until_sent(phone)
            assert office.log_of(office.cast.aino) == {"visit": 1}

            office.execute("UPDATE session SET confirmed_at = '2026-01-01T00:00:00Z'")
            phone.go("shell.more", "shell.settings")
            phone.tap(phone.button(fi("secondFactor.turnOn")))
            asked = phone.page.get_by_role("dialog", name=fi("provider.confirmTitle"))
            with phone.context.expect_page() as opened:
                phone.tap(asked.get_by_role("button", name=fi("provider.again", "Harjulan tunnus")))
            tell(opened.value, "aino")
            expect(opened.value.get_by_text(fi("provider.confirmed"))).to_be_visible()
            phone.tap(asked.get_by_role("button", name=fi("admin.goOn")))
            expect(phone.page.get_by_text(fi("secondFactor.stepApp")).first).to_be_visible()
            opened.value.close()
            take_paper(phone, office)
            begin_anew(phone)
            expect(phone.today).to_be_visible()


def take_paper(phone: Phone, office: Office) -> None:
    """A PDF wants no password that this person may not have: it is confirmed at the provider, as all else."""
    prepare(office)
    phone.page.reload()
    phone.unlock_anywhere(OWN)
    phone.go("shell.today")
    phone.fetch()
    open_documents(phone, office)
    phone.page.locator(CURRENT).get_by_role("link", name=re.compile("Palvelun alkaminen")).click()
    office.execute("UPDATE session SET confirmed_at = '2026-01-01T00:00:00Z'")
    phone.tap(phone.page.locator(CURRENT).get_by_role("button", name=fi("documents.save")))
    asked = phone.page.get_by_role("dialog", name=fi("documents.save"))
    asked.get_by_role("radio", name=fi("documents.pdf")).check()
    there = asked.get_by_role("button", name=fi("provider.again", "Harjulan tunnus"))
    expect(asked.get_by_label(fi("session.password"), exact=True)).to_have_count(0)
    assert phone.context
    with phone.context.expect_page() as opened:
        phone.tap(there)
    tell(opened.value, "aino")
    expect(opened.value.get_by_text(fi("provider.confirmed"))).to_be_visible()
    opened.value.close()
    with phone.page.expect_download():
        phone.tap(asked.get_by_role("button", name=fi("admin.goOn")))
    expect(phone.page.get_by_text(fi("documents.saved"))).to_be_visible()


def begin_anew(phone: Phone) -> None:
    """Who forgot the device's password signs in at the provider, gives the store up, and chooses another one."""
    phone.page.reload()
    phone.tap(phone.button(fi("lock.someoneElse")))
    phone.tap(phone.button(fi("provider.signIn", "Harjulan tunnus")))
    phone.tap(phone.page.get_by_text(fi("lock.forgot")))
    phone.tap(phone.button(fi("provider.forgotStore")))
    phone.tap(phone.button(fi("unreadable.startOver")))
    phone.field(fi("provider.devicePassword")).fill("toinen laitteen salasana")
    phone.tap(phone.button(fi("provider.goOn")))


def sign_in_there(phone: Phone, name: str) -> None:
    """From our sign-in page to the provider's, and what it asks."""
    phone.tap(phone.button(fi("provider.signIn", "Harjulan tunnus")))
    tell(phone.page, name)


def tell(page: Page, name: str) -> None:
    """The provider, who it is."""
    page.get_by_label("Tunnus", exact=True).fill(name)
    page.get_by_role("button", name="Tunnistaudu", exact=True).click()
