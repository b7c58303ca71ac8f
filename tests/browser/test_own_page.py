"""What a client is given of their own case: one page, to read and on paper, in their language."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.places import CURRENT
from tests.browser.screens import open_client
from tests.browser.words import fi


def test_q12_a_client_reads_their_own_page(phone_of: PhoneOf, office: Office) -> None:
    """[Q12] In the cellar, in easy Finnish, in Swedish; on paper nothing to press."""
    eino = office.clients.eino
    aino = phone_of("aino")
    aino.offline()
    open_client(aino, eino)
    aino.tap(aino.page.get_by_role("link", name=fi("caseFile.ownPage"), exact=True))
    page = aino.page.locator(f"{CURRENT} article")
    expect(page).to_have_attribute("lang", "fi")
    expect(page.get_by_role("heading", level=2, name=eino.name)).to_be_visible()
    expect(page).to_contain_text(eino.goal_title)
    expect(page).to_contain_text("Aino")
    aino.tap(aino.page.get_by_role("radio", name="Selkosuomi", exact=True))
    expect(page.get_by_role("heading", level=3, name="Milloin tapaamme")).to_be_visible()
    aino.tap(aino.page.get_by_role("radio", name="Svenska", exact=True))
    expect(page).to_have_attribute("lang", "sv")
    expect(page.get_by_role("heading", level=3, name="Nästa möten")).to_be_visible()
    aino.page.emulate_media(media="print")
    expect(page).to_be_visible()
    expect(aino.page.get_by_role("radio")).to_have_count(0)
    expect(aino.page.locator("main .button").locator("visible=true")).to_have_count(0)


def test_a21_who_has_looked_at_my_file(phone_of: PhoneOf, office: Office) -> None:
    """[A21, Q12] Told by the own worker, and in the cellar as it was heard last; left out where the worker says so."""
    eino = office.clients.eino
    aino = phone_of("aino")
    open_client(aino, eino)
    aino.fetch()
    aino.tap(aino.page.get_by_role("link", name=fi("caseFile.readers.title"), exact=True))
    reader = aino.page.locator(f"{CURRENT} li").filter(has_text="Aino")
    expect(reader).to_contain_text(fi("admin.reasons.own_client"))
    expect(reader).to_contain_text(fi("admin.read.file_read"))
    aino.offline()
    open_client(aino, eino)
    aino.tap(aino.page.get_by_role("link", name=fi("caseFile.ownPage"), exact=True))
    page = aino.page.locator(f"{CURRENT} article")
    aino.tap(aino.page.get_by_role("radio", name="Selkosuomi", exact=True))
    expect(page.get_by_role("heading", level=3, name="Kuka on katsonut sinun tietojasi")).to_be_visible()
    expect(page).to_contain_text("Hän on sinun työntekijäsi.")
    aino.tap(aino.page.get_by_role("checkbox", name=fi("caseFile.ownPageReaders")))
    expect(page).not_to_contain_text("Hän on sinun työntekijäsi.")
    expect(page).to_contain_text(eino.goal_title)
