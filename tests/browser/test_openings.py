"""Hätäavaus: Sanna opens a client of another team, Mikko says that it was not right, Aino sees both."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.places import CURRENT, go
from tests.browser.words import fi
from tests.cast import PASSWORD

SAID, ANSWER = "Paavo on ovella sekavana.", "Sanna ei ollut vuorossa."


def test_s11_a_client_is_opened_reviewed_and_closed_again(phone_of: PhoneOf, office: Office) -> None:
    """[S11] [S12] [Q4] The reason is asked for; the leader's word ends it on the phone; Aino reads all of it."""
    paavo = office.clients.paavo
    sanna = phone_of("liisa", fresh=True)
    sanna.sign_in("sanna", PASSWORD)
    expect(sanna.chip).to_have_attribute("data-sync", "sent")
    sanna.go("shell.more")
    sanna.tap(sanna.page.get_by_role("link", name=fi("openings.title")).locator("visible=true"))
    sanna.page.get_by_role("radio", name=fi("openings.byCode")).check()
    sanna.field(fi("openings.code")).fill("OV-0001")
    opening = sanna.button(fi("openings.openNow"))
    sanna.tap(opening)
    expect(sanna.page.get_by_role("alert")).to_contain_text(fi("openings.whyMissing"))
    sanna.page.get_by_role("radio", name=fi("openings.reasons.crisis_at_hand")).check()
    sanna.field(fi("openings.words")).fill(SAID)
    sanna.tap(opening)
    expect(sanna.page.locator(CURRENT).get_by_role("heading", level=1, name=paavo.name)).to_be_visible()

    mikko = phone_of("mikko")
    mikko.page.locator('[data-exception="openings"]').click()
    card = mikko.page.locator(CURRENT).get_by_role("article")
    expect(card).to_contain_text(paavo.name)
    expect(card).to_contain_text(SAID)
    mikko.tap(card.get_by_role("button"))
    sheet = mikko.page.get_by_role("dialog")
    sheet.get_by_role("radio", name=fi("openings.wasNotRight")).check()
    save = sheet.get_by_role("button", name=fi("shell.save"), exact=True)
    mikko.tap(save)
    expect(sheet.get_by_text(fi("openings.reviewWordsMissing"))).to_be_visible()
    sheet.get_by_role("textbox").fill(ANSWER)
    mikko.tap(save)
    expect(card).to_contain_text(fi("openings.notRight"))

    sanna.fetch()
    sanna.go("shell.clients")
    expect(sanna.page.get_by_role("link", name=paavo.name).locator("visible=true")).to_have_count(0)
    aino = phone_of("aino")
    go(aino.page, f"/clients/{paavo.case}/openings")
    card = aino.page.locator(CURRENT).get_by_role("article")
    expect(card).to_contain_text("Sanna")
    expect(card).to_contain_text(ANSWER)
