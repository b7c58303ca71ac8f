"""The organisation's registers: entered without a network, read by a colleague, and named by a client's records."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import open_client, open_kind, save_form, wait_until_sent
from tests.browser.words import fi, kind_word, label

LANDLORD = "Lähiasunnot Oy"


def open_register(phone: Phone, kind: str) -> None:
    phone.page.get_by_role("link", name=fi("shell.more"), exact=True).locator("visible=true").first.click()
    phone.page.get_by_role("link", name=fi("kind.registers"), exact=True).click()
    phone.page.get_by_role("link", name=re.compile(f"^{kind_word(kind, '@many')}")).click()
    expect(phone.page.get_by_role("heading", level=1, name=kind_word(kind, "@many"))).to_be_visible()


def test_a_landlord_is_entered_offline_and_read_by_a_colleague(phone_of: PhoneOf) -> None:
    """[H3] [G4] The rule is said at the field; then Liisa reads and corrects it."""
    aino, liisa = phone_of("aino"), phone_of("liisa")
    aino.wait_for_the_shell()
    aino.offline()
    open_register(aino, "landlord")
    aino.tap(aino.page.get_by_role("link", name=kind_word("landlord", "@new")))
    aino.field_beginning(kind_word("landlord", "phone")).fill("050 555 0102")
    aino.tap(aino.button(fi("shell.save")))
    expect(aino.page.get_by_role("alert")).to_contain_text(kind_word("landlord", "!name"))
    aino.field_beginning(kind_word("landlord", "name")).fill(LANDLORD)
    save_form(aino)
    expect(aino.page.get_by_role("link", name=LANDLORD)).to_be_visible()
    aino.offline(False)
    wait_until_sent(aino)
    liisa.fetch()
    open_register(liisa, "landlord")
    liisa.page.get_by_role("link", name=LANDLORD).click()
    here = liisa.page.locator('[data-pane="current"]')
    expect(here.get_by_text("050 555 0102", exact=True)).to_be_visible()
    liisa.go("kind.change")
    liisa.field_beginning(kind_word("landlord", "contact")).fill("Ritva")
    save_form(liisa)
    wait_until_sent(liisa)
    aino.fetch()
    expect(aino.page.locator('[data-pane="current"]').get_by_text("Ritva")).to_be_visible()


@pytest.mark.parametrize(
    ("kind", "field", "code"),
    [("unit", "unit_kind", "housing_services"), ("partner", "partner_kind", "wellbeing_county")],
    ids=["row 58 unit", "row 92 partner"],
)
def test_units_and_partners_have_their_kinds(phone_of: PhoneOf, kind: str, field: str, code: str) -> None:
    """[H3] [G4] [row 58, row 92] A name is asked for; kind and name stand in the register."""
    aino = phone_of("aino")
    open_register(aino, kind)
    aino.tap(aino.page.get_by_role("link", name=kind_word(kind, "@new")))
    aino.page.locator(f'[id="{kind}-{field}"]').select_option(label=label(field, code))
    aino.tap(aino.button(fi("shell.save")))
    expect(aino.page.get_by_role("alert")).to_contain_text(kind_word(kind, "!name"))
    aino.field_beginning(kind_word(kind, "name")).fill("Esimerkki ry")
    save_form(aino)
    aino.page.get_by_role("link", name="Esimerkki ry").click()
    expect(aino.page.locator('[data-pane="current"]').get_by_text(label(field, code)).first).to_be_visible()


def test_a_client_s_record_names_an_entry_of_a_register(phone_of: PhoneOf, office: Office) -> None:
    """[G2] [H3] Chosen from the register, read by its name, and found again on the landlord's own page."""
    aino = phone_of("aino")
    open_register(aino, "landlord")
    aino.tap(aino.page.get_by_role("link", name=kind_word("landlord", "@new")))
    aino.field_beginning(kind_word("landlord", "name")).fill(LANDLORD)
    save_form(aino)
    open_register(aino, "dwelling")
    aino.tap(aino.page.get_by_role("link", name=kind_word("dwelling", "@new")))
    aino.field_beginning(kind_word("dwelling", "address")).fill("Koivukuja 4 B 12")
    aino.page.get_by_label(kind_word("dwelling", "landlord")).select_option(label=LANDLORD)
    save_form(aino)
    expect(aino.page.get_by_role("link", name=re.compile(f"Koivukuja.*{LANDLORD}"))).to_be_visible()
    open_client(aino, office.clients.paavo)
    open_kind(aino, "application")
    aino.tap(aino.page.get_by_role("link", name=kind_word("application", "@new")))
    aino.page.get_by_label(kind_word("application", "housing_source")).select_option("municipal_rental")
    aino.page.get_by_label(kind_word("application", "landlord")).select_option(label=LANDLORD)
    save_form(aino)
    aino.page.get_by_role("link", name=label("housing_source", "municipal_rental")).click()
    expect(aino.page.locator("dd").get_by_text(LANDLORD, exact=True)).to_be_visible()
    open_register(aino, "landlord")
    aino.page.get_by_role("link", name=LANDLORD).click()
    expect(aino.page.get_by_role("link", name=re.compile(office.clients.paavo.name))).to_be_visible()
