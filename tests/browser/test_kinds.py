"""Declared kinds on two phones: what follows from a declaration, and nothing else was written for them."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from server.kinds.export import words_of
from tests.browser.conftest import PhoneOf
from tests.browser.kind_walk import Walked, field, open_list, walk
from tests.browser.office import Office
from tests.browser.screens import save_form
from tests.browser.words import fi, kind_word, label

RENT = Walked(
    kind="rent",
    words=words_of("rent"),
    typed={
        "month": "2026-11",
        "due_on": "2026-11-02",
        "amount_cents": "512,40",
        "status": label("rent_status", "unpaid"),
        "note": "Soitettiin isännöitsijälle.",
    },
    clashing="note",
    clash=("Sovittiin soitto perjantaille.", "Isännöitsijä soittaa itse."),
    asked="due_on",
    row="512,40",
    searched="Soitettiin isännöitsijälle.",
)


def test_a_rent_goes_all_the_way(phone_of: PhoneOf, office: Office) -> None:
    """[G1, G2, G4, G5] Draft, outbox, list across clients, search, colleague, conflict, history."""
    walk(phone_of("aino"), phone_of("liisa"), office.clients.paavo, RENT)


def test_an_application_moves_from_stage_to_stage(phone_of: PhoneOf, office: Office) -> None:
    """[G6] What usually follows is offered first, a stage asks for its own field, and what is over leaves the list."""
    aino = phone_of("aino")
    open_list(aino, office.clients.paavo, Walked("application", words_of("application"), {}, "", ("", ""), "", "", ""))
    aino.tap(aino.page.get_by_role("link", name=kind_word("application", "@new")))
    aino.page.get_by_label(kind_word("application", "housing_source")).select_option("municipal_rental")
    save_form(aino)
    source = label("housing_source", "municipal_rental")
    aino.page.get_by_role("link", name=source).click()
    aino.tap(aino.page.get_by_role("link", name=label("housing_application_status", "sent"), exact=True))
    aino.tap(aino.button(fi("shell.save")))
    expect(aino.page.get_by_role("alert")).to_contain_text(kind_word("application", "!sent_on"))
    aino.field_beginning(kind_word("application", "sent_on")).fill("2026-11-20")
    save_form(aino)
    stages = aino.page.get_by_role("heading", level=2, name=fi("kind.next"))
    expect(stages).to_be_visible()
    aino.page.get_by_role("link", name=label("housing_application_status", "rejected"), exact=True).click()
    save_form(aino)
    expect(stages).to_be_hidden()


def test_a_signed_tenancy_offers_the_home(phone_of: PhoneOf, office: Office) -> None:
    """[G8] The stay's form opens with what the application says; one save writes both, and each leads to the other."""
    aino = phone_of("aino")
    application = Walked("application", words_of("application"), {}, "", ("", ""), "", "", "")
    open_list(aino, office.clients.paavo, application)
    aino.tap(aino.page.get_by_role("link", name=kind_word("application", "@new")))
    aino.page.get_by_label(fi("kind.otherStage")).select_option("contract_signed")
    field(aino, application, "address").fill("Koivukuja 4")
    save_form(aino)
    aino.page.get_by_text(re.compile(r"^Päättyneet")).click()
    aino.page.locator('[data-pane="current"]').get_by_role(
        "link", name=re.compile(label("housing_application_status", "contract_signed"))
    ).click()
    aino.tap(aino.page.get_by_role("link", name=kind_word("application", "!home")))
    stay = Walked("stay", words_of("stay"), {}, "", ("", ""), "", "", "")
    expect(field(aino, stay, "address")).to_have_value("Koivukuja 4")
    field(aino, stay, "start").fill("2026-11-01")
    save_form(aino)
    expect(aino.page.get_by_role("link", name=kind_word("application", "!home"))).to_be_hidden()
    open_list(aino, office.clients.paavo, stay)
    row = re.compile(label("stay_kind", "own_rental"))
    aino.page.locator('[data-pane="current"]').get_by_role("link", name=row).click()
    expect(aino.page.get_by_text(kind_word("stay", "nights"), exact=True)).to_be_visible()
    expect(aino.page.get_by_role("heading", level=2, name=kind_word("application", "@many"))).to_be_visible()
