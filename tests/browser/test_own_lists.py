"""Choices that an organisation adds to lists: an administrator makes them, a worker chooses one, offline too."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.authenticator import Authenticator
from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.places import go, inside
from tests.browser.screens import wait_until_sent
from tests.browser.words import fi
from tests.cast import PASSWORD


def test_a20_an_own_choice_reaches_a_worker_and_is_read_after_it_was_retired(phone_of: PhoneOf, office: Office) -> None:
    """[A20, W11] Added in three languages, put first, chosen in a cellar, retired: offered no more, and still read."""
    satu = phone_of("mikko", fresh=True)
    satu.sign_in("satu", PASSWORD, Authenticator())
    expect(satu.chip).to_have_attribute("data-sync", "sent")
    go(satu.page, "/admin/lists")
    inside(satu.page, "select").select_option(label=fi("admin.ownLists.called.unmet_need_kind"))
    sheet = satu.page.get_by_role("dialog")
    for name in ("Pesutupa", "Varasto"):
        satu.button(fi("admin.ownLists.add")).click()
        satu.button(fi("shell.save")).click()
        expect(sheet.get_by_text(fi("admin.ownLists.allThree"))).to_be_visible()
        for language in ("fi", "sv", "en"):
            sheet.get_by_label(fi(f"admin.ownLists.label.{language}"), exact=True).fill(f"{name} {language}")
        satu.button(fi("shell.save")).click()
        expect(sheet).to_be_hidden()
    satu.button(fi("admin.ownLists.up", "Varasto fi")).click()
    expect(inside(satu.page, ".entry")).to_have_text([re.compile("Varasto"), re.compile("Pesutupa")])

    aino = phone_of("aino")
    go(aino.page, f"/clients/{office.clients.eino.case}/unmet_need/new/edit")
    expect(inside(aino.page, "select option").filter(has_text="Varasto fi")).to_have_count(1)
    aino.offline()
    inside(aino.page, "select").first.select_option(label="Varasto fi")
    inside(aino.page, "input[type=date]").first.fill("2026-05-04")
    aino.button(fi("shell.save")).click()
    expect(inside(aino.page, "select")).to_have_count(0)
    go(aino.page, f"/clients/{office.clients.eino.case}/unmet_need")
    expect(inside(aino.page, "a").filter(has_text="Varasto fi")).to_be_visible()
    aino.offline(False)
    wait_until_sent(aino)

    inside(satu.page, ".entry").first.click()
    sheet.get_by_label(fi("admin.ownLists.retire")).check()
    satu.button(fi("shell.save")).click()
    expect(inside(satu.page, ".entry").first).to_contain_text(fi("admin.ownLists.retired"))
    aino.page.reload()
    aino.unlock_anywhere(PASSWORD)
    expect(inside(aino.page, "a").filter(has_text="Varasto fi")).to_be_visible()
    go(aino.page, f"/clients/{office.clients.eino.case}/unmet_need/new/edit")
    expect(inside(aino.page, "select option").filter(has_text="Pesutupa fi")).to_have_count(1)
    expect(inside(aino.page, "select option").filter(has_text="Varasto fi")).to_have_count(0)
